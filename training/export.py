"""The network as an ONNX file of 8-bit numbers, with the label file beside it."""

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from tocsin.extract.windows import WindowSize
from training.labels import LINK_SIZE, RELATIONS, heads
from training.model import TOKEN_STEPS, Network

FORMAT = 1
OPSET = 17
MICROSOFT = "com.microsoft"  # fused operators of onnxruntime


class _Graph:
    """Nodes and weights of an ONNX graph in the making."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: NDArray[np.float32]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **options: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **options))
        return output


def graph(network: Network) -> onnx.ModelProto:
    """Return the network as an ONNX model of 32-bit numbers: `ids` [1, token] to `scores` and `links`."""
    state = {name: p.detach().numpy() for name, p in network.state_dict().items()}
    make, encoder = _Graph(), network.encoder

    def linear(x: str, name: str, output: str = "") -> str:
        weight = make.weight(f"{name}.w", state[f"{name}.weight"].T)
        product = make.node("MatMul", [x, weight], f"{name}.out")
        bias = make.weight(f"{name}.b", state[f"{name}.bias"])
        return make.node("Add", [product, bias], output or f"{name}.y")

    for name, value in (("zero", 0), ("one", 1), ("two", 2)):
        make.weights.append(numpy_helper.from_array(np.array([value], np.int64), name))
    places = state["encoder.positions.weight"] + state["encoder.kind"]
    x = make.node("Gather", [make.weight("words", state["encoder.words.weight"]), "ids"], "embedded")
    length = make.node("Slice", [make.node("Shape", ["ids"], "shape"), "one", "two"], "length")
    x = make.node("Add", [x, make.node("Slice", [make.weight("places", places), "zero", length], "where")], "placed")
    gamma = make.weight("norm.g", state["encoder.norm.weight"])
    x = make.node(
        "LayerNormalization", [x, gamma, make.weight("norm.n", state["encoder.norm.bias"])], "x", epsilon=1e-12
    )
    for number in range(len(encoder.layers)):
        at = f"encoder.layers.{number}"
        inputs = [linear(x, f"{at}.{part}") for part in ("query", "key", "value")]
        read = make.node("MultiHeadAttention", inputs, f"{at}.read", MICROSOFT, num_heads=encoder.count)
        for source, name, norm in ((read, "output", "norm"), ("", "down", "norm2")):
            if not source:
                source = make.node("FastGelu", [linear(x, f"{at}.up")], f"{at}.wide", MICROSOFT)
            y = linear(source, f"{at}.{name}")
            scale = make.weight(f"{at}.{norm}.g", state[f"{at}.{norm}.weight"])
            shift = make.weight(f"{at}.{norm}.n", state[f"{at}.{norm}.bias"])
            both = make.node("Add", [y, x], f"{at}.{norm}.in")
            x = make.node("LayerNormalization", [both, scale, shift], f"{at}.{norm}.out", epsilon=1e-12)
    for name in ("scores", "links"):
        linear(x, name, name)
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, "tokens", None]) for n in ("scores", "links")]
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    built = helper.make_graph(make.nodes, "tagger", [ids], outputs, make.weights)
    return helper.make_model(built, opset_imports=opsets, ir_version=8, producer_name="tocsin")


def labels(network: Network, size: WindowSize) -> dict[str, object]:
    """Return what the package must know to read the outputs."""

    def numbers(values: object) -> object:
        return np.round(np.asarray(values, np.float64), 5).tolist()

    return {
        "format": FORMAT,
        "language": "en",
        "window": {"tokens": size.tokens, "title": size.title, "context": size.context, "sentence": size.sentence},
        "heads": [{"name": h.name, "labels": list(h.labels), "softmax": h.softmax} for h in heads()],
        "links": {
            "relations": list(RELATIONS),
            "size": LINK_SIZE,
            "bias": numbers(network.bias.detach()),
            "by_sentence": numbers(network.by_sentence.detach()),
            "by_token": numbers(network.by_token.detach()),
            "steps": list(TOKEN_STEPS),
        },
    }


def export(network: Network, tokenizer: Path, folder: Path, size: WindowSize) -> None:
    """Write model.onnx, tokenizer.json and labels.json to a folder.

    The weights become signed 8-bit numbers per output channel, 7 bits of them used: on processors without VNNI the
    sum of two products of full range would overflow, and the same text would be read differently on two machines.
    """
    folder.mkdir(parents=True, exist_ok=True)
    large, small = folder / "float.onnx", folder / "quantised.onnx"
    onnx.save(graph(network.eval()), large)
    quantize_dynamic(
        large,
        small,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},  # of what the fused operators give
    )
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / "model.onnx")
    # The first is six times as slow as the two operators that it stands for. The second takes the bias away from the
    # product of 8-bit numbers, which adds it at no cost.
    slower = ["SkipLayerNormFusion", "BiasGeluFusion"]
    onnxruntime.InferenceSession(str(small), options, disabled_optimizers=slower)
    large.unlink()
    small.unlink()
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    known = labels(network, size)
    known["sha256"] = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")
    }
    (folder / "labels.json").write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")

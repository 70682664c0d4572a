"""The trained tagger: document in, sentences by type, triggers, values and links out. The only user of onnxruntime."""

import json
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from tocsin.datamodel import Span
from tocsin.errors import ModelError
from tocsin.extract.model_files import ADVICE, model_folder
from tocsin.extract.tagged import HeadLabels, TaggedDocument, decode, likelihood
from tocsin.extract.tagged_links import Array, LinkRule
from tocsin.extract.windows import WindowSize, cut

FORMAT = 1


class Tagger:
    """A model that has been loaded; one may be used from several threads."""

    def __init__(
        self, session: Any, tokenizer: Tokenizer, heads: Mapping[str, HeadLabels], rule: LinkRule, size: WindowSize
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._heads = heads
        self._rule = rule
        self._size = size

    def read(self, text: str, sentences: Sequence[Span], title: str = "") -> TaggedDocument:
        """Return what the model reads off a document.

        One window is read at a time: in a batch, 8-bit arithmetic would let one window's numbers change another's.

        Args:
            text: of the document; the spans of the answer are of it.
            sentences: its sentences, in order.
            title: read as context, never tagged.
        """
        windows = list(cut(self._tokenizer, text, sentences, title, size=self._size))
        outputs = [self._run(window.ids) for window in windows]
        return decode(text, sentences, windows, outputs, self._heads, self._rule)

    def glance(self, sentences: Sequence[Span], title: str = "") -> float:
        """Return how likely a few sentences tell of happenings, 0 to 1, without the text that they stand in.

        Args:
            sentences: in their order; what is beyond one window is not looked at.
            title: read as context.
        """
        ends = accumulate(len(sentence.quote) + 1 for sentence in sentences)
        alone = [Span(end - 1 - len(s.quote), end - 1, s.quote) for s, end in zip(sentences, ends, strict=True)]
        text = " ".join(sentence.quote for sentence in sentences)
        window = next(cut(self._tokenizer, text, alone, title, size=self._size), None)
        return 0.0 if window is None else likelihood(window, self._run(window.ids)[0], self._heads)

    def _run(self, ids: Sequence[int]) -> tuple[Array, Array]:
        scores, links = self._session.run(["scores", "links"], {"ids": np.array([ids], np.int64)})
        return scores[0], links[0]


def load_tagger(folder: Path | None = None, *, threads: int = 1) -> Tagger:
    """Return the packaged tagger, or the one in a folder.

    Args:
        folder: holds model.onnx, tokenizer.json and labels.json; None for the packaged model.
        threads: that one document may use; the figures are the same with any number.

    Raises:
        ModelError: the folder, a file of it, or a library that reads it is missing or damaged.
    """
    found = model_folder(folder)
    known = _labels(found / "labels.json")
    try:
        import onnxruntime  # heavy, and not needed where the rules work alone

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        # The graph was optimised when it was made (training/export.py).
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(str(found / "model.onnx"), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(found / "tokenizer.json"))
    except ImportError as error:
        raise ModelError("onnxruntime", f"cannot be loaded ({error})", "install tocsin again") from error
    except Exception as error:  # both libraries raise their own and bare ones for damaged files
        raise ModelError(str(found), f"cannot be read ({error})", ADVICE) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    try:
        return Tagger(session, tokenizer, *_layout(known))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(str(found / "labels.json"), f"is damaged ({error!r})", ADVICE) from error


def _labels(path: Path) -> Mapping[str, Any]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(str(path), f"cannot be read ({error.strerror or error})", ADVICE) from error
    except ValueError as error:
        raise ModelError(str(path), f"is damaged ({error})", ADVICE) from error
    if not isinstance(known, dict) or known.get("format") != FORMAT:
        raise ModelError(str(path), "is of another version of tocsin", ADVICE)
    return known


def _layout(known: Mapping[str, Any]) -> tuple[Mapping[str, HeadLabels], LinkRule, WindowSize]:
    heads, at = {}, 0
    for head in known["heads"]:
        columns = slice(at, at + len(head["labels"]))
        heads[head["name"]] = HeadLabels(head["name"], tuple(head["labels"]), bool(head["softmax"]), columns)
        at = columns.stop
    links = known["links"]
    rule = LinkRule(
        tuple(links["relations"]),
        int(links["size"]),
        np.array(links["bias"], np.float32),
        np.array(links["by_sentence"], np.float32),
        np.array(links["by_token"], np.float32),
        np.array(links["steps"], np.int64),
    )
    return heads, rule, WindowSize(**known["window"])

"""A team's accepted record becomes training data for the offline model; the new one is kept only if it is better.

1. what reviewers settled, as coded documents               settled
2. a part held out, which nothing is trained on             held_out
3. the training, in a process of its own                    train (the trainer is no part of the package)
4. both models on what was held out, the better one kept    teach
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import write
from tocsin.errors import TocsinError, UsageError
from tocsin.evaluate import score_documents
from tocsin.extract.model_files import NAMES, model_folder, model_hash
from tocsin.pipeline import Settings, code_documents, load_resources
from tocsin.store.record import Record

#: Settled documents below which nothing is taught: with fewer, a handful would decide which model is better.
FEWEST = 24
#: Share of the documents that is held out.
HELD_OUT = 0.25
#: Beside the package in a clone of the source: what trains, and the environment that `make trainer` gives it.
_TRAINER = Path("training") / "teach.py"
_PYTHON = (Path(".venv-training") / "bin" / "python", Path(".venv-training") / "Scripts" / "python.exe")


@dataclass(frozen=True, slots=True)
class Scores:
    """What a model reaches on documents that it was not trained on."""

    mention: float
    claim: float
    usable: float

    @property
    def mean(self) -> float:
        """What decides which model is better: the mean of mentions and claims."""
        return (self.mention + self.claim) / 2


@dataclass(frozen=True, slots=True)
class Taught:
    """What teaching came to.

    Attributes:
        trained, held_out: documents.
        before, after: scores on those held out.
        folder: where the better model is, or None where the old one is as good.
    """

    trained: int
    held_out: int
    before: Scores
    after: Scores
    folder: Path | None


def settled(record: Record) -> tuple[CodedDocument, ...]:
    """Return the documents that reviewers are done with, each with the mentions that stand.

    A document is settled where a reviewer finished it, or where each mention that it was coded with was judged. What
    was rejected is not among its mentions, so that a model learns not to find it; corrections are in them.
    """
    found = []
    for document in record.documents():
        state = record.state(document.id)
        judged = [one for one in (*state.mentions, *state.dropped) if one.judgement or one.dropped or one.changed]
        open_ones = [one for one in state.mentions if one.judgement is None]
        if not state.finished and (open_ones or not judged):
            continue
        stand = [one.mention for one in state.mentions if one.judgement != "reject"]
        there = {mention.id for mention in stand}
        mentions = tuple(m if m.context in there else replace(m, context=None) for m in stand)
        found.append(CodedDocument(state.document, mentions))
    return tuple(found)


def held_out(
    documents: Sequence[CodedDocument], copies: dict[str, str], *, share: float = HELD_OUT
) -> tuple[list[CodedDocument], list[CodedDocument]]:
    """Return the documents to train on and those held out: the same ones each time, a document with its copies.

    Args:
        documents: settled ones.
        copies: for the id of each copy that of the first with the same words.
        share: to be held out.
    """
    groups: dict[str, list[CodedDocument]] = {}
    for one in documents:
        groups.setdefault(copies.get(one.document.id, one.document.id), []).append(one)
    order = sorted(groups, key=lambda name: hashlib.sha256(name.encode("utf-8", "replace")).digest())
    apart: list[CodedDocument] = []
    for name in order:
        if len(apart) >= share * len(documents):
            break
        apart += groups[name]
    names = {one.document.id for one in apart}
    return [one for one in documents if one.document.id not in names], apart


def teach(record: Record, folder: Path, *, trainer: Path | None, settings: Settings) -> Taught:
    """Train the offline model with what a team accepted; keep it in a folder if it is better on what was held out.

    Args:
        record: judged by reviewers.
        folder: where the new model goes; it must not be there yet.
        trainer: a clone of the source with its training environment; None for the one that this program runs from.
        settings: the model to start from, and the codebook.

    Raises:
        UsageError: too few documents are settled, the folder is there, or there is no trainer.
        TocsinError: the training failed.
    """
    if folder.exists():
        raise UsageError(str(folder), "is there already", "name a new folder")
    train_on, apart = prepared(record)
    home, python = _trainer(trainer)
    start = model_folder(settings.model)
    with tempfile.TemporaryDirectory() as name:
        new = Path(name) / "model"
        data = Path(name) / "accepted.jsonl"
        data.write_text("".join(write(train_on)), encoding="utf-8")
        _train(home, python, data, start, new)
        before = scores(apart, settings)
        after = scores(apart, replace(settings, model=new))
        if after.mean <= before.mean:
            return Taught(len(train_on), len(apart), before, after, None)
        told = {
            "from": model_hash(settings.model),
            "trained on": len(train_on),
            "held out": len(apart),
            "before": asdict(before),
            "after": asdict(after),
        }
        (new / "teaching.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        shutil.copytree(new, folder)
    return Taught(len(train_on), len(apart), before, after, folder)


def prepared(record: Record) -> tuple[list[CodedDocument], list[CodedDocument]]:
    """Return the settled documents to train on, and those held out.

    Raises:
        UsageError: there are too few.
    """
    documents = settled(record)
    if len(documents) < FEWEST:
        problem = f"has {len(documents)} settled documents, and {FEWEST} are the fewest to teach with"
        raise UsageError(record.name, problem, "judge each mention of more documents, or finish them")
    return held_out(documents, record.copies())


def scores(documents: Sequence[CodedDocument], settings: Settings) -> Scores:
    """Return what a model reaches on coded documents."""
    types = load_codebook(settings.codebook).vocabulary.types
    coded = code_documents((one.document for one in documents), load_resources(settings))
    report = score_documents(documents, coded, {name: entry.category for name, entry in types.items()})
    return Scores(*(report.tallies[name].f1 for name in ("mention", "claim", "usable")))


def _trainer(trainer: Path | None) -> tuple[Path, Path]:
    """Return the folder of the trainer and the Python it runs in."""
    home = (trainer or Path(__file__).parents[2]).resolve()
    advice = "get the source of this version, run `make trainer` in it, and name its folder with --trainer"
    if not (home / _TRAINER).is_file():
        raise UsageError("trainer", f"is not in {home}: it needs torch and is no part of the package", advice)
    python = next((home / path for path in _PYTHON if (home / path).is_file()), None)
    if python is None:
        raise UsageError("trainer", f"has no environment in {home}: torch is not installed there", advice)
    return home, python


def _train(home: Path, python: Path, data: Path, start: Path, folder: Path) -> None:
    words = ["--data", data, "--model", start.resolve(), "--folder", folder]
    path = os.pathsep.join((str(home / "src"), str(home)))
    environment = {**os.environ, "PYTHONPATH": path, "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [str(python), "-m", "training.teach", *map(str, words)],
        cwd=home,
        env=environment,
        stdout=sys.stderr,
        check=False,
    )
    missing = [name for name in NAMES if not (folder / name).is_file()]
    if done.returncode or missing:
        raise TocsinError("training", f"ended with code {done.returncode} and no model", "see what it said above")

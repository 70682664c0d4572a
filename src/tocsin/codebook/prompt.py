"""What a language model is told before it codes a document."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tocsin.codebook.loader import load_codebook
from tocsin.codebook.tables import Faults, Table, read_table
from tocsin.codebook.types import Vocabulary
from tocsin.datamodel.coded import parse
from tocsin.datamodel.document import Document
from tocsin.errors import CodedError

#: Tables of prompt.toml that explain a closed list, with the attribute of the vocabulary that holds it.
EXPLAINED = ("types", "modalities", "scopes", "roles", "attributes")


@dataclass(frozen=True, slots=True)
class Example:
    """A document with the answer that it should get, as compact JSON."""

    document: Document
    answer: str


@dataclass(frozen=True, slots=True, eq=False)
class PromptWords:
    """What prompt.toml says.

    Attributes:
        task: what is to be done, and what never.
        rules: one each.
        explained: by the name of a closed list, each of its names with what it means.
        examples: worked ones.
    """

    task: str
    rules: tuple[str, ...]
    explained: Mapping[str, Mapping[str, str]]
    examples: tuple[Example, ...]


@cache
def load_prompt(folder: Path | None = None) -> PromptWords:
    """Return the packaged words for language models, with a user's folder laid over them.

    They are no part of `load_codebook`: who asks no model does not wait for them.

    Raises:
        CodebookError: with every fault.
    """
    faults = Faults()
    vocabulary = load_codebook(folder).vocabulary
    words = parse_prompt(read_table("prompt", folder, faults), vocabulary)
    faults.raise_any()
    return words


def parse_prompt(table: Table, vocabulary: Vocabulary) -> PromptWords:
    """Return the words of prompt.toml; what is wrong is noted as faults."""
    table.known("task", "rules", "examples", *EXPLAINED)
    explained = {}
    for key in EXPLAINED:
        names, entry = tuple(getattr(vocabulary, key)), table.table(key)
        entry.known(*names)
        explained[key] = {name: entry.text(name, "") for name in names}
    examples = (_example(name, entry) for name, entry in table.table("examples").tables().items())
    return PromptWords(
        table.text("task").strip(),
        table.texts("rules"),
        explained,
        tuple(example for example in examples if example is not None),
    )


def _example(name: str, entry: Table) -> Example | None:
    entry.known("publisher", "title", "published", "text", "answer")
    fields = {key: entry.text(key) for key in ("publisher", "title", "published")}
    text = entry.text("text").strip()
    try:
        answer = json.loads(entry.text("answer"))
        coded = parse({"document": {"id": name, "text": text, **fields}, "events": answer["events"]})
    except (ValueError, KeyError, TypeError, CodedError) as error:
        entry.faults.add(entry.where, f"is no worked example: {error}")
        return None
    return Example(coded.document, json.dumps({"events": answer["events"]}, ensure_ascii=False, separators=(",", ":")))

"""The project's own cases as coded documents: short texts with the mentions that a person expects of them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.datamodel import (
    Claim,
    CodedDocument,
    DateRange,
    Document,
    Evidence,
    Mention,
    Place,
    Span,
    Speaker,
)
from tocsin.errors import CodedError, SpanError
from tocsin.extract.sentences import split_sentences

CASES = Path(__file__).parents[2] / "tests" / "cases" / "mentions.toml"
#: The day on which a case is published that names no other one: a Thursday.
PUBLISHED = date(2024, 5, 16)
_CASE_KEYS = frozenset(("text", "title", "published", "mention", "known_miss", "why"))
_MENTION_KEYS = frozenset(("type", "told", "modality", "scope", "days", "places", "claims"))
_CLAIM_KEYS = frozenset(("attribute", "low", "high", "unit", "quote", "by"))


@dataclass(frozen=True, slots=True)
class Case:
    """One text with what is expected of it.

    Attributes:
        coded: the text with the mentions expected; they have no actors, demands, means and contexts.
        known_miss: whether the program is known to code it otherwise today.
    """

    coded: CodedDocument
    known_miss: bool


def load_cases(path: Path = CASES) -> tuple[Case, ...]:
    """Return the cases of a file, in its order.

    Raises:
        CodedError: a case has a key that is not known, or words that do not stand in its text.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return tuple(_case(number, entry) for number, entry in enumerate(entries, 1))


def _case(number: int, entry: Mapping[str, Any]) -> Case:
    name = f"case-{number:03}"
    try:
        _check(entry, _CASE_KEYS)
        text = entry["text"]
        document = Document(name, text, title=entry.get("title", ""), published=entry.get("published", PUBLISHED))
        mentions = tuple(_mention(f"m{i}", text, one) for i, one in enumerate(entry.get("mention", ())))
    except (KeyError, ValueError, SpanError) as error:
        raise CodedError(f"{name} ({str(entry.get('text', ''))[:50]!r})", str(error)) from error
    return Case(CodedDocument(document, mentions), bool(entry.get("known_miss", False)))


def _check(entry: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := sorted(entry.keys() - known):
        raise ValueError(f"{', '.join(unknown)} is no key of a case; known are {', '.join(sorted(known))}")


def _mention(name: str, text: str, entry: Mapping[str, Any]) -> Mention:
    _check(entry, _MENTION_KEYS)
    told = entry["told"]
    return Mention(
        id=name,
        type=entry["type"],
        form=None,
        modality=entry.get("modality", "occurred"),
        scope=entry.get("scope", "single"),
        date=_days(entry.get("days", "")),
        places=tuple(_place(words) for words in entry.get("places", ())),
        actors=(),
        claims=tuple(_claim(text, one) for one in entry.get("claims", ())),
        demands=(),
        means=(),
        context=None,
        event=None,
        evidence=_evidence(text, [told] if isinstance(told, str) else told),
    )


def _days(words: str) -> DateRange:
    """Read "2024-05-13", "2024-05-01 to 2024-05-13", "from 2024-05-01" (no end) or "until 2024-05-13" (no start)."""
    if not words:
        return DateRange()
    if words.startswith("from "):
        return DateRange(date.fromisoformat(words.removeprefix("from ")), None, "day", "stated")
    if words.startswith("until "):
        return DateRange(None, date.fromisoformat(words.removeprefix("until ")), "day", "stated")
    start, _, end = words.partition(" to ")
    return DateRange(date.fromisoformat(start), date.fromisoformat(end or start), "day", "stated")


def _place(words: str) -> Place:
    name, _, country = words.rpartition(", ")
    return Place(None, name, country)


def _claim(text: str, entry: Mapping[str, Any]) -> Claim:
    _check(entry, _CLAIM_KEYS)
    speakers = tuple(Speaker(Span.find(text, quote), "other") for quote in entry.get("by", ()))
    span = Span.find(text, entry["quote"]) if "quote" in entry else Span.unplaced("")
    return Claim(entry["attribute"], entry.get("low"), entry.get("high"), False, entry.get("unit"), span, speakers)


def _evidence(text: str, told: Sequence[str]) -> tuple[Evidence, ...]:
    sentences = split_sentences(text)
    triggers = [Span.find(text, words) for words in told]
    return tuple(Evidence(next(s for s in sentences if s.covers(trigger)), trigger) for trigger in triggers)

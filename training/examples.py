"""Coded documents as what the model is to find: triggers, values and the links between them, each with its place."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tocsin.datamodel import Span
from tocsin.datamodel.coded import CodedDocument, read
from tocsin.datamodel.mention import DateRange, Mention
from tocsin.extract.dates import read_dates
from tocsin.extract.sentences import split_sentences
from training.labels import date_words

PARTIAL = frozenset({"sentence", "trigger", "modality"})


@dataclass(frozen=True)
class Trigger:
    """Words that name a happening, with what is to be read off them."""

    span: Span
    type: str
    modality: str
    scope: str
    form: str
    means: tuple[str, ...]
    basis: str
    precision: str
    where: str
    mention: int


@dataclass(frozen=True)
class Value:
    """Words of a claim, place, actor, speaker, demand or hedge, or of a time (which has no head)."""

    span: Span
    head: str
    label: str


@dataclass
class Example:
    """A document with everything that the heads are to give.

    Attributes:
        weight: how much it counts.
        only: heads that have labels here; empty where all have.
        links: (relation, trigger, value) by position in the lists.
        pairs: (relation, trigger, trigger).
        speakers: (claim value, speaker value).
        places: for each trigger the places of its happening; those without have none.
    """

    id: str
    title: str
    text: str
    sentences: Sequence[Span]
    in_scope: bool
    weight: float = 1.0
    only: frozenset[str] = frozenset()
    triggers: list[Trigger] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    links: set[tuple[str, int, int]] = field(default_factory=set)
    pairs: set[tuple[str, int, int]] = field(default_factory=set)
    speakers: set[tuple[int, int]] = field(default_factory=set)
    places: dict[int, frozenset[tuple[str, str]]] = field(default_factory=dict)


def load(path: Path) -> Iterator[Example]:
    """Yield the examples of a file or folder of coded documents."""
    for coded in read(path, strict=False):
        yield from_coded(coded)


def from_coded(coded: CodedDocument) -> Example:
    """Return a coded document as an example."""
    document = coded.document
    example = Example(
        document.id, document.title, document.text, split_sentences(document.text), in_scope=bool(coded.mentions)
    )
    index: dict[tuple[int, int, str, str], int] = {}

    def add(span: Span, head: str, label: str) -> int:
        key = (span.start, span.end, head, label)
        if key not in index:
            index[key] = len(example.values)
            example.values.append(Value(span, head, label))
        return index[key]

    times = [
        (reading, add(reading.span, "", "date"))
        for reading in read_dates(document.text, date_words(), published=document.published)
    ]
    by_mention: dict[str, list[int]] = {}
    for number, mention in enumerate(coded.mentions):
        by_mention[mention.id] = _add_mention(example, number, mention, add)
    for mention in coded.mentions:
        own = by_mention[mention.id]
        meant = [value for reading, value in times if _means(reading.range, mention.date)]
        example.links |= {("date", trigger, value) for trigger in own for value in meant}
        example.pairs |= {("same", a, b) for a in own for b in own if a != b}
        if mention.places:
            example.places |= dict.fromkeys(own, frozenset((p.name, p.country) for p in mention.places))
        if mention.context:
            example.pairs |= {("context", a, b) for a in own for b in by_mention.get(mention.context, [])}
    return example


def _means(read: DateRange, wanted: DateRange) -> bool:
    """Whether a time of the text is the one of the happening; the end of what went on is often told elsewhere."""
    return wanted.start is not None and read.start == wanted.start and (wanted.end in (None, read.end) or not read.end)


def _add_mention(example: Example, number: int, mention: Mention, add: Callable[[Span, str, str], int]) -> list[int]:
    evidence = [e for e in mention.evidence if e.sentence.placed and e.trigger.placed]
    where = "none"
    if mention.places:
        where = "taken over" if all(place.span is None for place in mention.places) else "named"
    own = []
    for item in evidence:
        own.append(len(example.triggers))
        example.triggers.append(
            Trigger(
                item.trigger,
                mention.type,
                mention.modality,
                mention.scope,
                mention.form or "none",
                mention.means,
                mention.date.basis,
                mention.date.precision,
                where,
                number,
            )
        )

    def occurrences(quote: str) -> list[Span]:
        """Where the quote stands in each evidence sentence, nearest to the trigger."""
        found = []
        for item in evidence:
            at, best = example.text.find(quote, item.sentence.start, item.sentence.end), None
            while at >= 0:
                distance = min(abs(at - item.trigger.end), abs(at + len(quote) - item.trigger.start))
                if best is None or distance < best[0]:
                    best = (distance, at)
                at = example.text.find(quote, at + 1, item.sentence.end)
            if best is not None:
                found.append(Span(best[1], best[1] + len(quote), quote))
        return found

    def link(relation: str, head: str, label: str, quote: str) -> list[int]:
        values = [add(span, head, label) for span in occurrences(quote)]
        example.links |= {(relation, t, v) for t in own for v in values}
        return values

    for place in mention.places:
        if place.span is not None:
            link("place", "place", "place", place.span.quote)
    for actor in mention.actors:
        link(actor.role, "actor", actor.role, actor.span.quote)
    for demand in mention.demands:
        link("demand", "demand", "demand", demand.quote)
    for claim in mention.claims:
        claims = link("claim", "claim", claim.attribute, claim.span.quote)
        if claim.hedge is not None:
            for span in occurrences(claim.hedge.quote):
                add(span, "hedge", "hedge")
        for speaker in claim.said_by:
            for span in occurrences(speaker.span.quote):
                said = add(span, "speaker", speaker.kind)
                example.speakers |= {(c, said) for c in claims}
    return own


def spliced(empty: Example, coded: Example, at: int) -> Example:
    """Return a document without happenings that tells those of another one in its middle.

    Real documents without happenings would else teach that whatever reads like real news tells of nothing.

    Args:
        at: how many sentences of the empty document come first.
    """
    before = empty.text[: empty.sentences[at].start] + "\n\n" if at else ""
    after = "\n\n" + empty.text[empty.sentences[at].start :]
    by, later = len(before), len(before) + len(coded.text) + 2 - empty.sentences[at].start
    sentences = [
        *empty.sentences[:at],
        *(_moved(span, by) for span in coded.sentences),
        *(_moved(span, later) for span in empty.sentences[at:]),
    ]
    return replace(
        coded,
        id=f"{empty.id}+{coded.id}",
        title=empty.title,
        text=before + coded.text + after,
        sentences=sentences,
        triggers=[replace(t, span=_moved(t.span, by)) for t in coded.triggers],
        values=[replace(v, span=_moved(v.span, by)) for v in coded.values],
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by, span.quote)


def sentences_labelled(texts: Path, labels: Path) -> Iterator[Example]:
    """Yield sentences of which only types, triggers and modality are labelled.

    Args:
        texts: JSON Lines with `id` and `text`.
        labels: a line a sentence: the end of its id, a tab, "-" or `trigger=type[/modality]; ...`.
    """
    known = {}
    for line in texts.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        known[data["id"].rsplit("/", 1)[-1]] = data["text"]
    for line in labels.read_text(encoding="utf-8").splitlines():
        name, found = line.split("\t")
        text = known[name]
        example = Example(name, "", text, [Span(0, len(text), text)], found != "-", only=PARTIAL)
        for number, item in enumerate(found.split("; ") if found != "-" else []):
            words, kind = item.rsplit("=", 1)
            kind, _, modality = kind.partition("/")
            span = Span.find(text, words)
            example.triggers.append(
                Trigger(span, kind, modality or "occurred", "single", "none", (), "none", "none", "none", number)
            )
        yield example

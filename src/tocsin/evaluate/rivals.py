"""Two codings against the gold: where they differ, and which of them is right."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tocsin.datamodel import CodedDocument, Mention
from tocsin.evaluate.agreement import same_claim, same_date, same_place
from tocsin.evaluate.between import days, value
from tocsin.evaluate.pairing import pair, pair_mentions

T = TypeVar("T")

#: Who is right; of what stands in no gold mention, who says it.
BOTH, FIRST, SECOND, NEITHER = "both", "first alone", "second alone", "neither"
ANSWERS = (BOTH, FIRST, SECOND, NEITHER)


@dataclass(frozen=True, slots=True)
class Rivalry:
    """One thing on which two codings differ.

    Attributes:
        document: its id.
        field: "mention", "spurious mention", "modality", "scope", "date", "place" or "claim".
        right: one of `ANSWERS`.
        first, second, gold: what each says, in words; empty where it says nothing.
    """

    document: str
    field: str
    right: str
    first: str
    second: str
    gold: str


@dataclass
class Rivals:
    """How often each of two codings is right, by field, and each thing on which they differ."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    differences: list[Rivalry] = field(default_factory=list)

    def add(self, document: str, field: str, right: tuple[bool, bool], told: tuple[str, str, str]) -> None:
        """Count one thing; `right` says who is."""
        answer = {(True, True): BOTH, (True, False): FIRST, (False, True): SECOND, (False, False): NEITHER}[right]
        self.counts.setdefault(field, Counter())[answer] += 1
        if right[0] != right[1] or (answer == NEITHER and told[0] != told[1]):
            self.differences.append(Rivalry(document, field, answer, *told))


def compare_rivals(
    gold: Iterable[CodedDocument], first: Iterable[CodedDocument], second: Iterable[CodedDocument]
) -> Rivals:
    """Return where two codings of the same documents differ and which is right.

    Mentions are counted one by one. State, days, places and claims are counted on the mentions that all three have:
    of places and claims those of the gold.

    Args:
        gold: what is right.
        first, second: the two codings; a document that is absent counts as one without a mention.
    """
    one, other = _by_name(first), _by_name(second)
    rivals = Rivals()
    for coded in sorted(gold, key=lambda c: c.document.id):
        name = coded.document.id
        _compare(name, coded.mentions, one.get(name, ()), other.get(name, ()), rivals)
    return rivals


def _compare(
    name: str, gold: Sequence[Mention], first: Sequence[Mention], second: Sequence[Mention], rivals: Rivals
) -> None:
    one = dict(pair_mentions(gold, first, lambda m: m.type))
    other = dict(pair_mentions(gold, second, lambda m: m.type))
    for at, mention in enumerate(gold):
        told = _told(mention)
        found = (at in one, at in other)
        rivals.add(name, "mention", found, (told if found[0] else "", told if found[1] else "", told))
        if all(found):
            _compare_parts(name, mention, first[one[at]], second[other[at]], rivals)
    stray = [m for i, m in enumerate(first) if i not in one.values()]
    strays = [m for i, m in enumerate(second) if i not in other.values()]
    shared = dict(pair_mentions(stray, strays, lambda m: m.type))
    for i, mention in enumerate(stray):
        rivals.add(name, "spurious mention", (True, i in shared), (_told(mention), _told(mention) * (i in shared), ""))
    for j, mention in enumerate(strays):
        if j not in shared.values():
            rivals.add(name, "spurious mention", (False, True), ("", _told(mention), ""))


def _compare_parts(name: str, gold: Mention, one: Mention, other: Mention, rivals: Rivals) -> None:
    for key in ("modality", "scope"):
        said = (getattr(one, key), getattr(other, key), getattr(gold, key))
        rivals.add(name, key, (said[0] == said[2], said[1] == said[2]), said)
    rivals.add(
        name,
        "date",
        (same_date(gold, one), same_date(gold, other)),
        (days(one.date), days(other.date), days(gold.date)),
    )
    for mine, right in _each(gold.places, one.places, other.places, same_place):
        told = f"{mine.name}, {mine.country}"
        others = [", ".join(f"{p.name}, {p.country}" for p in m.places) for m in (one, other)]
        rivals.add(name, "place", right, (others[0], others[1], told))
    for claim, right in _each(gold.claims, one.claims, other.claims, same_claim):
        offered = ["; ".join(value(c) for c in m.claims if c.attribute == claim.attribute) for m in (one, other)]
        rivals.add(name, "claim", right, (offered[0], offered[1], f"{claim.attribute} {value(claim)}"))


def _each(
    golds: Sequence[T], one: Sequence[T], other: Sequence[T], same: Callable[[T, T], bool]
) -> Iterator[tuple[T, tuple[bool, bool]]]:
    """Yield each thing of the gold, and whether either coding has the same."""
    found = [{id(gold) for gold, _ in pair(golds, said, same)} for said in (one, other)]
    for gold in golds:
        yield gold, (id(gold) in found[0], id(gold) in found[1])


def _by_name(coded: Iterable[CodedDocument]) -> Mapping[str, tuple[Mention, ...]]:
    return {one.document.id: one.mentions for one in coded}


def _told(mention: Mention) -> str:
    return f"{mention.type} ({mention.evidence[0].sentence.quote if mention.evidence else 'no evidence'})"

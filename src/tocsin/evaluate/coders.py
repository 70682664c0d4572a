"""How far several coders of the same documents agree, measure by measure.

happenings  unitizing: which words name a happening, and of which type
type, form, modality, scope, day, place    nominal, of happenings that two coders or more have
claims      unitizing: which words give a value, and of what
number      interval, of claims about one thing that two coders or more have; the middle of what each says
size        the same on a scale of powers of ten, where a crowd of 90,000 is no more apart from 100,000 than 9 from 10
speaker     nominal: the kind of who says it first, of the same claims

Happenings are one where their triggers overlap, or where their sentences do and the type is the same; claims of one
happening where their quotes overlap and the attribute is the same. Documents are drawn for the intervals, each with all
that is in it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tocsin.datamodel import Claim, CodedDocument, Mention
from tocsin.evaluate.alpha import DRAWS, Alpha, interval, nominal, with_interval
from tocsin.evaluate.unitizing import Continuum, Unit, unitizing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One measure: its name, how values differ ("nominal", "interval" or "unitizing"), and how far coders agree."""

    name: str
    metric: str
    alpha: Alpha


#: The codings of one document by each coder, None where a coder did not code it.
Codings = tuple[CodedDocument | None, ...]


def agreement(codings: Mapping[str, Sequence[CodedDocument]], *, draws: int = DRAWS, seed: int = 0) -> list[Agreement]:
    """Return how far coders agree, each measure with its interval.

    Args:
        codings: documents as each coder coded them, by the coder's name; documents of one id are one.
        draws, seed: of the intervals.
    """
    documents = _by_document(list(codings.values()))
    whole = [one for one in documents if all(coded is not None for coded in one)]
    found = []

    def put(name: str, metric: str, groups: Sequence[T], measure: Callable[[Sequence[T]], Alpha]) -> None:
        found.append(Agreement(name, metric, with_interval(groups, measure, draws=draws, seed=seed)))

    put("happenings", "unitizing", [_continuum(one, _triggers) for one in whole], unitizing)
    mentions = [_same_mentions(one) for one in documents]
    for name, value in _NAMED.items():
        put(name, "nominal", [_values(units, value) for units in mentions], _all_of(nominal))
    put("claims", "unitizing", [_continuum(one, _quotes) for one in whole], unitizing)
    claims = [[claim for unit in units for claim in _same_claims(unit)] for units in mentions]
    put("number", "interval", [_values(units, _middle) for units in claims], _all_of(interval))
    put("size", "interval", [_values(units, _size) for units in claims], _all_of(interval))
    put("speaker", "nominal", [_values(units, _speaker) for units in claims], _all_of(nominal))
    return found


def _by_document(coders: Sequence[Sequence[CodedDocument]]) -> list[Codings]:
    by_id = [{one.document.id: one for one in coder} for coder in coders]
    names = sorted({name for coder in by_id for name in coder})
    rows = [tuple(coder.get(name) for coder in by_id) for name in names]
    return [row for row in rows if sum(one is not None for one in row) > 1]


def _continuum(codings: Codings, units: Callable[[CodedDocument], tuple[Unit, ...]]) -> Continuum:
    held = [one for one in codings if one is not None]
    return Continuum(max(len(one.document.text) for one in held), tuple(units(one) for one in held))


def _triggers(coded: CodedDocument) -> tuple[Unit, ...]:
    return tuple(
        Unit(one.trigger.start, len(one.trigger.quote), mention.type)
        for mention in coded.mentions
        for one in mention.evidence
        if one.trigger.placed
    )


def _quotes(coded: CodedDocument) -> tuple[Unit, ...]:
    return tuple(
        Unit(claim.span.start, len(claim.span.quote), claim.attribute)
        for mention in coded.mentions
        for claim in mention.claims
        if claim.span.placed
    )


def _same_mentions(codings: Codings) -> list[tuple[Mention | None, ...]]:
    return _same([() if one is None else one.mentions for one in codings], _closeness)


def _same_claims(mentions: Sequence[Mention | None]) -> list[tuple[Claim | None, ...]]:
    def close(one: Claim, other: Claim) -> int:
        return int(one.attribute == other.attribute and one.span.overlaps(other.span))

    return _same([() if one is None else one.claims for one in mentions], close)


def _closeness(one: Mention, other: Mention) -> int:
    triggers = sum(a.trigger.overlaps(b.trigger) for a in one.evidence for b in other.evidence)
    sentences = sum(a.sentence.overlaps(b.sentence) for a in one.evidence for b in other.evidence)
    same = one.type == other.type
    return 4 * triggers + sentences + 2 * same if triggers or (same and sentences) else 0


def _same(coders: Sequence[Sequence[T]], closeness: Callable[[T, T], int]) -> list[tuple[T | None, ...]]:
    """Return what coders have in common: one thing of each, or None, the closest put together first."""
    groups: list[dict[int, T]] = []
    for number, things in enumerate(coders):
        options = sorted(
            (-close, at, n)
            for at, group in enumerate(groups)
            for n, thing in enumerate(things)
            if (close := max(closeness(held, thing) for held in group.values()))
        )
        taken: dict[int, int] = {}
        for _, at, n in options:
            if n not in taken and at not in taken.values():
                taken[n] = at
        for n, thing in enumerate(things):
            if n in taken:
                groups[taken[n]][number] = thing
            else:
                groups.append({number: thing})
    return [tuple(group.get(number) for number in range(len(coders))) for group in groups]


def _values(units: Sequence[tuple[T | None, ...]], value: Callable[[T], object]) -> list[tuple[object, ...]]:
    return [tuple(None if one is None else value(one) for one in unit) for unit in units]


def _all_of(measure: Callable[..., Alpha]) -> Callable[[Sequence[Sequence[object]]], Alpha]:
    return lambda groups: measure([unit for units in groups for unit in units])


def _place(mention: Mention) -> str:
    return "; ".join(sorted(f"{place.country} {place.name}".casefold() for place in mention.places))


def _middle(claim: Claim) -> float | None:
    ends = [end for end in (claim.low, claim.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _size(claim: Claim) -> float | None:
    middle = _middle(claim)
    return None if middle is None else math.log10(1 + max(middle, 0))


def _speaker(claim: Claim) -> str:
    return claim.said_by[0].kind if claim.said_by else "document"


_NAMED: Mapping[str, Callable[[Mention], object]] = {
    "type": lambda mention: mention.type,
    "form": lambda mention: mention.form or "none",
    "modality": lambda mention: mention.modality,
    "scope": lambda mention: mention.scope,
    "day": lambda mention: f"{mention.date.start} to {mention.date.end}",
    "place": _place,
}

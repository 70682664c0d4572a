"""Where two codings of one document differ, whoever made them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.datamodel import Claim, DateRange, Mention, Place
from tocsin.evaluate.agreement import same_claim, same_date, same_place, same_speakers
from tocsin.evaluate.pairing import pair, pair_mentions


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two codings of a happening tell differently.

    Attributes:
        field: "modality", "scope", "date", "place", "speaker", or "claim" with its attribute.
        one, other: what each says, in words; empty where it says nothing.
    """

    field: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Two mentions that are one happening, by their places in the two codings, and where they differ."""

    one: int
    other: int
    differences: tuple[Difference, ...]


def match_mentions(one: Sequence[Mention], other: Sequence[Mention]) -> tuple[Matched, ...]:
    """Return the mentions of two codings of a document that are one happening, in the order of the first."""
    pairs = sorted(pair_mentions(one, other, lambda mention: mention.type))
    return tuple(Matched(i, j, differences(one[i], other[j])) for i, j in pairs)


def differences(one: Mention, other: Mention) -> tuple[Difference, ...]:
    """Return what two mentions of one happening tell differently: state, days, places, claims and who says them."""
    found = [
        Difference(field, getattr(one, field), getattr(other, field))
        for field in ("modality", "scope")
        if getattr(one, field) != getattr(other, field)
    ]
    if not same_date(one, other):
        found.append(Difference("date", days(one.date), days(other.date)))
    found += [Difference("place", a, b) for a, b in _unpaired_places(one.places, other.places)]
    paired = pair(one.claims, other.claims, same_claim)
    for ours, theirs in paired:
        if not same_speakers(ours, theirs):
            found.append(Difference("speaker", _said(ours), _said(theirs)))
    mine = [claim for claim in one.claims if all(claim is not ours for ours, _ in paired)]
    yours = [claim for claim in other.claims if all(claim is not theirs for _, theirs in paired)]
    for claim in mine:
        rival = next((c for c in yours if c.attribute == claim.attribute), None)
        if rival is not None:
            yours.remove(rival)
        found.append(Difference(f"claim {claim.attribute}", value(claim), value(rival) if rival else ""))
    found += [Difference(f"claim {claim.attribute}", "", value(claim)) for claim in yours]
    return tuple(found)


def days(when: DateRange) -> str:
    """Return days in words."""
    if when.start == when.end:
        return str(when.start) if when.start else "unknown"
    return f"{when.start or 'open'} to {when.end or 'open'}"


def value(claim: Claim) -> str:
    """Return the value of a claim with its words."""
    ends = ["open" if end is None else f"{end:,}" for end in (claim.low, claim.high)]
    interval = ends[0] if ends[0] == ends[1] else " to ".join(ends)
    return f"{interval}{' ' + claim.unit if claim.unit else ''} ({claim.span.quote})"


def _unpaired_places(one: Sequence[Place], other: Sequence[Place]) -> list[tuple[str, str]]:
    paired = pair(one, other, same_place)
    mine = [_named(p) for p in one if all(p is not ours for ours, _ in paired)]
    yours = [_named(p) for p in other if all(p is not theirs for _, theirs in paired)]
    longest = max(len(mine), len(yours))
    return list(zip(mine + [""] * (longest - len(mine)), yours + [""] * (longest - len(yours)), strict=True))


def _named(place: Place) -> str:
    return f"{place.name}, {place.country}"


def _said(claim: Claim) -> str:
    return " < ".join(speaker.span.quote for speaker in claim.said_by) or "the document"

"""Where accounts differ: claims about one thing that do not agree, side by side."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from tocsin.datamodel import Event, Figure
from tocsin.report.rows import ClaimRow, MentionRow, Rows

# No count of people, places or money on earth is larger; what is, is a misreading and would only flatten the scale.
_LARGEST = 1e15
# What is counted the same way whoever says it; terms and durations differ by person, not by account.
_COMPARABLE = ("participants", "affected", "injured", "killed", "sites", "amount", "workforce")


@dataclass(frozen=True, slots=True)
class Account:
    """One claim of several, with the documents that give it in the same words.

    Attributes:
        bar: the outline of its interval, in a box 100 wide and 8 high; it ends in a point where no upper end is given.
    """

    mention: MentionRow
    claim: int
    publishers: tuple[str, ...]
    bar: str

    @property
    def row(self) -> ClaimRow:
        """The claim."""
        return self.mention.claims[self.claim]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Accounts of one thing.

    Attributes:
        judged: whether the mentions were judged to be one happening; otherwise only type, place and days are the same.
        figure: what the accounts come to, where that was worked out for the one happening they are of.
    """

    first: MentionRow
    counted: str
    accounts: tuple[Account, ...]
    judged: bool
    figure: Figure | None


def find_disagreements(rows: Rows, events: Mapping[str, Event] | None = None) -> tuple[Disagreement, ...]:
    """Return the happenings for which two voices give different intervals, in the order of days.

    Args:
        rows: of the page.
        events: by the ids of their mentions, with their figures; may be left out.
    """
    groups: defaultdict[Hashable, list[tuple[MentionRow, int]]] = defaultdict(list)
    told = Counter((_same(row), row.document) for row in rows.mentions)
    # One document never tells a happening twice: where it has two of a kind, nothing says which of them another means.
    unclear = {key for (key, _), times in told.items() if times > 1}
    for row in rows.mentions:
        key = ("alone", row.number) if _same(row) in unclear else _same(row)
        for number, claim in enumerate(row.claims):
            ends = [end for end in (claim.low, claim.high) if end is not None]
            if claim.attribute in _COMPARABLE and ends and max(ends) <= _LARGEST:
                groups[(key, claim.attribute)].append((row, number))
    return tuple(found for group in groups.values() if (found := _disagreement(group, rows, events or {})))


def _same(row: MentionRow) -> tuple[Hashable, ...]:
    mention = row.mention
    if mention.event:
        return ("event", mention.event)
    if mention.scope == "single" and mention.date.precision == "day" and mention.date.start and row.places:
        return (mention.type, mention.form, mention.modality, mention.date.start, mention.date.end, row.places)
    return ("alone", row.number)


def _disagreement(group: list[tuple[MentionRow, int]], rows: Rows, events: Mapping[str, Event]) -> Disagreement | None:
    first = group[0][0]
    merged = list(_merged(group, rows))
    values = {(row.claims[n].low, row.claims[n].high) for row, n, _ in merged}
    voices = {row.claims[n].said_by or publishers for row, n, publishers in merged}
    if len(values) < 2 or len(voices) < 2:
        return None
    ends = [end for row, n, _ in merged for end in (row.claims[n].low, row.claims[n].high) if end is not None]
    # A tenth of the scale is left over, so that an open end has somewhere to point to.
    scale = max(max(ends) * 1.1, 1e-9)
    accounts = tuple(_account(row, n, publishers, scale) for row, n, publishers in merged)
    judged = bool(first.mention.event) or len({row.number for row, _ in group}) == 1
    event, claim = events.get(first.mention.id), first.mention.claims[group[0][1]]
    figure = event.figure(claim.attribute, claim.unit) if event is not None and judged else None
    return Disagreement(first, first.claims[group[0][1]].counted, accounts, judged, figure)


def _merged(group: list[tuple[MentionRow, int]], rows: Rows) -> Iterator[tuple[MentionRow, int, tuple[str, ...]]]:
    """Yield each claim once, with all publishers that print it in the same sentence: one source, not several."""
    alike: defaultdict[Hashable, list[tuple[MentionRow, int]]] = defaultdict(list)
    for row, number in group:
        claim = row.claims[number]
        alike[(claim.low, claim.high, claim.said_by, claim.quote, row.sentence)].append((row, number))
    for same in alike.values():
        publishers = dict.fromkeys(
            rows.documents[row.document].document.publisher or "publisher not known" for row, _ in same
        )
        yield (*same[0], tuple(publishers))


def _account(row: MentionRow, number: int, publishers: tuple[str, ...], scale: float) -> Account:
    claim = row.claims[number]
    left = 100 * (claim.low or 0) / scale
    if claim.high is None:
        neck = left + 0.6 * (100 - left)
        return Account(row, number, publishers, f"M{left:.2f} 1H{neck:.2f}L100 4L{neck:.2f} 7H{left:.2f}Z")
    # An exact figure is a stroke of one in a hundred, so that it can be seen.
    right = max(100 * claim.high / scale, left + 0.5)
    left = min(left, right - 1)
    return Account(row, number, publishers, f"M{left:.2f} 1H{right:.2f}V7H{left:.2f}Z")

"""The record in the terms of the International Labour Organization: one row a labour dispute."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin.codebook.exports import Country, ExportMapping, load_countries, load_export
from tocsin.datamodel.claim import Number
from tocsin.datamodel.happening import Happening
from tocsin.datamodel.lasting import Interval, lasted, working_days
from tocsin.datamodel.relation import DISPUTE
from tocsin.export.ledger import Ledger, left_out
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow
from tocsin.export.seen import (
    BETWEEN,
    day_words,
    demands_of,
    held_whole,
    notes_of,
    publishers_of,
    quoted,
    why_not,
)


def ilo_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield a row for each case of dispute, with its losses after it, and a loss for each event that is none.

    Args:
        happenings: in any order; a dispute stands where its first stoppage does.
        lookups: the user's codebook, and what places are.
    """
    mapping, countries = load_export("ilo", lookups.folder), load_countries(lookups.folder)
    held = held_whole(happenings)
    cases = _cases([one for one in held if not why_not(one.event, mapping)])
    for one in held:
        if why := why_not(one.event, mapping):
            yield left_out(one, why)
        elif one.event.id in cases:
            yield from _row(cases[one.event.id], mapping, countries)


def _cases(stoppages: Sequence[Happening]) -> Mapping[str, tuple[Happening, ...]]:
    """Return the stoppages of each dispute by the id of the first one, by first day."""
    order = sorted(stoppages, key=lambda one: (str(one.event.date.start), one.event.id))
    known = {one.event.id: one for one in order}
    home: dict[str, str] = {}
    for one in order:
        first = home.setdefault(one.event.id, one.event.id)
        for relation in one.relations:
            other = relation.member if relation.holder == one.event.id else relation.holder
            if relation.kind == DISPUTE and other in known:
                joined = home.setdefault(other, first)
                home = {name: first if at == joined else at for name, at in home.items()}
    cases: dict[str, list[Happening]] = {}
    for one in order:
        cases.setdefault(home[one.event.id], []).append(one)
    return {members[0].event.id: tuple(members) for members in cases.values()}


def _row(
    case: Sequence[Happening], mapping: ExportMapping, countries: Mapping[str, Country]
) -> Iterator[MappedRow | Loss]:
    first = case[0]
    tellings = tuple(telling for one in case for telling in one.tellings)
    ledgers = [_ledger(one, first.event.id, len(case)) for one in case]
    places = list(dict.fromkeys((place.country, place.name) for one in case for place in one.event.places))
    country = dict.fromkeys(countries[code].name if code in countries else code for code, _ in places)
    starts = [one.event.date.start for one in case if one.event.date.start and one.event.date.precision == "day"]
    ends = [one.event.date.end for one in case if one.event.date.end and one.event.date.precision == "day"]
    goes_on = any(one.event.modality == "ongoing" for one in case)
    over = not goes_on and len(ends) == len(case)
    days = [working_days(lasted(one.event)) for one in case]
    lost = [_not_worked(one, length, mapping) for one, length in zip(case, days, strict=True)]
    known = [interval for interval in lost if interval != (None, None)]
    cells = dict.fromkeys(mapping.columns, mapping.missing or None)
    cells |= {
        "dispute": first.event.id,
        "kind": BETWEEN.join(dict.fromkeys(mapping.types[one.event.type]["kind"] for one in case)),
        "country": BETWEEN.join(country) or None,
        "place": BETWEEN.join(name for _, name in places) or None,
        "employer": BETWEEN.join(quoted(tellings, "employer")) or None,
        "organisation": BETWEEN.join(quoted(tellings, "organiser")) or None,
        "demands": BETWEEN.join(demands_of(tellings)) or None,
        "start": min(starts).isoformat() if starts else None,
        "end": max(ends).isoformat() if over else None,
        "goes_on": "yes" if goes_on else ("no" if over else None),
        "actions": len(case),
        "actions_counted": len(known),
        **_ends("establishments", case, "sites", ledgers, add=True),
        **_ends("workers_involved", case, "participants", ledgers, add=True),
        **_ends("workforce", case, "workforce", ledgers, add=False),
        **_sum("working_days", days),
        **_sum("days_not_worked", known),
        "sources": BETWEEN.join(publishers_of(tellings)) or None,
        "notes": notes_of(tellings) or None,
    }
    for one, length, counted, ledger in zip(case, days, lost, ledgers, strict=True):
        _account(one, length, counted, ledger, mapping)
    yield {column: cells[column] for column in mapping.columns}
    for ledger in ledgers:
        yield from ledger.close(cells)


def _ledger(one: Happening, row: str, size: int) -> Ledger:
    columns = {
        "date": "start", "place": "place", "actor": "notes", "participants": "workers_involved_best",
        "workforce": "workforce_low", "sites": "establishments_low", "duration": "working_days_low", "title": "sources",
        "url": "sources", "form": "kind", "modality": "goes_on", "relation": "dispute",
    }  # fmt: skip
    ledger = Ledger(one, row, columns=columns, text=("notes", "employer", "organisation", "demands", "sources"))
    for kind in ("demand", "sentence", "publisher", "place", "modality"):
        ledger.hold(kind)
    for role in ("employer", "organiser"):
        for quote in quoted(one.tellings, role):
            ledger.hold("actor", f"{role}: {quote}")
    for relation in one.relations:
        if relation.kind == DISPUTE:
            other = relation.member if relation.holder == one.event.id else relation.holder
            ledger.hold("relation", f"{DISPUTE} {other}")
    if size > 1:
        ledger.lose("dispute", f"{one.event.type} {one.event.id}, {day_words(one.event)}", "one row for the dispute")
    return ledger


def _account(one: Happening, days: Interval, lost: Interval, ledger: Ledger, mapping: ExportMapping) -> None:
    """Note what of a stoppage's days and workers the row cannot hold."""
    event = one.event
    if event.date.precision == "day":
        ledger.hold("date", "end")
    ledger.figure("working_days_low", event.figure("duration"), days[0], ends=True)
    if mapping.types[event.type]["counts"] == "days" and lost == (None, None):
        missing = "workers" if event.figure("participants") is None else "days"
        ledger.lose("days_not_worked_low", f"{event.type} {event.id}: {missing} not known", "not counted")
    elif mapping.types[event.type]["counts"] == "days" and None in lost:
        ledger.lose("days_not_worked_low", f"{event.type} {event.id}: one end is open", "the open end is left empty")


def _not_worked(one: Happening, days: Interval, mapping: ExportMapping) -> Interval:
    workers = one.event.figure("participants")
    if workers is None or mapping.types[one.event.type]["counts"] != "days":
        return None, None
    low = None if workers.low is None or days[0] is None else workers.low * days[0]
    high = None if workers.high is None or days[1] is None else workers.high * days[1]
    return low, high


def _ends(
    column: str, case: Sequence[Happening], attribute: str, ledgers: Sequence[Ledger], *, add: bool
) -> dict[str, object]:
    """Return the figure of a dispute: those who stop twice may be the same, so that at least the most of one stoppage.

    Args:
        column: without the end.
        case: the stoppages of the dispute.
        attribute: of the figures.
        ledgers: of the stoppages.
        add: whether there may be as many as all stoppages together; otherwise at most the most of one.
    """
    figures = [one.event.figure(attribute) for one in case]
    told = [figure for figure in figures if figure is not None]
    lows = [f.low for f in told if f.low is not None]
    bests = [f.best for f in told if f.best is not None]
    highs = [f.high for f in told if f.high is not None]
    best: Number | None = max(bests, default=None)
    closed = len(highs) == len(case)
    has_best = column == "workers_involved"
    for ledger, figure in zip(ledgers, figures, strict=True):
        ledger.figure(f"{column}_best" if has_best else f"{column}_low", figure, best, ends=len(case) == 1)
    cells: dict[str, object] = {
        f"{column}_low": max(lows, default=None),
        f"{column}_high": (sum(highs) if add else max(highs)) if closed else None,
    }
    return cells | ({f"{column}_best": best} if has_best else {})


def _sum(column: str, intervals: Sequence[Interval]) -> dict[str, object]:
    lows = [low for low, _ in intervals if low is not None]
    highs = [high for _, high in intervals if high is not None]
    return {
        f"{column}_low": sum(lows) if lows else None,
        f"{column}_high": sum(highs) if highs and len(highs) == len(intervals) else None,
    }


ILO = Mapped("ilo", "labour disputes in the terms of the ILO, one row a dispute", "csv", ilo_rows)

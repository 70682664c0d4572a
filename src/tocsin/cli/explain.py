"""`tocsin explain`: every claim, link and decision behind an event or a mention."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.console import (
    DEFAULT_RECORD,
    CodebookOption,
    ConventionOption,
    JsonOption,
    PolicyOption,
    RecordOption,
    put,
)
from tocsin.cli.decide import one_line
from tocsin.cli.figure_words import figure_lines
from tocsin.cli.llm import note_line
from tocsin.datamodel import Claim, DateRange, Decision, Document, Figure, Mention, Place, Span

if TYPE_CHECKING:
    from tocsin.store.record import Record


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="EVENT|MENTION",
            help="Its id, or the beginning of it; exports and reports show it; e-... is an event.",
        ),
    ],
    record: RecordOption = DEFAULT_RECORD,
    policy: PolicyOption = "median",
    convention: ConventionOption = "codebook",
    codebook: CodebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show an event with its figures, its mentions and why they are one, or a mention with every claim and quote."""
    from tocsin.pipeline import Settings, reconcile_event
    from tocsin.store.record import open_record

    with open_record(record, must_exist=True) as opened:
        if name.startswith("e-"):
            found = reconcile_event(opened, name, Settings(codebook=codebook), policy=policy, convention=convention)
            _explain_event(opened, name, found.figures if found else (), as_json)
        else:
            _explain_mention(opened, name, as_json)


def _explain_event(record: "Record", name: str, figures: tuple[Figure, ...], as_json: bool) -> None:
    from tocsin.export.objects import figure_object, mention_object

    event, names = record.event(name)
    told = [record.mention(mention) for mention in names]
    pairs = record.reasons(names)
    made = [d for d in record.decisions() if d.subject in names or d.object in names]
    relations = record.relations(event)
    if as_json:
        judged = record.judgements()
        data = {
            "event": event,
            "figures": [figure_object(figure) for figure in figures],
            "mentions": [mention_object(document, mention, judged.get(mention.id)) for document, mention in told],
            "pairs": [{"mentions": [p.one, p.other], "steps": [list(step) for step in p.steps]} for p in pairs],
            "relations": [
                {"kind": r.kind, "holder": r.holder, "member": r.member, "reason": r.reason} for r in relations
            ],
            "decisions": [{"id": d.id, "kind": d.kind, "subject": d.subject, "object": d.object} for d in made],
        }
        put(json.dumps(data, ensure_ascii=False) + "\n")
        return
    put(
        f"{event}: {_counted(len(told), 'mention')}"
        + ("" if event.startswith(name) else f" ({name} went into it)")
        + "\n"
    )
    for figure in figures:
        put("\n" + "\n".join(figure_lines(figure)) + "\n")
    for document, mention in told:
        put("\n" + "\n".join(_lines(document, mention)) + "\n")
    for pair in pairs:
        total = sum(weight for _, _, weight in pair.steps)
        put(f"\n{pair.one} and {pair.other}: {total:+.1f} (log2 of the odds, before the prior)\n")
        for comparison, level, weight in pair.steps:
            if weight:
                put(f"  {weight:+5.1f}  {comparison}: {level}\n")
    for one in relations:
        as_member, as_holder = _RELATED[one.kind]
        said, other = (as_member, one.holder) if one.member == event else (as_holder, one.member)
        put(f"\n{said} {other}: {one.reason}\n")
    _put_decisions(made)


#: What the other event is to this one, where this one is the member and where it is the holder.
_RELATED = {
    "covers": ("covered by the total", "covers"),
    "series": ("occurrence of the series", "holds"),
    "within": ("happened within", "within it happened"),
    "dispute": ("of the dispute that began with", "first of a dispute with"),
    "custody": ("custody before", "custody after"),
}


def _explain_mention(record: "Record", name: str, as_json: bool) -> None:
    from tocsin.export.objects import mention_object

    document, found = record.mention(name)
    decision = record.judgements().get(found.id)
    event, coder = record.event_of(found.id), record.coder_of(found.id)
    if as_json:
        data = mention_object(document, found, decision) | {"event": event, "coder": coder}
        data["notes"] = [asdict(note) for note in record.notes_of(found.id)]
        put(json.dumps(data, ensure_ascii=False) + "\n")
        return
    put("\n".join(_lines(document, found)) + f"\n\nevent: {event or 'not put together yet'}\ncoded by: {coder}\n")
    for note in record.notes_of(found.id):
        put(note_line(note) + "\n")
    _put_decisions([d for d in record.decisions() if found.id in (d.subject, d.object)])


def _put_decisions(made: list[Decision]) -> None:
    for one in made:
        put(one_line(one) + "\n")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _lines(document: Document, mention: Mention) -> list[str]:
    source = ", ".join(filter(None, (document.publisher, document.title and f'"{document.title}"')))
    published = document.published or "day of publication unknown"
    lines = [
        f"{mention.id}: {mention.type}" + (f" ({mention.form})" if mention.form else ""),
        f"told by: {source or 'publisher unknown'}, {published} [{document.id}]",
        f"modality: {mention.modality}; scope: {mention.scope}",
        f"date: {_date(mention.date)}",
    ]
    lines += [f"place: {_place(place)}" for place in mention.places] or ["place: unknown"]
    lines += [f"{actor.role}: {_quoted(actor.span)}" for actor in mention.actors]
    lines += [f"demand: {_quoted(demand)}" for demand in mention.demands]
    lines += [f"means: {', '.join(mention.means)}"] if mention.means else []
    lines += [f"happened within: {mention.context}"] if mention.context else []
    lines += [f"claim: {_claim(claim)}" for claim in mention.claims] or ["claims: none"]
    lines += ["", "sentences:"]
    lines += [
        f'  {e.sentence.start}-{e.sentence.end} ["{e.trigger.quote}"] {e.sentence.quote}' for e in mention.evidence
    ]
    return lines


def _date(when: DateRange) -> str:
    if when.start is None and when.end is None:
        return f"unknown (basis {when.basis})"
    if when.start == when.end:
        return f"{when.start} (precision {when.precision}, basis {when.basis})"
    return f"{when.start or 'open'} to {when.end or 'open'} (precision {when.precision}, basis {when.basis})"


def _place(place: Place) -> str:
    where = ", ".join(filter(None, (place.name, place.admin1, place.country)))
    at = "" if place.lat is None or place.lon is None else f", {place.lat:.3f} {place.lon:.3f}"
    return f"{where}{at}, " + (_quoted(place.span) if place.span else "taken over from another mention")


def _claim(claim: Claim) -> str:
    value = f"{_end(claim.low)} to {_end(claim.high)}" if claim.low != claim.high else _end(claim.low)
    words = [claim.attribute, value, claim.unit or "", "(vague)" if claim.approx else ""]
    speakers = " < ".join(f"{speaker.span.quote} ({speaker.kind})" for speaker in claim.said_by)
    said = f"said by {speakers}" if speakers else "said by the document itself"
    hedge = f', hedged by "{claim.hedge.quote}"' if claim.hedge else ""
    return f"{' '.join(filter(None, words))}, {_quoted(claim.span)}, {said}{hedge}"


def _end(value: float | None) -> str:
    return "open" if value is None else f"{value:,}"


def _quoted(span: Span) -> str:
    return f'"{span.quote}" at {span.start}-{span.end}'

"""`tocsin resolve`: how the program reads a phrase."""

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.console import CodebookOption, Tally, input_lines, put
from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.datamodel import DateReading, PlaceCandidate, PlaceReading
    from tocsin.pipeline import Resources

#: Answers one line: text, day of publication.
Answer = Callable[[str, date | None], dict[str, Any]]


def resolve(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="numbers, dates or places.")],
    file: Annotated[str, typer.Argument(help="JSON Lines; - is standard input.")] = "-",
    convention: Annotated[str, typer.Option("--convention", help="What vague numbers come to.")] = "codebook",
    explain: Annotated[bool, typer.Option("--explain", help="Say why: words, rule, anchor, candidates.")] = False,
    codebook: CodebookOption = None,
) -> None:
    """Read the numbers, dates or places of texts: lines {"id","text","published"} in, lines with values out."""
    makers = {"numbers": _numbers, "dates": _dates, "places": _places}
    if kind not in makers:
        raise UsageError(f"kind {kind!r}", "is not known", "known are " + ", ".join(makers))
    from tocsin.pipeline import Settings, load_resources

    answer = makers[kind](load_resources(Settings(codebook=codebook, extractor="rules")), convention, explain)
    tally = Tally()
    for number, line in enumerate(input_lines(file), 1):
        if not line.strip():
            continue
        try:
            name, text, published = _parse(line)
        except (ValueError, KeyError, TypeError) as error:
            tally.note_failure(f'{file}, line {number}: is not {{"id","text","published"}} ({error!r}); mend the line')
            continue
        put(json.dumps({"id": name} | answer(text, published), ensure_ascii=False) + "\n")
        tally.done += 1
    tally.leave(f'{file}: holds no line; give lines {{"id","text","published"}}')


def _parse(line: str) -> tuple[Any, str, date | None]:
    data = json.loads(line)
    published = data.get("published")
    if not isinstance(data["text"], str):
        raise TypeError("text is no string")
    return data["id"], data["text"], date.fromisoformat(published[:10]) if published else None


def _numbers(resources: "Resources", convention: str, explain: bool) -> Answer:
    from tocsin.extract.numbers import convention_named, read_size

    words = resources.codebook.numbers
    convention_named(words, convention)

    def answer(text: str, published: date | None) -> dict[str, Any]:
        reading = read_size(text, words, convention=convention)
        if reading is None:
            return {"low": None, "high": None, "approx": False} | ({"rule": "no number"} if explain else {})
        values = {"low": reading.low, "high": reading.high, "approx": reading.approx}
        return values | ({"quote": reading.span.quote, "rule": reading.rule} if explain else {})

    return answer


def _dates(resources: "Resources", convention: str, explain: bool) -> Answer:
    from tocsin.extract.dates import answer_dates

    words = resources.codebook.dates

    def answer(text: str, published: date | None) -> dict[str, Any]:
        return {"dates": [_date(reading, explain) for reading in answer_dates(text, words, published=published)]}

    return answer


def _date(reading: "DateReading", explain: bool) -> dict[str, Any]:
    days = reading.range
    values: dict[str, Any] = {
        "start": reading.span.start,
        "end": reading.span.end,
        "from": days.start.isoformat() if days.start else None,
        "to": days.end.isoformat() if days.end else None,
    }
    if not explain:
        return values
    why = {"quote": reading.span.quote, "precision": days.precision, "basis": days.basis}
    return values | why | {"rule": reading.rule, "anchor": reading.anchor}


def _places(resources: "Resources", convention: str, explain: bool) -> Answer:
    from tocsin.extract.places import places_on_the_map, read_places

    def answer(text: str, published: date | None) -> dict[str, Any]:
        readings = read_places(text, resources.places)
        shown = readings if explain else places_on_the_map(readings)
        return {"places": [_place(reading, explain) for reading in shown]}

    return answer


def _place(reading: "PlaceReading", explain: bool) -> dict[str, Any]:
    values: dict[str, Any] = {"start": reading.span.start, "end": reading.span.end} | _candidate(reading.best)
    if not explain:
        return values
    others = [
        _candidate(other) | {"score": round(other.score, 3), "reasons": list(other.reasons)}
        for other in reading.candidates
    ]
    container = reading.container.name if reading.container else None
    why = {"quote": reading.span.quote, "kind": reading.kind, "rule": reading.rule, "container": container}
    return values | why | {"candidates": others}


def _candidate(place: "PlaceCandidate | None") -> dict[str, Any]:
    if place is None:
        return dict.fromkeys(("name", "country", "admin1", "lat", "lon", "geonameid"))
    return {
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "geonameid": place.geonameid or None,
    }

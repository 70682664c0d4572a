"""Happenings made from the readable cases of tests/cases/exports.toml, as the record would give them."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import parse
from tocsin.datamodel.happening import Happening, Telling
from tocsin.datamodel.relation import WITHIN, Relation
from tocsin.export.formats import FORMATS
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, MappedRow
from tocsin.reconcile import reconcile_events

CASES = Path(__file__).resolve().parents[1] / "cases" / "exports.toml"
#: Where the places of the cases are.
PLACES: Mapping[str, dict[str, Any]] = {
    "Minsk": {"admin1": "Minsk City", "lat": 53.9, "lon": 27.56667, "geonameid": 625144},
    "Salihorsk": {"admin1": "Minsk", "lat": 52.7876, "lon": 27.5415, "geonameid": 622428},
    "Brest": {"admin1": "Brest Region", "lat": 52.10894, "lon": 23.71749, "geonameid": 629634},
    "Belarus": {"admin1": None, "lat": 53.5, "lon": 28.0, "geonameid": 630336},
    "Albany": {"admin1": "New York", "lat": 42.65, "lon": -73.75, "geonameid": 5106834},
}
_SPEAKER = re.compile(r"(?P<quote>.*) \((?P<kind>\w+)\)")


@cache
def cases() -> Mapping[str, Any]:
    """The file of cases, parsed."""
    return tomllib.loads(CASES.read_text(encoding="utf-8"))


@cache
def golden() -> tuple[Happening, ...]:
    """The happenings of the file, in the order of their ids."""
    return tuple(happenings_from(cases()["document"]))


def happenings_from(
    documents: list[dict[str, Any]], *, convention: str = "codebook", policy: str = "median"
) -> list[Happening]:
    """Documents with mentions as happenings: one for each name of an event."""
    from tocsin.extract.conventions import read_again

    codebook = load_codebook()
    coded = [read_again(_coded(one), codebook.numbers, convention) for one in documents]
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    relations: defaultdict[str, set[Relation]] = defaultdict(set)
    for one, raw in zip(coded, documents, strict=True):
        for mention, given in zip(one.mentions, raw["mention"], strict=True):
            told[given["event"]].append(Telling(one.document, mention, given.get("decision"), given["event"]))
            if "within" in given:
                relation = Relation(WITHIN, given["within"], given["event"], "it happened within it")
                relations[given["within"]].add(relation)
                relations[given["event"]].add(relation)
    mentions = {event: [telling.mention.id for telling in tellings] for event, tellings in told.items()}
    return [
        Happening(
            event,
            tuple(sorted(told[event.id], key=lambda t: (str(t.document.published), t.document.id))),
            tuple(sorted(relations[event.id], key=lambda r: (r.kind, r.holder, r.member))),
        )
        for event in reconcile_events(coded, mentions, codebook, policy=policy)
    ]


def made(name: str, happenings: Iterable[Happening]) -> tuple[list[MappedRow], list[Loss]]:
    """The rows and the losses of a format."""
    found = list(FORMATS[name].rows(happenings, Lookups()))
    return [row for row in found if not isinstance(row, Loss)], [row for row in found if isinstance(row, Loss)]


def _coded(raw: dict[str, Any]) -> CodedDocument:
    document = {key: str(value) for key, value in raw.items() if key != "mention"}
    return parse({"document": document, "events": [_event(raw, number) for number in range(len(raw["mention"]))]})


def _event(raw: dict[str, Any], number: int) -> dict[str, Any]:
    given = raw["mention"][number]
    start, end = given.get("start"), given.get("end")
    precision = given.get("precision", "day" if start else "none")
    names = [name for name in [given.get("place"), *given.get("places", [])] if name]
    return {
        "id": f"{raw['id']}/m{number}",
        "type": given["type"],
        "form": given.get("form"),
        "modality": given.get("modality", "occurred"),
        "scope": given.get("scope", "single"),
        "date": {
            "start": start and str(start),
            "end": end and str(end),
            "precision": precision,
            "basis": given.get("basis", "none"),
        },
        "places": [
            {"quote": None, "name": name, "country": "US" if name == "Albany" else "BY", **PLACES[name]}
            for name in names
        ],
        "actors": [
            dict(zip(("role", "quote"), actor.split(": ", 1), strict=True)) for actor in given.get("actors", [])
        ],
        "claims": [_claim(*claim) for claim in given.get("claims", [])],
        "demands": given.get("demands", []),
        "means": given.get("means", []),
        "context": None,
        "evidence": [
            {"text": sentence, "trigger": given["trigger"] if given["trigger"] in sentence else sentence.split()[0]}
            for sentence in given["sentences"]
        ],
    }


def _claim(attribute: str, low: Any, high: Any, vague: bool, quote: str, *speakers: str) -> dict[str, Any]:
    found = [match for speaker in speakers if (match := _SPEAKER.fullmatch(speaker))]
    return {
        "attribute": attribute,
        "low": None if low == "-" else low,
        "high": None if high == "-" else high,
        "approx": vague,
        "unit": None,
        "quote": quote,
        "said_by": [{"quote": match["quote"], "kind": match["kind"]} for match in found],
        "hedge": None,
    }

"""Places against two sets of labelled news, local American (LGL) and Wikinews (GeoVirus), and the coded documents.

python -m bench.accuracy.places
"""

from collections.abc import Iterator
from typing import Any

from bench.accuracy.numbers import SHARED, scorer
from bench.accuracy.rows import Row
from tocsin.codebook import load_codebook
from tocsin.codebook.placenames import fold
from tocsin.datamodel import CodedDocument, Mention, Place, coded
from tocsin.extract.happening_places import carries_over, happening_places, running_places
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.places import place_lexicon, places_on_the_map, read_places
from tocsin.gazetteer import open_gazetteer

#: What found (F1), within 161 km of the found, and resolved should reach.
TARGETS = {"lgl": (0.78, 0.85, 0.68), "geovirus": (0.85, 0.90, 0.78)}


def answers(lines: list[dict[str, Any]], lexicon: PlaceLexicon) -> Iterator[dict[str, Any]]:
    """Yield what the program makes of each text, as `tocsin resolve places` answers."""
    for line in lines:
        found = [
            {
                "start": reading.span.start,
                "end": reading.span.end,
                "lat": reading.best.lat,
                "lon": reading.best.lon,
                "geonameid": reading.best.geonameid,
            }
            for reading in places_on_the_map(read_places(line["text"], lexicon))
            if reading.best is not None
        ]
        yield {"id": line["id"], "places": found}


def measure() -> list[Row]:
    """Return how many names are found, how near and how many are resolved; then the places of coded mentions."""
    score, lexicon = scorer(), place_lexicon(load_codebook().places, open_gazetteer())
    rows = []
    for name, (found, near, resolved) in TARGETS.items():
        gold = score.load(SHARED / "bench" / "places" / f"{name}.jsonl.gz")
        figures = score.places(gold, score.by_id(list(answers(gold, lexicon))))
        data = f"places/{name}"
        rows += [
            Row("places", data, "found, F1", figures["found"]["f1"], found),
            Row("places", data, "found, precision", figures["found"]["precision"], None),
            Row("places", data, "found, recall", figures["found"]["recall"], None),
            Row("places", data, "within 161 km of the found", figures["within 161 km"]["share"], near),
            Row("places", data, "resolved", figures["resolved"]["share"], resolved),
        ]
        if "exact geonameid" in figures:
            rows.append(Row("places", data, "exact geonameid", figures["exact geonameid"]["share"], None))
    return [*rows, *gold_rows("train", lexicon), *gold_rows("dev", lexicon)]


def gold_rows(part: str, lexicon: PlaceLexicon) -> Iterator[Row]:
    """Yield precision, recall and F1 of the places of mentions, given their evidence and triggers."""
    right = predicted = wanted = 0
    for one in coded.read(SHARED / "gold" / part, strict=False):
        for mention, places in mention_places(one, lexicon):
            free = list(places)
            predicted, wanted = predicted + len(places), wanted + len(mention.places)
            for place in mention.places:
                hit = next((other for other in free if _same(place, other)), None)
                if hit is not None:
                    free.remove(hit)
                    right += 1
    precision, recall = right / max(1, predicted), right / max(1, wanted)
    yield Row("places", f"gold/{part}", "precision", precision, None)
    yield Row("places", f"gold/{part}", "recall", recall, None)
    yield Row("places", f"gold/{part}", "F1", 2 * precision * recall / max(1e-9, precision + recall), None)


def mention_places(one: CodedDocument, lexicon: PlaceLexicon) -> Iterator[tuple[Mention, tuple[Place, ...]]]:
    """Yield each mention of a coded document with the places that the program gives it."""
    text = one.document.text
    readings = read_places(text, lexicon)
    running = running_places(readings)
    last: tuple[int, bool] | None = None
    for mention in one.mentions:
        places: tuple[Place, ...] = ()
        for evidence in mention.evidence:
            if evidence.sentence.placed and evidence.trigger.placed and not places:
                places = happening_places(
                    text, readings, sentence=evidence.sentence, trigger=evidence.trigger, lexicon=lexicon
                )
        start = mention.evidence[0].sentence.start
        beside = last is not None and last[1] and "\n" not in text[min(last[0], start) : max(last[0], start)]
        carried = carries_over(
            lexicon, type_name=mention.type, scope=mention.scope, modality=mention.modality, beside_placed=beside
        )
        if not places and carried:
            places = running
        last = (start, bool(places))
        yield mention, places


def _same(gold: Place, place: Place) -> bool:
    """Whether two places have the same country and share a name or a quote, as the scorer of the gold compares them."""
    return gold.country == place.country and bool(_names(gold) & _names(place))


def _names(place: Place) -> set[str]:
    return {fold(place.name), fold(place.span.quote) if place.span is not None else ""} - {""}


if __name__ == "__main__":
    for row in measure():
        target = "" if row.target is None else f" (to reach {row.target:.2f})"
        print(f"{row.data:18} {row.measure:28} {row.value:.3f}{target}")

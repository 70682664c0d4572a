"""The record as FollowTheMoney statements: one row a property of an entity."""

from collections.abc import Iterable, Iterator
from hashlib import sha1

from tocsin.codebook.exports import ExportMapping, load_export
from tocsin.datamodel import Document
from tocsin.datamodel.happening import Happening, Telling
from tocsin.datamodel.ids import content_id
from tocsin.export.ledger import Ledger, left_out_telling
from tocsin.export.losses import Loss
from tocsin.export.mapped import Lookups, Mapped, MappedRow
from tocsin.export.seen import HAPPENED, claim_words, day_words

#: The statement that an entity is there.
_BASE = "id"
Values = Iterable[tuple[str, str | None]]


def ftm_rows(happenings: Iterable[Happening], lookups: Lookups) -> Iterator[MappedRow | Loss]:
    """Yield the statements of each mention of what took place and of each document, and the losses.

    Args:
        happenings: in the order of the statements.
        lookups: the user's codebook, and what places are.
    """
    mapping = load_export("ftm", lookups.folder)
    told: set[str] = set()
    for one in happenings:
        for telling in one.tellings:
            if telling.mention.modality not in HAPPENED:
                yield left_out_telling(telling, f"it is {telling.mention.modality}")
                continue
            yield from _event(one, telling, mapping)
            if telling.document.id not in told:
                told.add(telling.document.id)
                article = article_id(telling.document)
                yield from _statements("Article", article, article, _article(telling, mapping), telling, mapping)


def article_id(document: Document) -> str:
    """Return the id of a document as an entity."""
    return content_id("article", document.id)


def statement_id(dataset: str, entity: str, prop: str, value: str) -> str:
    """Return the id of a statement, as FollowTheMoney makes it: by what it says, in any run."""
    return sha1(f"{dataset}.{entity}.{prop}.{value}".encode(), usedforsecurity=False).hexdigest()


def _event(one: Happening, telling: Telling, mapping: ExportMapping) -> Iterator[MappedRow | Loss]:
    mention = telling.mention
    ledger = Ledger(
        one,
        mention.id,
        telling=telling,
        columns={"date": "startDate", "actor": "involved", "place": "location", "relation": "proof"},
        text=("notes",),
    )
    kind = " ".join((mention.form or mention.type).split("_"))
    where = ", ".join(place.name for place in mention.places)
    name = (
        f"{kind.capitalize()}{f' in {where}' if where else ''}{f', {day_words(mention)}' if mention.date.start else ''}"
    )
    actors = list(dict.fromkeys(f'{a.role}: "{" ".join(a.span.quote.split())}"' for a in mention.actors))
    demands = [f'demand: "{" ".join(span.quote.split())}"' for span in mention.demands]
    values: list[tuple[str, str | None]] = [
        ("name", name),
        *_when(telling, ledger),
        *(("country", place.country.lower()) for place in mention.places),
        *(("location", place.name) for place in mention.places),
        *(("keywords", word) for word in (mention.type, mention.form, mention.scope, mention.modality, *mention.means)),
        ("recordId", mention.id),
        *(("notes", claim_words(told)) for told in ledger.claims),
        *(("notes", words) for words in (*actors, *demands)),
        *(("description", evidence.sentence.quote) for evidence in mention.evidence),
        ("proof", article_id(telling.document)),
    ]
    for held in (
        "form",
        "modality",
        "scope",
        "place",
        "means",
        "demand",
        "sentence",
        "publisher",
        "title",
        "url",
        "author",
    ):
        ledger.hold(held)
    for place in mention.places:
        if place.lat is not None:
            ledger.lose("location", f"position of {place.name}: {place.lat}, {place.lon}", "the name alone")
    # Each claim is a note of its own, with its words, its speakers and what hedges it.
    ledger.stated("notes", ledger.claims, exact=True)
    ledger.speakers_held()
    yield from _statements("Event", mention.id, one.event.id, values, telling, mapping)
    yield from ledger.close({"notes": "\n".join(actors)})


def _when(telling: Telling, ledger: Ledger) -> Iterator[tuple[str, str | None]]:
    """Yield the days; of a month or year that year and month, as dates may be written in part."""
    when = telling.mention.date
    if when.start is None:
        return
    ledger.hold("date", "end", "precision")
    if when.precision == "month":
        yield "date", f"{when.start:%Y-%m}"
    elif when.precision == "year":
        yield "date", f"{when.start:%Y}"
    else:
        yield "startDate", when.start.isoformat()
        yield "endDate", when.end.isoformat() if when.end else None
        if when.precision == "week":
            ledger.lose(
                "startDate", f"days: {day_words(telling.mention)}", "first and last of the days it may have been"
            )


def _article(telling: Telling, mapping: ExportMapping) -> Values:
    document = telling.document
    language = mapping.code("languages", document.language.split("-")[0].lower()) if document.language else None
    return (
        ("name", document.title or document.id),
        ("title", document.title),
        ("publisher", document.publisher),
        ("author", document.author),
        ("publishedAt", document.published.isoformat() if document.published else None),
        ("sourceUrl", document.url),
        ("language", language),
    )


def _statements(
    schema: str, entity: str, canonical: str, values: Values, telling: Telling, mapping: ExportMapping
) -> Iterator[MappedRow | Loss]:
    """Yield the statements of one entity, each once, the first one that it is there."""
    dataset = mapping.tables["dataset"]["name"]
    day = telling.document.published
    lengths = {band.code: band.low for band in mapping.bands["length"]}
    for prop, value in dict.fromkeys(((_BASE, entity), *values)):
        words = " ".join(value.split()) if value else ""
        kind = mapping.tables["properties"][prop]
        if len(words) > lengths.get(kind, len(words)):
            yield Loss(entity, prop, f'{prop}: "{words}"', f"longer than {lengths[kind]:g} characters; left out")
        elif words:
            yield {
                "id": statement_id(dataset, entity, prop, words),
                "entity_id": entity,
                "canonical_id": canonical,
                "prop": prop,
                "prop_type": kind,
                "schema": schema,
                "value": words,
                "original_value": mapping.missing or None,
                "dataset": dataset,
                "origin": telling.document.id,
                "lang": mapping.missing or None,
                "external": "f",
                "first_seen": day.isoformat() if day else mapping.missing or None,
                "last_seen": day.isoformat() if day else mapping.missing or None,
            }


FTM = Mapped("ftm", "FollowTheMoney statements", "csv", ftm_rows)

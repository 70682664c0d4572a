"""Days and places that a happening takes over, read with the packaged model."""

from datetime import date
from functools import cache

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import Document, Mention
from tocsin.extract.assemble import extract_mentions
from tocsin.extract.places import place_lexicon
from tocsin.extract.tagger import Tagger, load_tagger
from tocsin.gazetteer import open_gazetteer

ROUNDUP = (
    "In Gdynia dockers walked out on Monday over unpaid overtime, the port authority said. "
    "Police detained 12 of them.\n\n"
    "In Wrocław some 900 nurses marched on Tuesday to demand higher pay. "
    "Riot police fired tear gas at the marchers."
)


@cache
def tagger() -> Tagger:
    return load_tagger()


def told(text: str) -> dict[str, Mention]:
    """The mentions of a text by the words that name them."""
    codebook = load_codebook()
    document = Document("d", text, "Strike and march in Poland", "Weekly", date(2024, 5, 16))
    found = extract_mentions(document, codebook, place_lexicon(codebook.places, open_gazetteer()), tagger())
    return {mention.evidence[0].trigger.quote: mention for mention in found}


@pytest.mark.parametrize(
    ("trigger", "place", "day"),
    [("detained", "Gdynia", date(2024, 5, 13)), ("fired tear gas", "Wrocław", date(2024, 5, 14))],
)
def test_a_response_takes_over_the_day_and_place_of_its_paragraph(trigger: str, place: str, day: date) -> None:
    mention = told(ROUNDUP)[trigger]
    assert [(p.name, p.span) for p in mention.places] == [(place, None)]
    assert (mention.date.start, mention.date.end, mention.date.basis) == (day, day, "context")


def test_what_names_its_own_day_and_place_keeps_them() -> None:
    mention = told(ROUNDUP)["marched"]
    assert [p.name for p in mention.places if p.span] == ["Wrocław"]
    assert (mention.date.start, mention.date.basis) == (date(2024, 5, 14), "relative")

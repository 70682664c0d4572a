"""Nouns handed from process to process."""

import copy
import pickle

import pytest

from tocsin.datamodel import Actor, Claim, CodedDocument, DateRange, Document, Evidence, Mention, Place, Span, Speaker
from tocsin.errors import SpanError

WORDS = Span(4, 8, "word")
MENTION = Mention(
    id="m-1",
    type="strike",
    form=None,
    modality="occurred",
    scope="single",
    date=DateRange(),
    places=(Place(WORDS, "Minsk", "BY", None, 53.9, 27.6, 625144),),
    actors=(Actor("participant", WORDS),),
    claims=(Claim("participants", 1, None, True, None, WORDS, (Speaker(WORDS, "union"),), WORDS),),
    demands=(WORDS,),
    means=(),
    context=None,
    event=None,
    evidence=(Evidence(WORDS, WORDS),),
)
CODED = CodedDocument(Document("d", "The word.", "", "", None), (MENTION,))


def test_a_coded_document_comes_out_as_it_went_in() -> None:
    assert pickle.loads(pickle.dumps(CODED)) == CODED  # noqa: S301 - packed in the line itself
    assert copy.deepcopy(CODED) == CODED


def test_what_is_built_anew_is_checked() -> None:
    build, (start, end, _) = WORDS.__reduce__()
    with pytest.raises(SpanError):
        build(start, end, "longer")  # type: ignore[call-arg]

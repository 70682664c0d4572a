"""The packaged model finds what a plain report tells, the same each time, and says so when it is damaged."""

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.datamodel import Span
from tocsin.errors import ModelError
from tocsin.extract.sentences import split_sentences
from tocsin.extract.tagged import TaggedDocument
from tocsin.extract.tagger import Tagger, load_tagger

REPORT = (
    "Police in Minsk arrested at least 30 people on Sunday at a march against the election result. "
    "Workers at the tractor plant went on strike the next day, the union said. "
    "The sun shone."
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger()


def read(tagger: Tagger, text: str, title: str = "") -> TaggedDocument:
    return tagger.read(text, split_sentences(text), title)


def test_a_plain_report(tagger: Tagger) -> None:
    found = read(tagger, REPORT, "Arrests and a strike in Belarus")
    triggers = {(t.type, t.span.quote) for t in found.triggers if t.score >= 0.5}
    assert ("detention", "arrested") in triggers
    assert ("demonstration", "march") in triggers
    assert any(kind == "strike" and "strike" in quote for kind, quote in triggers)
    assert found.sentences[0].types["detention"] > 0.5
    assert max(found.sentences[2].types.values()) < 0.2
    assert any(v.kind == "claim" and v.label == "affected" and "30" in v.span.quote for v in found.values)


def test_values_belong_to_their_triggers(tagger: Tagger) -> None:
    found = read(tagger, REPORT, "Arrests and a strike in Belarus")
    arrest = Span.find(REPORT, "arrested")
    strike = Span.find(REPORT, "went on strike")
    people = Span.find(REPORT, "at least 30 people")
    assert found.link("claim", arrest, people) > found.link("claim", strike, people)
    assert found.links_of("target", [arrest], [people])[0][0] == found.link("target", arrest, people)


def test_links_of_one_call_are_those_of_many(tagger: Tagger) -> None:
    found = read(tagger, REPORT, "Arrests and a strike in Belarus")
    assert {link.relation for link in found.links} >= {"claim", "target"}
    for link in found.links:
        sources = found.values if link.relation == "speaker" else found.triggers
        one = found.link(link.relation, sources[link.source].span, found.values[link.value].span)
        assert one == pytest.approx(link.score, abs=1e-6)
    triggers = [trigger.span for trigger in found.triggers]
    for pair in found.pairs:
        assert found.link(pair.relation, triggers[pair.first], triggers[pair.second]) == pytest.approx(
            pair.score, abs=1e-6
        )


def test_words_outside_all_sentences_are_linked_to_nothing(tagger: Tagger) -> None:
    found = tagger.read(REPORT, split_sentences(REPORT)[:1])
    inside, outside = Span.find(REPORT, "arrested"), Span.find(REPORT, "shone")
    assert found.links_of("claim", [inside, outside], [outside]) == [[0.0], [0.0]]


def test_sport_and_weather_are_not_read_as_strikes(tagger: Tagger) -> None:
    text = "The striker scored twice on Saturday. A lightning strike stopped the match for ten minutes."
    assert not [t for t in read(tagger, text, "Two goals for United").triggers if t.score >= 0.5]


def test_nothing_to_read(tagger: Tagger) -> None:
    assert read(tagger, "", "Protest") == TaggedDocument(0.0, ())


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_is_read_and_every_span_stands_in_it(tagger: Tagger, text: str) -> None:
    found = read(tagger, text)
    for span in [*(t.span for t in found.triggers), *(v.span for v in found.values)]:
        assert text[span.start : span.end] == span.quote


def test_the_same_whatever_was_read_before_and_with_any_number_of_threads(tagger: Tagger) -> None:
    alone = read(tagger, REPORT)
    read(tagger, "Something else altogether. " * 40)
    again = read(tagger, REPORT)
    assert (again, again.links, again.pairs) == (alone, alone.links, alone.pairs)
    assert read(load_tagger(threads=2), REPORT) == alone


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"labels\.json"):
        load_tagger(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "labels.json"])
def test_a_damaged_file_is_an_error_with_advice(tmp_path: Path, name: str) -> None:
    packaged = Path(str(resources.files("tocsin"))) / "model" / "en"
    folder = tmp_path / "model"
    shutil.copytree(packaged, folder)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="--extractor rules"):
        load_tagger(folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=re.escape(name)):
        load_tagger(folder)

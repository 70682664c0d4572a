"""From document to mentions by a model on loopback: verdicts, fall-backs, parts, budgets, resuming."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bench.llm.server import Body, Said, asked_text, playing

from tocsin.datamodel import CodedDocument, Document
from tocsin.datamodel.extraction import count_notes
from tocsin.errors import BudgetError, EndpointError
from tocsin.llm.settings import LlmSettings
from tocsin.pipeline import Settings, attempt_documents, code_document, forecast_all, load_resources

Make = Callable[..., LlmSettings]
Answer = Callable[..., str]


def _code(document: Document, llm: LlmSettings, extractor: str = "llm") -> CodedDocument:
    return code_document(document, load_resources(Settings(extractor=extractor, llm=llm)))


def _notes(coded: CodedDocument, kind: str) -> dict[str, str]:
    return {note.field: note.given for note in coded.notes if note.kind == kind}


def test_what_is_sent_is_the_prompt_the_schema_and_the_text_and_nothing_else(
    document: Document, make_settings: Make, make_answer: Answer
) -> None:
    with playing(lambda body: Said(make_answer())) as played:
        coded = _code(document, make_settings(played.url))
    (body,) = played.bodies
    assert asked_text(body) == document.text
    assert set(body) == {
        "model",
        "messages",
        "response_format",
        "temperature",
        "max_tokens",
        "stream",
        "stream_options",
    }
    assert [message["role"] for message in body["messages"]] == ["system", *["user", "assistant"] * 2, "user"]
    assert "Free Radio" in body["messages"][-1]["content"]
    assert "2020-09-15, Tuesday" in body["messages"][-1]["content"]
    shape = body["response_format"]["json_schema"]
    assert shape["strict"] is True
    event = shape["schema"]["properties"]["events"]["items"]
    assert set(event["required"]) == set(event["properties"])
    assert event["additionalProperties"] is False
    assert "strike" in event["properties"]["type"]["enum"]
    assert [mention.type for mention in coded.mentions] == ["strike", "detention"]


def test_a_coding_tells_model_prompt_parameters_and_cost(
    document: Document, make_settings: Make, make_answer: Answer
) -> None:
    with playing(lambda body: Said(make_answer())) as played:
        coded = _code(document, make_settings(played.url, price=(1.0, 2.0)))
    asked = _notes(coded, "asked")
    assert asked["model"] == "small"
    assert len(asked["prompt"]) == 12
    assert "temperature=0" in asked["parameters"]
    assert asked["tokens sent"] == "5000"
    assert float(asked["cost"]) == pytest.approx((5000 + 2 * int(asked["tokens answered"])) / 1e6)


def test_the_name_of_a_coding_hangs_on_model_prompt_and_parameters(tmp_path: Path) -> None:
    llm = LlmSettings("http://127.0.0.1:1/v1", "small")
    (tmp_path / "prompt.toml").write_text('"rules+" = ["House rule."]\n')
    names = {
        Settings(extractor="llm", llm=llm).coder,
        Settings(extractor="both", llm=llm).coder,
        Settings(extractor="both", llm=replace(llm, join="intersection")).coder,
        Settings(extractor="llm", llm=replace(llm, model="large")).coder,
        Settings(extractor="llm", llm=replace(llm, parameters=(("temperature", "1"),))).coder,
        Settings(extractor="llm", llm=llm, codebook=tmp_path).coder,
        Settings().coder,
    }
    assert len(names) == 7
    same = replace(llm, endpoint="http://127.0.0.1:2/v1", at_once=9, price=(1, 1), parameters=(("stream", "false"),))
    assert Settings(extractor="llm", llm=same).coder in names


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (Said("", refusal="I can't help with violence."), "refused"),
        (Said("I'm sorry, but I cannot assist with that."), "refused"),
        (Said('{"events": [', finish="content_filter"), "refused"),
        (Said(""), "empty"),
        (Said('{"events": []}'), "empty"),
        (Said('{"events": [{"id": "e1", "type": "strike"'), "malformed"),
        (Said('{"answer": 1}'), "malformed"),
        (Said('{"events": [', finish="length"), "truncated"),
        (Said(status=400, raw=b'{"error": {"message": "too long"}}'), "failed"),
        (Said(raw=b"x" * 4_100_000), "oversized"),
    ],
)
@pytest.mark.parametrize("stream", ["true", "false"])
def test_an_answer_that_cannot_be_used_is_a_verdict_and_the_document_is_coded_offline(
    document: Document, make_settings: Make, said: Said, verdict: str, stream: str
) -> None:
    with playing(lambda body: said) as played:
        coded = _code(document, make_settings(played.url, parameters=(("stream", stream),)))
    (fallback,) = [note for note in coded.notes if note.kind == "fallback"]
    assert fallback.field == verdict
    assert fallback.given
    assert fallback.kept.startswith("tagger ")
    assert coded.mentions == code_document(document, load_resources()).mentions != ()


def test_an_answer_of_which_nothing_stands_is_left_for_the_offline_coding(
    document: Document, make_settings: Make, make_answer: Answer
) -> None:
    with playing(lambda body: Said(make_answer().replace("miners", "nurses").replace("12 of", "13 of"))) as played:
        coded = _code(document, make_settings(played.url))
    assert _notes(coded, "fallback") == {"empty": "nothing that the model gives stands in the text"}
    assert "strike" in _notes(coded, "dropped")
    assert coded.mentions == code_document(document, load_resources()).mentions


def test_a_long_document_is_asked_about_in_parts(document: Document, make_settings: Make, make_answer: Answer) -> None:
    filler = "The weather in the region was mild for the season and nothing else was reported.\n\n" * 60
    long = replace(document, text=f"{document.text}\n\n{filler}{document.text}")

    def say(body: Body) -> Said:
        return Said(make_answer() if "Soligorsk" in asked_text(body) else '{"events": []}')

    with playing(say) as played:
        coded = _code(long, make_settings(played.url))
    assert len(played.bodies) >= 2
    assert all(len(asked_text(body)) <= 4500 for body in played.bodies)
    assert "a part of a longer text" in played.bodies[0]["messages"][-1]["content"]
    assert [mention.type for mention in coded.mentions] == ["strike", "detention"] * 2
    assert coded.mentions[2].evidence[0].sentence.start > len(filler)
    assert coded.mentions[3].context == coded.mentions[2].id


def test_an_answer_cut_short_is_asked_for_in_halves(
    document: Document, make_settings: Make, make_answer: Answer
) -> None:
    filler = "The weather in the region was mild for the season and nothing else was reported.\n\n" * 20
    long = replace(document, text=f"{document.text}\n\n{filler}")

    def say(body: Body) -> Said:
        text = asked_text(body)
        if len(text) > 1500:
            return Said('{"events": [{"id": "e1", "ty', finish="length")
        return Said(make_answer() if "Soligorsk" in text else '{"events": []}')

    with playing(say) as played:
        coded = _code(long, make_settings(played.url))
    assert len(played.bodies) == 3
    assert [mention.type for mention in coded.mentions] == ["strike", "detention"]


def _many(document: Document, count: int) -> list[Document]:
    return [replace(document, id=f"d{n:02}", title=f"Report {n}") for n in range(count)]


def _all(documents: list[Document], llm: LlmSettings) -> list[CodedDocument]:
    found = []
    for result in attempt_documents(documents, load_resources(Settings(extractor="llm", llm=llm))):
        assert isinstance(result, CodedDocument)
        found.append(result)
    return found


def test_documents_come_in_order_however_many_are_asked_about_at_once(
    document: Document, make_settings: Make, make_answer: Answer
) -> None:
    delays = iter([0.3, 0.0, 0.2, 0.0, 0.1, 0.0, 0.0, 0.0])
    with playing(lambda body: Said(make_answer(), delay=next(delays))) as played:
        coded = _all(_many(document, 8), make_settings(played.url, at_once=4))
    assert [one.document.id for one in coded] == [f"d{n:02}" for n in range(8)]
    assert len(played.bodies) == 8


def test_a_spent_budget_stops_and_the_next_run_pays_only_for_the_rest(
    document: Document, make_settings: Make, make_answer: Answer, tmp_path: Path
) -> None:
    documents = _many(document, 10)
    with playing(lambda body: Said(make_answer())) as played:
        llm = make_settings(played.url, answers=tmp_path / "answers", price=(1.0, 1.0), at_once=3)
        done: list[Any] = []
        resources = load_resources(Settings(extractor="llm", llm=replace(llm, max_tokens=45_000)))
        with pytest.raises(BudgetError):
            done.extend(iter(attempt_documents(documents, resources)))
        first = len(played.bodies)
        assert 3 <= first <= 6
        assert first * 6000 <= 45_000
        coded = _all(documents, replace(llm, max_tokens=10**6))
        assert len(played.bodies) == 10
        again = _all(documents, replace(llm, max_tokens=0))
        assert len(played.bodies) == 10
    assert [one.mentions for one in again] == [one.mentions for one in coded]
    sums: dict[tuple[str, str], float] = {}
    for one in again:
        count_notes(sums, one.notes)
    assert sums["asked", "cost"] == 0
    assert sums["asked", "tokens paid before"] > 50_000


def test_refusals_are_kept_and_not_paid_twice_and_failures_are_asked_again(
    document: Document, make_settings: Make, tmp_path: Path
) -> None:
    said = [Said("", refusal="No."), Said(status=400), Said("", refusal="No.")]
    with playing(lambda body: said[len(played.bodies) - 1]) as played:
        llm = make_settings(played.url, answers=tmp_path / "answers")
        other = replace(document, title="Another")
        for _ in range(2):
            _code(document, llm)
        for _ in range(2):
            _code(other, llm)
    assert len(played.bodies) == 3


def test_a_dry_run_asks_nothing_and_says_what_is_kept(
    document: Document, make_settings: Make, make_answer: Answer, tmp_path: Path
) -> None:
    documents = _many(document, 3)
    with playing(lambda body: Said(make_answer())) as played:
        llm = make_settings(played.url, answers=tmp_path / "answers")
        resources = load_resources(Settings(extractor="llm", llm=llm))
        number, forecast = forecast_all(documents, resources)
        assert (number, forecast.questions, forecast.kept) == (3, 3, 0)
        assert not (tmp_path / "answers").exists()
        assert played.bodies == []
        _code(documents[0], llm)
        _, forecast = forecast_all(documents, resources)
        assert (forecast.questions, forecast.kept) == (2, 1)
        sent = len(json.dumps(played.bodies[0]["messages"])) / 4
    assert 2 * sent < forecast.usage.sent < 8 * sent
    assert forecast.usage.answered > 0


def test_a_server_that_dies_stops_the_run(document: Document, make_settings: Make) -> None:
    with playing(lambda body: Said(status=500)) as played:
        llm = make_settings(played.url, retries=0, at_once=1)
        with pytest.raises(EndpointError):
            _all(_many(document, 20), llm)
    assert len(played.bodies) <= 8


def test_the_key_is_in_no_file_and_no_note(
    document: Document, make_settings: Make, make_answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LLM_KEY", "sk-very-secret")
    with playing(lambda body: Said(make_answer())) as played:
        coded = _code(document, make_settings(played.url, answers=tmp_path / "answers"))
    assert played.headers[0]["authorization"] == "Bearer sk-very-secret"
    assert "sk-very-secret" not in str(coded)
    assert all(b"sk-very-secret" not in file.read_bytes() for file in tmp_path.iterdir())

"""Codings of several coders, compared measure by measure."""

from dataclasses import replace
from typing import Any

from tocsin.datamodel import CodedDocument, Span
from tocsin.evaluate.coders import Agreement, agreement

DRAWS = 50


def _by_name(made: list[Agreement]) -> dict[str, float | None]:
    return {one.name: one.alpha.value for one in made}


def _documents(make_coded: Any, count: int = 6) -> list[CodedDocument]:
    return [make_coded(f"d{n}") for n in range(count)]


def test_who_codes_the_same_agrees_wholly(make_coded: Any) -> None:
    documents = _documents(make_coded)
    made = _by_name(agreement({"Ann": documents, "Ben": documents}, draws=DRAWS))
    assert (made["happenings"], made["type"], made["claims"]) == (1, 1, 1)
    assert made["modality"] is None  # all values are the same: nothing that chance could get wrong


def test_a_field_that_differs_lowers_its_own_measure_alone(make_coded: Any) -> None:
    ann = _documents(make_coded)
    ben = [
        replace(one, mentions=(replace(one.mentions[0], modality="planned"), one.mentions[1])) if n < 3 else one
        for n, one in enumerate(ann)
    ]
    made = {one.name: one for one in agreement({"Ann": ann, "Ben": ben}, draws=DRAWS)}
    modality = made["modality"].alpha
    assert modality.value is not None and modality.value < 0.2
    assert modality.low is not None and modality.high is not None and modality.low <= modality.value <= modality.high
    assert made["happenings"].alpha.value == made["type"].alpha.value == 1


def test_another_type_of_the_same_words_is_one_happening(make_coded: Any) -> None:
    ann = _documents(make_coded)
    ben = [replace(one, mentions=(replace(one.mentions[0], type="lockout"), one.mentions[1])) for one in ann]
    made = {one.name: one.alpha for one in agreement({"Ann": ann, "Ben": ben}, draws=DRAWS)}
    assert made["type"].units == 12
    assert made["type"].value is not None and 0 < made["type"].value < 1
    assert made["happenings"].value is not None and made["happenings"].value < 1


def test_numbers_apart_by_little_agree_more_than_by_much(make_coded: Any) -> None:
    def by(factor: float, document: CodedDocument, number: int) -> CodedDocument:
        first = document.mentions[0]
        size = 10 ** (number + 1) * factor
        claims = (replace(first.claims[0], low=size, high=size),)
        return replace(document, mentions=(replace(first, claims=claims), document.mentions[1]))

    documents = _documents(make_coded)
    ann = [by(1, one, n) for n, one in enumerate(documents)]
    near, far = ([by(factor, one, n) for n, one in enumerate(documents)] for factor in (1.1, 3))
    close, apart = (_by_name(agreement({"Ann": ann, "Ben": ben}, draws=0)) for ben in (near, far))
    assert close["size"] and apart["size"] and 1 > close["size"] > apart["size"] > 0.8
    assert close["number"] and apart["number"] and close["number"] > apart["number"]


def test_a_happening_that_one_coder_lacks_counts_for_finding_alone(make_coded: Any) -> None:
    ann = _documents(make_coded)
    ben = [replace(one, mentions=one.mentions[1:]) for one in ann]
    made = {one.name: one.alpha for one in agreement({"Ann": ann, "Ben": ben, "Cid": ann}, draws=0)}
    assert made["happenings"].value is not None and made["happenings"].value < 0.9
    assert made["type"].value == 1
    assert (made["type"].units, made["type"].values) == (12, 30)


def test_documents_that_one_coder_alone_has_are_not_compared(make_coded: Any) -> None:
    ann = _documents(make_coded)
    made = {one.name: one.alpha for one in agreement({"Ann": ann, "Ben": ann[:2]}, draws=0)}
    assert made["type"].units == 4


def test_a_quote_that_overlaps_is_the_same_claim(make_coded: Any) -> None:
    ann = _documents(make_coded)
    text = ann[0].document.text
    first = ann[0].mentions[0]
    shorter = replace(first.claims[0], span=Span.find(text, "400 miners"))
    ben = [replace(one, mentions=(replace(first, claims=(shorter,)), one.mentions[1])) for one in ann]
    made = {one.name: one.alpha for one in agreement({"Ann": ann, "Ben": ben}, draws=0)}
    assert made["number"].units == 6
    claims = made["claims"].value
    assert claims is not None and 0.8 < claims < 1

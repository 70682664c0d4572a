"""Whether a happening occurred, goes on, is planned, denied or thought of; one, a series or a total."""

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import Span
from tocsin.extract.modality import clause_of, read_modality, read_scope
from tocsin.extract.tokens import tokenize

WORDS = load_codebook().modality


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "modality"),
    [
        ("Miners walked out on Monday.", "walked out", "strike", "occurred"),
        ("Police arrested twelve people.", "arrested", "detention", "occurred"),
        ("Bus drivers will strike on Friday.", "strike", "strike", "planned"),
        ("They'll march on Sunday.", "march", "demonstration", "planned"),
        ("The union called for a strike.", "strike", "strike", "planned"),
        ("A rally is planned for Sunday.", "rally", "demonstration", "planned"),
        ("The strike is still going on.", "strike", "strike", "ongoing"),
        ("Weavers have been on strike since May.", "on strike", "strike", "ongoing"),
        ("Ten are still held.", "held", "detention", "ongoing"),
        ("No one was arrested.", "arrested", "detention", "denied"),
        ("Police didn't arrest anyone.", "arrest", "detention", "denied"),
        ("The strike was called off.", "strike", "strike", "denied"),
        ("The march never took place.", "march", "demonstration", "denied"),
        ("Drivers might strike.", "strike", "strike", "hypothetical"),
        ("Unless they strike, nothing changes.", "strike", "strike", "hypothetical"),
        # what looks like a denial and is none
        ("No fewer than 300 marched.", "marched", "demonstration", "occurred"),
        ("He was held without charge.", "held", "detention", "occurred"),
        ("Not only miners struck.", "struck", "strike", "occurred"),
        # a denial ends with its clause
        ("Nobody spoke; ten were arrested.", "arrested", "detention", "occurred"),
        ("It was not cold, but thousands marched.", "marched", "demonstration", "occurred"),
        # an act does not go on, however the verb stands
        ("Since then police have killed two.", "killed", "killing", "occurred"),
    ],
)
def test_modality(text: str, trigger: str, kind: str, modality: str) -> None:
    clause = clause_of(tokenize(Span(0, len(text), text)), Span.find(text, trigger))
    assert read_modality(clause, kind, WORDS) == modality


@pytest.mark.parametrize(
    ("text", "trigger", "counted", "scope"),
    [
        ("In Minsk 30 people were detained.", "detained", True, "single"),
        ("In all 300 people were detained.", "detained", True, "total"),
        ("So far 300 people have been detained.", "detained", True, "total"),
        ("So far people have been detained.", "detained", False, "single"),
        ("Women march every Saturday.", "march", False, "series"),
        ("They picketed the gates daily.", "picketed", True, "series"),
    ],
)
def test_scope(text: str, trigger: str, counted: bool, scope: str) -> None:
    clause = clause_of(tokenize(Span(0, len(text), text)), Span.find(text, trigger))
    assert read_scope(clause, WORDS, counted=counted) == scope


def test_a_clause_ends_at_its_marks_and_splits_contractions() -> None:
    text = "It rained. They didn't march on Sunday; nobody came."
    clause = clause_of(tokenize(Span(0, len(text), text)), Span.find(text, "march"))
    assert clause.before == ("they", "did", "n't")
    assert clause.trigger == ("march",)
    assert clause.after == ("on", "sunday")

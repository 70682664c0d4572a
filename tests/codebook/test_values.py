"""Values of people are words of the codebook."""

from typing import Any

import pytest

from tocsin.codebook import load_codebook
from tocsin.codebook.values import check_values
from tocsin.errors import DecisionError

WORDS = load_codebook().vocabulary
DATE = {"start": None, "end": None, "precision": "day", "basis": "stated"}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("mention", {"type": "strike", "form": "walkout", "modality": "planned", "scope": "total", "date": DATE}),
        ("mention", {"means": ["baton"], "claims": [{"attribute": "killed"}], "actors": [{"role": "target"}]}),
        ("claim", {"attribute": "participants", "said_by": [{"kind": "union"}], "low": 4}),
        ("place", {"name": "Anywhere"}),
    ],
)
def test_words_of_the_codebook_pass(kind: str, values: dict[str, Any]) -> None:
    check_values(WORDS, kind, values)


@pytest.mark.parametrize(
    ("kind", "values", "named"),
    [
        ("mention", {"type": "party"}, "type 'party'"),
        ("mention", {"type": "strike", "form": "march"}, "form 'march'"),
        ("mention", {"modality": ["occurred"]}, "modality"),
        ("mention", {"type": ["strike"]}, "type"),
        ("mention", {"date": {**DATE, "basis": "guess"}}, "basis 'guess'"),
        ("mention", {"means": ["kindness"]}, "means 'kindness'"),
        ("mention", {"claims": [{"attribute": "mood"}]}, "attribute 'mood'"),
        ("claim", {"said_by": [{"kind": "parrot"}]}, "kind 'parrot'"),
        ("actor", {"role": "king"}, "role 'king'"),
    ],
)
def test_other_words_are_refused_by_name(kind: str, values: dict[str, Any], named: str) -> None:
    with pytest.raises(DecisionError, match=f"{named}.*is none of the codebook"):
        check_values(WORDS, kind, values)


def test_a_form_belongs_to_the_type_that_the_mention_has() -> None:
    check_values(WORDS, "mention", {"form": "march"}, type="demonstration")
    with pytest.raises(DecisionError, match="form 'march'"):
        check_values(WORDS, "mention", {"form": "march"}, type="strike")

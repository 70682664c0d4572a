"""Means of force and riot."""

import pytest

from tocsin.codebook import load_codebook
from tocsin.datamodel import Span
from tocsin.extract.means import read_means

WORDS = load_codebook().means


@pytest.mark.parametrize(
    ("text", "type_", "means"),
    [
        ("Police used batons and tear gas.", "force", ("baton", "tear_gas")),
        ("Officers fired rubber bullets.", "force", ("rubber_bullets",)),
        ("Soldiers opened fire on the crowd.", "force", ("live_fire",)),
        ("Water cannons and dogs were used.", "force", ("water_cannon", "dogs")),
        ("He was beaten and kicked.", "force", ("other",)),
        ("He was beaten with truncheons.", "force", ("baton",)),
        ("The crowd threw stones and set fire to two cars.", "riot", ("arson", "stones")),
        ("Police fired tear gas at rioters who threw bricks.", "riot", ("stones",)),
        ("Youths TORCHED a bus.", "riot", ("arson",)),
        ("Police used batons.", "demonstration", ()),
        ("The shop sells gasoline.", "force", ()),
        ("Nothing was thrown.", "riot", ()),
    ],
)
def test_means(text: str, type_: str, means: tuple[str, ...]) -> None:
    assert read_means(text, Span.find(text, text), type_, WORDS) == means

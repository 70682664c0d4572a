"""The word lists of the codebook as the program uses them, and what is said about faults in them."""

from pathlib import Path

import pytest

from tocsin.codebook import load_codebook
from tocsin.codebook.inflection import inflected, spread
from tocsin.codebook.scope import CONTENTION
from tocsin.datamodel import Span
from tocsin.errors import CodebookError
from tocsin.extract.triggers import find_triggers

CODEBOOK = load_codebook()


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("march", {"march", "marches", "marched", "marching"}),
        ("picket", {"picket", "pickets", "picketed", "picketing"}),
        ("strike", {"strike", "strikes", "struck", "striking"}),
        ("close", {"close", "closes", "closed", "closing"}),
        ("rally", {"rally", "rallies", "rallied", "rallying"}),
        ("beat", {"beat", "beats", "beaten", "beating"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("demonstrat", {"demonstrate", "demonstrated", "demonstration", "demonstrations", "demonstrating"}),
        ("throw", {"throw", "threw", "thrown", "throwing"}),
    ],
)
def test_forms_of_a_word(word: str, forms: set[str]) -> None:
    assert forms <= set(inflected(word))


def test_a_mark_behind_a_word_means_any_of_its_forms_and_others_stay() -> None:
    assert ("called", "off") in spread("call~ off")
    assert spread("in all") == (("in", "all"),)
    assert len(spread("walk~ out~")) == len(inflected("walk")) * len(inflected("out"))


def test_the_closed_lists_are_those_of_the_codebook() -> None:
    vocabulary = CODEBOOK.vocabulary
    assert len(vocabulary.types) == 26
    assert {entry.category for entry in vocabulary.types.values()} == {
        "protest", "labour", "response", "violence", "politics",
    }  # fmt: skip
    assert vocabulary.modalities == ("occurred", "ongoing", "planned", "denied", "hypothetical")
    assert vocabulary.scopes == ("single", "series", "total")
    assert "walkout" in vocabulary.types["strike"].forms


def test_what_a_number_of_people_is_has_a_name_for_every_type_it_is_told_of() -> None:
    assert set(CODEBOOK.claims.people) <= set(CODEBOOK.vocabulary.types)
    assert set(CODEBOOK.claims.people.values()) <= set(CODEBOOK.vocabulary.attributes)


def test_a_field_has_its_words() -> None:
    fields = CODEBOOK.scope.fields
    assert (fields["marchers"], fields["tear gas"], fields["goalkeeper"]) == (CONTENTION, CONTENTION, "sport")


def _faults(folder: Path, **tables: str) -> str:
    for name, content in tables.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError) as raised:
        load_codebook(folder)
    return str(raised.value)


@pytest.mark.parametrize(
    ("table", "content", "told"),
    [
        ("types", '[types.strike]\ncategory = "labor"\n', "types.toml [types.strike.category]: 'labor' is none of"),
        ("types", "[types.strike]\ncolour = 1\n", "types.toml [types.strike.colour]: is not a key"),
        ("triggers", '[strike]\nstrong = ["__ struck"]\n', "'__ struck' must begin with a word"),
        ("triggers", '[strike]\nstrong = ["<gnomes> struck"]\n', "names the class <gnomes>, which is not there"),
        ("triggers", "[strike]\nstrong = 3\n", "triggers.toml [strike.strong]: must be a list of strings, not 3"),
        ("scope", 'contentoin = ["x"]\n', "scope.toml [contentoin]: is not a key"),
        ("scope", '[outside]\nsport = "goal"\n', "scope.toml [outside.sport]: must be a list of strings"),
        ("modality", '[planned]\nbeside = ["will"]\n', "modality.toml [planned.beside]: is not a key"),
        ("modality", '[ongoing]\n"states+" = ["stirke"]\n', "modality.toml [ongoing.states]: 'stirke' is none of"),
        ("claims", '[people]\nstrike = "particpants"\n', "claims.toml [people.strike]: 'particpants' is none of"),
        ("claims", '[people]\nstirke = "participants"\n', "claims.toml [people.stirke]: is not a key"),
        ("claims", '"money+" = ["stirke"]\n', "claims.toml [money]: 'stirke' is none of"),
        ("forms", '[strike]\nwalk_out = ["walkout"]\n', "forms.toml [strike.walk_out]: is not a key"),
        ("forms", '[stirke]\nwalkout = ["walkout"]\n', "forms.toml [stirke]: is not a type"),
    ],
)
def test_a_fault_is_told_with_its_file_and_key(tmp_path: Path, table: str, content: str, told: str) -> None:
    assert told in _faults(tmp_path, **{table: content})


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    told = _faults(
        tmp_path,
        modality="[planned]\nbeside = []\n",
        claims="[people]\nstrike = 3\n",
        forms="[strike]\nwalkout = 1\n",
        scope="contention = 1\n",
    )
    assert "4 faults" in told
    assert all(f"{name}.toml [" in told for name in ("modality", "claims", "forms", "scope"))


def test_own_words_are_added_to_every_list(tmp_path: Path) -> None:
    tables = {
        "triggers": '[strike]\n"strong+" = ["zapust~"]\n',
        "scope": '"contention+" = ["zapust~"]\n[outside]\n"sport+" = ["pesapallo"]\n',
        "modality": '[planned]\n"before+" = ["mañana"]\n',
        "claims": '"sites+" = ["zeche"]\n',
        "forms": '[strike]\n"general+" = ["zapust"]\n',
    }
    for name, content in tables.items():
        (tmp_path / f"{name}.toml").write_text(content, encoding="utf-8")
    own = load_codebook(tmp_path)
    found = find_triggers("They zapusted.", Span(0, 14, "They zapusted."), own.triggers)
    assert [(trigger.span.quote, trigger.type) for trigger in found] == [("zapusted", "strike")]
    assert (own.scope.fields["zapusts"], own.scope.fields["pesapallo"]) == (CONTENTION, "sport")
    assert own.modality.planned.before["mañana"] == (("mañana",),)
    assert {"zeche", "city"} <= own.claims.sites
    assert "zapust" in own.forms.by_type["strike"]["general"]
    assert "general strike" in own.forms.by_type["strike"]["general"]

"""What a language model is told: whole, in the names of the codebook, with examples that hold."""

import json
from pathlib import Path

import pytest

from tocsin.codebook import load_codebook
from tocsin.codebook.fingerprint import codebook_hash
from tocsin.codebook.prompt import EXPLAINED, load_prompt
from tocsin.errors import CodebookError


def test_every_name_of_the_closed_lists_is_explained() -> None:
    words = load_prompt()
    for key in EXPLAINED:
        assert all(words.explained[key].values()), key
    assert words.task
    assert len(words.rules) > 15


def test_the_worked_examples_use_names_of_the_codebook_and_quote_within_their_evidence() -> None:
    vocabulary = load_codebook().vocabulary
    examples = load_prompt().examples
    assert len(examples) == 2
    for example in examples:
        for event in json.loads(example.answer)["events"]:
            sentences = [evidence["text"] for evidence in event["evidence"]]
            quotes = [actor["quote"] for actor in event["actors"]] + event["demands"]
            quotes += [place["quote"] for place in event["places"] if place["quote"]]
            quotes += [claim["quote"] for claim in event["claims"]]
            quotes += [speaker["quote"] for claim in event["claims"] for speaker in claim["said_by"]]
            assert all(any(quote in sentence for sentence in sentences) for quote in quotes), event["id"]
            assert all(evidence["trigger"] in evidence["text"] for evidence in event["evidence"])
            assert event["type"] in vocabulary.types
            assert event["form"] in (None, *vocabulary.types[event["type"]].forms)
            assert {claim["attribute"] for claim in event["claims"]} <= set(vocabulary.attributes)


def test_a_prompt_of_ones_own_is_laid_over_and_codes_nothing_else_anew(tmp_path: Path) -> None:
    (tmp_path / "types.toml").write_text('[types.teach_in]\ncategory = "protest"\n')
    before = codebook_hash(tmp_path)
    (tmp_path / "prompt.toml").write_text('"rules+" = ["House rule."]\n[types]\nteach_in = "lectures in protest"\n')
    words = load_prompt(tmp_path)
    assert words.rules[-1] == "House rule."
    assert words.explained["types"]["teach_in"] == "lectures in protest"
    assert codebook_hash(tmp_path) == before


def test_faults_of_a_prompt_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "prompt.toml").write_text(
        '[types]\nwalkabout = "x"\n[examples.mine]\ntext = "A."\nanswer = "{"\n[examples.yours]\ntext = "A."\n'
        'answer = \'{"events": [{"id": "e1", "evidence": [{"text": "B.", "trigger": "B"}]}]}\'\n'
    )
    with pytest.raises(CodebookError) as error:
        load_prompt(tmp_path)
    assert "walkabout" in str(error.value)
    assert "[examples.mine]" in str(error.value)
    assert "'B.': does not stand in the text" in str(error.value)

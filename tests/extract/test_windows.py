"""A document is cut so that each of its tokens is read once, and none is lost."""

from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from tocsin.extract.sentences import split_sentences
from tocsin.extract.windows import CLS, MARK, SEP, WindowSize, cut

SMALL = WindowSize(tokens=48, title=8, context=12, sentence=16)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(Path(str(resources.files("tocsin"))) / "model" / "en" / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from("ab é.!?\n漢😀'’-0"), max_size=400), title=st.text(max_size=60))
def test_each_token_of_the_text_is_read_by_one_window(tokenizer: Tokenizer, text: str, title: str) -> None:
    sentences = split_sentences(text)
    windows = list(cut(tokenizer, text, sentences, title, size=SMALL))
    read = [
        (window.starts[i], window.ends[i], window.ids[i])
        for window in windows
        for i in range(window.own, len(window.ids))
        if window.starts[i] >= 0
    ]
    encoding = tokenizer.encode(text, add_special_tokens=False)
    within = [
        (start, end, token)
        for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)
        if any(s.start <= start < s.end for s in sentences)
    ]
    assert read == within


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from("ab .!\n"), max_size=600), title=st.text(max_size=60))
def test_a_window_has_its_frame_and_keeps_its_size(tokenizer: Tokenizer, text: str, title: str) -> None:
    sentences = split_sentences(text)
    for window in cut(tokenizer, text, sentences, title, size=SMALL):
        assert len(window.ids) <= SMALL.tokens
        assert window.ids[0] == CLS and window.ids[-1] == SEP
        assert all(window.ids[mark] == MARK for mark in window.marks)
        assert len(window.ids) == len(window.starts) == len(window.ends) == len(window.sentences)


def test_a_later_window_repeats_what_led_to_it(tokenizer: Tokenizer) -> None:
    text = " ".join(
        f"They {verb} there." for verb in ["met", "sat", "ate", "left", "slept", "woke", "rose", "sang", "ran", "fell"]
    )
    first, second, *_ = cut(tokenizer, text, split_sentences(text), "A long day", size=SMALL)
    repeated = [s for s in second.sentences[: second.own] if s >= 0]
    assert repeated and set(repeated) <= set(first.sentences)


def test_an_empty_document_has_no_windows(tokenizer: Tokenizer) -> None:
    assert list(cut(tokenizer, "", [], "Title only")) == []

"""Text and Markdown files, and their encodings."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.datamodel import Document, ReadVerdict
from tocsin.read.encoding import decode, looks_binary, plain_lines

STORY = "Café workers walked out in Łódź – “for good”, they said – on Monday.\n"


def test_the_text_is_the_file(read_one: Callable[..., Document]) -> None:
    document = read_one("a.txt", "Workers walk out\n\nBy Ewa Lis\n3 May 2021\n\n" + STORY)
    assert document.text == "Workers walk out\n\nBy Ewa Lis\n3 May 2021\n\n" + STORY
    assert (document.title, document.author, document.published) == ("Workers walk out", "Ewa Lis", date(2021, 5, 3))
    assert document.publisher == ""


def test_decomposed_letters_stay_decomposed(read_one: Callable[..., Document]) -> None:
    text = "Cafe\u0301 staff struck.\nﬁne \u00a0 \u200b text\n"
    assert read_one("a.txt", text).text == text


def test_line_ends_and_nul(read_one: Callable[..., Document]) -> None:
    assert (
        read_one("a.txt", b"one\r\ntwo\rthree\n" + b"x" * 100 + b"\0y").text
        == "one\ntwo\nthree\n" + "x" * 100 + "\ufffdy"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(judge: Callable[..., list[ReadVerdict]], encoding: str) -> None:
    (verdict,) = judge("a.txt", STORY.encode(encoding))
    assert verdict.documents[0].text == STORY
    assert ("taken as UTF-" in verdict.reason) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The strikers’ café in Besançon was shut – “for good”, a señora said on Monday.\n", "cp1252"),
        ("Los obreros de la fábrica siguen en huelga, según el sindicato, hasta mañana.\n", "cp1252"),
        (
            "Robotnicy zakładu rozpoczęli strajk w poniedziałek, poinformował związek. "
            "Zatrzymano trzech uczestników wiecu przed bramą.\n",
            "cp1250",
        ),
        ("Рабочие завода начали забастовку в понедельник, сообщил профсоюз. Задержаны трое.\n", "cp1251"),
    ],
)
def test_older_encodings_are_guessed_and_said(
    judge: Callable[..., list[ReadVerdict]], text: str, encoding: str
) -> None:
    (verdict,) = judge("a.txt", text.encode(encoding))
    assert verdict.documents[0].text == text
    assert f"taken as {encoding}" in verdict.reason


def test_a_declared_encoding_is_a_character_set_and_nothing_else() -> None:
    assert decode(b"caf\xe9", declared="ISO-8859-1").text == "café"
    assert decode(b"caf\xe9 \\u0041", declared="unicode_escape").encoding != "unicode_escape"
    assert decode(b"caf\xe9", declared="no-such-thing").text


def test_markdown_front_matter(read_one: Callable[..., Document]) -> None:
    head = '---\ntitle: "Workers walk out"\npublisher: The Ward\ndate: 2021-05-03\ntags:\n  - x\n---\n\n'
    document = read_one("a.md", head + STORY)
    assert document.text == STORY
    assert (document.title, document.publisher) == ("Workers walk out", "The Ward")
    assert document.published == date(2021, 5, 3)


def test_markdown_toml_front_matter_and_heading(read_one: Callable[..., Document]) -> None:
    document = read_one("a.md", "+++\npublished = 2021-05-03\n+++\n# Workers *walk* out\n\n" + STORY)
    assert (document.title, document.published) == ("Workers *walk* out", date(2021, 5, 3))


def test_broken_front_matter_is_a_failure(judge: Callable[..., list[ReadVerdict]]) -> None:
    (verdict,) = judge("a.md", "+++\nx = = 1\n+++\n" + STORY)
    assert verdict.status == "failed"
    assert "front matter" in verdict.reason


def test_a_rule_at_the_top_is_no_front_matter(read_one: Callable[..., Document]) -> None:
    assert read_one("a.md", "---\n\n" + STORY).text == "---\n\n" + STORY


def test_the_agency_of_the_dateline_stands_in_for_the_publisher(read_one: Callable[..., Document]) -> None:
    document = read_one("a.txt", "Walkout in the north\n\nŁÓDŹ, Sept 14 (Interwire) - " + STORY)
    assert (document.publisher, document.published) == ("Interwire", None)


def test_an_unknown_suffix_is_read_by_its_bytes(read_one: Callable[..., Document], article: str) -> None:
    assert read_one("report.2021", STORY).text == STORY
    assert read_one("page.2021", article).publisher == "Harbour Times"


@given(st.binary(max_size=400))
def test_any_bytes_become_storable_text(data: bytes) -> None:
    text = plain_lines(decode(data).text)
    assert "\0" not in text and "\r" not in text
    text.encode("utf-8")
    looks_binary(data)


@given(st.text())
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    if not text.startswith("\ufeff") and "\0" not in text:
        assert decode(text.encode()).text == text

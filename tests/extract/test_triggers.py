"""Words that name a happening, and words that only look so."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.codebook import load_codebook
from tocsin.codebook.tables import Faults, Table
from tocsin.codebook.triggers import TriggerWords, parse_triggers
from tocsin.datamodel import Span
from tocsin.extract.tokens import tokenize
from tocsin.extract.triggers import Trigger, find_triggers

WORDS = load_codebook().triggers


def _whole(text: str) -> Span:
    return Span(0, len(text), text)


def _found(text: str, words: TriggerWords = WORDS) -> list[tuple[str, str]]:
    return [(trigger.span.quote, trigger.type) for trigger in find_triggers(text, _whole(text), words)]


def _types(text: str) -> set[str]:
    return {kind for _, kind in _found(text)}


def _own(toml: str) -> TriggerWords:
    faults = Faults()
    words = parse_triggers(Table(tomllib.loads(toml), "own.toml", faults), dict.fromkeys(("strike", "force", "riot")))
    faults.raise_any()
    return words


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("Some 900 people marched through Gomel.", "marched", "demonstration"),
        ("They sat down in the road.", "sat down in", "demonstration"),
        ("Youths threw stones at the police.", "threw stones", "riot"),
        ("He is on hunger strike.", "hunger strike", "hunger_strike"),
        ("Residents signed a petition.", "petition", "other_protest"),
        ("Miners downed tools.", "downed tools", "strike"),
        ("The union called a go-slow.", "go-slow", "work_to_rule"),
        ("The mill locked out its weavers.", "locked out", "lockout"),
        ("Police arrested two men.", "arrested", "detention"),
        ("She was charged with sedition.", "charged with sedition", "charge"),
        ("The editor was fined.", "fined", "sentence"),
        ("He was released on bail.", "released on bail", "release"),
        ("Police fired tear gas.", "tear gas", "force"),
        ("Three were shot dead.", "shot dead", "killing"),
        ("He was abducted.", "abducted", "disappearance"),
        ("A curfew was imposed.", "curfew", "restriction"),
        ("Agents raided the newsroom.", "raided the", "raid"),
        ("Twelve drivers were sacked.", "sacked", "dismissal"),
        ("The writer was deported.", "deported", "exile"),
    ],
)
def test_words_that_name_a_happening(text: str, trigger: str, kind: str) -> None:
    assert any(kind == found and trigger in quote for quote, found in _found(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An air strike hit the port.", "strike"),
        ("The striker scored twice.", "strike"),
        ("They struck a deal.", "strike"),
        ("The match was on 3 March.", "demonstration"),
        ("In March the shop opened.", "demonstration"),
        ("Shares rallied; the stock rally went on.", "riot"),
        ("A hunger strike began.", "strike"),
        ("The task force met.", "force"),
        ("Workers were forced to leave.", "force"),
        ("The band ran riot; riot police stood by.", "riot"),
        ("Police fired rubber bullets.", "dismissal"),
        ("It is fine weather.", "sentence"),
    ],
)
def test_words_that_only_look_so(text: str, kind: str) -> None:
    assert kind not in _types(text)


def test_those_who_take_part_name_it_only_where_nothing_else_does() -> None:
    assert _types("Police arrested 30 protesters.") == {"detention"}
    assert _types("In Minsk 30 protesters came.") == {"demonstration"}


def test_a_word_within_a_longer_phrase_of_another_type_is_part_of_it() -> None:
    assert _types("Two men were shot dead.") == {"killing"}


def test_of_one_type_the_longest_stays() -> None:
    words = _own('[strike]\nstrong = ["general strike", "strike"]')
    assert _found("The general strike began.", words) == [("general strike", "strike")]


def test_of_equally_long_ones_the_strong_one_stays() -> None:
    words = _own('[strike]\nweak = ["walk~ out"]\nstrong = ["walked out"]')
    (found,) = find_triggers("They walked out.", _whole("They walked out."), words)
    assert (found.strong, found.source) == (True, "walked out")


def test_words_outside_the_braces_must_be_there_but_are_not_marked() -> None:
    words = _own('[strike]\nstrong = ["miners __ {struck}"]')
    assert _found("The miners at Vorkuta struck.", words) == [("struck", "strike")]
    assert _found("The clock struck.", words) == []


def test_a_gap_is_three_words_at_most_and_ends_with_the_clause() -> None:
    words = _own('[strike]\nstrong = ["put __ tools"]')
    assert _found("They put down all their tools.", words) == [("put down all their tools", "strike")]
    assert _found("They put down each and every one of their tools.", words) == []
    assert _found("They put; tools fell.", words) == []


def test_one_underscore_is_one_word_and_a_bar_is_either() -> None:
    words = _own('[strike]\nstrong = ["laid|put _ tools"]')
    assert _found("They laid their tools and put down tools.", words) == [
        ("laid their tools", "strike"),
        ("put down tools", "strike"),
    ]


def test_a_misleading_phrase_takes_the_words_from_its_own_type_alone() -> None:
    words = _own('[strike]\nstrong = ["strike"]\nnot = ["air strike"]\n[force]\nstrong = ["air strike"]')
    assert _found("An air strike.", words) == [("air strike", "force")]


def test_a_longer_phrase_is_not_misleading() -> None:
    words = _own('[strike]\nstrong = ["strike", "struck a new pit"]\nnot = ["struck a"]')
    assert _found("They struck a deal.", words) == []
    assert _found("They struck a new pit.", words) == [("struck a new pit", "strike")]


def test_capitals_and_curly_apostrophes_do_not_matter() -> None:
    words = _own('[strike]\nstrong = ["miners\' strike"]')
    assert _found("THE MINERS’ STRIKE", words) == [("MINERS’ STRIKE", "strike")]
    assert _found("the miners' strike", words) == [("miners' strike", "strike")]


def test_only_the_sentence_is_looked_at() -> None:
    text = "Miners struck. Bakers marched."
    second = Span.find(text, "Bakers marched.")
    assert [t.span.quote for t in find_triggers(text, second, WORDS)] == ["marched"]


def test_words_and_marks_have_their_places() -> None:
    text = "A sit-in, the workers’ first."
    tokens = tokenize(_whole(text))
    assert tokens.forms == ["a", "sit-in", ",", "the", "workers", "first", "."]
    quotes = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert [quote.lower().replace("’", "'") for quote in quotes] == tokens.forms


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    "strike",
                    "general",
                    "march",
                    "3",
                    ",",
                    "police",
                    "fired",
                    "tear",
                    "gas",
                    "protesters",
                    "shot",
                    "dead",
                    "sat",
                    "down",
                    "in",
                ]
            )
        ).map(" ".join),
    )
)
def test_a_trigger_stands_in_the_text_once_a_type_and_place(text: str) -> None:
    found: tuple[Trigger, ...] = find_triggers(text, _whole(text), WORDS)
    for trigger in found:
        assert text[trigger.span.start : trigger.span.end] == trigger.span.quote
    for one in found:
        for other in found:
            assert one is other or one.type != other.type or not one.span.overlaps(other.span)
    assert list(found) == sorted(found, key=lambda t: (t.span.start, t.span.end, t.type))

"""The ways of coding a document behind one interface: by rules and tagger offline, by a language model, by both.

A language model's stage may not import the rules': what it needs of them (how numbers, dates and places are read, and
the offline extractor to fall back to) is joined to it here.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.codebook import Codebook
from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import Document, Extraction, Extractor, Mention, NumberReading
from tocsin.errors import UsageError
from tocsin.extract.assemble import extract_mentions
from tocsin.extract.dates import read_dates
from tocsin.extract.happening_places import running_places
from tocsin.extract.numbers import currency_in, read_numbers
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.places import read_places
from tocsin.llm.settings import KEY, LlmSettings, check_settings

if TYPE_CHECKING:
    from tocsin.extract.tagger import Tagger
    from tocsin.llm.both import BothExtractor, Match
    from tocsin.llm.extractor import LlmExtractor
    from tocsin.llm.prompt import Prompt
    from tocsin.llm.values import Resolved

#: Those that ask a language model.
ASKING = ("llm", "both")


class OfflineExtractor:
    """Rules, and the tagger where there is one; sends nothing.

    Args:
        codebook: the words of every step.
        places: the place index with the words for places.
        tagger: the trained tagger, or None for rules alone.
        name: makes the name under which its codings are stored, which reads all files of the model.
    """

    def __init__(
        self, codebook: Codebook, places: PlaceLexicon, tagger: "Tagger | None", name: Callable[[], str]
    ) -> None:
        self.codebook = codebook
        self.places = places
        self._tagger = tagger
        self._name = name

    @property
    def name(self) -> str:
        """Under which its codings are stored."""
        return self._name()

    def extract(self, document: Document) -> Extraction:
        """Return what a document tells."""
        return Extraction(extract_mentions(document, self.codebook, self.places, self._tagger))

    def resolve(self, document: Document) -> "Resolved":
        """Return the numbers, dates and places that the rules read in a document."""
        from tocsin.llm.values import Resolved

        words, places = self.codebook.numbers, read_places(document.text, self.places)
        home = next((place.country for place in running_places(places)), "")

        def numbers(text: str) -> tuple[NumberReading, ...]:
            return tuple(
                replace(n, unit=currency_in(n, home, words)) if n.kind == "money" else n
                for n in read_numbers(text, words)
            )

        dates = read_dates(document.text, self.codebook.dates, published=document.published)
        return Resolved(numbers(document.text), dates, places, numbers, document.published)


@contextmanager
def open_model(
    settings: LlmSettings | None, offline: OfflineExtractor, *, folder: Path | None, name: str
) -> Iterator["LlmExtractor"]:
    """Open the extractor that asks a language model; nothing is sent before the first document.

    Args:
        settings: who is asked and how.
        offline: falls in where the model has no answer, and reads the values of its answers again.
        folder: the user's codebook, or None.
        name: under which its codings are stored.

    Raises:
        UsageError: the settings are missing or do not hold.
        CodebookError: the prompt has faults.
        RecordError: answers cannot be kept.
    """
    from tocsin.llm.both import POLICIES

    asked = needed(settings)
    check_settings(asked)
    if asked.join not in POLICIES:
        raise UsageError(f"policy {asked.join!r}", "is not known", f"known are {', '.join(POLICIES)}")
    from tocsin.llm.answers import Answers
    from tocsin.llm.budget import Budget
    from tocsin.llm.client import ChatClient
    from tocsin.llm.extractor import Asking, LlmExtractor

    budget = Budget(max_tokens=asked.max_tokens, max_cost=asked.max_cost, price=asked.price)
    key = os.environ.get(KEY, "").strip() or None
    with ChatClient(asked, key=key) as client, Answers(asked.answers) as answers:
        asking = Asking(asked, _prompt(folder), client, answers, budget)
        vocabulary = offline.codebook.vocabulary
        yield LlmExtractor(asking, vocabulary=vocabulary, resolve=offline.resolve, offline=offline, name=name)


def both_of(model: Extractor, offline: Extractor, *, policy: str, name: str) -> "BothExtractor":
    """Return the extractor that codes by both and joins the two by a policy of `tocsin.llm.both.POLICIES`."""
    from tocsin.llm.both import BothExtractor

    return BothExtractor(model, offline, policy=policy, match=_match, name=name)


def model_name(settings: LlmSettings | None, folder: Path | None, *, both: bool) -> str:
    """Return the name of a language model with all that decides what it answers."""
    from tocsin.llm.extractor import coder_name

    asked = needed(settings)
    name = coder_name(asked, _prompt(folder))
    return f"both ({asked.join}): {name}" if both else name


def needed(settings: LlmSettings | None) -> LlmSettings:
    """Return the settings; raise UsageError where there are none."""
    if settings is None:
        raise UsageError("language model", "is not named", "give --llm NAME, and --endpoint URL where it is served")
    return settings


@cache
def _prompt(folder: Path | None) -> "Prompt":
    from tocsin.codebook.prompt import load_prompt
    from tocsin.llm.prompt import make_prompt

    return make_prompt(load_prompt(folder), load_codebook(folder).vocabulary)


def _match(model: Sequence[Mention], offline: Sequence[Mention]) -> "list[Match]":
    from tocsin.evaluate.between import match_mentions
    from tocsin.llm.both import Match

    return [
        Match(m.one, m.other, tuple((d.field, d.one, d.other) for d in m.differences))
        for m in match_mentions(model, offline)
    ]

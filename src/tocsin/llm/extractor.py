"""The extractor that asks a language model: ask, hold to the quote, join; else the offline extractor, saying so.

1. the text in parts                                              parts
2. each part asked about, unless its answer is kept already       prompt, answers, budget, client
3. a verdict on each answer: refused, empty, truncated, ...       below
4. what stands in the text, its values read again                 hold, values
5. the parts joined                                               parts
6. where a part has no usable answer: the offline extractor       handed in
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import Document, Extraction, Extractor, Mention, Note
from tocsin.datamodel.extraction import ASKED, FALLBACK
from tocsin.llm.answers import Answers, question_hash
from tocsin.llm.budget import Budget, Usage, tokens_in
from tocsin.llm.client import EMPTY, REFUSED, TRUNCATED, ChatClient, Reply, UnusableError
from tocsin.llm.hold import hold_events, parse_events
from tocsin.llm.parts import Part, cut, halves, join, led
from tocsin.llm.prompt import Prompt
from tocsin.llm.settings import LlmSettings
from tocsin.llm.values import Resolved


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a document would cost: questions, tokens at most sent and about answered, and what is kept already.

    Attributes:
        questions: to be asked; those with a kept answer are not among them.
        kept: questions with a kept answer.
        usage: tokens of those to be asked.
    """

    questions: int = 0
    kept: int = 0
    usage: Usage = field(default_factory=Usage)

    def __add__(self, other: "Forecast") -> "Forecast":
        return Forecast(self.questions + other.questions, self.kept + other.kept, self.usage + other.usage)


#: Bytes of an answer for each byte of text: what the recorded answers to development documents come to, and an eighth
#: more. A text without a happening costs next to nothing to answer, so that a forecast is rather too high.
ANSWERED_PER_TEXT = 4.8


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """What all documents share: who is asked, what is told, what may be spent, where answers are kept."""

    settings: LlmSettings
    prompt: Prompt
    client: ChatClient
    answers: Answers
    budget: Budget


class LlmExtractor:
    """Asks a language model about documents; may be used from several threads.

    Args:
        asking: who is asked and how.
        vocabulary: the names that an answer may use.
        resolve: reads numbers, dates and places of a document by the program's own rules.
        offline: codes the documents that the model does not answer for.
        name: under which its codings are stored.
    """

    def __init__(
        self,
        asking: Asking,
        *,
        vocabulary: Vocabulary,
        resolve: Callable[[Document], Resolved],
        offline: Extractor,
        name: str,
    ) -> None:
        self._asking = asking
        self._vocabulary = vocabulary
        self._resolve = resolve
        self._offline = offline
        self.name = name

    def extract(self, document: Document) -> Extraction:
        """Return what the model says of a document and the text holds.

        Raises:
            EndpointError, BudgetError: no document can be asked about any more.
            RecordError: an answer cannot be kept.
        """
        asked, found = _Asked(), Extraction(())
        try:
            found = self._joined(document, [self._part(document, part, asked) for part in cut(document.text)])
            if not found.mentions:
                reason = "nothing that the model gives stands in the text" if found.notes else "the model finds nothing"
                raise UnusableError(EMPTY, reason)
        except UnusableError as error:
            offline = self._offline.extract(document)
            why = Note(FALLBACK, error.verdict, error.reason, self._offline.name)
            return Extraction(offline.mentions, (*self._told(asked), *found.notes, why, *offline.notes))
        return Extraction(found.mentions, (*self._told(asked), *found.notes))

    def forecast(self, document: Document) -> Forecast:
        """Return what asking about a document would cost, without asking."""
        total = Forecast()
        for part in cut(document.text):
            body = self._body(document, part)
            if self._asking.answers.find(question_hash(body)) is not None:
                total += Forecast(kept=1)
            else:
                text = document.text[part.start : part.end]
                total += Forecast(1, 0, Usage(_sent(body), int(ANSWERED_PER_TEXT * tokens_in(text))))
        return total

    def _part(self, document: Document, part: Part, asked: "_Asked", depth: int = 2) -> list[tuple[Part, list[object]]]:
        """Return the events of a part, asked about in two halves where the answer did not come to its end."""
        reply = self._reply(document, part, asked)
        if reply.finish == "length":
            smaller = halves(document.text, part) if depth else ()
            if not smaller:
                raise UnusableError(TRUNCATED, "the answer is longer than the model may say at once")
            return [one for half in smaller for one in self._part(document, half, asked, depth - 1)]
        if reply.refusal or reply.finish == "content_filter":
            raise UnusableError(REFUSED, _line(reply.refusal) or "a content filter stopped the answer")
        if not reply.content.strip():
            raise UnusableError(EMPTY, "the model says nothing")
        if "{" not in reply.content:
            raise UnusableError(REFUSED, _line(reply.content))
        return [(part, parse_events(reply.content))]

    def _joined(self, document: Document, answers: list[list[tuple[Part, list[object]]]]) -> Extraction:
        resolved = self._resolve(document)
        told: list[tuple[Mention, ...]] = []
        notes: list[Note] = []
        for part, events in (one for answer in answers for one in answer):
            held = hold_events(events, document, part, vocabulary=self._vocabulary, resolved=resolved)
            told.append(held.mentions)
            notes += held.notes
        mentions, renamed = join(told)
        ordered = sorted(mentions, key=lambda m: (m.evidence[0].sentence.start, m.evidence[0].trigger.start))
        return Extraction(tuple(ordered), led(notes, renamed))

    def _body(self, document: Document, part: Part) -> dict[str, object]:
        settings = self._asking.settings
        return self._asking.prompt.body(document, part, model=settings.model, parameters=settings.body())

    def _reply(self, document: Document, part: Part, asked: "_Asked") -> Reply:
        """Return the kept answer about a part, or ask and keep it."""
        body = self._body(document, part)
        question = question_hash(body)
        kept = self._asking.answers.find(question)
        if kept is not None:
            asked.kept += kept.usage
            return kept
        most = body.get("max_tokens") or body.get("max_completion_tokens") or 0
        with self._asking.budget.room_for(Usage(_sent(body), most if isinstance(most, int) else 0)) as spending:
            reply = self._asking.client.ask(body)
            spending.add(reply.usage)
            self._asking.answers.keep(question, self._asking.settings.model, reply)
        asked.paid += reply.usage
        return reply

    def _told(self, asked: "_Asked") -> tuple[Note, ...]:
        """Return who was asked, with what, and what it cost."""
        settings = self._asking.settings
        parameters = " ".join(f"{name}={value}" for name, value in sorted(settings.body().items()))
        facts = {"model": settings.model, "prompt": self._asking.prompt.version, "parameters": parameters}
        facts |= {"tokens sent": str(asked.paid.sent), "tokens answered": str(asked.paid.answered)}
        if asked.kept.tokens:
            facts["tokens paid before"] = str(asked.kept.tokens)
        cost = asked.paid.cost(settings.price)
        if cost is not None:
            facts["cost"] = f"{cost:.6f}"
        return tuple(Note(ASKED, name, value) for name, value in facts.items())


@dataclass
class _Asked:
    paid: Usage = field(default_factory=Usage)
    kept: Usage = field(default_factory=Usage)


def coder_name(settings: LlmSettings, prompt: Prompt) -> str:
    """Return the name of a model with what it is told and asked: another one codes a document anew."""
    parameters = " ".join(
        f"{name}={value}" for name, value in sorted(settings.body().items()) if not name.startswith("stream")
    )
    return f"llm {settings.model} ({parameters}), prompt {prompt.version}"


def _sent(body: dict[str, object]) -> int:
    return tokens_in(str(body["messages"])) + tokens_in(str(body.get("response_format", "")))


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:160]

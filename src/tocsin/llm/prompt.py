"""What is sent: the task and the rules, two worked examples, one document or a part of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tocsin.codebook.prompt import PromptWords
from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import Document
from tocsin.llm.parts import Part
from tocsin.llm.schema import Schema, answer_schema

Message = dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Prompt:
    """Everything that is the same for all documents.

    Attributes:
        messages: the task, then each example with its answer.
        schema: the shape of the answer.
        version: 12 hexadecimal digits that change whenever one of both does.
    """

    messages: tuple[Message, ...]
    schema: Schema
    version: str

    def body(self, document: Document, part: Part, *, model: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return a question as the chat interface takes it.

        Args:
            document: whose text is asked about.
            part: of the text.
            model: its name at the endpoint.
            parameters: sent along.
        """
        shape = {"type": "json_schema", "json_schema": {"name": "events", "strict": True, "schema": self.schema}}
        body: dict[str, Any] = {"model": model, "messages": [*self.messages, _asked(document, part)]}
        body |= {"response_format": shape} | dict(parameters)
        if body.get("stream"):
            body.setdefault("stream_options", {"include_usage": True})
        return {key: value for key, value in body.items() if value is not None}


def make_prompt(words: PromptWords, vocabulary: Vocabulary) -> Prompt:
    """Return what is sent with every document.

    Args:
        words: task, rules, meanings and examples of the codebook.
        vocabulary: its closed lists.
    """
    lines = [words.task, "", "Rules", *(f"- {rule}" for rule in words.rules)]
    for key, meanings in words.explained.items():
        lines += ["", key.capitalize(), *(f"- {_told(name, meanings[name], key, vocabulary)}" for name in meanings)]
    lines += ["", f"Kinds of speakers: {', '.join(vocabulary.speaker_kinds)}"]
    lines += [f"Means: {', '.join(vocabulary.means)}"]
    messages: list[Message] = [{"role": "system", "content": "\n".join(lines)}]
    for example in words.examples:
        messages.append(_asked(example.document, Part(0, len(example.document.text), 0)))
        messages.append({"role": "assistant", "content": example.answer})
    schema = answer_schema(vocabulary)
    packed = json.dumps([messages, schema], sort_keys=True)
    return Prompt(tuple(messages), schema, hashlib.sha256(packed.encode()).hexdigest()[:12])


def _told(name: str, meaning: str, key: str, vocabulary: Vocabulary) -> str:
    forms = vocabulary.types[name].forms if key == "types" else ()
    return name + (f": {meaning}" if meaning else "") + (f"; forms: {', '.join(forms)}" if forms else "")


def _asked(document: Document, part: Part) -> Message:
    """Return a document, or a part of it, between two lines that it cannot hold itself: their mark is its hash."""
    day = f"{document.published.isoformat()}, {document.published:%A}" if document.published else "unknown"
    head = [f"publisher: {_line(document.publisher)}", f"title: {_line(document.title)}", f"published: {day}"]
    if part.end - part.start < len(document.text):
        head.append("a part of a longer text, whose beginning may repeat the part before")
    content = "\n".join([*head, "", document.text[part.start : part.end]])
    mark = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]
    return {"role": "user", "content": f"<document {mark}>\n{content}\n</document {mark}>"}


def _line(text: str) -> str:
    return " ".join(text.split())[:300]

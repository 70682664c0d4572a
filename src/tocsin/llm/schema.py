"""The shape of an answer as strict JSON Schema, made from the codebook in force."""

from collections.abc import Iterable
from typing import Any

from tocsin.codebook.types import Vocabulary

Schema = dict[str, Any]


def answer_schema(vocabulary: Vocabulary) -> Schema:
    """Return the schema of an answer: every key is required and none may be added.

    The form of a type is not tied to it here, which would make the schema many times as long; a form that is none of
    its type's is dropped when the answer is read.
    """
    quoted = {"type": "string"}
    speaker = _object(quote=quoted, kind=_one_of(vocabulary.speaker_kinds))
    claim = _object(
        attribute=_one_of(vocabulary.attributes),
        low=_or_null("number"),
        high=_or_null("number"),
        approx={"type": "boolean"},
        unit=_or_null("string"),
        quote=quoted,
        said_by=_list(speaker),
        hedge=_or_null("string"),
    )
    forms = sorted({form for entry in vocabulary.types.values() for form in entry.forms})
    event = _object(
        id={"type": "string"},
        type=_one_of(vocabulary.types),
        form={"anyOf": [_one_of(forms), {"type": "null"}]},
        modality=_one_of(vocabulary.modalities),
        scope=_one_of(vocabulary.scopes),
        date=_object(
            start=_or_null("string"),
            end=_or_null("string"),
            precision=_one_of(vocabulary.precisions),
            basis=_one_of(vocabulary.bases),
        ),
        places=_list(
            _object(
                quote=_or_null("string"),
                name={"type": "string"},
                country={"type": "string"},
                admin1=_or_null("string"),
            )
        ),
        actors=_list(_object(role=_one_of(vocabulary.roles), quote=quoted)),
        claims=_list(claim),
        demands=_list(quoted),
        means=_list(_one_of(vocabulary.means)),
        context=_or_null("string"),
        evidence=_list(_object(text=quoted, trigger=quoted)),
    )
    return _object(events=_list(event))


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(names: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(names)}


def _or_null(kind: str) -> Schema:
    return {"type": [kind, "null"]}

"""Words and numbers that several pages share."""

import sqlite3
from typing import Any

from tocsin.codebook.types import Vocabulary
from tocsin.errors import DecisionError, RecordError, SpanError, TocsinError, UsageError
from tocsin.report.words import name_words
from tocsin.web.desk import NotFoundError

_STATUSES: dict[type[TocsinError], int] = {NotFoundError: 404, DecisionError: 409, SpanError: 422, UsageError: 422}


def status_of(error: TocsinError) -> int:
    """Return what an error is to a browser."""
    if isinstance(error, RecordError):  # in use, damaged, or without what was asked for
        return 503 if isinstance(error.__cause__, sqlite3.Error) else 404
    return next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 400)


def choices(vocabulary: Vocabulary) -> dict[str, list[list[str]]]:
    """Return the closed lists of the codebook, each name with its words, for menus."""

    def named(table: str, names: Any) -> list[list[str]]:
        return [[name, name_words(table, name)] for name in names]

    return {
        "type": named("types", vocabulary.types),
        "modality": named("modalities", vocabulary.modalities),
        "scope": named("scopes", vocabulary.scopes),
        "means": named("types", vocabulary.means),
        **{f"form {name}": named("types", one.forms) for name, one in vocabulary.types.items() if one.forms},
    }

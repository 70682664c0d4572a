"""Answers that were paid for, kept by hash of model, parameters, prompt and text: the same is not paid twice.

Neither what was asked nor the key is in the file; the answers quote the documents, so keep it as you keep the record.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from tocsin.errors import RecordError
from tocsin.llm.budget import Usage
from tocsin.llm.client import Reply
from tocsin.llm.settings import TRANSPORT

#: "tcsa" in the header of the file: what tells it from any other SQLite file.
APPLICATION_ID = 0x74637361
_ANOTHER = "name another file with --answers"
_TABLE = """
    CREATE TABLE IF NOT EXISTS answers (
        question TEXT PRIMARY KEY,     -- SHA-256 of all that was sent
        model TEXT NOT NULL,
        content TEXT NOT NULL,
        finish TEXT NOT NULL,
        refusal TEXT NOT NULL,
        sent INTEGER NOT NULL,         -- tokens
        answered INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
"""


def question_hash(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a question in hexadecimal; how its answer is carried is no part of it."""
    asked = {key: value for key, value in body.items() if key not in TRANSPORT}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


class Answers:
    """An open file of answers, or none (`path` None); may be used from several threads.

    Raises:
        RecordError: the file is another program's, or cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        self._name = str(path)
        self._lock = threading.Lock()
        try:
            if path is not None and not path.exists():
                path.touch(mode=0o600)
            self._database = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
            self._open()
        except (sqlite3.Error, OSError) as error:
            raise RecordError(
                self._name, f"cannot hold answers ({error})", "name another file with --answers"
            ) from error

    def __enter__(self) -> "Answers":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        # A thread that is still at it when a run is broken off must not have it closed under its hands.
        with self._lock:
            self._database.close()

    def find(self, question: str) -> Reply | None:
        """Return the answer to a question by its hash, or None."""
        with self._lock:
            row = self._database.execute(
                "SELECT content, finish, refusal, sent, answered FROM answers WHERE question = ?", (question,)
            ).fetchone()
        return None if row is None else Reply(row[0], row[1], row[2], Usage(row[3], row[4]))

    def keep(self, question: str, model: str, reply: Reply) -> None:
        """Keep an answer; it is on the disk when this returns."""
        row = (question, model, *map(_storable, (reply.content, reply.finish, reply.refusal)))
        try:
            with self._lock:
                self._database.execute(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (*row, reply.usage.sent, reply.usage.answered),
                )
        except sqlite3.Error as error:
            raise RecordError(self._name, f"cannot keep an answer ({error})", "make room for it") from error

    def _open(self) -> None:
        application = self._database.execute("PRAGMA application_id").fetchone()[0]
        tables = self._database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if tables and application != APPLICATION_ID:
            raise RecordError(self._name, "holds something else than answers", _ANOTHER)
        self._database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._database.execute(_TABLE)


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()

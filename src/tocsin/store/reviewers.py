"""Reviewers of a record that a team shares: who they are, and what each may do.

A record without reviewers is one person's, who may do everything under any name. As soon as one is named, only those
named decide, each as far as their role goes. Roles are rows that stay, like decisions: the last one of a name counts.
"""

import hashlib
import hmac
import os
import sqlite3
from dataclasses import dataclass

from tocsin.errors import DecisionError
from tocsin.store.decisions import ADOPT, BLIND, IMPORT, PROGRAM, UNDO

VIEWER, CODER, ADJUDICATOR, OWNER = ROLES = ("viewer", "coder", "adjudicator", "owner")
#: Role of one who may do nothing any more.
CLOSED = ""
#: What takes more than to be a coder, and the least role that may.
_LEAST = {UNDO: ADJUDICATOR, BLIND: ADJUDICATOR, ADOPT: ADJUDICATOR, IMPORT: OWNER}
#: Cost of trying a password (RFC 7914): 16 MB and about 50 ms each.
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}

REVIEWERS = (
    """
    CREATE TABLE reviewers (
        position INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,            -- viewer, coder, adjudicator, owner; empty: none any more
        secret TEXT,                   -- salt and scrypt hash of the password, in hexadecimal; null: none yet
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX reviewers_by_name ON reviewers (name)",
    """
    CREATE TRIGGER reviewers_stay BEFORE UPDATE ON reviewers
    BEGIN SELECT RAISE (ABORT, 'reviewers are never changed; add a row'); END
    """,
    """
    CREATE TRIGGER reviewers_remain BEFORE DELETE ON reviewers
    BEGIN SELECT RAISE (ABORT, 'reviewers are never deleted; close them'); END
    """,
)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Someone who reviews a shared record.

    Attributes:
        name: under which they decide.
        role: one of `ROLES`.
        has_password: whether they can sign in.
    """

    name: str
    role: str
    has_password: bool


def read_reviewers(database: sqlite3.Connection) -> tuple[Reviewer, ...]:
    """Return the reviewers who may do something, sorted by name."""
    rows = database.execute(
        "SELECT name, role, secret IS NOT NULL FROM reviewers AS r WHERE role != '' "
        "AND position = (SELECT max(position) FROM reviewers AS n WHERE n.name = r.name) ORDER BY name"
    )
    return tuple(Reviewer(name, role, bool(has)) for name, role, has in rows)


def check_role(database: sqlite3.Connection, reviewer: str, kind: str, *, others: bool = True) -> None:
    """Raise DecisionError where a reviewer may not decide so.

    Args:
        database: the record.
        reviewer: who.
        kind: of the decision.
        others: whether an undo takes back what someone else decided.
    """
    named = {one.name: one.role for one in read_reviewers(database)}
    if not named or reviewer == PROGRAM:
        return
    role = named.get(reviewer)
    if role is None:
        raise DecisionError(f"reviewer {reviewer!r}", "is none of this record", "ask its owner to add you")
    least = _LEAST.get(kind, CODER) if others or kind != UNDO else CODER
    if ROLES.index(role) < ROLES.index(least):
        raise DecisionError(
            f"reviewer {reviewer!r}", f"may not {kind} as {role}", f"it takes a reviewer who is {least}"
        )


def secret_of(password: str, salt: bytes | None = None) -> str:
    """Return what is kept of a password: its salt and its scrypt hash."""
    used = os.urandom(16) if salt is None else salt
    made = hashlib.scrypt(password.encode(), salt=used, dklen=32, **_SCRYPT)
    return f"{used.hex()} {made.hex()}"


def fits(password: str, secret: str | None) -> bool:
    """Whether a password is the one that was kept; takes as long where none was."""
    salt = bytes.fromhex((secret or "00" * 16).split()[0])
    return hmac.compare_digest(secret_of(password, salt), secret or "") and secret is not None

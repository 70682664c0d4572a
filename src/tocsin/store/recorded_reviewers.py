"""The reviewers of a record that a team shares."""

from tocsin.errors import DecisionError
from tocsin.store.decisions import PROGRAM
from tocsin.store.guard import clear_errors, transaction
from tocsin.store.opened import Opened, now
from tocsin.store.reviewers import CLOSED, OWNER, ROLES, Reviewer, fits, read_reviewers, secret_of


class RecordedReviewers(Opened):
    """Who may decide; no one is named in a record that is one person's."""

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Return the reviewers, sorted by name; none where the record is one person's."""
        with clear_errors(self.name):
            return read_reviewers(self._database)

    def set_reviewer(self, name: str, role: str, *, by: str = "", password: str | None = None) -> None:
        """Name a reviewer, or change their role or password; the first one named is the owner.

        Args:
            name: under which they decide.
            role: "viewer", "coder", "adjudicator" or "owner"; empty to close them.
            by: the owner who says so; not needed for the first one.
            password: to sign in with; the one they have stays if not given.

        Raises:
            DecisionError: the role is not known, who says so is no owner, or no owner would be left.
        """
        if role not in (*ROLES, CLOSED) or not name.strip() or len(name) > 100 or name == PROGRAM:
            raise DecisionError(f"reviewer {name!r}", f"cannot be {role!r}", f"known are {', '.join(ROLES)}")
        with transaction(self._database, self.name):
            there = {one.name: one.role for one in read_reviewers(self._database)}
            if there and there.get(by) != OWNER:
                raise DecisionError(f"reviewer {by!r}", "may not name reviewers", "ask an owner of the record")
            if OWNER not in {**there, name: role}.values():
                raise DecisionError(f"reviewer {name!r}", "would leave the record without an owner", "name one first")
            self._database.execute(
                "INSERT INTO reviewers (name, role, secret, by, at) VALUES (:name, :role, coalesce(:secret, "
                "(SELECT secret FROM reviewers WHERE name = :name ORDER BY position DESC LIMIT 1)), :by, :at)",
                {
                    "name": name,
                    "role": role,
                    "secret": None if password is None else secret_of(password),
                    "by": by or name,
                    "at": now(),
                },
            )

    def sign_in(self, name: str, password: str) -> Reviewer | None:
        """Return the reviewer of a name and password, or None where they do not fit."""
        with clear_errors(self.name):
            row = self._database.execute(
                "SELECT secret FROM reviewers WHERE name = ? ORDER BY position DESC LIMIT 1", (name,)
            ).fetchone()
        if not fits(password, None if row is None else row[0]):
            return None
        return next((one for one in self.reviewers() if one.name == name), None)

"""What may be spent: a question is asked only where its longest answer would still fit."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tocsin.errors import BudgetError

#: Bytes of UTF-8 a token at least, in what is sent: English prose has some four, JSON three.
BYTES_A_TOKEN = 3
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens sent and answered."""

    sent: int = 0
    answered: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.sent + other.sent, self.answered + other.answered)

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.sent + self.answered

    def cost(self, price: tuple[float, float] | None) -> float | None:
        """Return what they cost, or None where no price is known.

        Args:
            price: of a million tokens sent and of a million answered.
        """
        if price is None:
            return None
        return (self.sent * price[0] + self.answered * price[1]) / _MILLION


def tokens_in(text: str) -> int:
    """Return about how many tokens a text has; rather more than less."""
    return -(-len(text.encode("utf-8", "surrogatepass")) // BYTES_A_TOKEN)


class Budget:
    """What was spent in this run and may still be; used by several threads."""

    def __init__(self, *, max_tokens: int | None, max_cost: float | None, price: tuple[float, float] | None) -> None:
        self._max_tokens = max_tokens
        self._max_cost = max_cost
        self._price = price
        self._spent = Usage()
        self._held = Usage()
        self._waiting = threading.Condition()

    @property
    def spent(self) -> Usage:
        """What was spent so far."""
        return self._spent

    @contextmanager
    def room_for(self, most: Usage) -> Iterator["Spending"]:
        """Hold room for a question until it is known what it used.

        Where others in flight hold what is left, it waits for them.

        Raises:
            BudgetError: what is left does not hold it.
        """
        with self._waiting:
            while not self._fits(most):
                if not self._held.tokens:
                    raise BudgetError("budget", self._told(), "raise it and run again: what was answered is kept")
                self._waiting.wait()
            self._held += most
        spending = Spending()
        try:
            yield spending
        finally:
            with self._waiting:
                self._held = Usage(self._held.sent - most.sent, self._held.answered - most.answered)
                self._spent += spending.used
                self._waiting.notify_all()

    def _fits(self, most: Usage) -> bool:
        would = self._spent + self._held + most
        cost = would.cost(self._price)
        in_tokens = self._max_tokens is None or would.tokens <= self._max_tokens
        return in_tokens and (self._max_cost is None or cost is None or cost <= self._max_cost)

    def _told(self) -> str:
        cost = self._spent.cost(self._price)
        spent = f"{self._spent.tokens:,} tokens" + ("" if cost is None else f", {cost:.4f} in money,")
        return f"has no room for another answer; {spent} were spent"


class Spending:
    """What one question used."""

    def __init__(self) -> None:
        self.used = Usage()

    def add(self, usage: Usage) -> None:
        """Count more."""
        self.used += usage

"""Triggers to happenings: which words of a document speak of the same one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.datamodel import Span
from tocsin.extract.triggers import Trigger

#: How many sentences back a sentence without anything of its own goes on about the same happening. Chosen on the
#: coded training documents among 1 to 4.
REACH = 2
#: The same for what lasts, and is what a text is about: chosen among 2, 4, 6 and 99.
LONG_REACH = 6
_LASTING = frozenset(("demonstration", "strike", "hunger_strike", "riot", "work_to_rule", "lockout", "election"))
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|its|their|his|her|our)(?: [\w'’-]+){0,2} $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence that may tell of a happening.

    Attributes:
        index: number of the sentence.
        sentence: its words.
        trigger: the words that name the happening.
        dated, counted: whether the sentence has a date and a count of its own.
    """

    index: int
    sentence: Span
    trigger: Trigger
    dated: bool
    counted: bool


def group_tellings(tellings: Sequence[Telling], text: str) -> tuple[tuple[Telling, ...], ...]:
    """Return the tellings of each happening, in the order of the text.

    A telling goes on with the happening of its type told last where it stands near and names it again ("the march")
    or brings no date and number of its own; else it begins a new one.
    """
    groups: list[list[Telling]] = []
    latest: dict[str, list[Telling]] = {}
    for telling in tellings:
        group = latest.get(telling.trigger.type)
        if group is not None and _goes_on(group[-1], telling, text):
            group.append(telling)
            continue
        group = [telling]
        groups.append(group)
        latest[telling.trigger.type] = group
    return tuple(tuple(group) for group in groups)


def _goes_on(before: Telling, telling: Telling, text: str) -> bool:
    reach = LONG_REACH if telling.trigger.type in _LASTING else REACH
    if telling.index - before.index > reach or telling.dated:
        return False
    at = telling.trigger.span.start
    named_again = _DEFINITE.search(text[max(telling.sentence.start, at - 40) : at])
    return bool(named_again) or not telling.counted

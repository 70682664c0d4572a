"""What each rule of the grammar means: the table of rules, and what is no date."""

import re
from collections.abc import Mapping

from tocsin.extract import date_rules_days, date_rules_distance, date_rules_named
from tocsin.extract.date_scene import Found, Resolver, Scene, no_date

_RESOLVERS: Mapping[str, Resolver] = {
    **date_rules_named.RESOLVERS,
    **date_rules_days.RESOLVERS,
    **date_rules_distance.RESOLVERS,
    **dict.fromkeys(("decade", "century", "fiscal", "season", "quarter", "now", "clock"), no_date("other")),
    **dict.fromkeys(("every", "weekdays", "every_part", "daily"), no_date("set")),
    **dict.fromkeys(("duration", "duration_clock", "duration_joined", "first_periods"), no_date("duration")),
}


def resolve(scene: Scene, rule: str, match: re.Match[str]) -> Found | None:
    """Return what an expression means, or None where it is no time expression after all."""
    return _RESOLVERS[rule](scene, match, rule)

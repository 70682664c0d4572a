"""What the form that mends a field holds: its inputs, with the value of now in them."""

from dataclasses import dataclass
from typing import Any

from tocsin.datamodel import Mention
from tocsin.datamodel.parts import mention_json, part_json
from tocsin.datamodel.state import PartValue

#: What fields are called where there is no value to name them by.
LABELS = {
    "claim": "Number",
    "said_by": "Said by",
    "hedge": "Weakened by",
    "place": "Place",
    "actor": "Actor",
    "demand": "Demand",
    "evidence": "Sentence",
    "date": "Days",
}


@dataclass(frozen=True, slots=True)
class Now:
    """What a field holds.

    Attributes:
        values: what setting it to what it is would set, as JSON values; empty for a new one.
        quote: the words that it stands on.
    """

    values: dict[str, Any]
    quote: str


def now_of(mention: Mention, field: str, value: PartValue | None) -> Now:
    """Return what a field of a mention holds.

    Args:
        mention: as it is now.
        field: its name.
        value: the part that it belongs to, or None where it is the mention's own, or new.
    """
    if value is None:
        own = mention_json(mention)
        return Now({field: own[field]} if field in own and field in ("date", "means") else {}, "")
    whole = part_json(value)
    if field in ("said_by", "hedge"):
        spans = whole[field] if field == "said_by" else filter(None, [whole[field]])
        quotes = [one["span"]["quote"] if field == "said_by" else one["quote"] for one in spans]
        return Now({field: whole[field]}, " < ".join(reversed(quotes)))
    if "quote" in whole:  # a demand is its words
        return Now({"span": whole}, whole["quote"])
    words = whole["trigger"] if "trigger" in whole else whole["span"]
    return Now(whole, words["quote"] if words else "")

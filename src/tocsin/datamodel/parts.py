"""Parts of mentions as JSON and back, every quote checked against the text.

A span is `{"start", "end", "quote"}`, in code points; the quote may be left out, and is refused where the text has
other words there: no quote, no claim.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from tocsin.datamodel.claim import Claim, Number, Speaker
from tocsin.datamodel.mention import Actor, DateRange, Evidence, Mention, Place
from tocsin.datamodel.span import Span
from tocsin.datamodel.state import ACTOR, CLAIM, DEMAND, EVIDENCE, PLACE, PartValue
from tocsin.errors import DecisionError, SpanError

Json = Mapping[str, Any]

#: Fields of a mention that a decision can set.
FIELDS = ("type", "form", "modality", "scope", "date", "means", "context")


def part_of(kind: str, value: Any, text: str) -> PartValue:
    """Return the part of a mention that a parsed JSON value holds.

    Args:
        kind: one of `PART_KINDS`.
        value: as `part_json` writes it.
        text: on which every quote must stand.

    Raises:
        DecisionError: it is malformed, or a quote is not the words there.
    """
    make = _PARTS.get(kind)
    if make is None:
        raise DecisionError(f"part {kind!r}", "is not known", "known are " + ", ".join(_PARTS))
    return _checked(lambda: make(value, text), kind)


def changed_part(kind: str, part: PartValue, values: Json, text: str) -> PartValue:
    """Return a part with some of its fields set; a demand's only field is `span`.

    Raises:
        DecisionError: a field is not known, malformed, or a quote is not the words there.
    """
    whole = part_json(part)
    if kind == DEMAND:
        return part_of(kind, values.get("span"), text)
    if unknown := sorted(set(values) - set(whole)):
        raise DecisionError(f"field {unknown[0]!r}", f"is none of a {kind}", "known are " + ", ".join(whole))
    return part_of(kind, {**whole, **values}, text)


def changed_mention(mention: Mention, values: Json) -> Mention:
    """Return a mention with some of its own fields set.

    Raises:
        DecisionError: a field is not known or malformed.
    """
    if unknown := sorted(set(values) - set(FIELDS)):
        raise DecisionError(f"field {unknown[0]!r}", "is none of a mention", "known are " + ", ".join(FIELDS))
    read = {name: _checked(lambda n=name: _FIELDS[n](values[n]), name) for name in values}  # type: ignore[misc]
    return replace(mention, **read)


def mention_of(value: Json, text: str, *, name: str = "") -> Mention:
    """Return the mention that a parsed JSON object holds, as `mention_json` writes it; what is left out is empty.

    Raises:
        DecisionError: it is malformed, tells of nothing, or a quote is not the words there.
    """

    def some(key: str, kind: str) -> tuple[Any, ...]:
        return tuple(part_of(kind, one, text) for one in value.get(key) or ())

    if not isinstance(value, Mapping) or not value.get("type") or not value.get("evidence"):
        raise DecisionError("a mention", "needs a type and a sentence that tells of it", "give type and evidence")
    if unknown := sorted(set(value) - {*FIELDS, *LISTS}):
        known = ", ".join((*FIELDS, *LISTS))
        raise DecisionError(f"field {unknown[0]!r}", "is none of a mention", f"known are {known}")
    empty = Mention(name, "", None, "occurred", "single", DateRange(), (), (), (), (), (), None, None, ())
    bare = changed_mention(empty, {field: value[field] for field in FIELDS if field in value})
    lists: dict[str, Any] = {key: some(key, kind) for key, kind in LISTS.items()}
    return replace(bare, **lists)


def part_json(part: PartValue) -> dict[str, Any]:
    """Return a part of a mention as a JSON object."""
    if isinstance(part, Span):
        return {"start": part.start, "end": part.end, "quote": part.quote}
    if isinstance(part, Evidence):
        return {"sentence": part_json(part.sentence), "trigger": part_json(part.trigger)}
    if isinstance(part, Actor):
        return {"role": part.role, "span": part_json(part.span)}
    if isinstance(part, Place):
        return {
            "span": part.span and part_json(part.span),
            "name": part.name,
            "country": part.country,
            "admin1": part.admin1,
            "lat": part.lat,
            "lon": part.lon,
            "geonameid": part.geonameid,
        }
    return {
        "attribute": part.attribute,
        "low": part.low,
        "high": part.high,
        "approx": part.approx,
        "unit": part.unit,
        "span": part_json(part.span),
        "said_by": [{"span": part_json(one.span), "kind": one.kind} for one in part.said_by],
        "hedge": part.hedge and part_json(part.hedge),
    }


def mention_json(mention: Mention) -> dict[str, Any]:
    """Return what a mention says as a JSON object, with the place of every quote; without its id and event."""
    when = mention.date
    return {
        "type": mention.type,
        "form": mention.form,
        "modality": mention.modality,
        "scope": mention.scope,
        "date": {
            "start": when.start.isoformat() if when.start else None,
            "end": when.end.isoformat() if when.end else None,
            "precision": when.precision,
            "basis": when.basis,
        },
        "means": list(mention.means),
        "context": mention.context,
        **{key: [part_json(one) for one in getattr(mention, key)] for key in LISTS},
    }


def dumps(value: Any) -> str:
    """Return JSON as it is kept in the object of a decision: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


#: Kind of the parts of each list of a mention.
LISTS = {"places": PLACE, "actors": ACTOR, "claims": CLAIM, "demands": DEMAND, "evidence": EVIDENCE}


_Value = TypeVar("_Value")


def _checked(make: Callable[[], _Value], about: str) -> _Value:
    try:
        return make()
    except SpanError as error:
        raise DecisionError(f"the quote of {about}", str(error), "select the words in the text") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DecisionError(f"the value of {about}", f"is malformed ({error!r})", "see docs/reviewing.md") from error


def _span(value: Any, text: str) -> Span:
    start, end = _integer(value["start"]), _integer(value["end"])
    return Span.of(text, start, end, value.get("quote"))


def _claim(value: Any, text: str) -> Claim:
    low, high = _number(value["low"]), _number(value["high"])
    if low is None and high is None:
        raise ValueError("both ends are open")
    if low is not None and high is not None and low > high:
        raise ValueError("low is above high")
    hedge = value.get("hedge")
    return Claim(
        attribute=_word(value["attribute"]),
        low=low,
        high=high,
        approx=_truth(value.get("approx", False)),
        unit=_words(value.get("unit")),
        span=_span(value["span"], text),
        said_by=tuple(Speaker(_span(one["span"], text), _word(one["kind"])) for one in value.get("said_by") or ()),
        hedge=None if hedge is None else _span(hedge, text),
    )


def _place(value: Any, text: str) -> Place:
    span = value.get("span")
    return Place(
        span=None if span is None else _span(span, text),
        name=_word(value["name"]),
        country=_text(value["country"]),
        admin1=_words(value.get("admin1")),
        lat=_degrees(value.get("lat"), 90),
        lon=_degrees(value.get("lon"), 180),
        geonameid=None if value.get("geonameid") is None else _integer(value["geonameid"]),
    )


def _actor(value: Any, text: str) -> Actor:
    return Actor(_word(value["role"]), _span(value["span"], text))


def _evidence(value: Any, text: str) -> Evidence:
    found = Evidence(_span(value["sentence"], text), _span(value["trigger"], text))
    if not found.sentence.covers(found.trigger):
        raise ValueError("the trigger does not stand in the sentence")
    return found


def _date(value: Any) -> DateRange:
    start, end = (None if value.get(key) is None else date.fromisoformat(value[key]) for key in ("start", "end"))
    if start is not None and end is not None and start > end:
        raise ValueError("it ends before it starts")
    return DateRange(start, end, _word(value["precision"]), _word(value["basis"]))


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def _number(value: Any) -> Number | None:
    if value is not None and type(value) not in (int, float):
        raise TypeError(f"{value!r} is no number")
    if value is not None and not abs(value) < float("inf"):
        raise ValueError(f"{value!r} is no number")
    return value  # type: ignore[no-any-return]


def _degrees(value: Any, most: int) -> float | None:
    number = _number(value)
    if number is not None and abs(number) > most:
        raise ValueError(f"{number} degrees are too many")
    return None if number is None else float(number)


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode()  # half a character is a ValueError
    return value


def _words(value: Any) -> str | None:
    return None if value is None else _text(value)


def _word(value: Any) -> str:
    if not _text(value):
        raise ValueError("it is empty")
    return str(value)


_PARTS: dict[str, Callable[[Any, str], PartValue]] = {
    CLAIM: _claim,
    PLACE: _place,
    ACTOR: _actor,
    DEMAND: _span,
    EVIDENCE: _evidence,
}

_FIELDS: dict[str, Callable[[Any], Any]] = {
    "type": _word,
    "form": _words,
    "modality": _word,
    "scope": _word,
    "date": _date,
    "means": lambda value: tuple(_word(one) for one in value),
    "context": _words,
}

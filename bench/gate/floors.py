"""Floors of measures: read, compared, raised, lowered with a reason, written."""

import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tocsin.errors import UsageError

FLOORS = Path(__file__).parent / "floors.toml"
#: How far a floor lies below what was measured: room for arithmetic that differs between processors, and less than
#: the 0.02 or more that losing a rule costs.
MARGIN = 0.01
#: Measures that are right by construction and get no such room.
EXACT = frozenset(("grounded",))

_HEAD = """\
# Floors of the evaluation gate (`make gate`), by set of coded documents. `gold` is the SHA-256 of what they were
# measured on. Written by `python -m bench.gate --raise`; a floor sinks only by `--lower SET/MEASURE --because
# "reason"`, and a set whose gold has changed is measured anew only by `--anew SET --because "reason"`. Each such
# change is kept below, the latest last.
"""


@dataclass(frozen=True, slots=True)
class SetFloors:
    """The floors of one set of coded documents: the hash of its gold, and measure to floor."""

    gold: str
    floors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """A floor that was lowered, or a set whose floors were measured anew.

    Attributes:
        what: "SET/MEASURE", or the set.
        on: the day.
        before, after: the floor; None where a whole set was measured anew.
        because: the reason given.
    """

    what: str
    on: date
    before: float | None
    after: float | None
    because: str


@dataclass(frozen=True, slots=True)
class Floors:
    """All floors by set, and every time that one was lowered."""

    sets: Mapping[str, SetFloors] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the gate: a measure and its floor, or (measure empty) what is wrong with a set.

    Attributes:
        set, measure: what was measured.
        value, floor: what it is and what it must not sink below; None where there is none.
        problem: why the gate is closed, or empty.
    """

    set: str
    measure: str
    value: float | None
    floor: float | None
    problem: str


def check(name: str, sha256: str, values: Mapping[str, float], floors: Floors) -> Iterator[Finding]:
    """Yield what the gate says about one set: one finding a measure, or one where its floors do not hold for it.

    Args:
        name: of the set.
        sha256: of its gold.
        values: the measures.
        floors: all floors.
    """
    known = floors.sets.get(name)
    if known is None:
        yield Finding(name, "", None, None, "has no floors; write them with --raise")
        return
    if known.gold != sha256:
        yield Finding(name, "", None, None, f'is not the gold that its floors hold for; --anew {name} --because "..."')
        return
    for measure in sorted({*values, *known.floors}):
        value, floor = values.get(measure, 0.0), known.floors.get(measure)
        if floor is None:
            yield Finding(name, measure, value, None, "has no floor; write it with --raise")
        else:
            yield Finding(name, measure, value, floor, "is below its floor" if value < floor else "")


def floor_of(measure: str, value: float) -> float:
    """Return the floor for a measured value: `MARGIN` below it, three places; the value itself for exact measures."""
    return value if measure in EXACT else max(0.0, math.floor((value - MARGIN) * 1000 + 1e-6) / 1000)


def raised(floors: Floors, name: str, sha256: str, values: Mapping[str, float]) -> Floors:
    """Return the floors with those of a set raised to what was measured; none sinks.

    Raises:
        UsageError: the floors were measured on other gold.
    """
    known = floors.sets.get(name, SetFloors(sha256, {}))
    if known.gold != sha256:
        raise UsageError(name, "is not the gold that its floors hold for", f'--anew {name} --because "..."')
    new = {measure: max(floor_of(measure, value), known.floors.get(measure, 0.0)) for measure, value in values.items()}
    return replace(floors, sets={**floors.sets, name: SetFloors(sha256, {**known.floors, **new})})


def lowered(floors: Floors, name: str, measure: str, value: float, *, because: str, on: date) -> Floors:
    """Return the floors with one lowered to what was measured, and the reason kept.

    Raises:
        UsageError: no reason is given, there is no such floor, or it would not sink.
    """
    what, reason = f"{name}/{measure}", _reason(because)
    known = floors.sets.get(name)
    if known is None or measure not in known.floors:
        raise UsageError(what, "has no floor", "name the set and the measure as in floors.toml")
    before, after = known.floors[measure], floor_of(measure, value)
    if after >= before:
        raise UsageError(what, f"has the floor {before}, and {value:.3f} was measured", "it need not be lowered")
    sets = {**floors.sets, name: replace(known, floors={**known.floors, measure: after})}
    return Floors(sets, (*floors.changes, Change(what, on, before, after, reason)))


def anew(floors: Floors, name: str, sha256: str, values: Mapping[str, float], *, because: str, on: date) -> Floors:
    """Return the floors with those of a set measured on other gold, and the reason kept.

    Raises:
        UsageError: no reason is given, or the gold is the same.
    """
    reason = _reason(because)
    if name in floors.sets and floors.sets[name].gold == sha256:
        raise UsageError(name, "is the gold that its floors hold for", "use --raise or --lower")
    measured = {measure: floor_of(measure, value) for measure, value in values.items()}
    sets = {**floors.sets, name: SetFloors(sha256, measured)}
    return Floors(sets, (*floors.changes, Change(name, on, None, None, reason)))


def read_floors(path: Path = FLOORS) -> Floors:
    """Return the floors of a file; none where there is no file."""
    if not path.is_file():
        return Floors()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sets = {name: SetFloors(entry["gold"], entry["floors"]) for name, entry in data.get("sets", {}).items()}
    changes = tuple(
        Change(one["what"], one["on"], one.get("before"), one.get("after"), one["because"])
        for one in data.get("changes", ())
    )
    return Floors(sets, changes)


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors so that `read_floors` gives them back."""
    lines = [_HEAD]
    for name, entry in sorted(floors.sets.items()):
        lines += [f"[sets.{_key(name)}]", f"gold = {_text(entry.gold)}", "", f"[sets.{_key(name)}.floors]"]
        lines += [f"{_key(measure)} = {float(floor)}" for measure, floor in sorted(entry.floors.items())]
        lines.append("")
    for change in floors.changes:
        lines += ["[[changes]]", f"what = {_text(change.what)}", f"on = {change.on.isoformat()}"]
        if change.before is not None and change.after is not None:
            lines += [f"before = {float(change.before)}", f"after = {float(change.after)}"]
        lines += [f"because = {_text(change.because)}", ""]
    path.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")


def _reason(because: str) -> str:
    if not because.strip():
        raise UsageError("lowering a floor", "needs a reason", 'give it with --because "..."')
    return because.strip()


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _text(name)


def _text(value: str) -> str:
    # The strings of JSON are strings of TOML, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

"""The evaluation gate.

python -m bench.gate                                         measure; exit status 1 where a measure is below its floor
python -m bench.gate --raise                                 raise floors to what is measured
python -m bench.gate --lower SET/MEASURE --because "reason"  lower one; the reason is kept in floors.toml
python -m bench.gate --anew SET --because "reason"           measure a set anew whose gold has changed; kept as well
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.gate.cases import CASES
from bench.gate.floors import FLOORS, Finding, Floors, anew, check, lowered, raised, read_floors, write_floors
from bench.gate.gold import SHARED, GoldSet, gold_sets
from bench.gate.measures import measure
from tocsin.errors import TocsinError, UsageError
from tocsin.pipeline import Settings, load_resources

#: The program as it codes when nothing is said.
DEFAULT = Settings()

Values = Mapping[str, Mapping[str, float]]


def main(
    arguments: Sequence[str],
    *,
    shared: Path = SHARED,
    cases: Path = CASES,
    floors_file: Path = FLOORS,
    settings: Settings = DEFAULT,
) -> int:
    """Run the gate and return the exit status: 0 open, 1 closed, 2 where the command cannot be done."""
    options = _parser().parse_args(arguments)
    try:
        sets = gold_sets(shared, cases)
        if len(sets) == 1:
            print(f"WARNING: {shared} is not there: measured on the project's own {len(sets[0].documents)} cases ALONE")
        resources = load_resources(settings)
        values = {gold.name: measure(gold, resources) for gold in sets}
        floors = read_floors(floors_file)
        changed = _changed(options, floors, sets, values)
    except TocsinError as error:
        print(f"gate: {error}", file=sys.stderr)
        return 2
    if changed != floors:
        write_floors(changed, floors_file)
        print(f"{floors_file} written")
    return report(sets, values, changed, print)


def report(sets: Sequence[GoldSet], values: Values, floors: Floors, put: Callable[[str], None]) -> int:
    """Tell one line a measure and return the exit status."""
    found = [finding for gold in sets for finding in check(gold.name, gold.sha256, values[gold.name], floors)]
    for finding in found:
        put(_line(finding))
    closed = sum(bool(finding.problem) for finding in found)
    put(f"gate closed: {closed} of {len(found)}" if closed else f"gate open: {len(found)} measures at their floors")
    return 1 if closed else 0


def _line(finding: Finding) -> str:
    if not finding.measure:
        return f"{finding.set:9} {finding.problem}"
    floor = "  -  " if finding.floor is None else f"{finding.floor:.3f}"
    problem = f"  FAILS: {finding.problem}" if finding.problem else ""
    return f"{finding.set:9} {finding.measure:28} {finding.value:.3f}  floor {floor}{problem}"


def _changed(options: argparse.Namespace, floors: Floors, sets: Sequence[GoldSet], values: Values) -> Floors:
    today, by_name = datetime.now(UTC).date(), {gold.name: gold for gold in sets}
    if options.up:
        for gold in sets:
            floors = raised(floors, gold.name, gold.sha256, values[gold.name])
    if options.lower:
        name, _, wanted = options.lower.partition("/")
        floors = lowered(floors, name, wanted, _of(values, name).get(wanted, 0.0), because=options.because, on=today)
    if options.anew:
        name = options.anew
        measured = _of(values, name)
        floors = anew(floors, name, by_name[name].sha256, measured, because=options.because, on=today)
    return floors


def _of(values: Values, name: str) -> Mapping[str, float]:
    if name not in values:
        raise UsageError(f"set {name!r}", "is not measured here", "sets are " + ", ".join(values))
    return values[name]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description="The evaluation gate.")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--raise", dest="up", action="store_true", help="raise floors to what is measured")
    one.add_argument("--lower", metavar="SET/MEASURE", help="lower one floor to what is measured")
    one.add_argument("--anew", metavar="SET", help="measure a set anew whose gold has changed")
    parser.add_argument("--because", default="", metavar="REASON", help="why, for --lower and --anew")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

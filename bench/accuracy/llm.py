"""A capable model's recorded answers, played back through the whole path, against the same answers scored directly.

python -m bench.accuracy.llm [--damage SHARE] [--join POLICY]

The answers come from a real HTTP server on loopback, and go through everything that a model's answers go through.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.accuracy.numbers import SHARED
from bench.llm.server import Body, Said, asked_text, playing
from tocsin.codebook import load_codebook
from tocsin.datamodel import CodedDocument
from tocsin.datamodel.coded import parse, read, spans
from tocsin.datamodel.extraction import DROPPED
from tocsin.evaluate import Report, score_documents
from tocsin.llm.settings import LlmSettings
from tocsin.pipeline import Settings, code_documents, load_resources

ANSWERS = SHARED / "llm" / "answers.jsonl"
#: Share of the quotes that the second run damages.
DAMAGE = 0.05


@dataclass(frozen=True)
class Run:
    """What playing answers back came to.

    Attributes:
        coded: by the whole path.
        damaged: quotes that were damaged before.
        slipped: of those, how many are in a mention all the same.
    """

    coded: list[CodedDocument]
    damaged: int = 0
    slipped: int = 0


def gold() -> list[CodedDocument]:
    """Return the coded documents that there are recorded answers to."""
    names = {answer["id"] for answer in answers()}
    return [one for one in read(SHARED / "gold" / "dev") if one.document.id in names]


def answers(path: Path = ANSWERS) -> list[dict[str, Any]]:
    """Return the recorded answers: `id` and `events` of each."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def directly(golds: Sequence[CodedDocument]) -> list[CodedDocument]:
    """Return the recorded answers as coded documents, as they stand."""
    by_name = {one.document.id: one.document for one in golds}
    found = []
    for answer in answers():
        document = by_name[answer["id"]]
        coded = parse(
            {"document": {"id": document.id, "text": document.text}, "events": answer["events"]}, strict=False
        )
        found.append(replace(coded, document=document))
    return found


def play(golds: Sequence[CodedDocument], *, extractor: str = "llm", join: str = "union", damage: float = 0.0) -> Run:
    """Return what the program makes of the recorded answers.

    Args:
        golds: whose documents are asked about.
        extractor: "llm" or "both".
        join: policy of "both".
        damage: share of the quotes that are changed before, so that they do not stand in the text.
    """
    events = {answer["id"]: answer["events"] for answer in answers()}
    texts = {one.document.text: one.document.id for one in golds}
    made: dict[str, list[str]] = {}
    chance = random.Random(8)
    for one in golds:
        wrong: list[str] = []
        events[one.document.id] = _damaged(events[one.document.id], one.document.text, damage, chance, wrong)
        made[one.document.id] = wrong

    def say(body: Body) -> Said:
        return Said(json.dumps({"events": events[texts[asked_text(body)]]}))

    with playing(say) as played:
        llm = LlmSettings(played.url, "recorded", join=join)
        resources = load_resources(Settings(extractor=extractor, llm=llm))
        coded = list(code_documents([one.document for one in golds], resources))
    kept = [{span.quote for m in one.mentions for span in spans(m)} for one in coded]
    slipped = sum(quote in held for one, held in zip(coded, kept, strict=True) for quote in made[one.document.id])
    return Run(coded, sum(map(len, made.values())), slipped)


def score(golds: Iterable[CodedDocument], coded: Iterable[CodedDocument]) -> Report:
    """Return the measures of coded documents."""
    types = load_codebook().vocabulary.types
    return score_documents(golds, coded, {name: entry.category for name, entry in types.items()})


def rows(report: Report) -> dict[str, float]:
    """Return the measures by name."""
    found = {f"{name} F1": tally.f1 for name, tally in report.tallies.items() if tally.gold and name != "link"}
    return found | {name: share.share for name, share in report.shares.items()}


def _damaged(node: Any, text: str, share: float, chance: random.Random, made: list[str]) -> Any:
    """Return an answer with some of its quotes changed by a word or a letter; `made` gets the changed ones."""
    if isinstance(node, list):
        return [_damaged(item, text, share, chance, made) for item in node]
    if not isinstance(node, dict):
        return node
    changed: dict[str, Any] = {}
    for key, value in node.items():
        if key in ("quote", "text", "trigger", "hedge") and isinstance(value, str) and chance.random() < share:
            changed[key] = _worse(value, text, chance)
            made.append(changed[key])
        elif key == "demands":
            changed[key] = [_worse(v, text, chance) if chance.random() < share else v for v in value]
            made += [new for new, old in zip(changed[key], value, strict=True) if new != old]
        else:
            changed[key] = _damaged(value, text, share, chance, made)
    return changed


def _worse(quote: str, text: str, chance: random.Random) -> str:
    """Return a quote that is wrong by a little and stands nowhere in the text."""
    words = quote.split(" ")
    at = chance.randrange(len(words))
    ways = [
        " ".join([*words[:at], words[at] + "s", *words[at + 1 :]]),
        quote.swapcase(),
        quote.replace("'", "’").replace("1", "7") + ",",
        " ".join([*words[:at], "some", *words[at:]]),
    ]
    chance.shuffle(ways)
    return next((way for way in ways if way not in text), quote + " xx")


def main() -> None:
    """Print the measures, as Markdown."""
    golds = gold()
    join = sys.argv[sys.argv.index("--join") + 1] if "--join" in sys.argv else "union"
    offline = list(code_documents([one.document for one in golds], load_resources()))
    held, both = play(golds), play(golds, extractor="both", join=join)
    columns = {
        "answers as they are": directly(golds),
        "`llm`": held.coded,
        f"`both`, {join}": both.coded,
        "`tagger`": offline,
    }
    tables = {name: rows(score(golds, coded)) for name, coded in columns.items()}
    print("| measure | " + " | ".join(columns) + " |\n| --- |" + " --- |" * len(columns))
    for measure in tables["`llm`"]:
        print(f"| {measure} | " + " | ".join(f"{found.get(measure, 0):.3f}" for found in tables.values()) + " |")
    kinds = Counter((note.kind, note.field.split(":")[0]) for one in held.coded for note in one.notes)
    for (kind, field), count in sorted(kinds.items()):
        if kind != "asked":
            print(f"{kind}: {field}: {count}")
    worse = play(golds, damage=DAMAGE)
    dropped = sum(note.kind == DROPPED for one in worse.coded for note in one.notes)
    print(f"damaged: {worse.damaged} quotes, {worse.slipped} of them kept; {dropped} things dropped for it")
    if "--notes" in sys.argv:
        for one in held.coded:
            for note in one.notes:
                if note.kind != "asked":
                    print(one.document.id, note.kind, note.field, "|", note.given, "|", note.kept)


if __name__ == "__main__":
    main()

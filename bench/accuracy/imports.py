"""How often a hand-coded row and the program's coding of the report it rests on become one event.

python -m bench.accuracy.imports

Rows of Mass Mobilization are imported beside the excerpts that they were coded from, coded by the program. An excerpt
may be of another report than the row's first, or give neither day nor place, so that all of them is not to be reached.
"""

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from bench.accuracy.numbers import SHARED
from bench.accuracy.rows import Row
from tocsin.codebook.loader import load_codebook
from tocsin.datamodel import Document
from tocsin.importing import import_file
from tocsin.pipeline import Settings, code_documents, link_record, load_resources
from tocsin.store.scratch import scratch_record

RECORDS = SHARED / "bench" / "records" / "mass-mobilization-dev.jsonl"
#: Rows that are looked at: all of them take a quarter of an hour to code.
SAMPLE = 400


def measure() -> list[Row]:
    """Return the share of rows told by an event that the row's own report tells too, and one that only others tell."""
    lines = RECORDS.read_text(encoding="utf-8").splitlines()[:SAMPLE]
    told = [json.loads(line) for line in lines]
    settings = Settings()
    categories = load_codebook().vocabulary.types
    with scratch_record("rows and reports") as record, tempfile.TemporaryDirectory() as folder:
        run = record.start_run("bench", settings.coder)
        may = set()
        for coded in code_documents(map(_document, told), load_resources(settings)):
            record.add(coded, run=run, coder=settings.coder)
            if any(categories[mention.type].category in ("protest", "labour") for mention in coded.mentions):
                may.add(coded.document.id)
        table = Path(folder) / "mm.jsonl"
        table.write_text("".join(json.dumps(_row(one)) + "\n" for one in told), encoding="utf-8")
        import_file(table, record, "mm")
        link_record(record, settings)
        home = {mention: event for event, held in record.events().items() for mention in held}
        tellers: dict[str, set[str]] = {}
        rows = {}
        for coded in record.coded():
            for number, mention in enumerate(coded.mentions):
                tellers.setdefault(home[mention.id], set()).add(coded.document.id)
                if number == 0 and coded.document.publisher == "Mass Mobilization":
                    rows[coded.document.id.removeprefix("Mass Mobilization/")] = home[mention.id]
    own = sum(name in tellers[event] for name, event in rows.items())
    other = sum(
        name not in tellers[event] and any(not one.startswith("Mass Mobilization/") for one in tellers[event])
        for name, event in rows.items()
    )
    found = [("own report, of those with a protest", own / len(may)), ("only another report", other / len(rows))]
    return [Row("imports", "records/mass-mobilization-dev", name, value, None) for name, value in found]


def _document(told: dict[str, Any]) -> Document:
    day = date.fromisoformat(told["published"]) if told["published"] else None
    return Document(told["id"], told["text"], told["title"] or "", told["publisher"] or "", day)


def _row(told: dict[str, Any]) -> dict[str, Any]:
    row = {"id": told["id"], "country": told["country"], "protest": 1, "location": told["place"]}
    row |= {"participants": told["participants"], "participants_category": told["participants_category"]}
    row |= {"protesterviolence": int(told["violence"]), "notes": told["text"]}
    for end in ("start", "end"):
        row |= dict(zip((f"{end}year", f"{end}month", f"{end}day"), told[end].split("-"), strict=True))
    row |= {f"stateresponse{number}": said for number, said in enumerate(told["responses"], 1)}
    return row | {f"protesterdemand{number}": said for number, said in enumerate(told["demands"], 1)}


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:30} {row.measure:36} {row.value:.4f}")

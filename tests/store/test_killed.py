"""Reviewing, killed at a hundred moments: no acknowledged act is lost, and the record is whole."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.store.standing import standing_by_rows
from tests.store.test_decided_states import small_record

from tocsin.store.record import open_record

KILLS = 100

# Forks a reviewer a hundred times and kills each at a moment of its own; passes on which acts were acknowledged.
WARDEN = """
import os, random, signal, sys, time
from pathlib import Path
from tocsin.store.record import open_record

def review(path, out, chance):
    with open_record(path) as record:
        while True:
            kind = chance.choice(["judge", "all", "set", "claim", "back", "forward", "pair"])
            mentions = [mention for coded in record.coded() for mention in coded.mentions]
            one, two = chance.sample([mention.id for mention in mentions], 2)
            act = None
            if kind == "judge":
                act = record.decide(chance.choice(["accept", "reject"]), one, reviewer="Ann").act
            elif kind == "all":
                act = record.act([("accept", m.id, None) for m in mentions], reviewer="Ann")[0].act
            elif kind == "set":
                act = record.set(one, {"modality": chance.choice("xyz")}, reviewer="Ann").act
            elif kind == "claim":
                value = {"attribute": "affected", "low": 1, "high": 2, "span": {"start": 0, "end": 6}}
                act = record.add_part(one, "claim", value, reviewer="Ann").act
            elif kind == "pair":
                act = record.decide("unsure", one, other=two, reviewer="Ann").act
            elif kind == "back":
                record.back(reviewer="Ann")
            else:
                record.forward(reviewer="Ann")
            head = record.head(reviewer="Ann")
            os.write(out, f"{act or '-'} {head or '-'}\\n".encode())

path, kills = Path(sys.argv[1]), int(sys.argv[2])
for number in range(kills):
    chance = random.Random(number)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        review(path, writing, chance)
    os.close(writing)
    first = os.read(reading, 1)
    time.sleep(chance.uniform(0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as acknowledged:
        sys.stdout.write(first.decode() + acknowledged.read())
    print("killed", flush=True)
"""


def test_killed_at_a_hundred_moments_no_acknowledged_act_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "r"
    small_record(path).close()
    done = subprocess.run(
        [sys.executable, "-c", WARDEN, str(path), str(KILLS)], capture_output=True, text=True, check=True
    )
    lives = done.stdout.split("killed\n")[:-1]
    assert len(lives) == KILLS
    acts = [line.split()[0] for line in done.stdout.splitlines() if line not in ("killed", "")]
    acknowledged = [act for act in acts if act != "-"]
    assert len(acts) >= KILLS
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    there = [row[0] for row in database.execute("SELECT id FROM acts ORDER BY position")]
    database.close()
    order = {act: n for n, act in enumerate(there)}
    assert [act for act in acknowledged if act not in order] == []
    assert [order[act] for act in acknowledged] == sorted(order[act] for act in acknowledged)
    with open_record(path) as record:
        assert {one.id for one in record.standing()} == standing_by_rows(path)
        # What was written last was either acknowledged or is at most one act, or one step, further on.
        heads = {head for line in lives[-1].splitlines()[-1:] for head in line.split()[1:]}
        last = record.head(reviewer="Ann")
        near = {act.parent for act in record.history() if act.id == last}
        near |= {act.id for act in record.history() if act.parent == last}
        assert heads & {last or "-", *(one or "-" for one in near)}
        record.go(None, reviewer="Ann")
        assert (record.judgements(), record.decided_pairs()) == ({}, ((), ()))

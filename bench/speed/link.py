"""Time and memory of putting a million mentions together.

python -m bench.speed.link [MENTIONS]

The mentions are made by a seeded generator: one in each document, five of an event on average, over ten years and 400
towns of ten countries, told with a day of difference at times, other figures and other words.
"""

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt

from bench.accuracy.rows import Row
from tocsin.codebook import load_codebook
from tocsin.datamodel import Claim, CodedDocument, DateRange, Document, Evidence, Mention, Place, Span
from tocsin.datamodel.kept import KeptDocument
from tocsin.gazetteer import open_gazetteer
from tocsin.link.block import families_of, meeting_keys, meetings
from tocsin.link.digest import digest_of, pack, shelve_kept
from tocsin.link.link import put_together

Ints = npt.NDArray[np.int64]

MENTIONS, EVENTS, TOWNS, COUNTRIES, DAYS = 1_000_000, 200_000, 400, 10, 3650
#: In which documents are read, as `link_record` does.
PROCESSES = 2
#: Seconds and MB on two cores.
SECONDS, MEGABYTES = 120.0, 6000.0
TYPES = ("demonstration", "detention", "strike", "force", "riot", "release", "sentence", "talks")
SYLLABLES = ("ka", "ro", "min", "sel", "tu", "bar", "ve", "lo", "dran", "ish", "pe", "gor", "na", "zim", "fo", "lek")


def synthetic(mentions: int, seed: int = 11) -> Iterator[tuple[int, CodedDocument]]:
    """Yield the number of an event and a document that tells it; documents of one event do not follow each other."""
    dice = random.Random(seed)
    events = max(1, mentions * EVENTS // MENTIONS)

    def name() -> str:
        return "".join(dice.choice(SYLLABLES) for _ in range(3)).capitalize()

    codes = [f"{chr(65 + n)}X" for n in range(COUNTRIES)]
    towns = [(name(), dice.choice(codes), dice.uniform(-50, 60), dice.uniform(-120, 140)) for _ in range(TOWNS)]
    told = [
        (dice.choice(TYPES), dice.choice(towns), dice.randrange(DAYS), dice.randint(5, 9000), name(), name())
        for _ in range(events)
    ]
    for number in range(mentions):
        event = dice.randrange(events)
        kind, (town, country, lat, lon), day, size, leader, group = told[event]
        size = max(1, int(size * dice.choice((0.5, 1, 1, 1, 1.2, 2))))
        when = date(2010, 1, 1) + timedelta(day + dice.choice((0, 0, 0, 0, 0, 0, 1)))
        words = " ".join(name().lower() for _ in range(8))
        text = f"Some {size} people {words} in {town} for {leader} of {group}."
        whole, count = Span.of(text, 0, len(text)), Span.find(text, str(size))
        yield (
            event,
            CodedDocument(
                Document(f"d{number}", text, "", "wire", when + timedelta(dice.randint(0, 5))),
                (
                    Mention(
                        id=f"m{number}",
                        type=kind,
                        form=None,
                        modality="occurred",
                        scope="single",
                        date=DateRange(when, when, "day", "stated"),
                        places=(Place(None, town, country, None, lat, lon),),
                        actors=(),
                        claims=(Claim("participants", size, size, False, None, count),),
                        demands=(),
                        means=(),
                        context=None,
                        event=None,
                        evidence=(Evidence(whole, count),),
                    ),
                ),
            ),
        )


def read_part(mentions: int, part: int) -> tuple[float, Ints, list[KeptDocument]]:
    """Return seconds (making the mentions left out), the events and the packed digests of every second mention."""
    rules, places = load_codebook().link, open_gazetteer()
    truth: list[int] = []
    packed: list[KeptDocument] = []
    spent = 0.0
    for row, (event, coded) in enumerate(synthetic(mentions)):
        if row % PROCESSES == part:
            truth.append(event)
            begun = time.perf_counter()
            packed.append(pack(row, digest_of(coded, rules, places)))
            spent += time.perf_counter() - begun
    return spent, np.array(truth, dtype=np.int64), packed


def link_synthetic(mentions: int) -> tuple[float, float, float, float]:
    """Return seconds (making the mentions left out), peak MB, precision and recall of pairs."""
    rules = load_codebook().link
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        parts = list(pool.map(partial(read_part, mentions), range(PROCESSES)))
    spent = max(seconds for seconds, _, _ in parts)
    truth = np.zeros(mentions, dtype=np.int64)
    for part, (_, events, _) in enumerate(parts):
        truth[part::PROCESSES] = events
    begun = time.perf_counter()
    documents = sorted((one for _, _, packed in parts for one in packed), key=lambda one: one.number)
    shelf = shelve_kept(documents)
    met = meetings(meeting_keys(shelf.traits, shelf.told.document, families_of(rules)))
    clusters = put_together(shelf, met, rules).rows
    spent += time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    held = [Counter(truth[list(cluster)].tolist()).values() for cluster in clusters if len(cluster) > 1]
    right = sum(n * (n - 1) // 2 for counts in held for n in counts)
    found = sum(len(c) * (len(c) - 1) // 2 for c in clusters)
    wanted = sum(int(n * (n - 1) // 2) for n in np.bincount(truth))
    return spent, peak, right / max(1, found), right / max(1, wanted)


def measure(mentions: int = MENTIONS) -> list[Row]:
    """Return time and memory, in a new process, and how well the events came out."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # its workers may have workers
        seconds, peak, precision, recall = pool.submit(link_synthetic, mentions).result()
    data, share = f"{mentions:,} synthetic mentions", mentions / MENTIONS
    return [
        Row("link", data, "seconds, at most", seconds, SECONDS * share),
        Row("link", data, "peak MB, at most", peak, MEGABYTES),
        Row("link", data, "precision of pairs", precision, None),
        Row("link", data, "recall of pairs", recall, None),
    ]


if __name__ == "__main__":
    for row in measure(int(sys.argv[1]) if len(sys.argv) > 1 else MENTIONS):
        print(f"{row.data:30} {row.measure:20} {row.value:10.3f}  target {row.target}")

"""Speed of reading numbers: news text, and texts made to be slow.

python -m bench.speed.numbers
"""

import json
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from bench.accuracy.rows import Row
from tocsin.codebook import load_codebook
from tocsin.extract.numbers import read_numbers

SHARED = Path(__file__).parents[3] / "shared"
#: MB of text a second on one core, and how much longer twice the text may take.
TARGET, GROWTH = 5.0, 2.5
#: No text may take longer than this, in ms per KB.
SLOWEST = 5.0

#: What could be slow: endless digits, groups, words, bounds, ranges, open brackets, other scripts.
ADVERSARIAL: dict[str, str] = {
    "digits": "7",
    "groups of digits": "1,",
    "dotted groups": "1.000.",
    "spaced groups": "100 ",
    "number words": "two hundred and ",
    "millions": "million ",
    "hyphens": "twenty-",
    "bounds": "at least about over more than ",
    "ranges": "3 to ",
    "between": "between 1 and ",
    "shares": "one in five of the ",
    "all but": "all but one of ",
    "vague": "dozens of hundreds of thousands of ",
    "time": "a year and ",
    "marks": "((((",
    "money": "$ ",
    "capitals": "İ",
    "no space": "a1",
    "white space": " \n\t",
    "commas": "1,2,3,4,",
    "dashes": "1-2-3-",
    "slashes": "1/2/",
    "not a": "not a ",
}


def news(size: int = 1_000_000) -> str:
    """Return `size` bytes, near enough, of news text: the training documents joined."""
    texts = [
        json.loads(path.read_text(encoding="utf-8"))["document"]["text"]
        for path in sorted((SHARED / "gold" / "train").glob("*.json"))
    ]
    joined = "\n\n".join(texts)
    return (joined * (size // len(joined) + 1))[:size]


def seconds(work: Callable[[], object], tries: int = 3) -> float:
    """Return the least processor time of some tries."""
    least = float("inf")
    for _ in range(tries):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least


def slowness(work: Callable[[str], object], units: Iterable[str], tries: int = 5) -> tuple[float, float]:
    """Return how much longer twice a made text takes, and ms per KB, each of the unit where it is worst.

    The text and twice the text are read in turn, so that what else the machine does falls on both: where one is
    measured after the other, a busy machine makes 2.8 of what is 2.1.

    Args:
        work: what reads a text.
        units: what the texts repeat.
        tries: how often each is read; the least time counts.
    """
    growth, slowest = 0.0, 0.0
    for unit in units:
        once = unit * (50_000 // len(unit))
        twice = once * 2
        t1 = t2 = float("inf")
        for _ in range(tries):
            t1 = min(t1, seconds(partial(work, once), 1))
            t2 = min(t2, seconds(partial(work, twice), 1))
        # Below twenty milliseconds the clock decides, not the text.
        growth = max(growth, t2 / t1 if t1 > 0.02 else 0.0)
        slowest = max(slowest, 1000 * t2 / (len(twice) / 1000))
    return growth, slowest


def measure() -> list[Row]:
    """Return speed on news, and the worst growth and the worst time per KB on texts made to be slow."""
    words = load_codebook().numbers
    text = news()
    read_numbers(text[:10_000], words)
    speed = len(text.encode()) / 1e6 / seconds(lambda: read_numbers(text, words))
    growth, slowest = slowness(lambda made: read_numbers(made, words), ADVERSARIAL.values())
    return [
        Row("numbers", "news text", "MB a second", speed, TARGET),
        Row("numbers", "adversarial text", "time of twice the text", growth, GROWTH),
        Row("numbers", "adversarial text", "ms per KB, the worst", slowest, SLOWEST),
    ]


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:18} {row.measure:24} {row.value:.3f}  target {row.target}")

"""Speed of reading dates: news text, and texts made to be slow.

python -m bench.speed.dates
"""

from datetime import date

from bench.accuracy.rows import Row
from bench.speed.numbers import news, seconds, slowness
from tocsin.codebook import load_codebook
from tocsin.extract.dates import read_dates

#: MB of text a second on one core, how much longer twice the text may take, and ms per KB that no text may pass.
TARGET, GROWTH, SLOWEST = 2.0, 2.5, 5.0
PUBLISHED = date(2020, 10, 7)

#: What could be slow: dense dates, words that start many rules, endless digits, marks, white space, other scripts.
ADVERSARIAL: dict[str, str] = {
    "weekdays": "Monday ",
    "years": "2020 ",
    "ranges": "from Monday to ",
    "days of a month": "the 8th, ",
    "months": "May March ",
    "distances": "two days after ",
    "weeks": "the week of the ",
    "rules": "the third Wednesday of ",
    "ordinals": "twenty first of ",
    "holidays": "christmas ",
    "the": "the ",
    "a": "a ",
    "digits": "1",
    "dashes": "1-",
    "slashes": "1/2/",
    "full stops": ".",
    "blank lines": "\n \n",
    "capitals": "İ",
}


def measure() -> list[Row]:
    """Return speed on news, and the worst growth and the worst time per KB on texts made to be slow."""
    words = load_codebook().dates
    text = news()
    read_dates(text[:10_000], words, published=PUBLISHED)
    speed = len(text.encode()) / 1e6 / seconds(lambda: read_dates(text, words, published=PUBLISHED))
    growth, slowest = slowness(lambda made: read_dates(made, words, published=PUBLISHED), ADVERSARIAL.values())
    return [
        Row("dates", "news text", "MB a second", speed, TARGET),
        Row("dates", "adversarial text", "time of twice the text", growth, GROWTH),
        Row("dates", "adversarial text", "ms per KB, the worst", slowest, SLOWEST),
    ]


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:18} {row.measure:24} {row.value:.3f}  target {row.target}")

"""Speed of reading places: news text, and texts made to be slow; opening the index.

python -m bench.speed.places
"""

from bench.accuracy.rows import Row
from bench.speed.numbers import news, seconds, slowness
from tocsin.codebook import load_codebook
from tocsin.extract.places import place_lexicon, read_places
from tocsin.gazetteer import open_gazetteer

#: MB of text a second on one core, and how much longer twice the text may take.
TARGET, GROWTH = 1.0, 2.5
#: No text may take longer than this, in ms per KB, and the index no longer to open, in ms.
SLOWEST, OPENED = 5.0, 100.0

#: What could be slow: endless capitals, names, containers, initials, datelines, other scripts.
ADVERSARIAL: dict[str, str] = {
    "capitals": "A",
    "capital words": "Aa ",
    "one name": "Paris ",
    "names": "Paris Brest Springfield San Jose Tripoli ",
    "containers": "Paris, Texas, ",
    "namesakes": "Springfield, Washington, Franklin, Clinton, Georgetown, San José, Santa Rosa, ",
    "initials": "A.B.C.",
    "abbreviations": "St. St. St. ",
    "connectors": "Rio de la ",
    "in": "in the ",
    "in a name": "in Brest in ",
    "villages": "the village of Xyzvillage ",
    "datelines": "MINSK, ",
    "new lines": "MINSK\n",
    "brackets": "Paris (",
    "apostrophes": "d'A'",
    "possessives": "Paris's ",
    "hyphens": "Stratford-upon-",
    "peoples": "French ",
    "lower case": "the new york of the south africa ",
    "no space": "aB",
    "other letters": "İÄß",
    "white space": " \n\t",
    "persons": "John Paris Mary London ",
}


def measure() -> list[Row]:
    """Return speed on news, growth and the worst time per KB on texts made to be slow, and time to open the index."""
    index = open_gazetteer()
    opened = seconds(open_gazetteer)
    words = load_codebook().places
    text = news()
    documents = [piece for piece in text.split("\n\n") if piece]
    lexicon = place_lexicon(words, index)
    speed = len(text.encode()) / 1e6 / seconds(lambda: [read_places(one, lexicon) for one in documents])
    growth, slowest = slowness(lambda made: read_places(made, lexicon), ADVERSARIAL.values())
    return [
        Row("places", "news text", "MB a second", speed, TARGET),
        Row("places", "adversarial text", "time of twice the text", growth, GROWTH),
        Row("places", "adversarial text", "ms per KB, the worst", slowest, SLOWEST),
        Row("places", "index", "ms to open", 1000 * opened, OPENED),
    ]


if __name__ == "__main__":
    for row in measure():
        print(f"{row.data:18} {row.measure:24} {row.value:.3f}  target {row.target}")

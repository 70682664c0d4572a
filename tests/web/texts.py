"""Texts in six scripts, read from either side, with emoji of one, two and seven code points, and a document of them."""

from datetime import date
from random import Random

from tocsin.datamodel import (
    Actor,
    Claim,
    CodedDocument,
    DateRange,
    Document,
    Evidence,
    Mention,
    Place,
    Span,
    Speaker,
)

#: Words of each script, with what trips a count of characters: marks that combine, joiners, letters of other planes.
SCRIPTS = {
    "latin": ["miners", "walked", "out", "cafe\u0301", "4,000", "naïve", "𝔘nion", "\ufb01ne"],
    "cyrillic": ["шахтёры", "вышли", "на", "площадь", "й", "Солигорск"],
    "arabic": ["عمّال", "المناجم", "٤٠٠", "أضربوا", "\u200fفي", "بيروت"],
    "hebrew": ["פועלים", "שָׁבְתוּ", "400", "חיפה"],
    "devanagari": ["मज़दूरों", "ने", "हड़ताल", "४००", "क्षत्रिय"],
    "han": ["矿工", "罢工", "𠮷野家", "四百", "。"],
}
EMOJI = ["😀", "👩‍👩‍👧‍👦", "🇧🇾", "✊🏽", "\u2764\ufe0f", "\U0001f9d1\u200d\U0001f3ed"]
SPACES = [" ", " ", " ", "\n", "\n\n", "\t", "\u00a0", "\r\n", "\u2028", ""]


def mixed_text(length: int, seed: int = 7) -> str:
    """Return a text of about `length` code points in which all scripts, emoji and kinds of white space meet."""
    random = Random(seed)
    words = [word for script in SCRIPTS.values() for word in script]
    parts: list[str] = []
    size = 0
    while size < length:
        script = random.choice(list(SCRIPTS.values()))
        for _ in range(random.randrange(1, 9)):
            word = random.choice(EMOJI if random.random() < 0.12 else words if random.random() < 0.1 else script)
            parts += [word, random.choice(SPACES)]
            size += len(parts[-1]) + len(word)
    return "".join(parts)


def document_of(text: str, *, name: str = "mixed", mentions: int = 1, publisher: str = "Free Radio") -> CodedDocument:
    """Return a document of a text with mentions on words of it, six spans each, some within others.

    Args:
        text: at least 60 code points for each mention.
        name: id of the document.
        mentions: how many, spread evenly.
        publisher: the outlet.
    """
    document = Document(name, text, "A document", publisher, date(2020, 9, 15))
    wide = len(text) // mentions
    return CodedDocument(document, tuple(_mention(text, n * wide, min(wide, 160), n) for n in range(mentions)))


def _mention(text: str, start: int, wide: int, number: int) -> Mention:
    def span(at: int, length: int) -> Span:
        return Span.of(text, start + at, start + at + length)

    claim = Claim("participants", 400 + number, None, True, None, span(4, 14), (Speaker(span(20, 8), "union"),))
    return Mention(
        f"m{number}",
        "strike" if number % 2 else "demonstration",
        None,
        "occurred",
        "single",
        DateRange(date(2020, 9, 14), date(2020, 9, 14), "day", "relative"),
        (Place(span(10, 6), "Salihorsk", "BY", "Minsk", 52.8, 27.5),),
        (Actor("participant", span(4, 10)),),
        (claim,),
        (span(26, 12),),
        (),
        None,
        None,
        (Evidence(span(0, wide), span(30, 6)),),
    )

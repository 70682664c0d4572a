"""500 names of people who are in no office, in many forms, planted wherever a record can hold a name."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

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
from tocsin.export.private.tokens import fold

#: Given names and surnames by culture; each given name meets some surnames of its own culture.
CULTURES = {
    "Slavic": ("Vasilina Yaroslava Bogumil Radoslav Miroslava", "Karpovich Wójcicki Černáková Dragomirova Lytvynenko"),
    "Cyrillic": ("Ольга Светлана Тарас", "Карповіч Литвиненко Драгомирова"),
    "Arabic": ("Marwan Ruqayya Tariq Zaynab", "al-Hamdani Abu-Shawish bin-Qasim el-Tantawy"),
    "Persian": ("Golnaz Siavash Parisa", "Mohebbi-Tabrizi Kermanshahi Zandipour"),
    "Turkic": ("Gülbahar Çağatay Ayşegül", "Yıldırımoğlu Özçelik Kılıçdağı"),
    "African": ("Chukwuemeka Wanjiru Thandeka Abebech", "Okonkwo-Eze Gĩthaiga Mkhwanazi Tessemawork"),
    "WordNames": ("Blessing Goodluck Precious Lovemore", "Adegboyega Mutasa-Nkomo Chirisa Oyelaran"),
    "Hispanic": ("Guadalupe Íñigo Xiomara", "Etxeberria Quispe-Huamán Villaseñor"),
    "Lusophone": ("Thiago Conceição", "d'Albuquerque Guimarães"),
    "French": ("Maëlys Aurélien", "L'Hermitte Bourguignon"),
    "Germanic": ("Heidrun Joost Ásgeir", "Schüttelkopf Vandenbroucke Þorvaldsdóttir"),
    "Celtic": ("Caoimhe Ruaridh", "O'Shaughnessy MacGilleathain"),
    "Indian": ("Lakshmi Venkatesh Harpreet", "Subramaniam Mukhopadhyay Dhillon-Gill"),
    "Chinese": ("Xiaoling Zhiqiang", "Ouyang Zhuge"),
    "Korean": ("Ji-hyeon Seung-woo", "Namgung Hwangbo"),
    "Vietnamese": ("Hương Thảo", "Nguyễn-Phước Trịnh"),
    "Burmese": ("Khaing Thiri", "Htwe-Aung Zarni"),
    "Georgian": ("Nino-Mariam Vakhtang", "Gvaramadze Kobalia"),
    "Kurdish": ("Rojîn Şivan", "Demirtaşoğlu Barzanjî"),
    "Scripts": ("李小龙 محمود გიორგი अनीता", "欧阳娜 الحمداني კობალია मुखोपाध्याय"),
    "Pacific": ("Tāwhirimātea Leilani", "Ngatokowhā Kealoha"),
    "Jewish": ("Yehudit Shimshon", "Ben-Yitzhak Rabinowicz"),
}  # fmt: skip
#: Letters with the marks that stand above and below them.
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0900-\u097f])+")
FORMS = ("plain", "initials", "particle", "caps", "plainer", "middle", "double", "title")


@dataclass(frozen=True)
class Planted:
    """One name: as the documents have it, and what of it must stand nowhere."""

    given: str
    full: str
    surname: str
    form: str

    @property
    def parts(self) -> tuple[str, ...]:
        """Folded parts of it that no other words of the documents have: those of four letters and more, or all."""
        parts = [fold(word) for word in WORD.findall(f"{self.given} {self.surname}")]
        return tuple(part for part in parts if len(part) > 3) or tuple(parts)


def planted_names(count: int = 500) -> list[Planted]:
    """Return names, the same each time."""
    pairs = []
    for givens, surnames in CULTURES.values():
        pairs += [(given, surname) for given in givens.split() for surname in surnames.split()]
    made: dict[str, Planted] = {}
    turn = 0
    while len(made) < count:
        for given, surname in pairs:
            form = FORMS[turn % len(FORMS)]
            turn += 1
            one = _formed(given, surname, form)
            made.setdefault(one.full, one)
    return list(made.values())[:count]


def _formed(given: str, surname: str, form: str) -> Planted:
    match form:
        case "initials":
            return Planted(given, f"{given[0]}. {surname[-1].upper()}. {surname}", surname, form)
        case "particle":
            return Planted(given, f"{given} van der {surname}", surname, form)
        case "caps":
            return Planted(given, f"{given} {surname.upper()}", surname.upper(), form)
        case "plainer":
            return Planted(given, f"{_bare(given)} {_bare(surname)}", _bare(surname), form)
        case "middle":
            return Planted(given, f"{given} Q. {surname}", surname, form)
        case "double":
            return Planted(given, f"{given}-{given[:4]}e {surname}", surname, form)
        case "title":
            return Planted(given, f"Dr. {given} {surname}", surname, form)
        case _:
            return Planted(given, f"{given} {surname}", surname, form)


def _bare(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))


def planted_document(name: Planted, number: int) -> CodedDocument:
    """Return a document with the name in its text, quotes, title, address, file name and publisher."""
    full, last = name.full, name.surname
    slug = full.lower().replace(" ", "-")
    text = (
        f"MINSK, Aug. 17 — Police detained {full} and 14 others outside the Central Court on Sunday, "
        f"{last}'s lawyer said.\n"
        f"“They came at night,” said {last}, who lives at {number % 90 + 1} {last} Street; “{full} is free,” read "
        "a banner.\n"
        f"FREE {full.upper()} NOW, demanded workers of the Harbour Factory, and others wrote #Free{last} "
        f"at https://example.org/{slug} or to {_mail(last)}.\n"
        f"President Alexander Karpenko and police spokeswoman Olga Demchuk said the release of {full} was not planned."
    )
    if number % 5 == 0:
        text += f"\nAccording to the strike committee, {last} was beaten in {last}'s own flat in Brest."

    def span(words: str) -> Span:
        return Span.find(text, words)

    evidence = []
    at = 0
    for line in text.split("\n"):
        sentence = Span.of(text, at, at + len(line))
        evidence.append(Evidence(sentence, Span.of(text, at, at + len(line.split()[0]))))
        at += len(line) + 1
    lawyer = Speaker(span(f"{last}'s lawyer"), "other")
    mention = Mention(
        id="m1",
        type=("detention", "demonstration", "strike", "force", "sentence", "killing")[number % 6],
        form=None,
        modality="occurred",
        scope="single",
        date=DateRange(date(2020, 8, 16), date(2020, 8, 16), "day", "relative"),
        places=(
            Place(span("MINSK"), "Minsk", "BY", "Minsk City", 53.9123, 27.5871, 625144),
            Place(None, f"house of {full}", "BY", None, 53.91234, 27.58765, None),
        ),
        actors=(Actor("target", span(full)), Actor("participant", span("workers of the Harbour Factory"))),
        claims=(
            Claim("affected", 15, 15, False, None, span(f"{full} and 14 others"), (lawyer,)),
            Claim("participants", 400, 400, True, None, span(full), (Speaker(span(last), "participant"),)),
        ),
        demands=(span(f"the release of {full}"),),
        means=(),
        context=None,
        event=None,
        evidence=tuple(evidence),
    )
    document = Document(
        id=f"reports/{slug}-{number}.html",
        text=text,
        title=f"{full} held as {last} protests" if number % 2 else f"POLICE HOLD {full.upper()}",
        publisher=f"{full}'s channel" if number % 7 == 0 else "Harbour Post" if number % 2 else "Free Radio",
        published=date(2020, 8, 17),
        author=full,
        language="en",
        url=f"https://example.org/2020/{slug}-{number}",
        licence=f"with thanks to {full}" if number % 11 == 0 else "CC BY 4.0",
    )
    return CodedDocument(document, (mention,))


def _mail(last: str) -> str:
    return "".join(char for char in _bare(last).lower() if char.isalnum() and char.isascii()) + "@example.org"

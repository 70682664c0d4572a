"""Documents, events and figures made from a few words."""

from datetime import date

from tocsin.datamodel import CodedDocument, DateRange, Document, Event, Evidence, Figure, Mention, Span


def told(name: str, day: date | None, *, publisher: str = "Wire", kind: str = "demonstration") -> CodedDocument:
    """Return a document with one mention, whose id is the document's, on a day."""
    text = f"People marched in {name}."
    evidence = Evidence(Span.find(text, text), Span.find(text, "marched"))
    days = DateRange(day, day, "day", "stated") if day else DateRange()
    mention = Mention(name, kind, None, "occurred", "single", days, (), (), (), (), (), None, None, (evidence,))
    return CodedDocument(Document(name, text, publisher=publisher, title=name, published=day), (mention,))


def event_of(*documents: CodedDocument, figure: Figure | None = None, modality: str = "occurred") -> Event:
    """Return the event that the mentions of some documents tell."""
    first = documents[0].mentions[0]
    names = tuple(mention.id for one in documents for mention in one.mentions)
    figures = (figure,) if figure else ()
    return Event(f"e-{first.id}", first.type, "single", modality, first.date, (), names, (), None, figures)


def people(low: int | None, best: int | None, high: int | None, voices: int = 1) -> Figure:
    """Return a figure of participants."""
    return Figure("participants", None, low, best, high, voices, "median of voices")

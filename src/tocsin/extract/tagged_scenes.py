"""The day and place that a happening takes over from what else is told, as the tagger links happenings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tocsin.datamodel import DateRange, Document
from tocsin.extract.drafts import Draft
from tocsin.extract.happening_places import without_quotes
from tocsin.extract.readings import Readings
from tocsin.extract.scenes import as_taken_over, day_told_before, place_told_before, same_paragraph
from tocsin.extract.tagged import TaggedDocument

# Score from which two happenings are taken to be at one place; chosen on the development set with the other thresholds
# of the tagger. What it finds of one day was of no use (docs/model-experiments.md).
THERE = 0.90


@dataclass(frozen=True, slots=True)
class Wants:
    """What a draft takes over where its own sentences tell none."""

    day: bool
    place: bool


def take_over(
    document: Document, drafts: Sequence[Draft], wants: Sequence[Wants], tagged: TaggedDocument, readings: Readings
) -> tuple[Draft, ...]:
    """Return the drafts with the days and places that they take over.

    The day is the one that the paragraph told last, else one told before in the text. The place is that of a happening
    which the tagger is sure to be at the same place, else the first one that the paragraph names, else the one that the
    text starts from. On the coded documents, with all else given, the paragraph before the text makes 70 % of the days
    right (the text alone 65 to 68 %), and for places 69 to 71 % (the text alone 53 to 69 %).

    Args:
        document: the text and its day of publication.
        drafts: its happenings with the days and places of their own sentences.
        wants: what each takes over.
        tagged: what the tagger reads off the text.
        readings: what the resolvers read in it.
    """
    spans = [draft.tellings[0].trigger.span for draft in drafts]
    there = _mutual(tagged.links_of("there", spans, spans))
    found: list[Draft] = []
    for at, (draft, want) in enumerate(zip(drafts, wants, strict=True)):
        if want.day and not (draft.date.start or draft.date.end):
            draft = replace(draft, date=_day(document, draft, found, readings))
        if want.place and not draft.places:
            score, i = max(((there[at][i], -i) for i, d in enumerate(drafts) if d.places), default=(0.0, 0))
            places = drafts[-i].places if score >= THERE else place_told_before(document.text, draft, readings)
            draft = replace(draft, places=without_quotes(places))
        found.append(draft)
    return tuple(found)


def _day(document: Document, draft: Draft, told: Sequence[Draft], readings: Readings) -> DateRange:
    """Return the day that a draft takes over; `told` are those before it with the days that they took over."""
    beside = [d for d in told if _gives_day(d) and same_paragraph(document.text, d, draft.tellings[0].sentence)]
    return as_taken_over(beside[-1].date) if beside else day_told_before(document, draft, readings)


def _gives_day(draft: Draft) -> bool:
    return draft.date.start is not None and draft.scope == "single" and draft.modality in ("occurred", "ongoing")


def _mutual(scores: list[list[float]]) -> list[list[float]]:
    """Return the mean of the scores in both directions."""
    return [[(score + scores[j][i]) / 2 for j, score in enumerate(row)] for i, row in enumerate(scores)]

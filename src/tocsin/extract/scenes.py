"""The day and place that a sentence without its own takes over from what was told before."""

from collections import Counter
from collections.abc import Sequence

from tocsin.datamodel import DateRange, Span
from tocsin.extract.drafts import Draft
from tocsin.extract.happening_places import carries_over
from tocsin.extract.place_lexicon import PlaceLexicon

#: Types that happen where and when the protest or clash does: only these take their day from another sentence. On the
#: coded training documents an undated sentence about one of them has the day told last in 216 of 474 cases (no day in
#: 162), about any other type in 155 of 1,178 (no day in 835).
ON_THE_SPOT = frozenset(("demonstration", "detention", "force", "killing", "riot", "attack", "raid"))
#: Types that make the scene which those happen in.
_SCENES = frozenset(("demonstration", "strike", "riot", "force", "detention", "killing", "attack", "other_protest"))


def day_of_scene(text: str, sentence: Span, told: Sequence[Draft]) -> DateRange:
    """Return the day that a happening whose sentence has none takes over, basis "context"; empty where it takes none.

    It is that of what its paragraph told last; a new paragraph goes on with the day that the text has told most of,
    the earlier one of two told equally often, since a report comes back to its subject after each aside.

    Args:
        text: of the document.
        sentence: the first that tells of it.
        told: the happenings before it.
    """
    scenes = [
        draft
        for draft in told
        if draft.type in _SCENES
        and draft.modality in ("occurred", "ongoing")
        and draft.date.start
        and draft.date.precision == "day"
    ]
    beside = [draft for draft in scenes if _same_paragraph(text, draft, sentence)]
    if beside:
        return _taken_over(beside[-1].date)
    often = Counter(draft.date.start for draft in scenes).most_common(1)
    return next((_taken_over(d.date) for d in scenes if d.date.start == often[0][0]), DateRange())


def takes_place_over(text: str, draft: Draft, told: Sequence[Draft], lexicon: PlaceLexicon) -> bool:
    """Return whether a happening whose sentences name no place takes over that which the document starts from.

    Args:
        text: of the document.
        draft: the happening, its type, modality and scope known.
        told: the happenings before it.
        lexicon: tells which types take a place over.
    """
    sentence = draft.tellings[0].sentence
    beside = any(d.places and _same_paragraph(text, d, sentence) for d in told)
    return carries_over(lexicon, type_name=draft.type, scope=draft.scope, modality=draft.modality, beside_placed=beside)


def _same_paragraph(text: str, draft: Draft, sentence: Span) -> bool:
    return "\n" not in text[draft.tellings[0].sentence.end : sentence.start]


def _taken_over(days: DateRange) -> DateRange:
    return DateRange(days.start, days.end or days.start, days.precision, "context")

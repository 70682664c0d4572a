"""Document to mentions: the steps of extraction, joined.

1. sentences and their words                                     sentences, triggers
2. what may name a happening in each, and whether the text is
   about contention at all; where words leave that open, what
   the tagger says of the most telling sentences                 triggers, scope, first_look
3. numbers, dates, places and speakers of the whole text         readings (numbers, dates, places, speakers)
4. happenings: which sentences tell of the same one, and its
   days, places, actors, claims, modality and scope              by_rules (happenings, happening_days, ...)
5. who says each value, and what weakens it                      speakers
6. which happened within or because of which                     context
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tocsin.codebook import Codebook
from tocsin.datamodel import Claim, Document, Evidence, Mention, Span
from tocsin.datamodel.ids import content_id
from tocsin.extract.by_rules import draft_by_rules
from tocsin.extract.demands import read_demands
from tocsin.extract.drafts import Draft, distinct
from tocsin.extract.first_look import is_worth_reading
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.readings import Readings, read_document
from tocsin.extract.scope import read_scope_of_text
from tocsin.extract.sentences import split_sentences
from tocsin.extract.speakers import hedge_of, speakers_of
from tocsin.extract.tokens import tokenize
from tocsin.extract.triggers import find_triggers

if TYPE_CHECKING:
    from tocsin.extract.tagger import Tagger


def extract_mentions(
    document: Document, codebook: Codebook, lexicon: PlaceLexicon, tagger: "Tagger | None" = None
) -> tuple[Mention, ...]:
    """Return the happenings that a document tells, in the order in which it tells them.

    Args:
        document: the text, its title and day of publication.
        codebook: the words of every step.
        lexicon: the place index with the words for places.
        tagger: the trained tagger, or None for rules alone.
    """
    text = document.text
    sentences = split_sentences(text)
    tokens = tuple(map(tokenize, sentences))
    triggers = [
        find_triggers(text, sentence, codebook.triggers, tokens=words)
        for sentence, words in zip(sentences, tokens, strict=True)
    ]
    title = tokenize(Span(0, len(document.title), document.title)) if document.title else None
    scope = read_scope_of_text(title, tokens, triggers, codebook.scope)
    if tagger is None:
        if not scope.holds:
            return ()
        readings = read_document(document, sentences, tokens, codebook, lexicon)
        drafts = draft_by_rules(document, readings, triggers, codebook, lexicon)
    else:
        from tocsin.extract.by_tagger import IN_SCOPE, draft_by_tagger  # numpy: not for those who use rules alone

        if not is_worth_reading(document.title, sentences, tokens, triggers, scope, codebook.scope, tagger):
            return ()
        tagged = tagger.read(text, sentences, document.title)
        if tagged.in_scope < IN_SCOPE:
            return ()
        readings = read_document(document, sentences, tokens, codebook, lexicon)
        drafts = draft_by_tagger(document, readings, triggers, tagged, codebook, lexicon)
    ids = [_id(document, draft) for draft in drafts]
    return tuple(_mention(document, draft, ids, at, readings, codebook) for at, draft in enumerate(drafts))


def _id(document: Document, draft: Draft) -> str:
    first = draft.tellings[0]
    return content_id("m", document.id, draft.type, first.sentence.start, first.trigger.span.start)


def _mention(
    document: Document, draft: Draft, ids: Sequence[str], at: int, readings: Readings, codebook: Codebook
) -> Mention:
    text = document.text
    return Mention(
        id=ids[at],
        type=draft.type,
        form=draft.form,
        modality=draft.modality,
        scope=draft.scope,
        date=draft.date,
        places=draft.places,
        actors=draft.actors,
        claims=tuple(
            _sourced(text, claim, telling.sentence, readings, codebook)
            for claim in draft.claims
            for telling in draft.tellings
            if telling.sentence.covers(claim.span)
        ),
        demands=_demands(text, draft, codebook),
        means=draft.means,
        context=None if draft.context is None else ids[draft.context],
        event=None,
        evidence=tuple(Evidence(t.sentence, t.trigger.span) for t in draft.tellings),
    )


def _sourced(text: str, claim: Claim, sentence: Span, readings: Readings, codebook: Codebook) -> Claim:
    said_by = tuple(s for s in speakers_of(claim.span, readings.attributions) if sentence.covers(s.span))
    hedge = hedge_of(text, sentence, claim.span, codebook.speakers)
    return Claim(claim.attribute, claim.low, claim.high, claim.approx, claim.unit, claim.span, said_by, hedge)


def _demands(text: str, draft: Draft, codebook: Codebook) -> tuple[Span, ...]:
    if codebook.vocabulary.types[draft.type].category not in ("protest", "labour"):
        return ()
    return distinct(d for t in draft.tellings for d in read_demands(text, t.sentence, t.trigger.span, codebook.demands))

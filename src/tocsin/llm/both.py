"""Two extractors, one coding: mentions of the same happening are matched, and where the two differ is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tocsin.datamodel import Claim, Document, Extraction, Extractor, Mention, Note
from tocsin.datamodel.extraction import (
    AGREED,
    DIFFERS,
    DISPUTED,
    FALLBACK,
    FOUND_BY,
    MODEL_ALONE,
    OFFLINE_ALONE,
)

UNION, INTERSECTION, LLM_FIRST = "union", "intersection", "llm-first"
#: What becomes of the mentions of two extractors.
POLICIES = (UNION, INTERSECTION, LLM_FIRST)


@dataclass(frozen=True, slots=True)
class Match:
    """Mentions that are one happening, by their places in the two codings; what differs: field and both values."""

    model: int
    offline: int
    differences: tuple[tuple[str, str, str], ...]


class BothExtractor:
    """Codes by a model and offline, and joins the two.

    Args:
        model, offline: the two.
        policy: "union" keeps what either finds, and of a happening that both find the values of both; "intersection"
            what both find, with the claims that both give; "llm-first" what the model finds, and the offline coding
            where the model has no answer.
        match: which mentions (the model's, the offline ones) are one happening.
        name: under which its codings are stored.
    """

    def __init__(
        self,
        model: Extractor,
        offline: Extractor,
        *,
        policy: str,
        match: Callable[[Sequence[Mention], Sequence[Mention]], Sequence[Match]],
        name: str,
    ) -> None:
        self._model = model
        self._offline = offline
        self._policy = policy
        self._match = match
        self.name = name

    def extract(self, document: Document) -> Extraction:
        """Return the joined mentions of a document, each with a note on who found it and what the other says.

        Raises:
            TocsinError: the model can be asked no more.
        """
        asked = self._model.extract(document)
        if any(note.kind == FALLBACK for note in asked.notes):
            alone = [Note(FOUND_BY, "mention", OFFLINE_ALONE, "", m.id) for m in asked.mentions]
            return Extraction(asked.mentions, (*asked.notes, *alone))
        offline = self._offline.extract(document)
        matches = self._match(asked.mentions, offline.mentions)
        ids = {offline.mentions[m.offline].id: asked.mentions[m.model].id for m in matches}
        by_model = {m.model: m for m in matches}
        kept: list[Mention] = []
        notes: list[Note] = []
        for at, mention in enumerate(asked.mentions):
            match = by_model.get(at)
            if match is None:
                if self._policy != INTERSECTION:
                    kept.append(mention)
                    notes.append(Note(FOUND_BY, "mention", MODEL_ALONE, "", mention.id))
                continue
            kept.append(self._joined(mention, offline.mentions[match.offline]))
            notes.append(Note(FOUND_BY, "mention", DISPUTED if match.differences else AGREED, "", mention.id))
            notes += [Note(DIFFERS, field, other, one, mention.id) for field, one, other in match.differences]
        if self._policy == UNION:
            alone_offline = [m for m in offline.mentions if m.id not in ids]
            kept += alone_offline
            notes += [Note(FOUND_BY, "mention", OFFLINE_ALONE, "", m.id) for m in alone_offline]
        there = {mention.id for mention in kept}
        mentions = [replace(m, context=_context(m, ids, there)) for m in kept]
        mentions.sort(key=lambda m: (m.evidence[0].sentence.start, m.evidence[0].trigger.start))
        told = tuple(note for note in asked.notes if note.mention is None or note.mention in there)
        return Extraction(tuple(mentions), (*told, *notes))

    def _joined(self, one: Mention, other: Mention) -> Mention:
        """Return a happening that both found: the model's values, and by policy those that the other has besides."""
        if self._policy == LLM_FIRST:
            return one
        if self._policy == INTERSECTION:
            theirs = {(c.attribute, c.low, c.high) for c in other.claims}
            return replace(one, claims=tuple(c for c in one.claims if (c.attribute, c.low, c.high) in theirs))
        return replace(
            one,
            date=one.date if one.date.start or one.date.end else other.date,
            places=one.places or other.places,
            actors=one.actors or other.actors,
            claims=one.claims + tuple(c for c in other.claims if not any(_is_told(c, ours) for ours in one.claims)),
            demands=one.demands or other.demands,
            evidence=tuple(sorted({*one.evidence, *other.evidence}, key=lambda e: (e.sentence, e.trigger))),
        )


def _context(mention: Mention, ids: dict[str, str], there: set[str]) -> str | None:
    context = ids.get(mention.context or "", mention.context)
    return context if context in there and context != mention.id else None


def _is_told(claim: Claim, ours: Claim) -> bool:
    """Whether a claim is told already: the same value, or another reading of the same words."""
    same = (claim.low, claim.high) == (ours.low, ours.high) or claim.span.overlaps(ours.span)
    return claim.attribute == ours.attribute and same

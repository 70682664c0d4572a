"""Happenings by the trained tagger: what names them, what belongs to them, which sentences tell of the same one.

The tagger only points at words. What the words mean is read by the same resolvers as with rules alone: numbers,
dates, places. Where it points at nothing, the rules answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import sqrt

from tocsin.codebook import Codebook
from tocsin.datamodel import Actor, Claim, DateRange, Document, NumberReading, Place
from tocsin.extract.by_rules import people_told, places_told
from tocsin.extract.claims import attribute_of, claim_of
from tocsin.extract.drafts import Draft, distinct
from tocsin.extract.happening_days import happening_days
from tocsin.extract.happening_places import running_places
from tocsin.extract.happenings import Telling
from tocsin.extract.means import read_means
from tocsin.extract.numbers import currency_in
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.readings import Readings
from tocsin.extract.scenes import place_of_scene
from tocsin.extract.tagged import TaggedDocument, TaggedTrigger
from tocsin.extract.triggers import Trigger

# Scores from which a thing counts, chosen on the development set (docs/model-experiments.md); to be chosen again when
# the model changes.
IN_SCOPE = 0.30
TRIGGER = 0.45
LISTED = 0.30
SAME = 0.50
CLAIM = 0.40
PLACE = 0.40
ACTOR = 0.40
DATE = 0.35
CONTEXT = 0.30
#: Kinds of numbers that can be claims.
CLAIMABLE = frozenset(("count", "money", "duration", "term", "ordinal", "weight", "volume", "power", "area", "percent"))


def draft_by_tagger(
    document: Document,
    readings: Readings,
    triggers: Sequence[Sequence[Trigger]],
    tagged: TaggedDocument,
    codebook: Codebook,
    lexicon: PlaceLexicon,
) -> tuple[Draft, ...]:
    """Return the happenings of a document as the tagger points at them.

    Args:
        document: the text and its day of publication.
        readings: what the resolvers read in it.
        triggers: what may name a happening by the word lists, by sentence.
        tagged: what the tagger reads off it.
        codebook: the words of every step.
        lexicon: the words for places.
    """
    groups = _groups(tagged, triggers)
    tellings = [_tellings(group, tagged, readings) for group in groups]
    claims = _claims(document, readings, tagged, tellings, codebook)
    drafts: list[Draft] = []
    for at, group in enumerate(groups):
        drafts.append(_draft(document, readings, tagged, group, tellings[at], claims[at], drafts, codebook, lexicon))
    return _with_contexts(drafts, groups, tagged)


def _groups(tagged: TaggedDocument, triggers: Sequence[Sequence[Trigger]]) -> list[list[int]]:
    """Return the triggers of each happening by their numbers, in the order of the text.

    A trigger that the word lists find too needs less of a score.
    """
    same = {(p.first, p.second): p.score for p in tagged.pairs if p.relation == "same"}
    groups: list[list[int]] = []
    for i, trigger in enumerate(tagged.triggers):
        listed = any(t.type == trigger.type for t in triggers[trigger.sentence])
        if _score(trigger, tagged) < (LISTED if listed else TRIGGER):
            continue
        scored = [
            (sum(same.get((i, j), 0.0) + same.get((j, i), 0.0) for j in group) / (2 * len(group)), -at)
            for at, group in enumerate(groups)
            if tagged.triggers[group[0]].type == trigger.type
        ]
        best, home = max(scored, default=(0.0, 0))
        if best >= SAME:
            groups[-home].append(i)
        else:
            groups.append([i])
    return groups


def _score(trigger: TaggedTrigger, tagged: TaggedDocument) -> float:
    """Return the mean (geometric) of what the trigger's words and its whole sentence say of its type."""
    return sqrt(trigger.score * tagged.sentences[trigger.sentence].types[trigger.type])


def _tellings(group: Sequence[int], tagged: TaggedDocument, readings: Readings) -> tuple[Telling, ...]:
    """Return one telling a sentence, by its likeliest trigger."""
    best: dict[int, TaggedTrigger] = {}
    for trigger in (tagged.triggers[i] for i in group):
        known = best.get(trigger.sentence)
        if known is None or trigger.score > known.score:
            best[trigger.sentence] = trigger
    kind = tagged.triggers[group[0]].type
    return tuple(
        Telling(
            index,
            readings.sentences[index],
            Trigger(trigger.span, kind, True, f"tagger {trigger.score:.2f}"),
            dated=False,
            counted=False,
        )
        for index, trigger in sorted(best.items())
    )


def _likeliest(rows: Sequence[Mapping[str, float]]) -> str:
    return max(rows[0], key=lambda label: sum(row[label] for row in rows))


def _claims(
    document: Document,
    readings: Readings,
    tagged: TaggedDocument,
    tellings: Sequence[tuple[Telling, ...]],
    codebook: Codebook,
) -> list[list[Claim]]:
    """Return the claims of each happening: every number goes to the one that the tagger links it to best."""
    home = next((p.country for p in running_places(readings.places)), "")
    sources = [(at, telling) for at, group in enumerate(tellings) for telling in group]
    numbers = [n for n in readings.counts() if n.kind in CLAIMABLE and (n.low is not None or n.high is not None)]
    scores = tagged.links_of("claim", [t.trigger.span for _, t in sources], [n.span for n in numbers])
    found: list[list[Claim]] = [[] for _ in tellings]
    for column, number in enumerate(numbers):
        options = [(scores[row][column], -row) for row, (_, t) in enumerate(sources) if t.sentence.covers(number.span)]
        score, row = max(options, default=(0.0, 0))
        if score < CLAIM:
            continue
        at, telling = sources[-row]
        attribute = _attribute(number, telling, readings, tagged, codebook)
        if attribute is not None:
            claim = claim_of(document.text, number, attribute, lambda n: currency_in(n, home, codebook.numbers))
            found[at].append(claim)
    return found


def _attribute(
    number: NumberReading, telling: Telling, readings: Readings, tagged: TaggedDocument, codebook: Codebook
) -> str | None:
    labels = [v for v in tagged.values if v.kind == "claim" and v.span.overlaps(number.span)]
    if labels:
        return max(labels, key=lambda value: value.score).label
    tokens = readings.tokens[telling.index]
    return attribute_of(number, telling.trigger, tokens, [telling.trigger], codebook.claims)


def _draft(
    document: Document,
    readings: Readings,
    tagged: TaggedDocument,
    group: Sequence[int],
    tellings: tuple[Telling, ...],
    claims: list[Claim],
    told: Sequence[Draft],
    codebook: Codebook,
    lexicon: PlaceLexicon,
) -> Draft:
    text, kind = document.text, tellings[0].trigger.type
    triggers = [tagged.triggers[i] for i in group]
    actors = _actors(tagged, group, tellings)
    form = _likeliest([t.form for t in triggers])
    draft = Draft(
        tellings,
        modality=_likeliest([t.modality for t in triggers]),
        scope=_likeliest([t.scope for t in triggers]),
        form=form if form in codebook.vocabulary.types[kind].forms else None,
        date=DateRange(),
        places=_places(text, readings, tagged, tellings, lexicon),
        actors=actors,
        claims=(*claims, *people_told(text, kind, actors, claims, codebook)),
        means=distinct(m for t in tellings for m in read_means(text, t.sentence, kind, codebook.means)),
    )
    return replace(
        draft,
        date=_days(document, readings, tagged, draft, told),
        places=draft.places or place_of_scene(text, draft, told, readings, lexicon),
    )


def _actors(tagged: TaggedDocument, group: Sequence[int], tellings: Sequence[Telling]) -> tuple[Actor, ...]:
    best: dict[int, tuple[float, str]] = {}
    for link in tagged.links:
        value = tagged.values[link.value]
        linked = link.source in group and value.kind == "actor" and link.relation == value.label
        if linked and link.score >= ACTOR and any(t.sentence.covers(value.span) for t in tellings):
            best[link.value] = max(best.get(link.value, (0.0, "")), (link.score * value.score, value.label))
    return distinct(Actor(label, tagged.values[i].span) for i, (_, label) in sorted(best.items()))


def _places(
    text: str,
    readings: Readings,
    tagged: TaggedDocument,
    tellings: Sequence[Telling],
    lexicon: PlaceLexicon,
) -> tuple[Place, ...]:
    """Return the places of a happening's sentences that the tagger links to it, without those that only contain one."""
    for telling in tellings:
        inside = [r for r in readings.places if telling.sentence.covers(r.span) and r.kind != "demonym"]
        scores = tagged.links_of("place", [telling.trigger.span], [r.span for r in inside])[0]
        linked = [r for r, score in zip(inside, scores, strict=True) if score >= PLACE]
        places = places_told(text, [telling], linked, readings, lexicon)
        if places:
            return places
    return ()


def _days(
    document: Document, readings: Readings, tagged: TaggedDocument, draft: Draft, told: Sequence[Draft]
) -> DateRange:
    """Return the days of the time expression that the tagger links best, else what the rules say."""
    dated = [
        d for d in readings.dates if d.kind in ("date", "span", "since", "until") and (d.range.start or d.range.end)
    ]
    scores = tagged.links_of("date", [t.trigger.span for t in draft.tellings], [d.span for d in dated])
    best, row, column = max(
        ((score, -r, -c) for r, line in enumerate(scores) for c, score in enumerate(line)), default=(0.0, 0, 0)
    )
    if best < DATE:
        return DateRange()
    reading = dated[-column]
    sentence = next(s for s in readings.sentences if s.covers(reading.span))
    own = any(t.sentence == sentence for t in draft.tellings)
    days = happening_days(
        document.text,
        [reading],
        sentence=sentence,
        trigger=draft.tellings[-row].trigger.span,
        published=document.published,
        before=None,
        modality_hint=draft.modality if draft.scope == "single" else draft.scope,
    )
    return days if own else replace(days, basis="context")


def _with_contexts(
    drafts: Sequence[Draft], groups: Sequence[Sequence[int]], tagged: TaggedDocument
) -> tuple[Draft, ...]:
    of = {trigger: at for at, group in enumerate(groups) for trigger in group}
    best: dict[int, tuple[float, int]] = {}
    for pair in tagged.pairs:
        if pair.relation != "context" or pair.score < CONTEXT or pair.first not in of or pair.second not in of:
            continue
        first, second = of[pair.first], of[pair.second]
        if first != second:
            best[first] = max(best.get(first, (0.0, 0)), (pair.score, second))
    return tuple(replace(draft, context=best[at][1]) if at in best else draft for at, draft in enumerate(drafts))

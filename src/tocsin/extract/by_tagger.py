"""Happenings by the trained tagger: what names them, what belongs to them, which sentences tell of the same one.

The tagger only points at words. What the words mean is read by the same resolvers as with rules alone: numbers,
dates, places. Words of the trigger lists that the tagger does not point at count where it finds their sentence likely.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tocsin.codebook import Codebook
from tocsin.codebook.numbers import NumberWords
from tocsin.datamodel import Actor, Claim, DateRange, Document, NumberReading, Place
from tocsin.extract.actors import read_actors
from tocsin.extract.by_rules import days_told, people_told, places_told
from tocsin.extract.claims import attribute_labelled, attribute_of, claim_of
from tocsin.extract.drafts import Draft, distinct
from tocsin.extract.forms import read_form
from tocsin.extract.happening_days import happening_days
from tocsin.extract.happening_places import running_places
from tocsin.extract.happenings import Telling
from tocsin.extract.means import read_means
from tocsin.extract.modality import clause_of, read_modality, read_scope
from tocsin.extract.numbers import currency_in
from tocsin.extract.place_lexicon import PlaceLexicon
from tocsin.extract.readings import Readings
from tocsin.extract.scenes import takes_place_over
from tocsin.extract.tagged import TaggedDocument, TaggedTrigger
from tocsin.extract.tagged_scenes import Wants, take_over
from tocsin.extract.triggers import Trigger

# Scores from which a thing counts, chosen on the development set (docs/model-experiments.md); to be chosen again when
# the model changes.
IN_SCOPE = 0.40  # the document tells of anything at all
TRIGGER, LISTED = 0.45, 0.25  # words that the tagger points at; those that the word lists have too
STRONG, WEAK = 0.01, 0.20  # the sentence, for words of the lists alone
SAME = 0.35  # two triggers tell of one happening
CLAIM, SHARED = 0.15, 0.60  # a number belongs to a happening; to a further one of its sentence
PLACE, ACTOR = 0.30, 0.15
DATE, DATE_ELSEWHERE = 0.70, 0.50  # a date of its sentence, before what the rules say; one elsewhere, where it has none
CONTEXT = 0.30
UNPLACED = 0.50  # no place is told: what only the rules find in the sentence is dropped
DAY_OVER = 0.00  # how much likelier a day is taken over than none, to take one over
PLACE_OVER = 0.50  # below this probability of none a place is taken over
#: What the words of a trigger weigh against their whole sentence, as exponents.
WORDS = 0.65
#: Kinds of numbers that can be claims.
CLAIMABLE = frozenset(("count", "money", "duration", "term", "ordinal", "weight", "volume", "power", "area", "percent"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words taken to name a happening.

    Attributes:
        trigger: the words.
        sentence: index of their sentence.
        tagged: what the tagger says of them; None where only the word lists find them.
    """

    trigger: Trigger
    sentence: int
    tagged: TaggedTrigger | None


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
    groups = _groups(_candidates(tagged, triggers), tagged)
    tellings = [_tellings(group, readings) for group in groups]
    claims = _claims(document, readings, tagged, tellings, codebook)
    drafts: list[Draft] = []
    wants: list[Wants] = []
    for at, group in enumerate(groups):
        draft, want = _draft(document, readings, tagged, group, tellings[at], claims[at], drafts, codebook, lexicon)
        drafts.append(draft)
        wants.append(want)
    return _with_contexts(take_over(document, drafts, wants, tagged, readings), tagged)


def _candidates(tagged: TaggedDocument, triggers: Sequence[Sequence[Trigger]]) -> list[Candidate]:
    """Return what names happenings, in the order of the text.

    A trigger of the tagger that the word lists find too needs less of a score. A trigger of the lists alone needs a
    sentence that the tagger finds likely for its type.
    """
    found = []
    for pointed in tagged.triggers:
        listed = any(t.type == pointed.type for t in triggers[pointed.sentence])
        likely = tagged.sentences[pointed.sentence].types[pointed.type]
        score = pointed.score**WORDS * likely ** (1 - WORDS)
        if score >= (LISTED if listed else TRIGGER):
            trigger = Trigger(pointed.span, pointed.type, True, f"tagger {score:.2f}")
            found.append(Candidate(trigger, pointed.sentence, pointed))
    pointed_at = {(c.sentence, c.trigger.type) for c in found}
    for index, listed_here in enumerate(triggers):
        of_type = tagged.sentences[index].types
        for kind in sorted({t.type for t in listed_here}):
            best = min((t for t in listed_here if t.type == kind), key=lambda t: (not t.strong, t.span.start))
            if (index, kind) not in pointed_at and of_type.get(kind, 0.0) >= (STRONG if best.strong else WEAK):
                found.append(Candidate(best, index, None))
    return sorted(found, key=lambda c: (c.trigger.span.start, c.trigger.span.end, c.trigger.type))


def _groups(candidates: Sequence[Candidate], tagged: TaggedDocument) -> list[list[Candidate]]:
    """Return the candidates of each happening: one joins the earlier ones of its type that it is likeliest one with.

    Two of one type in one sentence are always one: on the development set that was right far more often than what
    the tagger says of them (mention F1 0.68 against 0.61).
    """
    spans = [c.trigger.span for c in candidates]
    same = tagged.links_of("same", spans, spans)
    groups: list[list[int]] = []
    for i, candidate in enumerate(candidates):
        scored = []
        for at, group in enumerate(groups):
            if candidates[group[0]].trigger.type == candidate.trigger.type:
                together = any(candidates[j].sentence == candidate.sentence for j in group)
                likely = sum(same[i][j] + same[j][i] for j in group) / (2 * len(group))
                scored.append((1.0 if together else likely, -at))
        best, home = max(scored, default=(0.0, 0))
        if best >= SAME:
            groups[-home].append(i)
        else:
            groups.append([i])
    return [[candidates[i] for i in group] for group in groups]


def _tellings(group: Sequence[Candidate], readings: Readings) -> tuple[Telling, ...]:
    """Return one telling a sentence, by its likeliest trigger."""
    best: dict[int, Candidate] = {}
    for candidate in group:
        known = best.get(candidate.sentence)
        if known is None or _score(candidate) > _score(known):
            best[candidate.sentence] = candidate
    return tuple(
        Telling(index, readings.sentences[index], candidate.trigger, dated=False, counted=False)
        for index, candidate in sorted(best.items())
    )


def _score(candidate: Candidate) -> float:
    return candidate.tagged.score if candidate.tagged else 0.0


def _likeliest(rows: Sequence[Mapping[str, float]]) -> str:
    return max(rows[0], key=lambda label: sum(row[label] for row in rows))


def _mean(rows: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return {label: sum(row[label] for row in rows) / len(rows) for label in rows[0]}


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
        label = _label(number, tagged)
        options = [
            (scores[row][column], -row)
            for row, (_, telling) in enumerate(sources)
            if telling.sentence.covers(number.span) and _takes(telling.trigger.type, label, codebook)
        ]
        best, _ = max(options, default=(0.0, 0))
        for score, row in sorted(options, reverse=True):
            if score < CLAIM or (score < best and score < SHARED):
                break
            at, telling = sources[-row]
            tokens = readings.tokens[telling.index]
            attribute = (
                attribute_labelled(label, number, telling.trigger.type, tokens, codebook.claims)
                if label
                else attribute_of(number, telling.trigger, tokens, [telling.trigger], codebook.claims)
            )
            if attribute is not None:
                claim = claim_of(document.text, number, attribute, lambda n: currency_in(n, home, codebook.numbers))
                if claim not in found[at]:
                    found[at].append(claim)
    return found


def _label(number: NumberReading, tagged: TaggedDocument) -> str | None:
    """Return what the tagger says that a number counts, or None where it says nothing."""
    labels = [v for v in tagged.values if v.kind == "claim" and v.span.overlaps(number.span)]
    return max(labels, key=lambda value: value.score).label if labels else None


def _takes(kind: str, attribute: str | None, codebook: Codebook) -> bool:
    """Whether a happening of a type can have the attribute: nobody takes part in an arrest."""
    if attribute not in ("participants", "affected"):
        return True
    return codebook.claims.people.get(kind, "affected") == attribute


def _draft(
    document: Document,
    readings: Readings,
    tagged: TaggedDocument,
    group: Sequence[Candidate],
    tellings: tuple[Telling, ...],
    claims: list[Claim],
    told: Sequence[Draft],
    codebook: Codebook,
    lexicon: PlaceLexicon,
) -> tuple[Draft, Wants]:
    """Return a happening as its own sentences tell it, and what it takes over from others."""
    text, first = document.text, tellings[0]
    kind = first.trigger.type
    pointed = [c.tagged for c in group if c.tagged is not None]
    words = readings.tokens[first.index]
    actors = _actors(text, tagged, tellings, codebook)
    places, linked = _places(text, readings, tagged, tellings, lexicon)
    form = (
        _likeliest([t.form for t in pointed]) if pointed else read_form(words, first.trigger.span, kind, codebook.forms)
    )
    draft = Draft(
        tellings,
        modality=_likeliest([t.modality for t in pointed])
        if pointed
        else read_modality(clause_of(words, first.trigger.span), kind, codebook.modality),
        scope=_likeliest([t.scope for t in pointed])
        if pointed
        else read_scope(clause_of(words, first.trigger.span), codebook.modality, counted=bool(claims)),
        form=form if form in codebook.vocabulary.types[kind].forms else None,
        date=DateRange(),
        places=places,
        actors=actors,
        claims=(*claims, *people_told(text, kind, actors, claims, codebook)),
        means=distinct(m for t in tellings for m in read_means(text, t.sentence, kind, codebook.means)),
    )
    draft = replace(draft, date=_days(document, readings, tagged, draft, codebook.numbers))
    if not pointed:
        return draft, Wants(day=False, place=takes_place_over(text, draft, told, lexicon))
    basis, where = (_mean([getattr(t, name) for t in pointed]) for name in ("basis", "where"))
    return (
        replace(draft, places=() if where["none"] >= UNPLACED and not linked else draft.places),
        Wants(
            day=basis["context"] - basis["none"] >= DAY_OVER and draft.scope != "total",
            place=where["none"] < PLACE_OVER,
        ),
    )


def _actors(text: str, tagged: TaggedDocument, tellings: Sequence[Telling], codebook: Codebook) -> tuple[Actor, ...]:
    """Return the actors that the tagger links to a happening in the role it gives them, else those that rules find."""
    found = []
    for telling in tellings:
        values = [v for v in tagged.values if v.kind == "actor" and telling.sentence.covers(v.span)]
        for role in sorted({v.label for v in values}):
            of_role = [v for v in values if v.label == role]
            scores = tagged.links_of(role, [telling.trigger.span], [v.span for v in of_role])[0]
            found += [Actor(role, v.span) for v, score in zip(of_role, scores, strict=True) if score >= ACTOR]
    if not found:
        found = [
            actor
            for t in tellings
            for actor in read_actors(text, t.sentence, t.trigger.span, t.trigger.type, codebook.actors)
        ]
    return distinct(sorted(found, key=lambda actor: actor.span))


def _places(
    text: str,
    readings: Readings,
    tagged: TaggedDocument,
    tellings: Sequence[Telling],
    lexicon: PlaceLexicon,
) -> tuple[tuple[Place, ...], bool]:
    """Return the places of a happening's sentences, without those that only contain one, and whether they are those
    that the tagger links to it; where it links none they are as the rules find them."""
    for telling in tellings:
        inside = [r for r in readings.places if telling.sentence.covers(r.span) and r.kind != "demonym"]
        scores = tagged.links_of("place", [telling.trigger.span], [r.span for r in inside])[0]
        linked = [r for r, score in zip(inside, scores, strict=True) if score >= PLACE]
        places = places_told(text, [telling], linked, readings, lexicon)
        if places:
            return places, True
    return places_told(text, tellings, readings.places, readings, lexicon), False


def _days(
    document: Document, readings: Readings, tagged: TaggedDocument, draft: Draft, numbers: NumberWords
) -> DateRange:
    """Return the days of a happening: of the time expression in its sentences that the tagger links best to it, else
    as the rules read them there, else of one elsewhere in the text that the tagger is sure of."""
    dated = [
        d for d in readings.dates if d.kind in ("date", "span", "since", "until") and (d.range.start or d.range.end)
    ]
    own = days_told(document, draft, readings, numbers)
    told = bool(own.start or own.end)
    scores = tagged.links_of("date", [t.trigger.span for t in draft.tellings], [d.span for d in dated])
    best, row, column = max(
        (
            (score, -r, -c)
            for r, line in enumerate(scores)
            for c, score in enumerate(line)
            if not told or any(t.sentence.covers(dated[c].span) for t in draft.tellings)
        ),
        default=(0.0, 0, 0),
    )
    if best < (DATE if told else DATE_ELSEWHERE):
        return own
    reading = dated[-column]
    sentence = next(s for s in readings.sentences if s.covers(reading.span))
    days = happening_days(
        document.text,
        [reading],
        sentence=sentence,
        trigger=draft.tellings[-row].trigger.span,
        published=document.published,
        before=None,
        numbers=numbers,
        modality_hint=draft.modality if draft.scope == "single" else draft.scope,
    )
    return days if told or not (days.start or days.end) else replace(days, basis="context")


def _with_contexts(drafts: Sequence[Draft], tagged: TaggedDocument) -> tuple[Draft, ...]:
    """Return the drafts with the happening that each is likeliest part or answer of."""
    spans = [draft.tellings[0].trigger.span for draft in drafts]
    scores = tagged.links_of("context", spans, spans)
    found = []
    for at, draft in enumerate(drafts):
        best, other = max(((scores[at][i], -i) for i in range(len(drafts)) if i != at), default=(0.0, 0))
        found.append(replace(draft, context=-other) if best >= CONTEXT else draft)
    return tuple(found)

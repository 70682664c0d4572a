"""The measures: what share of the gold was found, what share of the found is gold.

mention    a predicted mention is right where a gold one of the same type shares an evidence sentence, one to one
category   the same with the type's category in place of the type
modality, scope, date    share right among the paired mentions; a date is right where start and end are equal
place, actor, claim      within paired mentions; what stands in unpaired ones is missed or spurious
speaker    among paired claims, share with the same speakers
usable     claims of mentions whose day and places are right too: what a reader can use as it stands
link       pairs of paired mentions of a collection put into one event
grounded   share of predicted quotes that stand word for word in the text
empty documents left empty    share of the documents without a happening in which none was found
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tocsin.datamodel import Claim, CodedDocument, DateRange, Mention
from tocsin.evaluate.agreement import same_actor, same_claim, same_date, same_place, same_speakers
from tocsin.evaluate.pairing import pair, pair_mentions

EMPTY = "empty documents left empty"
TALLIES = ("mention", "category", "place", "actor", "claim", "usable", "link")
SHARES = ("modality", "scope", "date", "speaker", "grounded", EMPTY)


@dataclass
class Tally:
    """Counts of what is right, predicted and gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        """Count more."""
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing is predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Share:
    """How many of how many are right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.of += 1

    @property
    def share(self) -> float:
        """The share; 0 of 0 is 0."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that differs.

    Attributes:
        kind: "missed" or "spurious" mention, "claim", "date", "modality" or "scope".
        document, mention: where; the mention's id in the gold, of a spurious one in the predicted.
        gold, predicted: what stands in each, in words.
    """

    kind: str
    document: str
    mention: str
    gold: str
    predicted: str


@dataclass(frozen=True, slots=True)
class Report:
    """All measures of one comparison; a share with nothing to count is left out."""

    documents: int
    answered: int
    tallies: Mapping[str, Tally]
    shares: Mapping[str, Share]
    types: Mapping[str, Tally]
    errors: tuple[Error, ...]


def score_documents(
    gold: Iterable[CodedDocument], predicted: Iterable[CodedDocument], categories: Mapping[str, str]
) -> Report:
    """Return the measures of predicted documents against gold ones, paired by the document's id.

    Args:
        gold: what is right.
        predicted: what is measured; a document that is absent counts as one without a mention.
        categories: of each type, from the codebook.
    """
    golds = {coded.document.id: coded for coded in gold}
    others = {coded.document.id: coded for coded in predicted}
    counts = _Counts(categories)
    for name in sorted(golds):
        answer = others.get(name)
        counts.add_document(golds[name], () if answer is None else answer.mentions)
    counts.add_links()
    return Report(
        documents=len(golds),
        answered=len(golds.keys() & others.keys()),
        tallies=counts.tallies,
        shares={name: share for name, share in counts.shares.items() if share.of},
        types=dict(sorted(counts.types.items())),
        errors=tuple(counts.errors),
    )


class _Counts:
    def __init__(self, categories: Mapping[str, str]) -> None:
        self.categories = categories
        self.tallies = {name: Tally() for name in TALLIES}
        self.shares = {name: Share() for name in SHARES}
        self.types: dict[str, Tally] = {}
        self.errors: list[Error] = []
        self.keys: list[tuple[str, str | None]] = []

    def add_document(self, coded: CodedDocument, predicted: tuple[Mention, ...]) -> None:
        golds, name = coded.mentions, coded.document.id
        if not golds:
            self.shares[EMPTY].add(not predicted)
        places = pair_mentions(golds, predicted, lambda m: m.type)
        pairs = [(golds[i], predicted[j]) for i, j in places]
        alike = pair_mentions(golds, predicted, lambda m: self.categories.get(m.type))
        self.tallies["mention"].add(len(pairs), len(predicted), len(golds))
        self.tallies["category"].add(len(alike), len(predicted), len(golds))
        self._add_types(golds, predicted, pairs)
        self._add_parts(golds, predicted, pairs)
        for one, other in pairs:
            self._add_pair(name, one, other)
        found, used = {i for i, _ in places}, {j for _, j in places}
        for i, mention in enumerate(golds):
            if i not in found:
                self.errors.append(Error("missed", name, mention.id, _told(mention), ""))
        for j, mention in enumerate(predicted):
            if j not in used:
                self.errors.append(Error("spurious", name, mention.id, "", _told(mention)))
            for quote in _quotes(mention):
                self.shares["grounded"].add(quote in coded.document.text)

    def add_links(self) -> None:
        """Count the pairs of mentions, of any documents, that are one event in the gold and in the predicted."""
        for (gold, other), (gold2, other2) in itertools.combinations(self.keys, 2):
            together, put_together = gold == gold2, other is not None and other == other2
            self.tallies["link"].add(together and put_together, put_together, together)

    def _add_types(
        self, golds: tuple[Mention, ...], predicted: tuple[Mention, ...], pairs: list[tuple[Mention, Mention]]
    ) -> None:
        for kind in {mention.type for mention in (*golds, *predicted)}:
            self.types.setdefault(kind, Tally()).add(
                sum(one.type == kind for one, _ in pairs),
                sum(mention.type == kind for mention in predicted),
                sum(mention.type == kind for mention in golds),
            )

    def _add_parts(
        self, golds: tuple[Mention, ...], predicted: tuple[Mention, ...], pairs: list[tuple[Mention, Mention]]
    ) -> None:
        self.tallies["place"].add(
            sum(len(pair(one.places, other.places, same_place)) for one, other in pairs),
            sum(len(mention.places) for mention in predicted),
            sum(len(mention.places) for mention in golds),
        )
        self.tallies["actor"].add(
            sum(len(pair(one.actors, other.actors, same_actor)) for one, other in pairs),
            sum(len(mention.actors) for mention in predicted),
            sum(len(mention.actors) for mention in golds),
        )
        right = usable = 0
        for one, other in pairs:
            claims = len(pair(one.claims, other.claims, same_claim))
            placed = len(pair(one.places, other.places, same_place)) == len(one.places) == len(other.places)
            right += claims
            usable += claims if placed and same_date(one, other) else 0
        claims_predicted = sum(len(mention.claims) for mention in predicted)
        claims_gold = sum(len(mention.claims) for mention in golds)
        self.tallies["claim"].add(right, claims_predicted, claims_gold)
        self.tallies["usable"].add(usable, claims_predicted, claims_gold)

    def _add_pair(self, name: str, one: Mention, other: Mention) -> None:
        if one.event:
            self.keys.append((one.event, other.event))
        checks = (
            ("modality", one.modality == other.modality, one.modality, other.modality),
            ("scope", one.scope == other.scope, one.scope, other.scope),
            ("date", same_date(one, other), _days(one.date), _days(other.date)),
        )
        for kind, right, gold, predicted in checks:
            self.shares[kind].add(right)
            if not right:
                self.errors.append(Error(kind, name, one.id, gold, predicted))
        claims = pair(one.claims, other.claims, same_claim)
        for ours, theirs in claims:
            self.shares["speaker"].add(same_speakers(ours, theirs))
        found = {id(ours) for ours, _ in claims}
        for claim in one.claims:
            if id(claim) not in found:
                offered = "; ".join(_value(theirs) for theirs in other.claims)
                self.errors.append(Error("claim", name, one.id, _value(claim), offered))


def _quotes(mention: Mention) -> Iterator[str]:
    """Yield the quotes of a mention that are measured: all but hedges."""
    yield from (place.span.quote for place in mention.places if place.span is not None and place.span.quote)
    yield from (actor.span.quote for actor in mention.actors if actor.span.quote)
    for claim in mention.claims:
        if claim.span.quote:
            yield claim.span.quote
        yield from (speaker.span.quote for speaker in claim.said_by)
    yield from (demand.quote for demand in mention.demands)
    for evidence in mention.evidence:
        yield from (evidence.sentence.quote, evidence.trigger.quote)


def _told(mention: Mention) -> str:
    return f"{mention.type} ({mention.evidence[0].sentence.quote if mention.evidence else 'no evidence'})"


def _days(when: DateRange) -> str:
    return f"{when.start or '?'} to {when.end or '?'} ({when.precision}, {when.basis})"


def _value(claim: Claim) -> str:
    low, high = ("open" if end is None else str(end) for end in (claim.low, claim.high))
    return f"{claim.attribute} {low} to {high} {claim.unit or ''}".strip() + f" ({claim.span.quote!r})"

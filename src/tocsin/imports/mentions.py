"""A row to the happenings that it tells."""

from collections.abc import Iterator
from dataclasses import replace

from tocsin.codebook.imports import ActorRule, ImportMapping, MentionRule
from tocsin.datamodel import Actor, Claim, DateRange, Evidence, Mention, Place, Span
from tocsin.datamodel.coded import spans
from tocsin.imports.cells import Cells, has_words, numbered
from tocsin.imports.tools import ImportTools
from tocsin.imports.values import read_claim, read_days, read_places


def read_mentions(cells: Cells, mapping: ImportMapping, tools: ImportTools) -> tuple[Mention, ...]:
    """Return the happenings that a row tells, in the order of the mapping; none where no rule fits.

    Raises:
        CodedError: a cell is not what it must be.
    """
    when = read_days(cells, mapping.date)
    where = read_places(cells, mapping.place, tools)
    names: dict[str, str] = {}
    mentions: list[Mention] = []
    for rule in mapping.mentions:
        if rule.name in names or (rule.context and rule.context not in names):
            continue
        made = _mention(cells, rule, mapping, tools, when, where)
        if made is not None:
            names[rule.name] = f"m{len(mentions) + 1}"
            mentions.append(replace(made, id=names[rule.name], context=names.get(rule.context)))
    shared = cells.span(mapping.event) if mapping.event and mentions else None
    if shared is not None:
        mentions[0] = replace(mentions[0], event=f"{mapping.publisher} {shared.quote}")
    return tuple(mentions)


def _mention(
    cells: Cells,
    rule: MentionRule,
    mapping: ImportMapping,
    tools: ImportTools,
    when: DateRange,
    where: tuple[Place, ...],
) -> Mention | None:
    found = _type(cells, rule)
    if found is None:
        return None
    (name, form), trigger = found
    claims = _claims(cells, rule, mapping, tools)
    if rule.needs and not any(claim.attribute == rule.needs and (claim.low or 0) > 0 for claim in claims):
        return None
    made = Mention(
        id="",
        type=name,
        form=form,
        modality=rule.modality,
        scope=rule.scope,
        date=when,
        places=where,
        actors=tuple(_actors(cells, rule.actors)),
        claims=claims,
        demands=tuple(p for column, _ in numbered(rule.demands) for p in cells.parts(column, rule.demands_split)),
        means=rule.means,
        context=None,
        event=None,
        evidence=(),
    )
    return replace(made, evidence=_evidence(cells, trigger, made, mapping))


def _evidence(cells: Cells, trigger: Span, mention: Mention, mapping: ImportMapping) -> tuple[Evidence, ...]:
    """Return the line that names the happening, the lines of its values, and the cells that tell it in sentences."""
    found = {cells.line(trigger): trigger}
    for span in sorted(spans(mention)):
        if not any(line.covers(span) for line in found):
            found[cells.line(span)] = span
    for column in mapping.story:
        told = cells.span(column)
        if told is not None:
            found.setdefault(told, told)
    return tuple(Evidence(sentence, words) for sentence, words in found.items())


def _type(cells: Cells, rule: MentionRule) -> tuple[tuple[str, str | None], Span] | None:
    """Return the type and form of a happening with the words that name it, or None where the row tells none."""
    told = [
        (part, " ".join(part.quote.lower().split()))
        for column, number in numbered(rule.columns)
        if _holds(cells, rule, number)
        for part in cells.parts(column, rule.split)
    ]
    for key, kind in rule.types.items():
        for span, folded in told:
            if folded == key or (rule.within and has_words(folded, key)):
                return kind, span
    return (rule.otherwise, told[0][0]) if told and rule.otherwise else None


def _holds(cells: Cells, rule: MentionRule, number: str) -> bool:
    return all(
        cells.folded(column.replace("#", number) if number else column) in wanted
        for column, wanted in rule.where.items()
    )


def _claims(cells: Cells, rule: MentionRule, mapping: ImportMapping, tools: ImportTools) -> tuple[Claim, ...]:
    found: dict[str, Claim] = {}
    for one in rule.claims:
        if one.attribute not in found and (made := read_claim(cells, one, mapping, tools)) is not None:
            found[one.attribute] = made
    return tuple(found.values())


def _actors(cells: Cells, rules: tuple[ActorRule, ...]) -> Iterator[Actor]:
    taken: set[Span] = set()
    for rule in rules:
        for column, number in numbered(rule.columns):
            role = _role(cells, rule, number)
            for span in cells.parts(column, rule.split) if role else ():
                if span not in taken:
                    taken.add(span)
                    yield Actor(role, span)


def _role(cells: Cells, rule: ActorRule, number: str) -> str:
    told = cells.folded(rule.by.replace("#", number)) if rule.by else ""
    for key, role in rule.roles.items():
        if told and (told == key or (rule.within and has_words(told, key))):
            return role
    return rule.otherwise

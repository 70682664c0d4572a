"""Rows, and coded documents, to what the record takes: one document a row; what cannot be taken is a verdict."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from tocsin.codebook.imports import ImportMapping
from tocsin.codebook.types import Vocabulary
from tocsin.datamodel import CodedDocument, Document, Mention
from tocsin.datamodel.coded import parse, read_objects
from tocsin.datamodel.ids import content_id
from tocsin.datamodel.row import Row
from tocsin.datamodel.verdict import FAILED, REFUSED, ReadVerdict
from tocsin.errors import CodedError, TocsinError
from tocsin.imports.cells import Cells, numbered
from tocsin.imports.mentions import read_mentions
from tocsin.imports.tools import ImportTools
from tocsin.imports.values import read_day

_ADVICE = "use the words of the codebook"


def import_rows(
    name: str, rows: Iterable[Row | ReadVerdict], mapping: ImportMapping, tools: ImportTools
) -> Iterator[CodedDocument | ReadVerdict]:
    """Yield each row as a coded document, or why it is none.

    The text of the document is the row, `column: value` lines; its publisher is the data set.

    Args:
        name: of the file, for verdicts.
        rows: in the order of the file.
        mapping: how they are read.
        tools: how words are read.
    """
    seen: dict[str, str] = {}
    for row in rows:
        if isinstance(row, ReadVerdict):
            yield row
            continue
        try:
            made = _row(row, mapping, tools)
        except CodedError as error:
            yield ReadVerdict(f"{name}, {row.where}", FAILED, str(error))
            continue
        if not made.mentions:
            reason = f"tells no happening that the mapping knows ({_told(row, mapping)})"
            yield ReadVerdict(f"{name}, {row.where}", REFUSED, reason)
        elif made.document.id in seen:
            reason = f"is the row {made.document.id} again, as {seen[made.document.id]}; give each row an id of its own"
            yield ReadVerdict(f"{name}, {row.where}", FAILED, reason)
        else:
            seen[made.document.id] = row.where
            yield made


def import_coded(path: Path, vocabulary: Vocabulary) -> Iterator[CodedDocument | ReadVerdict]:
    """Yield the coded documents of a file; one is a verdict whose quotes do not stand in its text.

    Args:
        path: JSON or JSON Lines.
        vocabulary: closed lists of the codebook, which its types, roles and the like are held to.

    Raises:
        CodedError: the file is neither JSON nor JSON Lines.
    """
    for number, value in enumerate(read_objects(path), 1):
        try:
            made = parse(value)
            for mention in made.mentions:
                _check_words(mention, vocabulary)
            yield made
        except TocsinError as error:
            yield ReadVerdict(f"{path}, document {number}", FAILED, str(error))


def missing_columns(columns: Collection[str], mapping: ImportMapping) -> tuple[str, ...]:
    """Return the columns that a mapping reads and a table does not have, sorted; of numbered ones none is needed."""
    date, place = mapping.date, mapping.place
    named = {mapping.id, mapping.published, mapping.event, *date.start, *date.end, date.precision}
    named |= {*place.columns, place.country, place.admin1, place.lat, place.lon}
    for rule in mapping.mentions:
        named |= {*rule.columns, *rule.demands, *rule.where}
        for claim in rule.claims:
            named |= {claim.words, claim.low, claim.high, claim.instead, claim.said_by}
        for actor in rule.actors:
            named |= {*actor.columns, actor.by}
    return tuple(sorted(column for column in named if column and "#" not in column and column not in columns))


def _row(row: Row, mapping: ImportMapping, tools: ImportTools) -> CodedDocument:
    cells = Cells(row, mapping.missing)
    if not cells.text:
        raise CodedError("row", "is blank")
    span = cells.span(mapping.id) if mapping.id else None
    if mapping.id and span is None:
        raise CodedError(f"column {mapping.id!r}", "is blank, so that the row has no name", "give every row an id")
    key = span.quote if span is not None else content_id("row", cells.text)
    document = Document(
        id=f"{mapping.publisher}/{key}",
        text=cells.text,
        publisher=mapping.publisher,
        published=read_day(cells, mapping.published, mapping.date.formats),
        language=mapping.language,
    )
    mentions = read_mentions(cells, mapping, tools)
    return CodedDocument(document, mentions, any(mention.event for mention in mentions))


def _check_words(mention: Mention, words: Vocabulary) -> None:
    """Raise CodedError where a mention has a word of no closed list."""
    known = words.types.get(mention.type)
    if known is None or (mention.form is not None and mention.form not in known.forms):
        raise CodedError(f"mention {mention.id}", f"has type {mention.type!r} with form {mention.form!r}", _ADVICE)
    held: list[tuple[str, Collection[str]]] = [
        (mention.modality, words.modalities),
        (mention.scope, words.scopes),
        (mention.date.precision, words.precisions),
        (mention.date.basis, words.bases),
        *((actor.role, words.roles) for actor in mention.actors),
        *((one, words.means) for one in mention.means),
        *((claim.attribute, words.attributes) for claim in mention.claims),
        *((speaker.kind, words.speaker_kinds) for claim in mention.claims for speaker in claim.said_by),
    ]
    for word, allowed in held:
        if word not in allowed:
            raise CodedError(f"mention {mention.id}", f"has {word!r}, which is none of {', '.join(allowed)}", _ADVICE)


def _told(row: Row, mapping: ImportMapping) -> str:
    """Return the cells by which a row was looked at, those of the first kind of happening."""
    cells = Cells(row, mapping.missing)
    columns = [column for column, _ in numbered(mapping.mentions[0].columns)]
    columns += [column for column in mapping.mentions[0].where if column not in columns]
    told = [f"{column} {span.quote!r}" for column in columns if (span := cells.span(column)) is not None]
    return ", ".join(told) or "nothing in " + ", ".join(columns)

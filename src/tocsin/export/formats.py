"""The formats, one writer each."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TextIO

from tocsin.datamodel import CodedDocument, Document, Mention
from tocsin.export.cells import plain_cell
from tocsin.export.mapped import Mapped
from tocsin.export.objects import features, mention_object
from tocsin.export.rows import CLAIM_COLUMNS, MENTION_COLUMNS, table_rows

#: Writes documents with the judgements by mention to a text stream; returns how many mentions it wrote.
Writer = Callable[[Iterable[CodedDocument], Mapping[str, str], TextIO], int]


def write_csv(documents: Iterable[CodedDocument], judgements: Mapping[str, str], out: TextIO) -> int:
    """Write a table for spreadsheets: one row a claim, and one for a mention without any.

    It begins with a byte order mark, without which Excel takes UTF-8 for something else. Words that a spreadsheet
    would run have an apostrophe before them.
    """
    out.write("\ufeff")
    columns = (*MENTION_COLUMNS, *CLAIM_COLUMNS)
    table = csv.writer(out)
    table.writerow(columns)
    count = 0
    for document, mention, decision in _mentions(documents, judgements):
        count += 1
        for row in table_rows(document, mention, decision):
            table.writerow([plain_cell(row.get(column)) for column in columns])
    return count


def write_jsonl(documents: Iterable[CodedDocument], judgements: Mapping[str, str], out: TextIO) -> int:
    """Write JSON Lines: one mention a line, with its claims."""
    count = 0
    for document, mention, decision in _mentions(documents, judgements):
        count += 1
        out.write(json.dumps(mention_object(document, mention, decision), ensure_ascii=False) + "\n")
    return count


def write_geojson(documents: Iterable[CodedDocument], judgements: Mapping[str, str], out: TextIO) -> int:
    """Write a GeoJSON feature collection: one feature a mention and place."""
    out.write('{"type": "FeatureCollection", "features": [')
    count = 0
    between = "\n"
    for document, mention, decision in _mentions(documents, judgements):
        count += 1
        for feature in features(document, mention, decision):
            out.write(between + json.dumps(feature, ensure_ascii=False))
            between = ",\n"
    out.write("\n]}\n")
    return count


WRITERS: Mapping[str, Writer] = {"csv": write_csv, "geojson": write_geojson, "jsonl": write_jsonl}

#: Others' codebooks by name; each module of a mapping adds its line.
FORMATS: Mapping[str, Mapped] = {}


def _mentions(
    documents: Iterable[CodedDocument], judgements: Mapping[str, str]
) -> Iterator[tuple[Document, Mention, str | None]]:
    for coded in documents:
        for mention in coded.mentions:
            yield coded.document, mention, judgements.get(mention.id)

"""Events as GeoJSON (RFC 7946)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from tocsin.datamodel import Event
from tocsin.export.cells import exact_cell
from tocsin.export.losses import Loss
from tocsin.export.tables import Row, Table
from tocsin.export.text import Note, text_stream


def write_geojson(table: Table, events: Iterable[tuple[Event, Row]], out: BinaryIO, note: Note) -> int:
    """Write a feature an event; return how many.

    A feature has the columns of the table of events that are not empty, and one point for each place with coordinates:
    several are a MultiPoint, none is a null geometry. `place_precision` says what the first of them is: a `settlement`,
    or a whole `region` or `country` drawn at its middle.

    Args:
        table: of events.
        events: each with its row.
        out: where to.
        note: told of places that cannot be drawn.
    """
    count = 0
    with text_stream(out) as stream:
        stream.write('{"type": "FeatureCollection", "features": [')
        for event, row in events:
            for loss in _losses(event):
                note(loss)
            stream.write((",\n" if count else "\n") + json.dumps(_feature(table, event, row), ensure_ascii=False))
            count += 1
        stream.write("\n]}\n")
    return count


def _losses(event: Event) -> Iterator[Loss]:
    for place in event.places:
        if place.lat is None or place.lon is None:
            yield Loss(event.id, "geometry", f"{place.name}, whose coordinates are not known", "no point")
    if len([place for place in event.places if place.lat is not None]) > 1:
        yield Loss(event.id, "place_precision", "which place is which point", "that of the first point")


def _feature(table: Table, event: Event, row: Row) -> dict[str, Any]:
    properties = {
        name: value if isinstance(value, str | int | float | bool) else exact_cell(value)
        for name, value in zip(table.names, row, strict=True)
        if value is not None
    }
    return {"type": "Feature", "id": event.id, "geometry": _geometry(event), "properties": properties}


def _geometry(event: Event) -> dict[str, Any] | None:
    points = [[place.lon, place.lat] for place in event.places if place.lat is not None and place.lon is not None]
    if len(points) < 2:
        return {"type": "Point", "coordinates": points[0]} if points else None
    return {"type": "MultiPoint", "coordinates": points}

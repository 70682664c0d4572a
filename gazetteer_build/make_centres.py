"""Centres of countries, US states and US counties from their outlines, as one table.

    python gazetteer_build/make_centres.py world-atlas/countries-50m.json us-atlas/counties-10m.json

The outlines are the files of the npm packages world-atlas 2.0.2 (Natural Earth) and us-atlas 3.0.1 (US Census
Bureau), both public domain. The table it writes, centres.tsv, is kept beside it, so that building the place index
needs neither.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]
HERE = Path(__file__).parent

# Islands far away do not move the centre of a country; those of an archipelago of like islands do.
SMALL_PART = 0.25


def main(world: Path, counties: Path) -> None:
    rows = ["# kind\tcode\tname\tlatitude\tlongitude"]
    for kind, path, objects in (
        ("country", world, "countries"),
        ("state", counties, "states"),
        ("county", counties, "counties"),
    ):
        topology = json.loads(path.read_text(encoding="utf-8"))
        for shape in topology["objects"][objects]["geometries"]:
            if "id" in shape and shape.get("arcs"):
                lat, lon = _centre(topology, shape)
                rows.append(f"{kind}\t{shape['id']}\t{shape['properties']['name']}\t{lat:.3f}\t{lon:.3f}")
    (HERE / "centres.tsv").write_text("\n".join(sorted(set(rows))) + "\n", encoding="utf-8")


def _centre(topology: dict[str, Any], shape: dict[str, Any]) -> tuple[float, float]:
    """Return the centre of gravity of the large parts of a shape, in degrees of latitude and longitude."""
    parts = sorted((_gravity(ring) for ring in _outer_rings(topology, shape)), reverse=True)
    large = [part for part in parts if part[0] >= SMALL_PART * parts[0][0]]
    area = sum(part[0] for part in large)
    return sum(p[0] * p[2] for p in large) / area, sum(p[0] * p[1] for p in large) / area


def _outer_rings(topology: dict[str, Any], shape: dict[str, Any]) -> Iterator[Ring]:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    for polygon in polygons:
        ring: Ring = []
        for index in polygon[0]:
            arc = _arc(topology, index if index >= 0 else ~index)
            ring += arc if index >= 0 else arc[::-1]
        yield ring


def _arc(topology: dict[str, Any], index: int) -> Ring:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in topology["arcs"][index]:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _gravity(ring: Ring) -> tuple[float, float, float]:
    """Return area, x and y of the centre of gravity of a ring (shoelace formula on plain degrees)."""
    area = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area, cx, cy = area + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    if not area:  # an islet drawn as a point
        return 1e-9, *ring[0]
    return abs(area) / 2, cx / (3 * area), cy / (3 * area)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""The part of the world a report shows, and the outlines of the countries in it.

Natural Earth comes at two scales: the world at 1:110 million, and for anything smaller the countries in view at
1:50 million, cut out of the whole so that the page carries only what it draws.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate
from typing import Any

# Beyond this radius the finer outlines show nothing that the coarse ones do not, and would weigh more than the rest of
# the page; below the least radius, streets would be needed, not outlines. Degrees.
_WORLD_RADIUS = 35.0
_LEAST_RADIUS = 1.8
# A place that would push the others into a corner is named beside the map instead: the view holds nine mentions in ten,
# and whatever else lies within half as far again.
_SHARE_IN_VIEW = 0.9
_STRETCH = 1.5
# Countries are cut out somewhat beyond the view, as the map is wider than the circle it must hold.
_MARGIN = 3.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """A circle on the globe.

    Attributes:
        lat, lon: its centre, in degrees.
        radius: in degrees; None for the whole world.
    """

    lat: float
    lon: float
    radius: float | None

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies within."""
        return self.radius is None or _apart((self.lat, self.lon), (lat, lon)) <= self.radius + 1e-9


def choose_view(places: Sequence[tuple[float, float, int]]) -> View:
    """Return the circle that shows most mentions.

    Args:
        places: latitude, longitude and number of mentions of each place.
    """
    if not places:
        return View(0.0, 0.0, None)
    total = sum(count for _, _, count in places)
    lat, lon = (_weighted_median([(p[i], p[2]) for p in places]) for i in (0, 1))
    near = sorted((_apart((lat, lon), (p[0], p[1])), p[2]) for p in places)
    reach = next(
        d for (d, _), seen in zip(near, accumulate(n for _, n in near), strict=True) if seen >= _SHARE_IN_VIEW * total
    )
    reach = max(reach, _LEAST_RADIUS)
    radius = max(d for d, _ in near if d <= reach * _STRETCH)
    radius = max(radius, _LEAST_RADIUS)
    return View(lat, lon, radius if radius < _WORLD_RADIUS else None)


def cut_outlines(view: View) -> dict[str, Any]:
    """Return the countries in view as a TopoJSON topology."""
    scale = "110m" if view.radius is None else "50m"
    source = files("tocsin.report").joinpath("assets", "vendor", f"countries-{scale}.json").read_text(encoding="utf-8")
    topology: dict[str, Any] = json.loads(source)
    countries = topology["objects"]["countries"]["geometries"]
    if view.radius is not None:
        window = _window(view)
        boxes = [_arc_box(arc, topology["transform"]) for arc in topology["arcs"]]
        countries = [cut for country in countries if (cut := _cut(country, boxes, window))]
    return _packed(topology, countries)


def _apart(one: Point, other: Point) -> float:
    """Return the great-circle distance of two points in degrees."""
    a, b = math.radians(one[0]), math.radians(other[0])
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other[1] - one[1]) / 2) ** 2
    return math.degrees(2 * math.asin(min(1.0, math.sqrt(half))))


def _weighted_median(values: Iterable[tuple[float, int]]) -> float:
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    seen = accumulate(weight for _, weight in ordered)
    return next(value for (value, _), so_far in zip(ordered, seen, strict=True) if so_far >= half)


def _window(view: View) -> Box:
    reach = (view.radius or 0.0) * _MARGIN
    wide = reach / max(0.1, math.cos(math.radians(view.lat)))
    return view.lon - wide, view.lat - reach, view.lon + wide, view.lat + reach


def _arc_box(arc: list[list[int]], transform: dict[str, list[float]]) -> Box:
    xs = list(accumulate(step[0] for step in arc))
    ys = list(accumulate(step[1] for step in arc))
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    return min(xs) * kx + dx, min(ys) * ky + dy, max(xs) * kx + dx, max(ys) * ky + dy


def _cut(country: dict[str, Any], boxes: list[Box], window: Box) -> dict[str, Any] | None:
    """Return a country with those of its polygons that reach into the window, or None."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    kept = [polygon for polygon in polygons if _meets(polygon[0], boxes, window)]
    return {**country, "type": "MultiPolygon", "arcs": kept} if kept else None


def _meets(ring: list[int], boxes: list[Box], window: Box) -> bool:
    sides = list(zip(*(boxes[arc if arc >= 0 else ~arc] for arc in ring), strict=True))
    west, south, east, north = min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])
    # A window that crosses the date line is looked at from both sides.
    wide = any(west <= window[2] + turn and east >= window[0] + turn for turn in (-360, 0, 360))
    return wide and south <= window[3] and north >= window[1]


def _packed(topology: dict[str, Any], countries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a topology of these countries alone, its arcs numbered anew."""
    order: dict[int, int] = {}

    def renumber(arcs: Any) -> Any:
        if isinstance(arcs, list):
            return [renumber(arc) for arc in arcs]
        new = order.setdefault(arcs if arcs >= 0 else ~arcs, len(order))
        return new if arcs >= 0 else ~new

    geometries = [
        {"type": one["type"], "properties": {"name": one["properties"]["name"]}, "arcs": renumber(one["arcs"])}
        for one in countries
        if one.get("arcs")
    ]
    return {
        "type": "Topology",
        "transform": topology["transform"],
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [topology["arcs"][arc] for arc in order],
    }

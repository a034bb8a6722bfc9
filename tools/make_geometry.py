"""Make `viz/geometry/` from the npm package world-atlas 2.0.2 (Natural Earth 1:50m).

Run only when the outlines change; the two files are committed and nothing else needs this script:

    npm pack world-atlas@2.0.2
    python tools/make_geometry.py world-atlas-2.0.2.tgz

Every arc is simplified once, so that a border shared by two countries stays shared. Rings that
meet the edge of the map, 75 degrees west, are cut there: the part beyond comes back on the other
side.
"""

import csv
import hashlib
import io
import json
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from graphs.codes import countries
from viz.atlas import FINENESS, MIDDLE, project

HERE = Path(__file__).resolve().parent.parent / "viz" / "geometry"
SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
TOLERANCE = 0.6  # in thousandths of a radian, about 0.035 degrees
SMALLEST = 4.0  # square thousandths: a lesser ring is left out ...
FEWEST = 12  # ... unless it is among the first twelve of its country
WEST, EAST = MIDDLE - 180, MIDDLE + 180
# Natural Earth draws these without a number of ISO 3166-1.
BY_NAME = {"Kosovo": "XK"}
# Where 1:50m has no outline, and where the largest ring's middle misleads: (east, north).
BY_HAND = {
    "AQ": (105.0, -80.0), "BQ": (-68.26, 12.2), "BV": (3.4, -54.4), "CC": (96.8, -12.2),
    "CL": (-71.0, -33.5), "CX": (105.7, -10.5), "FJ": (178.0, -17.8), "FR": (2.4, 46.6),
    "GF": (-53.1, 3.9),
    "GI": (-5.35, 36.14), "GP": (-61.5, 16.2), "ID": (113.9, -0.8), "KI": (173.0, 1.4),
    "MQ": (-61.0, 14.6), "MY": (102.0, 4.0), "NO": (9.0, 61.0), "NZ": (172.0, -41.5),
    "RE": (55.5, -21.1), "SJ": (16.0, 78.6), "TK": (-171.8, -9.2), "TV": (179.2, -8.5),
    "UM": (166.6, 19.3), "US": (-98.5, 39.8), "VA": (12.45, 41.9), "VN": (106.3, 16.4),
    "XK": (20.9, 42.6), "YT": (45.2, -12.8),
}  # fmt: skip

Point = tuple[float, float]  # degrees east and north, unless said otherwise
Ring = list[Point]


class Shape(NamedTuple):
    """One country as the atlas has it: its key, its rings simplified, and its rings whole."""

    key: str
    rings: list[Ring]
    whole: list[Ring]


def main(source: Path) -> None:
    """Write outlines.json and anchors.csv."""
    shapes = list(read_shapes(read_topology(source)))
    (HERE / "outlines.json").write_bytes(outlines_text(shapes).encode())
    rows = list(anchor_rows(shapes))
    with (HERE / "anchors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "east", "north", "set"])
        writer.writerows(rows)
    missing = sorted(set(countries()) - {row[0] for row in rows})
    sys.stdout.write(f"{len(shapes)} shapes, {len(rows)} anchors, countries without: {missing}\n")


def read_topology(source: Path) -> dict[str, Any]:
    """Return the 1:50m topology of the package, refusing another package than the one used."""
    raw = source.read_bytes()
    if (found := hashlib.sha256(raw).hexdigest()) != SHA256:
        raise SystemExit(f"{source.name}: got sha256 {found}, expected {SHA256}")
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        file = archive.extractfile("package/countries-50m.json")
        if file is None:
            raise SystemExit(f"{source.name}: holds no countries-50m.json")
        return json.load(file)


def read_shapes(topology: dict[str, Any]) -> Iterator[Shape]:
    """Yield each shape with its key: an alpha-2 code, or `-` and a name where ISO has no code."""
    whole = [unwrapped(degrees(arc, topology["transform"])) for arc in topology["arcs"]]
    light = [simplified(arc) for arc in whole]
    by_number = {each.numeric: code for code, each in countries().items() if each.numeric}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = by_number.get(str(shape.get("id", ""))) or BY_NAME.get(name)
        if code == "AQ":  # lies round the pole: no ring on this map, and nobody's corridor
            continue
        rings = ring_numbers(shape)
        yield Shape(
            code or f"-{name}",
            [joined(ring, light) for ring in rings],
            [joined(ring, whole) for ring in rings],
        )


def degrees(arc: Sequence[Sequence[int]], change: dict[str, Any]) -> Iterator[Point]:
    """Yield the points of a quantised arc in degrees."""
    x = y = 0
    (sx, sy), (tx, ty) = change["scale"], change["translate"]
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def ring_numbers(shape: dict[str, Any]) -> list[list[int]]:
    """Return the arc numbers of every ring of a shape, holes included."""
    if shape["type"] == "Polygon":
        return list(shape["arcs"])
    return [ring for polygon in shape.get("arcs", []) for ring in polygon]


def joined(numbers: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """Return the points of a ring; a number below zero is an arc read backwards."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return unwrapped(points)


def unwrapped(line: Iterable[Point]) -> Ring:
    """Let a line that passes 180 degrees run on instead of jumping round the world."""
    points: Ring = []
    for east, north in line:
        turns = round((points[-1][0] - east) / 360) if points else 0
        points.append((east + 360 * turns, north))
    return points


def simplified(arc: Ring) -> Ring:
    """Drop points nearer to the line than TOLERANCE (Douglas, Peucker 1973); the ends stay."""
    line = [plane(point) for point in arc]
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        inner = range(first + 1, last)
        far = max(inner, key=lambda i: off(line[i], line[first], line[last]), default=None)
        if far is not None and off(line[far], line[first], line[last]) > TOLERANCE:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [arc[i] for i in sorted(keep)]


def plane(point: Point) -> Point:
    """Project without turning round at the edge of the map: x is linear in longitude."""
    x, y = project(MIDDLE + 90, point[1])
    return x * (point[0] - MIDDLE) / 90, y


def off(p: Point, a: Point, b: Point) -> float:
    """Return the distance of a point from a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return ((p[0] - a[0] - along * dx) ** 2 + (p[1] - a[1] - along * dy) ** 2) ** 0.5


def outlines_text(shapes: Iterable[Shape]) -> str:
    """Return the SVG path of each shape as JSON, a line each, in whole steps of 1/FINENESS."""
    parts: dict[str, list[list[tuple[int, int]]]] = {}
    for shape in shapes:
        kept = parts.setdefault(shape.key, [])
        for light, whole in zip(shape.rings, shape.whole, strict=True):
            # An islet may shrink to a line; it then keeps all its points.
            kept += list(placed(light)) or list(placed(whole))
    lines = ",\n".join(
        f"{json.dumps(key)}: {json.dumps(path(parts[key]))}" for key in sorted(parts) if parts[key]
    )
    return f"{{\n{lines}\n}}\n"


def placed(ring: Ring) -> Iterator[list[tuple[int, int]]]:
    """Yield a ring in steps on the map, cut at its edge."""
    for turn in (-360.0, 0.0, 360.0):
        moved = [(east + turn, north) for east, north in ring]
        inside = cut(cut(moved, WEST, 1), EAST, -1)
        steps = [plane(point) for point in inside]
        points = [(round(FINENESS * x), round(FINENESS * y)) for x, y in steps]
        tidy = [b for a, b in pairwise([*points[-1:], *points]) if a != b]
        if len(tidy) >= 3:
            yield tidy


def cut(ring: Ring, east: float, side: int) -> Ring:
    """Return the part of a ring on one side of a meridian (Sutherland, Hodgman 1974)."""
    kept: Ring = []
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        inside_a, inside_b = (side * (point[0] - east) >= 0 for point in (a, b))
        if inside_a:
            kept.append(a)
        if inside_a != inside_b:
            kept.append((east, a[1] + (b[1] - a[1]) * (east - a[0]) / (b[0] - a[0])))
    return kept


def path(rings: Iterable[list[tuple[int, int]]]) -> str:
    """Return rings as one path: whole points, then relative steps; the largest come first."""
    order = sorted(rings, key=lambda ring: (-area(ring), ring))
    least = SMALLEST * FINENESS * FINENESS
    kept = [ring for place, ring in enumerate(order) if place < FEWEST or area(ring) >= least]
    return "".join(ring_path(ring) for ring in kept)


def ring_path(ring: list[tuple[int, int]]) -> str:
    """Return one ring; the line back to its first point is left to `z`."""
    steps = ((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(ring))
    text = "".join(f"{x} {y} " for x, y in steps).replace(" -", "-").rstrip()
    return f"M{ring[0][0]} {ring[0][1]}l{text}z"


def anchor_rows(shapes: Iterable[Shape]) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, degrees east and north, and how set, by code: the middle of the largest ring."""
    largest: dict[str, Ring] = {}
    for shape in shapes:
        for ring in shape.whole:
            largest[shape.key] = max(largest.get(shape.key, []), ring, key=area)
    middles = {code: middle(ring) for code, ring in largest.items() if code[0] != "-"}
    for code, (east, north) in sorted((middles | BY_HAND).items()):
        east = (east + 180) % 360 - 180
        yield code, f"{east:.2f}", f"{north:.2f}", "by hand" if code in BY_HAND else "middle"


def area(ring: Sequence[tuple[float, float]]) -> float:
    """Return the area of a ring in the square of its units."""
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def middle(ring: Ring) -> Point:
    """Return the centre of gravity of a ring, in degrees."""
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    whole = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) * 3
    if abs(whole) < 1e-9:
        return ring[0]
    east = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / whole
    north = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / whole
    return east, north


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Make `viz/geometry/` from the npm package world-atlas 2.0.2 (Natural Earth 1:50m).

    python tools/make_geometry.py PATH/TO/world-atlas/countries-50m.json

Arcs are projected and simplified once each, so that a shared border stays shared.
"""

import csv
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from graphs.codes import countries
from viz.atlas import project

HERE = Path(__file__).resolve().parent.parent / "viz" / "geometry"
TOLERANCE = 1.3  # in map units of 1/1000 radian; about 0.07 degrees
SMALLEST = 5.0  # square units of a further ring of a country
# Where 1:50m has no outline, and where the largest ring's middle misleads: (east, north).
BY_HAND = {
    "TV": (179.2, -8.5), "KI": (173.0, 1.4), "US": (-98.5, 39.8), "FR": (2.4, 46.6),
    "TK": (-171.8, -9.2), "GI": (-5.35, 36.14), "BQ": (-68.26, 12.2), "CX": (105.7, -10.5),
    "CC": (96.8, -12.2), "GF": (-53.1, 3.9), "GP": (-61.5, 16.2), "MQ": (-61.0, 14.6),
    "RE": (55.5, -21.1), "YT": (45.2, -12.8), "SJ": (16.0, 78.6), "BV": (3.4, -54.4),
    "UM": (166.6, 19.3), "XK": (20.9, 42.6), "MY": (102.0, 4.0), "ID": (113.9, -0.8),
    "NZ": (172.0, -41.5), "FJ": (178.0, -17.8), "NO": (9.0, 61.0), "CL": (-71.0, -33.5),
    "VA": (12.45, 41.9),
}  # fmt: skip


def main(source: Path) -> None:
    """Write outlines.json and anchors.csv."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    whole = [list(_degrees(arc, topology["transform"])) for arc in topology["arcs"]]
    arcs = [_simplified([project(*point) for point in arc]) for arc in whole]
    by_number = {country.numeric: code for code, country in countries().items()}
    outlines: dict[str, str] = {}
    largest: dict[str | None, list[tuple[float, float]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = by_number.get(str(shape.get("id", "")))
        rings = [_joined(ring, arcs) for ring in _rings(shape)]
        path = _path([ring for ring in rings if not _jumps(ring)])
        key = code or f"-{shape['properties']['name']}"
        if path:
            outlines[key] = outlines.get(key, "") + path
        # Natural Earth keeps some outer territories as shapes of their own under one number.
        for ring in (_joined(ring, whole) for ring in _rings(shape) if code):
            largest[code] = max(largest.get(code, []), ring, key=_area)
    anchors = {code: _middle(ring) for code, ring in largest.items()}
    _write(outlines, {str(code): point for code, point in anchors.items()} | BY_HAND)


def _write(outlines: dict[str, str], anchors: dict[str, tuple[float, float]]) -> None:
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(outlines.items()))
    (HERE / "outlines.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8", newline="")
    with (HERE / "anchors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "east", "north"])
        writer.writerows([c, f"{e:.2f}", f"{n:.2f}"] for c, (e, n) in sorted(anchors.items()))
    missing = sorted(set(countries()) - set(anchors))
    sys.stdout.write(f"{len(outlines)} outlines, {len(anchors)} anchors, without: {missing}\n")


def _degrees(arc: list[list[int]], change: dict[str, Any]) -> Iterator[tuple[float, float]]:
    x = y = 0
    (sx, sy), (tx, ty) = change["scale"], change["translate"]
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def _rings(shape: dict[str, Any]) -> list[list[int]]:
    if shape["type"] == "Polygon":
        return list(shape["arcs"])
    return [ring for polygon in shape.get("arcs", []) for ring in polygon]


def _joined(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points


def _simplified(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Douglas and Peucker (1973), without recursion; the ends stay."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        inner = range(first + 1, last)
        far = max(inner, key=lambda i: _off(line[i], line[first], line[last]), default=None)
        if far is not None and _off(line[far], line[first], line[last]) > TOLERANCE:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [line[i] for i in sorted(keep)]


def _off(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return ((p[0] - a[0] - along * dx) ** 2 + (p[1] - a[1] - along * dy) ** 2) ** 0.5


def _area(ring: list[tuple[float, float]]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    whole = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) * 3
    if abs(whole) < 1e-9 or max(xs) - min(xs) > 180:
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    east = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / whole
    north = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / whole
    return east, north


def _jumps(ring: list[tuple[float, float]]) -> bool:
    return any(abs(a[0] - b[0]) > 1500 for a, b in pairwise(ring))


def _path(rings: list[list[tuple[float, float]]]) -> str:
    rings = sorted(rings, key=_area, reverse=True)
    kept = rings[:1] + [ring for ring in rings[1:] if _area(ring) >= SMALLEST]
    return "".join(_ring_path(ring) for ring in kept)


def _ring_path(ring: list[tuple[float, float]]) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    text = f"M{points[0][0]} {points[0][1]}l"
    for a, b in pairwise(points):
        if a != b:
            text += f"{b[0] - a[0]} {b[1] - a[1]} "
    return text.rstrip(" l") + "z"


if __name__ == "__main__":
    main(Path(sys.argv[1]))

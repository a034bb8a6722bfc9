"""The world to draw on: outlines of countries and one anchor point for each, projected."""

import csv
import json
from functools import cache
from math import radians
from pathlib import Path

_HERE = Path(__file__).parent / "geometry"
_MIDDLE = 105.0  # degrees east: no seam through the Pacific


def project(east: float, north: float) -> tuple[float, float]:
    """Return the place of a point on the map, in thousandths of a radian, y downward.

    Natural Earth I (Patterson 2012; polynomials by Savric, Jenny, Patterson, Petrovic and Hurni
    2011), central meridian 105 degrees east.

    >>> project(105, 0)
    (0.0, -0.0)
    """
    lam = radians((east - _MIDDLE + 180) % 360 - 180)
    phi = radians(north)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * p2 * (0.003971 - 0.001529 * p2)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return round(1000 * x, 2), round(-1000 * y, 2)


@cache
def outlines() -> dict[str, str]:
    """Return the SVG path of each country by alpha-2 code; a key with `-` is a disputed area."""
    return json.loads((_HERE / "outlines.json").read_text(encoding="utf-8"))


@cache
def anchors() -> dict[str, tuple[float, float]]:
    """Return the anchor point of each country on the map, by alpha-2 code."""
    with (_HERE / "anchors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["code"]: project(float(row["east"]), float(row["north"])) for row in rows}

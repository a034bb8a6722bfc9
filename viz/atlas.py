"""The world to draw on: outlines of countries and one anchor point for each, projected."""

import csv
import json
import re
from collections.abc import Mapping
from functools import cache
from math import radians
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

_HERE = Path(__file__).parent / "geometry"
MIDDLE = 105.0  # degrees east: no seam through the Pacific
FINENESS = 2  # steps of an outline in one unit of the map

Point = tuple[float, float]


class Box(NamedTuple):
    """An upright rectangle; `y` is its upper side."""

    x: float
    y: float
    wide: float
    high: float

    def meets(self, other: "Box") -> bool:
        """Say whether two boxes share ground, not only an edge.

        >>> Box(0, 0, 2, 2).meets(Box(1, 1, 9, 9)), Box(0, 0, 2, 2).meets(Box(2, 0, 9, 9))
        (True, False)
        """
        return (
            self.x < other.x + other.wide
            and other.x < self.x + self.wide
            and self.y < other.y + other.high
            and other.y < self.y + self.high
        )

    def holds(self, point: Point) -> bool:
        """Say whether a point lies within, edges included."""
        return 0 <= point[0] - self.x <= self.wide and 0 <= point[1] - self.y <= self.high


class Ring(NamedTuple):
    """One closed line of an outline: its SVG path in steps of 1/FINENESS, and its box in units."""

    path: str
    box: Box


def project(east: float, north: float) -> Point:
    """Return the place of a point on the map, in thousandths of a radian, y downward.

    Natural Earth I (Patterson 2012; polynomials by Savric, Jenny, Patterson, Petrovic and Hurni
    2011), central meridian 105 degrees east.

    >>> project(105, 0)
    (0.0, -0.0)
    """
    lam = radians((east - MIDDLE + 180) % 360 - 180)
    phi = radians(north)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * p2 * (0.003971 - 0.001529 * p2)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return round(1000 * x, 2), round(-1000 * y, 2)


@cache
def outlines() -> Mapping[str, tuple[Ring, ...]]:
    """Return the rings of each country by alpha-2 code; a key with `-` is an area without one.

    >>> "LK" in outlines(), "TV" in outlines()
    (True, False)
    """
    paths: dict[str, str] = json.loads((_HERE / "outlines.json").read_text(encoding="utf-8"))
    return MappingProxyType({key: tuple(map(_ring, _parts(path))) for key, path in paths.items()})


@cache
def anchors() -> Mapping[str, Point]:
    """Return the anchor point of each country on the map, by alpha-2 code."""
    with (_HERE / "anchors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return MappingProxyType(
        {row["code"]: project(float(row["east"]), float(row["north"])) for row in rows}
    )


def _parts(path: str) -> list[str]:
    return [part + "z" for part in path.split("z") if part]


def _ring(path: str) -> Ring:
    numbers = [int(each) / FINENESS for each in re.findall(r"-?\d+", path)]
    xs, ys = _running(numbers[::2]), _running(numbers[1::2])
    return Ring(path, Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))


def _running(steps: list[float]) -> list[float]:
    places = [0.0]
    for step in steps:
        places.append(places[-1] + step)
    return places[1:]

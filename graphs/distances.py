"""Distances between tied persons as whole numbers, so that equal paths are equal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from graphs.attributes import Link, gathered
from graphs.simple import Pair, SimpleView

Strength = Literal["records", "cases"]
_COUNTED: Mapping[str, str] = {"records": "record_ids", "cases": "cases"}


def whole_distances(view: SimpleView, weight: str) -> dict[Pair, int]:
    """Return a distance for every ordered pair tied that way, scaled to whole numbers.

    `weight` names a link attribute read as a distance; of parallel links the shortest counts.
    Numbers are taken as written in decimals (0.1 is a tenth) and multiplied by their common
    denominator. ValueError where a tie has no such number above 0.
    """
    exact: dict[Pair, Fraction] = {}
    for (one, other), links in view.links.items():
        for link in links:
            distance = exact_number(link, weight)
            for arc in _arcs_of(view, one, other, link):
                exact[arc] = min(distance, exact.get(arc, distance))
    return _scaled(exact)


def distances_of_strength(view: SimpleView, strength: Strength) -> dict[Pair, int]:
    """Return a distance of 1/strength for every ordered pair, scaled to whole numbers.

    Strength is how many distinct records (or cases) state a tie between the two, either way. A
    tie that names none counts as stated once.
    """
    if strength not in _COUNTED:
        raise ValueError(f"unknown strength {strength!r}; known: {', '.join(_COUNTED)}")
    exact: dict[Pair, Fraction] = {}
    for one, other in view.arcs:
        stated = gathered((link.data for link in view.between(one, other)), _COUNTED[strength])
        exact[one, other] = Fraction(1, max(1, len(stated)))
    return _scaled(exact)


def exact_number(link: Link, weight: str) -> Fraction:
    """Return a link's attribute as the number that was written, 0.1 as one tenth.

    >>> exact_number(Link("a", "b", 0, {"km": 0.1}), "km")
    Fraction(1, 10)
    """
    value: object = link.data.get(weight)
    number = _as_fraction(value)
    if number is None or number <= 0:
        raise ValueError(
            f"link {link.source!r} - {link.target!r}: {weight} is {value!r}, "
            "expected a number above 0 on every tie"
        )
    return number


def _as_fraction(value: object) -> Fraction | None:
    if isinstance(value, Fraction | int | Decimal) and not isinstance(value, bool):
        return Fraction(value) if math.isfinite(value) else None
    try:
        # Through its text: the float 0.1 is not a tenth, and what was meant is.
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None


def undirected(distances: Mapping[Pair, int]) -> dict[Pair, int]:
    """Return distances both ways, the shorter where the two differ."""
    both: dict[Pair, int] = {}
    for (one, other), distance in distances.items():
        shorter = min(distance, distances.get((other, one), distance))
        both[one, other] = both[other, one] = shorter
    return both


def _arcs_of(view: SimpleView, one: int, other: int, link: Link) -> list[Pair]:
    """Return the ways a link runs: source to target, or both."""
    forward = (one, other) if view.nodes[one] == link.source else (other, one)
    back = (forward[1], forward[0])
    return [forward, back] if view.both_ways(link) else [forward]


def _scaled(exact: Mapping[Pair, Fraction]) -> dict[Pair, int]:
    scale = math.lcm(*(distance.denominator for distance in exact.values()))
    return {pair: int(distance * scale) for pair, distance in exact.items()}

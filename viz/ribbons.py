"""Directed ribbons between anchor points: curved, tapered, with an arrow head."""

from math import hypot
from typing import NamedTuple

Point = tuple[float, float]


class Ribbon(NamedTuple):
    """The shape of one flow as an SVG path, and where its label may stand."""

    path: str
    middle: Point


def ribbon(start: Point, end: Point, *, width: float, bend: float = 0.16) -> Ribbon:
    """Return a ribbon from start to end that bends to its right and widens to `width`.

    Flows of the two directions between two points therefore lie apart. The head keeps a gap to
    the anchor, so that several arrows into one country stay apart.

    >>> ribbon((0.0, 0.0), (100.0, 0.0), width=4.0).middle
    (50.0, 8.0)
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    middle = (start[0] + dx / 2 - dy * bend, start[1] + dy / 2 + dx * bend)
    gap = min(14.0, length / 4)
    tip = _toward(end, middle, gap)
    head = max(width * 1.9, 9.0)
    neck = _toward(tip, middle, min(head * 1.3, length / 3))
    side = _normal(middle, tip)
    tail = _normal(start, middle)
    w0, w1 = max(width * 0.22, 0.7), width / 2
    mid = _normal(start, tip)
    outline = [
        _beside(start, tail, w0), _beside(middle, mid, (w0 + w1) / 2), _beside(neck, side, w1),
        _beside(neck, side, head / 2), tip, _beside(neck, side, -head / 2),
        _beside(neck, side, -w1), _beside(middle, mid, -(w0 + w1) / 2), _beside(start, tail, -w0),
    ]  # fmt: skip
    a, b, c, d, e, f, g, h, i = (f"{x:.1f} {y:.1f}" for x, y in outline)
    path = f"M{a}Q{b} {c}L{d}L{e}L{f}L{g}Q{h} {i}Z"
    at = (start[0] + 2 * middle[0] + end[0]) / 4, (start[1] + 2 * middle[1] + end[1]) / 4
    return Ribbon(path, (round(at[0], 1), round(at[1], 1)))


def _toward(point: Point, other: Point, step: float) -> Point:
    dx, dy = other[0] - point[0], other[1] - point[1]
    length = hypot(dx, dy) or 1.0
    return point[0] + dx / length * step, point[1] + dy / length * step


def _normal(a: Point, b: Point) -> Point:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = hypot(dx, dy) or 1.0
    return -dy / length, dx / length


def _beside(point: Point, normal: Point, by: float) -> Point:
    return point[0] + normal[0] * by, point[1] + normal[1] * by

"""Directed ribbons between anchor points: curved, tapered, with heads that keep apart."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin
from typing import Final, NamedTuple

Point = tuple[float, float]

# Radians between a ribbon's ends and the straight line, best first; to its right, save the last.
BENDS: Final = (0.3, 0.14, 0.5, -0.3)
CLEAR: Final = 15.0  # pixels that a ribbon keeps from anchors it only passes
FARTHEST: Final = 0.8  # radians that an end may be pushed round its anchor
NEAREST: Final = 11.0  # pixels from an anchor to the tip of an arrow
CROWDED: Final = 26.0  # the same where many arrows meet
THINNEST: Final = 2.4


class Ribbon(NamedTuple):
    """The shape of one flow: outline, line and the line's wider half as SVG paths, points on it."""

    path: str
    line: str
    half: str
    along: tuple[Point, ...]
    width: float


class _End(NamedTuple):
    """One end of a ribbon at an anchor: where it wants to leave, and the room it needs."""

    key: tuple[str, str]
    arrives: bool
    angle: float
    half: float


def ribbons(
    places: Mapping[str, Point], widths: Mapping[tuple[str, str], float]
) -> dict[tuple[str, str], Ribbon]:
    """Return a ribbon for each pair of places, its head at the second.

    A ribbon bends to its right, so two directions lie apart, and more or less so where it would
    run over a place it only passes. Ends that crowd round one anchor are
    turned until their heads have room, and stand farther off where there are many.

    >>> found = ribbons({"A": (0, 0), "B": (100, 0)}, {("A", "B"): 4.0, ("B", "A"): 4.0})
    >>> found["A", "B"].along[6][1] > 0 > found["B", "A"].along[6][1]
    True
    """
    ends: dict[str, list[_End]] = {}
    for (a, b), width in sorted(widths.items()):
        # The way back, where there is one, lies on the left.
        bend = _bend(places, a, b, BENDS[:-1] if (b, a) in widths else BENDS)
        ends.setdefault(a, []).append(_end(places, (a, b), width, bend, arrives=False))
        ends.setdefault(b, []).append(_end(places, (a, b), width, bend, arrives=True))
    tips: dict[tuple[tuple[str, str], bool], tuple[float, float]] = {}
    for own in ends.values():
        away = min(CROWDED, max(NEAREST, sum(2 * end.half + 2 for end in own) / (1.5 * pi)))
        for end, angle in zip(own, _spread(own, away), strict=True):
            tips[end.key, end.arrives] = (angle, away)
    return {
        key: _drawn(places[key[0]], places[key[1]], tips[key, False], tips[key, True], width)
        for key, width in sorted(widths.items())
    }


def _bend(places: Mapping[str, Point], a: str, b: str, bends: Sequence[float]) -> float:
    """Return the first bend that passes the other places clear, or the one that does so best."""
    others = [place for code, place in sorted(places.items()) if code not in (a, b)]

    def clearance(bend: float) -> float:
        curve = _curve(places[a], places[b], bend)
        points = [_on(curve, i / 24) for i in range(1, 24)]
        return min((hypot(x - u, y - v) for x, y in points for u, v in others), default=CLEAR)

    return max(bends, key=lambda bend: (min(clearance(bend), CLEAR), -bends.index(bend)))


def _curve(start: Point, end: Point, bend: float) -> tuple[Point, Point, Point, Point]:
    angle, reach = _angle(start, end), 0.34 * hypot(end[0] - start[0], end[1] - start[1])
    out, back = _unit(angle + bend), _unit(angle + pi - bend)
    return start, _moved(start, out, reach), _moved(end, back, reach), end


def _angle(start: Point, end: Point) -> float:
    return atan2(end[1] - start[1], end[0] - start[0])


def _end(
    places: Mapping[str, Point],
    key: tuple[str, str],
    width: float,
    bend: float,
    *,
    arrives: bool,
) -> _End:
    here, there = reversed(key) if arrives else key
    straight = _angle(places[here], places[there])
    half = _head_half(width) if arrives else max(width * 0.15, 1.0)
    return _End(key, arrives, straight + (-bend if arrives else bend), half)


def _spread(ends: Sequence[_End], away: float) -> list[float]:
    """Return an angle for each end, near the one it wants, with room between neighbours."""
    order = _round(ends)
    wanted = {i: _up_from(ends[i].angle, ends[order[0]].angle) for i in order}
    angle = dict(wanted)
    for _ in range(60):
        for i, j in pairwise(order):
            lack = (ends[i].half + ends[j].half + 1.5) / away - (angle[j] - angle[i])
            if lack > 0:
                angle[i] -= lack / 2
                angle[j] += lack / 2
        for i in order:
            angle[i] = min(wanted[i] + FARTHEST, max(wanted[i] - FARTHEST, angle[i]))
    return [angle[i] for i in range(len(ends))]


def _round(ends: Sequence[_End]) -> list[int]:
    """Return the ends in the order round their anchor, beginning after the widest gap."""
    order = sorted(range(len(ends)), key=lambda i: (ends[i].angle % (2 * pi), ends[i].key))
    gaps = [
        (ends[order[place]].angle - ends[order[place - 1]].angle) % (2 * pi)
        for place in range(len(order))
    ]
    first = max(range(len(order)), key=lambda place: (gaps[place], -place))
    return order[first:] + order[:first]


def _up_from(angle: float, first: float) -> float:
    """Return an angle as one that is not below another, and less than a turn above it."""
    return first % (2 * pi) + (angle - first) % (2 * pi)


def _drawn(start: Point, end: Point, leaves: Point, arrives: Point, width: float) -> Ribbon:
    """Draw one ribbon; `leaves` and `arrives` are angle and distance of its ends."""
    apart = hypot(end[0] - start[0], end[1] - start[1])
    out, back = _unit(leaves[0]), _unit(arrives[0])
    tail = _moved(start, out, min(leaves[1] - 2, apart * 0.25))
    tip = _moved(end, back, min(arrives[1], apart * 0.25))
    length = hypot(tip[0] - tail[0], tip[1] - tail[1])
    width = max(min(width, length / 3), 0.8)
    neck = _moved(tip, back, min(max(9.0, width * 1.15), length * 0.45))
    reach = 0.34 * hypot(neck[0] - tail[0], neck[1] - tail[1])
    curve = (tail, _moved(tail, out, reach), _moved(neck, back, reach), neck)
    thin = max(width * 0.3, 1.2)
    widths = (thin, thin + (width - thin) / 3, width - (width - thin) / 3, width)
    # A quarter turn from the way the ribbon goes: outward at its tail, inward at its head.
    sides = ((-out[1], out[0]), (-out[1], out[0]), (back[1], -back[0]), (back[1], -back[0]))
    left, right = (
        [_moved(p, n, turn * w / 2) for p, n, w in zip(curve, sides, widths, strict=True)]
        for turn in (1, -1)
    )
    half = min(_head_half(width), length / 2)
    barb = [_moved(neck, sides[3], turn * half) for turn in (1, -1)]
    path = (
        f"M{_text(left[0])}C{_text(*left[1:])}L{_text(barb[0], tip, barb[1], right[3])}"
        f"C{_text(right[2], right[1], right[0])}Z"
    )
    along = tuple(_on(curve, i / 12) for i in range(13))
    line = f"M{_text(tail)}C{_text(*curve[1:])}"
    return Ribbon(path, line, _second_half(curve), along, width)


def _second_half(curve: Sequence[Point]) -> str:
    """Return the half of a cubic curve towards its end (de Casteljau 1959)."""
    ab, bc, cd = (_between(a, b) for a, b in pairwise(curve))
    abc, bcd = _between(ab, bc), _between(bc, cd)
    return f"M{_text(_between(abc, bcd))}C{_text(bcd, cd, curve[3])}"


def _between(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _head_half(width: float) -> float:
    return max(5.0, width * 0.5 + 4.0)


def _unit(angle: float) -> Point:
    return cos(angle), sin(angle)


def _moved(point: Point, way: Point, by: float) -> Point:
    return point[0] + way[0] * by, point[1] + way[1] * by


def _on(curve: Sequence[Point], t: float) -> Point:
    """Return a point of a cubic curve."""
    parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(part * point[0] for part, point in zip(parts, curve, strict=True)),
        sum(part * point[1] for part, point in zip(parts, curve, strict=True)),
    )


def _text(*points: Point) -> str:
    return " ".join(f"{x:.1f} {y:.1f}" for x, y in points)

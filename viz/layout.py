"""Where every node of a network stands on the chart, computed once and kept in the snapshot.

Persons and organisations and the ties between them shape the picture; papers, journeys, cases
and countries are set around those they belong to, so that switching a kind on moves nobody.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from graphs.attributes import links_of, sort_key
from viz.forces import Ends, Points, settle, spread

if TYPE_CHECKING:
    import networkx as nx

Positions = dict[Hashable, tuple[float, float]]
Pairs = Mapping[tuple[int, int], float]

SEED: Final = 7
SHAPING: Final = frozenset({"Person", "Organisation"})
# Two who share one of these are drawn near each other; sharing a case or a country says too little.
MEETING: Final = frozenset({"Journey", "Identifier", "Event"})
OUTSIDE: Final = frozenset({"Country", "Agency", "FocalPoint", "Period", "Plan", "Outcome"})

TIE_LENGTH: Final = 90.0  # median length of a tie, in chart units (pixels at zoom 1)
GAP: Final = 44.0  # least distance between two persons
SMALL_GAP: Final = 24.0  # least distance from anything else
GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))
STRETCH: Final = (1.3, 0.95)  # screens are wide
WIDE: Final = 1.6  # width of the picture over its height


def layout(network: nx.Graph, *, seed: int = SEED) -> Positions:
    """Return x and y of every node, in chart units, rounded to a tenth; x grows to the right.

    The same network gives the same coordinates, whatever the order of its nodes and links, and
    another `seed` gives another picture. Nodes without a tie stand in a strip below the rest.

    >>> import networkx as nx
    >>> path = nx.path_graph(3)
    >>> places = layout(path)
    >>> places == layout(nx.Graph([(2, 1), (1, 0)])), len(set(places.values()))
    (True, 3)
    """
    nodes = sorted(network.nodes, key=sort_key)
    if not nodes:
        return {}
    row = {node: i for i, node in enumerate(nodes)}
    kinds = [str(network.nodes[node].get("kind", "")) for node in nodes]
    near = _neighbours(network, row)
    shaping = [i for i, kind in enumerate(kinds) if kind in SHAPING] or list(range(len(nodes)))
    points = np.full((len(nodes), 2), np.nan)
    _place_shaping(points, shaping, _ties(near, kinds, set(shaping)), seed)
    _place_others(points, near, kinds)
    return {
        node: (round(float(x), 1) + 0.0, round(float(y), 1) + 0.0)
        for node, (x, y) in zip(nodes, points, strict=True)
    }


def _neighbours(network: nx.Graph, row: Mapping[Hashable, int]) -> list[dict[int, int]]:
    """Return for every node its neighbours and how many links go there."""
    near: list[dict[int, int]] = [{} for _ in row]
    for link in links_of(network):
        one, other = row[link.source], row[link.target]
        if one != other:
            near[one][other] = near[one].get(other, 0) + 1
            near[other][one] = near[other].get(one, 0) + 1
    return near


def _ties(
    near: Sequence[Mapping[int, int]], kinds: Sequence[str], shaping: set[int]
) -> dict[tuple[int, int], float]:
    """Return what pulls together: links between shaping nodes, more weakly a common third."""
    ties = {
        (i, j): 1.0 + 0.35 * math.log(count)
        for i in sorted(shaping)
        for j, count in sorted(near[i].items())
        if i < j and j in shaping
    }
    for i, kind in enumerate(kinds):
        if kind in MEETING and i not in shaping:
            for pair in _meetings(sorted(set(near[i]) & shaping)):
                ties.setdefault(pair, 0.3)
    return ties


def _meetings(company: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of a company: all of a small one, of a large one each with the first."""
    if len(company) <= 6:
        yield from combinations(company, 2)
    else:
        yield from ((company[0], other) for other in company[1:])


def _place_shaping(points: Points, shaping: Sequence[int], ties: Pairs, seed: int) -> None:
    groups = _components(shaping, ties)
    alone = [group[0] for group in groups if len(group) == 1]
    joined = [group for group in groups if len(group) > 1]
    shapes = [_rest(group, _within(group, ties), seed) for group in joined]
    bottom = 0.0
    for group, shape, corner in zip(joined, shapes, _pack(shapes), strict=True):
        points[group] = shape + corner
        bottom = max(bottom, float(points[group, 1].max()))
    width = max((float(np.ptp(points[group, 0])) for group in joined), default=0.0)
    _strip(points, alone, top=bottom + 1.5 * GAP, width=max(width, _side(len(alone))))


def _components(members: Sequence[int], ties: Pairs) -> list[list[int]]:
    """Return the connected groups, largest first, each sorted."""
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in ties:
        near[one].append(other)
        near[other].append(one)
    seen: set[int] = set()
    groups: list[list[int]] = []
    for first in members:
        if first not in seen:
            groups.append(sorted(_steps_from(first, near)))
            seen.update(groups[-1])
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def _steps_from(first: int, near: Mapping[int, Sequence[int]]) -> dict[int, int]:
    steps = {first: 0}
    queue = deque([first])
    while queue:
        here = queue.popleft()
        for other in near.get(here, ()):
            if other not in steps:
                steps[other] = steps[here] + 1
                queue.append(other)
    return steps


def _within(group: Sequence[int], ties: Pairs) -> dict[tuple[int, int], float]:
    place = {node: i for i, node in enumerate(group)}
    return {(place[i], place[j]): pull for (i, j), pull in ties.items() if i in place}


def _rest(group: Sequence[int], ties: Pairs, seed: int) -> Points:
    """Return a connected group at rest: ties of about TIE_LENGTH, nobody closer than GAP."""
    ends = np.array(list(ties), dtype=np.int64)
    pull = np.array(list(ties.values()))
    start = _by_distance(len(group), ends)
    noise = np.random.default_rng(seed).normal(size=start.shape)
    points = settle(start + 0.05 * float(np.abs(start).max()) * noise, ends, pull)
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    points = (
        _lying(points) * np.array(STRETCH) * (TIE_LENGTH / max(float(np.median(lengths)), 1e-9))
    )
    points = spread(points, GAP, np.zeros(len(points), dtype=bool))
    return points - points.min(axis=0)


def _by_distance(size: int, ends: Ends) -> Points:
    """Return a first picture from numbers of steps to some pivots (Brandes and Pich 2007)."""
    near: dict[int, list[int]] = defaultdict(list)
    for one, other in ends.tolist():
        near[one].append(other)
        near[other].append(one)
    nearest = np.full(size, np.inf)
    columns: list[Points] = []
    pivot = max(range(size), key=lambda i: (len(near[i]), -i))
    while len(columns) < min(size, 40):
        steps = _steps_from(pivot, near)
        columns.append(np.array([float(steps[i]) for i in range(size)]))
        nearest = np.minimum(nearest, columns[-1])
        pivot = int(nearest.argmax())
    squares = np.stack(columns, axis=1) ** 2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    places = centred @ vectors[:, ::-1][:, :2]
    if places.shape[1] < 2:
        places = np.column_stack((places, np.zeros(size)))
    return np.sqrt(size) * places / max(float(np.abs(places).max()), 1e-9)


def _lying(points: Points) -> Points:
    """Turn the picture so that its longest extent lies along the screen."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    axes = axes[:, ::-1] * np.where(axes[:, ::-1].sum(axis=0) < 0, -1.0, 1.0)
    return points @ axes


def _pack(shapes: Sequence[Points]) -> list[Points]:
    """Return the corner of each shape: the first on top, the rest in rows below it."""
    sizes = [np.ptp(shape, axis=0) + 1.5 * GAP for shape in shapes]
    area = float(sum(size[0] * size[1] for size in sizes))
    width = max([math.sqrt(area * WIDE), *(float(size[0]) for size in sizes[:1])])
    corners: list[Points] = []
    x = y = height = 0.0
    for size in sizes:
        if x and x + size[0] > width:
            x, y, height = 0.0, y + height, 0.0
        corners.append(np.array([x, y]))
        x, height = x + float(size[0]), max(height, float(size[1]))
    return corners


def _strip(points: Points, alone: Sequence[int], *, top: float, width: float) -> None:
    across = max(1, int(width // (1.6 * GAP)))
    for i, row in enumerate(alone):
        points[row] = ((i % across) * 1.6 * GAP, top + (i // across) * GAP)


def _side(count: int) -> float:
    """Return the width of a strip for so many: wider than high, and at least ten across."""
    return 1.6 * GAP * max(10.0, math.sqrt(count * WIDE))


def _place_others(points: Points, near: Sequence[Mapping[int, int]], kinds: Sequence[str]) -> None:
    """Set what is not yet placed beside what it belongs to, ring after ring outwards."""
    fixed = ~np.isnan(points[:, 0])
    if fixed.all():
        return
    outer = [i for i in np.flatnonzero(~fixed).tolist() if kinds[i] in OUTSIDE]
    inner = [i for i in np.flatnonzero(~fixed).tolist() if kinds[i] not in OUTSIDE]
    left = _place_beside(points, near, inner)
    _place_outside(points, near, outer)
    lowest, width = float(np.nanmax(points[:, 1])), float(np.nanmax(points[:, 0]))
    _strip(points, left, top=lowest + 1.5 * GAP, width=max(_side(len(left)), width))
    points[:] = spread(points, SMALL_GAP, fixed)


def _place_beside(
    points: Points, near: Sequence[Mapping[int, int]], waiting: Iterable[int]
) -> list[int]:
    """Place every node that something placed leads to; return those that nothing leads to."""
    left = list(waiting)
    while True:
        found = [(i, _middle(points, near[i])) for i in left]
        placed = [(i, middle) for i, middle in found if middle is not None]
        if not placed:
            return left
        for i, middle in placed:
            turn = GOLDEN_ANGLE * i
            points[i] = middle + 0.8 * GAP * np.array([math.cos(turn), math.sin(turn)])
        left = [i for i, middle in found if middle is None]


def _middle(points: Points, near: Mapping[int, int]) -> Points | None:
    places = points[sorted(near)] if near else np.empty((0, 2))
    places = places[~np.isnan(places[:, 0])]
    return places.mean(axis=0) if len(places) else None


def _place_outside(points: Points, near: Sequence[Mapping[int, int]], outer: Sequence[int]) -> None:
    """Set countries and agencies round the picture, each on the side of those it belongs to."""
    placed = points[~np.isnan(points[:, 0])]
    low, high = (
        (placed.min(axis=0), placed.max(axis=0)) if len(placed) else (np.zeros(2), np.ones(2))
    )
    centre, radius = (low + high) / 2, (high - low) / 2 * 1.12 + 3 * GAP
    wanted: list[tuple[float, int]] = []
    for i in outer:
        middle = _middle(points, near[i])
        away = np.zeros(2) if middle is None else (middle - centre) / radius
        turn = GOLDEN_ANGLE * i if np.allclose(away, 0) else math.atan2(away[1], away[0])
        wanted.append((turn % (2 * math.pi), i))
    for place, (turn, i) in enumerate(sorted(wanted)):
        even = 2 * math.pi * place / len(wanted)
        turn = turn if len(wanted) < 4 else (turn + even) / 2
        points[i] = centre + radius * np.array([math.cos(turn), math.sin(turn)])

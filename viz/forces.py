"""Springs and repulsion on arrays: where the points of one connected graph come to rest.

After ForceAtlas2 (Jacomy et al. 2014): every tie pulls by the logarithm of its length, every two
points push each other apart by their degrees over their distance. Written in numpy, because a
compiled layout with a permissive licence and a seed is either young or quadratic above 5,000.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Ends = NDArray[np.int64]

ROUNDS: Final = 220  # for a small graph; large ones get fewer, down to 90
EXACT: Final = (
    1_200  # points up to which every pair is pushed apart; above, cells stand for far ones
)
GRAVITY: Final = 0.02


def settle(start: Points, ends: Ends, pull: Points) -> Points:
    """Return points at rest: `ends` are pairs of row numbers, `pull` the strength of each tie.

    The same arrays give the same result; nothing here is random.
    """
    points = start.copy()
    mass = 1.0 + np.bincount(ends.ravel(), minlength=len(points)).astype(np.float64)
    repel = _repel_exactly if len(points) <= EXACT else _repel_by_cells
    rounds = int(np.clip(ROUNDS * np.sqrt(EXACT / len(points)), 90, ROUNDS))
    reach = 0.1 * np.sqrt(len(points))
    for step in range(rounds):
        force = repel(points, mass) - GRAVITY * mass[:, None] * (points - points.mean(axis=0))
        _add_springs(force, points, ends, pull)
        length = np.linalg.norm(force, axis=1, keepdims=True)
        limit = reach * (1.0 - step / rounds) ** 1.5
        points += force / np.maximum(length, 1e-12) * np.minimum(length / mass[:, None], limit)
    return points


def _add_springs(force: Points, points: Points, ends: Ends, pull: Points) -> None:
    away = points[ends[:, 1]] - points[ends[:, 0]]
    length = np.linalg.norm(away, axis=1)
    away *= (pull * np.log1p(length) / np.maximum(length, 1e-9))[:, None]
    for axis in (0, 1):
        force[:, axis] += np.bincount(ends[:, 0], away[:, axis], len(points))
        force[:, axis] -= np.bincount(ends[:, 1], away[:, axis], len(points))


def _repel_exactly(points: Points, mass: Points) -> Points:
    across = points[:, None, 0] - points[None, :, 0]
    up = points[:, None, 1] - points[None, :, 1]
    push = mass[None, :] / (across * across + up * up + 1e-3)
    return np.stack(((push * across).sum(axis=1), (push * up).sum(axis=1)), axis=1) * mass[:, None]


def _repel_by_cells(points: Points, mass: Points) -> Points:
    """Push from the middle of every cell of a grid, and from each point near by on its own."""
    side = float(np.ptp(points, axis=0).max()) / max(4, int(np.sqrt(len(points) / 10))) + 1e-9
    _, cell = np.unique(_cells(points, side), axis=0, return_inverse=True)
    weight = np.bincount(cell, mass)
    middle = np.stack([np.bincount(cell, mass * points[:, a]) / weight for a in (0, 1)], axis=1)
    across = points[:, None, 0] - middle[None, :, 0]
    up = points[:, None, 1] - middle[None, :, 1]
    push = weight[None, :] / (across * across + up * up + side * side)
    force = np.stack(((push * across).sum(axis=1), (push * up).sum(axis=1)), axis=1)
    one, other = near_pairs(points, side)
    gap = points[one] - points[other]
    apart = _square(gap)
    near = 1.0 / (apart + 1e-3) - 1.0 / (apart + side * side)
    for axis in (0, 1):
        force[:, axis] += np.bincount(one, near * gap[:, axis] * mass[other], len(points))
        force[:, axis] -= np.bincount(other, near * gap[:, axis] * mass[one], len(points))
    return force * mass[:, None]


def near_pairs(points: Points, reach: float) -> tuple[Ends, Ends]:
    """Return row numbers of all pairs closer than `reach`, each pair once.

    >>> one, other = near_pairs(np.array([[0.0, 0.0], [0.5, 0.0], [5.0, 5.0]]), 1.0)
    >>> [sorted(pair) for pair in zip(one.tolist(), other.tolist())]
    [[0, 1]]
    """
    cells = _cells(points, reach) + 1
    width = int(cells[:, 1].max()) + 2
    place = cells[:, 0] * width + cells[:, 1]
    order = np.argsort(place, kind="stable").astype(np.int64)
    ranked = place[order]
    found = [_pairs_at(order, ranked, shift) for shift in (0, 1, width - 1, width, width + 1)]
    one, other = (np.concatenate(side) for side in zip(*found, strict=True))
    gap = points[one] - points[other]
    close = _square(gap) < reach * reach
    return one[close], other[close]


def _square(gap: Points) -> Points:
    """Return the squared length of each row: far faster than a sum over an axis of two."""
    return gap[:, 0] * gap[:, 0] + gap[:, 1] * gap[:, 1]


def _pairs_at(order: Ends, ranked: Ends, shift: int) -> tuple[Ends, Ends]:
    """Pair each point with those in the cell that lies `shift` further on; in its own, once."""
    first = np.searchsorted(ranked, ranked + shift, side="left")
    last = np.searchsorted(ranked, ranked + shift, side="right")
    if shift == 0:
        first = np.arange(1, len(ranked) + 1)
    count = np.maximum(last - first, 0)
    one = np.repeat(np.arange(len(ranked)), count)
    begin = np.repeat(np.cumsum(count) - count, count)
    other = np.repeat(first, count) + np.arange(len(one)) - begin
    return order[one], order[other]


def _cells(points: Points, side: float) -> Ends:
    return np.floor((points - points.min(axis=0)) / side).astype(np.int64)


def spread(points: Points, gap: float, fixed: NDArray[np.bool_], *, rounds: int = 60) -> Points:
    """Return the points moved apart until no two are closer than `gap`, or the rounds are over.

    Fixed points stay where they are, so two of them may stay close.
    """
    points = points.copy()
    free = np.where(fixed, 0.0, 1.0)
    for _ in range(rounds):
        one, other = near_pairs(points, gap)
        if not len(one):
            break
        away = points[one] - points[other]
        length = np.linalg.norm(away, axis=1)
        stacked = length < 1e-9
        away[stacked] = np.stack((np.cos(one[stacked]), np.sin(other[stacked])), axis=1)
        length = np.maximum(np.linalg.norm(away, axis=1), 1e-9)
        both = np.maximum(free[one] + free[other], 1.0)
        move = 0.6 * away * ((gap - np.minimum(length, gap)) / length / both)[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(one, free[one] * move[:, axis], len(points))
            points[:, axis] -= np.bincount(other, free[other] * move[:, axis], len(points))
    return points

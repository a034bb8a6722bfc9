"""How often each node lies on shortest paths: Brandes (2001), by hops and by exact distances."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

Arc = tuple[int, int]
"""A neighbour's place and its distance, a whole number above 0."""

_ONE_THREAD = 2**62  # rustworkx adds in the order of its threads: two runs would differ


def by_hops(n: int, pairs: Iterable[tuple[int, int]], *, directed: bool = False) -> list[float]:
    """Return for each of n nodes the sum over pairs of the share of shortest paths through it.

    Unordered pairs unless `directed`. O(nm), compiled, always in one thread, so that two runs
    agree to the last bit.

    >>> by_hops(3, [(0, 1), (1, 2)])
    [0.0, 1.0, 0.0]
    """
    import rustworkx as rx

    arcs = list(pairs)
    graph: rx.PyDiGraph[None, None] | rx.PyGraph[None, None]
    graph = rx.PyDiGraph() if directed else rx.PyGraph()
    graph.add_nodes_from([None] * n)
    graph.add_edges_from_no_data(arcs)
    scores = rx.betweenness_centrality(graph, normalized=False, parallel_threshold=_ONE_THREAD)
    counts = [float(scores[node]) for node in range(n)]
    # Beyond 2^1024 shortest paths a float is full; whole numbers are slower and have no end.
    if all(math.isfinite(count) for count in counts):
        return counts
    return by_distance(_neighbours(n, arcs, directed=directed), directed=directed)


def by_distance(neighbours: Sequence[Sequence[Arc]], *, directed: bool = False) -> list[float]:
    """Return the same over the shortest of weighted paths, equal lengths told apart exactly.

    `neighbours[i]` lists (place, distance) of the arcs out of i, both ways for an undirected
    network. Lengths and numbers of paths are whole numbers, so no tie between two paths is lost
    to rounding. O(nm + n² log n).

    >>> by_distance([[(1, 3)], [(0, 3), (2, 1)], [(1, 1)]])
    [0.0, 1.0, 0.0]
    """
    through = [0.0] * len(neighbours)
    for source in range(len(neighbours)):
        tree = _shortest_paths(neighbours, source)
        for node, share in _dependencies(tree, len(neighbours)):
            if node != source:
                through[node] += share
    return through if directed else [share / 2 for share in through]


class _Paths(NamedTuple):
    """Shortest paths from one source: nodes nearest first, numbers of paths, last steps."""

    order: list[int]
    ways: dict[int, int]
    before: dict[int, list[int]]


def _shortest_paths(neighbours: Sequence[Sequence[Arc]], source: int) -> _Paths:
    """Dijkstra, which counts the paths of equal length."""
    length, done = {source: 0}, set[int]()
    paths = _Paths([], {source: 1}, {source: []})
    waiting = [(0, source)]
    while waiting:
        so_far, node = heapq.heappop(waiting)
        if node in done:
            continue
        done.add(node)
        paths.order.append(node)
        for other, step in neighbours[node]:
            far = so_far + step
            if other not in length or far < length[other]:
                length[other] = far
                paths.ways[other], paths.before[other] = paths.ways[node], [node]
                heapq.heappush(waiting, (far, other))
            elif far == length[other]:
                paths.ways[other] += paths.ways[node]
                paths.before[other].append(node)
    return paths


def _dependencies(paths: _Paths, n: int) -> Iterator[tuple[int, float]]:
    """Yield how much of the paths of one source run through each node, farthest first."""
    share = [0.0] * n
    for node in reversed(paths.order):
        for earlier in paths.before[node]:
            share[earlier] += paths.ways[earlier] / paths.ways[node] * (1 + share[node])
        yield node, share[node]


def _neighbours(n: int, arcs: list[tuple[int, int]], *, directed: bool) -> list[list[Arc]]:
    rows: list[list[Arc]] = [[] for _ in range(n)]
    for source, target in arcs:
        rows[source].append((target, 1))
        if not directed:
            rows[target].append((source, 1))
    return rows

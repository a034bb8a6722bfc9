"""The position of one person in a network: betweenness and degree, and ranks that keep ties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from graphs.brandes import by_distance, by_hops
from graphs.distances import Strength, distances_of_strength, undirected, whole_distances
from graphs.simple import Pair, SimpleView, simple_view

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

Number = TypeVar("Number", int, float)


def betweenness(
    network: nx.Graph | SimpleView,
    *,
    weight: str | None = None,
    strength: Strength | None = None,
    directed: bool = False,
    normalized: bool = False,
) -> pd.Series[float]:
    """Return how much of the network meets only through each node (Freeman 1977).

    For a node v: the sum, over pairs of other nodes, of the share of their shortest paths that
    runs through v. Exact (Brandes 2001), on the simple form of the network: a pair tied three
    times is tied once, loops count for nothing. A tie in either direction counts unless
    `directed`. Unreachable pairs give 0; isolates count in n.

    The unit is pairs: unordered ones, or ordered ones if `directed`. With `normalized` it is the
    share of all pairs, divided by (n-1)(n-2)/2 or (n-1)(n-2); with n < 3 there is none and every
    value is NaN, "not defined".

    `weight` names a link attribute that is a distance; `strength` ("records" or "cases") makes
    the distance 1/strength, so that often stated ties are short. Distances are compared as whole
    numbers, never as floats: with floats 0.1 + 0.2 is not 0.3, and a tie between two paths is
    lost. The values are float sums in a fixed order: compare them by `rounded` or `shared_ranks`,
    which take 12 significant digits, so that equal ones are equal.

    It does not say who decides, nor that anything takes the shortest path. O(nm), weighted
    O(nm + n² log n). Returns a Series by node, sorted by node.

    >>> import networkx as nx
    >>> betweenness(nx.path_graph(["a", "b", "c", "d"])).to_dict()
    {'a': 0.0, 'b': 2.0, 'c': 2.0, 'd': 0.0}
    >>> diamond = nx.Graph()
    >>> diamond.add_weighted_edges_from(
    ...     [("s", "a", 0.1), ("a", "t", 0.2), ("s", "b", 0.15), ("b", "t", 0.15)], weight="days")
    >>> betweenness(diamond, weight="days").to_dict()
    {'a': 0.5, 'b': 0.5, 's': 1.0, 't': 0.0}
    """
    view = simple_view(network)
    if weight is not None and strength is not None:
        raise ValueError("give weight (a distance) or strength (its inverse), not both")
    if weight is not None:
        counts = _weighted(view, whole_distances(view, weight), directed=directed)
    elif strength is not None:
        counts = _weighted(view, distances_of_strength(view, strength), directed=directed)
    else:
        arcs = view.arcs if directed else view.pairs
        counts = by_hops(view.n, arcs, directed=directed)
    pairs = number_of_pairs(view.n, directed=directed)
    values = [_share(count, pairs) for count in counts] if normalized else counts
    return by_node(view, values, "betweenness")


def degree(network: nx.Graph | SimpleView) -> pd.Series[int]:
    """Return how many others each node is tied to, in either direction, each counted once.

    It says nothing of importance: a busy file makes degree.

    >>> import networkx as nx
    >>> degree(nx.MultiDiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("c", "c")])).to_dict()
    {'a': 1, 'b': 2, 'c': 1}
    """
    view = simple_view(network)
    return by_node(view, [len(row) for row in view.near], "degree")


def by_node(view: SimpleView, values: Sequence[Number], name: str) -> pd.Series[Number]:
    """Return one value per node as a Series, in the order of the view."""
    import pandas as pd

    # Objects, one by one: nodes that are tuples would make a MultiIndex.
    index = pd.Index(list(view.nodes), dtype="object", tupleize_cols=False)
    return pd.Series(list(values), index=index, name=name, dtype=None if values else "float64")


def shared_ranks(values: Iterable[float], *, ranked: Iterable[bool]) -> list[int | None]:
    """Return ranks, 1 = greatest; equal values share one, those not ranked have None.

    Values are equal that agree in 12 significant digits.

    >>> shared_ranks([3, 5, 5, 0], ranked=[True, True, True, False])
    [3, 1, 1, None]
    """
    marked = list(zip(rounded(values), ranked, strict=True))
    order = sorted((value for value, counts in marked if counts), reverse=True)
    first: dict[float, int] = {}
    for place, value in enumerate(order, start=1):
        first.setdefault(value, place)
    return [first[value] if counts else None for value, counts in marked]


def number_of_pairs(n: int, *, directed: bool = False) -> float:
    """Return how many pairs of others a node of n can stand between; 0 = not defined.

    >>> number_of_pairs(9), number_of_pairs(9, directed=True), number_of_pairs(2)
    (28.0, 56.0, 0.0)
    """
    return 0.0 if n < 3 else (n - 1) * (n - 2) / (1 if directed else 2)


def rounded(values: Iterable[float]) -> list[float]:
    """Round to 12 significant digits: what differs beyond them is the order of adding.

    >>> rounded([0.1 + 0.2, 1 / 3])
    [0.3, 0.333333333333]
    """
    return [float(f"{value:.12g}") for value in values]


def _share(count: float, pairs: float) -> float:
    return count / pairs if pairs else float("nan")


def _weighted(view: SimpleView, distances: dict[Pair, int], *, directed: bool) -> list[float]:
    rows: list[list[Pair]] = [[] for _ in range(view.n)]
    used = distances if directed else undirected(distances)
    for (source, target), distance in sorted(used.items()):
        rows[source].append((target, distance))
    return by_distance(rows, directed=directed)

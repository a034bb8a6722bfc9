"""Structural holes (Burt 1992): how far a person's contacts are tied to one another anyway."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from graphs.distances import exact_number
from graphs.position import by_node
from graphs.simple import SimpleView, simple_view

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_Rows = list[dict[int, float]]


def constraint(network: nx.Graph | SimpleView, *, weight: str | None = None) -> pd.Series[float]:
    """Return Burt's constraint of each node: small = room to broker, not proof of brokering.

    c_i = Σ_j (p_ij + Σ_{q≠i,j} p_iq p_qj)², with p_ij = (a_ij + a_ji) / Σ_k (a_ik + a_ki). Here
    a_ij = 1 where i has a tie to j, however many links state it; with `weight`, a link attribute
    that says how strong a tie is, a_ij is the sum over the links from i to j.

    NaN, "not defined", for an isolate. O(Σ degree²).

    >>> import networkx as nx
    >>> constraint(nx.star_graph(["hub", "a", "b", "c", "d"])).to_dict()
    {'a': 1.0, 'b': 1.0, 'c': 1.0, 'd': 1.0, 'hub': 0.25}
    """
    view = simple_view(network)
    shares = [_divided(row, sum(row.values())) for row in _mutual(view, weight)]
    return _by_node(view, "constraint", lambda i: _constraint_of(i, shares))


def effective_size(
    network: nx.Graph | SimpleView, *, weight: str | None = None
) -> pd.Series[float]:
    """Return Burt's effective size of each node: contacts, less what they repeat of one another.

    Σ_j (1 - Σ_{q≠i,j} p_iq m_jq), with p as in `constraint` and m_jq = (a_jq + a_qj) over the
    greatest such sum of j. Unweighted and undirected this is k - 2t/k, with k contacts and t
    ties among them (Borgatti 1997).

    NaN, "not defined", for an isolate. networkx 3.6.1 divides by the wrong node's maximum where a
    network is weighted or directed; there the two differ.

    >>> import networkx as nx
    >>> effective_size(nx.star_graph(["hub", "a", "b", "c"])).to_dict()
    {'a': 1.0, 'b': 1.0, 'c': 1.0, 'hub': 3.0}
    """
    view = simple_view(network)
    mutual = _mutual(view, weight)
    shares = [_divided(row, sum(row.values())) for row in mutual]
    marginal = [_divided(row, max(row.values(), default=0)) for row in mutual]
    return _by_node(view, "effective_size", lambda i: _effective_size_of(i, shares, marginal))


def _constraint_of(i: int, shares: _Rows) -> float:
    direct = shares[i]
    indirect = dict.fromkeys(direct, 0.0)
    for q, share in direct.items():
        for j, further in shares[q].items():
            if j in indirect:
                indirect[j] += share * further
    return math.fsum((share + indirect[j]) ** 2 for j, share in direct.items())


def _effective_size_of(i: int, shares: _Rows, marginal: _Rows) -> float:
    direct = shares[i]
    repeated = (
        direct[q] * strength for j in direct for q, strength in marginal[j].items() if q in direct
    )
    return len(direct) - math.fsum(repeated)


def _mutual(view: SimpleView, weight: str | None) -> _Rows:
    """Return a_ij + a_ji for every tied pair, by place."""
    rows: _Rows = [{} for _ in view.nodes]
    arcs = set(view.arcs)
    for one, other in view.pairs:
        ways = ((one, other) in arcs) + ((other, one) in arcs)
        strength = float(ways) if weight is None else _total(view, one, other, weight)
        rows[one][other] = rows[other][one] = strength
    return rows


def _total(view: SimpleView, one: int, other: int, weight: str) -> float:
    # Every link counts once on each side where it has no direction, which doubles all alike.
    return float(
        sum(
            exact_number(link, weight) * (2 if view.both_ways(link) else 1)
            for link in view.between(one, other)
        )
    )


def _divided(row: dict[int, float], by: float) -> dict[int, float]:
    return {place: value / by for place, value in row.items()}


def _by_node(view: SimpleView, name: str, measure: Callable[[int], float]) -> pd.Series[float]:
    values = [measure(i) if view.near[i] else float("nan") for i in range(view.n)]
    return by_node(view, values, name)

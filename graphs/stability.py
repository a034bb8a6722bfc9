"""How steady a rank is: the share of draws with lost ties in which it would still be high."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from graphs.brandes import by_hops
from graphs.position import by_node, rounded
from graphs.simple import Pair, SimpleView, simple_view

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

NOT_COMPUTED: Final = "stability not computed"
NOT_STABLE: Final = "rank not stable"


class Plan(NamedTuple):
    """What was drawn, printed beside every result.

    `loss` is the probability with which each tied pair is lost in a draw. `limit` bounds persons
    x pairs x draws, about half a minute of one core; None computes whatever it takes.
    """

    top: int = 5
    loss: float = 0.10
    draws: int = 500
    seed: int = 1
    limit: int | None = 600_000_000

    def words(self) -> str:
        """Return the plan as words.

        >>> Plan().words()
        'top 5 in 500 draws, each tie lost with probability 10 %, seed 1'
        """
        return (
            f"top {self.top} in {self.draws} draws, each tie lost with probability "
            f"{self.loss * 100:g} %, seed {self.seed}"
        )


PLAN: Final = Plan()


def top_shares(network: nx.Graph | SimpleView, plan: Plan = PLAN) -> pd.Series[float] | None:
    """Return P(top k) of each node: how often it stays among the first k by betweenness.

    In each draw every tied pair is lost with probability `plan.loss`, betweenness (undirected,
    unweighted, exact) is computed anew, and a node counts as in the top k when fewer than k
    others are strictly greater (after Borgatti, Carley, Krackhardt 2006). NaN for an isolate,
    which has no rank. None where persons x pairs x draws exceed `plan.limit`.

    Every draw has a seed of its own, from the plan's and its number: the same whatever the order
    of nodes, links or draws. Files are not missing at random, so this is optimistic.

    >>> import networkx as nx
    >>> top_shares(nx.star_graph(4), Plan(top=1, draws=50)).to_dict()
    {0: 1.0, 1: 0.02, 2: 0.02, 3: 0.02, 4: 0.02}
    >>> top_shares(nx.star_graph(4), Plan(limit=1)) is None
    True
    """
    view = simple_view(network)
    if work(view, plan) > (plan.limit if plan.limit is not None else float("inf")):
        return None
    times = [0] * view.n
    for draw in range(plan.draws):
        scores = rounded(by_hops(view.n, _surviving(view.pairs, plan, draw)))
        for node, stays in enumerate(_in_top(scores, plan.top)):
            times[node] += stays
    shares = [
        count / plan.draws if view.near[node] else float("nan") for node, count in enumerate(times)
    ]
    return by_node(view, shares, "stability")


def work(view: SimpleView, plan: Plan) -> int:
    """Return persons x pairs x draws, which the limit bounds."""
    return view.n * len(view.links) * plan.draws


def stability_words(share: float | None, plan: Plan = PLAN) -> str:
    """Return what a share says, in words; below .8 the rank is called not stable.

    >>> stability_words(0.94)
    'in the top 5 in 94 % of 500 draws with 10 % of ties lost'
    >>> stability_words(0.4)
    'rank not stable: in the top 5 in 40 % of 500 draws with 10 % of ties lost'
    >>> stability_words(None)
    'stability not computed'
    """
    if share is None:
        return NOT_COMPUTED
    said = (
        f"in the top {plan.top} in {share * 100:.0f} % of {plan.draws} draws "
        f"with {plan.loss * 100:g} % of ties lost"
    )
    return said if share >= 0.8 else f"{NOT_STABLE}: {said}"


def _surviving(pairs: Sequence[Pair], plan: Plan, draw: int) -> list[Pair]:
    import numpy as np

    kept = np.random.default_rng([plan.seed, draw]).random(len(pairs)) >= plan.loss
    return [pair for pair, stays in zip(pairs, kept.tolist(), strict=True) if stays]


def _in_top(scores: Sequence[float], top: int) -> list[bool]:
    ordered = sorted(scores)
    return [len(ordered) - bisect_right(ordered, score) < top for score in scores]

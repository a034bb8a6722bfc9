"""Rank stability: removing nobody gives 1, draws depend on the seed alone, and a printed limit."""

import itertools

import networkx as nx
import pytest

from graphs.stability import NOT_COMPUTED, NOT_STABLE, PLAN, Plan, stability_words, top_shares
from tests.graphs.golden import shuffled


def test_losing_no_tie_keeps_the_first_first() -> None:
    families = nx.florentine_families_graph()
    shares = top_shares(families, Plan(top=3, loss=0, draws=4))
    assert shares is not None
    assert sorted(shares[shares == 1].index) == ["Albizzi", "Guadagni", "Medici"]
    assert set(shares) == {0, 1}


def test_equals_are_in_the_top_together() -> None:
    shares = top_shares(nx.path_graph(4), Plan(top=1, loss=0, draws=1))
    assert shares is not None
    assert shares.to_dict() == {0: 0, 1: 1, 2: 1, 3: 0}


def test_the_share_comes_near_to_its_exact_value() -> None:
    """Of a path of four, both inner persons stay first in most of the eight ways to lose ties."""
    loss, exact, ties = 0.3, 0.0, list(nx.path_graph(4).edges)
    for kept in itertools.product([True, False], repeat=3):
        net = nx.Graph()
        net.add_nodes_from(range(4))
        net.add_edges_from(tie for tie, stays in zip(ties, kept, strict=True) if stays)
        scores = nx.betweenness_centrality(net)
        chance = loss ** kept.count(False) * (1 - loss) ** kept.count(True)
        exact += chance * (scores[1] == max(scores.values()))
    shares = top_shares(nx.path_graph(4), Plan(top=1, loss=loss, draws=4000))
    assert shares is not None
    assert shares[1] == pytest.approx(exact, abs=0.03)  # four times the Monte Carlo error


def test_the_same_seed_gives_the_same_whatever_the_order() -> None:
    families = nx.florentine_families_graph()
    turned = shuffled(families, range(14, -1, -1))
    one, again, other = (
        top_shares(net, Plan(draws=60, seed=seed))
        for net, seed in [(families, 5), (turned, 5), (families, 6)]
    )
    assert one is not None
    assert again is not None
    assert other is not None
    assert one.equals(again)
    assert not one.equals(other)


def test_more_draws_begin_with_the_same_draws() -> None:
    """Each draw has a seed of its own, so a longer run repeats the shorter one."""
    families = nx.florentine_families_graph()
    few, many = (top_shares(families, Plan(draws=draws)) for draws in (10, 20))
    assert few is not None
    assert many is not None
    assert (many * 20 >= few * 10).all()


def test_an_isolate_has_no_rank_to_keep() -> None:
    net = nx.star_graph(4)
    net.add_node("alone")
    shares = top_shares(net, Plan(draws=3))
    assert shares is not None
    assert shares.isna().to_dict() == {**dict.fromkeys(range(5), False), "alone": True}


def test_above_the_printed_limit_nothing_is_computed() -> None:
    families = nx.florentine_families_graph()
    assert top_shares(families, Plan(limit=15 * 20 * 500 - 1)) is None
    assert top_shares(families, Plan(draws=5, limit=15 * 20 * 5)) is not None
    assert stability_words(None) == NOT_COMPUTED == "stability not computed"


def test_the_plan_is_said() -> None:
    assert Plan(top=5, loss=0.1, draws=500, seed=1, limit=600_000_000) == PLAN
    assert PLAN.words() == "top 5 in 500 draws, each tie lost with probability 10 %, seed 1"
    assert not stability_words(0.8).startswith(NOT_STABLE)
    assert stability_words(0.79).startswith(NOT_STABLE)

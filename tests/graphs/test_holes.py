"""Structural holes: golden numbers, and networkx where it is right."""

import math
from collections.abc import Hashable

import networkx as nx
import pandas as pd
import pytest

from graphs.holes import constraint, effective_size
from tests.graphs.golden import g9, shuffled

SMALL_GRAPHS = nx.graph_atlas_g()[1:600]


def tied_part(graph: nx.Graph) -> list[int]:
    return [v for v in graph if len(list(nx.all_neighbors(graph, v)))]


def part(values: pd.Series, nodes: list[int]) -> dict[Hashable, float]:
    everybody = values.to_dict()
    return {v: everybody[v] for v in nodes}


def test_constraint_of_nine_persons() -> None:
    wanted = [0.333333, 0.333333, 0.333333, 0.333767, 0.5, 0.333767, 0.5, 0.5, 0.458333]
    assert constraint(g9()).round(6).tolist() == wanted


def test_florentine_families() -> None:
    families = nx.florentine_families_graph()
    assert constraint(families)[["Medici", "Guadagni"]].round(6).tolist() == [0.209877, 0.25]
    assert effective_size(families)[["Medici", "Guadagni"]].round(6).tolist() == [5.666667, 4.0]


def test_neither_is_defined_for_an_isolate() -> None:
    families = nx.florentine_families_graph()
    families.add_node("Pucci")
    assert math.isnan(constraint(families)["Pucci"])
    assert math.isnan(effective_size(families)["Pucci"])
    assert len(effective_size(nx.Graph())) == 0


def test_every_small_graph_agrees_with_networkx() -> None:
    for graph in SMALL_GRAPHS:
        tied = tied_part(graph)
        assert part(constraint(graph), tied) == pytest.approx(nx.constraint(graph, tied))
        # k - 2t/k, with k contacts and t ties among them (Borgatti 1997)
        wanted = {
            v: len(graph[v]) - 2 * graph.subgraph(graph[v]).number_of_edges() / len(graph[v])
            for v in tied
        }
        assert part(effective_size(graph), tied) == pytest.approx(wanted)


def test_directed_with_ties_both_ways_agrees_with_networkx() -> None:
    for seed in range(20):
        net = nx.gnp_random_graph(9, 0.3, seed=seed, directed=True)
        tied = tied_part(net)
        reaching = [v for v in tied if net.out_degree(v)]
        wanted = nx.constraint(net, reaching)
        assert part(constraint(net), reaching) == pytest.approx(wanted)
        wanted = nx.effective_size(net, nodes=reaching)
        assert part(effective_size(net), reaching) == pytest.approx(wanted)
        # A person whom ties only reach has neighbours too: a number, where networkx has none.
        found = [part(constraint(net), tied), part(effective_size(net), tied)]
        assert not any(math.isnan(value) for values in found for value in values.values())


def test_weights_are_strengths_and_parallel_ones_add_up() -> None:
    triangle = nx.Graph()
    triangle.add_weighted_edges_from([("a", "b", 1), ("a", "c", 3), ("b", "c", 2)])
    assert effective_size(triangle, weight="weight")["a"] == pytest.approx(1.0833, abs=5e-5)
    wanted = nx.constraint(triangle, weight="weight")
    assert constraint(triangle, weight="weight").to_dict() == pytest.approx(wanted)
    split = nx.MultiGraph()
    for source, target, part in [("a", "b", 1), ("a", "c", 1), ("a", "c", 2), ("b", "c", 2)]:
        split.add_edge(source, target, weight=part)
    assert constraint(split, weight="weight").to_dict() == pytest.approx(wanted)


def test_a_link_without_direction_is_strong_both_ways() -> None:
    """Stored once, it weighs as much as the two links that say the same."""
    once, twice = nx.MultiDiGraph(), nx.MultiDiGraph()
    once.add_edge("a", "b", kind="MET", times=3)
    twice.add_edges_from([("a", "b", {"times": 3}), ("b", "a", {"times": 3})])
    for net in (once, twice):
        net.add_edges_from([("a", "c", {"times": 2}), ("c", "b", {"times": 1})])
    assert constraint(once, weight="times").equals(constraint(twice, weight="times"))
    assert constraint(once).equals(constraint(twice))


def test_a_tie_stated_thrice_is_one_tie() -> None:
    thrice = nx.MultiGraph(nx.florentine_families_graph())
    thrice.add_edges_from([("Medici", "Albizzi"), ("Medici", "Albizzi"), ("Medici", "Medici")])
    assert constraint(thrice)["Medici"] == pytest.approx(0.209877, abs=5e-7)


def test_the_order_of_entry_changes_no_bit() -> None:
    for graph in SMALL_GRAPHS[100:300]:
        turned = shuffled(graph, range(len(graph) - 1, -1, -1))
        assert constraint(turned).equals(constraint(graph))
        assert effective_size(turned).equals(effective_size(graph))

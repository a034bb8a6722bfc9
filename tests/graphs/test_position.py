"""Betweenness and degree: golden and published numbers, every small graph, exact distances."""

import math
from fractions import Fraction
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import brandes
from graphs.brandes import by_distance, by_hops
from graphs.position import betweenness, degree, shared_ranks
from tests.graphs.golden import g9, golden_w, shuffled

SMALL_GRAPHS = nx.graph_atlas_g()
PUBLISHED = [
    # Morselli & Roy 2008; Morselli 2009: persons, ties, shares of the leading ones. The last digit
    # given for siren's 15 is one too high: 280.75 of 903 pairs are .310908, here and in networkx.
    ("siren", 44, 103, {"1": 0.797988, "15": 0.310909}),
    ("togo", 33, 47, {"1": 0.782930, "29": 0.295363, "2": 0.288642}),
    ("ciel", 25, 35, {"N2": 0.640821, "N1": 0.590821}),
]


def read_ring(path: Path) -> nx.Graph:
    """Read a published list of ties as text: the persons of siren are the texts "1" to "44"."""
    ties = pd.read_csv(path, dtype=str, keep_default_na=False)
    return nx.from_pandas_edgelist(ties, "person_a", "person_b")


def test_betweenness_of_nine_persons_directed() -> None:
    assert betweenness(g9(), directed=True).to_dict() == dict(
        zip("abcdefghi", [28, 18, 8, 25, 2, 35, 28, 1, 8], strict=True)
    )


def test_betweenness_of_nine_persons_undirected() -> None:
    wanted = [2.8333, 4, 3.5, 5.6667, 1.3333, 6.3333, 0.8333, 0.5, 3]
    assert betweenness(g9()).round(4).tolist() == wanted


def test_betweenness_of_the_florentine_families() -> None:
    found = betweenness(nx.florentine_families_graph())
    leading = found.sort_values(ascending=False).head(3).round(4).to_dict()
    assert leading == {"Medici": 47.5, "Guadagni": 23.1667, "Albizzi": 19.3333}
    assert degree(nx.florentine_families_graph())["Medici"] == 6


def test_an_isolate_counts_in_n_and_nobody_passes_it() -> None:
    families = nx.florentine_families_graph()
    assert betweenness(families, normalized=True)["Medici"] == pytest.approx(0.521978, abs=5e-7)
    families.add_node("Pucci")
    shares = betweenness(families, normalized=True)
    assert shares["Medici"] == pytest.approx(0.452381, abs=5e-7)
    assert shares["Pucci"] == 0


@pytest.mark.parametrize(("name", "persons", "ties", "wanted"), PUBLISHED, ids=lambda x: str(x))
def test_published_rings_have_their_published_numbers(
    name: str, persons: int, ties: int, wanted: dict[str, float], shared: Path
) -> None:
    ring = read_ring(shared / "data" / "networks" / f"{name}.csv")
    assert (len(ring), ring.number_of_edges()) == (persons, ties)
    shares = betweenness(ring, normalized=True).sort_values(ascending=False)
    leading = shares.head(len(wanted))
    assert list(leading.index) == list(wanted)
    assert leading.to_dict() == pytest.approx(wanted, abs=1.5e-6)


def test_every_small_graph_agrees_with_networkx() -> None:
    for graph in SMALL_GRAPHS:
        wanted = nx.betweenness_centrality(graph, normalized=False)
        assert betweenness(graph).to_dict() == pytest.approx(wanted, abs=1e-11)
        assert degree(graph).to_dict() == dict(graph.degree)


def test_every_small_graph_read_as_directed_agrees_with_networkx() -> None:
    for graph in SMALL_GRAPHS[1:]:
        # Every other tie one way only.
        one_way = nx.DiGraph()
        one_way.add_edges_from((a, b) if (a + b) % 2 else (b, a) for a, b in graph.edges)
        wanted = nx.betweenness_centrality(one_way, normalized=False)
        assert betweenness(one_way, directed=True).to_dict() == pytest.approx(wanted, abs=1e-11)


def test_the_sum_of_betweenness_is_the_number_of_steps_between_others() -> None:
    """An identity: each pair at distance d has d - 1 others between, shared out or not."""
    for graph in SMALL_GRAPHS[1:400]:
        lengths = dict(nx.all_pairs_shortest_path_length(graph))
        steps = sum(d - 1 for s in lengths for t, d in lengths[s].items() if s < t)
        assert betweenness(graph).sum() == pytest.approx(steps)


def test_both_engines_agree_on_every_small_graph() -> None:
    for graph in SMALL_GRAPHS[1:600]:
        rows = [[(w, 1) for w in sorted(graph[v])] for v in sorted(graph)]
        assert by_distance(rows) == pytest.approx(by_hops(len(graph), graph.edges), abs=1e-11)


def test_shares_are_of_ordered_pairs_where_directed() -> None:
    shares = betweenness(g9(), directed=True, normalized=True)
    assert shares["f"] == pytest.approx(35 / 56)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_share_of_pairs_is_not_defined_below_three_persons(n: int) -> None:
    found = betweenness(nx.path_graph(n), normalized=True)
    assert len(found) == n
    assert all(math.isnan(value) for value in found)
    assert betweenness(nx.path_graph(n)).tolist() == [0.0] * n


def test_golden_distances_are_equal_although_their_float_sums_are_not() -> None:
    assert 0.1 + 0.2 != 0.15 + 0.15
    found = betweenness(golden_w(), weight="km").to_dict()
    assert found == pytest.approx({"a": 1, "b": 1 / 3, "c": 1 / 3, "d": 0}, abs=1e-12)


def test_networkx_still_falls_into_the_float_trap() -> None:
    """The reason for an engine of our own; when this fails, networkx has learnt it."""
    assert nx.betweenness_centrality(golden_w(), weight="km", normalized=False)["b"] == 0


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.integers(0, 5), st.integers(1, 4), st.sampled_from([1, 3, 7])
        ),
        max_size=14,
    ),
    st.booleans(),
)
def test_weighted_betweenness_agrees_with_networkx_on_fractions(
    ties: list[tuple[int, int, int, int]], directed: bool
) -> None:
    net = nx.DiGraph() if directed else nx.Graph()
    net.add_nodes_from(range(6))
    for source, target, top, bottom in ties:
        net.add_edge(source, target, km=Fraction(top, bottom))
    wanted = nx.betweenness_centrality(net, weight="km", normalized=False)
    assert betweenness(net, weight="km", directed=directed).to_dict() == pytest.approx(wanted)


def test_of_parallel_links_the_shortest_distance_counts() -> None:
    for first, second in [(9, 2), (2, 9)]:
        net = nx.MultiGraph()
        for source, target, km in [("a", "c", first), ("a", "c", second), ("c", "b", 1)]:
            net.add_edge(source, target, km=km)
        net.add_edge("a", "b", km=4)
        assert betweenness(net, weight="km").to_dict() == {"a": 0, "b": 0, "c": 1}


def test_of_two_directions_the_shortest_distance_counts_where_direction_does_not() -> None:
    net = nx.DiGraph()
    net.add_weighted_edges_from([("a", "c", 9), ("c", "a", 1), ("b", "c", 1), ("c", "b", 9)], "km")
    net.add_edge("a", "b", km=4)
    assert betweenness(net, weight="km").to_dict() == {"a": 0, "b": 0, "c": 1}
    assert betweenness(net, weight="km", directed=True)["c"] == 1  # b to a alone


def test_a_tie_stated_often_is_short_where_strength_counts() -> None:
    net = nx.MultiDiGraph()
    for source, target, record in [
        ("a", "c", "1"), ("a", "c", "2"), ("c", "b", "3"), ("c", "b", "4"), ("a", "b", "5"),
    ]:  # fmt: skip
        net.add_edge(source, target, record_ids=(record,))
    # 1/2 + 1/2 over c is as short as the one direct statement.
    assert betweenness(net, strength="records").to_dict() == {"a": 0, "b": 0, "c": 0.5}
    assert betweenness(net).to_dict() == {"a": 0, "b": 0, "c": 0}
    net.add_edge("b", "c", record_ids=("6",))
    assert betweenness(net, strength="records")["c"] == 1


@pytest.mark.parametrize("km", [None, 0, -1, "far", float("nan"), float("inf"), True])
def test_a_distance_that_is_no_number_above_zero_is_refused_by_name(km: object) -> None:
    net = nx.Graph()
    net.add_edge("a", "b", km=km)
    with pytest.raises(ValueError, match=r"link 'a' - 'b': km is .*, expected a number above 0"):
        betweenness(net, weight="km")


def test_weight_and_strength_exclude_one_another() -> None:
    with pytest.raises(ValueError, match="not both"):
        betweenness(golden_w(), weight="km", strength="records")


def diamonds(count: int) -> nx.Graph:
    """Return diamonds in a row: twice as many shortest paths with each."""
    net = nx.Graph()
    for i in range(0, 3 * count, 3):
        net.add_edges_from([(i, i + 1), (i, i + 2), (i + 1, i + 3), (i + 2, i + 3)])
    return net


def test_more_shortest_paths_than_a_float_tells_apart() -> None:
    row = diamonds(60)
    rows = [[(w, 1) for w in row[v]] for v in range(len(row))]
    assert by_distance(rows) == pytest.approx(betweenness(row).tolist())


def test_more_shortest_paths_than_a_float_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """2^1100 paths: compiled code counts infinity, and what it then returns is not a number."""
    asked: list[int] = []

    def exact(rows: list[list[tuple[int, int]]], *, directed: bool) -> list[float]:
        asked.append(len(rows))
        return [0.0]

    monkeypatch.setattr(brandes, "by_distance", exact)
    row = diamonds(1100)
    assert by_hops(len(row), row.edges) == [0.0]
    assert asked == [3301]


def test_the_order_of_entry_changes_no_bit() -> None:
    for graph in SMALL_GRAPHS[100:400]:
        turned = shuffled(graph, range(len(graph) - 1, -1, -1))
        assert betweenness(turned).to_dict() == betweenness(graph).to_dict()


def test_two_runs_agree_to_the_last_bit() -> None:
    graph = nx.barabasi_albert_graph(200, 3, seed=7)
    assert betweenness(graph).tolist() == betweenness(graph).tolist()
    assert by_hops(200, list(graph.edges)) == by_hops(200, list(graph.edges))


def test_a_symmetric_kind_runs_both_ways() -> None:
    net = nx.MultiDiGraph()
    net.add_edge("a", "b", kind="MET")
    net.add_edge("b", "c", kind="RECRUITED")
    net.add_edge("d", "b", kind="KIN_OF")
    assert betweenness(net, directed=True)["b"] == 4  # a>c, d>c, a>d, d>a
    net.edges["a", "b", 0]["kind"] = "DIRECTS"
    assert betweenness(net, directed=True)["b"] == 3  # a>d, a>c, d>c


def test_equal_values_share_a_rank_and_the_unranked_have_none() -> None:
    ranks = shared_ranks([0, 5, 2, 5, 0], ranked=[True, True, True, True, False])
    assert ranks == [4, 1, 3, 1, None]


def test_nodes_may_be_of_any_kind() -> None:
    net = nx.Graph([(1, "1"), ("1", ("x", "y"))])
    assert betweenness(net).to_dict() == {1: 0, "1": 1, ("x", "y"): 0}

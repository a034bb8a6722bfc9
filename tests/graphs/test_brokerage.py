"""Brokerage roles: numbers of R sna, a loop as plain as the definition, every small graph."""

import itertools
from collections import Counter

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import brokerage
from graphs.brokerage import ROLES, brokerage_roles, role_of
from graphs.choices import UnknownChoice
from tests.graphs.golden import G9_HOME, G9_ROLES, g9, shuffled

Homes = dict[int, frozenset[str]]


def plainly(net: nx.DiGraph, homes: Homes) -> dict[int, tuple[Counter[str], Counter[str]]]:
    """Count by the definition: every triple, every way to give everybody one country."""
    nodes = sorted(net)
    least: dict[int, Counter[str]] = {}
    most: dict[int, Counter[str]] = {}
    for chosen in itertools.product(*(sorted(homes[v]) or [""] for v in nodes)):
        home = dict(zip(nodes, chosen, strict=True))
        for v in nodes:
            found: Counter[str] = Counter(dict.fromkeys([*ROLES, "undetermined"], 0))
            for a, b in itertools.permutations(nodes, 2):
                if v in (a, b) or not net.has_edge(a, v) or not net.has_edge(v, b):
                    continue
                if not net.has_edge(a, b):
                    known = home[a] and home[v] and home[b]
                    found[role_of(home[a], home[v], home[b]) if known else "undetermined"] += 1
            least[v] = Counter(
                {role: min(found[role], least.get(v, found)[role]) for role in found}
            )
            most[v] = Counter({role: max(found[role], most.get(v, found)[role]) for role in found})
    return {v: (least[v], most[v]) for v in nodes}


def agrees(table: pd.DataFrame, wanted: dict[int, tuple[Counter[str], Counter[str]]]) -> None:
    for v, (least, most) in wanted.items():
        row = table.loc[v].to_dict()
        assert [row[role] for role in ROLES] == [least[role] for role in ROLES]
        assert [row[f"{role}_max"] for role in ROLES] == [most[role] for role in ROLES]
        assert row["undetermined"] == least["undetermined"]


networks = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=18)


def test_roles_of_nine_persons() -> None:
    table = brokerage_roles(g9(), group="country")
    assert {v: tuple(row) for v, row in table[[*ROLES]].iterrows()} == G9_ROLES
    assert table[[*ROLES]].sum().tolist() == [0, 2, 3, 3, 10]
    assert table["total"].sum() == 18
    assert table["undetermined"].sum() == 0
    assert table["exact"].all()


def test_a_group_may_be_an_attribute_a_mapping_or_a_function() -> None:
    wanted = brokerage_roles(g9(), group="country")
    assert brokerage_roles(g9(), group=G9_HOME).equals(wanted)
    assert brokerage_roles(g9(), group=lambda node, data: data["country"]).equals(wanted)
    assert brokerage_roles(g9(), group={v: {c} for v, c in G9_HOME.items()}).equals(wanted)


def test_an_undirected_network_counts_every_open_pair_both_ways() -> None:
    row = brokerage_roles(nx.Graph(g9()), group="country").loc["d"]
    assert (row["itinerant"], row["liaison"]) == (6, 4)


def test_two_unknown_countries_are_never_the_same() -> None:
    chain = nx.DiGraph([("a", "v"), ("v", "b")])
    for home in ({}, {"v": "AU"}, {"a": None, "v": "AU", "b": ""}, {"a": "?", "b": "?"}):
        row = brokerage_roles(chain, group=home).loc["v"]
        assert (row["undetermined"], row["total"], row[[*ROLES]].sum()) == (1, 1, 0)


def test_a_broker_with_two_countries_has_a_least_and_a_most() -> None:
    """Each of the two pairs let in is one sent out under the other country, and never neither."""
    net = nx.DiGraph([("l1", "v"), ("l2", "v"), ("v", "a1"), ("a2", "v"), ("v", "l3")])
    home = {"l1": "LK", "l2": "LK", "l3": "LK", "a1": "AU", "a2": "AU", "v": {"LK", "AU"}}
    row = brokerage_roles(net, group=home).loc["v"]
    # l>v>a1 (twice): sent out of LK, or let in to AU. a2>v>l3 (once): the other way round.
    assert (row["gatekeeper"], row["gatekeeper_max"]) == (1, 2)
    assert (row["representative"], row["representative_max"]) == (1, 2)
    # l>v>l3 (twice) is inside LK or seen from AU; a2>v>a1 (once) the other way round.
    assert (row["coordinator"], row["coordinator_max"]) == (1, 2)
    assert (row["itinerant"], row["itinerant_max"]) == (1, 2)
    assert (row["liaison_max"], row["total"], row["exact"]) == (0, 6, True)


@given(networks, st.lists(st.sampled_from(["A", "B", "C", ""]), min_size=6, max_size=6))
def test_one_country_each_agrees_with_the_plain_loop(
    ties: list[tuple[int, int]], homes: list[str]
) -> None:
    net = nx.MultiDiGraph(ties)
    net.add_nodes_from(range(6))
    wanted = plainly(nx.DiGraph(net), {v: frozenset(homes[v]) for v in range(6)})
    agrees(brokerage_roles(net, group=dict(enumerate(homes))), wanted)


@given(
    networks,
    st.lists(st.frozensets(st.sampled_from("ABC"), max_size=3), min_size=6, max_size=6),
)
def test_several_countries_agree_with_the_plain_loop(
    ties: list[tuple[int, int]], homes: list[frozenset[str]]
) -> None:
    net = nx.DiGraph(ties)
    net.add_nodes_from(range(6))
    table = brokerage_roles(net, group=dict(enumerate(homes)))
    agrees(table, plainly(net, dict(enumerate(homes))))
    assert table["exact"].all()


@given(
    networks,
    st.lists(st.frozensets(st.sampled_from("ABC"), max_size=3), min_size=6, max_size=6),
)
def test_above_the_work_limit_the_bounds_hold_the_exact_range(
    ties: list[tuple[int, int]], homes: list[frozenset[str]]
) -> None:
    net = nx.DiGraph(ties)
    net.add_nodes_from(range(6))
    exact = brokerage_roles(net, group=dict(enumerate(homes)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brokerage, "WORK_LIMIT", 0)
        outer = brokerage_roles(net, group=dict(enumerate(homes)))
    for role in ROLES:
        assert (outer[role] <= exact[role]).all()
        assert (outer[f"{role}_max"] >= exact[f"{role}_max"]).all()
    if all(len(home) < 2 for home in homes):
        assert outer.drop(columns="exact").equals(exact.drop(columns="exact"))


def test_in_every_small_graph_the_roles_sum_to_the_total() -> None:
    for graph in nx.graph_atlas_g()[:400]:
        home = {v: "ABC"[v % 3] for v in graph}
        table = brokerage_roles(graph, group=home)
        assert (table[[*ROLES]].sum(axis=1) == table["total"]).all()
        # An open pair is two neighbours without a tie, counted both ways.
        assert table["total"].to_dict() == {
            v: len(graph[v]) * (len(graph[v]) - 1) - 2 * graph.subgraph(graph[v]).number_of_edges()
            for v in graph
        }


def test_the_order_of_entry_changes_nothing() -> None:
    net = g9()
    turned = shuffled(net, range(8, -1, -1))
    assert brokerage_roles(turned, group="country").equals(brokerage_roles(net, group="country"))


def test_a_misspelt_attribute_is_a_slip_and_not_a_network_of_unknowns() -> None:
    with pytest.raises(UnknownChoice, match=r"'contry'; known: default, .*Did you mean country"):
        brokerage_roles(g9(), group="contry")


def test_an_empty_network_has_an_empty_table() -> None:
    table = brokerage_roles(nx.DiGraph(), group="country")
    assert len(table) == 0
    assert list(table.columns)[:5] == list(ROLES)

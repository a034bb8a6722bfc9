"""The simple view: each pair once, loops dropped, every pair leading back to its links."""

import networkx as nx
import pytest

from graphs.simple import simple_view
from tests.graphs.golden import g9, shuffled
from tests.graphs.small_case import small_case


def test_a_pair_counts_once_and_leads_back_to_each_of_its_links() -> None:
    view = simple_view(small_case())
    recruiter, broker = view.nodes.index("recruiter"), view.nodes.index("broker")
    assert [link.data["kind"] for link in view.between(broker, recruiter)] == ["RECRUITED", "MET"]
    assert view.between(recruiter, broker) == view.between(broker, recruiter)
    assert view.near[recruiter].count(broker) == 1


def test_loops_are_dropped_and_isolates_kept() -> None:
    net = nx.DiGraph()
    net.add_nodes_from("abc")
    net.add_edges_from([("a", "a"), ("a", "b")])
    view = simple_view(net)
    assert (view.n, view.arcs, view.pairs, view.near) == (3, [(0, 1)], [(0, 1)], ((1,), (0,), ()))


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_any_kind_of_graph_has_a_view(kind: type[nx.Graph]) -> None:
    net = kind([("b", "a"), ("c", "b")])
    view = simple_view(net)
    assert view.pairs == [(0, 1), (1, 2)]
    assert view.directed == net.is_directed()
    assert view.arcs == ([(1, 0), (2, 1)] if view.directed else [(0, 1), (1, 0), (1, 2), (2, 1)])
    assert view.into == (((1,), (2,), ()) if view.directed else view.out)


def test_symmetric_kinds_run_both_ways_and_others_do_not() -> None:
    net = nx.MultiDiGraph()
    net.add_edge("a", "b", kind="COMMUNICATED")
    net.add_edge("b", "c", kind="DIRECTS")
    net.add_edge("c", "d", symmetric=True)
    assert simple_view(net).arcs == [(0, 1), (1, 0), (1, 2), (2, 3), (3, 2)]


def test_the_order_of_entry_is_forgotten() -> None:
    one, other = simple_view(g9()), simple_view(shuffled(g9(), range(8, -1, -1)))
    assert (one.nodes, one.out, one.into, one.near) == (
        other.nodes,
        other.out,
        other.into,
        other.near,
    )


def test_a_view_is_frozen_and_is_its_own_view() -> None:
    view = simple_view(g9())
    assert simple_view(view) is view
    with pytest.raises(AttributeError):
        view.nodes = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        view.links[0, 1] = ()  # type: ignore[index]

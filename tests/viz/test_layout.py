"""Places on the chart: the same for the same network, apart from each other, and in order."""

import itertools

import networkx as nx
import pytest

from tests.viz.fixtures import invented, shuffled
from viz.forces import near_pairs
from viz.layout import GAP, SMALL_GAP, layout


def persons_of(network: nx.MultiDiGraph) -> list[str]:
    return [node for node, data in network.nodes(data=True) if data["kind"] == "Person"]


def test_the_order_of_nodes_and_links_does_not_matter() -> None:
    network = invented(60)
    assert layout(network) == layout(shuffled(network, seed=3))


def test_another_seed_gives_another_picture() -> None:
    network = invented(30)
    assert layout(network, seed=1) != layout(network, seed=2)


def test_every_node_has_a_finite_place_of_its_own() -> None:
    places = layout(invented(60))
    assert len(set(places.values())) == len(places)
    assert all(abs(x) < 1e5 and abs(y) < 1e5 for x, y in places.values())


def test_persons_keep_their_distance() -> None:
    network = invented(150)
    places = layout(network)
    persons = [places[node] for node in persons_of(network)]
    nearest = min(
        ((a - c) ** 2 + (b - d) ** 2) ** 0.5
        for (a, b), (c, d) in itertools.combinations(persons, 2)
    )
    assert nearest > 0.8 * GAP


def test_tied_persons_stand_nearer_than_others() -> None:
    network = invented(150)
    places = layout(network)

    def apart(one: str, other: str) -> float:
        (a, b), (c, d) = places[one], places[other]
        return ((a - c) ** 2 + (b - d) ** 2) ** 0.5

    persons = persons_of(network)
    tied = [apart(a, b) for a, b in network.edges() if {a, b} <= set(persons)]
    untied = [apart(a, b) for a, b in itertools.combinations(persons, 2)]
    assert sum(tied) / len(tied) < 0.5 * sum(untied) / len(untied)


def test_persons_without_a_tie_stand_in_a_strip_below() -> None:
    network = nx.MultiDiGraph()
    network.add_nodes_from(["a", "b", "c", "d", "e"], kind="Person")
    network.add_edge("a", "b", kind="MET")
    places = layout(network)
    assert len({places[name][1] for name in "cde"}) == 1
    assert places["c"][1] > max(places["a"][1], places["b"][1])


def test_a_paper_stands_by_its_holder() -> None:
    network = invented(60)
    places = layout(network)
    for holder, paper in network.edges():
        if network.nodes[paper].get("kind") == "Identifier" and network.degree(paper) == 1:
            (a, b), (c, d) = places[holder], places[paper]
            assert ((a - c) ** 2 + (b - d) ** 2) ** 0.5 < 3 * GAP


def test_groups_that_are_not_tied_do_not_overlap() -> None:
    network = nx.disjoint_union_all([nx.complete_graph(n) for n in (12, 9, 7, 5, 2)])
    places = layout(network)
    boxes = [
        (min(xs), min(ys), max(xs), max(ys))
        for group in nx.connected_components(network)
        for xs, ys in [tuple(zip(*(places[node] for node in group), strict=True))]
    ]
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]


@pytest.mark.parametrize(
    "network",
    [
        nx.Graph(),
        nx.empty_graph(1),
        nx.path_graph(2),
        nx.Graph([("a", "a")]),
        nx.MultiGraph([(0, 1), (0, 1)]),
        nx.star_graph(40),
        nx.complete_graph(30),
        nx.MultiDiGraph([("country:LK", "agency:LK")]),
    ],
    ids=["none", "one", "two", "loop", "parallel", "star", "complete", "no kinds"],
)
def test_networks_of_any_form_are_laid_out(network: nx.Graph) -> None:
    places = layout(network)
    assert set(places) == set(network)
    assert len(set(places.values())) == len(network)


def test_countries_alone_are_laid_out() -> None:
    network = nx.MultiDiGraph()
    network.add_node("country:LK", kind="Country")
    network.add_node("p", kind="Person")
    assert len(layout(network)) == 2


def test_the_network_is_left_as_it_was() -> None:
    network = invented(20)
    before = nx.node_link_data(network, edges="edges")
    layout(network)
    assert nx.node_link_data(network, edges="edges") == before


def test_near_pairs_are_all_pairs_that_are_near() -> None:
    import numpy as np

    points = np.random.default_rng(5).uniform(0, 10, (200, 2))
    one, other = near_pairs(points, 1.3)
    found = sorted(tuple(sorted(pair)) for pair in zip(one.tolist(), other.tolist(), strict=True))
    expected = [
        (i, j)
        for i, j in itertools.combinations(range(200), 2)
        if float(np.linalg.norm(points[i] - points[j])) < 1.3
    ]
    assert found == expected


def test_small_things_keep_a_small_distance() -> None:
    places = list(layout(invented(40)).values())
    close = [
        1
        for (a, b), (c, d) in itertools.combinations(places, 2)
        if ((a - c) ** 2 + (b - d) ** 2) ** 0.5 < 0.5 * SMALL_GAP
    ]
    assert len(close) <= len(places) // 50

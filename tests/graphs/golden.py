"""Networks small enough to check by hand, with numbers that other programs gave for them."""

from collections.abc import Iterable

import networkx as nx

G9_TIES = ("ab", "bc", "cd", "ae", "ed", "df", "fg", "bf", "ga", "ch", "hi", "id", "fi")
G9_HOME = {
    **dict.fromkeys("ab", "VN"),
    **dict.fromkeys("cei", "TH"),
    **dict.fromkeys("dh", "MY"),
    **dict.fromkeys("fg", "AU"),
}
G9_ROLES = {
    "a": (0, 0, 0, 1, 1),
    "b": (0, 0, 2, 0, 0),
    "c": (0, 0, 0, 0, 2),
    "d": (0, 0, 0, 0, 3),
    "e": (0, 0, 0, 0, 1),
    "f": (0, 0, 0, 2, 2),
    "g": (0, 0, 1, 0, 0),
    "h": (0, 1, 0, 0, 0),
    "i": (0, 1, 0, 0, 1),
}
"""Counted by R sna (brokerage): w_I, w_O, b_IO, b_OI, b_O."""


def g9() -> nx.MultiDiGraph:
    """Nine persons in four countries, with a tie thrice stated and a loop that count for nothing.

    They stand in no useful order, so that whoever reads the order of entry is found out.
    """
    net = nx.MultiDiGraph()
    net.add_nodes_from((name, {"country": G9_HOME[name]}) for name in "ihgfedcba")
    net.add_edges_from((tie[0], tie[1]) for tie in reversed(G9_TIES))
    net.add_edges_from([("a", "b"), ("a", "b"), ("c", "c")])
    return net


def golden_w() -> nx.Graph:
    """Five ties whose distances, added as floats, hide that three paths are equally short."""
    net = nx.Graph()
    net.add_weighted_edges_from(
        [("a", "b", 0.1), ("b", "d", 0.2), ("a", "d", 0.3), ("a", "c", 0.15), ("c", "d", 0.15)],
        weight="km",
    )
    return net


def shuffled(net: nx.Graph, order: Iterable[int]) -> nx.Graph:
    """Return the same network with its nodes and links entered in another order."""
    nodes, edges = list(net.nodes(data=True)), list(net.edges(data=True))
    places = list(order)
    copy = net.__class__()
    copy.add_nodes_from(nodes[i % len(nodes)] for i in places if nodes)
    copy.add_nodes_from(nodes)
    copy.add_edges_from(edges[i] for i in sorted(range(len(edges)), key=lambda i: -i))
    return copy

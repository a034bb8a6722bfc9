"""The simple form of a network, frozen: who is tied to whom, each pair once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from graphs.attributes import Attributes, Link, links_of, sort_key
from graphs.schema import SYMMETRIC_KINDS

if TYPE_CHECKING:
    import networkx as nx

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SimpleView:
    """A network without loops and parallel links, by place in the sorted list of its nodes.

    `out[i]` holds the places that i has a tie to, `into[i]` those with a tie to i, `near[i]`
    both, each sorted. `links` leads from a pair (smaller place first) back to every link behind
    it, so that a number can name its records. `data[i]` are the attributes of node i; `directed`
    says whether the network was.
    """

    nodes: tuple[Hashable, ...]
    data: tuple[Attributes, ...]
    out: tuple[tuple[int, ...], ...]
    into: tuple[tuple[int, ...], ...]
    near: tuple[tuple[int, ...], ...]
    links: Mapping[Pair, tuple[Link, ...]]
    directed: bool

    @property
    def n(self) -> int:
        """Return how many nodes there are, isolates counted."""
        return len(self.nodes)

    @property
    def pairs(self) -> list[Pair]:
        """Return every pair with a tie in either direction, sorted."""
        return sorted(self.links)

    @property
    def arcs(self) -> list[Pair]:
        """Return every ordered pair with a tie that way, sorted."""
        return [(source, target) for source, row in enumerate(self.out) for target in row]

    def links_at(self, place: int) -> list[Link]:
        """Return every link between this node and its neighbours."""
        return [link for other in self.near[place] for link in self.between(place, other)]

    def both_ways(self, link: Link) -> bool:
        """Say whether a link has no direction: the network has none, or its kind has none."""
        return not self.directed or runs_both_ways(link.data)

    def between(self, one: int, other: int) -> tuple[Link, ...]:
        """Return the links between two places, in either direction."""
        return self.links.get((min(one, other), max(one, other)), ())


def simple_view(network: nx.Graph | SimpleView) -> SimpleView:
    """Return the simple form of any networkx graph; a view is returned as it is.

    Pass the view on to several analyses to convert a network once. Links of a symmetric kind,
    links that say `symmetric=True` and all links of an undirected graph run both ways. The view
    is a picture of the moment: a network changed later needs a new one.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph([("b", "a"), ("b", "a"), ("a", "a")])
    >>> _ = net.add_edge("a", "c", kind="MET")
    >>> view = simple_view(net)
    >>> view.nodes, view.arcs, view.pairs
    (('a', 'b', 'c'), [(0, 2), (1, 0), (2, 0)], [(0, 1), (0, 2)])
    """
    if isinstance(network, SimpleView):
        return network
    nodes = tuple(sorted(network, key=sort_key))
    place = {node: i for i, node in enumerate(nodes)}
    out: list[set[int]] = [set() for _ in nodes]
    links: dict[Pair, list[Link]] = defaultdict(list)
    for link in links_of(network):
        source, target = place[link.source], place[link.target]
        if source != target:
            links[min(source, target), max(source, target)].append(link)
            out[source].add(target)
            if not network.is_directed() or runs_both_ways(link.data):
                out[target].add(source)
    data = tuple(network.nodes[node] for node in nodes)
    return _frozen(nodes, data, out, links, directed=network.is_directed())


def runs_both_ways(data: Attributes) -> bool:
    """Say whether a link has no direction, by its kind or because it says so."""
    return data.get("kind") in SYMMETRIC_KINDS or bool(data.get("symmetric"))


def _frozen(
    nodes: tuple[Hashable, ...],
    data: tuple[Attributes, ...],
    out: list[set[int]],
    links: Mapping[Pair, list[Link]],
    *,
    directed: bool,
) -> SimpleView:
    into: list[set[int]] = [set() for _ in nodes]
    for source, row in enumerate(out):
        for target in row:
            into[target].add(source)
    near = [one | other for one, other in zip(out, into, strict=True)]
    kept = {pair: tuple(found) for pair, found in links.items()}
    rows = _rows(out), _rows(into), _rows(near)
    return SimpleView(nodes, data, *rows, MappingProxyType(kept), directed)


def _rows(rows: list[set[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(sorted(row)) for row in rows)

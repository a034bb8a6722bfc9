"""What a network says of its nodes and links, read so that an absent attribute is no fault."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import networkx as nx

Attributes = Mapping[str, Any]
"""The attributes of one node or link. Networks come from anywhere, so a value may be anything."""


class Link(NamedTuple):
    """One link of a network as it stands there, parallel ones apart."""

    source: Hashable
    target: Hashable
    key: Hashable
    data: Attributes


SortKey = tuple[bool, int, str, str]


def sort_key(node: Hashable) -> SortKey:
    """Return what nodes are sorted by: numbers as numbers, all else by its text.

    >>> sorted([10, 2, "b", "a", "2"], key=sort_key)
    [2, 10, '2', 'a', 'b']
    """
    number = node if isinstance(node, int) else 0
    return not isinstance(node, int), number, str(node), type(node).__name__


def texts(data: Attributes, name: str) -> tuple[str, ...]:
    """Return an attribute as texts: one text is one item; None, "" and absence are none.

    >>> texts({"cases": ("C-1", "C-2")}, "cases"), texts({"cases": "C-1"}, "cases"), texts({}, "x")
    (('C-1', 'C-2'), ('C-1',), ())
    """
    value: object = data.get(name)
    if value is None or value == "":
        return ()
    if isinstance(value, str) or not isinstance(value, Iterable):
        return (str(value),)
    return tuple(str(item) for item in value)


def gathered(links: Iterable[Attributes], *names: str) -> list[str]:
    """Return the distinct texts that the named attributes hold anywhere, sorted.

    >>> gathered([{"record_ids": ("b", "a")}, {"record_ids": ("a",)}], "record_ids")
    ['a', 'b']
    """
    return sorted({text for data in links for name in names for text in texts(data, name)})


def label_of(node: Hashable, data: Attributes) -> str:
    """Return what a node is called: its label, else its id."""
    return str(data.get("label") or node)


def nodes_of(network: nx.Graph, *kinds: str) -> list[tuple[Hashable, Attributes]]:
    """Return the nodes of some kinds, sorted by id."""
    found = [(node, data) for node, data in network.nodes(data=True) if data.get("kind") in kinds]
    return sorted(found, key=lambda pair: sort_key(pair[0]))


def links_of(network: nx.Graph, kinds: Collection[str] | None = None) -> list[Link]:
    """Return the links of some kinds, or all, sorted by ends and key."""
    found = (link for link in _links(network) if kinds is None or link.data.get("kind") in kinds)
    return sorted(found, key=_link_order)


def _links(network: nx.Graph) -> Iterator[Link]:
    import networkx as nx

    if isinstance(network, nx.MultiGraph):
        for source, target, key, data in network.edges(keys=True, data=True):
            yield Link(source, target, key, data)
    else:
        for source, target, data in network.edges(data=True):
            yield Link(source, target, 0, data)


def _link_order(link: Link) -> tuple[SortKey, SortKey, SortKey]:
    return sort_key(link.source), sort_key(link.target), sort_key(link.key)

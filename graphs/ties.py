"""The network that a ranking is about: persons and one named set of ties."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import TYPE_CHECKING, NamedTuple

from graphs.attributes import Attributes, Link, links_of, sort_key
from graphs.choices import checked_choice
from graphs.schema import LINK_KINDS, TIE_SETS, kinds_in
from graphs.simple import SimpleView, simple_view

if TYPE_CHECKING:
    import networkx as nx

_OFFLINE = frozenset({"", "phone", "in_person"})
_CONTACT = kinds_in("CONTACT")


class TieFacts(NamedTuple):
    """What stands beside every number of a tie network, so that it can be read.

    `derived_pairs` are pairs tied by nothing but a derived link (one journey worked by both).
    """

    ties: str
    persons: int
    pairs: int
    links: int
    isolates: int
    derived_pairs: int

    @property
    def derived_share(self) -> float | None:
        """Return the share of pairs that is derived; None = no pairs."""
        return self.derived_pairs / self.pairs if self.pairs else None

    def words(self) -> str:
        """Return the facts as one sentence.

        >>> TieFacts("BROKER_TIES", 9, 12, 14, 1, 3).words()
        'BROKER_TIES: 9 persons (1 without a tie), 12 pairs tied by 14 links, 25 % of pairs derived'
        """
        share = self.derived_share
        derived = "" if share is None else f", {share:.0%} of pairs derived".replace("%", " %")
        return (
            f"{self.ties}: {self.persons} persons ({self.isolates} without a tie), "
            f"{self.pairs} pairs tied by {self.links} links{derived}"
        )


def tie_network(
    network: nx.Graph,
    *,
    ties: str | Collection[str] = "BROKER_TIES",
    organisations: bool = False,
    include_protected: bool = False,
) -> nx.MultiDiGraph:
    """Return persons and their ties of one named set (`TIE_SETS`) as a network of its own.

    `ties` is a set's name or the link kinds themselves. Every unshielded person is in it, tied
    or not, because n counts isolates. Shielded persons are left out with their ties, so that no
    path runs through a victim or migrant; `include_protected` puts them back, for the rare
    reading that needs it. With `organisations`, firms and bodies are nodes too. In
    `ONLINE_TIES`, contact counts only where its channel is recorded as a platform.

    A network from elsewhere is taken as it is: where no node has a `kind`, every node is a
    person; where no link has a kind that Corridor knows, every link is a tie. Links of an
    undirected graph are marked `symmetric`. UnknownChoice (a ValueError) for an unknown set.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph()
    >>> for name in "abc":
    ...     net.add_node(name, kind="Person", shielded=name == "c")
    >>> _ = net.add_edge("a", "b", kind="MET"), net.add_edge("b", "c", kind="RECRUITED")
    >>> tied = tie_network(net)
    >>> list(tied.nodes), list(tied.edges)
    (['a', 'b'], [('a', 'b', 0)])
    """
    import networkx as nx

    counts = _tie_test(network, ties)
    kinds = {"Person", "Organisation"} if organisations else {"Person"}
    kept = nx.MultiDiGraph()
    kept.graph.update({**network.graph, "ties": tie_words(ties)})
    kept.add_nodes_from(
        (node, dict(network.nodes[node]))
        for node in _persons(network, kinds)
        if include_protected or not network.nodes[node].get("shielded")
    )
    _add_ties(kept, network, counts)
    return kept


def tie_facts(tied: nx.Graph | SimpleView, *, ties: str = "") -> TieFacts:
    """Return the facts of a tie network: how many persons, pairs, links, isolates."""
    view = simple_view(tied)
    name = ties if isinstance(tied, SimpleView) else ties or str(tied.graph.get("ties", ""))
    links = [len(found) for found in view.links.values()]
    derived = sum(is_derived(found) for found in view.links.values())
    isolates = sum(not row for row in view.near)
    return TieFacts(name, view.n, len(links), sum(links), isolates, derived)


def is_derived(links: Collection[Link]) -> bool:
    """Say whether a pair is tied by derived links alone."""
    return bool(links) and all(link.data.get("derived") for link in links)


def tie_words(ties: str | Collection[str]) -> str:
    """Return what a set of ties is called: its name, else the kinds themselves."""
    return ties if isinstance(ties, str) else "|".join(sorted(ties))


def _persons(network: nx.Graph, kinds: Collection[str]) -> list[Hashable]:
    found: dict[Hashable, object] = dict(network.nodes(data="kind"))
    every = not any(found.values())
    return sorted((node for node, kind in found.items() if every or kind in kinds), key=sort_key)


def _tie_test(network: nx.Graph, ties: str | Collection[str]) -> Callable[[Attributes], bool]:
    wanted = _kinds(ties)
    if not any(data.get("kind") in LINK_KINDS for *_, data in network.edges(data=True)):
        return lambda data: True
    if ties == "ONLINE_TIES":
        return lambda data: data.get("kind") in wanted and _is_online(data)
    return lambda data: data.get("kind") in wanted


def _kinds(ties: str | Collection[str]) -> frozenset[str]:
    if isinstance(ties, str):
        return TIE_SETS[checked_choice("tie set", ties, TIE_SETS)]
    return frozenset(checked_choice("link kind", kind, LINK_KINDS) for kind in ties)


def _is_online(data: Attributes) -> bool:
    return data.get("kind") not in _CONTACT or str(data.get("channel") or "") not in _OFFLINE


def _add_ties(
    kept: nx.MultiDiGraph, network: nx.Graph, counts: Callable[[Attributes], bool]
) -> None:
    undirected: dict[str, bool] = {} if network.is_directed() else {"symmetric": True}
    for source, target, key, data in links_of(network):
        if source != target and source in kept and target in kept and counts(data):
            kept.add_edge(source, target, key=key)
            # Not as keywords: an attribute may be called anything, `key` too.
            kept.edges[source, target, key].update({**data, **undirected})

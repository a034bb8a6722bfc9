"""A network as one sorted JSON text, with coordinates where it has been drawn, and back."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from graphs.attributes import links_of, sort_key
from graphs.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

FORMAT: Final = "corridor-snapshot/1"
_DIGITS: Final = 3

Places = Mapping[Any, Iterable[float]]
"""Where each node was drawn: x and y in the layout's own unit."""


def snapshot_text(network: nx.Graph, places: Places | None = None) -> str:
    """Return a network as node-link JSON: sorted, so that equal networks are equal bytes.

    `nodes` have an `id`, `links` a `source`, `target` and `key`; all else they carry stands
    beside, None and empty lists included, so that what is not recorded is seen to be so. A node
    that was drawn has `x` and `y`, rounded to three decimals. The text ends in a line feed.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph(as_of="2026-03-31")
    >>> net.add_node("a", kind="Person", names=("A",))
    >>> print(snapshot_text(net, {"a": (0.12345, 1)}))
    {"format": "corridor-snapshot/1",
    "graph": {"as_of": "2026-03-31"},
    "nodes": [
    {"id": "a", "kind": "Person", "names": ["A"], "x": 0.123, "y": 1.0}
    ],
    "links": [
    ]}
    """
    drawn = places or {}
    nodes = (
        _json({**data, **_at(drawn.get(node)), "id": node})
        for node, data in sorted(network.nodes(data=True), key=lambda pair: sort_key(pair[0]))
    )
    links = (
        _json({**link.data, "source": link.source, "target": link.target, "key": link.key})
        for link in links_of(network)
    )
    # One thing a line: a change of one record is a change of a few lines.
    return (
        f'{{"format": {_json(FORMAT)},\n"graph": {_json(dict(network.graph))},\n'
        f'"nodes": [\n{_lines(nodes)}],\n"links": [\n{_lines(links)}]}}\n'
    )


def read_snapshot(text: str) -> tuple[nx.MultiDiGraph, dict[str, tuple[float, float]]]:
    """Return the network of a snapshot and where its nodes were drawn ({} = nowhere).

    InputError if the text is no snapshot of this format; whoever wrote it, nothing in it is run.
    """
    import networkx as nx

    whole = _parsed(text)
    network = nx.MultiDiGraph()
    places: dict[str, tuple[float, float]] = {}
    try:
        network.graph.update(_tuples({**whole["graph"]}))
        for node in whole["nodes"]:
            said = {**node}
            name = said.pop("id")
            if "x" in said and "y" in said:
                places[name] = float(said.pop("x")), float(said.pop("y"))
            network.add_node(name)
            network.nodes[name].update(_tuples(said))
        for link in whole["links"]:
            said = {**link}
            ends = said.pop("source"), said.pop("target"), said.pop("key")
            _known_ends(network, *ends[:2])
            network.add_edge(*ends)
            network.edges[ends].update(_tuples(said))
    except (KeyError, TypeError, ValueError) as fault:
        raise InputError(f"not a whole snapshot: {fault!r} in a node or link") from fault
    return network, places


def _known_ends(network: nx.MultiDiGraph, *ends: str) -> None:
    for end in ends:
        if end not in network:
            raise InputError(f"not a whole snapshot: a link names {end!r}, which is no node of it")


def _parsed(text: str) -> dict[str, Any]:
    try:
        whole = json.loads(text)
    except ValueError as fault:
        raise InputError(f"not a snapshot: expected JSON, {fault}") from fault
    found = whole.get("format") if isinstance(whole, dict) else None
    if found != FORMAT:
        raise InputError(f"not a snapshot: found format {found!r}, expected {FORMAT!r}")
    missing = [name for name in ("graph", "nodes", "links") if name not in whole]
    if missing:
        raise InputError(f"not a whole snapshot: {', '.join(missing)} missing; was it cut short?")
    return whole


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, default=list)


def _lines(things: Iterable[str]) -> str:
    joined = ",\n".join(things)
    return f"{joined}\n" if joined else ""


def _at(place: Iterable[float] | None) -> dict[str, float]:
    if place is None:
        return {}
    x, y = (round(float(number), _DIGITS) + 0.0 for number in place)
    return {"x": x, "y": y} if math.isfinite(x) and math.isfinite(y) else {}


def _tuples(value: Any) -> Any:
    """Return JSON's lists as the tuples that a network carries."""
    if isinstance(value, list):
        return tuple(_tuples(each) for each in value)
    if isinstance(value, dict):
        return {name: _tuples(each) for name, each in value.items()}
    return value

"""Texts that would run, close, or deceive if a page took them for anything but text."""

import networkx as nx

ATTACKS = (
    "<img src=x onerror=\"window.__xss='img'\">",
    "</script><script>window.__xss='close'</script>",
    "<!--<script>window.__xss='comment'",
    "javascript:window.__xss='url'",
    "{{7*7}}{% raw %}${7*7}",
    "line\u2028separator\u2029paragraph",
    "nul\x00and\x1bescape",
    "\u202eevil\u202c",
    "=cmd|' /C calc'!A0",
    '#import "x": *bold* $x$',
    "\"quotes' `and` \\back\\slashes",
    "</style><svg onload=\"window.__xss='svg'\">",
    'href="x" onmouseover="window.__xss=\'href\'"',
    "&lt;b&gt;&amp;",
    "__proto__",
    "constructor",
    "e\u0301 and lone \ud800",
    "W" * 1000,
)


def attacked(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return a network of the same form in which every text, id and kind is an attack."""
    number = 0

    def attack(old: object) -> object:
        nonlocal number
        if isinstance(old, tuple):
            return tuple(attack(item) for item in old)
        if isinstance(old, dict):
            return {name: attack(value) for name, value in old.items()}
        if not isinstance(old, str):
            return old
        number += 1
        return ATTACKS[number % len(ATTACKS)]

    def attacks(data: dict[str, object], *keep: str) -> dict[str, object]:
        return {name: value if name in keep else attack(value) for name, value in data.items()}

    names = {node: f"{ATTACKS[i % len(ATTACKS)]}{i}" for i, node in enumerate(network)}
    hostile = nx.MultiDiGraph()
    hostile.graph.update(attacks(network.graph))
    for i, (node, data) in enumerate(network.nodes(data=True)):
        # Some keep their kind, so that persons are drawn and ranked as persons are.
        hostile.add_node(names[node], **attacks(data, *(("kind",) if i % 3 else ())))
    for i, (source, target, key, data) in enumerate(network.edges(keys=True, data=True)):
        kept = ("kind",) if i % 3 else ()
        hostile.add_edge(
            names[source], names[target], key=f"{key}{ATTACKS[i % 4]}", **attacks(data, *kept)
        )
    return hostile

"""What the chart says of every node and link: plain values, nothing lost, unknown left out."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from graphs.attributes import Attributes, Link, label_of, links_of, sort_key, texts
from graphs.codes import country_name
from graphs.countries_of import counted
from graphs.schema import LINK_KINDS, NODE_KINDS, TIE_SETS
from graphs.sharing.markings import SCHEMES
from viz.style import THEMES, legend, mark

if TYPE_CHECKING:
    import networkx as nx

Said = dict[str, Any]
Row = Mapping[str, Any]
Place = tuple[float, float]

SHOWN_AT_FIRST: Final = ("Person", "Organisation")
# Said in a place of its own on the page; every other attribute is listed under its own name.
_NODE_PLACES: Final = frozenset(
    {
        "kind", "label", "names", "name", "record_ids", "originators", "handling", "grading",
        "cases", "facilitator", "shielded", "roles", "stages", "status", "countries", "x", "y",
    }
)  # fmt: skip
_LINK_PLACES: Final = frozenset(
    {
        "kind", "record_ids", "originators", "handling", "grading", "cases", "date_from",
        "date_to", "derived",
    }
)  # fmt: skip
_LISTS: Final = ("originators", "handling", "grading", "cases", "roles", "stages")


def entities(
    network: nx.Graph, places: Mapping[Hashable, Place], brokers: Sequence[Row]
) -> list[Said]:
    """Return one entry a node, sorted by id; its `id` is its number here, `key` the node's id.

    `brokers` are rows of the broker table; a person's rank and the reasons for it come from them.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph()
    >>> net.add_node("P-1", kind="Person", label="Amaya Example", gender="Feminine", age=None)
    >>> entities(net, {"P-1": (1.0, 2.0)}, [])[0]["facts"]
    [['gender', 'Feminine']]
    """
    ranked = {row["person"]: row for row in brokers if "person" in row}
    most = max((number(row.get("betweenness")) for row in brokers), default=0.0)
    return [
        _entity(i, node, network.nodes[node], places[node], ranked.get(node), most)
        for i, node in enumerate(sorted(network.nodes, key=sort_key))
    ]


def _entity(
    i: int, node: Hashable, data: Attributes, place: Place, row: Row | None, most: float
) -> Said:
    share = number(row.get("betweenness")) if row else 0.0
    said: Said = {
        "id": i,
        "key": str(node),
        "kind": str(data.get("kind") or ""),
        "label": label_of(node, data),
        "x": place[0],
        "y": place[1],
        "size": _size(str(data.get("kind", "")), data, share / most if most else 0.0),
        "names": [name for name in texts(data, "names") if name != data.get("label")],
        "countries": _countries(data),
        "records": list(texts(data, "record_ids")),
        **{name: list(texts(data, name)) for name in _LISTS},
        "facilitator": data.get("facilitator") is True,
        "shielded": data.get("shielded") is True,
        "status": _status(data.get("status")) if data.get("kind") in SHOWN_AT_FIRST else "",
        "facts": _facts(data, _NODE_PLACES - _of_case(data)),
        "rank": _rank(row) if row and share else None,
    }
    return _filled(said)


def connections(network: nx.Graph) -> list[Said]:
    """Return one entry a link, parallel ones apart, sorted; ends are numbers of entities.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph([("a", "b", {"kind": "PAID", "amount": "3000"})])
    >>> connections(net)
    [{'id': 0, 'from': 0, 'to': 1, 'kind': 'PAID', 'facts': [['amount', '3000']]}]
    """
    numbers = {node: i for i, node in enumerate(sorted(network.nodes, key=sort_key))}
    return [_connection(i, link, numbers) for i, link in enumerate(links_of(network))]


def _connection(i: int, link: Link, numbers: Mapping[Hashable, int]) -> Said:
    return _filled(
        {
            "id": i,
            "from": numbers[link.source],
            "to": numbers[link.target],
            "kind": str(link.data.get("kind") or ""),
            "records": list(texts(link.data, "record_ids")),
            **{name: list(texts(link.data, name)) for name in _LISTS[:4]},
            "since": _text(link.data.get("date_from")),
            "until": _text(link.data.get("date_to")),
            "derived": link.data.get("derived") is True,
            "facts": _facts(link.data, _LINK_PLACES),
        }
    )


def dictionary(network: nx.Graph, said: Sequence[Said], links: Sequence[Said]) -> Said:
    """Return the words that the page needs: kinds, sentences, named sets, colours, schemes."""
    kinds = legend(entity.get("kind", "") for entity in said)
    used = sorted({link["kind"] for link in links if "kind" in link})
    codes = sorted({code for entity in said for code in entity.get("countries", ())})
    first = [kind for kind in kinds if kind in SHOWN_AT_FIRST] or kinds
    return {
        "kinds": {kind: {**_kind(kind), "shown": kind in first} for kind in kinds},
        "links": {kind: _link_kind(kind) for kind in used},
        "sets": {
            name: sorted(found) for name, kinds in TIE_SETS.items() if (found := kinds & {*used})
        },
        "themes": THEMES,
        "schemes": {s.name: [s.source, s.information] for s in SCHEMES.values()},
        "countries": {code: country_name(code) or code for code in codes},
        "directed": network.is_directed(),
    }


def _kind(kind: str) -> Said:
    known = NODE_KINDS.get(kind)
    drawn = mark(kind)
    plural = known.plural if known else kind or "entities"
    return {"plural": plural, "group": known.group if known else "", "shape": drawn.shape,
            "colour": drawn.colour}  # fmt: skip


def _link_kind(kind: str) -> Said:
    known = LINK_KINDS.get(kind)
    sentence = known.sentence if known else kind.replace("_", " ").lower()
    return {"sentence": sentence, "symmetric": known is not None and known.symmetric}


def _of_case(data: Attributes) -> frozenset[str]:
    """Return the names that mean something else on this kind: a case's status is no arrest."""
    return frozenset() if data.get("kind") in SHOWN_AT_FIRST else frozenset({"status"})


def _countries(data: Attributes) -> list[str]:
    """Return the countries that count for a node: of a person by the default rule, else stated."""
    if data.get("kind") in SHOWN_AT_FIRST:
        return list(counted(data).countries)
    stated = [*texts(data, "countries"), *texts(data, "country"), *texts(data, "issuer_country")]
    stated += [*texts(data, "from_country"), *texts(data, "to_country")]
    stated += texts(data, "code") if data.get("kind") == "Country" else ()
    return list(dict.fromkeys(code for code in stated if code not in ("?", "unknown")))


def _size(kind: str, data: Attributes, share: float) -> float:
    """Return a radius in chart units; a broker's area grows with the share of paths."""
    if kind not in SHOWN_AT_FIRST:
        return 7.0 if kind else 9.0
    least = 7.0 if data.get("shielded") else 9.0
    return round(max(least, 22.0 * math.sqrt(share)), 1)


def _status(status: object) -> str:
    """Return a last recorded status in words: `arrested, 2026-01-10`."""
    if isinstance(status, Mapping):
        parts = (_text(status.get("status")), _text(status.get("date")))
        return ", ".join(part for part in parts if part)
    return _text(status)


def _rank(row: Row) -> Said:
    return _filled(
        {
            "rank": _text(row.get("rank")),
            "share": number(row.get("betweenness")),
            "degree": number(row.get("degree")),
            "across": list(texts(row, "countries")),
            "stability": stability_words(row),
            "why": _text(row.get("why")),
            "agencies": number(row.get("agencies")),
            "cases": number(row.get("cases")),
        }
    )


def stability_words(row: Row) -> str:
    """Return how steady a place in the ranking is, in words.

    >>> stability_words({"stability": 0.93}), stability_words({})
    ('in the top 5 of 93 % of trials', 'stability not computed')
    """
    if words := _text(row.get("stability_words")):
        return words
    steady = row.get("stability")
    if isinstance(steady, int | float) and not math.isnan(steady):
        return f"in the top 5 of {100 * steady:.0f} % of trials"
    return _text(steady) or "stability not computed"


def _facts(data: Attributes, placed: frozenset[str]) -> list[list[str]]:
    """Return every other recorded attribute as words and value, by name."""
    found = ((name, _text(value)) for name, value in data.items() if name not in placed)
    return sorted([str(name).replace("_", " "), text] for name, text in found if text)


def _text(value: object) -> str:
    """Return a value as a reader would write it; "" for what is not recorded."""
    if value is None or value is False or (isinstance(value, float) and math.isnan(value)):
        return ""
    if value is True:
        return "yes"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_text(each)}" for key, each in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        items = map(_text, value)
        return "; ".join(sorted(items) if isinstance(value, set | frozenset) else items)
    return str(value)


def number(value: object) -> float:
    """Return a number for JSON, 0 for what is not one; tables hold numpy's numbers and None."""
    try:
        found = float(value)  # pyright: ignore[reportArgumentType]
    except (TypeError, ValueError):
        return 0.0
    return found if math.isfinite(found) else 0.0


def _filled(said: Said) -> Said:
    """Leave out what is empty: it is not recorded, and the page is smaller."""
    return {
        name: value
        for name, value in said.items()
        if value is not None and value is not False and value != "" and value != []
    }

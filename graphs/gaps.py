"""What a network does not know, counted, with the records where it could be asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any

from graphs.attributes import Attributes, links_of, nodes_of, texts
from graphs.countries_of import countries_of
from graphs.journeys import UNKNOWN_COUNTRY
from graphs.network import shared_pairs
from graphs.schema import TIE_SETS

if TYPE_CHECKING:
    import networkx as nx

Row = dict[str, Any]


def gaps(network: nx.Graph) -> list[Row]:
    """Return what is not known, one row a question, zeros included: nothing unknown is a finding.

    Rows have `what`, `count`, `of` (how many there are in all; None where no such number is
    known) and `records`, the ids of the rows concerned. An unknown is what no record says; it
    does not say that it is not so.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph()
    >>> net.add_node("a", kind="Person", record_ids=("LK:persons:a",))
    >>> gaps(net)[0]
    {'what': 'persons without a recorded country', 'count': 1, 'of': 1,
     'records': ['LK:persons:a']}
    """
    persons = [data for _, data in nodes_of(network, "Person") if not data.get("shielded")]
    legs = [data for _, data in nodes_of(network, "Leg")]
    journeys = nodes_of(network, "Journey")
    with_legs = {link.source for link in links_of(network, {"HAS_LEG"})}
    ties = [link.data for link in links_of(network, _STATED_TIES)]
    return [
        _gap("persons without a recorded country", persons, lambda data: not countries_of(data)),
        _gap("legs with an unknown end", legs, _has_unknown_end),
        _gap("journeys without any leg", [
            {**data, "without": node not in with_legs} for node, data in journeys
        ], lambda data: bool(data["without"])),
        _gap("journeys with a gap between legs", _data(journeys), _has_inner_gap),
        _gap("journeys without a recorded fee", _data(journeys), _without("fee_amount")),
        _gap("journeys without a recorded outcome", _data(journeys), _has_no_outcome),
        _gap("ties without a date", ties, lambda data: not _dated(data)),
        _gap("ties that are not graded", ties, _ungraded),
        _awaited(network),
        _shared(network),
    ]  # fmt: skip


_STATED_TIES = frozenset().union(
    *(TIE_SETS[f"{name}_TIES"] for name in ("WORKING", "DOCUMENT", "MONEY", "CONTACT", "KIN",
                                            "HARM"))
)  # fmt: skip


def _gap(what: str, among: Iterable[Attributes], is_open: Callable[[Attributes], bool]) -> Row:
    every = list(among)
    found = [data for data in every if is_open(data)]
    return _row(what, found, len(every))


def _row(what: str, found: list[Attributes], of: int | None) -> Row:
    records = sorted({record for data in found for record in texts(data, "record_ids")})
    return {"what": what, "count": len(found), "of": of, "records": records}


def _data(nodes: Iterable[tuple[Hashable, Attributes]]) -> list[Attributes]:
    return [data for _, data in nodes]


def _has_unknown_end(leg: Attributes) -> bool:
    return UNKNOWN_COUNTRY in (leg.get("from_country"), leg.get("to_country"))


def _has_inner_gap(journey: Attributes) -> bool:
    return UNKNOWN_COUNTRY in texts(journey, "countries")


def _without(name: str) -> Callable[[Attributes], bool]:
    return lambda data: not data.get(name)


def _has_no_outcome(journey: Attributes) -> bool:
    return journey.get("outcome") in (None, "", "unknown")


def _dated(data: Attributes) -> bool:
    return bool(data.get("date_from") or data.get("date_to"))


def _ungraded(data: Attributes) -> bool:
    return not set(texts(data, "grading")) - {"none"}


def _awaited(network: nx.Graph) -> Row:
    about = network.graph
    return {
        "what": "references to rows that are not loaded",
        "count": int(about.get("awaited", 0)),
        "of": None,
        "records": list(about.get("awaited_from", ())),
    }


def _shared(network: nx.Graph) -> Row:
    pairs = shared_pairs(network)
    records = sorted({
        record
        for pair in pairs
        for person in pair
        for record in texts(network.nodes[person], "record_ids")
    })  # fmt: skip
    return {
        "what": "pairs of persons who share a phone or passport, not yet matched",
        "count": len(pairs),
        "of": None,
        "records": records,
    }

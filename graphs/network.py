"""The network: records projected to nodes and links, shielded persons pseudonymous by default."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphs.collector import collector_at_rest
from graphs.identifiers import SHARED_KINDS
from graphs.projection.facts import Behind
from graphs.projection.journey_ties import journey_ties
from graphs.projection.links import Link, all_links
from graphs.projection.nodes import Known, derived_node, record_nodes
from graphs.projection.papers import Paper, hidden_papers, papers
from graphs.projection.redaction import HIDDEN, Redactor, redactor
from graphs.projection.roles import last_status, stated_roles
from graphs.projection.rows import Rows, current_rows
from graphs.records import Record
from graphs.sharing.markings import most_restrictive
from graphs.shielding import journey_dates, pseudonym, shield_reasons

if TYPE_CHECKING:
    import networkx as nx


_SHORTEST_NUMBER: Final = 5


class Protection(NamedTuple):
    """What an export of rows must guard: whose rows, which numbers, and words in any text."""

    persons: frozenset[str]
    identifiers: frozenset[str]
    redact: Redactor


def build_network(records: Iterable[Record], *, show_protected: bool = False) -> nx.MultiDiGraph:
    """Return the network that records state: a node a thing, a link a row and end.

    Nodes and links carry `kind`, `record_ids`, `originators`, `handling`, `grading`, `cases`; a
    link also `date_from`, `date_to`, `releasable_to`, `batch`, `journeys` and `derived`. Links of
    a symmetric kind are stored once, smaller id first. What follows from the rows alone is the
    same whatever their order. References to rows that are not loaded give no link; they are
    counted in `network.graph["awaited"]`.

    Shielded persons (`graphs.shielding`) stand there under a pseudonym, with an age band for a
    birth date and no identifier that is theirs, and their names are taken out of any other text.
    `show_protected` shows them in clear, for the originator's own use.

    >>> from graphs.records import make_record
    >>> def row(table, key, **said):
    ...     return make_record("LK-CIU", table, {"record_id": key, **said})
    >>> network = build_network([
    ...     row("persons", "P-1", name="Kumari"), row("persons", "P-2", name="Nimal"),
    ...     row("links", "R-1", from_ref="LK-CIU:persons:P-1", kind="RECRUITED",
    ...         to_ref="LK-CIU:persons:P-2")])
    >>> [(a, data["kind"], b) for a, b, data in network.edges(data=True)]
    [('LK-CIU:persons:P-1', 'RECRUITED', 'LK-CIU:persons:P-2')]
    """
    with collector_at_rest():
        return _built(current_rows(records), show_protected=show_protected)


def _built(rows: Rows, *, show_protected: bool) -> nx.MultiDiGraph:
    import networkx as nx

    known = _known(rows, show_protected=show_protected)
    nodes = dict(record_nodes(known))
    links = sorted([*all_links(known), *journey_ties(known)], key=_link_order)
    for source, target, *_ in links:
        for end in (source, target):
            if end not in nodes:
                nodes[end] = derived_node(end)
    network = nx.MultiDiGraph(**_about(known))
    network.add_nodes_from((node, nodes[node]) for node in sorted(nodes))
    for source, target, key, data in links:
        network.add_edge(source, target, key, **data)
    network.graph["shared_pairs"] = len(shared_pairs(network))
    return network


def protection(records: Iterable[Record]) -> Protection:
    """Return what of these records must not be shown as it stands, by the rules of the network.

    `persons` are the ids of rows of shielded persons, `identifiers` those of rows whose value is
    hidden, and `redact` takes both out of any other text. It goes by all records: a slice of a
    network does not hold everybody who is to be shielded.
    """
    known = _known(current_rows(records), show_protected=False)
    numbers = {row.id for paper in known.papers if paper.node in known.hidden for row in paper.rows}
    former = {old for old, new in known.rows.successor.items() if new in known.shielded}
    return Protection(frozenset(known.shielded) | former, frozenset(numbers), known.redact)


def shared_pairs(network: nx.Graph) -> set[tuple[str, str]]:
    """Return the pairs of persons who share a phone or passport, smaller id first.

    A number that stands in a person's file as a contact is not theirs and makes no pair. Before
    records are matched, one record is one person, so these are pairs of records.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for source, target, data in network.edges(data=True):
        if data.get("kind") in ("HOLDS", "USED") and data.get("role") != "contact":
            of_kind = network.nodes[target].get("identifier_kind") in SHARED_KINDS
            if of_kind and network.nodes[source].get("kind") == "Person":
                held[target].add(source)
    groups = {frozenset(holders) for holders in held.values() if len(holders) > 1}
    return {pair for holders in groups for pair in combinations(sorted(holders), 2)}


def _known(rows: Rows, *, show_protected: bool) -> Known:
    stated = stated_roles(rows)
    shielded = shield_reasons(rows, stated)
    found = papers(rows)
    hidden = hidden_papers(rows, found, shielded)
    legs: dict[str, list[Record]] = defaultdict(list)
    for leg in rows.of("legs"):
        if journey := rows.ref(leg, "journey_ref"):
            legs[journey].append(leg)
    return Known(
        rows=rows,
        behind=Behind(rows),
        stated=stated,
        status=last_status(rows),
        shielded=shielded,
        papers=found,
        node_of=_node_of(rows, found),
        hidden=hidden,
        redact=redactor({} if show_protected else _secrets(rows, shielded, found, hidden)),
        show_protected=show_protected,
        dates=journey_dates(rows),
        legs={key: sorted(seen, key=_leg_order) for key, seen in legs.items()},
    )


def _leg_order(leg: Record) -> tuple[int, str]:
    return (int(leg["seq"]) if leg["seq"].isdecimal() else 0), leg.id


def _node_of(rows: Rows, found: Iterable[Paper]) -> dict[str, str]:
    """Return the node of each row whose node is not its own id."""
    merged = {row.id: paper.node for paper in found for row in paper.rows}
    return merged | {row.id: f"agency:{row['code']}" for row in rows.of("agencies")}


def _secrets(
    rows: Rows,
    shielded: Iterable[str],
    found: Iterable[Paper],
    hidden: frozenset[str],
) -> dict[str, str]:
    """Return what may stand in no text of the network, and what stands for it."""
    numbers = (row["value"] for paper in found if paper.node in hidden for row in paper.rows)
    # A shorter number is no secret outside its row: it may be any page, flat or year.
    every = (*numbers, *_bookings(rows, frozenset(shielded)))
    secrets = {number: HIDDEN for number in every if len(number) >= _SHORTEST_NUMBER}
    for person in sorted(shielded):
        record = rows.by_id[person]
        if len(record["birth_date"]) == len("2000-01-01"):
            secrets[record["birth_date"]] = HIDDEN
        others = (name.partition("=")[2] for name in record.list("other_names"))
        for name in (record["name"], *others):
            secrets.setdefault(name, pseudonym(person))
    return secrets


def _bookings(rows: Rows, shielded: frozenset[str]) -> Iterator[str]:
    """Yield the bookings on which shielded persons travelled."""
    for leg in rows.of("legs"):
        journey = rows.ref(leg, "journey_ref") if leg["booking_ref"] else None
        if journey and not shielded.isdisjoint(rows.refs(rows.by_id[journey], "person_refs")):
            yield leg["booking_ref"]


def _about(known: Known) -> dict[str, Any]:
    every = list(known.rows.by_id.values())
    awaited = known.rows.awaited
    return {
        "as_of": max((record["as_of"] for record in every), default="") or None,
        "originators": tuple(sorted({record.originator for record in every})),
        "marking": most_restrictive({record["handling"] for record in every}),
        "batches": tuple(sorted({batch for record in every for batch in record.batches})),
        "record_count": len(every),
        "slice": "",
        "left_out": {},
        "show_protected": known.show_protected,
        "awaited": len(awaited),
        "awaited_from": tuple(sorted({row for rows in awaited.values() for row in rows})),
        "source_refs": {record.id: known.redact(record["source_ref"]) for record in every},
    }


def _link_order(link: Link) -> tuple[str, str, str]:
    return link[:3]

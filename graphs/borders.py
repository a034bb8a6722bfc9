"""Crossings: ties and legs whose two ends lie in different countries, by country pair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphs.attributes import Attributes, Link, gathered, links_of, nodes_of, sort_key
from graphs.countries_of import Group, groups_of
from graphs.frames import Kind, frame
from graphs.journeys import (
    UNKNOWN_COUNTRY,
    LegSeen,
    document_words,
    legs_of,
    moved_by,
    total_moved,
    travellers_of,
)
from graphs.simple import SimpleView, simple_view
from graphs.ties import is_derived, tie_network

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

COLUMNS: Final[dict[str, Kind]] = {
    "from": "object",
    "to": "object",
    "links": "int64",
    "persons": "int64",
    "legs": "int64",
    "records": "object",
    "brokers": "object",
    "modes": "object",
    "documents": "object",
    "kinds": "object",
    "links_certain": "int64",
    "links_derived": "int64",
    "broker_holds": "int64",
    "moved": "object",
    "moved_min": "int64",
    "moved_max": "object",
    "cases": "int64",
    "case_ids": "object",
    "agency_codes": "object",
    "gradings": "object",
}
_Way = tuple[str, str]
_Tied = frozenset[Hashable]


@dataclass(slots=True)
class _Crossing:
    """What was found for one ordered pair of countries."""

    ties: dict[_Tied, list[Link]] = field(default_factory=lambda: defaultdict(list))
    certain: set[_Tied] = field(default_factory=set)
    legs: list[LegSeen] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Around:
    """What the network says around legs: the journey, who travelled, who worked, which papers."""

    journeys: Mapping[Hashable, Attributes]
    travellers: Mapping[Hashable, set[Hashable]]
    workers: Mapping[Hashable, list[Link]]
    papers: Mapping[Hashable, list[tuple[Link, Attributes]]]


def crossings(
    network: nx.Graph,
    *,
    group_by: Group = "default",
    ties: str | Collection[str] = "BROKER_TIES",
    include_protected: bool = False,
) -> pd.DataFrame:
    """Return cross-border ties and legs by ordered country pair, most first.

    A tie runs from the country of its source to that of its target, by the rule `group_by`, and a
    tie without direction runs both ways. A person with several countries crosses between each of
    them and the other's; `links_certain` counts the ties that cross some border whichever
    country applies, because the two share none. A leg runs as its file says. `?` is a country
    not known: a group of its own, on one side only, since two unknowns may be one country.

    One row per pair:

    - `links`: pairs of persons tied that way, each once; `links_derived` of them by derived links
      alone; `kinds` of link
    - `legs`; `modes`; `documents` used on them, with recorded fraud
    - `persons`: distinct persons recorded as tied that way, travelling or working on these legs
    - `moved`: persons on the journeys of these legs, as in `corridors`; `moved_min`, `moved_max`
    - `brokers`: who holds the most of these ties and legs, all equal ones, by id; `broker_holds`,
      how many each of them holds. Shielded persons are never named here
    - `records` behind the row; `cases`, `case_ids`, `agency_codes`, `gradings`

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph()
    >>> net.add_node("a", kind="Person", operating_countries=("VN",))
    >>> net.add_node("b", kind="Person", operating_countries=("AU",))
    >>> _ = net.add_edge("a", "b", kind="RECRUITED", record_ids=("VN:links:1",))
    >>> net.add_node("leg", kind="Leg", from_country="VN", to_country="AU", mode="air")
    >>> crossings(net)[["from", "to", "links", "legs", "modes"]].to_dict("records")
    [{'from': 'VN', 'to': 'AU', 'links': 1, 'legs': 1, 'modes': ['air']}]
    """
    view = simple_view(tie_network(network, ties=ties, include_protected=include_protected))
    found: dict[_Way, _Crossing] = defaultdict(_Crossing)
    _add_ties(found, view, groups_of(view, group_by))
    for leg in legs_of(network):
        if leg.start != leg.end:
            found[leg.start, leg.end].legs.append(leg)
    around = _around(network, view)
    rows = [_row(way, crossing, around) for way, crossing in found.items()]
    rows.sort(key=lambda row: (-_total(row), str(row["from"]), str(row["to"])))
    return frame(rows, COLUMNS)


def _add_ties(found: dict[_Way, _Crossing], view: SimpleView, groups: list[frozenset[str]]) -> None:
    home = dict(zip(view.nodes, groups, strict=True))
    for pair in view.pairs:
        for link in view.links[pair]:
            ends = frozenset((link.source, link.target))
            for source, target in _ways(view, link):
                for way in _border_crossings(home[source], home[target]):
                    found[way].ties[ends].append(link)
                    if home[source] and home[target] and not home[source] & home[target]:
                        found[way].certain.add(ends)


def _ways(view: SimpleView, link: Link) -> list[tuple[Hashable, Hashable]]:
    forward, back = (link.source, link.target), (link.target, link.source)
    return [forward, back] if view.both_ways(link) else [forward]


def _border_crossings(source: frozenset[str], target: frozenset[str]) -> Iterator[_Way]:
    """Yield every pair of different countries that a tie may run between."""
    for start in sorted(source or {UNKNOWN_COUNTRY}):
        for end in sorted(target or {UNKNOWN_COUNTRY}):
            if start != end:
                yield start, end


def _around(network: nx.Graph, view: SimpleView) -> _Around:
    ranked = set(view.nodes)
    workers: dict[Hashable, list[Link]] = defaultdict(list)
    for link in links_of(network, {"HAS_ROLE"}):
        if link.source in ranked:
            workers[link.target].append(link)
    papers: dict[Hashable, list[tuple[Link, Attributes]]] = defaultdict(list)
    for link in links_of(network, {"USED_DOCUMENT"}):
        papers[link.source].append((link, network.nodes[link.target]))
    journeys = dict(nodes_of(network, "Journey"))
    return _Around(journeys, travellers_of(network), workers, papers)


def _row(way: _Way, crossing: _Crossing, around: _Around) -> dict[str, object]:
    legs = crossing.legs
    ties = [link.data for links in crossing.ties.values() for link in links]
    workers = [link for leg in legs for link in around.workers.get(leg.node, [])]
    papers = [paper for leg in legs for paper in around.papers.get(leg.node, [])]
    said = [*ties, *(leg.data for leg in legs)]
    behind = [*said, *(link.data for link in workers), *(link.data for link, _ in papers)]
    cases = gathered(said, "cases")
    return {
        "from": way[0],
        "to": way[1],
        "links": len(crossing.ties),
        "persons": len(_persons(crossing, around)),
        "legs": len(legs),
        "records": gathered(behind, "record_ids"),
        "modes": gathered((leg.data for leg in legs), "mode"),
        "documents": sorted({document_words(paper) for _, paper in papers}),
        "kinds": gathered(ties, "kind"),
        "links_certain": len(crossing.certain),
        "links_derived": sum(is_derived(links) for links in crossing.ties.values()),
        "cases": len(cases),
        "case_ids": cases,
        "agency_codes": gathered(behind, "originators"),
        "gradings": gathered(behind, "grading"),
        **_holders(crossing, around),
        **_moved(legs, around),
    }


def _persons(crossing: _Crossing, around: _Around) -> set[Hashable]:
    tied = set[Hashable]().union(*crossing.ties)
    for leg in crossing.legs:
        tied |= around.travellers.get(leg.journey, set())
        tied |= {link.source for link in around.workers.get(leg.node, [])}
    return tied


def _holders(crossing: _Crossing, around: _Around) -> dict[str, object]:
    """Return who holds the most of these ties and legs; nobody is put before an equal."""
    holds: Counter[Hashable] = Counter(person for ends in crossing.ties for person in ends)
    for leg in crossing.legs:
        holds.update({link.source for link in around.workers.get(leg.node, [])})
    most = max(holds.values(), default=0)
    first = [person for person, count in holds.items() if count == most]
    return {"brokers": sorted(first, key=sort_key), "broker_holds": most}


def _moved(legs: list[LegSeen], around: _Around) -> dict[str, object]:
    """Add up the journeys of these legs, each once; a leg of no known journey moved some."""
    moved = total_moved(
        moved_by(around.journeys.get(node, {}), len(around.travellers.get(node, ())))
        for node in {leg.journey for leg in legs}
    )
    return {"moved": moved.words(), "moved_min": moved.least, "moved_max": moved.most}


def _total(row: Mapping[str, object]) -> int:
    return sum(value for name in ("links", "legs") if isinstance(value := row[name], int))

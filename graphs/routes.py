"""Corridors: the countries of journeys from origin over transit to destination."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from graphs.attributes import Attributes, gathered, nodes_of, texts
from graphs.frames import Kind, frame
from graphs.journeys import (
    UNKNOWN_COUNTRY,
    LegSeen,
    Moved,
    country_or_unknown,
    country_sequence,
    legs_by_journey,
    moved_by,
    total_moved,
    travellers_of,
)

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

COLUMNS: Final[dict[str, Kind]] = {
    "countries": "object",
    "persons": "object",
    "journeys": "int64",
    "cases": "int64",
    "records": "object",
    "corridor": "object",
    "persons_min": "int64",
    "persons_max": "object",
    "legs": "int64",
    "modes": "object",
    "outcomes": "object",
    "promised": "object",
    "actual": "object",
    "journey_ids": "object",
    "case_ids": "object",
    "agency_codes": "object",
    "gradings": "object",
}


class _Journey(NamedTuple):
    node: Hashable
    data: Attributes
    legs: Sequence[LegSeen]
    moved: Moved


def corridors(network: nx.Graph) -> pd.DataFrame:
    """Return the origin-transit-destination sequences of journeys, most persons first.

    A corridor is the countries of a journey's legs by number, equal neighbours once; a gap is `?`
    and is never closed, so `VN>?>AU` is not `VN>AU`. A journey without legs is on the corridor
    `?`. Promised and actual destinations stand apart: they are what a file says, not legs.

    Reads nodes of kind Journey (`persons_min`, `persons_max`, `outcome`, destinations) and Leg
    (`seq`, `from_country`, `to_country`, `mode`), links HAS_LEG and TRAVELLED. One row per
    corridor:

    - `countries`; `corridor`, the same as text; `journeys`; `legs`; `cases` reporting them
    - `persons`: the sum of group sizes: a number, an interval "14-18", "14 or more", or "not
      recorded"; `persons_min`, `persons_max` (None = no upper number). A person on two journeys
      counts on each
    - `modes`, `outcomes`, `promised`, `actual` (destinations): the distinct words recorded
    - `records` behind the row; `journey_ids`, `case_ids`, `agency_codes`, `gradings`

    It says nothing of intent, nor of journeys that no file holds.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph()
    >>> net.add_node("J", kind="Journey", persons_min=4, persons_max=6)
    >>> net.add_node("L1", kind="Leg", journey="J", seq=1, from_country="VN", to_country="TH")
    >>> net.add_node("L2", kind="Leg", journey="J", seq=2, from_country="TH", to_country="AU")
    >>> corridors(net)[["corridor", "persons", "journeys"]].to_dict("records")
    [{'corridor': 'VN>TH>AU', 'persons': '4-6', 'journeys': 1}]
    """
    followed: dict[tuple[str, ...], list[_Journey]] = defaultdict(list)
    for journey in _journeys(network):
        followed[_sequence(journey)].append(journey)
    rows = [_row(countries, journeys) for countries, journeys in sorted(followed.items())]
    rows.sort(key=lambda row: (-_number(row["persons_min"]), -_number(row["journeys"])))
    return frame(rows, COLUMNS)


def corridor_text(countries: Sequence[str]) -> str:
    """Return a corridor as text.

    >>> corridor_text(("VN", "?", "AU"))
    'VN>?>AU'
    """
    return ">".join(countries)


def corridor_of_journeys(network: nx.Graph) -> dict[Hashable, tuple[str, ...]]:
    """Return the countries of each journey, by journey."""
    return {journey.node: _sequence(journey) for journey in _journeys(network)}


def _journeys(network: nx.Graph) -> list[_Journey]:
    legs, travellers = legs_by_journey(network), travellers_of(network)
    return [
        _Journey(node, data, legs.get(node, []), moved_by(data, len(travellers.get(node, ()))))
        for node, data in nodes_of(network, "Journey")
    ]


def _sequence(journey: _Journey) -> tuple[str, ...]:
    if journey.legs:
        return country_sequence(journey.legs)
    said = [country_or_unknown(country) for country in texts(journey.data, "countries")]
    return tuple(said) or (UNKNOWN_COUNTRY,)


def _row(countries: tuple[str, ...], journeys: Sequence[_Journey]) -> dict[str, object]:
    legs = [leg.data for journey in journeys for leg in journey.legs]
    said = [journey.data for journey in journeys]
    moved = total_moved(journey.moved for journey in journeys)
    cases = gathered(said, "cases")
    return {
        "countries": list(countries),
        "persons": moved.words(),
        "journeys": len(journeys),
        "cases": len(cases),
        "records": gathered([*said, *legs], "record_ids"),
        "corridor": corridor_text(countries),
        "persons_min": moved.least,
        "persons_max": moved.most,
        "legs": len(legs),
        "modes": gathered(legs, "mode"),
        "outcomes": gathered(said, "outcome"),
        "promised": gathered(said, "promised_destination"),
        "actual": gathered(said, "actual_destination"),
        "journey_ids": [journey.node for journey in journeys],
        "case_ids": cases,
        "agency_codes": gathered([*said, *legs], "originators"),
        "gradings": gathered([*said, *legs], "grading"),
    }


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0

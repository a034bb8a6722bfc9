"""The kinds of node, each with its POLE group and the record table that states it."""

from dataclasses import dataclass
from typing import Final, Literal, LiteralString


@dataclass(frozen=True, slots=True)
class NodeKind:
    """One kind of node.

    `group` is its POLE group (person, object, location, event) or co-operation; `table` the
    record table that states it, "" where it is derived from columns of other rows.
    """

    name: LiteralString
    plural: str
    group: Literal["person", "object", "location", "event", "cooperation", "derived"]
    table: str
    meaning: str


NODE_KINDS: Final[dict[str, NodeKind]] = {
    kind.name: kind
    for kind in (
        NodeKind("Person", "persons", "person", "persons", "somebody a record describes"),
        NodeKind("Organisation", "organisations", "person", "organisations", "a firm or body"),
        NodeKind(
            "Identifier",
            "identifiers",
            "object",
            "identifiers",
            "a paper, number or account",
        ),
        NodeKind("Location", "locations", "location", "locations", "a place"),
        NodeKind("Country", "countries", "location", "", "a country or territory"),
        NodeKind("Journey", "journeys", "event", "journeys", "one journey"),
        NodeKind("Leg", "legs", "event", "legs", "one leg of a journey"),
        NodeKind("Case", "cases", "event", "cases", "a case file"),
        NodeKind("Event", "events", "event", "events", "something that happened"),
        NodeKind("Agency", "agencies", "cooperation", "agencies", "an agency"),
        NodeKind("FocalPoint", "focal points", "cooperation", "focal_points", "a post to ask"),
        NodeKind("Period", "periods", "cooperation", "periods", "a joint period of action"),
        NodeKind("Plan", "plans", "cooperation", "plans", "a joint plan"),
        NodeKind("Outcome", "outcomes", "cooperation", "outcomes", "a counted outcome"),
        NodeKind(
            "Corridor",
            "corridors",
            "derived",
            "",
            "countries in the order of a journey",
        ),
    )
}
NODE_OF_TABLE: Final = {kind.table: kind.name for kind in NODE_KINDS.values() if kind.table}

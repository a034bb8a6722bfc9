"""One agency's desk: it numbers the agency's records and fills what every record must say."""

import datetime as dt
from collections import defaultdict
from random import Random
from typing import Final, NamedTuple

from loaders.example.people import Person
from loaders.example.story import AS_OF, AU, LK, PLACES, TH

_LETTERS: Final = {
    "persons": "P", "organisations": "O", "identifiers": "I", "locations": "L", "journeys": "J",
    "legs": "G", "cases": "C", "events": "E", "links": "R", "focal_points": "FP", "requests": "RQ",
    "outcomes": "OC", "agencies": "AG", "periods": "PE", "plans": "PL",
}  # fmt: skip
_GRADINGS: Final = {
    LK: ("inherit", "inherit", "inherit", "admiralty:B2", "admiralty:A2", "admiralty:D4"),
    TH: ("europol4x4:B2", "europol4x4:B2", "europol4x4:A1", "europol4x4:B3", "europol4x4:X4"),
    AU: ("none", "uk_3x5x2:1A", "uk_3x5x2:2B", "uk_3x5x2:2B", "uk_3x5x2:2D"),
}
_SAME: Final = ("source_ref", "as_of", "handling", "grading", "releasable_to")
_SOURCES: Final = {LK: "Stmt {} p. {}", TH: "สำนวน {} แผ่น {}", AU: "IR 2026/{} para {}"}
_RARE: Final = (
    ("TLP:AMBER H2", 0.03, "inherit"), ("TLP:AMBER+STRICT H1", 0.01, "AU-BF;LK-CIU;TH-IB"),
    ("TLP:GREEN H0", 0.03, "inherit"),
)  # fmt: skip
DEFAULTS: Final = {
    LK: {"handling": "TLP:AMBER H1", "releasable_to": "AU;TH", "grading": "admiralty:C3",
         "purpose": "JPA planning"},
    TH: {"handling": "TLP:AMBER H1", "releasable_to": "AU;LK", "grading": "europol4x4:B2"},
    AU: {"handling": "TLP:AMBER H1", "releasable_to": "LK;TH;MY", "grading": "none"},
}  # fmt: skip


class Row(NamedTuple):
    """One record as an agency states it: cells by column, and who it is about in truth."""

    agency: str
    table: str
    cells: dict[str, str]
    truth: str = ""

    @property
    def id(self) -> str:
        """Return the full id."""
        return f"{self.agency}:{self.table}:{self.cells['record_id']}"


class Desk:
    """Makes the records of one agency; `rows` is what it made since it was last emptied.

    >>> desk = Desk("LK-CIU", Random(7))
    >>> desk.add("cases", {"local_ref": "1"}), desk.rows[0].cells["record_id"]
    ('LK-CIU:cases:C-001', 'C-001')
    """

    def __init__(self, agency: str, random: Random) -> None:
        self.agency = agency
        self.rows: list[Row] = []
        self._random = random
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._places: dict[str, str] = {}

    def add(
        self, table: str, cells: dict[str, str], *, seen: str = "", letter: str = "",
        record_id: str = "", truth: str = "", plain: bool = False, beside: str = "",
    ) -> str:  # fmt: skip
        """State a record and return its full id; `seen` is the last day it speaks of.

        A `plain` record carries the bundle's own marking: co-operation, places, cases. One stated
        `beside` another (its full id) stands in the same place, under the same marking.
        """
        record_id = record_id or self._next(letter or _LETTERS[table])
        common = self._as_in(beside, record_id) if beside else self._common(record_id, seen, plain)
        row = Row(self.agency, table, {**common, **_filled(cells)}, truth)
        self.rows.append(row)
        return row.id

    def cite(self, full_id: str) -> str:
        """Return a reference as this agency would write it: short for its own records.

        >>> Desk("LK-CIU", Random(7)).cite("LK-CIU:persons:P-001")
        'P-001'
        """
        agency, _, record_id = full_id.split(":")
        return record_id if agency == self.agency else full_id

    def cite_person(self, person: Person) -> str:
        """Return a reference to a person: the agency's own record, else the one it knows of."""
        home = person.part.home or next(iter(person.records))
        return self.cite(person.records.get(self.agency) or person.records[home])

    def place(self, code: str) -> str:
        """Return the reference of a place, stating it where the agency has not yet."""
        if code not in self._places:
            country, kind, name, area, lat, lon = PLACES[code]
            cells = {"country": country, "kind": kind, "name": name, "admin_area": area,
                     "lat": lat, "lon": lon}  # fmt: skip
            full_id = self.add("locations", cells, record_id=f"L-{code}", plain=True)
            self._places[code] = self.cite(full_id)
        return self._places[code]

    def _next(self, letter: str) -> str:
        self._counts[letter] += 1
        return f"{letter}-{self._counts[letter]:03d}"

    def _common(self, record_id: str, seen: str, plain: bool) -> dict[str, str]:
        random = self._random
        handling, release = ("inherit", "inherit") if plain else self._marking()
        source = _SOURCES[self.agency].format(random.randint(10, 99), random.randint(1, 40))
        return {
            "record_id": record_id,
            "source_ref": source,
            "as_of": said_on(random, seen),
            "handling": handling,
            "grading": "inherit" if plain else random.choice(_GRADINGS[self.agency]),
            "releasable_to": release,
        }

    def _as_in(self, beside: str, record_id: str) -> dict[str, str]:
        row = next(row for row in reversed(self.rows) if row.id == beside)
        return {"record_id": record_id, **{column: row.cells[column] for column in _SAME}}

    def _marking(self) -> tuple[str, str]:
        draw = self._random.random()
        for handling, share, release in _RARE:
            if draw < share:
                return handling, release
            draw -= share
        return "inherit", "inherit"


def said_on(random: Random, seen: str) -> str:
    """Return a day soon after the last one spoken of, never after the bundle's."""
    if len(seen) < 10:
        return "inherit"
    return min(later(seen, random.randint(2, 25)), AS_OF)


def later(day: str, days: int) -> str:
    """Return the day so many days later.

    >>> later("2025-12-30", 3)
    '2026-01-02'
    """
    return (dt.date.fromisoformat(day) + dt.timedelta(days)).isoformat()


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {column: cell for column, cell in cells.items() if cell}

"""What the tables say moved between countries: each step once, and the part each country plays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from numbers import Integral
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN: Final = "?"
STAGES: Final[Mapping[str, str]] = {
    "direct": "origin to destination",
    "first": "origin to transit",
    "between": "transit to transit",
    "last": "transit to destination",
    "open": "one end not known",
}
PARTS: Final = ("origin", "transit", "destination")
Row = Mapping[str, Any]


class Persons(NamedTuple):
    """A number of persons known at least; `most` is None where no upper number is known.

    >>> [Persons(4, 4).words, Persons(4, 9).words, Persons(4, None).words, Persons(0, None).words]
    ['4', '4-9', '4 or more', 'not recorded']
    """

    least: int
    most: int | None

    @property
    def words(self) -> str:
        """Return the number as the tables write it."""
        if self.most is None:
            return f"{self.least:,} or more" if self.least else "not recorded"
        return f"{self.least:,}" if self.most <= self.least else f"{self.least:,}-{self.most:,}"

    @property
    def short(self) -> str:
        """Return the number as it stands on an arrow: "22+" is 22 or more."""
        if self.most is None:
            return f"{self.least:,}+" if self.least else ""
        return self.words.replace("-", "–")

    def plus(self, other: Persons) -> Persons:
        """Return the sum, whose upper number is known only where both are."""
        known = self.most is not None and other.most is not None
        return Persons(
            self.least + other.least, (self.most or 0) + (other.most or 0) if known else None
        )


NOBODY: Final = Persons(0, 0)


@dataclass(slots=True)
class Step:
    """What moved from one country to the next, over all corridors that hold this step."""

    ends: tuple[str, str]
    persons: Persons = NOBODY
    journeys: int = 0
    stages: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    corridors: set[str] = field(default_factory=set)
    modes: tuple[str, ...] = ()
    brokers: tuple[str, ...] = ()
    ties: int = 0
    records: set[str] = field(default_factory=set)

    @property
    def stage(self) -> str:
        """Return the stage of most persons; of equal ones the first in the order of a journey."""
        order = list(STAGES)
        return min(self.stages, key=lambda name: (-self.stages[name], order.index(name)))


def table_rows(table: pd.DataFrame | None) -> list[dict[str, Any]]:
    """Return a table's rows as dictionaries, none for no table."""
    if table is None:
        return []
    names = [str(name) for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def persons_of(row: Row) -> Persons:
    """Return how many persons a corridor's row tells of.

    >>> persons_of({"persons": 4}), persons_of({"persons_min": 4, "persons_max": None})
    (Persons(least=4, most=4), Persons(least=4, most=None))
    """
    least, most = row.get("persons_min", row.get("persons")), row.get("persons_max")
    if "persons_max" not in row and "persons_min" not in row:
        most = least
    return Persons(_whole(least) or 0, _whole(most))


def _whole(value: object) -> int | None:
    """Return a whole number; None for anything else, such as the NaN of an empty cell."""
    if isinstance(value, Integral):
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else None


def steps_of(corridors: Iterable[Row], crossings: Iterable[Row] = ()) -> list[Step]:
    """Return each step between neighbouring countries once, most persons first.

    Means and brokers of a step are those of its crossing: a corridor mixes the means of its steps.
    """
    across = {(str(row["from"]), str(row["to"])): row for row in crossings}
    found: dict[tuple[str, str], Step] = {}
    for row in corridors:
        codes = [str(code) for code in row["countries"]]
        reached = _reached(row)
        for place, ends in enumerate(pairwise(codes)):
            step = found.setdefault(ends, Step(ends))
            step.persons = step.persons.plus(persons_of(row))
            step.journeys += _whole(row.get("journeys")) or 0
            # A row that counts nobody still votes for a stage, though for less than one person.
            votes = 1000 * persons_of(row).least + (_whole(row.get("journeys")) or 0)
            step.stages[_stage(ends, place, len(codes), reached=reached)] += votes
            step.corridors.add(" → ".join(codes))
            step.records.update(map(str, _list(row, "records")))
    for ends, step in found.items():
        step.modes = tuple(sorted(map(str, _list(across.get(ends, {}), "modes"))))
        step.brokers = tuple(map(str, _list(across.get(ends, {}), "brokers")))
        step.ties = _whole(across.get(ends, {}).get("links")) or 0
    return sorted(found.values(), key=lambda step: (-step.persons.least, step.ends))


def _stage(ends: tuple[str, str], place: int, length: int, *, reached: bool) -> str:
    if UNKNOWN in ends:
        return "open"
    ending = place == length - 2 and reached
    if place == 0:
        return "direct" if ending else "first"
    return "last" if ending else "between"


def _reached(row: Row) -> bool:
    """Say whether a corridor's last country counts as a destination.

    Not where another one was promised on every journey and none arrived: then the records end
    there, not the plan.
    """
    promised = [str(code) for code in _list(row, "promised")]
    outcomes = _list(row, "outcomes")
    return (
        not promised
        or str(row["countries"][-1]) in promised
        or not outcomes
        or "arrived" in outcomes
    )


def _list(row: Row, key: str) -> Sequence[object]:
    value = row.get(key)
    return list(value) if isinstance(value, list | tuple | set | frozenset) else []


def parts_of(corridors: Iterable[Row]) -> dict[str, dict[str, Persons]]:
    """Return, by country, how many persons began there, passed through and were to stay.

    A journey's last country is counted as transit where `_reached` says that it was none.
    """
    found: dict[str, dict[str, Persons]] = {}
    for row in corridors:
        codes = [str(code) for code in row["countries"]]
        for place, code in enumerate(codes):
            last = place == len(codes) - 1
            part = PARTS[0] if place == 0 else PARTS[2] if last and _reached(row) else PARTS[1]
            counts = found.setdefault(code, dict.fromkeys(PARTS, NOBODY))
            counts[part] = counts[part].plus(persons_of(row))
    return found


def main_part(counts: Mapping[str, Persons]) -> str:
    """Return the part that most persons give a country; of equal ones the first of a journey."""
    return min(PARTS, key=lambda part: (-counts[part].least, PARTS.index(part)))


def part_words(counts: Mapping[str, Persons]) -> str:
    """Return a country's parts in words.

    >>> part_words({"origin": Persons(2, 2), "transit": Persons(9, None), "destination": NOBODY})
    'origin of 2, transit of 9 or more'
    """
    return ", ".join(f"{part} of {counts[part].words}" for part in PARTS if counts[part] != NOBODY)

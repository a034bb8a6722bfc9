"""An invented operation of any size, as the records that three agencies hold of it."""

from collections.abc import Iterator
from random import Random
from typing import Final

from loaders.example.agreements import agree
from loaders.example.desk import Desk, Row
from loaders.example.names import NameBook
from loaders.example.people import Person
from loaders.example.ring import Ring
from loaders.example.story import AGENCIES, AU, CAST, LK, RING_SIZE, TH

_BRANCHES: Final = 4


def operation(people: int, seed: int) -> Iterator[list[Row]]:
    """Yield the records of an operation of so many people in truth, one ring at a time.

    A ring is about 150 people and 60 journeys; a greater operation is more rings, whose brokers
    know those of an earlier ring. The same numbers give the same records, in the same order.

    >>> rows = [row for ring in operation(150, 7) for row in ring]
    >>> len({row.truth for row in rows if row.truth})
    150
    """
    random = Random(seed)
    book = NameBook(random, taken=[part.name for part in CAST])
    desks = {agency: Desk(agency, random) for agency in AGENCIES}
    agree(desks, random)
    heads: list[dict[str, Person]] = []
    for start in range(0, people, RING_SIZE):
        size = min(RING_SIZE, people - start)
        ring = Ring(desks, random, book, first_number=start + 1, size=size)
        ring.play()
        if heads:
            ring.know(heads[(len(heads) - 1) // _BRANCHES])
        heads.append(ring.heads())
        yield _taken(desks)


def _taken(desks: dict[str, Desk]) -> list[Row]:
    rows = [row for agency in (LK, TH, AU) for row in desks[agency].rows]
    for desk in desks.values():
        desk.rows = []
    return rows

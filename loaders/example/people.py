"""One invented person in truth, before any agency has written a record of it."""

from dataclasses import dataclass, field
from random import Random
from typing import Final

from loaders.example.names import Name, NameBook, named
from loaders.example.story import Part

_MIGRANT: Final = Part("", "", "", "", "", party="migrant")
_VICTIM: Final = Part("", "", "", "", "", party="victim")
# Country prefix, then the head of a range that is given to no subscriber as far as we know, so
# that no example rings anybody; then how many digits follow.
_PHONES: Final = {
    "LK": ("+94", "790", 6), "TH": ("+66", "500", 6), "AU": ("+61", "500", 6),
    "MY": ("+60", "150", 6), "ID": ("+62", "840", 6), "VN": ("+84", "300", 6),
    "KH": ("+855", "30", 6), "BD": ("+880", "120", 7), "MM": ("+95", "900", 6),
}  # fmt: skip
_PAPERS: Final = {
    "LK": "N", "TH": "AA", "AU": "PA", "MY": "A", "ID": "X", "VN": "C", "KH": "N", "BD": "A",
    "MM": "M",
}  # fmt: skip


@dataclass(slots=True)
class Person:
    """Somebody in truth; `records` and `papers` are what each agency holds: person, passport."""

    number: int
    part: Part
    country: str
    name: Name
    born: str
    phone: str
    passport: str
    shielded: bool = False
    records: dict[str, str] = field(default_factory=dict[str, str])
    papers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def id(self) -> str:
        """Return the id of the truth table, which no record shows."""
        return f"T-{self.number:06d}"

    @property
    def key(self) -> str:
        """Return the key of the part, "" for a traveller."""
        return self.part.key


def player(part: Part, number: int, random: Random, book: NameBook, *, first: bool) -> Person:
    """Return the person who plays a part; named parts keep their name in the first ring."""
    country = part.country or "LK"
    if first and part.name not in ("", "-"):
        name = named(part.name)
    else:
        name = book.take(country, part.gender)
    child = part.key == "child"
    born = _day(random, 2011, 2012) if child else _day(random, 1966, 1998)
    return Person(
        number, part, part.country, name, born, phone_number(country, number),
        passport_number(country, number), shielded=part.party in ("victim", "migrant"),
    )  # fmt: skip


def traveller(
    country: str, gender: str, number: int, random: Random, book: NameBook, *, victim: bool
) -> Person:
    """Return a person who is moved: shielded in every output."""
    born = _day(random, 1982, 2006)
    return Person(
        number, _VICTIM if victim else _MIGRANT, country, book.take(country, gender), born,
        phone_number(country, number), passport_number(country, number), shielded=True,
    )  # fmt: skip


def phone_number(country: str, serial: int) -> str:
    """Return an international number of a range that nobody uses.

    >>> phone_number("LK", 12)
    '+94 790 830396'
    """
    prefix, block, digits = _PHONES[country]
    return f"{prefix} {block} {_spread(serial, digits, 9_482_533)}"


def passport_number(country: str, serial: int) -> str:
    """Return a passport number of the country's usual form.

    >>> passport_number("TH", 12)
    'AA4669044'
    """
    return f"{_PAPERS[country]}{_spread(serial, 7, 3_719_087)}"


def _spread(serial: int, digits: int, step: int) -> str:
    """Return a number that looks unordered and is another one for every serial of that length."""
    return f"{(serial * step + 40_000) % 10**digits:0{digits}d}"


def _day(random: Random, first_year: int, last_year: int) -> str:
    year, month = random.randint(first_year, last_year), random.randint(1, 12)
    return f"{year}-{month:02d}-{random.randint(1, 28):02d}"

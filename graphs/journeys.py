"""What a network says of journeys: their legs in order, and how many persons they moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from graphs.attributes import Attributes, links_of, nodes_of
from graphs.countries_of import UNKNOWN_WORDS

if TYPE_CHECKING:
    import networkx as nx

UNKNOWN_COUNTRY: Final = "?"
NOT_RECORDED: Final = "not recorded"


class LegSeen(NamedTuple):
    """One leg: from one country to another, `?` where the file does not say."""

    node: Hashable
    data: Attributes
    journey: Hashable | None
    start: str
    end: str


class Moved(NamedTuple):
    """How many persons a journey moved: at least, and at most (None = no upper number known)."""

    least: int
    most: int | None

    def words(self) -> int | str:
        """Return the number where it is known, else the interval as text.

        >>> [Moved(14, 14).words(), Moved(14, 18).words(), Moved(3, None).words()]
        [14, '14-18', '3 or more']
        >>> Moved(0, None).words()
        'not recorded'
        """
        if self.most is None:
            return f"{self.least} or more" if self.least else NOT_RECORDED
        return self.least if self.least == self.most else f"{self.least}-{self.most}"


def total_moved(journeys: Iterable[Moved]) -> Moved:
    """Add up journeys; one without an upper number leaves the sum without.

    A person on two journeys counts on each.

    >>> total_moved([Moved(4, 6), Moved(1, 1)]), total_moved([Moved(4, 6), Moved(0, None)])
    (Moved(least=5, most=7), Moved(least=4, most=None))
    """
    known = list(journeys)
    most = [moved.most for moved in known if moved.most is not None]
    return Moved(
        sum(moved.least for moved in known), sum(most) if len(most) == len(known) else None
    )


def legs_of(network: nx.Graph) -> list[LegSeen]:
    """Return every leg, sorted by journey, number and id."""
    home = {link.target: link.source for link in links_of(network, {"HAS_LEG"})}
    legs = [
        LegSeen(
            node,
            data,
            data.get("journey") or home.get(node),
            country_or_unknown(data.get("from_country")),
            country_or_unknown(data.get("to_country")),
        )
        for node, data in nodes_of(network, "Leg")
    ]
    return sorted(legs, key=lambda leg: (str(leg.journey), _number(leg), str(leg.node)))


def legs_by_journey(network: nx.Graph) -> Mapping[Hashable, list[LegSeen]]:
    """Return the legs of each journey in their order; a leg of no known journey is left out."""
    found: dict[Hashable, list[LegSeen]] = defaultdict(list)
    for leg in legs_of(network):
        if leg.journey is not None:
            found[leg.journey].append(leg)
    return found


def travellers_of(network: nx.Graph) -> Mapping[Hashable, set[Hashable]]:
    """Return the persons recorded by name or pseudonym on each journey."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for link in links_of(network, {"TRAVELLED"}):
        found[link.target].add(link.source)
    return found


def moved_by(journey: Attributes, travellers: int) -> Moved:
    """Return how many persons a journey moved: its group size, at least the recorded travellers.

    Without a group size there is no upper number: the file need not name everybody.

    >>> moved_by({"persons_min": 4, "persons_max": 6}, 1), moved_by({}, 2)
    (Moved(least=4, most=6), Moved(least=2, most=None))
    """
    least, most = _count(journey.get("persons_min")), _count(journey.get("persons_max"))
    return Moved(max(least or 0, travellers), None if most is None else max(most, travellers))


def country_sequence(legs: Iterable[LegSeen]) -> tuple[str, ...]:
    """Return the countries that legs pass, in order, equal neighbours once.

    Where a leg does not begin in the country in which the one before ended, there is a gap, and a
    gap stays `?`: nothing is put in its place.

    >>> def leg(start, end): return LegSeen("", {}, None, start, end)
    >>> country_sequence([leg("VN", "TH"), leg("TH", "TH"), leg("TH", "AU")])
    ('VN', 'TH', 'AU')
    >>> country_sequence([leg("VN", "?"), leg("?", "AU")])
    ('VN', '?', 'AU')
    >>> country_sequence([leg("VN", "TH"), leg("MY", "AU")])
    ('VN', 'TH', '?', 'MY', 'AU')
    """
    passed: list[str] = []
    for leg in legs:
        if passed and UNKNOWN_COUNTRY not in (passed[-1], leg.start) and passed[-1] != leg.start:
            passed.append(UNKNOWN_COUNTRY)
        for country in (leg.start, leg.end):
            if not passed or passed[-1] != country:
                passed.append(country)
    return tuple(passed)


def country_or_unknown(value: object) -> str:
    """Return a country code, or `?` for what is empty or said to be unknown."""
    text = "" if value is None else str(value)
    return UNKNOWN_COUNTRY if text in UNKNOWN_WORDS else text


def document_words(data: Attributes) -> str:
    """Return what kind of document an identifier is, with the fraud recorded of it.

    >>> document_words({"identifier_kind": "passport", "fraud": "altered"})
    'passport (altered)'
    """
    kind = str(data.get("identifier_kind") or data.get("kind") or NOT_RECORDED)
    fraud = str(data.get("fraud") or "none")
    return kind if fraud == "none" else f"{kind} ({fraud})"


def _number(leg: LegSeen) -> int:
    return _count(leg.data.get("seq")) or 0


def _count(value: object) -> int | None:
    return int(str(value)) if value is not None and str(value).isdigit() else None

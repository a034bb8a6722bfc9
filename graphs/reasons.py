"""What is known of one broker, and the same in words with the records that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from graphs.attributes import Link, texts

SHOWN_RECORDS: Final = 3
_STANDS: Final = {
    "coordinator": "stands between others inside {own}",
    "itinerant": "links two of one other country",
    "representative": "sends out of {own}",
    "gatekeeper": "lets in to {own}",
    "liaison": "joins two other countries",
}


class Times(NamedTuple):
    """How often a person plays a role, at least and at most."""

    least: int
    most: int

    def words(self) -> str:
        """Return the count as words.

        >>> Times(12, 12).words(), Times(1, 1).words(), Times(0, 4).words()
        ('12 times', 'once', '0 to 4 times')
        """
        if self.least != self.most:
            return f"{self.least} to {self.most} times"
        return "once" if self.most == 1 else f"{self.most} times"


class Status(NamedTuple):
    """The last recorded status of a person, such as arrested; `date` None = not recorded."""

    status: str
    date: str | None
    record: str | None

    def words(self) -> str:
        """Return the status with its date.

        >>> Status("arrested", "2026-01-10", None).words(), Status("wanted", None, None).words()
        ('arrested 2026-01-10', 'wanted, date not recorded')
        """
        return f"{self.status} {self.date}" if self.date else f"{self.status}, date not recorded"


class Standing(NamedTuple):
    """Everything that the reasons for one broker are made of.

    `stated` are the links by which a record gives the person a role (HAS_ROLE, PARTY_TO);
    `share` is None where betweenness is not defined.
    """

    share: float | None
    degree: int
    countries: Sequence[str]
    own: Sequence[str]
    brokers: dict[str, Times]
    undetermined: int
    derived_share: float | None
    tie_records: Sequence[str]
    stated: Sequence[Link]
    roles: Sequence[str]
    stages: Sequence[str]
    status: Status | None
    cases: Sequence[str]
    agencies: Sequence[str]
    stability: str


def why(standing: Standing) -> str:
    """Return the reasons for one rank as one line: position, roles, records, doubts."""
    said = [
        _on_paths(standing),
        _ties(standing),
        *_stands(standing),
        *_recorded(standing),
        *_status(standing),
        _vouched(standing),
        *_doubts(standing),
        standing.stability,
    ]
    return "; ".join(part for part in said if part)


def cited(records: Sequence[str]) -> str:
    """Return record ids in brackets, the first three and how many more; "" without any.

    >>> cited(["A:links:1", "A:links:2", "A:links:3", "A:links:4"])
    ' (A:links:1, A:links:2, A:links:3 and 1 more)'
    """
    return f" ({some_records(records, SHOWN_RECORDS)})" if records else ""


def some_records(records: Sequence[str], most: int) -> str:
    """Return the first record ids as text, with how many more there are.

    >>> some_records(["A:links:1", "A:links:2", "A:links:3"], 2)
    'A:links:1, A:links:2 and 1 more'
    """
    more = len(records) - most
    return ", ".join(records[:most]) + (f" and {more} more" if more > 0 else "")


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list to read.

    >>> listed(["LK", "TH", "AU"]), listed(["LK"])
    ('LK, TH and AU', 'LK')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def percent(share: float) -> str:
    """Return a share as whole per cent, a small one as less than 1.

    >>> percent(0.314), percent(0.001), percent(0)
    ('31 %', 'less than 1 %', '0 %')
    """
    return "less than 1 %" if 0 < share < 0.01 else f"{share * 100:.0f} %"


def _on_paths(standing: Standing) -> str:
    if standing.share is None:
        return "Fewer than three persons: betweenness is not defined"
    if standing.share == 0:
        return "On no shortest path between two others"
    return f"On {percent(standing.share)} of all shortest paths between pairs of persons"


def _ties(standing: Standing) -> str:
    if not standing.degree:
        return "no tie recorded"
    persons = "1 person" if standing.degree == 1 else f"{standing.degree} persons"
    where = f" in {listed(standing.countries)}" if standing.countries else ""
    return f"ties to {persons}{where}{cited(standing.tie_records)}"


def _stands(standing: Standing) -> list[str]:
    own = listed(standing.own, last="or")
    played = [(role, times) for role, times in standing.brokers.items() if times.most]
    played.sort(key=lambda item: -item[1].most)
    return [
        f"{_STANDS[role].format(own=own)} ({role} {times.words()})" for role, times in played[:3]
    ]


def _recorded(standing: Standing) -> list[str]:
    found: dict[str, set[str]] = defaultdict(set)
    for link in standing.stated:
        found[_role_words(link)].update(texts(link.data, "record_ids"))
    if not any(link.data.get("kind") == "HAS_ROLE" for link in standing.stated):
        found |= _from_node(standing)
    return [words + cited(sorted(records)) for words, records in found.items()]


def _role_words(link: Link) -> str:
    role = str(link.data.get("role") or "unknown")
    if link.data.get("kind") == "PARTY_TO":
        return f"named as {role} in a case"
    stage = link.data.get("stage")
    return f"recorded as {role} at stage {stage}" if stage else f"recorded as {role}"


def _from_node(standing: Standing) -> dict[str, set[str]]:
    """Return what the person's own attributes say, where no link of the network says it."""
    parts = []
    if standing.roles:
        parts.append(f"as {listed(standing.roles)}")
    if standing.stages:
        parts.append(f"at stage {listed(standing.stages)}")
    return {" ".join(["recorded", *parts]): set()} if parts else {}


def _status(standing: Standing) -> list[str]:
    if standing.status is None:
        return []
    record = standing.status.record
    return [standing.status.words() + cited([record] if record else [])]


def _vouched(standing: Standing) -> str:
    if not standing.agencies:
        return ""
    agencies = f"{len(standing.agencies)} agenc{'y' if len(standing.agencies) == 1 else 'ies'}"
    cases = f"{len(standing.cases)} case{'' if len(standing.cases) == 1 else 's'}"
    return f"vouched for by {agencies} ({', '.join(standing.agencies)}) in {cases}"


def _doubts(standing: Standing) -> list[str]:
    said: list[str] = []
    if standing.derived_share:
        said.append(f"{percent(standing.derived_share)} of the ties only derived from a journey")
    if standing.undetermined:
        pairs = "1 pair" if standing.undetermined == 1 else f"{standing.undetermined} pairs"
        said.append(f"{pairs} with a country not known")
    return said

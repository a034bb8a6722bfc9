"""What records call a person or organisation: roles, stages, parts in cases, last status."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from graphs.dates import first_day, last_day
from graphs.projection.rows import Rows
from graphs.records import Record
from graphs.schema import NOT_FACILITATING

StatusSaid = dict[str, str | None]

# The status that a person's part in an event says by itself.
_SAID_BY_PART: Final = {
    word: word
    for word in (
        "accused", "acquitted", "arrested", "charged", "convicted", "deported", "detained",
        "died", "indicted", "released", "rescued", "sentenced", "wanted",
    )
} | {"defendant": "accused"}  # fmt: skip
# Else what the event does to the person it is about.
_SAID_BY_EVENT: Final = {"arrest": "arrested", "rescue": "rescued", "court": "before a court"}
_SUBJECTS: Final = frozenset({"", "subject", "suspect", "person", "victim", "migrant", "unknown"})


@dataclass(frozen=True, slots=True)
class Stated:
    """What rows state of one person or organisation, each sorted."""

    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    case_roles: tuple[str, ...] = ()
    facilitator: bool = False


def stated_roles(rows: Rows) -> dict[str, Stated]:
    """Return what rows state of each person and organisation that has a part, by record id.

    A facilitator is who a row calls so: PARTY_TO as facilitator, or HAS_ROLE with any role but
    those of `NOT_FACILITATING`. Nothing else makes one.
    """
    roles: dict[str, set[str]] = defaultdict(set)
    stages: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, set[str]] = defaultdict(set)
    for link in rows.of("links"):
        if link["kind"] not in ("HAS_ROLE", "PARTY_TO"):
            continue
        who = rows.ref(link, "from_ref")
        # A role in a case or journey not loaded yet comes with it, like every other link.
        if who is None or rows.ref(link, "to_ref") is None:
            continue
        (parts if link["kind"] == "PARTY_TO" else roles)[who].add(link["role"])
        if link["kind"] == "HAS_ROLE":
            stages[who].add(link["stage"])
    return {
        who: _stated(roles.get(who, set()), stages.get(who, set()), parts.get(who, set()))
        for who in sorted(roles.keys() | parts.keys())
    }


def _stated(roles: set[str], stages: set[str], parts: set[str]) -> Stated:
    return Stated(
        roles=tuple(sorted(roles - {""})),
        stages=tuple(sorted(stages - {""})),
        case_roles=tuple(sorted(parts - {""})),
        facilitator="facilitator" in parts or bool(roles - NOT_FACILITATING - {""}),
    )


def last_status(rows: Rows) -> dict[str, StatusSaid]:
    """Return the last recorded status of each person, by record id, with its date and record.

    The last is the one whose date may lie latest, no date reaching past the row's as-of day; of
    equal ones, the one that surely began later, then the greater record id.
    """
    best: dict[str, tuple[tuple[str, str, str], StatusSaid]] = {}
    for event in rows.of("events"):
        for part, person in rows.roles(event, "person_refs"):
            status = status_said(event["kind"], part)
            if status is None:
                continue
            date = event["date"]
            said: StatusSaid = {"status": status, "date": date or None, "record": event.id}
            rank = _recency(event)
            if person not in best or best[person][0] < rank:
                best[person] = rank, said
    return {person: said for person, (_, said) in best.items()}


def status_said(event: str, part: str) -> str | None:
    """Return the status that a part in an event gives a person; None = none.

    >>> status_said("arrest", "arrested"), status_said("court", "convicted")
    ('arrested', 'convicted')
    >>> status_said("arrest", "witness"), status_said("payment", "payer")
    (None, None)
    """
    word = part.strip().casefold()
    if event in _SAID_BY_EVENT and word in _SUBJECTS:
        return _SAID_BY_EVENT[event]
    return _SAID_BY_PART.get(word)


def _recency(event: Record) -> tuple[str, str, str]:
    date = event["date"]
    end, as_of = last_day(event["date_to"] or date), last_day(event["as_of"])
    return (min(end, as_of) if as_of else end), first_day(date), event.id

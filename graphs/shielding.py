"""Who is shielded and why: victims, migrants and minors are never named or ranked by default."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from graphs.dates import Interval, earliest, first_day, full_years, last_day, latest

if TYPE_CHECKING:
    from graphs.projection.roles import Stated
    from graphs.projection.rows import Rows
    from graphs.records import Record

ADULT: Final = 18
_BANDS: Final = (
    (18, "under 18"),
    (25, "18-24"),
    (35, "25-34"),
    (45, "35-44"),
    (60, "45-59"),
    (10_000, "60 or over"),
)
_VICTIM_STATUSES: Final = frozenset({"PossibleVictimOfTrafficking", "ActualVictimOfTrafficking"})


class Ages(NamedTuple):
    """The ages in full years that a person may have on a day, least and most."""

    least: int
    most: int


def pseudonym(record_id: str) -> str:
    """Return the name under which a shielded person is shown: the same for a record, everywhere.

    It is made from the record id alone, so it tells nothing of the person. Of 100,000 shielded
    persons some share one (24 bits); ids, not labels, tell persons apart.

    >>> pseudonym("LK-CIU:persons:P-014")
    'Protected 40DFD3'
    """
    return f"Protected {hashlib.sha256(record_id.encode()).hexdigest()[:6].upper()}"


def possible_ages(birth: str, on: Interval) -> Ages:
    """Return the ages that a birth date of any precision leaves open on a day or in an interval.

    >>> possible_ages("2008", Interval("2026-03-31", "2026-03-31"))
    Ages(least=17, most=18)
    """
    return Ages(full_years(last_day(birth), on.first), full_years(first_day(birth), on.last))


@lru_cache(maxsize=100_000)
def age_band(birth: str, as_of: str) -> str | None:
    """Return the age band on the as-of day, two bands where either is possible; None = no date.

    >>> age_band("2008", "2026-03-31"), age_band("1990-05-02", "2026-03-31"), age_band("", "2026")
    ('under 18 or 18-24', '35-44', None)
    """
    if not birth or not as_of:
        return None
    ages = possible_ages(birth, Interval(first_day(as_of), last_day(as_of)))
    bands = dict.fromkeys(_band(age) for age in ages)
    return " or ".join(bands)


def shield_reasons(rows: "Rows", stated: Mapping[str, "Stated"]) -> dict[str, tuple[str, ...]]:
    """Return the reasons for each shielded person, by record id; who is not in it is not shielded.

    A filled `protected`, a victim's part in a case, a trafficking status possible or actual, and
    age shield whatever else a record says. A migrant's part in a case and travelling shield only
    without a recorded facilitating role. Age counts on the person's journeys, travelled or
    worked; where none is dated, on the as-of day. Where a birth date or journey date leaves open
    whether a person is under 18, the person is shielded.
    """
    journeys = _journeys_of(rows)
    dates = journey_dates(rows)
    found = (
        (person.id, _reasons(person, stated.get(person.id), journeys.get(person.id, {}), dates))
        for person in rows.of("persons")
    )
    return {person: reasons for person, reasons in found if reasons}


def journey_dates(rows: "Rows") -> dict[str, tuple[str | None, str | None]]:
    """Return the first and last date of the legs of each journey, as written; None = undated."""
    dates: dict[str, list[str]] = defaultdict(list)
    for leg in rows.of("legs"):
        journey = rows.ref(leg, "journey_ref")
        if journey:
            dates[journey] += [leg["depart"], leg["arrive"]]
    return {journey: (earliest(seen), latest(seen)) for journey, seen in dates.items()}


def _journeys_of(rows: "Rows") -> dict[str, dict[str, bool]]:
    """Return by person the journeys taken (True) or only worked on (False)."""
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for link in rows.of("links"):
        if link["kind"] == "HAS_ROLE":
            person, target = rows.ref(link, "from_ref"), rows.ref(link, "to_ref")
            journey = _journey_at(rows, target)
            if person and journey:
                found[person][journey] = False
    for journey in rows.of("journeys"):
        for person in rows.refs(journey, "person_refs"):
            found[person][journey.id] = True
    return found


def _journey_at(rows: "Rows", target: str | None) -> str | None:
    record = rows.by_id[target] if target else None
    if record is None or record.table not in ("journeys", "legs"):
        return None
    return record.id if record.table == "journeys" else rows.ref(record, "journey_ref")


def _reasons(
    person: "Record",
    stated: "Stated | None",
    journeys: Mapping[str, bool],
    dates: Mapping[str, tuple[str | None, str | None]],
) -> tuple[str, ...]:
    parts = stated.case_roles if stated else ()
    facilitates = bool(stated and stated.facilitator)
    said: list[str] = []
    if protected := person.list("protected"):
        said.append(f"recorded as protected: {', '.join(protected)}")
    if "victim" in parts:
        said.append("named as victim in a case")
    if person["trafficking_status"] in _VICTIM_STATUSES:
        said.append(f"trafficking status {person['trafficking_status']}")
    if under_age := _under_age(person, [dates.get(journey, (None, None)) for journey in journeys]):
        said.append(under_age)
    if "migrant" in parts and not facilitates:
        said.append("named as migrant in a case")
    if any(journeys.values()) and not facilitates:
        said.append("travelled, and no record gives a facilitating role")
    return tuple(said)


def _under_age(person: "Record", dates: Iterable[tuple[str | None, str | None]]) -> str:
    birth = person["birth_date"]
    if not birth:
        return ""
    dated = [Interval(first_day(start), last_day(end or start)) for start, end in dates if start]
    when = dated or [Interval(first_day(person["as_of"]), last_day(person["as_of"]))]
    ages = [possible_ages(birth, on) for on in when if on.first]
    where = "on a journey" if dated else "on the as-of day"
    if any(age.most < ADULT for age in ages):
        return f"under 18 {where}"
    return f"may be under 18 {where}" if any(age.least < ADULT for age in ages) else ""


def _band(age: int) -> str:
    return next(words for below, words in _BANDS if age < below)

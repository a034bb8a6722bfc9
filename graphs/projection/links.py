"""Records to links: the stated ones from the table links, the others from columns of other rows."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from graphs.journeys import UNKNOWN_COUNTRY
from graphs.projection.facts import Attributes
from graphs.projection.nodes import Known, leg_countries
from graphs.records import Record
from graphs.schema import SYMMETRIC_KINDS

Link = tuple[str, str, str, Attributes]
"""Source, target, key, attributes."""

_SAID: Final = ("role", "stage", "process_role", "channel", "claim", "amount", "currency")


def all_links(known: Known) -> Iterator[Link]:
    """Yield every link but the derived ties between persons (`journey_ties`).

    A link with an end that no loaded row states is left out until that row is loaded.
    """
    for step in _STEPS:
        yield from step(known)


def _link(
    known: Known, record: Record, kind: str, source: str, target: str, part: str = "", **said: Any
) -> Link:
    """Return one link that a row states; `part` tells apart several of one row."""
    source, target = known.node_of.get(source, source), known.node_of.get(target, target)
    if kind in SYMMETRIC_KINDS and target < source:
        source, target = target, source
    key = f"{record.id}/{part}" if part else record.id
    return source, target, key, {"kind": kind, **known.behind.link(record), **said}


def _stated(known: Known) -> Iterator[Link]:
    for record in known.rows.of("links"):
        source, target = known.rows.ref(record, "from_ref"), known.rows.ref(record, "to_ref")
        if source is None or target is None:
            continue
        link = _link(known, record, record["kind"], source, target, **_of_row(record))
        _place(known, link[3], target)
        yield link


def _of_row(record: Record) -> Attributes:
    said: Attributes = {name: record[name] for name in _SAID if record[name]}
    if record["count"].isdecimal():
        said["count"] = int(record["count"])
    return {**said, **_dated(record["date_from"], record["date_to"])}


def _place(known: Known, said: Attributes, target: str) -> None:
    """Add the case or journey that a link leads to to those it is recorded in."""
    record = known.rows.by_id[target]
    if record.table in ("cases", "journeys", "legs"):
        journey = target if record.table == "journeys" else None
        if record.table == "legs":
            journey = known.rows.ref(record, "journey_ref")
        said["journeys"] = _with(said["journeys"], [journey] if journey else [])
        said["cases"] = _with(said["cases"], known.behind.cases(record))


def _with(values: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*values, *more}))


def _of_persons(known: Known) -> Iterator[Link]:
    for record in known.rows.of("persons"):
        for kind, column in (
            ("CITIZEN_OF", "nationalities"),
            ("RESIDES_IN", "residence_country"),
            ("OPERATES_IN", "operating_countries"),
        ):
            for code in dict.fromkeys(record.list(column)):
                yield _link(known, record, kind, record.id, f"country:{code}", f"{kind}/{code}")


def _of_places(known: Known) -> Iterator[Link]:
    for table, column in (("organisations", "jurisdiction"), ("locations", "country")):
        for record in known.rows.of(table):
            if record[column]:
                country = f"country:{record[column]}"
                yield _link(known, record, "LOCATED_IN", record.id, country, "LOCATED_IN")


def _of_identifiers(known: Known) -> Iterator[Link]:
    for record in known.rows.of("identifiers"):
        holder = known.rows.ref(record, "holder_ref")
        if holder:
            role = {"role": record["holder_role"]} if record["holder_role"] else {}
            yield _link(known, record, "HOLDS", holder, record.id, "HOLDS", **role)


def _of_journeys(known: Known) -> Iterator[Link]:
    for record in known.rows.of("journeys"):
        start, end = known.dates.get(record.id, (None, None))
        dated = _dated(start or "", end or "")
        for person in known.rows.refs(record, "person_refs"):
            part = f"TRAVELLED/{person}"
            yield _link(known, record, "TRAVELLED", person, record.id, part, **dated)
        for case in known.rows.refs(record, "case_ref"):
            yield _link(known, record, "REPORTED_IN", record.id, case, f"REPORTED_IN/{case}")


def _of_legs(known: Known) -> Iterator[Link]:
    for record in known.rows.of("legs"):
        journey = known.rows.ref(record, "journey_ref")
        about = {"journeys": (journey,) if journey else ()}
        depart, arrive = record["depart"], record["arrive"]
        if journey:
            dated = _dated(depart or arrive, arrive or depart)
            yield _link(known, record, "HAS_LEG", journey, record.id, "HAS_LEG", **about, **dated)
        start, end = leg_countries(known.rows, record)
        for kind, column, country, day in (
            ("DEPARTS_FROM", "from_ref", start, depart),
            ("ARRIVES_AT", "to_ref", end, arrive),
        ):
            place = known.rows.ref(record, column) or f"country:{country}"
            if place != f"country:{UNKNOWN_COUNTRY}":
                yield _link(
                    known, record, kind, record.id, place, kind, **about, **_dated(day, day)
                )
        paper = known.rows.ref(record, "document_ref")
        if paper:
            kind = "USED_DOCUMENT"
            yield _link(
                known, record, kind, record.id, paper, kind, **about, **_dated(depart, arrive)
            )


def _of_cases(known: Known) -> Iterator[Link]:
    for record in known.rows.of("cases"):
        if record["lead_agency"]:
            agency = f"agency:{record['lead_agency']}"
            yield _link(known, record, "INVESTIGATED_BY", record.id, agency, "INVESTIGATED_BY")
        plan = known.rows.ref(record, "plan_ref")
        if plan:
            yield _link(known, record, "TARGETS", plan, record.id, "TARGETS")
        for other in known.rows.refs(record, "linked_cases"):
            yield _link(known, record, "LINKED_CASE", record.id, other, f"LINKED_CASE/{other}")


def _of_events(known: Known) -> Iterator[Link]:
    for record in known.rows.of("events"):
        dated = _dated(record["date"], record["date_to"] or record["date"])
        for place, (role, who) in enumerate(known.rows.roles(record, "person_refs"), start=1):
            said = {"role": role, **dated} if role else dated
            yield _link(
                known, record, "INVOLVED_IN", who, record.id, f"INVOLVED_IN/{place}", **said
            )
        country = f"country:{record['country']}" if record["country"] else None
        where = known.rows.ref(record, "location_ref") or country
        if where:
            yield _link(known, record, "OCCURRED_AT", record.id, where, "OCCURRED_AT", **dated)
        for case in known.behind.cases(record):
            yield _link(known, record, "REPORTED_IN", record.id, case, f"REPORTED_IN/{case}")


def _of_posts(known: Known) -> Iterator[Link]:
    for record in known.rows.of("focal_points"):
        dated = _dated(record["valid_from"], record["valid_to"])
        if record["agency"]:
            agency = f"agency:{record['agency']}"
            yield _link(known, record, "POST_OF", record.id, agency, "POST_OF", **dated)
        former = known.rows.ref(record, "successor_of")
        if former:
            yield _link(known, record, "SUCCEEDS", record.id, former, "SUCCEEDS")


def _of_plans(known: Known) -> Iterator[Link]:
    for record in known.rows.of("plans"):
        partners = dict.fromkeys(record.list("partners"), "partner")
        if record["lead"]:
            partners[record["lead"]] = "lead"
        for code, role in sorted(partners.items()):
            agency, part = f"agency:{code}", f"PARTNER_IN/{code}"
            yield _link(known, record, "PARTNER_IN", agency, record.id, part, role=role)
        for period in known.rows.refs(record, "period_refs"):
            yield _link(known, record, "IN_PERIOD", record.id, period, f"IN_PERIOD/{period}")
        for case in known.rows.refs(record, "case_refs"):
            yield _link(known, record, "TARGETS", record.id, case, f"TARGETS/{case}")


def _of_outcomes(known: Known) -> Iterator[Link]:
    for record in known.rows.of("outcomes"):
        for column in ("plan_ref", "period_ref", "case_ref"):
            for what in known.rows.refs(record, column):
                part = f"COUNTED_IN/{what}"
                yield _link(known, record, "COUNTED_IN", record.id, what, part)


def _dated(start: str, end: str) -> Attributes:
    return {"date_from": start or None, "date_to": end or None}


_STEPS: Final = (
    _stated, _of_persons, _of_places, _of_identifiers, _of_journeys, _of_legs, _of_cases,
    _of_events, _of_posts, _of_plans, _of_outcomes,
)  # fmt: skip

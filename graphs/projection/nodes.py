"""Records to nodes: one function a kind, each giving a node's id and its attributes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from graphs.codes import country_name
from graphs.journeys import UNKNOWN_COUNTRY, LegSeen, country_sequence
from graphs.projection.facts import Attributes, Behind
from graphs.projection.papers import Paper
from graphs.projection.redaction import Redactor
from graphs.projection.roles import Stated, StatusSaid
from graphs.projection.rows import Rows
from graphs.records import Record
from graphs.shielding import age_band, pseudonym

Node = tuple[str, Attributes]


@dataclass(frozen=True, slots=True)
class Known:
    """All that the making of nodes and links needs: the rows and what was found about them."""

    rows: Rows
    behind: Behind
    stated: dict[str, Stated]
    status: dict[str, StatusSaid]
    shielded: dict[str, tuple[str, ...]]
    papers: list[Paper]
    node_of: dict[str, str]
    hidden: frozenset[str]
    redact: Redactor
    show_protected: bool
    dates: dict[str, tuple[str | None, str | None]]
    legs: dict[str, list[Record]]


def record_nodes(known: Known) -> Iterator[Node]:
    """Yield every node that rows state. Free text (`Column.free`) is on none of them."""
    for table, make in _MAKERS.items():
        for record in known.rows.of(table):
            yield record.id, make(known, record)
    for paper in known.papers:
        yield paper.node, _identifier(known, paper)
    yield from _agencies(known)


def derived_node(node: str) -> Attributes:
    """Return the attributes of a country or agency that rows name but none describes."""
    prefix, _, code = node.partition(":")
    nothing: Attributes = dict.fromkeys(_OF_ROWS, ())
    if prefix == "country":
        return {"kind": "Country", "label": country_name(code), **nothing, "code": code,
                "name": country_name(code)}  # fmt: skip
    return {"kind": "Agency", "label": code, **nothing, "code": code, "name": None}


_OF_ROWS: Final = ("record_ids", "originators", "handling", "grading", "cases")


def leg_countries(rows: Rows, leg: Record) -> tuple[str, str]:
    """Return where a leg starts and ends; `?` = the file does not know.

    A place says its country; without one, the leg's own column does.
    """
    return _end(rows, leg, "from"), _end(rows, leg, "to")


def journey_countries(rows: Rows, legs: list[Record]) -> tuple[str, ...]:
    """Return the countries that the legs of one journey pass; () without legs."""
    seen = [LegSeen(leg.id, {}, None, *leg_countries(rows, leg)) for leg in legs]
    return country_sequence(seen)


def _end(rows: Rows, leg: Record, end: str) -> str:
    place = rows.ref(leg, f"{end}_ref")
    said = rows.by_id[place]["country"] if place else leg[f"{end}_country"]
    return said if said and said != "unknown" else UNKNOWN_COUNTRY


def _person(known: Known, record: Record) -> Attributes:
    hidden = record.id in known.shielded and not known.show_protected
    label = pseudonym(record.id) if hidden else record["name"]
    others = () if hidden else tuple(name.partition("=")[2] for name in record.list("other_names"))
    stated = known.stated.get(record.id, Stated())
    about: Attributes = {
        "kind": "Person",
        "label": label,
        **known.behind.node(record),
        "names": tuple(dict.fromkeys((label, *others))),
        "name_kind": None if hidden else _said(record, "name_kind"),
        "nationalities": tuple(sorted(record.list("nationalities"))),
        "residence_country": _said(record, "residence_country"),
        "operating_countries": tuple(sorted(record.list("operating_countries"))),
        "gender": _said(record, "gender"),
        "protected": record.list("protected"),
        "trafficking_status": _said(record, "trafficking_status"),
        "shielded": record.id in known.shielded,
        "shield_reasons": known.shielded.get(record.id, ()),
        "facilitator": stated.facilitator,
        "roles": stated.roles,
        "stages": stated.stages,
        "case_roles": stated.case_roles,
        "status": known.status.get(record.id),
        "age_band": age_band(record["birth_date"], record["as_of"]),
    }
    return about if hidden else {**about, "birth_date": _said(record, "birth_date")}


def _organisation(known: Known, record: Record) -> Attributes:
    stated = known.stated.get(record.id, Stated())
    others = (known.redact(name.partition("=")[2]) for name in record.list("other_names"))
    name = known.redact(record["name"])
    return {
        "kind": "Organisation",
        "label": name,
        **known.behind.node(record),
        "names": tuple(dict.fromkeys((name, *others))),
        "jurisdiction": _said(record, "jurisdiction"),
        "organisation_kind": _said(record, "kind"),
        "registration_no": _said(record, "registration_no"),
        "facilitator": stated.facilitator,
        "roles": stated.roles,
        "stages": stated.stages,
        "case_roles": stated.case_roles,
        "status": known.status.get(record.id),
    }


def _identifier(known: Known, paper: Paper) -> Attributes:
    first = paper.rows[0]
    kind = first["kind"]
    hidden = paper.node in known.hidden and not known.show_protected
    fraud = sorted({row["fraud"] for row in paper.rows} - {""})
    names = {" ".join(known.rows.by_id[who]["name"].casefold().split()) for who in paper.holders}
    return {
        "kind": "Identifier",
        "label": f"{kind} (protected)" if hidden else f"{kind} {first['value']}",
        **known.behind.node(*paper.rows),
        "identifier_kind": kind,
        "value": None if hidden else first["value"],
        "normalised": None if hidden or not paper.form.value else paper.form.value,
        "issuer_country": _said(first, "issuer_country"),
        "platform": _said(first, "platform"),
        "channel_kind": _said(first, "channel_kind"),
        "fraud": next(iter([word for word in fraud if word != "none"] or fraud), None),
        "hidden": hidden,
        "names_count": len(names),
    }


def _location(known: Known, record: Record) -> Attributes:
    name = known.redact(record["name"])
    area = known.redact(record["admin_area"])
    described = f"{record['kind']} in {area or country_name(record['country'])}"
    return {
        "kind": "Location",
        "label": name or described,
        **known.behind.node(record),
        "country": record["country"],
        "location_kind": _said(record, "kind"),
        "admin_area": area or None,
        "lat": _number(record["lat"]),
        "lon": _number(record["lon"]),
    }


def _journey(known: Known, record: Record) -> Attributes:
    countries = journey_countries(known.rows, known.legs.get(record.id, []))
    least, most = group_size(record["group_size"])
    named = len(record.list("person_refs"))
    start, end = known.dates.get(record.id, (None, None))
    way = ">".join(countries) or "no legs recorded"
    return {
        "kind": "Journey",
        "label": f"{way} ({record.originator} {record.record_id})",
        **known.behind.node(record),
        "persons_min": max(least or 0, named) if least or named else None,
        "persons_max": None if most is None else max(most, named),
        "countries": countries,
        "date_from": start,
        "date_to": end,
        **{name: _said(record, name) for name in _OF_JOURNEY},
        "facts_present": record.list("facts_present"),
        "facts_absent": record.list("facts_absent"),
    }


_OF_JOURNEY: Final = (
    "promised_destination", "actual_destination", "fee_amount", "fee_currency", "fee_timing",
    "fee_paid", "documents_held_by", "lodging_by", "outcome",
)  # fmt: skip


def _leg(known: Known, record: Record) -> Attributes:
    start, end = leg_countries(known.rows, record)
    journey = known.rows.ref(record, "journey_ref")
    travellers = known.rows.refs(known.rows.by_id[journey], "person_refs") if journey else []
    # A booking leads to who travelled on it as surely as a passport does.
    told = known.show_protected or not any(who in known.shielded for who in travellers)
    return {
        "kind": "Leg",
        "label": f"{start}>{end} by {record['mode']}",
        **known.behind.node(record),
        "seq": int(record["seq"]) if record["seq"].isdecimal() else None,
        "mode": _said(record, "mode"),
        "from_country": start,
        "to_country": end,
        "depart": _said(record, "depart"),
        "arrive": _said(record, "arrive"),
        "journey": journey,
        "carrier": known.redact(record["carrier"]) or None,
        "booking_ref": (record["booking_ref"] or None) if told else None,
        "hte_type": _said(record, "hte_type"),
    }


def _case(known: Known, record: Record) -> Attributes:
    local = known.redact(record["local_ref"])
    return {
        "kind": "Case",
        "label": f"{local} ({record.originator})",
        **known.behind.node(record),
        "local_ref": local,
        "status": _said(record, "status"),
        "offences": tuple(sorted(record.list("offences"))),
        "opened": _said(record, "opened"),
        "closed": _said(record, "closed"),
        "lead_agency": _said(record, "lead_agency"),
        "period": known.rows.ref(record, "period_ref"),
    }


def _event(known: Known, record: Record) -> Attributes:
    place = known.rows.ref(record, "location_ref")
    country = known.rows.by_id[place]["country"] if place else record["country"]
    return {
        "kind": "Event",
        "label": " ".join([record["kind"], record["date"]]).strip(),
        **known.behind.node(record),
        "event_kind": _said(record, "kind"),
        "date": _said(record, "date"),
        "date_to": _said(record, "date_to"),
        "country": country or None,
        "amount": _said(record, "amount"),
        "currency": _said(record, "currency"),
        **{name: tuple(sorted(record.list(name))) for name in _OF_EVENT},
    }


_OF_EVENT: Final = (
    "method_of_recruitment", "methods_of_control", "exploitation_types",
    "sex_exploitation_types", "labour_industry", "platforms",
)  # fmt: skip


def _focal_point(known: Known, record: Record) -> Attributes:
    title = known.redact(record["post_title"])
    return {
        "kind": "FocalPoint",
        "label": f"{title} ({record['agency']})",
        **known.behind.node(record),
        "agency": _said(record, "agency"),
        "post_title": title,
        "country": _said(record, "country"),
        "channel": _said(record, "channel"),
        "remit": tuple(sorted(record.list("remit"))),
        "confirmed_on": _said(record, "confirmed_on"),
        "confirm_every_days": _whole(record["confirm_every_days"]),
        "valid_from": _said(record, "valid_from"),
        "valid_to": _said(record, "valid_to"),
    }


def _period(known: Known, record: Record) -> Attributes:
    return {
        "kind": "Period",
        "label": known.redact(record["name"]),
        **known.behind.node(record),
        **{
            name: _said(record, name)
            for name in ("date_from", "date_to", "baseline_from", "baseline_to")
        },
        "countries": tuple(sorted(record.list("countries"))),
    }


def _plan(known: Known, record: Record) -> Attributes:
    return {
        "kind": "Plan",
        "label": known.redact(record["title"]),
        **known.behind.node(record),
        "status": _said(record, "status"),
        "lead": _said(record, "lead"),
        "partners": tuple(sorted(record.list("partners"))),
        "corridor": _said(record, "corridor"),
        "drafted_on": _said(record, "drafted_on"),
        "reviewed_on": _said(record, "reviewed_on"),
        "closed_on": _said(record, "closed_on"),
    }


def _outcome(known: Known, record: Record) -> Attributes:
    return {
        "kind": "Outcome",
        "label": f"{record['counter']}: {record['value']}",
        **known.behind.node(record),
        "counter": _said(record, "counter"),
        "value": _whole(record["value"]),
        "date": _said(record, "date"),
        "agency": _said(record, "agency"),
    }


def _agencies(known: Known) -> Iterator[Node]:
    """Yield one node an agency code: several originators may describe one agency."""
    described: dict[str, list[Record]] = {}
    for record in known.rows.of("agencies"):
        described.setdefault(record["code"], []).append(record)
    for code, records in sorted(described.items()):
        name = known.redact(records[0]["name"])
        yield (
            f"agency:{code}",
            {
                "kind": "Agency",
                "label": f"{code}: {name}" if name else code,
                **known.behind.node(*records),
                "code": code,
                "name": name or None,
                "country": _said(records[0], "country"),
                "agency_kind": _said(records[0], "kind"),
            },
        )


_MAKERS: Final[dict[str, Callable[[Known, Record], Attributes]]] = {
    "persons": _person,
    "organisations": _organisation,
    "locations": _location,
    "journeys": _journey,
    "legs": _leg,
    "cases": _case,
    "events": _event,
    "focal_points": _focal_point,
    "periods": _period,
    "plans": _plan,
    "outcomes": _outcome,
}
BACKGROUND_TABLES: Final = frozenset({"flows", "requests", "links"})
"""Tables without nodes: counts and requests stand beside the network, links are its links."""


def group_size(text: str) -> tuple[int | None, int | None]:
    """Return how many persons a cell says, at least and at most; None = not recorded.

    >>> group_size("4-6"), group_size("5"), group_size("")
    ((4, 6), (5, 5), (None, None))
    """
    least, _, most = text.partition("-")
    return _whole(least), _whole(most or least)


def _said(record: Record, column: str) -> str | None:
    return record[column] or None


def _whole(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None


def _number(text: str) -> float | None:
    return float(text) if text else None

"""FollowTheMoney entities (JSON Lines, or a JSON list) become rows of the record tables."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graphs.schema import INHERITABLE, LINK_KINDS, TABLES
from loaders.faults import Fault, shown
from loaders.mapping.apply import Made, as_id, make_rows
from loaders.mapping.dates import iso_date
from loaders.mapping.patterns import FILE, ROW, SHEET
from loaders.mapping.rules import MappingRules, near
from loaders.mapping.sheets import Sheet, json_objects
from loaders.raw import Origin, table_of_rows
from loaders.sources import Member

Row = dict[str, str]
"""One row in the making: the filled cells by column."""

GROUPS: Final = ("Organization", "Company", "PublicBody")
PAPERS: Final = {
    "Passport": ("passport", ("number", "passportNumber"), "holder"),
    "Identification": ("national_id", ("number",), "holder"),
    "UserAccount": ("account_handle", ("username", "email", "phone"), "owner"),
    "BankAccount": ("bank_account", ("iban", "accountNumber"), "owner"),
    "CryptoWallet": ("wallet", ("publicKey",), "holder"),
    "Vehicle": ("vehicle", ("registrationNumber",), "owner"),
    "Vessel": ("vessel_imo", ("imoNumber",), "owner"),
}
"""Schema -> our kind, the properties that hold the value, the property that names the holder."""
OWN: Final = (
    ("passportNumber", "passport"), ("idNumber", "national_id"), ("phone", "phone"),
    ("email", "email"),
)  # fmt: skip
"""Properties of a person or organisation that are identifiers of their own."""
TIES: Final = {
    "Payment": ("payer", "beneficiary"),
    "Call": ("caller", "receiver"),
    "Message": ("sender", "recipients"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "UnknownLink": ("subject", "object"),
}
SCHEMAS: Final = (
    "Person", *GROUPS, *PAPERS, "Address", "Trip", "CourtCase", "CourtCaseParty", *TIES,
)  # fmt: skip
GENDERS: Final = {"male": "Masculine", "female": "Feminine", "other": "NonConforming"}
_KIN: Final = (
    "parent mother father child son daughter sibling brother sister uncle aunt nephew niece cousin "
    "grandparent grandmother grandfather grandchild kin family relative"
)
WORDS: Final = {
    **dict.fromkeys(_KIN.split(), "KIN_OF"),
    **dict.fromkeys(("spouse", "husband", "wife", "married"), "MARRIED_TO"),
}
"""Words of `relationship` that name a kind of link; else it is the kind's own name."""


@dataclass(frozen=True, slots=True)
class _Entity:
    number: int
    id: str
    schema: str
    said: Mapping[str, tuple[str, ...]]

    def first(self, *names: str) -> str:
        """Return the first value of the first of these properties that has one, or ""."""
        return next((self.said[name][0] for name in names if self.said.get(name)), "")

    def all(self, *names: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for name in names for value in self.said.get(name, ())))


@dataclass(slots=True)
class _Output:
    """Rows by table, each with the entity it was made of, and what could not be read."""

    rows: dict[str, list[tuple[_Entity, Row]]] = field(
        default_factory=dict[str, list[tuple[_Entity, Row]]]
    )
    faults: list[Fault] = field(default_factory=list[Fault])


def read_entities(
    member: Member, rules: MappingRules
) -> tuple[Sheet, Callable[[frozenset[int]], list[Made]]]:
    """Return the file as a sheet of entities, and how they become rows of the record tables.

    The format holds neither marking nor grading, so the mapping states both under [defaults],
    beside `case_ref` for what no CourtCaseParty ties to a case. A [[table]] with `once = true`
    adds a row for the whole file. Raises ``BundleError`` where the file is no JSON.
    """
    encoding = rules.reading.get("encoding", "")
    found = [(number, thing) for number, thing in json_objects(member, encoding)]
    sheet = Sheet(
        file=member.name, name="", header=(), headings=(), header_row=0,
        numbers=tuple(number for number, _ in found),
        rows=tuple((repr(thing),) for _, thing in found),
    )  # fmt: skip

    def make(skip: frozenset[int]) -> list[Made]:
        kept = [(number, thing) for number, thing in found if number not in skip]
        once = [make_rows((rule,), sheet, rules, skip=skip) for rule in rules.tables if rule.once]
        return [*once, *_Reader(sheet, rules).read(kept)]

    return sheet, make


class _Reader:
    """Turns the entities of one file into rows; knows all of them, since they name one another."""

    def __init__(self, sheet: Sheet, rules: MappingRules) -> None:
        self.sheet, self.rules = sheet, rules
        self.out = _Output()
        self.table_of: dict[str, str] = {}
        self.cases_of: dict[str, list[str]] = {}
        self.ids: dict[tuple[str, str], str] = {}
        self.trips: dict[str, list[_Entity]] = {}

    def read(self, found: Iterable[tuple[int, dict[str, Any]]]) -> list[Made]:
        entities = [entity for number, thing in found if (entity := self._entity(number, thing))]
        for entity in entities:
            self._note(entity)
        for entity in entities:
            self._rows_of(entity)
        for journey, trips in self.trips.items():
            self._journey(journey, trips)
        made = [self._made(table) for table in self.out.rows]
        faults = table_of_rows(self.sheet.label, "persons", (), (), ())
        return [*made, Made("persons", faults, (), {}, tuple(self.out.faults))]

    def _entity(self, number: int, thing: dict[str, Any]) -> _Entity | None:
        name, schema, said = thing.get("id"), thing.get("schema"), thing.get("properties", {})
        if not (isinstance(name, str) and isinstance(schema, str) and isinstance(said, dict)):
            self._blame(
                number, None, shown(repr(thing)), 'an entity: {"id", "schema", "properties"}'
            )
            return None
        if schema in self.rules.ignore:
            return None
        if schema not in SCHEMAS:
            expected = f"one of: {', '.join(SCHEMAS)}"
            hint = (
                near(schema, SCHEMAS) or f'ignore = ["{shown(schema)}"] leaves it out on purpose.'
            )
            self._blame(number, "schema", schema, expected, hint)
            return None
        values = {
            str(key): tuple(_text(item) for item in (value if isinstance(value, list) else [value]))
            for key, value in said.items()
        }
        return _Entity(
            number, name, schema, {key: tuple(filter(None, v)) for key, v in values.items()}
        )

    def _blame(
        self, number: int, column: str | None, found: str, expected: str, hint: str = ""
    ) -> None:
        fault = Fault(self.sheet.file, "", number, column, shown(found), expected, hint)
        self.out.faults.append(fault)

    def _note(self, entity: _Entity) -> None:
        """Note which table an entity goes to, and which cases a party appears in."""
        self.table_of[entity.id] = _table_of(entity.schema)
        if entity.schema == "CourtCaseParty":
            for party in entity.all("party"):
                self.cases_of.setdefault(party, []).extend(map(self._id, entity.all("case")))

    def _id(self, name: str) -> str:
        return as_id(name.replace(":", "-"))

    def _ref(self, name: str, *, otherwise: str = "persons") -> str:
        return f"{self.table_of.get(name, otherwise)}:{self._id(name)}" if name else ""

    def _refs(self, names: Iterable[str]) -> str:
        return ";".join(self._ref(name) for name in names)

    def _put(self, entity: _Entity, table: str, row: Row, *, suffix: str = "") -> None:
        """Add a row: its id, where it was said, the defaults and its cases where it has none."""
        local = (self._id(entity.id) + suffix)[:64]
        if self.ids.setdefault((table, local), entity.id) != entity.id:
            both = f"{self.ids[table, local]} and {entity.id}"
            self._blame(entity.number, "id", both, f"ids that stay different, both are {local}")
        whole = {"record_id": local} | self._defaults(entity, table)
        if cases := self.cases_of.get(entity.id):
            whole["case_ref"] = ";".join(dict.fromkeys(cases))
        whole |= {column: cell for column, cell in row.items() if cell}
        columns = TABLES[table].place
        kept = {column: cell for column, cell in whole.items() if column in columns}
        self.out.rows.setdefault(table, []).append((entity, kept))

    def _defaults(self, entity: _Entity, table: str) -> Row:
        values = {FILE: self.sheet.file, SHEET: "", ROW: str(entity.number)}
        row = {"source_ref": f"{self.sheet.file} entity {entity.id}"}
        for rule in self.rules.all_defaults:
            goes_to_manifest = rule.column in INHERITABLE and rule.pattern.is_constant
            if not goes_to_manifest and not rule.pattern.columns:
                row[rule.column] = rule.pattern.fill(values)
        return row

    # One method a kind of entity

    def _rows_of(self, entity: _Entity) -> None:
        schema = entity.schema
        if schema == "Person":
            self._person(entity)
        elif schema in GROUPS:
            self._organisation(entity)
        elif schema in PAPERS:
            self._paper(entity)
        elif schema in TIES:
            self._tie(entity)
        elif schema == "Trip":
            self.trips.setdefault(entity.first("keywords") or entity.id, []).append(entity)
        elif schema == "Address":
            self._place(entity)
        elif schema == "CourtCase":
            self._case(entity)
        else:
            self._party(entity)

    def _person(self, entity: _Entity) -> None:
        names = entity.all("name") or _joined(entity.first("firstName"), entity.first("lastName"))
        gender = entity.first("gender")
        self._put(entity, "persons", {
            "name": names[0] if names else "", "name_kind": "legal" if names else "",
            "other_names": self._other_names(entity, names[1:]),
            "birth_date": self._date(entity, "birthDate"),
            "gender": GENDERS.get(gender.casefold(), gender),
            "nationalities": _countries(entity.all("nationality", "citizenship")),
        })  # fmt: skip
        self._own(entity)

    def _organisation(self, entity: _Entity) -> None:
        names = entity.all("name")
        self._put(entity, "organisations", {
            "name": names[0] if names else "", "kind": "other",
            "jurisdiction": _countries(entity.all("jurisdiction")[:1]),
            "registration_no": entity.first("registrationNumber"),
            "other_names": self._other_names(entity, names[1:]),
        })  # fmt: skip
        self._own(entity)

    def _own(self, entity: _Entity) -> None:
        for name, kind in OWN:
            for number, value in enumerate(entity.all(name), start=1):
                row = {"kind": kind, "value": value, "holder_ref": self._ref(entity.id)}
                self._put(entity, "identifiers", row | {"holder_role": "own"},
                          suffix=f"-{kind}-{number}")  # fmt: skip

    def _paper(self, entity: _Entity) -> None:
        kind, values, holder = PAPERS[entity.schema]
        owner = entity.first(holder, "holder", "owner")
        self._put(entity, "identifiers", {
            "kind": kind, "value": entity.first(*values), "platform": entity.first("service"),
            "issuer_country": _countries(entity.all("country")[:1]),
            "valid_from": self._date(entity, "startDate"),
            "valid_to": self._date(entity, "endDate"),
            "holder_ref": self._ref(owner), "holder_role": "own" if owner else "",
        })  # fmt: skip

    def _place(self, entity: _Entity) -> None:
        self._put(entity, "locations", {
            "country": _countries(entity.all("country")[:1]),
            # An address says where, not what is there: a street is some venue, else the city.
            "kind": "venue" if entity.first("street", "postalCode") else "city",
            "name": entity.first("full", "name", "city"),
            "admin_area": entity.first("region", "state"),
            "lat": entity.first("latitude"), "lon": entity.first("longitude"),
        })  # fmt: skip

    def _case(self, entity: _Entity) -> None:
        self._put(entity, "cases", {
            "local_ref": entity.first("caseNumber", "name"), "status": entity.first("status"),
            "opened": self._date(entity, "fileDate"), "closed": self._date(entity, "closeDate"),
        })  # fmt: skip

    def _party(self, entity: _Entity) -> None:
        self._put(entity, "links", {
            "from_ref": self._ref(entity.first("party")), "kind": "PARTY_TO",
            "to_ref": self._ref(entity.first("case"), otherwise="cases"),
            "case_ref": self._id(entity.first("case")), "role": entity.first("role").casefold(),
            "date_from": self._date(entity, "startDate"),
        })  # fmt: skip

    def _tie(self, entity: _Entity) -> None:
        kind = self._kind(entity)
        source, target = TIES[entity.schema]
        pairs = [(a, b) for a in entity.all(source) for b in entity.all(target)]
        if not pairs:
            self._blame(entity.number, source, "", f"ids in {source} and in {target}")
        for number, (one, other) in enumerate(pairs if kind else [], start=1):
            self._put(entity, "links", {
                "from_ref": self._ref(one), "kind": kind, "to_ref": self._ref(other),
                "amount": entity.first("amount"), "currency": entity.first("currency"),
                "channel": "phone" if entity.schema == "Call" else "",
                "claim": "unknown" if kind == "MARRIED_TO" else "",
                "date_from": self._date(entity, "date", "startDate"),
                "date_to": self._date(entity, "endDate"),
            }, suffix=f"-{number}" if len(pairs) > 1 else "")  # fmt: skip

    def _kind(self, entity: _Entity) -> str:
        if entity.schema in ("Payment", "Call", "Message"):
            return "PAID" if entity.schema == "Payment" else "COMMUNICATED"
        said = entity.first("relationship", "role")
        kind = WORDS.get(said.casefold(), re.sub(r"[\W_]+", "_", said).upper())
        known = [name for name, link in LINK_KINDS.items() if link.stated]
        if kind not in known:
            expected = f"in relationship or role one of: {', '.join(known)}, or a word of family"
            self._blame(entity.number, "relationship", said, expected, near(kind, known))
            return ""
        return kind

    def _journey(self, journey: str, trips: list[_Entity]) -> None:
        if len(trips) > 1 and len({trip.first("startDate") for trip in trips}) < len(trips):
            for trip in trips:
                expected = "a startDate that orders the trips of one journey"
                self._blame(trip.number, "startDate", trip.first("startDate"), expected)
        ordered = sorted(trips, key=lambda trip: (trip.first("startDate"), trip.id))
        travellers = dict.fromkeys(name for trip in ordered for name in trip.all("involved"))
        name = self._id(journey)
        self._put(ordered[0], "journeys", {
            "record_id": name, "person_refs": self._refs(travellers),
        })  # fmt: skip
        for number, trip in enumerate(ordered, start=1):
            start, end = trip.first("startLocation"), trip.first("endLocation")
            self._put(trip, "legs", {
                "journey_ref": name, "seq": str(number), "mode": "unknown",
                "from_ref": self._ref(start, otherwise="locations"),
                "from_country": "" if start else "unknown",
                "to_ref": self._ref(end, otherwise="locations"),
                "to_country": "" if end else "unknown",
                "depart": self._date(trip, "startDate", "date"),
                "arrive": self._date(trip, "endDate"),
            })  # fmt: skip

    def _other_names(self, entity: _Entity, names: Iterable[str]) -> str:
        aliases = entity.all("alias", "weakAlias")
        every = [*(f"legal={name}" for name in names), *(f"alias={name}" for name in aliases)]
        for name in every:
            if ";" in name:
                self._blame(entity.number, "name", name, "further names without ; in them")
        return ";".join(every)

    def _date(self, entity: _Entity, *names: str) -> str:
        said = entity.first(*names)
        date = iso_date(said) if said else ""
        if date is None:
            self._blame(entity.number, names[0], said, "a date as YYYY, YYYY-MM or YYYY-MM-DD")
        return date or ""

    def _made(self, table: str) -> Made:
        rows = self.out.rows[table]
        places = TABLES[table].place
        header = tuple(sorted({c for _, row in rows for c in row}, key=places.__getitem__))
        numbers = [entity.number for entity, _ in rows]
        origins = [
            Origin(self.sheet.file, "", number, _PROPERTIES.get(table, {})) for number in numbers
        ]
        raw = table_of_rows(
            self.sheet.label, table, header,
            (tuple(row.get(column, "") for column in header) for _, row in rows), numbers,
            origins=origins,
        )  # fmt: skip
        written = {row["record_id"]: () for _, row in rows}
        return Made(table, raw, tuple((number,) for number in numbers), written, ())


_PROPERTIES: Final[dict[str, dict[str, str]]] = {
    "persons": {"birth_date": "birthDate", "nationalities": "nationality", "name_kind": "name"},
    "identifiers": {"value": "number", "issuer_country": "country", "holder_ref": "holder"},
    "legs": {"from_ref": "startLocation", "to_ref": "endLocation", "depart": "startDate"},
}


def _table_of(schema: str) -> str:
    if schema in GROUPS:
        return "organisations"
    if schema in PAPERS:
        return "identifiers"
    known = {"Address": "locations", "CourtCase": "cases", "Trip": "legs", "Person": "persons"}
    return known.get(schema, "links")


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _joined(*parts: str) -> tuple[str, ...]:
    whole = " ".join(part for part in parts if part)
    return (whole,) if whole else ()


def _countries(codes: Iterable[str]) -> str:
    """Return country codes as ours are written: the format writes them in small letters."""
    return ";".join(dict.fromkeys(code.upper() if len(code) == 2 else code for code in codes))


__all__ = ["SCHEMAS", "read_entities"]

"""The record tables of a case bundle and their columns."""

from dataclasses import dataclass, field
from typing import Final, Literal, LiteralString

SCHEMA_VERSION: Final = "1.0"

CellType = Literal[
    "id",  # [A-Za-z0-9._-]{1,64}, unique per originator and table
    "text",  # verbatim, at most 10,000 characters
    "cc",  # ISO 3166-1 alpha-2
    "cc_or_unknown",  # the same, or the word `unknown`
    "cc_or_agency",  # a country or an agency code
    "agency",  # an agency code, such as LK-CIU
    "date",  # YYYY, YYYY-MM or YYYY-MM-DD: the form is the precision
    "day",  # YYYY-MM-DD
    "int",
    "range",  # an int, or `a-b`
    "money",  # digits with a point
    "currency",  # ISO 4217
    "degrees",  # decimal degrees
    "handling",  # blank-separated markings
    "grading",  # scheme:codes, or `none`
    "voc",  # a word of the vocabulary named in `of`
    "token",  # one word of letters, digits, . _ -
    "ref",  # a row of the tables named in `of`
    "named_text",  # `kind=text`, kind from the vocabulary named in `of`
    "named_ref",  # `role=ref`, ref to the tables named in `of`
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a record table.

    `of` names the vocabulary of a `voc`, or the tables of a `ref` (blank-separated).
    `many` says that the cell is a list, split by `;`. A column is `required`, or belongs to a
    group `one_of` of which at least one column must be filled. `inherits` says that the bundle's
    defaults may fill it. `free` marks free text, which never leaves unless it says SANITISED.
    """

    name: LiteralString
    type: CellType
    meaning: str
    example: str = ""
    of: str = ""
    many: bool = False
    required: bool = False
    one_of: str = ""
    inherits: bool = False
    free: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables a reference may point into; () for any."""
        return tuple(self.of.split()) if self.type in ("ref", "named_ref") else ()


@dataclass(frozen=True, slots=True)
class Table:
    """One record table: its name, what one row is, and its columns in order."""

    name: LiteralString
    meaning: str
    own_columns: tuple[Column, ...]
    about: tuple[Column, ...] = ()
    columns: tuple[Column, ...] = field(init=False)
    place: dict[str, int] = field(init=False)
    """Where each column stands in a row."""

    def __post_init__(self) -> None:
        columns = COMMON_COLUMNS + self.about + self.own_columns
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "place", {column.name: i for i, column in enumerate(columns)})

    def column(self, name: str) -> Column:
        """Return one column by name; KeyError lists nothing, validation words the fault."""
        return self.columns[self.place[name]]


COMMON_COLUMNS: Final = (
    Column("record_id", "id", "unique per originator and table", "P-014", required=True),
    Column("source_ref", "text", "where the file says it", "Stmt 12 p. 3", required=True),
    Column(
        "as_of",
        "day",
        "when the source said so",
        "2026-02-11",
        required=True,
        inherits=True,
    ),
    Column("handling", "handling", "marking", "TLP:AMBER H2", required=True, inherits=True),
    Column(
        "grading",
        "grading",
        "evaluation",
        "europol4x4:B2",
        required=True,
        inherits=True,
    ),
    Column(
        "releasable_to",
        "cc_or_agency",
        "who else may see it; empty = originator only",
        "AU;TH",
        many=True,
        inherits=True,
    ),
    Column("caveat", "text", "conditions; the text of H3", "ask first"),
    Column(
        "supersedes",
        "ref",
        "the own earlier row that this one corrects",
        "P-009",
        of="same",
    ),
    Column("evidence_ref", "text", "the exhibit", "exhibit 7", free=True),
    Column(
        "note",
        "text",
        "free words; leaves only if it says SANITISED",
        "SANITISED",
        free=True,
    ),
    Column(
        "retention_until",
        "day",
        "keep until; else the bundle's",
        "2031-03-31",
        inherits=True,
    ),
)

_CASE = Column(
    "case_ref", "ref", "the cases where it is recorded", "C-02", of="cases", many=True,
    one_of="case_ref or journey_ref",
)  # fmt: skip
_JOURNEY = Column(
    "journey_ref", "ref", "the journeys where it is recorded, not a role", "J-03",
    of="journeys", many=True, one_of="case_ref or journey_ref",
)  # fmt: skip
_ABOUT: Final = (_CASE, _JOURNEY)
_OF_CASE: Final = (
    Column(
        "case_ref",
        "ref",
        "the cases where it is recorded",
        "C-02",
        of="cases",
        many=True,
        required=True,
    ),
)

_PERSONS = Table(
    "persons",
    "one source's description of one person",
    (
        Column("name", "text", "as written, any script", "สมหญิง ตัวอย่าง", required=True),
        Column(
            "name_kind",
            "voc",
            "label: no name known, never matched",
            "legal",
            of="name_kind",
        ),
        Column("name_order", "voc", "which part comes first", "single", of="name_order"),
        Column(
            "other_names",
            "named_text",
            "further names, each with its kind",
            "alias=Lucky",
            of="name_kind",
            many=True,
        ),
        Column("birth_date", "date", "as precise as the source", "1988-04"),
        Column("gender", "voc", "as stated", "Masculine", of="gender"),
        Column("nationalities", "cc", "as stated", "LK", many=True),
        Column("residence_country", "cc", "lives in", "MY"),
        Column("operating_countries", "cc", "acts in", "MY;TH", many=True),
        Column(
            "protected",
            "voc",
            "shields the person",
            "victim;minor",
            of="protected",
            many=True,
        ),
        Column(
            "trafficking_status",
            "voc",
            "a human decision",
            "ActualVictimOfTrafficking",
            of="trafficking_status",
        ),
        Column("status_decided_by", "voc", "who decided", "Police", of="status_decided_by"),
        Column("consent", "voc", "to share", "no", of="consent"),
    ),
    _ABOUT,
)
_ORGANISATIONS = Table(
    "organisations",
    "one source's description of one organisation",
    (
        Column("name", "text", "as written", "Example Travel", required=True),
        Column(
            "kind",
            "voc",
            "what it is",
            "travel_agency",
            of="organisation_kind",
            required=True,
        ),
        Column("jurisdiction", "cc", "where registered", "MY"),
        Column("registration_no", "text", "in that register", "0912-X"),
        Column(
            "other_names",
            "named_text",
            "further names",
            "alias=Extra",
            of="name_kind",
            many=True,
        ),
    ),
    _ABOUT,
)
_IDENTIFIERS = Table(
    "identifiers",
    "one paper, number, account, page, group or advert as a source wrote it",
    (
        Column("kind", "voc", "what it is", "passport", of="identifier_kind", required=True),
        Column(
            "value",
            "text",
            "verbatim; its normal form stands beside",
            "N1234567",
            required=True,
        ),
        Column("issuer_country", "cc", "of papers and plates", "LK"),
        Column("platform", "voc", "required for account_handle", "Facebook", of="platform"),
        Column("channel_kind", "voc", "what the account is", "page", of="channel_kind"),
        Column("valid_from", "date", "first valid day", "2024-05"),
        Column("valid_to", "date", "last valid day", "2034-05"),
        Column("fraud", "voc", "document fraud", "altered", of="fraud"),
        Column(
            "holder_ref",
            "ref",
            "whose it is said to be",
            "P-014",
            of="persons organisations",
        ),
        Column("holder_role", "voc", "how it is theirs", "own", of="holder_role"),
    ),
    _ABOUT,
)
_LOCATIONS = Table(
    "locations",
    "one place; exploitation sites too",
    (
        Column("country", "cc", "lies in", "MY", required=True),
        Column("kind", "voc", "what it is", "airport", of="location_kind", required=True),
        Column("name", "text", "as written", "KLIA"),
        Column("admin_area", "text", "state, province", "Selangor"),
        Column("venue_code", "text", "NIEM venue text", ""),
        Column("lat", "degrees", "north, -90 to 90", "2.74"),
        Column("lon", "degrees", "east, -180 to 180", "101.7"),
    ),
)
_JOURNEYS = Table(
    "journeys",
    "one journey of one or more persons",
    (
        Column(
            "person_refs",
            "ref",
            "who travelled",
            "P-30",
            of="persons",
            many=True,
            one_of="person_refs or group_size",
        ),
        Column("group_size", "range", "how many", "4-6", one_of="person_refs or group_size"),
        Column("promised_destination", "cc", "what they were told", "AU"),
        Column("actual_destination", "cc", "where they came to", "MY"),
        Column("claimed_purpose", "text", "what they were told", "visit", free=True),
        Column("true_work", "text", "what it was", "building", free=True),
        Column("fee_amount", "money", "with fee_currency", "9500"),
        Column("fee_currency", "currency", "with fee_amount", "USD"),
        Column("fee_payer", "text", "who pays", "family", free=True),
        Column("fee_timing", "voc", "when it is paid", "from_wages", of="fee_timing"),
        Column("fee_paid", "voc", "whether it is paid", "part", of="fee_paid"),
        Column("documents_held_by", "voc", "who holds the papers", "employer", of="keeper"),
        Column("lodging_by", "voc", "who gives the lodging", "employer", of="keeper"),
        Column(
            "facts_present",
            "token",
            "indicators that occurred",
            "wages_withheld",
            many=True,
        ),
        Column(
            "facts_absent",
            "token",
            "indicators said not to have occurred",
            "",
            many=True,
        ),
        Column("outcome", "voc", "how it ended", "intercepted", of="outcome"),
    ),
    _OF_CASE,
)
_LEGS = Table(
    "legs",
    "one leg of a journey",
    (
        Column(
            "journey_ref",
            "ref",
            "of which journey",
            "J-3",
            of="journeys",
            required=True,
        ),
        Column("seq", "int", "its place in the journey, from 1", "2", required=True),
        Column("mode", "voc", "by", "air", of="mode", required=True),
        Column(
            "from_ref",
            "ref",
            "from this place",
            "L-KUL",
            of="locations",
            one_of="from_ref or from_country",
        ),
        Column(
            "from_country",
            "cc_or_unknown",
            "from this country",
            "MY",
            one_of="from_ref or from_country",
        ),
        Column(
            "to_ref",
            "ref",
            "to this place",
            "L-SYD",
            of="locations",
            one_of="to_ref or to_country",
        ),
        Column(
            "to_country",
            "cc_or_unknown",
            "to this country",
            "AU",
            one_of="to_ref or to_country",
        ),
        Column("depart", "date", "left", "2026-01-09"),
        Column("arrive", "date", "came", "2026-01-09"),
        Column("carrier", "text", "flight, vessel, vehicle", "XA101"),
        Column("booking_ref", "text", "booking", "Q7R2T"),
        Column("document_ref", "ref", "on which paper", "I-5", of="identifiers"),
        Column("hte_type", "voc", "HTCDS", "Transit", of="hte_type"),
    ),
)
_CASES = Table(
    "cases",
    "one case file of the originator",
    (
        Column("local_ref", "text", "the file's number at the agency", "2026/118", required=True),
        Column("status", "voc", "state of the case", "Active", of="case_status", required=True),
        Column("offences", "voc", "what it is about", "smuggling", of="offence", many=True,
               required=True),
        Column("opened", "date", "opened", "2025-11"),
        Column("closed", "date", "closed", ""),
        Column("lead_agency", "agency", "who leads it", "LK-CIU"),
        Column("period_ref", "ref", "joint period", "JPA-26", of="periods"),
        Column("plan_ref", "ref", "joint plan", "PL-1", of="plans"),
        Column("linked_cases", "ref", "linked cases", "C-01", of="cases", many=True),
    ),
)  # fmt: skip
_EVENTS = Table(
    "events",
    "one thing that happened",
    (
        Column("kind", "voc", "what", "payment", of="event_kind", required=True),
        Column("date", "date", "when", "2025-11", required=True),
        Column("date_to", "date", "until", ""),
        Column("location_ref", "ref", "where", "L-04", of="locations"),
        Column("country", "cc", "where", "MY"),
        Column(
            "person_refs",
            "named_ref",
            "who, as what",
            "payer=P-2;payee=P-9",
            of="persons organisations",
            many=True,
        ),
        Column("amount", "money", "with currency", "3000"),
        Column("currency", "currency", "with amount", "USD"),
        Column(
            "method_of_recruitment",
            "voc",
            "HTCDS",
            "AtWork",
            of="method_of_recruitment",
            many=True,
        ),
        Column(
            "methods_of_control",
            "voc",
            "HTCDS",
            "WithholdsDocuments",
            of="methods_of_control",
            many=True,
        ),
        Column(
            "exploitation_types",
            "voc",
            "HTCDS",
            "ForcedLabour",
            of="exploitation_type",
            many=True,
        ),
        Column(
            "sex_exploitation_types",
            "voc",
            "HTCDS",
            "RemoteInteractiveServices",
            of="sex_exploitation_type",
            many=True,
        ),
        Column(
            "labour_industry", "voc", "ISIC section", "F_Construction", of="labour_industry",
            many=True,
        ),
        Column("platforms", "voc", "where online", "Facebook", of="platform", many=True),
    ),
    _ABOUT,
)  # fmt: skip
_LINKS = Table(
    "links",
    "one stated relationship: the sentence from_ref kind to_ref",
    (
        Column("from_ref", "ref", "who does it", "P-2", required=True),
        Column("kind", "voc", "the verb", "RECRUITED", of="link_kind", required=True),
        Column("to_ref", "ref", "to whom or what", "P-30", required=True),
        Column("stage", "voc", "required for HAS_ROLE", "recruit", of="stage"),
        Column("role", "voc", "required for HAS_ROLE and PARTY_TO", "aide", of="role"),
        Column("process_role", "voc", "HTCDS RoleInProcess, kept beside role", "Transporter",
               of="process_role"),
        Column("date_from", "date", "since", "2025-10"),
        Column("date_to", "date", "until", ""),
        Column("amount", "money", "of PAID", "3000"),
        Column("currency", "currency", "of amount", "USD"),
        Column("channel", "voc", "of COMMUNICATED", "WhatsApp", of="channel"),
        Column("count", "int", "how often", "31"),
        Column("claim", "voc", "required for MARRIED_TO", "genuine", of="claim"),
    ),
    _ABOUT,
)  # fmt: skip
_AGENCIES = Table(
    "agencies",
    "one agency",
    (
        Column("code", "agency", "its code", "LK-CIU", required=True),
        Column("name", "text", "its name", "Crime Investigation Unit", required=True),
        Column("country", "cc", "of", "LK", required=True),
        Column("kind", "voc", "what it is", "police", of="agency_kind"),
    ),
)
_FOCAL_POINTS = Table(
    "focal_points",
    "one post to ask; a post, not a person",
    (
        Column("agency", "agency", "of", "LK-CIU", required=True),
        Column("post_title", "text", "the post", "Head, document fraud", required=True),
        Column("country", "cc", "in", "LK", required=True),
        Column("channel", "text", "role mailbox", "docfraud@ciu.example", required=True),
        Column("remit", "voc", "for", "document_fraud", of="offence", many=True),
        Column("confirmed_on", "day", "last confirmed", "2026-03-01", required=True),
        Column("confirmed_by", "text", "by whom", "LK-CIU registry", required=True),
        Column("confirm_every_days", "int", "ask again after", "180"),
        Column("valid_from", "date", "since", ""),
        Column("valid_to", "date", "until", ""),
        Column("successor_of", "ref", "the post before", "FP-1", of="focal_points"),
    ),
)
_PERIODS = Table(
    "periods",
    "one joint period of action",
    (
        Column("name", "text", "its name", "JPA 2026", required=True),
        Column("date_from", "day", "first day", "2026-01-01", required=True),
        Column("date_to", "day", "last day", "2026-06-30", required=True),
        Column("baseline_from", "day", "compare from", ""),
        Column("baseline_to", "day", "compare to", ""),
        Column("countries", "cc", "taking part", "LK;TH;AU", many=True, required=True),
    ),
)
_PLANS = Table(
    "plans",
    "one joint plan",
    (
        Column("title", "text", "its title", "Lantern", required=True),
        Column("period_refs", "ref", "in", "JPA-26", of="periods", many=True),
        Column("lead", "agency", "led by", "AU-BF", required=True),
        Column("partners", "agency", "with", "LK-CIU;TH-IB", many=True),
        Column("status", "voc", "state", "active", of="plan_status"),
        Column("corridor", "text", "targets", "VN>TH>AU"),
        Column("case_refs", "ref", "targets", "C-02", of="cases", many=True),
        Column("drafted_on", "day", "drafted", ""),
        Column("reviewed_on", "day", "reviewed", ""),
        Column("closed_on", "day", "closed", ""),
    ),
)
_REQUESTS = Table(
    "requests",
    "one request from post to post",
    (
        Column("from_post", "ref", "who asks", "FP-1", of="focal_points", required=True),
        Column("to_post", "ref", "who is asked", "FP-2", of="focal_points", required=True),
        Column("about", "ref", "about", "C-02", many=True),
        Column("plan_ref", "ref", "under", "PL-1", of="plans"),
        Column("asked", "day", "asked on", "2026-02-01", required=True),
        Column("due", "day", "due on", ""),
        Column("answered", "day", "answered on", ""),
        Column("outcome", "text", "what came of it", "arrest records for C-02", free=True),
    ),
)
_FLOWS = Table(
    "flows",
    "one background count; never in analyses of persons",
    (
        Column("from_country", "cc", "from", "LK", required=True),
        Column("to_country", "cc", "to", "AU", required=True),
        Column("date", "date", "when", "2024", required=True),
        Column("persons", "int", "how many", "310", required=True),
        Column("kind", "text", "of what", "asylum_seekers"),
    ),
)
_OUTCOMES = Table(
    "outcomes",
    "one counted outcome of a period, plan or case",
    (
        Column("counter", "voc", "what is counted", "arrests", of="counter", required=True),
        Column("value", "int", "how many", "3", required=True),
        Column("date", "date", "when", "2026-03", required=True),
        Column("agency", "agency", "who counted", "LK-CIU", required=True),
        Column("plan_ref", "ref", "for", "PL-1", of="plans",
               one_of="plan_ref, period_ref or case_ref"),
        Column("period_ref", "ref", "for", "JPA-26", of="periods",
               one_of="plan_ref, period_ref or case_ref"),
        Column("case_ref", "ref", "for", "C-02", of="cases",
               one_of="plan_ref, period_ref or case_ref"),
    ),
)  # fmt: skip

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        _PERSONS, _ORGANISATIONS, _IDENTIFIERS, _LOCATIONS, _JOURNEYS, _LEGS, _CASES, _EVENTS,
        _LINKS, _AGENCIES, _FOCAL_POINTS, _PERIODS, _PLANS, _REQUESTS, _FLOWS, _OUTCOMES,
    )
}  # fmt: skip
INHERITABLE: Final = tuple(column.name for column in COMMON_COLUMNS if column.inherits)
NOT_FACILITATING: Final = frozenset({"unknown", "other", "sham_spouse"})
"""Roles of HAS_ROLE that do not by themselves make a person a facilitator."""

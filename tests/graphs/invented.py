"""Records of an invented case, built in code: two agencies, six persons, one journey by air."""

from graphs.records import Record, make_record

LK, TH = "LK-CIU", "TH-IB"
COMMON = {
    "source_ref": "Stmt 12 p. 3",
    "as_of": "2026-03-31",
    "handling": "TLP:AMBER H1",
    "grading": "admiralty:C3",
    "releasable_to": "AU;TH",
}

# What may be read nowhere in a network that shields: names, birth date, numbers.
SECRETS = (
    "Nimali Tarnsworth", "Lotus Quillby", "1991-07-23", "N7654321", "N7654321".lower(),
    "Dilani Marrowfield", "2009-02-03", "94771234567", "KQ7R2T",
)  # fmt: skip


def row(table: str, key: str, originator: str = LK, **said: str) -> Record:
    """Return one record with the usual provenance, any of it replaced."""
    return make_record(originator, table, {**COMMON, "record_id": key, **said})


def ref(table: str, key: str, originator: str = LK) -> str:
    """Return a full record id."""
    return f"{originator}:{table}:{key}"


def p(key: str, originator: str = LK) -> str:
    """Return the full id of a person's record."""
    return ref("persons", key, originator)


CASE, JOURNEY = ref("cases", "C-1"), ref("journeys", "J-1")


def link(key: str, source: str, kind: str, target: str, **said: str) -> Record:
    """Return one row of the table links."""
    about = {"case_ref": CASE, **said}
    return row("links", key, from_ref=source, kind=kind, to_ref=target, **about)


def invented_records() -> list[Record]:
    """Return the records of the case, in an order that means nothing."""
    return [*_people(), *_papers(), *_journey(), *_links(), *_around()]


def _people() -> list[Record]:
    case = {"case_ref": CASE}
    return [
        row("persons", "P-1", name="Kumari Vexholm", nationalities="LK", birth_date="1980-01-02",
            operating_countries="LK;TH", **case),
        row("persons", "P-2", TH, name="สมชาย ตัวอย่าง", other_names="alias=Lucky",
            residence_country="TH", case_ref=ref("cases", "C-9", TH)),
        row("persons", "P-3", name="Receiver Ottley", nationalities="AU", **case),
        row("persons", "P-30", name="Nimali Tarnsworth", other_names="alias=Lotus Quillby",
            birth_date="1991-07-23", nationalities="LK", note="Nimali Tarnsworth wept", **case),
        row("persons", "P-31", name="Dilani Marrowfield", birth_date="2009-02-03", **case),
        row("persons", "P-40", name="Guide Harrowgate", nationalities="MY", **case),
    ]  # fmt: skip


def _papers() -> list[Record]:
    case = {"case_ref": CASE}
    return [
        row("identifiers", "I-1", kind="passport", value="N7654321", issuer_country="LK",
            holder_ref=p("P-30"), holder_role="own", **case),
        row("identifiers", "I-2", kind="phone", value="0812345678", issuer_country="TH",
            holder_ref=p("P-1"), holder_role="own", **case),
        row("identifiers", "I-3", TH, kind="phone", value="+66 81 234 5678",
            holder_ref=p("P-2", TH), holder_role="own", case_ref=ref("cases", "C-9", TH)),
        row("identifiers", "I-4", kind="phone", value="+94771234567",
            holder_ref=p("P-31"), holder_role="unknown", **case),
    ]  # fmt: skip


def _journey() -> list[Record]:
    return [
        row("journeys", "J-1", case_ref=CASE, group_size="4-6", promised_destination="AU",
            person_refs=";".join([p("P-30"), p("P-31"), p("P-40")]), outcome="intercepted"),
        row("legs", "L-1", journey_ref=JOURNEY, seq="1", mode="air", from_country="LK",
            to_ref=ref("locations", "BKK"), depart="2026-01-08", arrive="2026-01-09",
            booking_ref="KQ7R2T", document_ref=ref("identifiers", "I-1")),
        row("legs", "L-2", journey_ref=JOURNEY, seq="2", mode="sea", from_country="unknown",
            to_country="AU", depart="2026-02"),
        row("locations", "BKK", country="TH", kind="airport", name="Suvarnabhumi"),
    ]  # fmt: skip


def _links() -> list[Record]:
    return [
        link("R-1", p("P-1"), "RECRUITED", p("P-30"), date_from="2025-10"),
        link("R-2", p("P-2", TH), "HAS_ROLE", ref("legs", "L-1"), stage="transit", role="driver"),
        link("R-3", p("P-3"), "HAS_ROLE", ref("legs", "L-2"), stage="receive", role="unknown"),
        link("R-4", p("P-40"), "HAS_ROLE", JOURNEY, stage="transit", role="guide"),
        link("R-5", p("P-40"), "PARTY_TO", CASE, role="migrant"),
        link("R-6", p("P-31"), "HAS_ROLE", JOURNEY, stage="recruit", role="spotter"),
        link("R-7", p("P-1"), "PARTY_TO", CASE, role="facilitator"),
        link("R-8", p("P-3"), "COMMUNICATED", p("P-1"), channel="WhatsApp", count="31"),
        link("R-9", p("P-1"), "PAID", p("P-77", "VN-A05"), amount="3000", currency="USD"),
        link("R-10", p("P-1"), "DIRECTS", p("P-2", TH), date_from="2025-11", date_to="2025-12",
             grading="admiralty:B2"),
    ]  # fmt: skip


def _around() -> list[Record]:
    return [
        row("cases", "C-1", local_ref="2026/118", status="Active", offences="smuggling",
            lead_agency="LK-CIU"),
        row("cases", "C-9", TH, local_ref="TH 9", status="Active", offences="document_fraud"),
        row("events", "E-1", kind="arrest", date="2026-01-10", case_ref=CASE, country="TH",
            person_refs=f"arrested={p('P-2', TH)};witness={p('P-3')}",
            source_ref="Interview of NIMALI TARNSWORTH"),
        row("events", "E-2", kind="contact", date="2025-12-24", case_ref=CASE,
            person_refs=f"caller={p('P-1')}"),
        row("agencies", "A-1", code="LK-CIU", name="Crime Unit", country="LK", kind="police"),
        row("focal_points", "F-1", agency="LK-CIU", post_title="Head, smuggling", country="LK",
            channel="smuggling@ciu.example", remit="smuggling", confirmed_on="2026-03-01",
            confirmed_by="registry"),
        row("focal_points", "F-2", agency="LK-CIU", post_title="Head, marriages", country="LK",
            channel="marriages@ciu.example", remit="sham_marriage", confirmed_on="2026-03-01",
            confirmed_by="registry"),
        row("flows", "FL-1", from_country="LK", to_country="AU", date="2024", persons="310"),
    ]  # fmt: skip

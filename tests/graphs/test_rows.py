"""Rows as an export shows them: what identifies the protected is on none of them."""

from graphs.network import protection
from graphs.rows import shown_rows
from tests.graphs.invented import SECRETS, invented_records, p, row

RECORDS = [
    *invented_records(),
    row("cases", "C-7", local_ref="Tarnsworth v. Nimali Tarnsworth", status="Active",
        offences="other"),
]  # fmt: skip
GUARD = protection(RECORDS)
ROWS = {
    each["record"]: each
    for each in shown_rows(
        RECORDS, protected=GUARD.persons, hidden=GUARD.identifiers, redact=GUARD.redact
    )
}


def test_no_row_names_the_protected_whatever_the_slice():
    said = repr(ROWS).lower()
    assert [secret for secret in SECRETS if secret.lower() in said] == []


def test_every_record_has_its_row_and_source():
    assert set(ROWS) == {record.id for record in RECORDS}
    assert ROWS[p("P-1")]["source_ref"] == "Stmt 12 p. 3"
    assert "name=Kumari Vexholm" in ROWS[p("P-1")]["said"]

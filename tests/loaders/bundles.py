"""A small good bundle of two invented cases, spoiled and written in every form by the tests."""

import copy
import csv
import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Row = dict[str, str]

_MANIFEST: dict[str, Any] = {
    "schema_version": "1.0",
    "title": "Two invented cases",
    "as_of": "2026-03-31",
    "originator": {"agency": "LK-CIU", "country": "LK"},
    "defaults": {
        "handling": "TLP:AMBER H1",
        "releasable_to": "AU;TH",
        "grading": "admiralty:C3",
        "purpose": "JPA planning",
    },
}
_TABLES: dict[str, list[Row]] = {
    "cases": [
        {"record_id": "C-1", "local_ref": "2026/118", "status": "Active",
         "offences": "smuggling;document_fraud", "opened": "2025-11", "lead_agency": "LK-CIU",
         "period_ref": "JPA-26", "plan_ref": "PL-1", "linked_cases": "C-2"},
        {"record_id": "C-2", "local_ref": "2026/119", "status": "Closed", "offences": "trafficking",
         "opened": "2025-10-02", "closed": "2026-02", "lead_agency": "LK-CIU"},
    ],
    "persons": [
        {"record_id": "P-1", "case_ref": "C-1;C-2", "name": "Anil Example", "name_kind": "legal",
         "other_names": "alias=Lucky;handle=anil.x", "birth_date": "1988-04", "gender": "Masculine",
         "nationalities": "LK;NA", "residence_country": "MY", "operating_countries": "MY;TH"},
        {"record_id": "P-2", "case_ref": "C-1", "name": "สมหญิง ตัวอย่าง", "name_kind": "legal",
         "name_order": "given_first", "birth_date": "1990", "gender": "Feminine",
         "nationalities": "TH"},
        {"record_id": "P-3", "case_ref": "C-1", "journey_ref": "J-1", "name": "Bình",
         "name_kind": "legal", "name_order": "single", "nationalities": "VN",
         "protected": "victim", "trafficking_status": "PossibleVictimOfTrafficking",
         "status_decided_by": "Police", "consent": "no"},
        {"record_id": "P-4", "case_ref": "C-2", "name": "man with a blue van",
         "name_kind": "label"},
    ],
    "organisations": [
        {"record_id": "O-1", "case_ref": "C-1", "name": "Example Travel", "kind": "travel_agency",
         "jurisdiction": "MY", "registration_no": "0912-X", "other_names": "alias=Ex Travel"},
    ],
    "identifiers": [
        {"record_id": "I-1", "case_ref": "C-1", "kind": "phone", "value": "0012345678",
         "issuer_country": "LK", "holder_ref": "P-1", "holder_role": "own"},
        {"record_id": "I-2", "case_ref": "C-1", "kind": "passport", "value": "N0123456",
         "issuer_country": "VN", "fraud": "altered", "valid_from": "2024-05",
         "valid_to": "2034-05", "holder_ref": "persons:P-3", "holder_role": "own"},
        {"record_id": "I-3", "case_ref": "C-2", "kind": "account_handle", "value": "@example",
         "platform": "Facebook", "channel_kind": "page", "holder_ref": "O-1"},
    ],
    "locations": [
        {"record_id": "L-1", "country": "MY", "kind": "airport", "name": "KLIA",
         "admin_area": "Selangor", "lat": "2.74", "lon": "101.7"},
    ],
    "journeys": [
        {"record_id": "J-1", "case_ref": "C-1", "person_refs": "P-3", "group_size": "1-3",
         "promised_destination": "AU", "actual_destination": "MY", "claimed_purpose": "visit",
         "true_work": "building", "fee_amount": "9500", "fee_currency": "USD",
         "fee_payer": "family", "fee_timing": "from_wages", "fee_paid": "part",
         "documents_held_by": "employer", "lodging_by": "employer",
         "facts_present": "wages_withheld", "outcome": "intercepted"},
    ],
    "legs": [
        {"record_id": "G-1", "journey_ref": "J-1", "seq": "1", "mode": "air",
         "from_country": "VN", "to_ref": "L-1", "depart": "2026-01-09", "arrive": "2026-01-10",
         "carrier": "XA101", "booking_ref": "Q7R2T", "document_ref": "I-2",
         "hte_type": "Transit"},
        {"record_id": "G-2", "journey_ref": "J-1", "seq": "2", "mode": "sea", "from_ref": "L-1",
         "to_country": "unknown", "depart": "2026-02"},
    ],
    "events": [
        {"record_id": "E-1", "case_ref": "C-1", "kind": "payment", "date": "2025-11",
         "date_to": "2025-12-01", "location_ref": "L-1", "country": "MY",
         "person_refs": "payer=P-2;payee=P-1", "amount": "3000.50", "currency": "USD",
         "platforms": "Facebook;Zalo", "labour_industry": "F_Construction"},
    ],
    "links": [
        {"record_id": "K-1", "case_ref": "C-1", "from_ref": "P-1", "kind": "RECRUITED",
         "to_ref": "P-3", "date_from": "2025-10"},
        {"record_id": "K-2", "case_ref": "C-1", "from_ref": "P-2", "kind": "HAS_ROLE",
         "to_ref": "J-1", "stage": "transit", "role": "driver"},
        {"record_id": "K-3", "case_ref": "C-2", "from_ref": "P-1", "kind": "PARTY_TO",
         "to_ref": "C-2", "role": "suspect"},
        {"record_id": "K-4", "case_ref": "C-1", "from_ref": "P-1", "kind": "COMMUNICATED",
         "to_ref": "P-2", "channel": "WhatsApp", "count": "31", "role": "initiator"},
        {"record_id": "K-5", "case_ref": "C-1", "from_ref": "P-2", "kind": "PAID",
         "to_ref": "O-1", "amount": "3000", "currency": "USD"},
        {"record_id": "K-6", "case_ref": "C-2", "from_ref": "P-1", "kind": "MARRIED_TO",
         "to_ref": "P-2", "claim": "sham_suspected"},
    ],
    "agencies": [
        {"record_id": "A-1", "code": "LK-CIU", "name": "Crime Investigation Unit",
         "country": "LK", "kind": "police"},
    ],
    "focal_points": [
        {"record_id": "FP-1", "agency": "LK-CIU", "post_title": "Head, document fraud",
         "country": "LK", "channel": "docfraud@ciu.example", "remit": "document_fraud",
         "confirmed_on": "2026-03-01", "confirmed_by": "registry", "confirm_every_days": "180"},
        {"record_id": "FP-2", "agency": "AU-BF", "post_title": "Desk, sea arrivals",
         "country": "AU", "channel": "desk@bf.example", "confirmed_on": "2026-03-01",
         "confirmed_by": "registry", "successor_of": "FP-1"},
    ],
    "periods": [
        {"record_id": "JPA-26", "name": "JPA 2026", "date_from": "2026-01-01",
         "date_to": "2026-06-30", "countries": "LK;TH;AU"},
    ],
    "plans": [
        {"record_id": "PL-1", "title": "Lantern", "period_refs": "JPA-26", "lead": "AU-BF",
         "partners": "LK-CIU;TH-IB", "status": "active", "corridor": "VN>TH>AU",
         "case_refs": "C-1"},
    ],
    "requests": [
        {"record_id": "R-1", "from_post": "FP-1", "to_post": "FP-2", "about": "C-2;persons:P-1",
         "plan_ref": "PL-1", "asked": "2026-02-01", "due": "2026-03-01", "outcome": "sent"},
    ],
    "flows": [
        {"record_id": "F-1", "from_country": "LK", "to_country": "AU", "date": "2024",
         "persons": "310", "kind": "asylum_seekers"},
    ],
    "outcomes": [
        {"record_id": "U-1", "counter": "arrests", "value": "3", "date": "2026-03",
         "agency": "LK-CIU", "plan_ref": "PL-1"},
    ],
}  # fmt: skip


@dataclass
class Draft:
    """A bundle before it is written: change its manifest, rows or bytes, then write it.

    `files` replaces or adds whole files of the CSV form; `header` overrides a table's columns.
    """

    manifest: dict[str, Any] = field(default_factory=lambda: copy.deepcopy(_MANIFEST))
    tables: dict[str, list[Row]] = field(default_factory=lambda: copy.deepcopy(_TABLES))
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def row(self, table: str, record_id: str) -> Row:
        """Return one row of a table, to be changed in place."""
        return next(row for row in self.tables[table] if row["record_id"] == record_id)

    def line(self, table: str, record_id: str) -> int:
        """Return the line of a row in its CSV file, which is also its row in a sheet."""
        ids = [row["record_id"] for row in self.tables[table]]
        return ids.index(record_id) + 2

    def header(self, table: str) -> list[str]:
        """Return the columns that any row of a table fills."""
        return list(dict.fromkeys(name for row in self.tables[table] for name in row))

    def grid(self, table: str) -> list[list[str]]:
        """Return a table as rows of cells below its header."""
        header = self.header(table)
        return [header, *([row.get(name, "") for name in header] for row in self.tables[table])]

    def csv_files(self) -> dict[str, bytes]:
        """Return the bundle as the files of a CSV folder."""
        files = {f"{table}.csv": csv_bytes(self.grid(table)) for table in self.tables}
        return {"bundle.toml": toml_bytes(self.manifest)} | files | self.files


def good_draft() -> Draft:
    """Return the good bundle: two cases, every table filled, every row with a source."""
    draft = Draft()
    for table, rows in draft.tables.items():
        for row in rows:
            row["source_ref"] = f"{table} file p. {rows.index(row) + 1}"
    return draft


def csv_bytes(grid: list[list[str]]) -> bytes:
    """Return rows of cells as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(grid)
    return text.getvalue().encode("utf-8", "surrogatepass")


def toml_bytes(manifest: dict[str, Any]) -> bytes:
    """Return a manifest as TOML: keys first, then its sections."""
    lines = [f"{key} = {_toml(key, value)}" for key, value in manifest.items()
             if not isinstance(value, dict)]  # fmt: skip
    for section, inner in manifest.items():
        if isinstance(inner, dict):
            lines.append(f"[{section}]")
            lines += [f"{key} = {_toml(key, value)}" for key, value in inner.items()]
    return "\n".join([*lines, ""]).encode()


def _toml(key: str, value: object) -> str:
    return str(value) if key == "as_of" else json.dumps(value)


def write_csv(draft: Draft, folder: Path) -> Path:
    """Write the bundle as a folder of CSV files; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in draft.csv_files().items():
        (folder / name).write_bytes(content)
    return folder


def write_zip(draft: Draft, path: Path, *, inside: str = "") -> Path:
    """Write the CSV files as one archive, in a folder of it if `inside` names one."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in draft.csv_files().items():
            archive.writestr(inside + name, content)
    return path


def workbook(draft: Draft) -> Workbook:
    """Return the bundle as a workbook of text cells."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "bundle"
    sheet.append(["key", "value"])
    for key, value in draft.manifest.items():
        if isinstance(value, dict):
            for inner, text in value.items():
                sheet.append([f"{key}.{inner}", text])
        else:
            sheet.append([key, value])
    for table in draft.tables:
        sheet = book.create_sheet(table)
        for number, cells in enumerate(draft.grid(table), 1):
            for column, text in enumerate(cells, 1):
                if text:
                    cell = sheet.cell(number, column, text)
                    cell.data_type = "s"
    return book


def write_xlsx(draft: Draft, path: Path) -> Path:
    """Write the bundle as a workbook; return its path."""
    book = workbook(draft)
    book.save(path)
    book.close()
    return path


def write_jsonl(draft: Draft, path: Path) -> Path:
    """Write the bundle as JSON Lines; empty cells are left out."""
    lines: list[dict[str, Any]] = [{"table": "bundle", **draft.manifest}]
    lines += [{"table": table, **row} for table, rows in draft.tables.items() for row in rows]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path

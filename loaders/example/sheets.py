"""The messy workbook of the transit agency: its own sheets, headings, calendar and words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graphs.codes import country_name
from loaders.example.desk import DEFAULTS, Row
from loaders.example.story import AS_OF, TH
from loaders.example.workbook import BOLD, Formula, SheetFile, WorkbookFile

WORKBOOK: Final = "register-2569.xlsx"
MAPPING: Final = Path(__file__).parent / "th-ib-mapping.toml"
HEADER_ROW: Final = 4
_BUDDHIST: Final = 543
Form = Callable[[str], str]


def buddhist(date: str) -> str:
    """Return a date as the agency writes it: day first, in the Buddhist year.

    >>> buddhist("2026-03-09"), buddhist("2025-11"), buddhist("1990")
    ('09/03/2569', '11/2568', '2533')
    """
    year, *rest = date.split("-")
    return "/".join([*reversed(rest), str(int(year) + _BUDDHIST)])


def _said(date: str) -> str:
    return buddhist(AS_OF if date == "inherit" else date)


def _countries(codes: str) -> str:
    return " / ".join(map(_country, codes.split(";")))


def _country(code: str) -> str:
    return "ไม่ทราบ" if code == "unknown" else country_name(code)


def _listed(items: str) -> str:
    return ", ".join(items.split(";"))


def _alias(names: str) -> str:
    return names.removeprefix("alias=")


def _default(column: str) -> Form:
    return lambda cell: DEFAULTS[TH][column] if cell == "inherit" else cell


def _words(words: dict[str, str]) -> Form:
    return lambda cell: words.get(cell, cell)


_GENDERS: Final = {"Masculine": "ชาย", "Feminine": "หญิง", "NonSpecifiedUnknown": "ไม่ระบุ"}
_MODES: Final = {"air": "เครื่องบิน", "sea": "เรือ", "land": "รถ", "foot": "เดินเท้า",
                 "unknown": "ไม่ทราบ"}  # fmt: skip
_NAME_KINDS: Final = {"legal": "ใช่", "label": "ไม่"}

Column = tuple[str, str, Form]
_PLAIN: Final[tuple[Column, ...]] = (("เอกสาร", "source_ref", str),)
_SOURCE: Final[tuple[Column, ...]] = (
    *_PLAIN,
    ("วันที่บันทึก", "as_of", _said),
    ("ชั้นความลับ", "handling", _default("handling")),
    ("Grading", "grading", _default("grading")),
    ("ส่งให้", "releasable_to", lambda cell: _listed(_default("releasable_to")(cell))),
)
_PERSON: Final[tuple[Column, ...]] = (
    ("No", "number", str), ("ชื่อ-สกุล", "name", str), ("ชื่อจริง?", "name_kind", _words(_NAME_KINDS)),
    ("Latin name", "other_names", _alias), ("เพศ", "gender", _words(_GENDERS)),
    ("วันเกิด", "birth_date", buddhist), ("สัญชาติ", "nationalities", _countries),
    ("Lives in", "residence_country", _country), ("Acts in", "operating_countries", _countries),
    ("โทรศัพท์", "phone", str), ("หนังสือเดินทาง", "passport", str), ("ออกโดย", "issuer", _country),
    ("แก้ไข?", "fraud", str), ("ฐานะในคดี", "party", str), ("คดี", "case_ref", _listed), *_SOURCE,
)  # fmt: skip
_STATUS: Final[tuple[Column, ...]] = (
    ("คุ้มครอง", "protected", _listed), ("สถานะผู้เสียหาย", "trafficking_status", str),
    ("วินิจฉัยโดย", "status_decided_by", str), ("ยินยอม", "consent", str),
)  # fmt: skip
_COUNTED: Final[tuple[Column, ...]] = (("ลำดับ", "", str),)


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet: its name, the table and first letter of ids it takes, its title and columns."""

    name: str
    table: str
    title: str
    columns: tuple[Column, ...]
    letter: str = ""


_PLANS: Final = (
    Plan("ผู้ต้องสงสัย", "persons", "บัญชีผู้ต้องสงสัย", (*_PERSON, *_STATUS), "S"),
    Plan("ผู้เดินทาง", "persons", "บัญชีผู้เดินทางและผู้เสียหาย", (*_PERSON, *_STATUS), "V"),
    Plan("องค์กร", "organisations", "บริษัทและร้านค้า", (
        ("No", "record_id", str), ("ชื่อ", "name", str), ("ประเภท", "kind", str),
        ("ประเทศ", "jurisdiction", _country), ("ทะเบียน", "registration_no", str),
        ("คดี", "case_ref", _listed), *_SOURCE)),
    Plan("บัญชีออนไลน์", "identifiers", "บัญชีออนไลน์และหมายเลขอื่น", (
        ("No", "record_id", str), ("ชนิด", "kind", str), ("ค่า", "value", str),
        ("แพลตฟอร์ม", "platform", str), ("แบบ", "channel_kind", str), ("ของใคร", "holder_ref", str),
        ("อย่างไร", "holder_role", str), ("คดี", "case_ref", _listed), *_SOURCE)),
    Plan("สถานที่", "locations", "สถานที่ที่เกี่ยวข้อง", (
        ("รหัส", "record_id", str), ("ประเทศ", "country", _country), ("ประเภท", "kind", str),
        ("ชื่อ", "name", str), ("จังหวัด", "admin_area", str), ("lat", "lat", str),
        ("lon", "lon", str), *_PLAIN)),
    Plan("คดี", "cases", "ทะเบียนคดี", (
        ("รหัส", "record_id", str), ("เลขคดี", "local_ref", str), ("สถานะ", "status", str),
        ("ความผิด", "offences", _listed), ("เปิดเมื่อ", "opened", buddhist),
        ("ช่วงปฏิบัติการ", "period_ref", str), ("แผน", "plan_ref", str),
        ("คดีเกี่ยวเนื่อง", "linked_cases", _listed), *_PLAIN)),
    Plan("การเดินทาง", "journeys", "การเดินทางแต่ละครั้ง", (
        ("No", "record_id", str), ("ผู้เดินทาง", "person_refs", _listed), ("จำนวน", "group_size", str),
        ("ปลายทางที่บอก", "promised_destination", _country),
        ("ปลายทางจริง", "actual_destination", _country), ("อ้างว่า", "claimed_purpose", str),
        ("งานจริง", "true_work", str), ("ค่าใช้จ่าย", "fee_amount", str),
        ("สกุลเงิน", "fee_currency", str), ("จ่ายเมื่อ", "fee_timing", str), ("จ่ายแล้ว", "fee_paid", str),
        ("เอกสารอยู่กับ", "documents_held_by", str), ("ที่พักโดย", "lodging_by", str),
        ("ข้อบ่งชี้", "facts_present", _listed), ("ผล", "outcome", str), ("คดี", "case_ref", _listed),
        *_SOURCE)),
    Plan("ช่วงเดินทาง", "legs", "แต่ละช่วงของการเดินทาง", (
        ("No", "record_id", str), ("การเดินทาง", "journey_ref", str), ("ช่วงที่", "seq", str),
        ("โดย", "mode", _words(_MODES)), ("จาก", "from_ref", str),
        ("จากประเทศ", "from_country", _country), ("ถึง", "to_ref", str),
        ("ถึงประเทศ", "to_country", _country), ("ออกเมื่อ", "depart", buddhist),
        ("ถึงเมื่อ", "arrive", buddhist), ("เที่ยวบิน", "carrier", str), ("รหัสจอง", "booking_ref", str),
        ("เอกสารเดินทาง", "document_ref", str), ("HTCDS", "hte_type", str), *_SOURCE)),
    Plan("เหตุการณ์", "events", "เหตุการณ์", (
        ("No", "record_id", str), ("เหตุ", "kind", str), ("วันที่", "date", buddhist),
        ("ถึงวันที่", "date_to", buddhist), ("ที่", "location_ref", str), ("ประเทศ", "country", _country),
        ("ใคร", "person_refs", _listed), ("จำนวนเงิน", "amount", str), ("สกุลเงิน", "currency", str),
        ("ชักชวน", "method_of_recruitment", _listed), ("ควบคุม", "methods_of_control", _listed),
        ("รูปแบบ", "exploitation_types", _listed), ("รูปแบบย่อย", "sex_exploitation_types", _listed),
        ("อุตสาหกรรม", "labour_industry", _listed), ("แพลตฟอร์ม", "platforms", _listed),
        ("คดี", "case_ref", _listed), ("การเดินทาง", "journey_ref", _listed), *_SOURCE)),
    Plan("ความเชื่อมโยง", "links", "ใครทำอะไรกับใคร", (
        ("No", "record_id", str), ("จาก", "from_ref", str), ("ทำอะไร", "kind", str),
        ("กับ", "to_ref", str), ("ขั้น", "stage", str), ("บทบาท", "role", str),
        ("ตั้งแต่", "date_from", buddhist), ("จนถึง", "date_to", buddhist), ("จำนวนเงิน", "amount", str),
        ("สกุลเงิน", "currency", str), ("ช่องทาง", "channel", str), ("ครั้ง", "count", str),
        ("ข้ออ้าง", "claim", str), ("คดี", "case_ref", _listed), ("การเดินทาง", "journey_ref", _listed),
        *_SOURCE)),
    Plan("ผู้ประสานงาน", "focal_points", "ตำแหน่งที่ติดต่อได้", (
        ("No", "record_id", str), ("ตำแหน่ง", "post_title", str), ("ช่องทาง", "channel", str),
        ("เรื่อง", "remit", _listed), ("ยืนยันเมื่อ", "confirmed_on", buddhist),
        ("ยืนยันโดย", "confirmed_by", str), ("ทุกกี่วัน", "confirm_every_days", str), *_PLAIN)),
    Plan("ผลงาน", "outcomes", "ผลการปฏิบัติ", (
        ("No", "record_id", str), ("ตัวชี้วัด", "counter", str), ("จำนวน", "value", str),
        ("เมื่อ", "date", buddhist), ("แผน", "plan_ref", str), *_PLAIN)),
)  # fmt: skip


class Registers:
    """The agency's workbook: takes records and writes them as its clerks would have."""

    def __init__(self, workbook: WorkbookFile) -> None:
        self._sheets = [(plan, _opened(workbook, plan)) for plan in _PLANS]

    def add(self, rows: Iterable[Row]) -> None:
        """Write the records of the agency; a person's own numbers stand in its row."""
        rows = list(rows)
        beside = _beside(rows)
        for row in rows:
            record_id = row.cells["record_id"]
            if not _stands_beside(row):
                letter, _, number = record_id.partition("-")
                more = (
                    {"number": number, **beside.get(record_id, {})}
                    if row.table == "persons"
                    else {}
                )
                plan, sheet = next(
                    (plan, sheet) for plan, sheet in self._sheets
                    if plan.table == row.table and plan.letter in ("", letter)
                )  # fmt: skip
                sheet.add(_line(plan, {**row.cells, **more}, sheet.rows))


def _opened(workbook: WorkbookFile, plan: Plan) -> SheetFile:
    sheet = workbook.sheet(plan.name)
    headings = [heading for heading, *_ in (*_COUNTED, *plan.columns)]
    sheet.add([f"{plan.title} (ข้อมูลสมมติ)"], style=BOLD)
    sheet.add([f"พิมพ์เมื่อ {buddhist(AS_OF)}"])
    sheet.add([])
    sheet.add(headings)
    last = chr(64 + len(headings))
    sheet.merge(f"A1:{last}1")
    sheet.merge(f"A2:{last}2")
    # A clerk's remark beside the table, over several rows.
    sheet.merge(f"A{HEADER_ROW + 1}:A{HEADER_ROW + 2}")
    return sheet


def _line(plan: Plan, cells: dict[str, str], rows: int) -> list[str]:
    filled = [form(cells[column]) if cells.get(column) else "" for _, column, form in plan.columns]
    count = Formula(f"=ROW()-{HEADER_ROW}|{rows - HEADER_ROW + 1}")
    covered = rows == HEADER_ROW + 1
    return ["" if covered else count, *filled]


def _stands_beside(row: Row) -> bool:
    return row.cells["record_id"].startswith(("T-", "PP-", "PT-"))


def _beside(rows: list[Row]) -> dict[str, dict[str, str]]:
    """Return what stands in a person's own row: phone, passport and part in the case."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if _stands_beside(row):
            kind, _, person = row.cells["record_id"].partition("-")
            found.setdefault(person, {}).update(_BESIDE[kind](row.cells))
    return found


_BESIDE: Final[dict[str, Callable[[dict[str, str]], dict[str, str]]]] = {
    "T": lambda cells: {"phone": cells["value"]},
    "PP": lambda cells: {"passport": cells["value"], "issuer": cells["issuer_country"],
                         "fraud": cells.get("fraud", "")},
    "PT": lambda cells: {"party": cells["role"]},
}  # fmt: skip

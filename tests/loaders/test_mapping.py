"""An agency's own sheets load as their mapping file says, and every fault names their own cell."""

import datetime as dt
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest

from graphs.position import betweenness
from graphs.records import Bundle, batch_id
from loaders.faults import BundleError
from loaders.mapped import read_mapped
from loaders.mapping.rules import MappingFaults, parse_mapping
from tests.needs import ROOT

MAPPINGS = ROOT / "examples" / "mappings"
HEAD = """
as_of = 2026-03-31
originator = { agency = "TH-IB", country = "TH" }
file = "suspects.xlsx"
header_row = 3
[defaults]
handling = "TLP:AMBER H2"
grading = "none"
source_ref = "{file} row {row}"
case_ref = "{Case}"
"""
TABLES = """
[[table]]
to = "persons"
record_id = "S-{No}"
name = "{Surname} {Given}"
name_kind = "=legal"
nationalities = { column = "Nat", codes = "name", split = "/" }
birth_date = { column = "DOB", order = "dmy", calendar = "buddhist" }
gender = { column = "Sex", map = { M = "Masculine" } }
ignore = ["Photo"]
[[table]]
to = "links"
when = "Boss"
record_id = "B-{row}"
from_ref = "persons:S-{Boss}"
kind = "=DIRECTS"
to_ref = "persons:S-{No}"
[[table]]
to = "cases"
record_id = "{Case}"
local_ref = "{Case}"
status = "=Active"
offences = "=smuggling"
"""
HEADER = ["No", "Surname", "Given", "Nat", "DOB", "Sex", "Case", "Boss", "Photo"]
ROWS: list[list[Any]] = [
    ["1", "Perera", "Ann", "Việt Nam / ไทย", "12/03/2530", "M", "C-1", "", ""],
    ["2", "Silva", "", "Sri Lanka", "2525", "", "C-1", "1", "x.jpg"],
    ["3", "", "", "", "", "", "", "", ""],
]


def workbook(
    folder: Path, rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = ("A1:I1",)
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Suspects"
    sheet.append(["Register of suspects"])
    sheet.append([])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(list(row))
    for span in merge:
        sheet.merge_cells(span)
    book.save(folder / "suspects.xlsx")
    return folder


def mapped(folder: Path, text: str = HEAD + TABLES) -> Path:
    (folder / "mapping.toml").write_text(text, "utf-8")
    return folder


def faults(
    path: Path, mapping: Path | None = None
) -> list[tuple[str, str, int | None, str | None]]:
    with pytest.raises(BundleError) as caught:
        read_mapped(path, mapping)
    return [(f.file, f.table, f.row, f.column) for f in caught.value.faults]


def test_a_messy_workbook_becomes_records_with_what_was_written_kept(tmp_path: Path) -> None:
    bundle = read_mapped(mapped(workbook(tmp_path, ROWS[:2])))
    people = {r.record_id: r for r in bundle.records if r.table == "persons"}
    assert people["S-1"].content() == {
        "record_id": "S-1", "source_ref": "suspects.xlsx row 4", "as_of": "2026-03-31",
        "handling": "TLP:AMBER H2", "grading": "none", "case_ref": "TH-IB:cases:C-1",
        "name": "Perera Ann", "name_kind": "legal", "birth_date": "1987-03-12",
        "gender": "Masculine", "nationalities": "VN;TH",
    }  # fmt: skip
    assert people["S-1"].verbatim == (
        ("birth_date", "12/03/2530"), ("gender", "M"), ("nationalities", "Việt Nam / ไทย"),
    )  # fmt: skip
    assert (people["S-2"]["name"], people["S-2"]["birth_date"]) == ("Silva", "1982")
    links = [(r["from_ref"], r["to_ref"]) for r in bundle.records if r.table == "links"]
    assert links == [("TH-IB:persons:S-1", "TH-IB:persons:S-2")]


def test_equal_rows_count_once_and_name_all_their_rows(tmp_path: Path) -> None:
    bundle = read_mapped(mapped(workbook(tmp_path, ROWS[:2])))
    cases = [record for record in bundle.records if record.table == "cases"]
    assert [case["source_ref"] for case in cases] == ["suspects.xlsx row 4-5"]


def test_a_sheet_counts_its_own_rows_with_the_records_beside(tmp_path: Path) -> None:
    twice = [*ROWS[:2], ROWS[0]]
    count = read_mapped(mapped(workbook(tmp_path, twice))).files[0]
    assert (count.file, count.read, count.accepted, count.duplicates, count.records) == (
        "suspects.xlsx [Suspects]", 3, 2, 1, 4,
    )  # fmt: skip


def test_every_fault_names_the_agencys_own_file_sheet_row_and_column(tmp_path: Path) -> None:
    bad = [
        ["1", "Perera", "Ann", "Congo", "12/03/2026", "Q", "C-1", "9", ""],
        ["2", "", "", "Thailand", "31/02/2530", "M", "C-1", "", ""],
    ]
    place = ("suspects.xlsx", "Suspects")
    assert sorted(faults(mapped(workbook(tmp_path, bad))), key=str) == [
        (*place, 4, "Boss"),
        (*place, 4, "DOB"),
        (*place, 4, "Nat"),
        (*place, 4, "Sex"),
        (*place, 5, "DOB"),
        (*place, 5, "Surname, Given"),
    ]


def test_columns_neither_used_nor_ignored_are_faults(tmp_path: Path) -> None:
    text = HEAD + TABLES.replace('ignore = ["Photo"]\n', "")
    assert faults(mapped(workbook(tmp_path, ROWS[:2]), text)) == [
        ("suspects.xlsx", "Suspects", 3, "Photo")
    ]


def test_a_column_that_the_sheet_does_not_have_is_a_fault_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"column Surnam: found nothing.* Did you mean Surname?"):
        read_mapped(
            mapped(workbook(tmp_path, ROWS[:2]), HEAD + TABLES.replace("{Surname}", "{Surnam}"))
        )


def test_merged_cells_matter_only_where_rows_are_read(tmp_path: Path) -> None:
    warnings = read_mapped(mapped(workbook(tmp_path, ROWS[:2]))).warnings
    assert any("1 merged cells stand outside" in warning for warning in warnings)
    assert faults(mapped(workbook(tmp_path, ROWS[:2], merge=("D4:D5",)))) == [
        ("suspects.xlsx", "Suspects", 4, "Nat")
    ]


def test_a_stray_cell_in_the_last_corner_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    folder = workbook(tmp_path, ROWS[:2])
    book = openpyxl.load_workbook(folder / "suspects.xlsx")
    book["Suspects"]["XFD1048576"] = " "
    book.save(folder / "suspects.xlsx")
    assert read_mapped(mapped(folder)).files[0].read == 2


def test_a_merged_range_over_a_whole_sheet_is_a_letter_not_a_hang(tmp_path: Path) -> None:
    folder = mapped(workbook(tmp_path, ROWS[:2]))
    path = folder / "suspects.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b'"A1:I1"', b'"A1:XFD1048576"'))
    with pytest.raises(BundleError, match="17,179,869,184 merged cells"):
        read_mapped(folder)


def test_a_formula_without_a_stored_value_is_a_fault(tmp_path: Path) -> None:
    rows = [["=1+1", *ROWS[0][1:]]]
    found = faults(mapped(workbook(tmp_path, rows)))
    assert ("suspects.xlsx", "Suspects", 4, "No") in found


def test_a_row_that_makes_no_record_is_warned_of(tmp_path: Path) -> None:
    text = HEAD + TABLES.replace('record_id = "S-{No}"', 'when = "Case"\nrecord_id = "S-{No}"')
    text = text.replace('to = "cases"', 'to = "cases"\nwhen = "Case"')
    bundle = read_mapped(mapped(workbook(tmp_path, ROWS), text))
    assert "suspects.xlsx [Suspects]: 1 row makes no record: row 6" in bundle.warnings


def test_accept_partial_leaves_out_the_row_with_all_its_records_and_keeps_it(
    tmp_path: Path,
) -> None:
    bad = [*ROWS[:2], ["4", "Lee", "Bo", "Narnia", "", "", "C-1", "", ""]]
    bundle = read_mapped(mapped(workbook(tmp_path, bad)), accept_partial=True)
    assert [r.record_id for r in bundle.records if r.table == "persons"] == ["S-1", "S-2"]
    assert [(reject.row, reject.cells[1]) for reject in bundle.rejects] == [(6, "Lee")]
    count = bundle.files[0]
    assert (count.read, count.accepted, count.duplicates, count.rejected) == (3, 2, 0, 1)


def test_the_order_of_rows_changes_nothing_but_row_numbers(tmp_path: Path) -> None:
    text = (HEAD + TABLES).replace("{file} row {row}", "register").replace("B-{row}", "B-{No}")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = read_mapped(mapped(workbook(tmp_path / "a", ROWS[:2]), text))
    other = read_mapped(mapped(workbook(tmp_path / "b", ROWS[1::-1]), text))
    assert batch_id(one) == batch_id(other)


def test_a_spreadsheets_own_date_is_gregorian_however_the_column_is_declared(
    tmp_path: Path,
) -> None:
    rows = [[*ROWS[0][:4], dt.datetime(1987, 3, 12), *ROWS[0][5:]]]
    bundle = read_mapped(mapped(workbook(tmp_path, rows)))
    assert [r["birth_date"] for r in bundle.records if r.table == "persons"] == ["1987-03-12"]


def test_braces_formulas_and_markup_in_cells_are_text(tmp_path: Path) -> None:
    hostile = "{No} =cmd|' /C calc'!A0 <script>{{7*7}}"
    rows = [[ROWS[0][0], hostile, *ROWS[0][2:]]]
    bundle = read_mapped(mapped(workbook(tmp_path, rows)))
    assert [r["name"] for r in bundle.records if r.table == "persons"] == [f"{hostile} Ann"]


@pytest.mark.parametrize("file", ["../suspects.xlsx", "/etc/passwd", "sub/suspects.xlsx", "C:\\x"])
def test_a_file_outside_the_folder_is_refused(tmp_path: Path, file: str) -> None:
    text = HEAD.replace('"suspects.xlsx"', repr(file)) + TABLES
    found = faults(mapped(workbook(tmp_path, ROWS[:2]), text))
    assert {(f[0], f[3]) for f in found} == {("mapping.toml", "file")}


def test_a_zipped_folder_with_a_mapping_reads_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "th-ib"
    folder.mkdir()
    mapped(workbook(folder, ROWS[:2]))
    with zipfile.ZipFile(tmp_path / "th-ib.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"th-ib/{file.name}")
    assert batch_id(read_mapped(tmp_path / "th-ib.zip")) == batch_id(read_mapped(folder))


CSV = "No;Phones;Seen\n1;081 234 5678 / 02 123 4567;3/4/2026\n"
CSV_HEAD = """
as_of = 2026-12-31
originator = { agency = "TH-IB", country = "TH" }
[defaults]
handling = "TLP:AMBER"
grading = "none"
source_ref = "{file}"
[[table]]
to = "cases"
once = true
record_id = "C-1"
local_ref = "1"
status = "Active"
offences = "smuggling"
[[table]]
to = "persons"
record_id = "P-{No}"
name = "Subject {No}"
name_kind = "label"
case_ref = "C-1"
"""


def csv_case(
    tmp_path: Path, content: str | bytes, more: str, head: str = CSV_HEAD
) -> tuple[Path, Path]:
    data, mapping = tmp_path / "list.csv", tmp_path / "list.toml"
    data.write_bytes(content if isinstance(content, bytes) else content.encode())
    mapping.write_text(head + more, "utf-8")
    return data, mapping


def test_each_item_of_a_cell_can_make_a_row(tmp_path: Path) -> None:
    more = """birth_date = "{Seen}"
[[table]]
to = "identifiers"
for_each = { column = "Phones", split = "/" }
record_id = { text = "T-{No}-{item}", as = "id" }
kind = "phone"
value = "{item}"
issuer_country = "TH"
case_ref = "C-1"
"""
    head = 'dates = "as_written"\n' + CSV_HEAD
    data, mapping = csv_case(tmp_path, CSV.replace(";", ","), more, head)
    bundle = read_mapped(data, mapping)
    found = [(r.record_id, r["value"]) for r in bundle.records if r.table == "identifiers"]
    assert found == [("T-1-02-123-4567", "02 123 4567"), ("T-1-081-234-5678", "081 234 5678")]
    person = next(r for r in bundle.records if r.table == "persons")
    assert (person["birth_date"], person.verbatim) == ("", (("birth_date", "3/4/2026"),))


def test_two_texts_that_become_one_id_are_a_fault(tmp_path: Path) -> None:
    more = '[[table]]\nto = "agencies"\nrecord_id = { column = "Ref", as = "id" }\ncode = "X-Y"\n'
    more += 'name = "{Ref}"\ncountry = "TH"\n'
    data, mapping = csv_case(tmp_path, "No,Ref\n1,2026/1\n2,2026 1\n", more)
    with pytest.raises(BundleError, match=r"2026/1 and 2026 1.*both are 2026-1"):
        read_mapped(data, mapping)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_a_csv_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    declared = f'[reading]\nencoding = "{encoding}"\n' if encoding == "cp874" else ""
    content = "ชื่อ,No\nสมหญิง,1\n".encode(encoding)
    head = CSV_HEAD.replace('"Subject {No}"', '"{ชื่อ}"').replace(
        "[defaults]", declared + "[defaults]"
    )
    data, mapping = csv_case(tmp_path, content, "", head)
    bundle = read_mapped(data, mapping)
    assert [r["name"] for r in bundle.records if r.table == "persons"] == ["สมหญิง"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"No\n\xff\xfe\xfd\n", "bytes on line 2 that are not utf-8"),
        (b'No\n"1\n', "a closed quotation mark"),
        (b"No\n1,2\n", "found 2 cells, expected 1 cells"),
        (b"\n\n", "an empty header row"),
        (b"No,No\n1,2\n", "which stands twice"),
        (b"No\n\x00\n", "null characters"),
    ],
)
def test_a_broken_csv_is_one_letter(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(BundleError, match=words):
        read_mapped(*csv_case(tmp_path, content, ""))


def test_every_fault_of_a_mapping_file_is_told_at_once_with_its_line() -> None:
    text = """as_of = 2026-03-31
[originator]
agency = "TH-IB"
[defaults]
handlin = "TLP:RED"
[[table]]
to = "persons"
record_id = "S-{No"
nationality = "{Nat}"
gender = { column = "Sex", codes = "alpha4" }
[[table]]
to = "person"
[[table]]
to = "cases"
once = true
record_id = "{Case}"
"""
    with pytest.raises(MappingFaults) as caught:
        parse_mapping(text)
    assert [(slip.line, slip.table, slip.key) for slip in caught.value.slips] == [
        (5, "defaults", "handlin"),
        (1, "", "country"),
        (8, "persons", "record_id"),
        (9, "persons", "nationality"),
        (10, "persons", "gender"),
        (12, "person", "to"),
        (15, "cases", "once"),
    ]


def test_a_mapping_that_is_no_toml_is_one_fault_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("No\n1\n", "utf-8")
    found = faults(mapped(tmp_path, 'as_of = 2026-03-31\ntitle = "x\n'))
    assert found == [("mapping.toml", "", 2, None)]


ODD = ["3", "true", "[]", "[3]", "{}", "{ a = 3 }", '""', '"{"', '"{row}"', "1979-05-27", "inf",
       '"\\u0000"', '[["a"]]', '"{item}"']  # fmt: skip
ODD_HEAD = ("as_of", "title", "originator", "defaults", "reading", "preset", "file", "sheet",
            "header_row", "ignore", "dates", "table", "defaults.name", "reading.encoding",
            "originator.agency")  # fmt: skip
ODD_TABLE = ("file", "sheet", "header_row", "to", "when", "for_each", "once", "ignore",
             "record_id", "birth_date", "name.codes", "name.split", "name.each", "name.map",
             "name.case", "name.as", "name.order", "name.text", "name.column")  # fmt: skip


@pytest.mark.parametrize("value", ODD)
def test_whatever_stands_in_a_mapping_file_it_loads_or_is_a_letter(
    value: str, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("No,Name\n1,Ann\n", "utf-8")
    for key in (*ODD_HEAD, *(f"table.{name}" for name in ODD_TABLE)):
        head = {"as_of": "2026-03-31", "originator": '{ agency = "A-B", country = "TH" }'}
        table = {"to": '"persons"', "record_id": '"{No}"', "name": '"{Name}"'}
        if key.startswith("table."):
            table = {name: cell for name, cell in table.items() if name != key.split(".")[1]} | {
                key.removeprefix("table."): value
            }
        else:
            head = {k: v for k, v in head.items() if k != key.split(".")[0]} | {key: value}
        lines = [f"{name} = {cell}" for name, cell in head.items()]
        if key != "table":
            lines += ["[[table]]", *(f"{name} = {cell}" for name, cell in table.items())]
        with pytest.raises(BundleError):  # handling is never stated, so nothing loads
            read_mapped(mapped(tmp_path, "\n".join(lines) + "\n"))


# Published networks: Morselli & Roy 2008, Morselli 2009 (networkdata covert_41, _47, _12).
PUBLISHED = {
    "siren": (44, 103, {"1": 0.797988, "15": 0.310909}),
    "togo": (33, 47, {"1": 0.782930, "29": 0.295363, "2": 0.288642}),
    "ciel": (25, 35, {"N2": 0.640821, "N1": 0.590821}),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_networks_load_with_their_size_and_betweenness(name: str, shared: Path) -> None:
    persons, ties, central = PUBLISHED[name]
    bundle = read_mapped(shared / "data" / "networks" / f"{name}.csv", MAPPINGS / f"{name}.toml")
    tables = Counter(record.table for record in bundle.records)
    assert tables == {"persons": persons, "links": ties, "cases": 1}
    assert bundle.files[0].read == bundle.files[0].accepted == ties
    found = betweenness(contacts(bundle), normalized=True)
    assert {code: float(found[code]) for code in central} == pytest.approx(central, abs=1e-6)


def contacts(bundle: Bundle) -> nx.Graph:
    network = nx.Graph()
    network.add_nodes_from(r.record_id for r in bundle.records if r.table == "persons")
    for record in bundle.records:
        if record.table == "links":
            network.add_edge(record["from_ref"].split(":")[2], record["to_ref"].split(":")[2])
    return network


def test_unhcr_flows_load_as_background_counts(shared: Path) -> None:
    data = shared / "data" / "unhcr_flows_bali_process.csv"
    bundle = read_mapped(data, MAPPINGS / "unhcr-flows.toml")
    assert Counter(r["kind"] for r in bundle.records) == {
        "asylum_seekers": 2139, "refugees": 65, "other_in_need": 1,
    }  # fmt: skip
    assert bundle.files[0].read == 2203
    pairs = {(r["from_country"], r["to_country"]) for r in bundle.records}
    # Of the 357 pairs in the file, 7 hold no count in any year.
    assert len(pairs) == 350

"""The workbook that goes back to the agency marks each faulty cell and runs nothing."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from loaders.annotate import annotated_workbook
from loaders.bundle import read_bundle
from loaders.faults import BundleError, Fault
from loaders.mapped import read_mapped
from tests.loaders.test_mapping import ROWS, mapped, workbook

MANIFEST = """schema_version = "1.0"
title = "x"
as_of = 2026-03-31
[originator]
agency = "LK-CIU"
country = "LK"
[defaults]
handling = "TLP:AMBER"
grading = "none"
"""
CASES = "record_id,source_ref,local_ref,status,offences\nC-1,p. 1,2026/1,Active,smuggling\n"
HOSTILE = "=cmd|' /C calc'!A0"


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(BundleError) as caught:
        read_bundle(path)
    return caught.value.faults


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def folder(tmp_path: Path) -> Path:
    path = tmp_path / "lk"
    path.mkdir()
    (path / "bundle.toml").write_text(MANIFEST, "utf-8")
    (path / "cases.csv").write_text(CASES, "utf-8")
    (path / "persons.csv").write_text(
        "record_id,source_ref,name,name_kind,nationalities,case_ref\n"
        f'P-1,"two\nlines",{HOSTILE},legal,Vietnam,C-1\nP-2,p. 2,Ann,legal,LK,C-9\n',
        "utf-8",
    )
    return path


def test_a_csv_folder_comes_back_a_sheet_a_file_with_faulty_cells_marked(tmp_path: Path) -> None:
    path = folder(tmp_path)
    book = opened(annotated_workbook(path, faults_of(path)))
    assert book.sheetnames == ["faults", "cases", "persons"]
    sheet = book["persons"]
    assert {c.coordinate for row in sheet.iter_rows() for c in row if c.comment} == {"E2", "F4"}
    assert sheet["E2"].value == "Vietnam"
    assert "Did you mean VN?" in str(sheet["E2"].comment)
    assert sheet["E2"].fill.start_color.rgb == "00F4B183"


def test_hostile_text_comes_back_as_text(tmp_path: Path) -> None:
    path = folder(tmp_path)
    cell = opened(annotated_workbook(path, faults_of(path)))["persons"]["C2"]
    assert (cell.value, cell.data_type, cell.number_format) == (HOSTILE, "s", "@")


def test_the_faults_sheet_lists_every_letter(tmp_path: Path) -> None:
    path = folder(tmp_path)
    rows = list(
        opened(annotated_workbook(path, faults_of(path)))["faults"].iter_rows(values_only=True)
    )
    assert rows[0] == ("file", "table", "row", "column", "found", "expected", "hint")
    assert [row[:5] for row in rows[1:]] == [
        ("persons.csv", "persons", "2", "nationalities", "Vietnam"),
        ("persons.csv", "persons", "4", "case_ref", "C-9"),
    ]


def test_a_mapped_sheet_comes_back_with_its_own_rows_and_columns(tmp_path: Path) -> None:
    bad = [*ROWS[:2], ["4", "Lee", "Bo", "Narnia", "", "", "C-1", "", ""]]
    path = mapped(workbook(tmp_path, bad))
    sheet = opened(annotated_workbook(path, faults_of(path)))["Suspects"]
    assert (sheet["A1"].value, sheet["D6"].value) == ("Register of suspects", "Narnia")
    assert {c.coordinate for row in sheet.iter_rows() for c in row if c.comment} == {"D6"}


def test_json_lines_come_back_as_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"table":"persons","name":"x"}\n{"table":"cases","status":"Actve"}\n', "utf-8")
    fault = Fault("a.jsonl", "cases", 2, "status", "Actve", "Active")
    sheet = opened(annotated_workbook(path, [fault]))["a"]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        ["table", "name", "status"], ["persons", "x", None], ["cases", None, "Actve"],
    ]  # fmt: skip
    assert sheet["C3"].comment is not None


def test_the_same_input_gives_the_same_bytes_without_a_clock(tmp_path: Path) -> None:
    path = folder(tmp_path)
    faults = faults_of(path)
    one, other = annotated_workbook(path, faults), annotated_workbook(path, faults[::-1])
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_control_characters_and_strange_names_do_not_break_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a[1].csv"
    path.write_text("Name\nx\x07y\u202e\n", "utf-8")
    fault = Fault("a[1].csv", "", 2, None, "x\\x07y", "text")
    book = opened(annotated_workbook(path, [fault]))
    assert book.sheetnames == ["faults", "a_1_"]
    assert book["a_1_"]["A2"].value == "x\\x07y\u202e"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a workbook"])
def test_an_unreadable_file_leaves_the_list_of_faults(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(BundleError) as caught:
        read_mapped(path, _mapping(tmp_path))
    book = opened(annotated_workbook(path, caught.value.faults))
    assert book.sheetnames == ["faults"]
    assert book["faults"]["A2"].value == "a.xlsx"


def _mapping(tmp_path: Path) -> Path:
    text = 'as_of = 2026-03-31\noriginator = { agency = "A-B", country = "TH" }\n[[table]]\n'
    path = tmp_path / "m.toml"
    path.write_text(text + 'to = "cases"\nrecord_id = "{No}"\n', "utf-8")
    return path

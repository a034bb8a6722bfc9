"""The blank workbook follows the schema, is the same bytes each time, and loads once filled in."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from graphs.schema import TABLES
from graphs.vocabularies import VOCABULARIES
from loaders.bundle import read_bundle
from loaders.template import template_workbook


@pytest.fixture(scope="module")
def blank() -> bytes:
    return template_workbook()


def filled(blank: bytes, tmp_path: Path, *, nationality: str = "LK") -> Path:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    said = {
        "title": "Lantern", "as_of": "2026-03-31", "originator.agency": "LK-CIU",
        "originator.country": "LK", "defaults.handling": "TLP:AMBER", "defaults.grading": "none",
    }  # fmt: skip
    for row in range(2, book["bundle"].max_row + 1):
        key = str(book["bundle"].cell(row, 1).value)
        if key in said:
            book["bundle"].cell(row, 2, said[key])
    case = {"record_id": "C-1", "source_ref": "p. 1", "local_ref": "1", "status": "Active",
            "offences": "smuggling"}  # fmt: skip
    person = {"record_id": "P-1", "source_ref": "p. 1", "name": "สมหญิง ตัวอย่าง",
              "name_kind": "legal", "nationalities": nationality, "case_ref": "C-1"}  # fmt: skip
    for table, cells in (("cases", case), ("persons", person)):
        for column, text in cells.items():
            book[table].cell(2, list(TABLES[table].place).index(column) + 1, text)
        for column in ("as_of", "handling", "grading"):
            book[table].cell(2, list(TABLES[table].place).index(column) + 1, "inherit")
    path = tmp_path / "filled.xlsx"
    book.save(path)
    return path


def test_every_table_has_its_sheet_with_the_schemas_columns(blank: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    assert book.sheetnames == ["bundle", *TABLES, "dictionary"]
    for name, table in TABLES.items():
        assert [cell.value for cell in book[name][1]] == list(table.place)
        assert all(cell.comment for cell in book[name][1])


def test_drop_downs_hold_the_words_of_the_vocabulary(blank: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    at = list(TABLES["legs"].place).index("mode")
    letter = get_column_letter(at + 1)
    choices = {
        str(choice.sqref): str(choice.formula1)
        for choice in book["legs"].data_validations.dataValidation
    }
    place = choices[f"{letter}2:{letter}5000"].removeprefix("=").replace("$", "").split("!")[1]
    words = [row[0].value for row in book["dictionary"][place]]
    assert words == list(VOCABULARIES["mode"].words)


def test_every_cell_of_a_column_is_text_before_anybody_writes_in_it(blank: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    assert book["identifiers"].column_dimensions["N"].number_format == "@"


def test_it_is_the_same_bytes_each_time(blank: bytes) -> None:
    assert template_workbook() == blank


def test_filled_in_and_saved_it_loads(blank: bytes, tmp_path: Path) -> None:
    bundle = read_bundle(filled(blank, tmp_path))
    assert [record.id for record in bundle.records] == ["LK-CIU:cases:C-1", "LK-CIU:persons:P-1"]
    assert bundle.records[1]["name"] == "สมหญิง ตัวอย่าง"


def test_a_code_that_reads_like_nothing_stays_namibia(blank: bytes, tmp_path: Path) -> None:
    bundle = read_bundle(filled(blank, tmp_path, nationality="NA"))
    assert bundle.records[1]["nationalities"] == "NA"

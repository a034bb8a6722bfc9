"""A drafted mapping sees what can be seen, asks the rest, and loads once it is settled."""

import re
import tomllib
from pathlib import Path

import pytest

from loaders.draft import DECIDE, draft_mapping
from loaders.faults import BundleError
from loaders.mapped import read_mapped
from tests.loaders.test_mapping import ROWS, workbook

SETTLED = {
    "as_of": "as_of = 2026-03-31", "agency": 'agency = "TH-IB"', "country": 'country = "TH"',
    "handling": 'handling = "TLP:AMBER"', "grading": 'grading = "none"',
}  # fmt: skip


def settled(draft: str) -> str:
    """Answer the questions that keep a draft from loading, as a person would."""
    for key, line in SETTLED.items():
        draft = re.sub(rf"^{DECIDE} {key} = .*$", line, draft, count=1, flags=re.M)
    return draft


def loaded(path: Path, draft: str, tmp_path: Path) -> list[dict[str, str]]:
    mapping = tmp_path / "drafted.toml"
    mapping.write_text(settled(draft), "utf-8")
    bundle = read_mapped(path, mapping)
    return [record.content() for record in bundle.records if record.table == "persons"]


def test_a_messy_workbook_is_drafted_and_loads_once_settled(tmp_path: Path) -> None:
    path = workbook(tmp_path, ROWS[:2]) / "suspects.xlsx"
    draft = draft_mapping(path)
    assert "header_row = 3" in draft
    assert 'birth_date = { column = "DOB", order = "dmy", calendar = "buddhist" }' in draft
    assert 'gender = { column = "Sex", map = { "M" = "Masculine" } }' in draft
    assert 'ignore = ["Boss", "Photo"]' in draft
    assert 'nationalities = { column = "Nat", codes = "name", split = "/" }' in draft
    people = loaded(path, draft, tmp_path)
    assert [(person["record_id"], person["name"]) for person in people] == [
        ("P-1", "Perera Ann"),
        ("P-2", "Silva"),
    ]


def test_marking_grading_and_originator_are_never_guessed(tmp_path: Path) -> None:
    said = tomllib.loads(draft_mapping(workbook(tmp_path, ROWS[:2]) / "suspects.xlsx"))
    assert {*said["defaults"]} == {"source_ref"}
    assert said["originator"] == {}
    assert "as_of" not in said


def test_a_draft_does_not_load_before_it_is_settled(tmp_path: Path) -> None:
    path = workbook(tmp_path, ROWS[:2]) / "suspects.xlsx"
    (tmp_path / "m.toml").write_text(draft_mapping(path), "utf-8")
    with pytest.raises(BundleError) as caught:
        read_mapped(path, tmp_path / "m.toml")
    assert {fault.column for fault in caught.value.faults} == {"agency", "country", "as_of"}


def test_an_edge_list_is_drafted_as_persons_and_links(shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / "networks" / "siren.csv"
    assert len(loaded(path, draft_mapping(path), tmp_path)) == 44


def test_thai_and_vietnamese_headings_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "ลำดับ,ชื่อ-สกุล,เพศ,วันเกิด,Quốc tịch\n1,สมหญิง ตัวอย่าง,หญิง,12/03/2530,Việt Nam\n"
    path.write_text(rows + "2,สมชาย ตัวอย่าง,ชาย,25/11/2529,ไทย\n", "utf-8")
    first = loaded(path, draft_mapping(path), tmp_path)[0]
    asked = ("record_id", "name", "gender", "birth_date", "nationalities")
    assert [first[column] for column in asked] == [
        "P-1", "สมหญิง ตัวอย่าง", "Feminine", "1987-03-12", "VN",
    ]  # fmt: skip


def test_two_sheets_get_ids_of_their_own_and_one_case(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("No,Name,Phone\n1,Ann Example,+66 2 123 4567\n", "utf-8")
    people = loaded(tmp_path, draft_mapping(tmp_path), tmp_path)
    assert [person["record_id"] for person in people] == ["P-1", "P2-1"]


def test_a_date_that_could_be_either_order_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name,DOB\nAnn,03/04/1990\nBo,05/06/1991\n", "utf-8")
    assert f"{DECIDE} day or month first? No cell of the column tells" in draft_mapping(path)


def test_hostile_headings_and_cells_stay_inside_their_quotes(tmp_path: Path) -> None:
    heading = 'x"\n[defaults]\nhandling = "TLP:CLEAR"\n{a} \\ \x7f'
    path = tmp_path / "a.csv"
    quote = '"' + heading.replace('"', '""') + '"'
    path.write_text(f'Name,{quote},Sex\nAnn,1,"\n[x]\n"\n', "utf-8")
    draft = draft_mapping(path)
    said = tomllib.loads(draft)
    assert {*said["defaults"]} == {"source_ref"}
    assert [
        person["name"] for person in loaded(path, draft.replace("gender =", "note ="), tmp_path)
    ] == ["Ann"]


def test_a_folder_without_sheets_is_a_letter(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")
    with pytest.raises(BundleError, match="no sheet with a header and rows"):
        draft_mapping(tmp_path)

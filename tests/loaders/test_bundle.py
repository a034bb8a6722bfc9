"""A good bundle gives the same records in every form, and loses nothing that was written."""

import codecs
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.records import Bundle, batch_id
from graphs.schema import TABLES
from loaders import BundleError, read_bundle
from tests.loaders.bundles import (
    Draft,
    good_draft,
    write_csv,
    write_jsonl,
    write_xlsx,
    write_zip,
)

ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>window.__xss=1</script>",
    "<!--<script>",
    "javascript:alert(1)",
    "{{7*7}}",
    "{% raw %}",
    "line\u2028separator",
    "=cmd|' /C calc'!A0",
    "+SUM(1)",
    "-1",
    "@x",
    "#import sys",
    "'\"`\\",
    "'; DROP TABLE records; --",
    "$(id) %n ${x}",
    "\u200eleft\u200fright\u061carabic\u200cnon\u200djoiner",
    "e\u0301 é",
    "မြန်မာ සිංහල தமிழ் فارسی",
)


def read(draft: Draft, tmp_path: Path) -> Bundle:
    """Read a bundle in its CSV form."""
    return read_bundle(write_csv(draft, tmp_path / "bundle"))


def changed(draft: Draft, table: str, record_id: str, **cells: str) -> Draft:
    """Change some cells of one row."""
    draft.row(table, record_id).update(cells)
    return draft


@pytest.mark.parametrize(
    "write",
    [
        lambda draft, path: write_xlsx(draft, path / "bundle.xlsx"),
        lambda draft, path: write_jsonl(draft, path / "bundle.jsonl"),
        lambda draft, path: write_zip(draft, path / "bundle.zip"),
        lambda draft, path: write_zip(draft, path / "bundle.zip", inside="lantern/"),
    ],
    ids=["workbook", "JSON Lines", "archive", "archive of a folder"],
)
def test_every_form_gives_the_same_records(
    write: Callable[[Draft, Path], Path], tmp_path: Path
) -> None:
    by_csv = read(good_draft(), tmp_path)
    other = read_bundle(write(good_draft(), tmp_path))
    assert other.records == by_csv.records
    assert batch_id(other) == batch_id(by_csv)
    assert sum(count.read for count in other.files) == len(other.records) == 29


def test_an_archive_may_hold_a_workbook(tmp_path: Path) -> None:
    import zipfile

    path = write_xlsx(good_draft(), tmp_path / "bundle.xlsx")
    with zipfile.ZipFile(tmp_path / "sent.zip", "w") as archive:
        archive.write(path, "bundle.xlsx")
    assert read_bundle(tmp_path / "sent.zip").records == read(good_draft(), tmp_path).records


def test_every_table_of_the_schema_stands_in_the_good_bundle() -> None:
    assert set(good_draft().tables) == set(TABLES)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_no_order_of_files_rows_or_columns_changes_the_records(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random
) -> None:
    draft = good_draft()
    draft.tables["persons"] += [dict(draft.row("persons", "P-1"))]
    draft.tables["persons"][-1]["nationalities"] = "LK; NA"
    expected = read(draft, tmp_path_factory.mktemp("sorted"))
    tables = list(draft.tables.items())
    chance.shuffle(tables)
    for _, rows in tables:
        chance.shuffle(rows)
    draft.tables = {name: [_shuffled(row, chance) for row in rows] for name, rows in tables}
    path = tmp_path_factory.mktemp("shuffled")
    for shuffled in (read(draft, path), read_bundle(write_jsonl(draft, path / "b.jsonl"))):
        assert shuffled.records == expected.records
        assert shuffled.warnings == expected.warnings
        assert batch_id(shuffled) == batch_id(expected)


def _shuffled(row: dict[str, str], chance: random.Random) -> dict[str, str]:
    names = list(row)
    chance.shuffle(names)
    return {name: row[name] for name in names}


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_loads_literally_in_every_text_field(attack: str, tmp_path: Path) -> None:
    draft = good_draft()
    expected: dict[tuple[str, str, str], str] = {}
    for name, rows in draft.tables.items():
        for column in TABLES[name].columns:
            if column.type == "text" and (name, column.name) != ("identifiers", "value"):
                for row in rows:
                    row[column.name] = attack
                    expected[name, row["record_id"], column.name] = attack
    draft.row("persons", "P-1")["other_names"] = f"alias={attack.replace(';', ',')}"
    for bundle in (
        read(draft, tmp_path),
        read_bundle(write_xlsx(draft, tmp_path / "b.xlsx")),
        read_bundle(write_jsonl(draft, tmp_path / "b.jsonl")),
    ):
        records = {(record.table, record.record_id): record for record in bundle.records}
        found = {key: records[key[:2]][key[2]] for key in expected}
        assert found == expected
        assert records["persons", "P-1"]["other_names"] == f"alias={attack.replace(';', ',')}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_in_a_typed_field_is_an_inert_fault(attack: str, tmp_path: Path) -> None:
    draft = changed(good_draft(), "persons", "P-1", gender=attack)
    with pytest.raises(BundleError) as refused:
        read(draft, tmp_path)
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (2, "gender")
    assert "\u2028" not in str(refused.value)


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x9b", "\u202e", "\u2066", "\ud800", "\uffff"])
def test_letters_that_hide_or_turn_text_are_one_inert_fault_each(
    letter: str, tmp_path: Path
) -> None:
    draft = changed(good_draft(), "persons", "P-1", name=f"ab{letter}cd")
    with pytest.raises(BundleError) as refused:
        read_bundle(write_jsonl(draft, tmp_path / "b.jsonl"))
    (fault,) = refused.value.faults
    assert fault.column == "name"
    assert letter not in str(refused.value)
    assert f"U+{ord(letter):04X}" in fault.expected


def test_text_is_read_as_text(tmp_path: Path) -> None:
    records = {record.record_id: record for record in read(good_draft(), tmp_path).records}
    assert records["P-1"].list("nationalities") == ("LK", "NA")
    assert records["I-1"]["value"] == "0012345678"
    assert records["I-2"]["value"] == "N0123456"


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.replace("\r\n", "\n").encode(),
    ],
    ids=["UTF-8 with BOM", "UTF-16", "UTF-16 big-endian", "line feeds only"],
)
def test_a_byte_order_mark_tells_the_encoding(
    encode: Callable[[str], bytes], tmp_path: Path
) -> None:
    draft = good_draft()
    for name, data in draft.csv_files().items():
        if name.endswith(".csv"):
            draft.files[name] = encode(data.decode())
    assert read(draft, tmp_path).records == read(good_draft(), tmp_path / "plain").records


@pytest.mark.parametrize(("encoding", "name"), [("cp874", "สมหญิง"), ("cp1258", "Đinh")])
def test_a_code_page_is_read_only_where_it_is_declared(
    encoding: str, name: str, tmp_path: Path
) -> None:
    draft = good_draft()
    draft.tables["persons"] = [changed(draft, "persons", "P-1", name=name).tables["persons"][0]]
    for other in ("P-2", "P-3"):
        draft.tables["persons"].append(
            {"record_id": other, "source_ref": "s", "case_ref": "C-1", "name": "Example"}
        )
    draft.files["persons.csv"] = draft.csv_files()["persons.csv"].decode().encode(encoding)
    with pytest.raises(BundleError, match="Declare it in bundle"):
        read(draft, tmp_path)
    draft.manifest["reading"] = {"encoding": encoding}
    draft.files |= {
        file: data.decode().encode(encoding, "ignore")
        for file, data in draft.csv_files().items()
        if file.endswith(".csv") and file != "persons.csv"
    }
    names = [r["name"] for r in read(draft, tmp_path).records if r.id == "LK-CIU:persons:P-1"]
    assert names == [name]


def test_declared_dates_become_iso_and_keep_what_was_written(tmp_path: Path) -> None:
    draft = good_draft()
    draft.manifest["reading"] = {"date_order": "dmy", "calendar": "buddhist"}
    for rows in draft.tables.values():
        for row in rows:
            for column in list(row):
                if row[column][:2] in ("19", "20") and "-" in row[column] + "-":
                    row[column] = _buddhist(row[column])
    changed(draft, "persons", "P-1", birth_date="3/4/2531")
    records = {record.id: record for record in read(draft, tmp_path).records}
    person = records["LK-CIU:persons:P-1"]
    assert person["birth_date"] == "1988-04-03"
    assert person.verbatim == (("birth_date", "3/4/2531"),)
    assert records["LK-CIU:cases:C-2"]["opened"] == "2025-10-02"


def _buddhist(text: str) -> str:
    year, dash, rest = text.partition("-")
    return f"{int(year) + 543}{dash}{rest}" if year.isdigit() and len(year) == 4 else text


def test_references_become_full_ids_and_those_of_others_are_awaited(tmp_path: Path) -> None:
    draft = changed(good_draft(), "requests", "R-1", about="AU-BF:cases:C-9;C-2;LK-CIU:cases:C-0")
    bundle = read(draft, tmp_path)
    request = next(record for record in bundle.records if record.table == "requests")
    assert request.list("about") == (
        "AU-BF:cases:C-9",
        "LK-CIU:cases:C-2",
        "LK-CIU:cases:C-0",
    )
    (awaited,) = [words for words in bundle.warnings if "awaited" in words]
    assert awaited.endswith("AU-BF:cases:C-9, LK-CIU:cases:C-0")
    event = next(record for record in bundle.records if record.table == "events")
    assert event["person_refs"] == "payer=LK-CIU:persons:P-2;payee=LK-CIU:persons:P-1"


def test_equal_rows_count_as_duplicates(tmp_path: Path) -> None:
    draft = good_draft()
    draft.tables["persons"] += [dict(row) for row in draft.tables["persons"][:2]]
    bundle = read(draft, tmp_path)
    count = next(count for count in bundle.files if count.file == "persons.csv")
    assert (count.read, count.accepted, count.duplicates, count.rejected) == (6, 4, 2, 0)
    assert bundle.records == read(good_draft(), tmp_path / "once").records


def test_accept_partial_keeps_rejects_and_leaves_out_rows_that_refer_to_them(
    tmp_path: Path,
) -> None:
    draft = changed(good_draft(), "persons", "P-3", gender="F")
    with pytest.raises(BundleError):
        read(draft, tmp_path)
    bundle = read_bundle(tmp_path / "bundle", accept_partial=True)
    left_out = {(reject.file, reject.row) for reject in bundle.rejects}
    assert left_out == {
        ("persons.csv", 4),  # the faulty row; then all that rests on it
        ("identifiers.csv", 3),
        ("journeys.csv", 2),
        ("legs.csv", 2),
        ("legs.csv", 3),
        ("links.csv", 2),
        ("links.csv", 3),
    }
    assert all(c.read == c.accepted + c.duplicates + c.rejected for c in bundle.files)
    assert len(bundle.records) == 29 - 7
    held = {record.id for record in bundle.records}
    assert not any("persons:P-3" in cell for record in bundle.records for cell in record.cells)
    assert "LK-CIU:persons:P-3" not in held
    (reason,) = next(r.reasons for r in bundle.rejects if r.file == "persons.csv")
    assert reason.startswith('persons.csv, row 4, column gender: found "F"')


def test_accept_partial_rejects_misshapen_rows(tmp_path: Path) -> None:
    draft = good_draft()
    draft.files["flows.csv"] = draft.csv_files()["flows.csv"] + b"F-2,only two\r\n"
    bundle = read_bundle(write_csv(draft, tmp_path / "b"), accept_partial=True)
    (reject,) = bundle.rejects
    assert (reject.file, reject.row, reject.cells) == ("flows.csv", 3, ("F-2", "only two"))


def test_accept_partial_refuses_faults_of_headers_and_files(tmp_path: Path) -> None:
    draft = good_draft()
    draft.files["flows.csv"] = b""
    with pytest.raises(BundleError):
        read_bundle(write_csv(draft, tmp_path / "b"), accept_partial=True)


def test_inherit_and_absent_columns_take_the_default(tmp_path: Path) -> None:
    draft = good_draft()
    for row in draft.tables["flows"]:
        row.update(handling="inherit", as_of="2026-01-02", grading="none")
    record = next(r for r in read(draft, tmp_path).records if r.table == "flows")
    assert (record["handling"], record["as_of"], record["grading"]) == (
        "TLP:AMBER H1",
        "2026-01-02",
        "none",
    )
    assert record.inherited == ("handling", "releasable_to")


def test_missing_handling_becomes_the_most_restrictive(tmp_path: Path) -> None:
    draft = good_draft()
    draft.manifest["missing_handling"] = "most_restrictive"
    draft.tables["flows"][0]["handling"] = ""
    bundle = read(draft, tmp_path)
    record = next(r for r in bundle.records if r.table == "flows")
    assert (record["handling"], record["releasable_to"]) == ("TLP:AMBER+STRICT H2", "")
    assert any(words.startswith("flows.csv: 1 row without handling") for words in bundle.warnings)


def test_strange_but_possible_things_are_warned_of(tmp_path: Path) -> None:
    draft = changed(good_draft(), "legs", "G-2", from_ref="", from_country="ID")
    common = {"case_ref": "C-1", "source_ref": "s"}
    draft.tables["links"] += [
        {**common, "record_id": "K-7", "from_ref": "P-2", "kind": "COMMUNICATED", "to_ref": "P-1"},
        {**common, "record_id": "K-8", "from_ref": "P-3", "kind": "PARTY_TO", "to_ref": "C-1",
         "role": "facilitator"},
    ]  # fmt: skip
    warnings = read(draft, tmp_path).warnings
    for words in (
        "legs that do not join, shown as ?: LK-CIU:journeys:J-1 after leg 1",
        "counted as one pair: COMMUNICATED LK-CIU:persons:P-1 and LK-CIU:persons:P-2",
        "protection wins: LK-CIU:persons:P-3",
    ):
        assert any(words in warning for warning in warnings), warnings


def test_accepted_peculiarities(tmp_path: Path) -> None:
    """Single names, initials, both normal forms, isolates and lines inside a cell load as such."""
    draft = good_draft()
    for number, name in enumerate(["Na", "K.", "Tha\u0323i", "Thại", "CAFÉ»", "Ha\nTwo"]):
        draft.tables["persons"].append(
            {"record_id": f"X-{number}", "source_ref": "s", "case_ref": "C-1", "name": name}
        )
    names = {r["name"] for r in read(draft, tmp_path).records if r.table == "persons"}
    assert {"Na", "K.", "Tha\u0323i", "Thại", "CAFÉ»", "Ha\nTwo"} <= names


def test_a_row_of_several_lines_is_named_by_its_first(tmp_path: Path) -> None:
    draft = changed(good_draft(), "persons", "P-1", note="one\ntwo\nthree")
    changed(draft, "persons", "P-2", gender="F")
    with pytest.raises(BundleError) as refused:
        read(draft, tmp_path)
    assert [fault.row for fault in refused.value.faults] == [5]


def test_files_beside_the_tables_are_named_and_not_read(tmp_path: Path) -> None:
    draft = good_draft()
    draft.files |= {"notes.txt": b"x", ".DS_Store": b"x", "~$persons.xlsx": b"x"}
    bundle = read(draft, tmp_path)
    assert [w for w in bundle.warnings if "not read" in w] == [
        "notes.txt is no table and was not read"
    ]


def test_the_files_of_a_bundle_are_counted_with_their_hashes(tmp_path: Path) -> None:
    import hashlib

    bundle = read(good_draft(), tmp_path)
    assert [count.file for count in bundle.files] == sorted(f"{name}.csv" for name in TABLES)
    for count in bundle.files:
        data = (tmp_path / "bundle" / count.file).read_bytes()
        assert count.sha256 == hashlib.sha256(data).hexdigest()
    for record, place in zip(bundle.records, bundle.file_of, strict=True):
        assert bundle.files[place].file == f"{record.table}.csv"


def test_the_letters_of_many_faults_are_capped_and_counted(tmp_path: Path) -> None:
    draft = good_draft()
    draft.tables["flows"] = [
        {**draft.tables["flows"][0], "record_id": f"F-{n}", "to_country": "zz"} for n in range(500)
    ]
    with pytest.raises(BundleError) as refused:
        read(draft, tmp_path)
    assert len(refused.value.faults) == 500
    assert str(refused.value).endswith("and 300 more faults (the first 200 are written out)")


def test_a_number_of_a_workbook_is_text_as_shown(tmp_path: Path) -> None:
    from tests.loaders.bundles import workbook

    book = workbook(good_draft())
    header = [cell.value for cell in book["flows"][1]]
    book["flows"].cell(2, header.index("persons") + 1).value = 310  # type: ignore[union-attr]
    book.save(tmp_path / "b.xlsx")
    book.close()
    assert read_bundle(tmp_path / "b.xlsx").records == read(good_draft(), tmp_path).records


def test_json_null_is_an_empty_cell(tmp_path: Path) -> None:
    path = write_jsonl(good_draft(), tmp_path / "b.jsonl")
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[-1]["note"] = None
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    assert read_bundle(path).records == read(good_draft(), tmp_path).records

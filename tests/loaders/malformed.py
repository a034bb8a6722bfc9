"""Bundles that must be refused: how each good bundle is spoiled, and every fault it then has."""

import io
import json
import os
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.loaders.bundles import (
    Draft,
    csv_bytes,
    good_draft,
    workbook,
    write_csv,
    write_jsonl,
    write_xlsx,
    write_zip,
)

Write = Callable[[Path], Path]
Place = tuple[str, int | None, str | None, str]
"""File, row, column, and words that the letter must hold."""


class Malformed(NamedTuple):
    """One bundle with its exact faults; `write` writes it into a folder and returns its path."""

    name: str
    write: Write
    faults: tuple[Place, ...]


def _csv(spoil: Callable[[Draft], object]) -> Write:
    def write(folder: Path) -> Path:
        draft = good_draft()
        spoil(draft)
        return write_csv(draft, folder / "bundle")

    return write


def cell(
    name: str, table: str, record_id: str, column: str, value: str, words: str, *more: Place
) -> Malformed:
    """Spoil one cell; the fault stands in that cell."""

    def spoil(draft: Draft) -> None:
        draft.row(table, record_id)[column] = value

    line = good_draft().line(table, record_id)
    return Malformed(name, _csv(spoil), ((f"{table}.csv", line, column, words), *more))


def row(name: str, table: str, said: dict[str, str], column: str, words: str) -> Malformed:
    """Add one row; the fault stands in one of its cells."""

    def spoil(draft: Draft) -> None:
        draft.tables[table].append({"source_ref": "added", **said})

    line = len(good_draft().tables[table]) + 2
    return Malformed(name, _csv(spoil), ((f"{table}.csv", line, column, words),))


def link(name: str, said: dict[str, str], column: str, words: str) -> Malformed:
    """Add one link; the fault stands in one of its cells."""
    return row(name, "links", {"record_id": "K-99", "case_ref": "C-1", **said}, column, words)


def manifest(name: str, key: str, value: object, words: str, *, drop: bool = False) -> Malformed:
    """Spoil one key of the manifest; `drop` leaves it out."""

    def spoil(draft: Draft) -> None:
        *section, last = key.split(".")
        inside: dict[str, Any] = draft.manifest
        for part in section:
            inside = inside.setdefault(part, {})
        inside[last] = value
        if drop:
            del inside[last]

    lines = good_draft()
    spoil(lines)
    text = lines.csv_files()["bundle.toml"].decode().split("\n")
    start = f"{key.split('.')[-1]} ="
    places = [number for number, line in enumerate(text, 1) if line.startswith(start)]
    line = None if drop else places[0]
    return Malformed(name, _csv(spoil), (("bundle.toml", line, key, words),))


def content(name: str, file: str, change: Callable[[bytes], bytes], *faults: Place) -> Malformed:
    """Spoil the bytes of one CSV file."""

    def spoil(draft: Draft) -> None:
        draft.files[file] = change(draft.csv_files()[file])

    return Malformed(name, _csv(spoil), faults)


def grid(name: str, table: str, change: Callable[[list[list[str]]], object], *faults: Place) -> (
    Malformed
):  # fmt: skip
    """Spoil the grid of one CSV file: its header and rows."""

    def spoil(draft: Draft) -> None:
        cells = draft.grid(table)
        change(cells)
        draft.files[f"{table}.csv"] = csv_bytes(cells)

    return Malformed(name, _csv(spoil), faults)


def _renamed(old: str, new: str) -> Callable[[list[list[str]]], object]:
    def change(cells: list[list[str]]) -> None:
        cells[0] = [new if name == old else name for name in cells[0]]

    return change


def _dropped(*names: str) -> Callable[[list[list[str]]], object]:
    def change(cells: list[list[str]]) -> None:
        for name in names:
            place = cells[0].index(name)
            for line in cells:
                del line[place]

    return change


# -- archives, workbooks, JSON Lines


def _whole(change: Callable[[bytes], bytes], write: Callable[[Draft, Path], Path], name: str) -> (
    Write
):  # fmt: skip
    def written(folder: Path) -> Path:
        path = write(good_draft(), folder / name)
        path.write_bytes(change(path.read_bytes()))
        return path

    return written


def _archive(name: str, add: Callable[[zipfile.ZipFile], object]) -> Write:
    def written(folder: Path) -> Path:
        path = write_zip(good_draft(), folder / name)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            add(archive)
        return path

    return written


def _link_inside(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("flows.csv.txt")
    info.external_attr = 0o120777 << 16
    archive.writestr(info, "/etc/passwd")


def _twice(archive: zipfile.ZipFile) -> None:
    with warnings.catch_warnings(action="ignore"):
        archive.writestr("flows.csv", "record_id")


def _flip_middle(data: bytes) -> bytes:
    """Spoil the packed bytes of the archive's first file: its checksum will tell."""
    name_length, extra_length = struct.unpack("<HH", data[26:30])
    at = 30 + name_length + extra_length + 40
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def _book(change: Callable[[Any], object]) -> Write:
    def written(folder: Path) -> Path:
        book = workbook(good_draft())
        change(book)
        path = folder / "bundle.xlsx"
        book.save(path)
        book.close()
        return path

    return written


def _set(sheet: str, row: int, column: str, value: object) -> Callable[[Any], object]:
    def change(book: Any) -> None:
        names = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(row, names.index(column) + 1).value = value

    return change


def _linked_folder(folder: Path) -> Path:
    path = write_csv(good_draft(), folder / "bundle")
    os.symlink(path / "persons.csv", path / "flows2.csv")
    return path


def _lines(change: Callable[[list[str]], object]) -> Write:
    def written(folder: Path) -> Path:
        path = write_jsonl(good_draft(), folder / "bundle.jsonl")
        lines = path.read_text("utf-8").splitlines()
        change(lines)
        path.write_text("\n".join([*lines, ""]), "utf-8")
        return path

    return written


def _line_of(record_id: str) -> int:
    """Return the line of a record in the JSON Lines form."""
    draft = good_draft()
    ids = [row["record_id"] for rows in draft.tables.values() for row in rows]
    return ids.index(record_id) + 2


def _in_line(record_id: str, **said: object) -> Callable[[list[str]], object]:
    def change(lines: list[str]) -> None:
        place = _line_of(record_id) - 1
        lines[place] = json.dumps({**json.loads(lines[place]), **said})

    return change


def _lone(name: str, data: bytes) -> Write:
    def written(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return written


def _bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("persons.csv", b"0" * 50_000_000)
    return held.getvalue()


def _other(draft: Draft, name: str, data: bytes) -> None:
    draft.files[name] = data


FILES = [
    content("empty file", "flows.csv", lambda data: b"",
            ("flows.csv", None, None, "found an empty file, expected a header and rows")),
    content("file of blank lines", "flows.csv", lambda data: b"\r\n\r\n ,\r\n",
            ("flows.csv", None, None, "an empty file")),
    content("half-written file", "flows.csv", lambda data: data + b'F-2,"2024',
            ("flows.csv", 3, None, "Is a quotation mark not closed")),
    content("quotation mark inside a quoted cell", "flows.csv",
            lambda data: data + b'"F"2,,,,,,\r\n', ("flows.csv", 3, None, "not doubled")),
    content("not UTF-8", "locations.csv", lambda data: data.replace(b"KLIA", b"\xa1\xd2\xc3"),
            ("locations.csv", 2, None, "encoding = utf-16, cp874 or cp1258")),
    content("semicolons instead of commas", "flows.csv", lambda data: data.replace(b",", b";"),
            ("flows.csv", 1, None, "save the file as CSV with commas")),
    content("NUL bytes", "flows.csv", lambda data: data.replace(b"asylum", b"asy\0lum"),
            ("flows.csv", 2, "kind", "U+0000")),
    content("gigantic cell", "flows.csv", lambda data: data.replace(b"asylum", b"a" * 200_000),
            ("flows.csv", 2, "kind", "at most 10,000 characters")),
    content("cell beyond reading", "flows.csv", lambda data: data + b"x" * (1 << 24) + b"y",
            ("flows.csv", 3, None, "field larger than field limit")),
    content("thousands of columns", "flows.csv", lambda data: b"a," * 5000 + b"b\r\n",
            ("flows.csv", 1, None, "at most 1,000 columns")),
    Malformed("empty archive", _lone("bundle.zip", b""),
              (("bundle.zip", None, None, "half-written"),)),
    Malformed("half-written archive", _whole(lambda data: data[:-400], write_zip, "bundle.zip"),
              (("bundle.zip", None, None, "expected the whole file"),)),
    Malformed("archive of spoiled bytes", _whole(_flip_middle, write_zip, "bundle.zip"),
              (("bundle.toml", None, None, "half-written"),)),
    Malformed("archive that unpacks to fifty megabytes", _lone("bundle.zip", _bomb()),
              (("bundle.zip", None, None, "50,000,000 bytes packed into"),)),
    Malformed("archive with a path outside",
              _archive("bundle.zip", lambda archive: archive.writestr("../flows.csv", "x")),
              (("bundle.zip", None, None, "../flows.csv, which leads outside"),)),
    Malformed("archive with an absolute path",
              _archive("bundle.zip", lambda archive: archive.writestr("/etc/cron.d/x", "x")),
              (("bundle.zip", None, None, "leads outside"),)),
    Malformed("archive with one name twice", _archive("bundle.zip", _twice),
              (("bundle.zip", None, None, "flows.csv twice, expected each file once"),)),
    Malformed("archive with a link", _archive("bundle.zip", _link_inside),
              (("bundle.zip", None, None, "a link"),)),
    Malformed("folder with a link", _linked_folder,
              (("flows2.csv", None, None, "found a link, expected plain files"),)),
    Malformed("no such path", lambda folder: folder / "nothing",
              (("nothing", None, None, "no such file"),)),
    Malformed("workbook that is no archive", _lone("bundle.xlsx", b"record_id;name\r\n"),
              (("bundle.xlsx", None, None, "half-written"),)),
    Malformed("half-written workbook", _whole(lambda data: data[:900], write_xlsx, "bundle.xlsx"),
              (("bundle.xlsx", None, None, "half-written"),)),
    Malformed("empty workbook file", _lone("bundle.xlsx", b""),
              (("bundle.xlsx", None, None, "an empty file"),)),
    Malformed("bare CSV file", _lone("persons.csv", b"record_id,name\r\n"),
              (("persons.csv", None, None, "read with --mapping FILE"),)),
    Malformed("picture", _lone("photo.png", b"\x89PNG"),
              (("photo.png", None, None, "no manifest"),)),
]  # fmt: skip

MANIFESTS = [
    Malformed("no manifest",
              lambda folder: _without_manifest(folder), (("bundle", None, None, "no manifest"),)),
    content("manifest that is no TOML", "bundle.toml", lambda data: data + b"x = = 1\n",
            ("bundle.toml", 12, None, 'expected TOML: key = "value"')),
    content("manifest not UTF-8", "bundle.toml", lambda data: data.replace(b"invented", b"\xe9"),
            ("bundle.toml", None, None, "a manifest in UTF-8")),
    manifest("newer schema version", "schema_version", "2.0", "expected 1.x. A newer Corridor"),
    manifest("no as_of", "as_of", "", "expected a value", drop=True),
    manifest("no originator", "originator.agency", "", "expected a value", drop=True),
    manifest("originator's country by name", "originator.country", "Sri Lanka", "Did you mean LK?"),
    manifest("unknown key", "defaults.handeling", "x", "Did you mean defaults.handling?"),
    manifest("unknown calendar", "reading.calendar", "thai", "gregorian, buddhist"),
    manifest("default that is no marking", "defaults.handling", "AMBER", "Did you mean TLP:AMBER?"),
    manifest("default that is no grading", "defaults.grading", "C3", "admiralty:C3"),
    Malformed("two faults of the manifest at once",
              _csv(lambda draft: draft.manifest.update(schema_version="3", title="")),
              (("bundle.toml", 1, "schema_version", "1.x"),
               ("bundle.toml", 2, "title", "expected a value"))),
]  # fmt: skip


def _without_manifest(folder: Path) -> Path:
    path = write_csv(good_draft(), folder / "bundle")
    (path / "bundle.toml").unlink()
    return path


HEADERS = [
    Malformed("unknown table",
              _csv(lambda draft: _other(draft, "person.csv", b"record_id\r\nP-1\r\n")),
              (("person.csv", None, None, "Did you mean persons?"),)),
    Malformed("table in a form that is not read",
              _csv(lambda draft: _other(draft, "more.tsv", b"record_id\tname\r\n")),
              (("more.tsv", None, None, "one CSV file per table"),)),
    grid("unknown column", "persons", _renamed("birth_date", "birthdate"),
         ("persons.csv", 1, "birthdate", "Did you mean birth_date?")),
    grid("duplicate column", "persons", _renamed("gender", "name"),
         ("persons.csv", 1, "name", "found \"name, 2 times\", expected each column once")),
    grid("blank column", "persons", _renamed("gender", ""),
         ("persons.csv", 1, "", "the name of a column")),
    grid("column cut at 32 characters", "persons", _renamed("gender", "g" * 32),
         ("persons.csv", 1, "g" * 32, "Was the name cut after 32 characters?")),
    grid("required column missing", "locations", _dropped("kind"),
         ("locations.csv", 1, "kind", "a column kind (what it is)")),
    grid("no column of a group", "events", _dropped("case_ref"),
         ("events.csv", 1, "case_ref", "at least one of the columns case_ref or journey_ref")),
    Malformed("no handling at all", _csv(lambda draft: draft.manifest["defaults"].pop("handling")),
              tuple((f"{table}.csv", 1, "handling", "or a default in the bundle")
                    for table in good_draft().tables)),
    grid("row with a cell too many", "flows", lambda cells: cells[1].append("x"),
         ("flows.csv", 2, None, "found 8 cells, expected 7 cells")),
    grid("row with a cell too few", "flows", lambda cells: cells[1].pop(),
         ("flows.csv", 2, None, "A comma or line break that is not inside quotation marks?")),
]  # fmt: skip

CELLS = [
    cell("empty name", "persons", "P-1", "name", "", "found nothing, expected a value"),
    cell("blank name", "persons", "P-1", "name", "  ", "expected a value"),
    cell("empty source_ref", "persons", "P-2", "source_ref", "", "where the file says it"),
    cell("neither case nor journey", "persons", "P-4", "case_ref", "",
         "at least one of case_ref or journey_ref"),
    cell("record id with a blank", "flows", "F-1", "record_id", "F 1", "letters A-Z, digits"),
    cell("record id of 65 characters", "flows", "F-1", "record_id", "F" * 65, "1 to 64"),
    row("one id with two contents", "persons",
        {"record_id": "P-1", "case_ref": "C-1", "name": "Somebody Else"}, "record_id",
        "row 2 says otherwise under this id. Give the correction a new record_id"),
    cell("reference to no row", "legs", "G-1", "document_ref", "I-7", "a row of identifiers"),
    cell("reference spelt otherwise", "identifiers", "I-1", "holder_ref", "P01",
         "Did you mean P-1?"),
    cell("reference into the wrong table", "legs", "G-1", "document_ref", "P-1", "persons has P-1"),
    cell("reference with the wrong table", "legs", "G-1", "document_ref", "persons:P-1",
         "a row of identifiers, not of persons"),
    cell("reference to an unknown table", "requests", "R-1", "about", "person:P-1",
         "Did you mean persons?"),
    Malformed("reference that several rows answer",
              _csv(lambda draft: (draft.row("flows", "F-1").update(record_id="L-1"),
                                  draft.row("requests", "R-1").update(about="L-1"))),
              (("requests.csv", 2, "about", "locations:L-1 or flows:L-1"),)),
    cell("reference that is none", "requests", "R-1", "about", "the case", "table:record_id"),
    cell("supersedes another originator's row", "persons", "P-1", "supersedes",
         "AU-BF:persons:P-1", "an earlier row of the same originator"),
    cell("supersedes itself", "persons", "P-1", "supersedes", "P-1", "leads back here"),
    Malformed("supersedes in a circle",
              _csv(lambda draft: (draft.row("persons", "P-1").update(supersedes="P-2"),
                                  draft.row("persons", "P-2").update(supersedes="P-1"))),
              (("persons.csv", 2, "supersedes", "leads back"),
               ("persons.csv", 3, "supersedes", "leads back"))),
    cell("country by name", "persons", "P-1", "nationalities", "Vietnam", "Did you mean VN?"),
    cell("country by alpha-3", "persons", "P-1", "nationalities", "VNM", "Did you mean VN?"),
    cell("country UK", "persons", "P-1", "residence_country", "UK", "Did you mean GB?"),
    cell("country in small letters", "persons", "P-1", "residence_country", "lk",
         "Did you mean LK?"),
    cell("withdrawn country", "persons", "P-1", "residence_country", "AN", "BQ, CW or SX"),
    cell("unknown country in a leg", "legs", "G-2", "to_country", "?", "`unknown`"),
    cell("word in another case", "legs", "G-1", "mode", "Air", "Did you mean air?"),
    cell("unknown word", "journeys", "J-1", "outcome", "vanished", "arrived, refused"),
    cell("list split by commas", "persons", "P-1", "nationalities", "LK,TH", "Did you mean LK;TH?"),
    cell("list split by lines", "persons", "P-1", "operating_countries", "MY\nTH",
         "Did you mean MY;TH?"),
    cell("other name without a kind", "persons", "P-1", "other_names", "Lucky", "kind=text"),
    cell("event reference without a role", "events", "E-1", "person_refs", "P-2", "role=reference"),
    cell("date whose order nobody declared", "persons", "P-1", "birth_date", "03/04/1988",
         "declare date_order"),
    cell("Buddhist year", "persons", "P-1", "birth_date", "2531-04", "2531 is 1988"),
    cell("spreadsheet's day number", "legs", "G-1", "depart", "45231", "45231 is 2023-11-01"),
    cell("day that does not exist", "cases", "C-2", "opened", "2025-02-30", "exists"),
    cell("day as a month", "focal_points", "FP-1", "confirmed_on", "2026-03", "YYYY-MM-DD"),
    cell("end before start", "events", "E-1", "date_to", "2025-10", "Are the two swapped?"),
    cell("as_of after the bundle's", "persons", "P-1", "as_of", "2026-04-01",
         "a day not after the bundle's own as_of (2026-03-31)", *(
             ("persons.csv", line, "as_of", "or the word inherit") for line in (3, 4, 5))),
    cell("identifier as a spreadsheet's number", "identifiers", "I-1", "value", "8.49E+10",
         "format the column as text"),
    cell("phone without a prefix", "identifiers", "I-1", "issuer_country", "",
         "issuer_country", )._replace(faults=(("identifiers.csv", 2, "value",
                                               "a number with + and the country's prefix"),)),
    cell("handle without a platform", "identifiers", "I-3", "platform", "", "the platform"),
    cell("money with a comma", "journeys", "J-1", "fee_amount", "9,500", "Did you mean 9500?"),
    cell("money with its currency", "journeys", "J-1", "fee_amount", "USD 9500",
         "Did you mean 9500?"),
    cell("money without a currency", "journeys", "J-1", "fee_currency", "",
         "a currency, because fee_amount is filled"),
    cell("currency by name", "journeys", "J-1", "fee_currency", "Baht", "Did you mean THB?"),
    cell("number with a point", "flows", "F-1", "persons", "310.0", "Did you mean 310?"),
    cell("leg zero", "legs", "G-1", "seq", "0", "a whole number from 1"),
    cell("range backwards", "journeys", "J-1", "group_size", "6-4", "Did you mean 4-6?"),
    cell("latitude of a hundred degrees", "locations", "L-1", "lat", "102.74", "from -90 to 90"),
    cell("bidi override", "persons", "P-1", "name", "ab\u202ecd", "character 3 is U+202E"),
    cell("bidi isolate", "persons", "P-1", "name", "ab\u2067cd", "U+2067"),
    cell("control character", "cases", "C-1", "local_ref", "2026\x07118", "U+0007"),
    cell("lost character", "persons", "P-1", "name", "B\ufffdnh", "Export the file again"),
    cell("UTF-8 read as Windows-1252", "persons", "P-1", "name", "JosÃ©", "it may say José"),
    cell("Thai read as Windows-1252", "persons", "P-1", "name", "à¸ªà¸¡", "it may say สม"),
    cell("text of 10,001 characters", "persons", "P-1", "note", "x" * 10_001, "10,000 characters"),
    cell("first name unknown", "persons", "P-1", "name", "FNU Example", "Set name_kind to label."),
    cell("name unknown", "persons", "P-1", "name", "unknown", "Set name_kind to label."),
]  # fmt: skip

MARKINGS = [
    Malformed("empty handling",
              _csv(lambda draft: [row.update(handling="" if row["record_id"] == "P-2" else
                                             "inherit") for row in draft.tables["persons"]]),
              (("persons.csv", 3, "handling", "a value, or the word inherit"),)),
    Malformed("two TLP labels",
              _csv(lambda draft: draft.row("flows", "F-1").update(
                  handling="TLP:GREEN TLP:AMBER")),
              (("flows.csv", 2, "handling", "Two TLP labels"),)),
    Malformed("old TLP label",
              _csv(lambda draft: draft.row("flows", "F-1").update(handling="TLP:WHITE")),
              (("flows.csv", 2, "handling", "Did you mean TLP:CLEAR?"),)),
    Malformed("H3 without its text",
              _csv(lambda draft: draft.row("flows", "F-1").update(handling="TLP:AMBER H3")),
              (("flows.csv", 2, "caveat", "the conditions that H3"),)),
    Malformed("grading without a scheme",
              _csv(lambda draft: draft.row("flows", "F-1").update(grading="B7")),
              (("flows.csv", 2, "grading", "`none` or europol4x4"),)),
    Malformed("grading of two schemes",
              _csv(lambda draft: draft.row("flows", "F-1").update(grading="B2")),
              (("flows.csv", 2, "grading", "europol4x4:B2 or uk_5x5x5:B2 or admiralty:B2"),)),
    Malformed("releasable to nobody known",
              _csv(lambda draft: draft.row("flows", "F-1").update(releasable_to="AU;THA;Friends")),
              (("flows.csv", 2, "releasable_to", "Did you mean TH?"),
               ("flows.csv", 2, "releasable_to", 'found "Friends"'))),
    Malformed("inherit without a default",
              _csv(lambda draft: draft.row("flows", "F-1").update(retention_until="inherit")),
              (("flows.csv", 2, "retention_until", "no default for retention_until"),)),
]  # fmt: skip

LINKS = [
    link("link that reads backwards", {"from_ref": "C-1", "kind": "PARTY_TO", "to_ref": "P-2",
                                       "role": "suspect"},
         "kind", "Are from_ref and to_ref reversed?"),
    link("link between the wrong things", {"from_ref": "P-1", "kind": "RECRUITED",
                                           "to_ref": "C-1"},
         "kind", "expected (:Person)-[:RECRUITED]->(:Person)"),
    link("link to itself", {"from_ref": "P-1", "kind": "DIRECTS", "to_ref": "P-1"},
         "to_ref", "somebody other than from_ref"),
    link("derived link", {"from_ref": "P-1", "kind": "SAME_JOURNEY", "to_ref": "P-2"},
         "kind", "one of DIRECTS, CORRUPTED"),
    link("HAS_ROLE without a stage", {"from_ref": "P-1", "kind": "HAS_ROLE", "to_ref": "J-1",
                                      "role": "unknown"},
         "stage", "because kind is HAS_ROLE"),
    link("HAS_ROLE without a role", {"from_ref": "P-1", "kind": "HAS_ROLE", "to_ref": "J-1",
                                     "stage": "recruit"},
         "role", "organiser"),
    link("PARTY_TO with a role of a step", {"from_ref": "P-2", "kind": "PARTY_TO",
                                            "to_ref": "C-1", "role": "driver"},
         "role", "suspect, facilitator, witness, victim, migrant"),
    link("MARRIED_TO without a claim", {"from_ref": "P-2", "kind": "MARRIED_TO", "to_ref": "P-3"},
         "claim", "genuine, sham_suspected"),
    cell("fact present and absent", "journeys", "J-1", "facts_absent", "wages_withheld",
         "as present or as absent, not both"),
]  # fmt: skip

SHEETS = [
    Malformed("formula cell", _book(_set("persons", 2, "name", '="A"&"B"')),
              (("bundle.xlsx", 2, "name", "a plain value, not a formula"),)),
    Malformed("merged cells", _book(lambda book: book["persons"].merge_cells("A3:A4")),
              (("bundle.xlsx", 3, "record_id", "Undo the merge"),
               ("bundle.xlsx", 4, "record_id", "expected a value"))),
    Malformed("passport as a number", _book(_set("identifiers", 3, "value", 123456)),
              (("bundle.xlsx", 3, "value", "text, not a number"),)),
    Malformed("unknown sheet", _book(lambda book: book.create_sheet("Linkz").append(["record_id"])),
              (("bundle.xlsx", None, None, "Did you mean links?"),)),
    Malformed("workbook without a manifest", _book(lambda book: book.remove(book["bundle"])),
              (("bundle.xlsx", None, None, "a sheet bundle of key and value"),)),
    Malformed("cell beyond the header", _book(lambda book: book["flows"].cell(2, 30, "x")),
              (("bundle.xlsx", 2, None, "found 30 cells"),)),
    Malformed("wrong cell in a sheet", _book(_set("persons", 4, "nationalities", "Vietnam")),
              (("bundle.xlsx", 4, "nationalities", "table persons"),)),
]  # fmt: skip

JSONS = [
    Malformed("line that is not JSON", _lines(lambda lines: lines.append('{"table": "flows", ')),
              (("bundle.jsonl", 31, None, "a line that is not JSON"),)),
    Malformed("line that is a list", _lines(lambda lines: lines.append('["flows"]')),
              (("bundle.jsonl", 31, None, "a line that is no object"),)),
    Malformed("key twice", _lines(lambda lines: lines.append('{"table": "flows", "a": 1, "a": 2}')),
              (("bundle.jsonl", 31, None, "the key a twice"),)),
    Malformed("NaN", _lines(lambda lines: lines.append('{"table": "flows", "persons": NaN}')),
              (("bundle.jsonl", 31, None, "NaN, which is no number"),)),
    Malformed("nested value", _lines(_in_line("P-1", nationalities=["LK", "TH"])),
              (("bundle.jsonl", _line_of("P-1"), "nationalities", "Write LK;TH."),)),
    Malformed("true and false", _lines(_in_line("P-3", consent=False)),
              (("bundle.jsonl", _line_of("P-3"), "consent", "expected text"),)),
    Malformed("line without a table", _lines(lambda lines: lines.append('{"record_id": "F-2"}')),
              (("bundle.jsonl", 31, "table", "no table"),)),
    Malformed("phone as a JSON number", _lines(_in_line("I-1", value=94770000000)),
              (("bundle.jsonl", _line_of("I-1"), "value", "text, not a number"),)),
    Malformed("lone surrogate", _lines(_in_line("P-1", name="a\ud800b")),
              (("bundle.jsonl", _line_of("P-1"), "name", "U+D800"),)),
    Malformed("JSON Lines without a manifest", _lines(lambda lines: lines.pop(0)),
              (("bundle.jsonl", None, None, "a first line"),)),
    Malformed("deep nesting", _lines(lambda lines: lines.append("[" * 100_000)),
              (("bundle.jsonl", 31, None, "a line that is not JSON"),)),
    Malformed("unknown table in a line", _lines(_in_line("F-1", table="flow")),
              (("bundle.jsonl", None, None, "Did you mean flows?"),)),
]  # fmt: skip

SEVERAL = [
    Malformed("faults of several files at once",
              _csv(lambda draft: (draft.row("persons", "P-1").update(residence_country="Burma"),
                                  draft.row("persons", "P-2").update(gender="F"),
                                  draft.row("legs", "G-2").update(mode="boat", seq="x"),
                                  draft.row("links", "K-1").update(to_ref="P-9"))),
              (("legs.csv", 3, "mode", "air, sea, land"), ("legs.csv", 3, "seq", "whole number"),
               ("links.csv", 2, "to_ref", "P-9"),
               ("persons.csv", 2, "residence_country", "Did you mean MM?"),
               ("persons.csv", 3, "gender", "Feminine, Masculine"))),
]  # fmt: skip

MALFORMED: list[Malformed] = [
    *FILES, *MANIFESTS, *HEADERS, *CELLS, *MARKINGS, *LINKS, *SHEETS, *JSONS, *SEVERAL,
]  # fmt: skip

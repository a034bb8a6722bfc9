"""Workbooks: a sheet per table and a sheet `bundle`, every cell as text, none of it computed."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final
from xml.etree import ElementTree

from loaders import manifest as manifests
from loaders.faults import BundleError, Fault, shown
from loaders.manifest import ReadManifest
from loaders.mapping.sheets import cell_text
from loaders.raw import Misshapen, RawTable, Reading
from loaders.sources import Member, broken_archive, check_archive

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

BUNDLE: Final = "bundle"
UNREAD: Final = "dictionary"
"""The sheet that the template explains itself in; sheets whose name begins with _ are notes."""
MOST_COLUMNS: Final = 1_000
_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]+):([A-Z0-9]+)"')
_OPENED_BY: Final = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError,
    OSError, EOFError,
)  # fmt: skip
"""What openpyxl answers to a damaged workbook: whatever its parser stumbled over."""


@dataclass(slots=True)
class _Row:
    """One row of a sheet: its number, its cells as text, and what no cell may be."""

    number: int
    cells: list[str]
    numeric: list[int] = field(default_factory=list[int])
    computed: list[int] = field(default_factory=list[int])
    days: dict[int, dt.date] = field(default_factory=dict[int, dt.date])


def read_workbook(member: Member) -> tuple[ReadManifest, Reading]:
    """Read the manifest and the tables of a workbook.

    Raises `BundleError` for a file that is no workbook or breaks off.
    """
    if member.size == 0:
        raise BundleError([Fault(member.name, "", None, None, "an empty file", "a workbook")])
    check_archive(member.name, member.open, member.size)
    reading = Reading(files={member.name: member.sha256()})
    try:
        with member.open() as file:
            return _read(member, file, reading)
    except _OPENED_BY as error:
        raise BundleError([broken_archive(member.name)]) from error


def _read(member: Member, file: IO[bytes], reading: Reading) -> tuple[ReadManifest, Reading]:
    import openpyxl

    merged = _merged(file)
    book = openpyxl.load_workbook(file, read_only=True, data_only=False)
    try:
        names = [name for name in book.sheetnames if name != UNREAD and not name.startswith("_")]
        if BUNDLE in names:
            read = _manifest(member.name, list(_rows(book, BUNDLE)))
        else:
            expected = "a sheet bundle of key and value"
            hint = "A workbook of your own is read with --mapping FILE."
            read = manifests.missing_manifest(member.name, expected, hint)
        for name in names:
            if name != BUNDLE:
                _read_table(member.name, book, name, reading)
            reading.faults += _merge_faults(member.name, name, merged.get(name, []), reading)
    finally:
        book.close()
    return read, reading


def _rows(book: "Workbook", name: str) -> Iterator[_Row]:
    sheet = book[name]
    # The stored dimension of a sheet may be wrong, and would then cut rows off.
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # of read-only sheets
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = _Row(number, [cell_text(cell.value) for cell in cells])
        for place, cell in enumerate(cells):
            value = cell.value
            if cell.data_type in ("f", "e"):
                row.computed.append(place)
            elif isinstance(value, dt.datetime):
                row.days[place] = value.date()
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                row.numeric.append(place)
        while row.cells and not row.cells[-1].strip():
            row.cells.pop()
        if row.cells:
            yield row


def _manifest(file: str, rows: list[_Row]) -> ReadManifest:
    said: dict[str, object] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        key, value = (*(cell.strip() for cell in row.cells), "")[:2]
        if key and (key, value) != ("key", "value"):
            said[key] = row.days.get(1, value)
            numbers[key] = row.number
    return manifests.read_manifest({k: v for k, v in said.items() if v}, file, numbers)


def _read_table(file: str, book: "Workbook", name: str, reading: Reading) -> None:
    rows = _rows(book, name)
    header = next(rows, None)
    if header is None:
        return  # a sheet of the template that nobody filled in
    if len(header.cells) > MOST_COLUMNS:
        found = f"{len(header.cells):,} columns"
        expected = f"at most {MOST_COLUMNS:,} columns"
        reading.faults.append(Fault(file, shown(name), header.number, None, found, expected))
        reading.broken.add(name)
        return
    reading.tables.append(_table(file, name, header, rows))


def _table(file: str, name: str, header: _Row, rows: Iterator[_Row]) -> RawTable:
    names = tuple(cell.strip() for cell in header.cells)
    columns: list[list[str]] = [[] for _ in names]
    seen: dict[str, str] = {}
    numbers: list[int] = []
    numeric: list[tuple[int, int]] = []
    misshapen: list[Misshapen] = []
    for row in rows:
        if faults := tuple(_row_faults(file, name, names, row)):
            misshapen.append(Misshapen(row.number, tuple(row.cells), faults))
            continue
        row.cells += [""] * (len(names) - len(row.cells))
        for column, cell in zip(columns, row.cells, strict=True):
            column.append(seen.setdefault(cell, cell))
        numeric += [(len(numbers), place) for place in row.numeric]
        numbers.append(row.number)
    return RawTable(
        file, name, names, columns, numbers, header.number, misshapen, frozenset(numeric)
    )


def _row_faults(file: str, table: str, names: tuple[str, ...], row: _Row) -> Iterator[Fault]:
    for place in row.computed:
        found = shown(row.cells[place]) if place < len(row.cells) else ""
        column = names[place] if place < len(names) else None
        hint = "Paste the value in place of the formula."
        yield Fault(file, table, row.number, column, found, "a plain value, not a formula", hint)
    if len(row.cells) > len(names):
        found = f"{len(row.cells)} cells"
        yield Fault(file, table, row.number, None, found, f"{len(names)} cells, as the header has")


def _merge_faults(
    file: str, sheet: str, merged: list[tuple[int, int, str]], reading: Reading
) -> Iterator[Fault]:
    """Blame merged cells: only the first of them holds the value that all seem to have."""
    header = next((raw.header for raw in reading.tables if raw.table == sheet), ())
    if merged:
        reading.broken.add(sheet)
    for row, place, span in merged:
        column = header[place] if place < len(header) else None
        hint = "Undo the merge and fill in each cell."
        found = f"merged cells {span}"
        yield Fault(file, shown(sheet), row, column, found, "a plain value in each cell", hint)


# -- merged cells, which openpyxl does not tell of sheets that it streams


def _merged(file: IO[bytes]) -> dict[str, list[tuple[int, int, str]]]:
    """Return row, place of the column and span of the merged cells of each sheet."""
    with zipfile.ZipFile(file) as archive:
        return {
            name: [
                (int(row), _place(column.decode()), f"{(column + row).decode()}:{end.decode()}")
                for column, row, end in _MERGE.findall(archive.read(part))
            ]
            for name, part in _parts(archive).items()
            if part in archive.namelist()
        }


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive that holds each sheet, by the sheet's name."""
    relations = {
        relation.get("Id"): (relation.get("Target") or "")
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    parts: dict[str, str] = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            ids = [value for key, value in sheet.attrib.items() if key.endswith("}id")]
            target = relations.get(ids[0], "") if ids else ""
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            parts[sheet.get("name", "")] = path
    return parts


def _place(letters: str) -> int:
    """Return the place of a column by its letters, counted from 0.

    >>> _place("A"), _place("AB")
    (0, 27)
    """
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1

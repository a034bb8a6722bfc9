"""The agency's own sheets back, each faulty cell coloured and commented with the letter."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from loaders.faults import BundleError, Fault
from loaders.mapping.sheets import (
    JSONS,
    LONGEST_CELL,
    WORKBOOKS,
    Books,
    csv_rows,
    json_rows,
    sheet_rows,
)
from loaders.sources import Member, Source, open_source
from loaders.workbook_bytes import workbook_bytes

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FAULTS: Final = "faults"
COLUMNS: Final = ("file", "table", "row", "column", "found", "expected", "hint")
_RED, _PALE = "F4B183", "FBE5D6"
_TEXT: Final = "@"
_LONGEST_COMMENT: Final = 2_000
_HEADER_WITHIN: Final = 60
"""A header row is looked for in so many rows."""
_NOT_IN_TITLE: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
# What XML 1.0 cannot hold; openpyxl refuses the first kind and writes a broken file for the rest.
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class _Table:
    """One sheet to give back: rows by the number that faults name, `shift` rows further down."""

    file: str
    name: str
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    shift: int = 0


def annotated_workbook(
    path: Path, faults: Iterable[Fault], *, mapping: Path | None = None
) -> bytes:
    """Return a workbook for the sending agency: its sheets with the faults marked, and their list.

    `path` is whatever `read_bundle` reads, `faults` what it found. Every cell is written as text,
    never as a formula, at the row the letters name, so that a spreadsheet program computes and
    fetches nothing. The same input gives the same bytes. A file that cannot be read at all has
    no sheet; its fault stands in the list.
    """
    from openpyxl import Workbook

    letters = sorted(faults, key=lambda fault: fault.letter)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _write_faults(workbook.create_sheet(FAULTS), letters)
    for table in _tables(path, mapping):
        mine = [fault for fault in letters if _is_in(fault, table)]
        _write_table(workbook, table, mine)
    return workbook_bytes(workbook)


# What the path holds


def _tables(path: Path, mapping: Path | None) -> Iterator[_Table]:
    try:
        source = open_source(path)
    except BundleError:
        return  # the letters say why there is nothing to show
    encoding = _declared_encoding(source, mapping)
    books = Books()
    for member in source.members:
        try:
            yield from _tables_of(member, encoding, books)
        except BundleError:
            continue  # as above: this file alone


def _tables_of(member: Member, encoding: str, books: Books) -> list[_Table]:
    name = member.name.lower()
    if member.size == 0:
        return []
    if name.endswith(WORKBOOKS):
        values, _ = books.open(member)
        return [
            _Table(member.name, sheet.title, dict(sheet_rows(sheet))) for sheet in values.worksheets
        ]
    if name.endswith(JSONS):
        return [_Table(member.name, "", dict(json_rows(member, encoding)), shift=1)]
    if name.endswith(".csv"):
        return [_Table(member.name, "", dict(csv_rows(member, encoding)))]
    return []


def _declared_encoding(source: Source, mapping: Path | None) -> str:
    content = mapping.read_bytes() if mapping is not None and mapping.is_file() else b""
    for name in ("bundle.toml", "mapping.toml"):
        member = source.member(name)
        if member is not None and not content:
            content = member.read()
    try:
        reading = tomllib.loads(content.decode("utf-8-sig")).get("reading", {})
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    encoding = reading.get("encoding", "") if isinstance(reading, dict) else ""
    return encoding if isinstance(encoding, str) else ""


def _is_in(fault: Fault, table: _Table) -> bool:
    if fault.file != table.file or fault.row is None:
        return False
    return not table.name or fault.table == table.name


# What is written


def _write_table(workbook: "Workbook", table: _Table, faults: Sequence[Fault]) -> None:
    sheet = workbook.create_sheet(_title(table, workbook.sheetnames))
    widths: Counter[int] = Counter()
    for number, cells in sorted(table.rows.items()):
        for place, text in enumerate(cells, start=1):
            if text:
                _write(sheet, number + table.shift, place, text)
                widths[place] = max(widths[place], min(len(text), 40))
    _widen(sheet, widths)
    header = _header(table, faults)
    by_cell: dict[tuple[int, int], list[Fault]] = defaultdict(list)
    for fault in faults:
        for place in _places(fault, header, table):
            by_cell[(fault.row or 0) + table.shift, place].append(fault)
    for (row, place), found in sorted(by_cell.items()):
        _mark(sheet, row, place, found)


def _title(table: _Table, taken: Sequence[str]) -> str:
    """Return a name that a sheet may have and no other has: at most 31 characters, case aside."""
    base = table.name or table.file.rsplit(".", 1)[0]
    base = _NOT_IN_TITLE.sub("_", _inert(base)).strip("'") or "sheet"
    known = {name.casefold() for name in taken}
    title, number = base[:31], 1
    while title.casefold() in known:
        number += 1
        title = f"{base[: 30 - len(str(number))]}~{number}"
    return title


def _header(table: _Table, faults: Sequence[Fault]) -> dict[str, int]:
    """Return where each heading stands, from the row that most headings of the faults stand in."""
    asked = {name for fault in faults for name in _names(fault)}
    rows = [number for number in sorted(table.rows)[:_HEADER_WITHIN]]
    folded = {number: [" ".join(text.split()) for text in table.rows[number]] for number in rows}
    best = max(rows, key=lambda number: len(asked & set(folded[number])), default=None)
    if best is None:
        return {}
    return {text: place for place, text in reversed(list(enumerate(folded[best], start=1))) if text}


def _names(fault: Fault) -> list[str]:
    """Return the headings a fault names: one, or several that a mapping made one cell of."""
    column = fault.column or ""
    return [column, *column.split(", ")] if ", " in column else [column]


def _places(fault: Fault, header: dict[str, int], table: _Table) -> list[int]:
    """Return the places of the cells that a fault is about; its whole row where it names none."""
    found = [header[name] for name in _names(fault) if name in header]
    letter = re.fullmatch(r"@([A-Z]{1,3})", fault.column or "")
    if letter:
        from openpyxl.utils import column_index_from_string

        return [column_index_from_string(letter[1])]
    if found or fault.row is None:
        return sorted(set(found))
    return list(range(1, max(len(table.rows.get(fault.row, ())), 1) + 1))


def _mark(sheet: "Worksheet", row: int, place: int, faults: Sequence[Fault]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet.cell(row, place)
    names_column = any(fault.column for fault in faults)
    cell.fill = PatternFill("solid", start_color=_RED if names_column else _PALE)
    if not names_column and place > 1:
        return
    letters = "\n".join(_inert(fault.letter) for fault in faults)
    cell.comment = Comment(letters[:_LONGEST_COMMENT], "Corridor", width=420, height=140)


def _write_faults(sheet: "Worksheet", faults: Sequence[Fault]) -> None:
    from openpyxl.styles import Font

    for place, name in enumerate(COLUMNS, start=1):
        _write(sheet, 1, place, name)
        sheet.cell(1, place).font = Font(bold=True)
    for row, fault in enumerate(faults, start=2):
        for place, name in enumerate(COLUMNS, start=1):
            value = getattr(fault, name)
            _write(sheet, row, place, "" if value is None else str(value))
    if not faults:
        _write(sheet, 2, 1, "no faults")
    _widen(sheet, Counter({1: 24, 2: 18, 3: 8, 4: 24, 5: 40, 6: 60, 7: 40}))
    sheet.freeze_panes = "A2"


def _write(sheet: "Worksheet", row: int, place: int, text: str) -> None:
    if text:
        cell = sheet.cell(row, place, _inert(text)[:LONGEST_CELL])
        # Text whatever it begins with, and the cell stays text when somebody edits it.
        cell.data_type = "s"
        cell.number_format = _TEXT


def _widen(sheet: "Worksheet", widths: Counter[int]) -> None:
    from openpyxl.utils import get_column_letter

    for place, width in sorted(widths.items()):
        sheet.column_dimensions[get_column_letter(place)].width = max(width + 2, 8)


def _inert(text: str) -> str:
    """Return a text without what a workbook cannot hold, each such character as its escape.

    >>> _inert("a" + chr(7) + "b")
    'a\\\\x07b'
    """
    return _NOT_IN_XML.sub(lambda found: found[0].encode("unicode_escape").decode(), text)

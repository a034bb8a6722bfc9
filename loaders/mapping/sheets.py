"""One sheet of an agency's own file as text, with what a spreadsheet hides: formulas and merges."""

import codecs
import csv
import datetime as dt
import functools
import io
import itertools
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from loaders.faults import BundleError, Fault, shown
from loaders.raw import Origin
from loaders.sources import Member, broken_archive, check_archive

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_CELL: Final = 32_767
"""What a workbook's cell can hold, and what is read of a CSV's."""
MOST_MERGED: Final = 500_000
_MERGE: Final = re.compile(
    rb"mergeCell\s[^<>]{0,200}?ref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"
)
WIDEST: Final = 1_000
"""So many columns are read of a sheet; a wider one is no table of records."""
_NO_ROW: Final = 0
"""Where the keys of a JSON file stand as its header: on no line of it."""
WORKBOOKS: Final = (".xlsx", ".xlsm")
JSONS: Final = (".json", ".jsonl", ".ndjson")


class Span(NamedTuple):
    """A merged range: row numbers and places of columns, both ends included."""

    first_row: int
    last_row: int
    first_place: int
    last_place: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet below its header row, as text; empty rows are left out.

    `header` gives each column a name that only it has: its heading, or `@C` (its letter) where
    the heading is blank or stands twice. `numbers` are the row numbers in the file, beside
    `rows`. Places are (row number, place of the column): `numeric` for cells the workbook holds
    as a number, `dated` as a date, `formulas` with a stored value, `valueless` formulas without
    one. `merged` are the merged ranges. `faults` are of the sheet's own shape.
    """

    file: str
    name: str
    header: tuple[str, ...]
    headings: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    header_row: int = 1
    numeric: frozenset[tuple[int, int]] = frozenset()
    dated: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[Span, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    valueless: frozenset[tuple[int, int]] = frozenset()
    faults: tuple[Fault, ...] = ()

    @property
    def label(self) -> str:
        """Return the sheet's name in messages and counts: the file, and the sheet inside it."""
        return Origin(self.file, self.name, 0, {}).label


@dataclass(slots=True)
class _Grid:
    """The cells of a whole sheet as they come, before a header is chosen."""

    rows: list[tuple[int, tuple[str, ...]]] = field(
        default_factory=list[tuple[int, tuple[str, ...]]]
    )
    numeric: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    dated: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    merged: list[Span] = field(default_factory=list[Span])
    formulas: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    valueless: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])


def read_sheet(
    member: Member,
    sheet: str = "",
    *,
    header_row: int = 1,
    encoding: str = "",
    books: "Books | None" = None,
) -> Sheet:
    """Return one sheet of a workbook, or a CSV or JSON file as a sheet without a name.

    Raises ``BundleError`` for a file that cannot be read at all: half-written, of another
    encoding, without such a sheet, or empty at the header row.
    """
    kind = member.name.lower()
    if member.size == 0:
        raise _unreadable(member, "an empty file", "the whole file")
    if kind.endswith(WORKBOOKS):
        name, grid = _read_workbook(member, sheet, books or Books())
    elif kind.endswith((".xls", ".ods")):
        raise _unreadable(member, "an old or foreign workbook", ".xlsx, .csv or .json")
    else:
        is_json = kind.endswith(JSONS)
        header_row = _NO_ROW if is_json else header_row
        read = json_rows if is_json else csv_rows
        name, grid = "", _Grid(list(read(member, encoding)))
    return _below_header(member, name, grid, header_row)


def sheet_names(member: Member, books: "Books | None" = None) -> tuple[str, ...]:
    """Return the names of a workbook's sheets; ("",) for a file that is one sheet."""
    if not member.name.lower().endswith(WORKBOOKS):
        return ("",)
    return tuple(one.title for one in (books or Books()).open(member)[0].worksheets)


def _unreadable(member: Member, found: str, expected: str, hint: str = "") -> BundleError:
    return BundleError([Fault(shown(member.name), "", None, None, found, expected, hint)])


# Workbooks


class Books:
    """The workbooks of one reading, each opened once, however many of its sheets are read.

    Its archive is judged before it is opened, and every trouble becomes a letter.
    """

    def __init__(self) -> None:
        self._opened: dict[str, tuple[Workbook, Workbook]] = {}

    def open(self, member: Member) -> tuple["Workbook", "Workbook"]:
        """Return a workbook with the values stored in it, and the same with its formulas."""
        if member.name not in self._opened:
            check_archive(member.name, member.open, member.size)
            content = member.read()
            _check_merges(member, content)
            self._opened[member.name] = (
                _loaded_book(member, content, values=True),
                _loaded_book(member, content, values=False),
            )
        return self._opened[member.name]


def _check_merges(member: Member, content: bytes) -> None:
    """Refuse a workbook whose merged ranges are vast: openpyxl makes every cell of each range."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            cells = sum(_merged_cells(archive.read(name)) for name in sheets)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BundleError([broken_archive(member.name)]) from error
    if cells > MOST_MERGED:
        found = f"{cells:,} merged cells"
        raise _unreadable(member, found, f"at most {MOST_MERGED:,}", "Unmerge whole columns.")


def _merged_cells(content: bytes) -> int:
    return sum(
        (abs(_place(right) - _place(left)) + 1) * (abs(int(bottom) - int(top)) + 1)
        for left, top, right, bottom in _MERGE.findall(content)
    )


def _place(letters: bytes) -> int:
    return functools.reduce(lambda place, letter: place * 26 + letter - 64, letters, 0)


def _loaded_book(member: Member, content: bytes, *, values: bool) -> "Workbook":
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    except (
        zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError,
        SyntaxError, OSError,
    ) as error:  # fmt: skip
        # openpyxl answers a damaged part with whatever the parser stumbled over; XML's
        # ParseError is a SyntaxError.
        raise BundleError([broken_archive(member.name)]) from error


def _read_workbook(member: Member, sheet: str, books: Books) -> tuple[str, _Grid]:
    values, formulas = books.open(member)
    name = _chosen(member, sheet, [one.title for one in values.worksheets])
    grid = _grid(values[name])
    _note_formulas(grid, formulas[name])
    return name, grid


def _chosen(member: Member, sheet: str, names: list[str]) -> str:
    if sheet in names:
        return sheet
    if not sheet and len(names) == 1:
        return names[0]
    listed = ", ".join(shown(name) for name in names)
    found = f"no sheet {shown(sheet)!r}" if sheet else "several sheets and none chosen"
    raise _unreadable(member, found, f"sheet = one of: {listed}")


def _grid(sheet: "Worksheet") -> _Grid:
    grid = _Grid()
    for number, cells in _rows_of(sheet):
        texts = [""] * (max(cells) + 1)
        for place, cell in cells.items():
            texts[place] = cell_text(cell.value)
            if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
                grid.numeric.add((number, place))
            elif isinstance(cell.value, (dt.date, dt.time)):
                grid.dated.add((number, place))
        grid.rows.append((number, tuple(texts)))
    grid.merged = [
        Span(span.min_row, span.max_row, span.min_col - 1, span.max_col - 1)
        for span in sheet.merged_cells.ranges
    ]
    return grid


def _rows_of(sheet: "Worksheet") -> Iterator[tuple[int, dict[int, Any]]]:
    """Yield the cells that a sheet really has, by row and place.

    openpyxl's own iteration makes every cell up to the last one, and a single stray cell in the
    last corner of a sheet is 17 thousand million of them.
    """
    cells: dict[tuple[int, int], Any] = sheet._cells  # pyright: ignore[reportPrivateUsage]
    for number, keys in itertools.groupby(sorted(cells), key=lambda key: key[0]):
        row = {column - 1: cells[number, column] for _, column in keys if column <= WIDEST}
        if row:
            yield number, row


def sheet_rows(sheet: "Worksheet") -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a workbook's sheet as text, each with its number."""
    yield from _grid(sheet).rows


def _note_formulas(grid: _Grid, sheet: "Worksheet") -> None:
    stored = dict(grid.rows)
    for number, cells in _rows_of(sheet):
        for place, cell in cells.items():
            if cell.data_type == "f":
                kept = stored.get(number, ())[place : place + 1]
                (grid.formulas if any(kept) else grid.valueless).add((number, place))


def cell_text(value: object) -> str:
    """Return what a workbook's cell holds as text: dates in ISO form, whole numbers without .0.

    >>> cell_text(2026.0), cell_text(dt.datetime(2026, 3, 12)), cell_text(None), cell_text(True)
    ('2026', '2026-03-12', '', 'TRUE')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time(0)
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


# CSV and JSON


def decoded(member: Member, encoding: str = "") -> str:
    """Return a text file's text; UTF-8 with or without BOM, UTF-16 with one, or as declared.

    Raises ``BundleError`` where the bytes are of another encoding.
    """
    content = member.read()
    name = encoding or _by_mark(content)
    try:
        text = content.decode(name)
    except LookupError as error:
        expected = "encoding = utf-8, utf-16, cp874 or cp1258"
        raise _unreadable(member, f"encoding {shown(name)!r}", expected) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"bytes on line {line} that are not {name}"
        hint = 'Declare it under [reading]: encoding = "cp874" (Thai), "cp1258" (Vietnamese).'
        raise _unreadable(member, found, "UTF-8, or a declared encoding", hint) from error
    return text.removeprefix("\ufeff")


def _by_mark(content: bytes) -> str:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-16" if is_wide else "utf-8"


def csv_rows(member: Member, encoding: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a CSV file, each with the line it begins on."""
    text = decoded(member, encoding)
    if "\0" in text:
        raise _unreadable(member, "null characters", "a text file", "A workbook renamed to .csv?")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begin = 1
    try:
        for cells in reader:
            yield begin, tuple(cells)
            begin = reader.line_num + 1
    except csv.Error as error:
        fault = Fault(
            shown(member.name), "", begin, None, str(error),
            f"a closed quotation mark, and cells of at most {csv.field_size_limit():,} characters",
            "A quotation mark inside a text is written twice.",
        )  # fmt: skip
        raise BundleError([fault]) from error


def json_rows(member: Member, encoding: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Read a list of flat objects, or one a line, as a sheet whose header is all their keys."""
    objects = list(json_objects(member, encoding))
    keys = tuple(dict.fromkeys(key for _, thing in objects for key in thing))
    yield _NO_ROW, keys
    for number, thing in objects:
        yield number, tuple(_json_text(thing.get(key)) for key in keys)


def json_objects(member: Member, encoding: str = "") -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the objects of a JSON list or of JSON Lines, each with its place or line.

    Raises ``BundleError`` for what is no JSON, and for anything but objects.
    """
    text = decoded(member, encoding)
    if text.lstrip().startswith("["):
        items: Iterable[tuple[int, object]] = enumerate(_loaded(member, text, None), start=1)
    else:
        lines = enumerate(text.split("\n"), start=1)
        items = ((n, _loaded(member, line, n)) for n, line in lines if line.strip())
    for number, item in items:
        if not isinstance(item, dict):
            fault = Fault(shown(member.name), "", number, None, shown(repr(item)), "an object, {…}")
            raise BundleError([fault])
        yield number, item


def _loaded(member: Member, text: str, line: int | None) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        found = f"text that is not JSON ({type(error).__name__})"
        fault = Fault(
            shown(member.name), "", line, None, found, "the whole file, as JSON",
            "Was the copy interrupted?",
        )  # fmt: skip
        raise BundleError([fault]) from error


def _json_text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(_json_text(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else cell_text(value)


# Below the header


def _below_header(member: Member, name: str, grid: _Grid, header_row: int) -> Sheet:
    headings = next((cells for number, cells in grid.rows if number == header_row), ())
    headings = _trimmed(tuple(" ".join(text.split()) for text in headings))
    if not any(headings):
        fault = Fault(
            shown(member.name), name, header_row, None, "an empty header row",
            "the names of the columns", "Is header_row the row where they stand?",
        )  # fmt: skip
        raise BundleError([fault])
    below = [(n, cells) for n, cells in grid.rows if n > header_row and any(map(str.strip, cells))]
    width = max([len(headings), *(len(_trimmed(cells)) for _, cells in below)], default=0)
    header = _names(headings + ("",) * (width - len(headings)))
    faults = [] if name else list(_uneven(member.name, below, len(headings)))
    return Sheet(
        file=member.name, name=name, header=header, header_row=header_row,
        headings=headings + ("",) * (width - len(headings)),
        numbers=tuple(number for number, _ in below),
        rows=tuple(_padded(cells, width) for _, cells in below),
        numeric=frozenset(grid.numeric), dated=frozenset(grid.dated),
        merged=tuple(sorted(grid.merged)),
        formulas=frozenset(grid.formulas), valueless=frozenset(grid.valueless),
        faults=tuple(faults),
    )  # fmt: skip


def _uneven(file: str, rows: list[tuple[int, tuple[str, ...]]], width: int) -> Iterator[Fault]:
    for number, cells in rows:
        if len(cells) < width or len(_trimmed(cells)) > width:
            yield Fault(
                shown(file), "", number, None, f"{len(cells)} cells", f"{width} cells",
                "An unquoted comma, or a line break inside a cell?",
            )  # fmt: skip


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells[:width] + ("",) * (width - len(cells))


def _names(headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        text if text and headings.count(text) == 1 else f"@{column_letter(place)}"
        for place, text in enumerate(headings)
    )


def column_letter(place: int) -> str:
    """Return the letter of a sheet's column, counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

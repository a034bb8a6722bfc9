"""CSV files as RFC 4180 means them, decoded as declared, read as text and by column."""

import codecs
import csv
import io
from array import array
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final

from loaders.faults import Fault, shown
from loaders.raw import Misshapen, RawTable
from loaders.sources import DAMAGED, Member, broken_archive

BLOCK: Final = 20_000
"""Rows read at a time."""
LONGEST_READ: Final = 1 << 24
"""A cell longer than this many characters ends the reading: a quotation mark was not closed."""
MOST_COLUMNS: Final = 1_000
_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_Numbered = tuple[int, list[str]]


class Unreadable(Exception):
    """A file that cannot be read to its end; carries the fault, and is caught in this room."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.letter)


def encoding_of(start: bytes, declared: str) -> str:
    r"""Return the encoding of a file: its byte order mark wins over what was declared.

    >>> encoding_of(b"\xff\xfea\x00", "utf-8"), encoding_of(b"a", "cp874")
    ('utf-16', 'cp874')
    """
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    return declared or "utf-8"


def read_csv(
    member: Member, table: str, *, encoding: str = "utf-8", delimiter: str = ","
) -> RawTable:
    """Read one CSV file whose first filled row is its header.

    Rows of empty cells only are passed over; rows with another number of cells than the header
    come back as misshapen. Raises `Unreadable` for a file that is empty, in another encoding,
    or broken off inside a quotation.
    """
    reading = _CsvReading(member, table, delimiter)
    try:
        with member.open() as file:
            encoding = encoding_of(file.read(4), encoding)
        with _roomy_cells(), member.open() as file:
            # `text` decodes as it goes: a file of a million rows is never in memory as a whole.
            text = io.TextIOWrapper(file, encoding, newline="")
            return reading.read(csv.reader(text, strict=True, delimiter=delimiter))
    except UnicodeError:
        raise Unreadable(reading.wrong_encoding(encoding)) from None
    except csv.Error as error:
        raise Unreadable(reading.broken_row(error)) from error
    except DAMAGED as error:
        raise Unreadable(broken_archive(member.name)) from error


def decoded_lines(member: Member, table: str, *, encoding: str = "") -> Iterator[tuple[int, str]]:
    """Return the lines of a text file with their numbers; raises `Unreadable`, see `read_csv`."""
    reading = _CsvReading(member, table, ",")
    if member.size == 0:
        raise Unreadable(reading.fault(None, "an empty file", "a first line and rows"))
    try:
        with member.open() as file:
            encoding = encoding_of(file.read(4), encoding)
        with member.open() as file, io.TextIOWrapper(file, encoding) as text:
            yield from enumerate(text, 1)
    except UnicodeError:
        raise Unreadable(reading.wrong_encoding(encoding)) from None
    except DAMAGED as error:
        raise Unreadable(broken_archive(member.name)) from error


@contextmanager
def _roomy_cells() -> Generator[None]:
    """Let the csv module read long cells, which are then a fault with a place, not a crash."""
    former = csv.field_size_limit(LONGEST_READ)
    try:
        yield
    finally:
        csv.field_size_limit(former)


class _CsvReading:
    """One file as far as it has been read; `row` is where the row now read begins."""

    def __init__(self, member: Member, table: str, delimiter: str) -> None:
        self.member = member
        self.table = table
        self.delimiter = delimiter
        self.row = 1

    def fault(self, row: int | None, found: str, expected: str, hint: str = "") -> Fault:
        return Fault(self.member.name, self.table, row, None, found, expected, hint)

    def read(self, lines: "csv._reader") -> RawTable:  # type: ignore[name-defined]  # private
        numbered = self._numbered(lines)
        header_row, header = self._header(numbered)
        columns = [_Column() for _ in header]
        rows = array("q")
        misshapen: list[Misshapen] = []
        while block := list(islice(numbered, BLOCK)):
            whole = [row for row in block if len(row[1]) == len(header) and any(row[1])]
            if len(whole) < len(block):
                misshapen += self._misshapen(block, header)
            rows.extend(number for number, _ in whole)
            if whole:
                by_column = zip(*(row[1] for row in whole), strict=True)
                for column, cells in zip(columns, by_column, strict=True):
                    column.extend(cells)
        cells = [column.cells for column in columns]
        return RawTable(
            self.member.name, self.table, header, cells, rows, header_row, tuple(misshapen)
        )

    def _numbered(self, lines: "csv._reader") -> Iterator[_Numbered]:  # type: ignore[name-defined]  # private
        """Give each row the line it begins on: a quoted cell may run over several lines."""
        for cells in lines:
            yield self.row, cells
            self.row = lines.line_num + 1

    def _header(self, numbered: Iterator[_Numbered]) -> tuple[int, tuple[str, ...]]:
        filled = (row for row in numbered if any(cell.strip() for cell in row[1]))
        number, cells = next(filled, (0, None))
        if cells is None:
            raise Unreadable(self.fault(None, "an empty file", "a header and rows"))
        if len(cells) > MOST_COLUMNS:
            found = f"{len(cells):,} columns"
            raise Unreadable(self.fault(number, found, f"at most {MOST_COLUMNS:,} columns"))
        for other in (";", "\t", "|"):
            if len(cells) == 1 and other in cells[0] and self.delimiter == ",":
                hint = f"The cells are split by {shown(other)}: save the file as CSV with commas."
                raise Unreadable(self.fault(number, "one column", "columns split by commas", hint))
        return number, tuple(cell.strip() for cell in cells)

    def _misshapen(self, block: list[_Numbered], header: tuple[str, ...]) -> Iterator[Misshapen]:
        for number, cells in block:
            if len(cells) == len(header) or not any(cell.strip() for cell in cells):
                continue
            hint = "A comma or line break that is not inside quotation marks?"
            found = f"{len(cells)} cells"
            fault = self.fault(number, found, f"{len(header)} cells, as the header has", hint)
            yield Misshapen(number, tuple(cells), (fault,))

    def broken_row(self, error: csv.Error) -> Fault:
        hint = "Is a quotation mark not closed, or not doubled inside a cell?"
        return self.fault(self.row, f"a row that ends nowhere ({error})", "CSV (RFC 4180)", hint)

    def wrong_encoding(self, encoding: str) -> Fault:
        """Return the fault of bytes that are not in the encoding, with their line where known."""
        row = None
        with self.member.open() as file:
            for number, line in enumerate(file, 1):
                if row is None and encoding.startswith("utf-8") and not _is_utf8(line):
                    row = number
        hint = "Declare it in bundle.toml: [reading] encoding = utf-16, cp874 or cp1258."
        return self.fault(row, f"bytes that are not {encoding}", f"text in {encoding}", hint)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Column:
    """The cells of one column; equal cells are kept as one text while that saves room."""

    def __init__(self) -> None:
        self.cells: list[str] = []
        self._seen: dict[str, str] | None = {}

    def extend(self, cells: tuple[str, ...]) -> None:
        if self._seen is None:
            self.cells += cells
            return
        self.cells += map(self._seen.setdefault, cells, cells)
        if len(self._seen) * 2 > len(self.cells) and len(self.cells) >= BLOCK:
            self._seen = None

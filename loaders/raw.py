"""A table as it was read, before any cell is judged: text by column, and where each row stood."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from loaders.faults import Fault


class Origin(NamedTuple):
    """Where a row made by a mapping came from: file, sheet, row, and its columns there.

    `columns` gives, for a column of the record, the column of the sheet it was made of; one
    mapping is shared by all rows of a table.
    """

    file: str
    sheet: str
    row: int
    columns: Mapping[str, str]

    @property
    def label(self) -> str:
        """Return the sheet's name in counts: `suspects.xlsx [Suspects]`."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file


class Misshapen(NamedTuple):
    """A row whose cells are not what its header promises; kept verbatim, never a record."""

    row: int
    cells: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of a file: its header and, by column, the cells as text.

    `columns` are as long as `rows`, the row numbers (see `Fault.row`). `header_row` is where the
    header stands; `table` may be a name that the schema does not know. `numeric` holds (place of
    the row, place of the column) of cells that a workbook or JSON held as numbers. `origins`
    stands beside rows that a mapping made, and then tells where a fault is.
    """

    file: str
    table: str
    header: tuple[str, ...]
    columns: Sequence[Sequence[str]]
    rows: Sequence[int]
    header_row: int = 1
    misshapen: Sequence[Misshapen] = ()
    numeric: frozenset[tuple[int, int]] = frozenset()
    origins: Sequence[Origin] | None = None

    def cells(self) -> Iterator[tuple[str, ...]]:
        """Return the rows as tuples, in order."""
        return iter(zip(*self.columns, strict=True))


def table_of_rows(
    file: str,
    table: str,
    header: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    numbers: Sequence[int],
    *,
    origins: Sequence[Origin] | None = None,
) -> RawTable:
    """Build a raw table from rows that all have the cells of the header.

    >>> table = table_of_rows("a.csv", "cases", ("record_id", "status"), [("C-1", "Active")], [2])
    >>> table.columns, list(table.cells())
    ([['C-1'], ['Active']], [('C-1', 'Active')])
    """
    columns: list[list[str]] = [[] for _ in header]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            column.append(cell)
    return RawTable(file, table, header, columns, numbers, origins=origins)


@dataclass(slots=True)
class Reading:
    """What reading a source gave: its tables, what it could not read, what it read with doubts.

    `faults` are of whole files, headers or the manifest: no row can be kept in spite of them.
    `broken` names tables of which some rows could not be read, so that references into them
    are not judged. `files` gives the SHA-256 of each file.
    """

    tables: list[RawTable] = field(default_factory=list[RawTable])
    faults: list[Fault] = field(default_factory=list[Fault])
    warnings: list[str] = field(default_factory=list[str])
    broken: set[str] = field(default_factory=set[str])
    files: dict[str, str] = field(default_factory=dict[str, str])

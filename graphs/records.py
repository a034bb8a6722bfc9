"""A record: one row of a case file, as its originator stated it; and the bundle it came in."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from graphs.schema import TABLES


class Hash(Protocol):
    """What `hashlib` returns, as far as it is used here."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes in."""
        ...

    def hexdigest(self) -> str:
        """Return the sum as hex."""
        ...


# The canonical text of a million records is written by hand, several times as fast as through
# json.dumps: the columns of each table, sorted by name, with their place in the cells.
_quoted: Callable[[str], str] = json.encoder.encode_basestring
_IN_ORDER: Final = {
    table.name: [(table.place[name], f"{_quoted(name)}:") for name in sorted(table.place)]
    for table in TABLES.values()
}
_WITHOUT_AS_OF: Final = {
    name: [(i, key) for i, key in places if key != '"as_of":'] for name, places in _IN_ORDER.items()
}


class Record(NamedTuple):
    """One statement of one source, immutable.

    `cells` stand in the order of the table's columns and are canonical: dates in ISO form,
    references as full ids, lists joined by `;`, defaults filled in, "" = not recorded. Where a
    cell was written otherwise, `verbatim` keeps (column, as written); a reference is not kept
    there, since its full id ends in what was written. `inherited` names the columns that the
    bundle's defaults filled, `batches` the live batches that state the record.

    >>> record = make_record("LK-CIU", "flows", {"record_id": "F-1", "from_country": "LK"})
    >>> record.id, record["from_country"], record["kind"]
    ('LK-CIU:flows:F-1', 'LK', '')
    """

    originator: str
    table: str
    record_id: str
    cells: tuple[str, ...]
    verbatim: tuple[tuple[str, str], ...] = ()
    inherited: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the full id, `originator:table:record_id`."""
        return f"{self.originator}:{self.table}:{self.record_id}"

    def __getitem__(self, column: str) -> str:  # type: ignore[override]
        """Return one cell by its column's name; "" = not recorded."""
        return self.cells[TABLES[self.table].place[column]]

    def list(self, column: str) -> tuple[str, ...]:
        """Return the items of a list cell; () = not recorded.

        >>> make_record("LK-CIU", "persons", {"record_id": "P", "nationalities": "LK;NA"}).list(
        ...     "nationalities")
        ('LK', 'NA')
        """
        cell = self[column]
        return tuple(cell.split(";")) if cell else ()

    def has(self, column: str) -> bool:
        """Say whether the record's table has this column and the cell is filled."""
        place = TABLES[self.table].place.get(column)
        return place is not None and bool(self.cells[place])

    def content(self) -> dict[str, str]:
        """Return the filled cells by column: what the record says, without where it was kept."""
        names = TABLES[self.table].place
        return {name: cell for name, cell in zip(names, self.cells, strict=True) if cell}

    def canonical(self) -> str:
        """Return the record as canonical JSON text.

        An inherited `as_of` is left out: the same row in next month's bundle is the same
        statement, not a new one.
        """
        places = _WITHOUT_AS_OF if "as_of" in self.inherited else _IN_ORDER
        cells = self.cells
        said = ",".join([key + _quoted(cells[i]) for i, key in places[self.table] if cells[i]])
        written = "[]"
        if self.verbatim:
            written = json.dumps(self.verbatim, ensure_ascii=False, separators=(",", ":"))
        return f'{{"id":{_quoted(self.id)},"said":{{{said}}},"written":{written}}}'

    @property
    def hash(self) -> str:
        """Return the SHA-256 of the canonical text, as hex."""
        return hashlib.sha256(self.canonical().encode("utf-8", "surrogatepass")).hexdigest()


def make_record(originator: str, table: str, said: dict[str, str]) -> Record:
    """Build a record from its filled cells; KeyError for a column the table does not have.

    >>> make_record("LK-CIU", "cases", {"record_id": "C-1"}).content()
    {'record_id': 'C-1'}
    """
    place = TABLES[table].place
    cells = [""] * len(place)
    for name, cell in said.items():
        cells[place[name]] = cell
    return Record(originator, table, said["record_id"], tuple(cells))


@dataclass(frozen=True, slots=True)
class FileCount:
    """What one file of a bundle held: rows read, records made of them, rows left out.

    `read` = rows accepted + `duplicates` + `rejected`; `records` is how many distinct records
    those rows made (more or fewer than rows where a mapping file made them).
    """

    file: str
    sha256: str
    read: int
    accepted: int
    duplicates: int
    rejected: int
    records: int


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was left out, kept verbatim with the faults that kept it out."""

    file: str
    row: int
    cells: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who sent a bundle, when, and under which schema; `facts` holds its other settings."""

    originator: str
    country: str
    title: str
    as_of: str
    schema_version: str
    defaults: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """A checked case bundle: its manifest and its records, sorted by id, each once.

    `file_of` gives, for each record in the same order, the place in `files` of the first file
    that stated it, so that a store can count accepted, duplicate and revised rows by file.
    """

    manifest: Manifest
    records: tuple[Record, ...]
    files: tuple[FileCount, ...]
    file_of: tuple[int, ...]
    warnings: tuple[str, ...] = ()
    rejects: tuple[Reject, ...] = ()


def input_hash(manifest: Manifest, records: Iterable[Record]) -> str:
    """Return the SHA-256 over originator, as-of day and the sorted canonical records.

    It depends on what a bundle says alone: not on files, rows, order or the sender's disk.
    """
    digest = start_hash(manifest)
    for line in sorted(record.canonical() for record in records):
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def start_hash(manifest: Manifest) -> "Hash":
    """Return the beginning of `input_hash`, for a caller that walks the sorted records anyway.

    Records with distinct ids stand in the same order by id as by canonical text, which begins
    with the id: every letter of an id sorts after the quote that ends it.
    """
    return hashlib.sha256(f"{manifest.originator}\n{manifest.as_of}\n".encode())


def batch_id(bundle: Bundle) -> str:
    """Return the name of the batch that a bundle becomes: the same bundle, the same name."""
    return batch_name(bundle.manifest, input_hash(bundle.manifest, bundle.records))


def batch_name(manifest: Manifest, hashed: str) -> str:
    """Return the name of the batch with this manifest and input hash.

    >>> batch_name(Manifest("LK-CIU", "LK", "", "2026-03-31", "1.0"), "0123456789abcdef")
    'LK-CIU.2026-03-31.0123456789ab'
    """
    return f"{manifest.originator}.{manifest.as_of}.{hashed[:12]}"

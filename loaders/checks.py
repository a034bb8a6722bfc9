"""A bundle judged as a whole: every rule, every fault at once, then records or nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from typing import NamedTuple

from graphs.records import Bundle, FileCount, Manifest, Reject
from graphs.schema import TABLES
from graphs.sharing.markings import STRICTEST_KNOWN
from loaders.cells import Problem, meant, nearest
from loaders.columns import Checked, check_columns, fault_at, header_faults
from loaders.counting import count_and_sort
from loaders.faults import BundleError, Fault, shown
from loaders.manifest import reading_of
from loaders.raw import RawTable, Reading
from loaders.references import Index
from loaders.rules import check_rows, check_same_ids, check_supersedes, listed, warnings_of


def check_bundle(
    manifest: Manifest,
    reading: Reading,
    *,
    accept_partial: bool = False,
    base_counts: Sequence[FileCount] | None = None,
) -> Bundle:
    """Return the records of a bundle, or raise `BundleError` with every fault of it.

    `reading` holds the tables as read and what could not be read. With `accept_partial`, rows
    with faults are left out as rejects, and so are rows that refer to them; faults of files,
    headers and the manifest still refuse the whole. `base_counts` gives, where a mapping made
    the rows, the count of rows read per sheet (`Origin.label`); their other numbers are ignored.
    """
    judged = judge_bundle(manifest, reading)
    refused = judged.faults if accept_partial else [*judged.faults, *judged.row_faults()]
    if refused:
        # With a fault that refuses all, the agency is told of the faulty rows at once, too.
        raise BundleError({*refused, *judged.row_faults()})
    _reject_followers(manifest.originator, judged.tables)
    rejects = tuple(sorted(_rejects(judged.tables), key=astuple))
    warnings = sorted({*reading.warnings, *judged.notes, *warnings_of(judged.tables)})
    counted = count_and_sort(manifest.originator, judged.tables, reading.files, base_counts)
    return Bundle(
        manifest=manifest,
        records=counted.records,
        files=counted.files,
        file_of=counted.file_of,
        warnings=tuple(warnings),
        rejects=rejects,
    )


class Judged(NamedTuple):
    """The tables of a bundle with the faults of their rows, and the faults that refuse it all."""

    tables: list[Checked]
    faults: list[Fault]
    notes: list[str]

    def row_faults(self) -> Iterator[Fault]:
        """Return the faults of rows: those that `accept_partial` can leave out."""
        for checked in self.tables:
            for faults in checked.bad.values():
                yield from faults
            for row in checked.raw.misshapen:
                yield from row.faults


def judge_bundle(manifest: Manifest, reading: Reading) -> Judged:
    """Apply every rule to every table, and collect what is wrong; raises nothing."""
    faults = list(reading.faults)
    raws: list[RawTable] = []
    broken = set(reading.broken)
    for raw in sorted(reading.tables, key=lambda raw: (raw.file, raw.table)):
        if raw.table not in TABLES:
            guess = nearest(raw.table, TABLES)
            broken.add(guess or "")
            problem = Problem(shown(raw.table), f"a table of {', '.join(TABLES)}", meant(guess))
            found = f"a table {problem.found!r}"
            faults.append(Fault(raw.file, shown(raw.table), None, None, found, *problem[1:]))
            continue
        faults += header_faults(raw, manifest)
        if "record_id" not in raw.header:
            broken.add(raw.table)
        raws.append(raw)
    index = Index(manifest.originator, _ids(raws), broken)
    how = reading_of(manifest, _agencies(raws))
    tables = [check_columns(raw, manifest, how, index) for raw in raws]
    for checked in tables:
        check_rows(checked, manifest.as_of)
    by_table: dict[str, list[Checked]] = defaultdict(list)
    for checked in tables:
        by_table[checked.table.name].append(checked)
    for same_table in by_table.values():
        check_same_ids(same_table)
        check_supersedes(same_table, manifest.originator)
    return Judged(tables, faults, _notes(tables, index))


def _ids(raws: list[RawTable]) -> dict[str, set[str]]:
    """Return the record ids of each table as written, those of faulty rows included."""
    ids: dict[str, set[str]] = defaultdict(set)
    for raw in raws:
        if "record_id" in raw.header:
            place = raw.header.index("record_id")
            ids[raw.table].update(map(str.strip, raw.columns[place]))
            for row in raw.misshapen:
                ids[raw.table].update(cell.strip() for cell in row.cells[place : place + 1])
    return ids


def _agencies(raws: list[RawTable]) -> frozenset[str]:
    """Return the agency codes that the bundle itself lists."""
    return frozenset(
        code.strip()
        for raw in raws
        if raw.table == "agencies" and "code" in raw.header
        for code in raw.columns[raw.header.index("code")]
    )


def _notes(tables: list[Checked], index: Index) -> list[str]:
    """Return what was filled in and what is awaited, counted."""
    notes: list[str] = []
    filled: dict[str, list[str]] = defaultdict(list)
    restricted: dict[str, int] = defaultdict(int)
    for checked in tables:
        restricted[checked.raw.file] += checked.most_restricted
        for column in checked.inherited_by_all if checked.raw.rows else ():
            filled[column].append(f"{checked.table.name} {len(checked.raw.rows)}")
    for column, rows in filled.items():
        notes.append(f"{column} is the bundle's default in rows of {', '.join(sorted(rows))}")
    for file, rows in restricted.items():
        if rows:
            notes.append(
                f"{file}: {rows} {'row' if rows == 1 else 'rows'} without handling held at "
                f"{STRICTEST_KNOWN}, for the originator only"
            )
    if index.awaited:
        notes.append(
            f"{len(index.awaited)} referred to in other batches, awaited until loaded: "
            f"{listed(index.awaited)}"
        )
    return notes


# -- what is left out


def _reject_followers(originator: str, tables: list[Checked]) -> None:
    """Leave out rows that refer to rows left out, and rows that refer to those, to the end."""
    gone = _ids_left_out(originator, tables)
    done: frozenset[str] = frozenset()
    while new := gone - done:
        for checked in tables:
            _reject_references(checked, new)
        done |= new
        gone = _ids_left_out(originator, tables)


def _ids_left_out(originator: str, tables: list[Checked]) -> frozenset[str]:
    """Return the full ids that rows left out state and no other row does."""
    out: set[str] = set()
    kept: set[str] = set()
    for checked in tables:
        if not (checked.bad or checked.raw.misshapen):
            continue
        before = f"{originator}:{checked.table.name}:"
        locals_ = checked.columns["record_id"]
        out.update(before + locals_[place] for place in checked.bad)
        kept.update(before + cell for place, cell in enumerate(locals_) if place not in checked.bad)
        out.update(before + local for local in _ids([checked.raw])[checked.table.name])
    return frozenset(out - kept)


def _reject_references(checked: Checked, gone: frozenset[str]) -> None:
    for column in checked.table.columns:
        if column.type not in ("ref", "named_ref"):
            continue
        cells = checked.columns[column.name]
        hit = {cell for cell in set(cells) if cell and not gone.isdisjoint(_targets(cell))}
        for place, cell in enumerate(cells) if hit else ():
            if cell in hit and place not in checked.bad:
                missing = min(gone.intersection(_targets(cell)))
                problem = Problem(missing, "a row that is not rejected itself")
                checked.blame(place, column.name, problem)


def _targets(cell: str) -> list[str]:
    return [item.rpartition("=")[2] for item in cell.split(";")]


def _rejects(tables: list[Checked]) -> Iterator[Reject]:
    for checked in tables:
        raw = checked.raw
        for place, faults in checked.bad.items():
            cells = tuple(column[place] for column in raw.columns)
            at = fault_at(raw, place, None, Problem("", ""))
            reasons = tuple(sorted({fault.letter for fault in faults}))
            yield Reject(at.file, at.row or 0, cells, reasons)
        for row in raw.misshapen:
            yield Reject(
                raw.file, row.row, row.cells, tuple(sorted(fault.letter for fault in row.faults))
            )

"""A bundle becomes a batch: one walk over its records, all or nothing, in bounded memory."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from typing import Final, NamedTuple

from graphs.records import Bundle, FileCount, Record, batch_id, batch_name, start_hash
from queries.sqlite import audit
from queries.sqlite.run import Value, run, run_many
from queries.store import (
    BatchState,
    ContentConflict,
    FileReceipt,
    LostRows,
    Receipt,
    SupersedesCycle,
)

CHUNK: Final = 4_000
"""Records looked up and written at a time: memory on top of the bundle is some megabytes."""

CONFLICTS_SHOWN: Final = 20


class Held(NamedTuple):
    """One content of an id that the store holds already, and on which days it is stated live."""

    pk: int
    hash: bytes
    days: frozenset[str]
    batch: str


@dataclass(slots=True)
class Tally:
    """How many records of each file were new, known or revisions; and what conflicts."""

    files: list[list[int]]
    conflicts: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    conflicting: int = 0
    supersedes: bool = False


NEW, KNOWN, REVISED = 0, 1, 2


def add(connection: sqlite3.Connection, bundle: Bundle, *, at: str) -> Receipt:
    """Store the bundle as one batch within the transaction at hand; see `Store.add`."""
    check_counts(bundle)
    if (repeated := _repeated(connection, bundle)) is not None:
        return repeated
    run(connection, "SAVEPOINT walk")
    (pk,) = run(connection, "SELECT coalesce(max(pk), 0) + 1 FROM batch").fetchone()
    name, tally = _walk(connection, bundle, pk)
    known = _known(connection, name)
    if known is not None:
        # What the walk wrote is there already, but for a batch whose text was erased.
        run(connection, "ROLLBACK TO walk")
        pk, state = known
        if state == "erased":
            _walk(connection, bundle, pk)
    _refuse_conflicts(tally)
    receipt = _receipt(bundle, name, tally)
    if known is None:
        manifest = bundle.manifest
        run(
            connection,
            "INSERT INTO batch (pk, batch, originator, as_of, records) VALUES (?, ?, ?, ?, ?)",
            (pk, name, manifest.originator, manifest.as_of, len(bundle.records)),
        )
    _write_load(connection, pk, bundle, receipt)
    if tally.supersedes:
        _refuse_cycle(connection, bundle.manifest.originator)
    audit.note(
        connection, "loaded", at=at, batch=name, records=len(bundle.records), new=receipt.new,
        rejected=len(bundle.rejects),
    )  # fmt: skip
    return receipt


def _repeated(connection: sqlite3.Connection, bundle: Bundle) -> Receipt | None:
    """Return the receipt of a bundle that is loaded already; None for any other."""
    said = bundle.manifest
    sql = "SELECT 1 FROM batch WHERE originator = ? AND as_of = ? AND records = ?"
    alike = run(connection, sql, (said.originator, said.as_of, len(bundle.records)))
    if alike.fetchone() is None:
        return None
    name = batch_id(bundle)
    known = _known(connection, name)
    if known is None or known[1] != "loaded":
        return None
    tally = Tally([[0, 0, 0] for _ in bundle.files])
    for file in bundle.file_of:
        tally.files[file][KNOWN] += 1
    return _receipt(bundle, name, tally, repeated=True)


def check_counts(bundle: Bundle) -> None:
    """Raise LostRows where a file's rows do not add up, ValueError where records are not ours."""
    for count in bundle.files:
        if count.read != count.accepted + count.duplicates + count.rejected:
            raise LostRows(
                f"{count.file}: {count.read} rows read, but {count.accepted} accepted + "
                f"{count.duplicates} duplicates + {count.rejected} rejected; nothing loaded."
            )
    if len(bundle.file_of) != len(bundle.records):
        raise ValueError("file_of: expected the place of a file for each record")


def _walk(connection: sqlite3.Connection, bundle: Bundle, batch: int) -> tuple[str, Tally]:
    """Write what is new and every statement; return the batch's name and what was counted."""
    digest = start_hash(bundle.manifest)
    tally = Tally([[0, 0, 0] for _ in bundle.files])
    (last,) = run(connection, "SELECT coalesce(max(pk), 0) FROM record").fetchone()
    before = ""
    for chunk in _chunks(zip(bundle.records, bundle.file_of, strict=True)):
        held = _held(connection, [record.id for record, _ in chunk])
        records, statements = list[Sequence[Value]](), list[Sequence[Value]]()
        for record, file in chunk:
            before = _check_record(bundle, record, before)
            text = record.canonical()
            line = text.encode("utf-8", "surrogatepass")
            digest.update(line + b"\n")
            hashed = hashlib.sha256(line).digest()
            pk, kind = _classify(record, hashed, held.get(before, ()), tally)
            if pk is None:
                last += 1
                pk = last
                supersedes = _own_supersedes(record)
                tally.supersedes |= supersedes is not None
                records.append(
                    (pk, before, hashed, record.table, record.originator, supersedes, text)
                )
            tally.files[file][kind] += 1
            statements.append((pk, batch, record["as_of"], " ".join(record.inherited)))
        run_many(connection, _INSERT_RECORD, records)
        run_many(connection, _INSERT_STATEMENT, statements)
    return batch_name(bundle.manifest, digest.hexdigest()), tally


_INSERT_RECORD: Final = """
    INSERT INTO record (pk, id, hash, tbl, originator, supersedes, content)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""
_INSERT_STATEMENT: Final = """
    INSERT INTO statement (record, batch, as_of, inherited) VALUES (?, ?, ?, ?)"""


def _chunks(pairs: Iterable[tuple[Record, int]]) -> Iterator[list[tuple[Record, int]]]:
    walk = iter(pairs)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk


def _check_record(bundle: Bundle, record: Record, before: str) -> str:
    """Return the record's id, once it is of the bundle's originator and after the one before."""
    if record.originator != bundle.manifest.originator:
        raise ValueError(
            f"{record.id}: in a bundle of {bundle.manifest.originator}; a batch holds records of "
            "one originator"
        )
    if (name := record.id) <= before:
        raise ValueError(f"{name}: after {before}; the records of a bundle are sorted by id")
    return name


def _held(connection: sqlite3.Connection, ids: list[str]) -> dict[str, list[Held]]:
    """Return every content that the store holds for these ids."""
    sql = """
        SELECT record.id, record.pk, record.hash, group_concat(live_statement.as_of, ' '),
               min(batch.batch)
        FROM json_each(?) AS wanted
        JOIN record ON record.id = wanted.value
        LEFT JOIN live_statement ON live_statement.record = record.pk
        LEFT JOIN batch ON batch.pk = live_statement.batch
        GROUP BY record.pk"""
    held: dict[str, list[Held]] = {}
    for name, pk, hashed, days, batch in run(connection, sql, (json.dumps(ids),)):
        live = frozenset[str]((days or "").split())
        held.setdefault(name, []).append(Held(pk, hashed, live, batch or ""))
    return held


def _classify(
    record: Record, hashed: bytes, held: Sequence[Held], tally: Tally
) -> tuple[int | None, int]:
    """Return the key of the same content, if there, and whether it is new, known or revised."""
    pk, live_here, live_else = None, False, False
    for version in held:
        if version.hash == hashed:
            pk, live_here = version.pk, bool(version.days)
            continue
        live_else |= bool(version.days)
        if record["as_of"] in version.days:
            tally.conflicting += 1
            if len(tally.conflicts) < CONFLICTS_SHOWN:
                tally.conflicts.append((record.id, record["as_of"], version.batch))
    if live_here:
        return pk, KNOWN
    return pk, REVISED if live_else else NEW


def _own_supersedes(record: Record) -> str | None:
    """Return what a record corrects; another originator's row is never touched."""
    wanted = record["supersedes"]
    return wanted if wanted.startswith(f"{record.originator}:") else None


def _known(connection: sqlite3.Connection, name: str) -> tuple[int, BatchState] | None:
    sql = """
        SELECT batch.pk, batch_state.state
        FROM batch JOIN batch_state ON batch_state.batch = batch.pk
        WHERE batch.batch = ?"""
    return run(connection, sql, (name,)).fetchone()


def _refuse_conflicts(tally: Tally) -> None:
    if tally.conflicting:
        raise ContentConflict(tally.conflicts, tally.conflicting)


def _refuse_cycle(connection: sqlite3.Connection, originator: str) -> None:
    """Raise SupersedesCycle where live rows of the originator go round in a circle.

    Every live content counts, the revised too: unloading the revision must not close a circle.
    """
    sql = """
        SELECT DISTINCT record.id, record.supersedes
        FROM record JOIN live_statement ON live_statement.record = record.pk
        WHERE record.supersedes IS NOT NULL AND record.originator = ?
        ORDER BY 1, 2"""
    arrows: dict[str, list[str]] = {}
    for name, earlier in run(connection, sql, (originator,)):
        arrows.setdefault(name, []).append(earlier)
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        raise SupersedesCycle(error.args[1]) from error


def _receipt(bundle: Bundle, name: str, tally: Tally, *, repeated: bool = False) -> Receipt:
    new = 0 if repeated else sum(counts[NEW] + counts[REVISED] for counts in tally.files)
    files = tuple(
        _file_receipt(count, counts, nothing_new=new == 0)
        for count, counts in zip(bundle.files, tally.files, strict=True)
    )
    return Receipt(name, bundle.manifest.originator, files, new, repeated)


def _file_receipt(count: FileCount, counts: list[int], *, nothing_new: bool) -> FileReceipt:
    accepted, known, revised = counts
    if sum(counts) != count.accepted:
        # Rows that made several records, or that another file stated first, as mapping files do.
        all_known = nothing_new or (known > 0 and not accepted and not revised)
        known, revised = count.accepted if all_known else 0, 0
        accepted = count.accepted - known
    return FileReceipt(
        count.file, count.read, accepted, count.duplicates + known, revised, count.rejected,
        count.records, count.sha256,
    )  # fmt: skip


def _write_load(connection: sqlite3.Connection, pk: int, bundle: Bundle, receipt: Receipt) -> None:
    """Write what came with this load: manifest, files with their conservation, what was left."""
    event = run(
        connection, "INSERT INTO batch_event (batch, event) VALUES (?, 'loaded')", (pk,)
    ).lastrowid
    said = bundle.manifest
    run(
        connection,
        """
        INSERT INTO load (pk, batch, title, country, schema_version, defaults, facts)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (event, pk, said.title, said.country, said.schema_version, _json(said.defaults),
         _json(said.facts)),
    )  # fmt: skip
    run_many(
        connection,
        "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (event, place, pk, one.file, one.sha256, one.read, one.accepted, one.duplicates,
             one.revised, one.rejected, one.records)
            for place, one in enumerate(receipt.files)
        ),
    )  # fmt: skip
    run_many(
        connection,
        "INSERT INTO reject VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (event, place, pk, one.file, one.row, _json(one.cells), _json(one.reasons))
            for place, one in enumerate(bundle.rejects)
        ),
    )
    run_many(
        connection,
        "INSERT INTO warning VALUES (?, ?, ?, ?)",
        ((event, place, pk, words) for place, words in enumerate(bundle.warnings)),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

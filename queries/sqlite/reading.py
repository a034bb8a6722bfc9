"""What the file holds, read back: batches, and the records that are current."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

from graphs.records import Record, Reject
from graphs.schema import TABLES
from queries.sqlite.run import run
from queries.store import BatchInfo, FileReceipt, UnknownBatch, Version


class Stated(NamedTuple):
    """One live statement of one content, as a row of the file."""

    id: str
    pk: int
    tbl: str
    originator: str
    supersedes: str | None
    content: str
    as_of: str
    inherited: str
    batch: str


_LIVE: Final = """
    SELECT record.id, record.pk, record.tbl, record.originator, record.supersedes,
           record.content, statement.as_of, statement.inherited, batch.batch
    FROM record
    CROSS JOIN statement ON statement.record = record.pk
    JOIN batch ON batch.pk = statement.batch
    WHERE statement.batch IN (SELECT batch FROM batch_state WHERE state = 'loaded')
"""


def current_records(
    connection: sqlite3.Connection, *, tables: Collection[str] | None = None
) -> Iterator[Record]:
    """Yield the current records sorted by id, in one walk over the file's index of ids."""
    gone = superseded(connection)
    if tables is None:
        rows = run(connection, _LIVE + " ORDER BY record.id")
    else:
        wanted = json.dumps(sorted(tables))
        sql = " AND record.tbl IN (SELECT value FROM json_each(?)) ORDER BY record.id"
        rows = run(connection, _LIVE + sql, (wanted,))
    for name, stated in groupby(map(Stated._make, rows), key=lambda row: row.id):
        if name not in gone:
            yield _latest(list(stated))


def superseded(connection: sqlite3.Connection) -> set[str]:
    """Return the ids that the latest content of a live row corrects."""
    sql = """
        SELECT record.supersedes
        FROM record JOIN live_statement ON live_statement.record = record.pk
        WHERE record.supersedes IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM record AS other
            JOIN live_statement AS later ON later.record = other.pk
            WHERE other.id = record.id AND other.pk <> record.pk
            AND later.as_of > (
                SELECT max(own.as_of) FROM live_statement AS own WHERE own.record = record.pk
            )
        )"""
    return {name for (name,) in run(connection, sql)}


def current_record(connection: sqlite3.Connection, record_id: str) -> Record | None:
    """Return the current record of one id; None if no live batch states it, or it is corrected."""
    rows = versions(connection, record_id)
    return next((version.record for version in rows if version.state == "current"), None)


def versions(connection: sqlite3.Connection, record_id: str) -> tuple[Version, ...]:
    """Return every live content of one id, oldest first, and what became of each."""
    rows = run(connection, _LIVE + " AND record.id = ? ORDER BY record.pk", (record_id,))
    each = [list(stated) for _, stated in groupby(map(Stated._make, rows), key=lambda row: row.pk)]
    contents = sorted((_latest(stated) for stated in each), key=lambda record: record["as_of"])
    by = tuple(sorted(_correctors(connection, record_id)))
    last: Version | None = None
    if contents:
        last = Version(contents[-1], "superseded" if by else "current", by)
    earlier = tuple(Version(record, "revised") for record in contents[:-1])
    return (*earlier, last) if last else ()


def _correctors(connection: sqlite3.Connection, record_id: str) -> set[str]:
    """Return the live rows whose latest content supersedes this one."""
    sql = " AND record.id IN (SELECT id FROM record WHERE supersedes = ?) ORDER BY record.id"
    rows = run(connection, _LIVE + sql, (record_id,))
    by_id = groupby(map(Stated._make, rows), key=lambda row: row.id)
    return {
        name for name, stated in by_id
        if max(stated, key=lambda row: row.as_of).supersedes == record_id
    }  # fmt: skip


def _latest(stated: list[Stated]) -> Record:
    """Return the content of the latest day, with every live batch that states it.

    Its day is the latest on which it was stated: the same row in next month's bundle is the
    same statement, seen again.
    """
    last = stated[0]
    if len(stated) == 1:
        return _record(last, (last.batch,))
    last = max(stated, key=_rank)
    batches = tuple(sorted(row.batch for row in stated if row.pk == last.pk))
    return _record(last, batches)


def _rank(row: Stated) -> tuple[str, str, str]:
    return (row.as_of, row.inherited, row.batch)


def _record(row: Stated, batches: tuple[str, ...]) -> Record:
    whole: dict[str, Any] = _parsed(row.content)[0]
    said = whole["said"]
    said["as_of"] = row.as_of
    cells = tuple([said.get(name, "") for name in TABLES[row.tbl].place])
    written = tuple([(column, cell) for column, cell in whole["written"]])
    inherited = tuple(row.inherited.split())
    return Record(row.originator, row.tbl, said["record_id"], cells, written, inherited, batches)


_parsed: Final = json.JSONDecoder().raw_decode
"""Reads our own text, which has no blanks around it to skip, as `json.loads` does."""


def all_batches(connection: sqlite3.Connection) -> tuple[BatchInfo, ...]:
    """Return every batch with what its last load said of itself, sorted by name."""
    sql = """
        SELECT batch.pk, batch.batch, batch.originator, batch.as_of, batch.records,
               batch_state.state, coalesce(load.title, ''), coalesce(load.country, ''),
               coalesce(load.facts, '[]'), load.pk
        FROM batch
        JOIN batch_state ON batch_state.batch = batch.pk
        LEFT JOIN load ON load.pk = (SELECT max(pk) FROM load WHERE load.batch = batch.pk)
        ORDER BY batch.batch"""
    return tuple(
        BatchInfo(
            name, originator, as_of, records, state, title, country,
            tuple((key, value) for key, value in json.loads(facts)), _files(connection, load),
        )
        for _, name, originator, as_of, records, state, title, country, facts, load
        in run(connection, sql).fetchall()
    )  # fmt: skip


def _files(connection: sqlite3.Connection, load: int | None) -> tuple[FileReceipt, ...]:
    sql = """
        SELECT file, read, accepted, duplicates, revised, rejected, records, sha256
        FROM file WHERE load = ? ORDER BY place"""
    return tuple(FileReceipt(*row) for row in run(connection, sql, (load,)))


def batch_info(connection: sqlite3.Connection, batch: str) -> BatchInfo:
    """Return one batch; UnknownBatch lists those there are."""
    known = {info.batch: info for info in all_batches(connection)}
    if batch not in known:
        raise UnknownBatch(batch, list(known))
    return known[batch]


def last_rejects(connection: sqlite3.Connection, batch: str) -> tuple[Reject, ...]:
    """Return the rows that the last load of a batch left out."""
    sql = """
        SELECT file, row, cells, reasons FROM reject
        WHERE load = (
            SELECT max(load.pk) FROM load JOIN batch ON batch.pk = load.batch
            WHERE batch.batch = ?
        ) ORDER BY place"""
    return tuple(
        Reject(file, row, tuple(json.loads(cells)), tuple(json.loads(reasons)))
        for file, row, cells, reasons in run(connection, sql, (batch,))
    )


def last_warnings(connection: sqlite3.Connection, batch: str) -> tuple[str, ...]:
    """Return what the last load of a batch warned of."""
    sql = """
        SELECT words FROM warning
        WHERE load = (
            SELECT max(load.pk) FROM load JOIN batch ON batch.pk = load.batch
            WHERE batch.batch = ?
        ) ORDER BY place"""
    return tuple(words for (words,) in run(connection, sql, (batch,)))

"""One walk over a bundle's records: hashed, compared with what is held, written in chunks."""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, pairwise
from typing import Final, NamedTuple

from graphs.records import Bundle, Hash, Record, batch_name, start_hash
from graphs.schema import COMMON_COLUMNS
from queries.sqlite.run import run, run_many

CHUNK: Final = 4_000
"""Records looked up and written at a time: memory on top of the bundle is some megabytes."""

AT_ONCE: Final = 500
"""Contents written by one statement, so that SQLite works for a while without Python."""

CONFLICTS_SHOWN: Final = 20

# Every table begins with the common columns.
_AS_OF: Final = [column.name for column in COMMON_COLUMNS].index("as_of")
_SUPERSEDES: Final = [column.name for column in COMMON_COLUMNS].index("supersedes")


NEW, KNOWN, REVISED = 0, 1, 2


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

    def count(self, files: Sequence[int], kinds: Sequence[int]) -> None:
        """Count some records by the place of their file and their kind."""
        for (file, kind), n in Counter(zip(files, kinds, strict=True)).items():
            self.files[file][kind] += n


def walk(connection: sqlite3.Connection, bundle: Bundle, batch: int) -> tuple[str, Tally]:
    """Write what is new and every statement; return the batch's name and what was counted.

    While one chunk is being written, the next one is hashed: SQLite works without Python's lock.
    The two take turns with the connection.
    """
    digest = start_hash(bundle.manifest)
    tally = Tally([[0, 0, 0] for _ in bundle.files])
    (last,) = run(connection, "SELECT coalesce(max(pk), 0) FROM record").fetchone()
    before = ""
    with ThreadPoolExecutor(1, thread_name_prefix="write") as writer:
        writing: Future[None] | None = None
        for start in range(0, len(bundle.records), CHUNK):
            chunk = _chunk(bundle, start, before, digest)
            before = chunk.names[-1]
            if writing is not None:
                writing.result()
            pks, kinds = _place(chunk, _held(connection, chunk.names), last, tally)
            tally.count(bundle.file_of[start : start + CHUNK], kinds)
            tally.supersedes |= any(chunk.corrects)
            writing = writer.submit(_write, connection, chunk, pks, last, batch)
            last = max(last, *pks)
        if writing is not None:
            writing.result()
    return batch_name(bundle.manifest, digest.hexdigest()), tally


def name_of(bundle: Bundle) -> str:
    """Return the name of the bundle's batch, as `graphs.records.batch_id`, in little memory."""
    digest = start_hash(bundle.manifest)
    for record in bundle.records:
        digest.update(record.canonical().encode("utf-8") + b"\n")
    return batch_name(bundle.manifest, digest.hexdigest())


class Chunk(NamedTuple):
    """Some records in order, with their ids, texts and hashes, and the rows that they correct."""

    records: Sequence[Record]
    names: list[str]
    texts: list[str]
    hashes: list[bytes]
    corrects: list[str | None]


def _chunk(bundle: Bundle, start: int, before: str, digest: Hash) -> Chunk:
    """Return the chunk that starts here, its canonical texts taken into the digest."""
    records = bundle.records[start : start + CHUNK]
    names = _names(bundle, records, before)
    texts = [record.canonical() for record in records]
    lines = [text.encode("utf-8") for text in texts]
    digest.update(b"\n".join(lines) + b"\n")
    hashes = [sha256(line).digest() for line in lines]
    return Chunk(records, names, texts, hashes, [_own_supersedes(record) for record in records])


def _names(bundle: Bundle, records: Sequence[Record], before: str) -> list[str]:
    """Return the records' ids, once they are of the bundle's originator and each after the last."""
    ours = bundle.manifest.originator
    names = [record.id for record in records]
    for record in records:
        if record.originator != ours:
            raise ValueError(
                f"{record.id}: in a bundle of {ours}; a batch holds records of one originator"
            )
    for earlier, later in pairwise((before, *names)):
        if earlier >= later:
            raise ValueError(f"{later}: after {earlier}; a bundle's records are sorted by id")
    return names


def _place(
    chunk: Chunk, held: dict[str, list[Held]], last: int, tally: Tally
) -> tuple[Sequence[int], Sequence[int]]:
    """Return each record's key, a new one or that of the same content, and what kind it is."""
    if not held:
        return range(last + 1, last + 1 + len(chunk.names)), [NEW] * len(chunk.names)
    pks, kinds = list[int](), list[int]()
    for record, name, hashed in zip(chunk.records, chunk.names, chunk.hashes, strict=True):
        pk, kind = _classify(record, hashed, held.get(name, ()), tally)
        if pk is None:
            last += 1
            pk = last
        pks.append(pk)
        kinds.append(kind)
    return pks, kinds


def _write(
    connection: sqlite3.Connection, chunk: Chunk, pks: Sequence[int], last: int, batch: int
) -> None:
    """Write the contents that the store did not hold (keys above `last`), and all statements."""
    rows = [
        (pk, name, hashed, record.table, record.originator, earlier, text)
        for pk, record, name, hashed, earlier, text in zip(
            pks, chunk.records, chunk.names, chunk.hashes, chunk.corrects, chunk.texts, strict=True
        )
        if pk > last
    ]
    several = len(rows) // AT_ONCE * AT_ONCE
    groups = (rows[i : i + AT_ONCE] for i in range(0, several, AT_ONCE))
    run_many(connection, _INSERT_RECORDS, (list(chain.from_iterable(each)) for each in groups))
    run_many(connection, _INSERT_RECORD, rows[several:])
    _write_statements(connection, chunk.records, pks, batch)


def _write_statements(
    connection: sqlite3.Connection, records: Sequence[Record], pks: Sequence[int], batch: int
) -> None:
    """Write that the batch states these contents, and as of when."""
    said = {(record.cells[_AS_OF], record.inherited) for record in records}
    if isinstance(pks, range) and len(said) == 1:
        ((as_of, inherited),) = said
        values = (batch, as_of, " ".join(inherited), pks[0], pks[-1])
        run(connection, _STATE_A_RANGE, values)
        return
    run_many(
        connection,
        "INSERT INTO statement (record, batch, as_of, inherited) VALUES (?, ?, ?, ?)",
        (
            (pk, batch, record.cells[_AS_OF], " ".join(record.inherited))
            for pk, record in zip(pks, records, strict=True)
        ),
    )


_INSERT_RECORD: Final = (
    "INSERT INTO record (pk, id, hash, tbl, originator, supersedes, content) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_RECORDS: Final = _INSERT_RECORD + ", (?, ?, ?, ?, ?, ?, ?)" * (AT_ONCE - 1)
_STATE_A_RANGE: Final = """
    INSERT INTO statement (record, batch, as_of, inherited)
    SELECT pk, ?, ?, ? FROM record WHERE pk BETWEEN ? AND ?"""


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
    within = "SELECT 1 FROM record WHERE id BETWEEN ? AND ? LIMIT 1"
    if run(connection, within, (ids[0], ids[-1])).fetchone() is None:
        return held
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
        if record.cells[_AS_OF] in version.days:
            tally.conflicting += 1
            if len(tally.conflicts) < CONFLICTS_SHOWN:
                tally.conflicts.append((record.id, record.cells[_AS_OF], version.batch))
    if live_here:
        return pk, KNOWN
    return pk, REVISED if live_else else NEW


def _own_supersedes(record: Record) -> str | None:
    """Return what a record corrects; another originator's row is never touched."""
    wanted = record.cells[_SUPERSEDES]
    return wanted if wanted and wanted.startswith(f"{record.originator}:") else None

"""A bundle becomes a batch: one walk over its records, all or nothing, in bounded memory."""

import gc
import json
import sqlite3
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from itertools import chain, pairwise
from typing import Final, NamedTuple

from graphs.records import Bundle, FileCount, Record, batch_id, batch_name, start_hash
from graphs.schema import COMMON_COLUMNS
from queries.sqlite import audit
from queries.sqlite.run import run, run_many
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

AT_ONCE: Final = 8
"""Contents written by one statement: a third faster than one at a time."""

CONFLICTS_SHOWN: Final = 20

# Every table begins with the common columns.
_AS_OF: Final = [column.name for column in COMMON_COLUMNS].index("as_of")
_SUPERSEDES: Final = [column.name for column in COMMON_COLUMNS].index("supersedes")


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
    with _collector_at_rest():
        return _add(connection, bundle, at=at)


@contextmanager
def _collector_at_rest() -> Generator[None]:
    """Keep the collector of cycles from walking over a million records that have none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _add(connection: sqlite3.Connection, bundle: Bundle, *, at: str) -> Receipt:
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
    for start in range(0, len(bundle.records), CHUNK):
        records = bundle.records[start : start + CHUNK]
        files = bundle.file_of[start : start + CHUNK]
        names = _names(bundle, records, before)
        before = names[-1]
        texts = [record.canonical() for record in records]
        lines = [text.encode("utf-8") for text in texts]
        digest.update(b"\n".join(lines) + b"\n")
        chunk = Chunk(records, names, texts, [sha256(line).digest() for line in lines])
        pks, kinds = _place(chunk, _held(connection, names), last, tally)
        last = _write_new(connection, chunk, pks, last, tally)
        _write_statements(connection, records, pks, batch)
        for (file, kind), n in Counter(zip(files, kinds, strict=True)).items():
            tally.files[file][kind] += n
    return batch_name(bundle.manifest, digest.hexdigest()), tally


class Chunk(NamedTuple):
    """Some records in order, with their ids, canonical texts and hashes."""

    records: Sequence[Record]
    names: list[str]
    texts: list[str]
    hashes: list[bytes]


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


def _write_new(
    connection: sqlite3.Connection, chunk: Chunk, pks: Sequence[int], last: int, tally: Tally
) -> int:
    """Write the contents that the store does not hold yet; return the last key given."""
    corrects = [_own_supersedes(record) for record in chunk.records]
    tally.supersedes |= any(corrects)
    rows = [
        (pk, name, hashed, record.table, record.originator, earlier, text)
        for pk, record, name, hashed, earlier, text in zip(
            pks, chunk.records, chunk.names, chunk.hashes, corrects, chunk.texts, strict=True
        )
        if pk > last
    ]
    several = len(rows) // AT_ONCE * AT_ONCE
    run_many(
        connection,
        _INSERT_RECORDS,
        (list(chain.from_iterable(rows[i : i + AT_ONCE])) for i in range(0, several, AT_ONCE)),
    )
    run_many(connection, _INSERT_RECORD, rows[several:])
    return last + len(rows)


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

"""A bundle becomes a batch: all or nothing, with the account of every row."""

import json
import sqlite3
import sys
from collections.abc import Generator
from contextlib import contextmanager
from graphlib import CycleError, TopologicalSorter

from graphs.collector import collector_at_rest
from graphs.records import Bundle, FileCount
from queries.sqlite import audit
from queries.sqlite.run import run, run_many
from queries.sqlite.walking import KNOWN, NEW, REVISED, Tally, name_of, walk
from queries.store import (
    BatchState,
    ContentConflict,
    FileReceipt,
    LostRows,
    Receipt,
    SupersedesCycle,
)


def add(connection: sqlite3.Connection, bundle: Bundle, *, at: str) -> Receipt:
    """Store the bundle as one batch within the transaction at hand; see `Store.add`."""
    check_counts(bundle)
    with collector_at_rest(), _in_two_hands():
        return _add(connection, bundle, at=at)


@contextmanager
def _in_two_hands() -> Generator[None]:
    """Let the thread that writes and the one that prepares change places ten times as often."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def _add(connection: sqlite3.Connection, bundle: Bundle, *, at: str) -> Receipt:
    if (repeated := _repeated(connection, bundle)) is not None:
        return repeated
    run(connection, "SAVEPOINT walk")
    (pk,) = run(connection, "SELECT coalesce(max(pk), 0) + 1 FROM batch").fetchone()
    name, tally = walk(connection, bundle, pk)
    known = _known(connection, name)
    if known is not None:
        # What the walk wrote is there already, but for a batch whose text was erased.
        run(connection, "ROLLBACK TO walk")
        pk, state = known
        if state == "erased":
            walk(connection, bundle, pk)
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
    name = name_of(bundle)
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

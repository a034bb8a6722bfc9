"""What was done to the store, each entry sealed with the hash of the one before.

An entry holds names of batches and counts, never a word of a record: it outlives an erasure.
The chain shows a changed, removed or inserted entry; an end cut off shows in `batch_event`,
which each entry but the first has a row in.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from queries.sqlite.run import run
from queries.store import AuditBroken

Clock = Callable[[], str]
_START: Final = "0" * 64


def utc_now() -> str:
    """Return the time in UTC, to the second; it stands in the audit and in no output."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def note(
    connection: sqlite3.Connection, act: str, *, at: str, batch: str = "", **counts: int
) -> None:
    """Append one entry to the chain, within the transaction of what it tells of."""
    detail = json.dumps(counts, sort_keys=True, separators=(",", ":"))
    last = run(connection, "SELECT pk, hash FROM audit ORDER BY pk DESC LIMIT 1").fetchone()
    number, before = (last[0] + 1, last[1]) if last else (1, _START)
    seal = _seal(before, number, at, act, batch, detail)
    run(
        connection,
        "INSERT INTO audit (pk, at, act, batch, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (number, at, act, batch, detail, seal),
    )


def verify(connection: sqlite3.Connection) -> int:
    """Return how many entries the chain has; AuditBroken names the first that does not fit."""
    before, acts = _START, list[tuple[str, str]]()
    sql = "SELECT pk, at, act, batch, detail, hash FROM audit ORDER BY pk"
    for place, (number, at, act, batch, detail, seal) in enumerate(run(connection, sql), start=1):
        if number != place or seal != _seal(before, number, at, act, batch, detail):
            raise AuditBroken(
                f"audit entry {place} is not as it was written: it, or the one before it, was "
                "changed, removed or inserted outside Corridor."
            )
        before = seal
        acts.append((act, batch))
    _compare_with_events(connection, [pair for pair in acts if pair[1]])
    return len(acts)


def _compare_with_events(connection: sqlite3.Connection, acts: list[tuple[str, str]]) -> None:
    sql = """
        SELECT event, batch.batch FROM batch_event JOIN batch ON batch.pk = batch_event.batch
        ORDER BY batch_event.pk"""
    events = [(event, batch) for event, batch in run(connection, sql)]
    if acts != events:
        raise AuditBroken(
            f"the audit tells of {len(acts)} acts on batches, the store of {len(events)}: one of "
            "the two was changed outside Corridor."
        )


def _seal(before: str, number: int, at: str, act: str, batch: str, detail: str) -> str:
    entry = json.dumps([before, number, at, act, batch, detail], ensure_ascii=False)
    return hashlib.sha256(entry.encode("utf-8")).hexdigest()

"""A batch is withdrawn, so that nothing shows it any more; or erased, so that its text is gone."""

import sqlite3
from pathlib import Path
from typing import Final, LiteralString

from queries.sqlite import audit
from queries.sqlite.run import run
from queries.store import BatchInfo, StoreBusy


def withdraw(connection: sqlite3.Connection, info: BatchInfo, *, at: str) -> None:
    """Mark a loaded batch as withdrawn within the transaction at hand; its rows stay."""
    if info.state != "loaded":
        return
    _event(connection, info, "withdrawn", at=at)


def erase(connection: sqlite3.Connection, info: BatchInfo, *, at: str) -> None:
    """Delete what only this batch stated, and all that came with it; name and counts stay.

    A record that another batch states, withdrawn ones too, is that batch's as well and stays.
    """
    if info.state == "erased":
        return
    (pk,) = run(connection, "SELECT pk FROM batch WHERE batch = ?", (info.batch,)).fetchone()
    _event(connection, info, "erased", at=at)
    run(connection, "CREATE TEMP TABLE stated (record INTEGER PRIMARY KEY)")
    run(connection, "INSERT INTO stated SELECT record FROM statement WHERE batch = ?", (pk,))
    run(connection, "DELETE FROM statement WHERE batch = ?", (pk,))
    run(
        connection,
        """
        DELETE FROM record WHERE pk IN (SELECT record FROM stated)
        AND NOT EXISTS (SELECT 1 FROM statement WHERE statement.record = record.pk)""",
    )
    run(connection, "DROP TABLE stated")
    for sql in _DELETE_WHAT_CAME_WITH_IT:
        run(connection, sql, (pk,))


_DELETE_WHAT_CAME_WITH_IT: Final[tuple[LiteralString, ...]] = (
    "DELETE FROM warning WHERE batch = ?",
    "DELETE FROM reject WHERE batch = ?",
    "DELETE FROM file WHERE batch = ?",
    "DELETE FROM load WHERE batch = ?",
)


def _event(connection: sqlite3.Connection, info: BatchInfo, event: str, *, at: str) -> None:
    run(
        connection,
        "INSERT INTO batch_event (batch, event) SELECT pk, ? FROM batch WHERE batch = ?",
        (event, info.batch),
    )
    audit.note(connection, event, at=at, batch=info.batch, records=info.records)


def scrub(connection: sqlite3.Connection, path: Path) -> None:
    """Rewrite the file without its free space and empty the log: deleted text is on neither.

    Zeroing freed cells (`secure_delete`) leaves copies that moved when pages were split.
    """
    if not _scrubbed(connection):
        raise StoreBusy(
            f"{path}: the batch is erased and nothing shows it, but another program is reading the "
            "store, so that old text may still lie in the file or the one beside it. Run the same "
            "command again when that program is done."
        )


def _scrubbed(connection: sqlite3.Connection) -> bool:
    try:
        run(connection, "VACUUM")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return False
        raise
    (busy, _, _) = run(connection, "PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy

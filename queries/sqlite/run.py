"""The only place where SQL meets SQLite, and where SQLite's troubles become our words.

The text is a LiteralString: the type checker rejects SQL put together from text that arrives
at run time, so that a hostile name can only ever be a value.
"""

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

from queries.store import (
    DiskFull,
    NotAStore,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreReadOnly,
)

Value = str | int | bytes | None
Row = tuple[Value, ...]


def run(
    connection: sqlite3.Connection, sql: LiteralString, values: Sequence[Value] = ()
) -> sqlite3.Cursor:
    """Run one statement with its values."""
    return connection.execute(sql, values)


def run_many(
    connection: sqlite3.Connection, sql: LiteralString, rows: Iterable[Sequence[Value]]
) -> None:
    """Run one statement for each row of values."""
    connection.executemany(sql, rows)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """Hold the store for writing from here on; commit at the end, or undo everything.

    IMMEDIATE takes the write lock first: a reader that turns writer half-way could not wait
    for another writer, only fail.
    """
    run(connection, "BEGIN IMMEDIATE")
    try:
        yield
        run(connection, "COMMIT")
    except BaseException:
        if connection.in_transaction:
            run(connection, "ROLLBACK")
        raise


@contextmanager
def telling(path: Path) -> Generator[None]:
    """Turn SQLite's errors into ours, each a letter that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _worded(path, error) from error


def _worded(path: Path, error: sqlite3.Error) -> Exception:
    name = getattr(error, "sqlite_errorname", "")
    for start, (kind, letter) in _LETTERS.items():
        if name.startswith(start):
            return kind(letter.replace("PATH", str(path)))
    return StoreError(f"{path}: SQLite says {error} ({name or 'no code'}); nothing was changed.")


_LETTERS: dict[str, tuple[type[Exception], str]] = {
    "SQLITE_BUSY": (
        StoreBusy,
        "PATH: another program is writing to this store and did not finish in time. "
        "Nothing was changed; try again when it is done.",
    ),
    "SQLITE_LOCKED": (
        StoreBusy,
        "PATH: another part of this program is reading the store. Nothing was changed.",
    ),
    "SQLITE_READONLY": (
        StoreReadOnly,
        "PATH: the file or its folder cannot be written. Nothing was changed; give a place "
        "of your own with --store, or ask for the right to write there.",
    ),
    "SQLITE_PERM": (StoreReadOnly, "PATH: access denied. Nothing was changed."),
    "SQLITE_CANTOPEN": (
        StoreReadOnly,
        "PATH: cannot be opened, or its folder cannot be written (SQLite keeps two files "
        "beside the store while it works). Nothing was changed.",
    ),
    "SQLITE_FULL": (
        DiskFull,
        "PATH: no room left on the disk. Nothing was loaded, what the store held is intact; "
        "a load needs about twice the size of its files.",
    ),
    "SQLITE_IOERR_WRITE": (
        DiskFull,
        "PATH: the disk refused a write (full, over quota, or failing). Nothing was loaded, "
        "what the store held is intact.",
    ),
    "SQLITE_NOTADB": (
        NotAStore,
        "PATH: is a file of another kind, not a store. It was left alone; expected a file "
        "made by `corridor load`, or a new name.",
    ),
    "SQLITE_CORRUPT": (
        StoreDamaged,
        "PATH: the file is damaged. Keep it as it is, and load the bundles into a new store.",
    ),
}

"""A store's file as SQLite sees it, for tests that look behind the interface."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def raw(path: Path) -> Generator[sqlite3.Connection]:
    """Open the file without the store, as a stranger would."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    try:
        yield connection
    finally:
        connection.close()

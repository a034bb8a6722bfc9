"""The store of one file: the promises of `queries.store`, kept by SQLite."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from graphs.errors import InputError
from graphs.records import Bundle, Record, Reject
from queries.sqlite import audit, loading, migrations, reading, withdrawing
from queries.sqlite.connection import connect, reader
from queries.sqlite.run import run, telling, transaction
from queries.store import BatchInfo, Receipt, Version

if TYPE_CHECKING:
    import networkx as nx


class SqliteStore:
    """One file. Writers wait for one another up to `wait_s` seconds; readers never wait.

    `clock` gives the time that stands in the audit.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        wait_s: float = 60.0,
        clock: audit.Clock = audit.utc_now,
    ) -> None:
        self._path = path
        self._wait_s = wait_s
        self._clock = clock
        self._connection = connect(path, create=create, wait_s=wait_s)
        try:
            with telling(path):
                migrations.bring_up_to_date(self._connection, path, at=clock())
        except BaseException:
            self._connection.close()
            raise

    def add(self, bundle: Bundle) -> Receipt:
        """Store a bundle as one batch; see `Store.add`."""
        try:
            with telling(self._path), transaction(self._connection):
                return loading.add(self._connection, bundle, at=self._clock())
        except UnicodeEncodeError as error:
            raise InputError(
                f"nothing loaded: a record holds half of a character pair (a lone surrogate, "
                f"U+{ord(error.object[error.start]):04X}), which no file in UTF-8 can hold. "
                "Export the source again."
            ) from error

    def unload(self, batch: str, *, erase: bool = False) -> BatchInfo:
        """Withdraw a batch, or erase its text too; see `Store.unload`."""
        with telling(self._path):
            with transaction(self._connection):
                info = reading.batch_info(self._connection, batch)
                change = withdrawing.erase if erase else withdrawing.withdraw
                change(self._connection, info, at=self._clock())
            if erase:
                withdrawing.scrub(self._connection, self._path)
            return reading.batch_info(self._connection, batch)

    def batches(self) -> Sequence[BatchInfo]:
        """Return every batch ever loaded, sorted by name."""
        with telling(self._path):
            return reading.all_batches(self._connection)

    def rejects(self, batch: str) -> Sequence[Reject]:
        """Return the rows that the last load of a batch left out, by file and row."""
        with telling(self._path):
            return reading.last_rejects(self._connection, self._known(batch))

    def warnings(self, batch: str) -> Sequence[str]:
        """Return what the last load of a batch warned of, in its order."""
        with telling(self._path):
            return reading.last_warnings(self._connection, self._known(batch))

    def _known(self, batch: str) -> str:
        return reading.batch_info(self._connection, batch).batch

    def records(self, *, tables: Collection[str] | None = None) -> Iterator[Record]:
        """Yield the current live records sorted by id, all of one moment."""
        with telling(self._path), closing(self._reader()) as connection:
            yield from reading.current_records(connection, tables=tables)

    def _reader(self) -> sqlite3.Connection:
        connection = reader(self._path, wait_s=self._wait_s)
        run(connection, "BEGIN")
        return connection

    def record(self, record_id: str) -> Record | None:
        """Return the current record of a full id; None where no live batch states one."""
        with telling(self._path):
            return reading.current_record(self._connection, record_id)

    def history(self, record_id: str) -> Sequence[Version]:
        """Return every live content of a full id, oldest first."""
        with telling(self._path):
            return reading.versions(self._connection, record_id)

    def network(self, *, show_protected: bool = False) -> "nx.MultiDiGraph":
        """Return the network of the current records; shielded persons are pseudonymous."""
        from graphs.network import build_network

        return build_network(self.records(), show_protected=show_protected)

    def verify_audit(self) -> int:
        """Return how many audit entries there are; AuditBroken where one has been changed."""
        with telling(self._path):
            return audit.verify(self._connection)

    def close(self) -> None:
        """Let go of the file; SQLite folds its log into it."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()

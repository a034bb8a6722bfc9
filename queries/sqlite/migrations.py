"""From an older file to the present one, step by step, in one transaction or not at all."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from queries.sqlite import audit, ddl
from queries.sqlite.run import run, transaction
from queries.store import NewerStore, StoreDamaged

Step = Callable[[sqlite3.Connection], None]

STEPS: Final[dict[int, Step]] = {}
"""What leads from version n - 1 to version n. A released step is never changed.

A change of `ddl` is a new version with a step here, and a new `tests/data/old/store-vN.sql`.
"""


def bring_up_to_date(
    connection: sqlite3.Connection, path: Path, *, at: str, steps: Mapping[int, Step] = STEPS
) -> None:
    """Create the tables in an empty file, or migrate an older one; NewerStore for a newer one."""
    target = max(steps, default=ddl.STORE_VERSION)
    found = version(connection)
    if found > target:
        raise NewerStore(
            f"{path}: made by a newer Corridor (store version {found}; this one knows up to "
            f"{target}). Nothing was changed; update Corridor to open it."
        )
    if found == target:
        _renew_views(connection)
        return
    with transaction(connection):
        # Another program may have done it while this one waited for the lock.
        if (found := version(connection)) < target:
            _migrate(connection, found, target, steps=steps, at=at)


def _renew_views(connection: sqlite3.Connection) -> None:
    """Give an older file the columns that the schema has gained: the views are derived from it."""
    (locked,) = run(connection, "PRAGMA query_only").fetchone()
    if locked or ddl.table_views_fit(connection):
        return
    with transaction(connection):
        ddl.renew_table_views(connection)


def version(connection: sqlite3.Connection) -> int:
    """Return the store's version; 0 for an empty file."""
    return run(connection, "PRAGMA user_version").fetchone()[0]


def _migrate(
    connection: sqlite3.Connection, found: int, target: int, *, steps: Mapping[int, Step], at: str
) -> None:
    if found == 0:
        ddl.create_tables(connection)
        run(connection, "PRAGMA application_id = 1131377266")
        run(connection, "PRAGMA user_version = 1")
        audit.note(connection, "created", at=at, version=ddl.STORE_VERSION)
        return
    for number in range(found + 1, target + 1):
        steps[number](connection)
        if version(connection) != number:
            raise StoreDamaged(f"the step to store version {number} did not write its number.")
    ddl.renew_table_views(connection)
    audit.note(connection, "migrated", at=at, found=found, version=target)

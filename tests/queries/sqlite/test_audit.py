"""The audit shows when it was changed from outside."""

from pathlib import Path

import pytest

from queries.sqlite.store import SqliteStore
from queries.store import AuditBroken
from tests.queries.bundles import month
from tests.queries.sqlite.raw import raw

TAMPERED = {
    "a time": "UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE pk = 2",
    "a count": "UPDATE audit SET detail = '{}' WHERE pk = 2",
    "a batch": "UPDATE audit SET batch = 'TH-IB' WHERE pk = 3",
    "an entry removed": "DELETE FROM audit WHERE pk = 2",
    "the end cut off": "DELETE FROM audit WHERE pk = 3",
    "an entry added": "INSERT INTO audit VALUES (4, '', 'loaded', 'x', '{}', 'y')",
}


def two_acts(path: Path) -> int:
    with SqliteStore(path, clock=lambda: "2026-03-31T12:00:00Z") as store:
        store.unload(store.add(month(1, "P-1")).batch)
        return store.verify_audit()


def test_an_untouched_audit_holds(tmp_path: Path) -> None:
    assert two_acts(tmp_path / "corridor.db") == 3


@pytest.mark.parametrize("sql", TAMPERED.values(), ids=TAMPERED)
def test_a_changed_audit_is_seen(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "corridor.db"
    two_acts(path)
    with raw(path) as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("DROP TRIGGER audit_no_delete")
        connection.execute(sql)
    with SqliteStore(path) as store, pytest.raises(AuditBroken):
        store.verify_audit()


def test_the_audit_says_when_and_how_many_and_nothing_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "corridor.db"
    two_acts(path)
    with raw(path) as connection:
        rows = connection.execute("SELECT at, act, batch, detail FROM audit").fetchall()
    batch = rows[1][2]
    assert batch.startswith("LK-CIU.2026-01-28.")
    assert rows == [
        ("2026-03-31T12:00:00Z", "created", "", '{"version":1}'),
        ("2026-03-31T12:00:00Z", "loaded", batch, '{"new":1,"records":1,"rejected":0}'),
        ("2026-03-31T12:00:00Z", "withdrawn", batch, '{"records":1}'),
    ]

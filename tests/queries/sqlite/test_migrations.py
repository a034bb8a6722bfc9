"""A store of any released version opens; a newer one is left alone."""

import hashlib
import sqlite3
from pathlib import Path

import pytest

from graphs.schema import TABLES
from queries.sqlite import ddl, migrations
from queries.sqlite.run import run
from queries.sqlite.store import SqliteStore
from queries.store import NewerStore
from tests.needs import ROOT
from tests.queries.bundles import month
from tests.queries.sqlite.raw import raw

OLD = ROOT / "tests" / "data" / "old"
STORE_1 = "fc97eb3aa77d03e8"


def old_store(number: int, path: Path) -> Path:
    """Write the store of a released version as it was kept: one batch, P-1 and P-2 in it."""
    with raw(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")  # the text is in alphabetical order
        connection.executescript((OLD / f"store-v{number}.sql").read_text("utf-8"))
    return path


@pytest.mark.parametrize("number", range(1, ddl.STORE_VERSION + 1))
def test_a_store_of_every_released_version_opens_with_its_records(
    number: int, tmp_path: Path
) -> None:
    with SqliteStore(old_store(number, tmp_path / "corridor.db")) as store:
        names = [(record.id, record["name"]) for record in store.records()]
        assert names == [("LK-CIU:persons:P-1", "P-1"), ("LK-CIU:persons:P-2", "P-2")]
        assert store.add(month(1, "P-1", "P-2")).repeated
        assert store.verify_audit() >= 2


def test_a_change_of_the_tables_is_a_new_version() -> None:
    """If this fails: a new STORE_VERSION, a step in migrations, a kept store-vN.sql."""
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        ddl.create_tables(connection)
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql <> '' ORDER BY 1")
        text = "\n".join(" ".join(sql.split()) for name, sql in rows if name not in TABLES)
    connection.close()
    assert (ddl.STORE_VERSION, hashlib.sha256(text.encode()).hexdigest()[:16]) == (1, STORE_1)


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = old_store(1, tmp_path / "corridor.db")
    with raw(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(NewerStore, match=r"store version 99; this one knows up to 1"):
        SqliteStore(path)
    assert path.read_bytes() == before


def test_the_views_follow_the_schema(tmp_path: Path) -> None:
    """A column that the schema gains is there at the next opening, without a new version."""
    path = old_store(1, tmp_path / "corridor.db")
    with raw(path) as connection:
        connection.execute("DROP VIEW flows")
        connection.execute("CREATE VIEW flows AS SELECT id FROM current WHERE tbl = 'flows'")
    with SqliteStore(path):
        pass
    with raw(path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(flows)")]
    assert columns[2:] == [column.name for column in TABLES["flows"].columns]


def add_column(connection: sqlite3.Connection) -> None:
    """Stand for a step of a later version."""
    run(connection, "CREATE TABLE judgement (pk INTEGER PRIMARY KEY)")
    run(connection, "PRAGMA user_version = 2")


def break_down(connection: sqlite3.Connection) -> None:
    """Stand for a step that fails half-way."""
    run(connection, "CREATE TABLE more (pk INTEGER PRIMARY KEY)")
    raise KeyboardInterrupt


def contents(path: Path) -> tuple[int, list[str]]:
    with raw(path) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
        return migrations.version(connection), [name for (name,) in tables]


def test_an_older_store_is_brought_up_step_by_step(tmp_path: Path) -> None:
    path = old_store(1, tmp_path / "corridor.db")
    with raw(path) as connection:
        migrations.bring_up_to_date(connection, path, at="2026", steps={2: add_column})
    number, tables = contents(path)
    assert number == 2
    assert "judgement" in tables


def test_a_migration_that_fails_leaves_the_old_store(tmp_path: Path) -> None:
    path = old_store(1, tmp_path / "corridor.db")
    before = contents(path)
    steps = {2: add_column, 3: break_down}
    with raw(path) as connection, pytest.raises(KeyboardInterrupt):
        migrations.bring_up_to_date(connection, path, at="2026", steps=steps)
    assert contents(path) == before
    with SqliteStore(path) as store:
        assert len(list(store.records())) == 2

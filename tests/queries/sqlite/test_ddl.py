"""The tables are append-only and durable, and the views say what the schema says."""

import re
import sqlite3
from pathlib import Path

import pytest

from graphs.schema import TABLES
from queries.sqlite.store import SqliteStore
from tests.needs import ROOT
from tests.queries.bundles import bundle, month, person
from tests.queries.sqlite.raw import raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store with two batches, one of them withdrawn, rejects and warnings."""
    place = tmp_path / "corridor.db"
    day = "2026-01-28"
    with SqliteStore(place) as store:
        store.add(bundle([person("P-1", as_of=day)], as_of=day, warnings=("a word",)))
        store.unload(store.add(month(2, "P-1", gender="Feminine")).batch)
    return place


KEPT = ("batch", "batch_event", "load", "file", "warning", "record", "statement", "audit")


@pytest.mark.parametrize("table", KEPT)
def test_no_row_can_be_changed_or_deleted(path: Path, table: str) -> None:
    with raw(path) as connection:
        ((column, *_),) = connection.execute(
            "SELECT name FROM pragma_table_info(?) LIMIT 1", (table,)
        )
        for sql in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
                connection.execute(sql)


def test_every_table_has_its_triggers(path: Path) -> None:
    with raw(path) as connection:
        tables = {name for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )}  # fmt: skip
        guarded = {name for (name,) in connection.execute(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name "
            "HAVING count(*) = 2"
        )}  # fmt: skip
    assert tables == guarded


@pytest.mark.parametrize("table", TABLES)
def test_the_view_of_a_table_has_the_columns_of_the_schema(path: Path, table: str) -> None:
    with raw(path) as connection:
        found = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    assert found == ["id", "originator", *(column.name for column in TABLES[table].columns)]


def test_a_view_shows_what_records_shows(path: Path) -> None:
    with SqliteStore(path) as store:
        store.add(month(3, "P-1", "P-2", gender="Masculine"))
        fix = person("P-3", as_of="2026-04-28", supersedes="LK-CIU:persons:P-2")
        store.add(bundle([fix], as_of="2026-04-28"))
        current = [(record.id, record["as_of"], record["gender"]) for record in store.records()]
    with raw(path) as connection:
        sql = "SELECT id, as_of, coalesce(gender, '') FROM persons ORDER BY id"
        assert connection.execute(sql).fetchall() == current
    assert [row[0] for row in current] == ["LK-CIU:persons:P-1", "LK-CIU:persons:P-3"]


def test_what_is_committed_is_on_the_disk(path: Path) -> None:
    with SqliteStore(path) as store:
        ask = store._connection.execute  # pyright: ignore[reportPrivateUsage]
        settings = {
            name: ask(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1,
                        "secure_delete": 1}  # fmt: skip


def test_a_closed_store_is_one_file(path: Path) -> None:
    assert [file.name for file in path.parent.iterdir()] == ["corridor.db"]


def test_sql_is_run_in_one_place() -> None:
    """There the type checker sees it: only literal text, values apart."""
    places = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "queries").rglob("*.py")
        if re.search(r"\.execute(many|script)?\(", file.read_text("utf-8"))
        and "sqlite3" in file.read_text("utf-8")
    }
    assert places == {"queries/sqlite/run.py"}

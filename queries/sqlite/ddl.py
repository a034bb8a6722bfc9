"""The tables of the file, append-only by triggers, and one typed view per record table.

    batch <- batch_event          loaded, withdrawn, loaded again, erased: the last one counts
             batch_event <- load  what came with each load: manifest, files, rejects, warnings
    record <- statement -> batch  one content of one id, and which batches state it since when
    audit                         what was done, chained by hashes

A record lives while a loaded batch states it. The current content of an id is the one stated
on the latest day; rows that a current row `supersedes` are not current.
"""

import sqlite3
from typing import Final, LiteralString

from graphs.schema import TABLES, Column, Table
from queries.sqlite.run import run

APPLICATION_ID: Final = 0x436F7272
"""`Corr` in the header of the file: what `file` and SQLite know it by."""

STORE_VERSION: Final = 1

_TABLES: Final[tuple[LiteralString, ...]] = (
    """
    CREATE TABLE batch (
        pk INTEGER PRIMARY KEY,
        batch TEXT NOT NULL UNIQUE,
        originator TEXT NOT NULL,
        as_of TEXT NOT NULL,
        records INTEGER NOT NULL
    )""",
    """
    CREATE TABLE batch_event (
        pk INTEGER PRIMARY KEY,
        batch INTEGER NOT NULL REFERENCES batch,
        event TEXT NOT NULL CHECK (event IN ('loaded', 'withdrawn', 'erased'))
    )""",
    "CREATE INDEX batch_event_of ON batch_event (batch, pk)",
    """
    CREATE TABLE load (
        pk INTEGER PRIMARY KEY REFERENCES batch_event,
        batch INTEGER NOT NULL REFERENCES batch,
        title TEXT NOT NULL,
        country TEXT NOT NULL,
        schema_version TEXT NOT NULL,
        defaults TEXT NOT NULL,
        facts TEXT NOT NULL
    )""",
    "CREATE INDEX load_of ON load (batch, pk)",
    """
    CREATE TABLE file (
        load INTEGER NOT NULL REFERENCES load,
        place INTEGER NOT NULL,
        batch INTEGER NOT NULL REFERENCES batch,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        read INTEGER NOT NULL,
        accepted INTEGER NOT NULL,
        duplicates INTEGER NOT NULL,
        revised INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        records INTEGER NOT NULL,
        PRIMARY KEY (load, place),
        CHECK (read = accepted + duplicates + revised + rejected)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE reject (
        load INTEGER NOT NULL REFERENCES load,
        place INTEGER NOT NULL,
        batch INTEGER NOT NULL REFERENCES batch,
        file TEXT NOT NULL,
        row INTEGER NOT NULL,
        cells TEXT NOT NULL,
        reasons TEXT NOT NULL,
        PRIMARY KEY (load, place)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE warning (
        load INTEGER NOT NULL REFERENCES load,
        place INTEGER NOT NULL,
        batch INTEGER NOT NULL REFERENCES batch,
        words TEXT NOT NULL,
        PRIMARY KEY (load, place)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE record (
        pk INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        hash BLOB NOT NULL,
        tbl TEXT NOT NULL,
        originator TEXT NOT NULL,
        supersedes TEXT,
        content TEXT NOT NULL,
        UNIQUE (id, hash)
    )""",
    "CREATE INDEX record_supersedes ON record (supersedes) WHERE supersedes IS NOT NULL",
    # The batch of a statement is named once all its records are hashed: hence deferred.
    """
    CREATE TABLE statement (
        record INTEGER NOT NULL REFERENCES record,
        batch INTEGER NOT NULL REFERENCES batch DEFERRABLE INITIALLY DEFERRED,
        as_of TEXT NOT NULL,
        inherited TEXT NOT NULL,
        PRIMARY KEY (record, batch)
    ) WITHOUT ROWID""",
    """
    CREATE TABLE audit (
        pk INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        act TEXT NOT NULL,
        batch TEXT NOT NULL,
        detail TEXT NOT NULL,
        hash TEXT NOT NULL
    )""",
)

_VIEWS: Final[tuple[LiteralString, ...]] = (
    """
    CREATE VIEW batch_state AS
    SELECT batch.pk AS batch, (
        SELECT event FROM batch_event WHERE batch_event.batch = batch.pk
        ORDER BY batch_event.pk DESC LIMIT 1
    ) AS state
    FROM batch""",
    """
    CREATE VIEW live_statement AS
    SELECT record, batch, as_of, inherited FROM statement
    WHERE batch IN (SELECT batch FROM batch_state WHERE state = 'loaded')""",
    """
    CREATE VIEW latest AS
    SELECT record.pk, record.id, record.supersedes, max(live_statement.as_of) AS as_of
    FROM live_statement JOIN record ON record.pk = live_statement.record
    GROUP BY record.id""",
    """
    CREATE VIEW current AS
    SELECT record.pk, record.id, record.tbl, record.originator, record.content, latest.as_of
    FROM latest JOIN record ON record.pk = latest.pk
    WHERE latest.id NOT IN (SELECT supersedes FROM latest WHERE supersedes IS NOT NULL)""",
)

_KEPT_FOR_EVER: Final[tuple[LiteralString, ...]] = ("batch", "batch_event", "audit")
_KEPT_UNTIL_ERASED: Final[tuple[LiteralString, ...]] = (
    "load",
    "file",
    "reject",
    "warning",
    "statement",
)
_NUMBERS: Final[dict[str, LiteralString]] = {"int": "INTEGER", "degrees": "REAL"}


def create_tables(connection: sqlite3.Connection) -> None:
    """Write the tables, triggers and views of the present version into an empty file."""
    for sql in (*_TABLES, *_VIEWS, *triggers()):
        run(connection, sql)
    renew_table_views(connection)


def renew_table_views(connection: sqlite3.Connection) -> None:
    """Write the typed views anew, by the schema as it is now."""
    for table in TABLES.values():
        run(connection, 'DROP VIEW IF EXISTS "' + table.name + '"')
        run(connection, table_view(table))


def table_views_fit(connection: sqlite3.Connection) -> bool:
    """Say whether the file's typed views are those of the present schema."""
    found = dict(run(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
    return all(found.get(table.name) == table_view(table) for table in TABLES.values())


def triggers() -> list[LiteralString]:
    """Return what makes the tables append-only: no change ever, deletion only of the erased."""
    kept = (*_KEPT_FOR_EVER, *_KEPT_UNTIL_ERASED, "record")
    return [
        *(_refuse(table, "UPDATE") for table in kept),
        *(_refuse(table, "DELETE") for table in _KEPT_FOR_EVER),
        *(_refuse(table, "DELETE", unless=_ERASED) for table in _KEPT_UNTIL_ERASED),
        _refuse("record", "DELETE", unless=_UNSTATED),
    ]


_ERASED: Final = "(SELECT state FROM batch_state WHERE batch_state.batch = OLD.batch) IS 'erased'"
_UNSTATED: Final = "NOT EXISTS (SELECT 1 FROM statement WHERE statement.record = OLD.pk)"


def _refuse(
    table: LiteralString, act: LiteralString, *, unless: LiteralString = "0"
) -> LiteralString:
    return (
        "CREATE TRIGGER " + table + "_no_" + act.lower() + " BEFORE " + act + " ON " + table
        + " WHEN NOT (" + unless + ") BEGIN SELECT RAISE(ABORT, '" + table
        + " is append-only'); END"
    )  # fmt: skip


def table_view(table: Table) -> LiteralString:
    """Return the view of one record table: id, originator, then the columns of the schema.

    >>> table_view(TABLES["flows"]).partition(",")[0]
    'CREATE VIEW "flows" AS SELECT id'
    """
    cells = ",\n  ".join([_cell(column) for column in table.columns])
    return (
        'CREATE VIEW "' + table.name + '" AS SELECT id, originator,\n  ' + cells
        + "\nFROM current WHERE tbl = '" + table.name + "'"
    )  # fmt: skip


def _cell(column: Column) -> LiteralString:
    if column.name == "as_of":
        return "as_of"
    said = "json_extract(content, '$.said." + column.name + "')"
    number = None if column.many else _NUMBERS.get(column.type)
    if number:
        said = "CAST(" + said + " AS " + number + ")"
    return said + ' AS "' + column.name + '"'

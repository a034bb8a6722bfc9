"""The example operation as three agencies would send it: CSV folder, own workbook, JSON Lines."""

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Final

from graphs.errors import InputError
from graphs.schema import SCHEMA_VERSION, TABLES
from loaders.example.desk import DEFAULTS, Row
from loaders.example.operation import operation
from loaders.example.sheets import MAPPING, WORKBOOK, Registers
from loaders.example.story import AS_OF, AU, HOME, LK, TH
from loaders.example.workbook import WorkbookFile

MOST_IN_WORKBOOK: Final = 2_000
"""Above so many people the transit agency exports CSV: who opens a workbook of that size?"""
_TITLES: Final = {
    LK: "Lantern, Sri Lankan file (invented)", TH: "Lantern, Thai file (invented)",
    AU: "Lantern, Australian file (invented)",
}  # fmt: skip
_UNUSED: Final = frozenset({"supersedes", "evidence_ref", "note", "caveat", "retention_until"})


def write_example(directory: Path | str, *, people: int = 150, seed: int = 7) -> tuple[int, int]:
    """Write an invented operation into a folder, one bundle per entry; return (people, records).

    `people` counts people in truth, of whom several stand in more than one agency's file. The
    folder is made; it must be empty, so that nothing else is ever loaded with the bundles.
    The same numbers give the same bytes. InputError for fewer than one person or a folder in use.
    """
    if people < 1:
        raise InputError(f"people is {people}, expected 1 or more")
    folder = Path(directory)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not an empty folder; give a new one, or empty it first")
    folder.mkdir(parents=True, exist_ok=True)
    records = 0
    with ExitStack() as stack:
        desks = {
            LK: _CsvFolder(folder / LK.lower(), LK, stack),
            AU: _Lines(folder / f"{AU.lower()}.jsonl", stack),
            TH: _own_files(folder / TH.lower(), people, stack),
        }
        for rows in operation(people, seed):
            records += len(rows)
            for agency, desk in desks.items():
                desk.add(row for row in rows if row.agency == agency)
    return people, records


def example_truth(people: int, seed: int) -> list[tuple[str, str]]:
    """Return (record id, person id) of every record of a person: who is who in truth."""
    rows = (row for ring in operation(people, seed) for row in ring)
    return sorted((row.id, row.truth) for row in rows if row.truth)


def _own_files(folder: Path, people: int, stack: ExitStack) -> "Registers | _CsvFolder":
    if people > MOST_IN_WORKBOOK:
        return _CsvFolder(folder, TH, stack)
    folder.mkdir()
    (folder / "mapping.toml").write_text(
        MAPPING.read_text(encoding="utf-8"), encoding="utf-8", newline="\n"
    )
    return Registers(stack.enter_context(WorkbookFile(folder / WORKBOOK)))


class _CsvFolder:
    """A bundle as one CSV file per table, each opened when its first row comes."""

    def __init__(self, folder: Path, agency: str, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._writers: dict[str, Any] = {}
        folder.mkdir()
        (folder / "bundle.toml").write_text(_manifest(agency), encoding="utf-8", newline="\n")

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows, each into the file of its table."""
        for row in rows:
            columns = _columns(row.table)
            self._writer(row.table, columns).writerow([row.cells.get(c, "") for c in columns])

    def _writer(self, table: str, columns: list[str]) -> Any:
        if table not in self._writers:
            path = self._folder / f"{table}.csv"
            file = self._stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            self._writers[table] = csv.writer(file, lineterminator="\n")
            self._writers[table].writerow(columns)
        return self._writers[table]


class _Lines:
    """A bundle as JSON Lines, the manifest on the first."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self._file: IO[str] = stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
        self._put({
            "table": "bundle", "schema_version": SCHEMA_VERSION, "title": _TITLES[AU],
            "as_of": AS_OF, "originator": {"agency": AU, "country": HOME[AU]},
            "defaults": DEFAULTS[AU],
        })  # fmt: skip

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows, one a line."""
        for row in rows:
            self._put({"table": row.table, **row.cells})

    def _put(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _columns(table: str) -> list[str]:
    return [name for name in TABLES[table].place if name not in _UNUSED]


def _manifest(agency: str) -> str:
    defaults = "".join(f'{key} = "{value}"\n' for key, value in DEFAULTS[agency].items())
    return (
        f'schema_version = "{SCHEMA_VERSION}"\ntitle = "{_TITLES[agency]}"\nas_of = {AS_OF}\n\n'
        f'[originator]\nagency = "{agency}"\ncountry = "{HOME[agency]}"\n\n[defaults]\n{defaults}'
    )

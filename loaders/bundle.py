"""Read a case bundle in any of its forms: everything is checked, then everything is returned."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

from graphs.collector import collector_at_rest
from graphs.records import Bundle
from graphs.schema import TABLES
from loaders import manifest as manifests
from loaders.checks import check_bundle
from loaders.csv_tables import Unreadable, read_csv
from loaders.faults import BundleError, Fault, shown
from loaders.manifest import ReadManifest
from loaders.raw import Reading
from loaders.sources import Member, Source, open_source

MAPPING: Final = "mapping.toml"
_FORMS: Final = (
    "bundle.toml beside CSV files, a workbook with a sheet bundle, or JSON Lines beginning with "
    'a line {"table": "bundle", ...}'
)
_DATA: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".tsv", ".json", ".jsonl", ".zip")
"""Files beside CSV that hold data: passing one over silently would lose rows."""


def read_bundle(path: Path, *, mapping: Path | None = None, accept_partial: bool = False) -> Bundle:
    """Return the checked records of a case bundle, sorted by id, each once.

    `path` is a folder with `bundle.toml` and one CSV file per table, a workbook, a JSON Lines
    file, or a ZIP archive of any of these. A folder with `mapping.toml`, or any file with
    `mapping`, is an agency's own spreadsheet, read as the mapping says. With `accept_partial`
    faulty rows, and rows that refer to them, are left out and kept in `rejects`.

    Raises `BundleError` with every fault; then nothing of the bundle is returned.
    """
    path = Path(path)
    source = open_source(path)
    with collector_at_rest():
        if mapping is not None or source.member(MAPPING) is not None:
            return _read_mapped(path, mapping, accept_partial)
        read, reading = _read(source)
        reading.faults += read.faults
        return check_bundle(read.manifest, reading, accept_partial=accept_partial)


def _read_mapped(path: Path, mapping: Path | None, accept_partial: bool) -> Bundle:
    module = importlib.import_module("loaders.mapped")
    read = cast(Callable[..., Bundle], module.read_mapped)
    return read(path, mapping, accept_partial=accept_partial)


def _read(source: Source) -> tuple[ReadManifest, Reading]:
    """Read the manifest and the tables of a source in whatever form it has."""
    if source.member(manifests.NAME) is not None or source.kind == "folder":
        return _read_folder(source)
    members = source.members
    if len(members) == 1 and members[0].name.lower().endswith((".xlsx", ".xlsm")):
        from loaders.xlsx_tables import read_workbook

        return read_workbook(members[0])
    if len(members) == 1 and members[0].name.lower().endswith((".jsonl", ".ndjson", ".json")):
        from loaders.jsonl_tables import read_lines

        return read_lines(members[0])
    hint = ""
    if len(members) == 1:
        hint = "A table of your own is read with --mapping FILE."
    fault = Fault(shown(source.name), "", None, None, "no manifest", _FORMS, hint)
    raise BundleError([fault])


# -- a folder of CSV files


def _read_folder(source: Source) -> tuple[ReadManifest, Reading]:
    member = source.member(manifests.NAME)
    read = (
        manifests.missing_manifest(shown(source.name), _FORMS)
        if member is None
        else manifests.read_toml(member.read())
    )
    encoding = dict(read.manifest.facts).get("encoding", "utf-8")
    reading = Reading()
    for other in source.members:
        if other.name.lower().endswith(".csv"):
            _read_table(other, encoding, reading)
        elif other.name.lower().endswith(_DATA):
            problem = "a file that is no CSV table", "one CSV file per table beside bundle.toml"
            reading.faults.append(Fault(shown(other.name), "", None, None, *problem))
        elif other.name != manifests.NAME:
            reading.warnings.append(f"{shown(other.name)} is no table and was not read")
    if not reading.tables and not reading.faults:
        problem = "no table", f"CSV files named {', '.join(f'{name}.csv' for name in TABLES)}"
        reading.faults.append(Fault(shown(source.name), "", None, None, *problem))
    return read, reading


def _read_table(member: Member, encoding: str, reading: Reading) -> None:
    table = member.name.rpartition(".")[0]
    reading.files[member.name] = member.sha256()
    try:
        reading.tables.append(read_csv(member, table, encoding=encoding))
    except Unreadable as unreadable:
        reading.faults.append(unreadable.fault)
        reading.broken.add(table)

"""JSON Lines: one object a line, each with its table; the first line is the manifest."""

import json
from collections.abc import Iterator
from typing import Final

from graphs.schema import INHERITABLE, TABLES
from loaders import manifest as manifests
from loaders.csv_tables import Unreadable, decoded_lines
from loaders.faults import Fault, shown
from loaders.manifest import ReadManifest
from loaders.raw import Misshapen, RawTable, Reading
from loaders.sources import Member

_FORM: Final = 'one object {"table": "persons", "record_id": "P-1", ...} of texts on each line'
Line = tuple[int, list[tuple[str, object]]]


class Number(str):
    """A number, kept as it was written."""

    __slots__ = ()


class _NotPlain(ValueError):
    """A line that JSON allows and a table does not."""


def read_lines(member: Member) -> tuple[ReadManifest, Reading]:
    """Read the manifest and the tables of a JSON Lines file.

    Numbers are kept as written. A key that a line does not have is an empty cell, except that a
    column which the bundle's defaults may fill is then `inherit`, as an absent column is.
    """
    reading = Reading(files={member.name: member.sha256()})
    try:
        lines = list(_lines(member, reading))
    except Unreadable as unreadable:
        return manifests.missing_manifest(member.name, _FORM)._replace(
            faults=(unreadable.fault,)
        ), reading
    first = dict(lines[0][1]) if lines else {}
    if first.get("table") != "bundle":
        expected = 'a first line {"table": "bundle", "schema_version": "1.0", ...}'
        read = manifests.missing_manifest(member.name, expected)
    else:
        number, _ = lines.pop(0)
        first.pop("table")
        read = manifests.read_manifest(first, member.name, _every_key(first, number))
    reading.tables += _tables(member.name, lines, reading)
    return read, reading


def _every_key(said: dict[str, object], row: int) -> dict[str, int]:
    keys = {key: row for key in said}
    for key, value in said.items():
        if isinstance(value, dict):
            keys.update({f"{key}.{inner}": row for inner in value})
    return keys


def _lines(member: Member, reading: Reading) -> Iterator[Line]:
    """Return the pairs of each line that can be read; the others are faults of the file."""
    for number, text in decoded_lines(member, "lines"):
        if not text.strip():
            continue
        try:
            yield number, _pairs(text)
        except (ValueError, RecursionError) as error:
            found = str(error) if isinstance(error, _NotPlain) else "a line that is not JSON"
            # A row that cannot be read might hold any id of any table.
            reading.broken.update(TABLES)
            reading.faults.append(
                Fault(member.name, "", number, None, shown(found), _FORM, _hint(error))
            )


def _hint(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.colno}."
    return ""


class _Object(list[tuple[str, object]]):
    """The pairs of an object, so that a key twice is seen."""


def _no_constant(word: str) -> object:
    raise _NotPlain(f"{word}, which is no number")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_Object, parse_int=Number, parse_float=Number, parse_constant=_no_constant
)


def _pairs(text: str) -> list[tuple[str, object]]:
    said = _DECODER.decode(text.strip())
    if not isinstance(said, _Object):
        raise _NotPlain("a line that is no object")
    return [(key, _plain(value)) for key, value in _without_repeats(said)]


def _without_repeats(said: _Object) -> _Object:
    names = [key for key, _ in said]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _NotPlain(f"the key {twice[0]} twice")
    return said


def _plain(value: object) -> object:
    """Turn inner objects into dictionaries: only the manifest has any."""
    if isinstance(value, _Object):
        return {key: _plain(inner) for key, inner in _without_repeats(value)}
    return value


def _tables(file: str, lines: list[Line], reading: Reading) -> Iterator[RawTable]:
    by_table: dict[str, list[tuple[int, dict[str, object]]]] = {}
    for number, pairs in lines:
        said = dict(pairs)
        table = said.pop("table", None)
        if not isinstance(table, str) or isinstance(table, Number):
            found = "no table" if table is None else shown(str(table))
            reading.faults.append(Fault(file, "", number, "table", found, _FORM))
            continue
        by_table.setdefault(table, []).append((number, said))
    for table, rows in by_table.items():
        yield _table(file, table, rows)


def _table(file: str, table: str, rows: list[tuple[int, dict[str, object]]]) -> RawTable:
    header = tuple(dict.fromkeys(name for _, said in rows for name in said))
    columns: list[list[str]] = [[] for _ in header]
    seen: dict[str, str] = {}
    numbers: list[int] = []
    numeric: list[tuple[int, int]] = []
    misshapen: list[Misshapen] = []
    for number, said in rows:
        if faults := tuple(_not_text(file, table, number, said)):
            cells = tuple(str(said.get(name, "")) for name in header)
            misshapen.append(Misshapen(number, cells, faults))
            continue
        for place, name in enumerate(header):
            value = said.get(name, "inherit" if name in INHERITABLE else "")
            cell = "" if value is None else str(value)
            columns[place].append(seen.setdefault(cell, cell))
            if isinstance(value, Number):
                numeric.append((len(numbers), place))
        numbers.append(number)
    return RawTable(
        file, table, header, columns, numbers,
        misshapen=misshapen, numeric=frozenset(numeric),
    )  # fmt: skip


def _not_text(file: str, table: str, number: int, said: dict[str, object]) -> Iterator[Fault]:
    """Find the values of a row that are neither text nor number nor null."""
    for name, value in said.items():
        if isinstance(value, str) or value is None:
            continue
        items = value if isinstance(value, list) else []
        texts = [item for item in items if isinstance(item, str)]
        hint = f"Write {shown(';'.join(texts))}." if texts and len(texts) == len(items) else ""
        found = shown(json.dumps(value, ensure_ascii=False))
        yield Fault(file, table, number, shown(name), found, "text; a list is split by ;", hint)

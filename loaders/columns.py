"""The cells of a table judged column by column: each distinct cell once, however often it stands.

A million rows hold few thousand distinct words, dates and countries; only rows whose cell was
found wrong are looked at one by one.
"""

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse

from graphs.records import Manifest
from graphs.schema import TABLES, Column, Table
from graphs.sharing.markings import STRICTEST_KNOWN
from loaders.cells import FINE_TEXT, RECORD_ID, Judge, Problem, Reading, judge_of, list_judge, meant
from loaders.faults import Fault, shown
from loaders.raw import RawTable
from loaders.references import Index

TRUNCATED = 32
"""Some programs cut column names after so many characters."""


@dataclass(slots=True)
class Checked:
    """A table whose cells are judged: canonical cells by column, and what was found on the way.

    `changed` keeps, by place of the row, (column, as written); `inherited` the columns that
    defaults filled in some rows, `inherited_by_all` in every row; `bad` the faults of rows.
    """

    raw: RawTable
    table: Table
    columns: dict[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    changed: dict[int, list[tuple[str, str]]] = field(
        default_factory=dict[int, list[tuple[str, str]]]
    )
    inherited: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    inherited_by_all: list[str] = field(default_factory=list[str])
    bad: dict[int, list[Fault]] = field(default_factory=dict[int, list[Fault]])
    most_restricted: int = 0

    def blame(self, place: int, column: str | None, problem: Problem) -> Fault:
        """Record a fault of the row at this place."""
        fault = fault_at(self.raw, place, column, problem)
        self.bad.setdefault(place, []).append(fault)
        return fault


def fault_at(raw: RawTable, place: int, column: str | None, problem: Problem) -> Fault:
    """Return a fault of a row, at the place in the agency's own sheet where a mapping made it."""
    if raw.origins is None:
        return Fault(raw.file, raw.table, raw.rows[place], column, *problem)
    origin = raw.origins[place]
    named = origin.columns.get(column, column) if column else column
    return Fault(origin.file, origin.sheet or raw.table, origin.row, named, *problem)


# -- the header


def header_faults(raw: RawTable, manifest: Manifest) -> Iterator[Fault]:
    """Find what is wrong with a header: unknown, repeated, blank and missing columns."""
    table = TABLES[raw.table]
    for name, times in Counter(raw.header).items():
        if not name:
            problem = Problem("", "the name of a column", "A comma too many?")
        elif name not in table.place:
            problem = _unknown_column(name, table)
        elif times > 1:
            problem = Problem(f"{name}, {times} times", "each column once")
        else:
            continue
        yield Fault(raw.file, raw.table, raw.header_row, shown(name), *problem)
    for column in table.columns:
        if column.required and column.name not in raw.header and not _default(column, manifest):
            rest = " or a default in the bundle" if column.inherits else ""
            problem = Problem("", f"a column {column.name}{rest} ({column.meaning})")
            yield Fault(raw.file, raw.table, raw.header_row, column.name, *problem)
    for words, names in groups_of(table).items():
        if not set(names) & set(raw.header):
            problem = Problem("", f"at least one of the columns {words}")
            yield Fault(raw.file, raw.table, raw.header_row, names[0], *problem)


def groups_of(table: Table) -> dict[str, list[str]]:
    """Return the groups of columns of which one must be filled, by their words.

    >>> groups_of(TABLES["persons"])
    {'case_ref or journey_ref': ['case_ref', 'journey_ref']}
    """
    groups: dict[str, list[str]] = {}
    for column in table.columns:
        if column.one_of:
            groups.setdefault(column.one_of, []).append(column.name)
    return groups


def _unknown_column(name: str, table: Table) -> Problem:
    known = tuple(table.place)
    if len(name) == TRUNCATED:
        guess = next((column for column in known if column.startswith(name)), None)
        hint = meant(guess) or f"Was the name cut after {TRUNCATED} characters?"
    else:
        folded = name.strip().casefold().replace(" ", "_").replace("-", "_")
        near = difflib.get_close_matches(folded[:64], known, n=1)
        hint = meant(near[0] if near else None)
    return Problem(shown(name), f"a column of {table.name}: {', '.join(known)}", hint)


def _default(column: Column, manifest: Manifest) -> str | None:
    """Return what an absent or `inherit` cell of this column becomes, None where nothing does."""
    if not column.inherits:
        return None
    if column.name == "as_of":
        return manifest.as_of
    found = dict(manifest.defaults).get(column.name)
    if found is None and column.name == "handling" and _asks_most_restrictive(manifest):
        return STRICTEST_KNOWN
    return found


def _asks_most_restrictive(manifest: Manifest) -> bool:
    return dict(manifest.facts).get("missing_handling") == "most_restrictive"


# -- the cells


def check_columns(raw: RawTable, manifest: Manifest, reading: Reading, index: Index) -> Checked:
    """Judge every cell of a table whose header is known."""
    table = TABLES[raw.table]
    checked = Checked(raw, table)
    blank = [""] * len(raw.rows)
    for column in table.columns:
        if column.name not in raw.header:
            checked.columns[column.name] = _absent(checked, column, manifest, blank)
            continue
        place = raw.header.index(column.name)
        checked.columns[column.name] = _judged(checked, column, place, manifest, reading, index)
    if _asks_most_restrictive(manifest):
        _restrict(checked, manifest)
    _blame_numeric(checked)
    return checked


def _absent(
    checked: Checked, column: Column, manifest: Manifest, blank: list[str]
) -> Sequence[str]:
    default = _default(column, manifest)
    if default is None:
        return blank
    checked.inherited_by_all.append(column.name)
    return [default] * len(blank)


def _judged(
    checked: Checked,
    column: Column,
    place: int,
    manifest: Manifest,
    reading: Reading,
    index: Index,
) -> Sequence[str]:
    cells = checked.raw.columns[place]
    is_ref = column.type in ("ref", "named_ref")
    judge = _reference_judge(column, checked.table, index) if is_ref else judge_of(column, reading)
    distinct = dict.fromkeys(cells)
    fine = _FINE.get(column.type)
    doubtful = filterfalse(fine, distinct) if fine else distinct
    verdicts: dict[str, str] = {}
    wrong: dict[str, list[Problem]] = {}
    inherit: dict[str, str] = {}
    default = _default(column, manifest)
    for cell in doubtful:
        verdict = judge(cell) if cell.strip() else _empty(column, manifest)
        if column.inherits and cell.strip() == "inherit":
            expected = f"a value, because the bundle has no default for {column.name}"
            verdict = default if default is not None else [Problem("inherit", expected)]
            inherit[cell] = cell
        if not isinstance(verdict, str):
            wrong[cell] = verdict
        elif verdict != cell:
            verdicts[cell] = verdict
    _note_rows(checked, column, cells, wrong, inherit, {} if is_ref else verdicts)
    return list(map(verdicts.get, cells, cells)) if verdicts else cells


_FINE: dict[str, Callable[[str], object]] = {
    "text": FINE_TEXT.fullmatch,
    "id": RECORD_ID.fullmatch,
}
"""Patterns of cells about which nothing needs asking, for columns where most cells differ."""


def _reference_judge(column: Column, table: Table, index: Index) -> Judge:
    tables = (table.name,) if column.of == "same" else column.tables
    one = index.judge_named(tables) if column.type == "named_ref" else index.judge(tables)
    return list_judge(one) if column.many else one


def _empty(column: Column, manifest: Manifest) -> str | list[Problem]:
    if not column.required or (column.name == "handling" and _asks_most_restrictive(manifest)):
        return ""
    rest = ", or the word inherit" if column.inherits else ""
    return [Problem("", f"a value{rest} ({column.meaning})")]


def _note_rows(
    checked: Checked,
    column: Column,
    cells: Sequence[str],
    wrong: dict[str, list[Problem]],
    inherit: dict[str, str],
    changed: dict[str, str],
) -> None:
    """Go through the rows of a column once, where any of its cells needs noting by row."""
    if not (wrong or inherit or changed):
        return
    for place, cell in enumerate(cells):
        if cell in inherit:
            checked.inherited.setdefault(place, []).append(column.name)
        elif cell in changed:
            checked.changed.setdefault(place, []).append((column.name, cell))
        for problem in wrong.get(cell, ()):
            checked.blame(place, column.name, problem)


def _restrict(checked: Checked, manifest: Manifest) -> None:
    """Mark rows without a marking as strictly as anything known, for their originator only."""
    if "handling" in checked.inherited_by_all and "handling" not in dict(manifest.defaults):
        empty = list(range(len(checked.raw.rows)))
    else:
        empty = [place for place, cell in enumerate(checked.columns["handling"]) if not cell]
        handling = [cell or STRICTEST_KNOWN for cell in checked.columns["handling"]]
        checked.columns["handling"] = handling
        for place in empty:
            checked.inherited.setdefault(place, []).append("handling")
    checked.most_restricted = len(empty)
    if empty:
        releasable = list(checked.columns["releasable_to"])
        for place in empty:
            releasable[place] = ""
        checked.columns["releasable_to"] = releasable


def _blame_numeric(checked: Checked) -> None:
    """Blame identifiers that a workbook held as numbers: their zeros may be lost already."""
    if checked.table.name != "identifiers" or "value" not in checked.raw.header:
        return
    column = checked.raw.header.index("value")
    for place, at in sorted(checked.raw.numeric):
        if at == column:
            cell = shown(checked.raw.columns[column][place])
            hint = "Leading zeros may be lost: format the column as text and enter it again."
            checked.blame(place, "value", Problem(cell, "text, not a number", hint))

"""A preset: a mapping of a shared format, fitted to the columns that a sheet happens to have."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from graphs.schema import TABLES
from loaders.mapping.rules import CellRule, TableRule
from loaders.mapping.sheets import Sheet

FOLDER: Final = Path(__file__).parent.parent / "presets"
TABLE_PRESETS: Final = ("htcds",)
"""Presets that are a mapping; the others are read by code of their own."""
ID: Final = "Id"
SHORTEST_CUT: Final = 10
"""dBase cuts names after 10 characters, a sheet's name ends at 31, Stata's at 32."""


@dataclass(frozen=True, slots=True)
class Preset:
    """The text of a preset's tables, the columns it knows and how else they are called."""

    name: str
    text: str
    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    aliases: dict[str, str]


@cache
def read_preset(name: str) -> Preset:
    """Return one preset that is a mapping; a KeyError for another name is a fault of the code.

    >>> "vic_TraffickingStatus" in read_preset("htcds").columns
    True
    """
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    used = re.findall(r"\{(\w+)\}", text) + re.findall(r'column = "(\w+)"', text)
    columns = [*dict.fromkeys(column for column in used if column != "item"), *said["ignored"]]
    aliases = {
        folded(other): column for column, others in said["aliases"].items() for other in others
    }
    return Preset(name, text, tuple(columns), tuple(said["ignored"]), aliases)


def folded(name: str) -> str:
    """Return what two spellings of a column's name share: letters, marks, digits, in small letters.

    >>> folded("prs_First Name"), folded("ชื่อ-สกุล")
    ('prsfirstname', 'ชื่อสกุล')
    """
    small = unicodedata.normalize("NFC", name).casefold()
    return "".join(letter for letter in small if unicodedata.category(letter)[0] in "LMN")


def canonical_column(heading: str, preset: Preset) -> str | None:
    """Return the preset's column that a heading means, or None where that would be a guess.

    A heading may be the full name, an alias, the name without its prefix where only one column
    has it, or the beginning of only one name, at least 10 characters long.

    >>> htcds = read_preset("htcds")
    >>> canonical_column("First Name", htcds)
    'prs_FirstName'
    >>> canonical_column("vic_TraffickingStatusDecisionMak", htcds)
    'vic_TraffickingStatusDecisionMakingOrg'
    >>> canonical_column("Country", htcds), canonical_column("Shoe size", htcds)
    ('hte_Country', None)
    """
    name = folded(heading)
    full = {folded(column): column for column in preset.columns}
    if name in full:
        return full[name]
    if name in preset.aliases:
        return preset.aliases[name]
    bare = {column: folded(column.partition("_")[2]) for column in preset.columns}
    same = [column for column, short in bare.items() if short == name]
    if not same and len(name) >= SHORTEST_CUT:
        known = [*full.items(), *((short, column) for column, short in bare.items())]
        known += list(preset.aliases.items())
        same = sorted({column for spelling, column in known if spelling.startswith(name)})
    return same[0] if len(same) == 1 else None


def fit_sheet(sheet: Sheet, preset: Preset) -> Sheet:
    """Return the sheet with the preset's names in its header, and a column of ids if it has none.

    Two headings that mean one column keep their own names, so that they are faults, not merged.
    """
    meant = [canonical_column(heading, preset) for heading in sheet.header]
    header = tuple(
        name if name and meant.count(name) == 1 else heading
        for name, heading in zip(meant, sheet.header, strict=True)
    )
    if ID in header:
        return replace(sheet, header=header)
    return replace(
        sheet,
        header=(*header, ID),
        headings=(*sheet.headings, ID),
        rows=tuple(
            (*cells, f"row-{number}")
            for number, cells in zip(sheet.numbers, sheet.rows, strict=True)
        ),
    )


def fit_rules(rules: Iterable[TableRule], sheet: Sheet, preset: Preset) -> Iterator[TableRule]:
    """Yield the rules that a sheet can fill, without the cells whose columns it does not have.

    A table whose condition or required column cannot be filled is left out.
    """
    known = set(sheet.header)
    for rule in rules:
        if not rule.is_preset:
            yield rule
            continue
        cells = _first_of_each(cell for cell in rule.cells if _can_fill(cell, known))
        asked = {condition.column for condition in rule.when}
        asked |= {rule.for_each.column} if rule.for_each else set()
        if asked <= known and _can_name_rows(rule, known):
            ignore = tuple(name for name in preset.ignored if name in known)
            yield replace(rule, cells=tuple(cells), ignore=(*rule.ignore, *ignore))


def _can_fill(cell: CellRule, known: set[str]) -> bool:
    columns = cell.pattern.columns
    if TABLES["links"].place.get(cell.column) is not None and cell.column.endswith("_ref"):
        return all(column in known for column in columns)
    return not columns or any(column in known for column in columns)


def _can_name_rows(rule: TableRule, known: set[str]) -> bool:
    named = [cell for cell in rule.cells if cell.column == "record_id"]
    return all(column in known for cell in named for column in cell.pattern.columns)


def _first_of_each(cells: Iterable[CellRule]) -> list[CellRule]:
    first: dict[str, CellRule] = {}
    for cell in cells:
        first.setdefault(cell.column, cell)
    return list(first.values())

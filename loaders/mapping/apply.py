"""The rows of one sheet become rows of one record table, each knowing the cells it came from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from graphs.codes import CodeKind, alpha2_from, country_hint, country_name
from graphs.schema import TABLES
from loaders.faults import Fault, shown
from loaders.mapping.dates import iso_date
from loaders.mapping.patterns import FILE, ITEM, ROW, SHEET
from loaders.mapping.rules import CellRule, MappingRules, TableRule, near
from loaders.mapping.sheets import Sheet, column_letter
from loaders.raw import Origin, RawTable, table_of_rows

SOURCE_REF: Final = "source_ref"
MOST_ROWS: Final = 400
"""So many stretches of rows are named in one source_ref; the text of a cell is limited."""


@dataclass(frozen=True, slots=True)
class Made:
    """The rows one [[table]] made of its sheet.

    `rows_of` gives, beside each row of `table`, the numbers of the sheet's rows that say it.
    `written` keeps, by record id, the cells that stand otherwise in the sheet (a country's name,
    a date). `faults` are of cells that could not be read as the mapping file says.
    """

    rule: TableRule
    table: RawTable
    rows_of: tuple[tuple[int, ...], ...]
    written: Mapping[str, tuple[tuple[str, str], ...]]
    faults: tuple[Fault, ...]


class _Step(NamedTuple):
    """One column to fill: its rule, and what the schema says of it."""

    rule: CellRule
    type: str
    is_strict: bool
    is_source: bool


@dataclass(slots=True)
class _Row:
    """A row in the making: its cells, what was written otherwise, where it was said."""

    cells: tuple[str, ...]
    written: dict[str, str]
    source: dict[str, str]
    numbers: list[int] = field(default_factory=list[int])


def places_of(rule: TableRule, sheet: Sheet) -> tuple[dict[str, int], list[str]]:
    """Return where the columns that a rule reads stand in the sheet, and those that do not."""
    places = {name: place for place, name in enumerate(sheet.header)}
    places |= {f"@{column_letter(place)}": place for place in range(len(sheet.header))}
    missing = [name for name in rule.columns if name not in places]
    return {name: places[name] for name in rule.columns if name in places}, missing


def missing_columns(rule: TableRule, sheet: Sheet, missing: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault for each column that a rule names and the sheet does not have."""
    for name in missing:
        hint = near(name, sheet.header) or f"Is header_row = {sheet.header_row} right?"
        yield Fault(
            sheet.file, sheet.name, sheet.header_row, shown(name), "",
            f"this column, which [[table]] {rule.number} ({rule.to}) reads", hint,
        )  # fmt: skip


def make_rows(
    rule: TableRule, sheet: Sheet, rules: MappingRules, *, skip: frozenset[int] = frozenset()
) -> Made:
    """Return the rows that one [[table]] makes of its sheet, equal ones once.

    Rows that differ only in the row number of their `source_ref` are one statement made in
    several places: it is made once, and its `source_ref` names them all. `skip` holds the
    numbers of rows left out. Every column read must exist (see `missing_columns`).
    """
    return _Maker(rule, sheet, rules).make(skip)


class _Maker:
    """Makes the rows of one table, collecting the faults of cells on the way."""

    def __init__(self, rule: TableRule, sheet: Sheet, rules: MappingRules) -> None:
        self.rule, self.sheet, self.rules = rule, sheet, rules
        self.places, _ = places_of(rule, sheet)
        self.faults: list[Fault] = []
        self.ids: dict[str, str] = {}
        self.steps = [self._step(cell) for cell in rule.cells]

    def _step(self, cell: CellRule) -> _Step:
        column = TABLES[self.rule.to].column(cell.column)
        is_strict = column.type in ("id", "ref", "named_ref")
        is_source = cell.column == SOURCE_REF and ROW in cell.pattern.names
        return _Step(cell, column.type, is_strict, is_source)

    def make(self, skip: frozenset[int]) -> Made:
        rows: dict[tuple[object, ...], _Row] = {}
        for numbers, values in self._sources(skip):
            row = self._row(numbers[0], values)
            key = (row.cells, tuple(row.source.items()))
            rows.setdefault(key, row).numbers.extend(numbers)
        made = list(rows.values())
        header = tuple(step.rule.column for step in self.steps)
        labels = {step.rule.column: self._label(step.rule) for step in self.steps}
        sheet = self.sheet
        origins = [Origin(sheet.file, sheet.name, row.numbers[0], labels) for row in made]
        table = table_of_rows(
            sheet.label, self.rule.to, header, map(self._cells, made),
            [row.numbers[0] for row in made], origins=origins,
        )  # fmt: skip
        place = header.index("record_id")
        written = {row.cells[place]: tuple(sorted(row.written.items())) for row in made}
        numbers = tuple(tuple(row.numbers) for row in made)
        return Made(self.rule, table, numbers, written, tuple(self.faults))

    def _sources(self, skip: frozenset[int]) -> Iterator[tuple[list[int], dict[str, str]]]:
        """Yield the row numbers and column values that each row is made of."""
        fixed = {FILE: self.sheet.file, SHEET: self.sheet.name, ROW: ""}
        if self.rule.once:
            numbers = [number for number in self.sheet.numbers if number not in skip]
            yield numbers or [self.sheet.header_row], fixed
            return
        for number, cells in zip(self.sheet.numbers, self.sheet.rows, strict=True):
            if number in skip:
                continue
            values = {name: cells[place].strip() for name, place in self.places.items()}
            # A column of a preset that this sheet does not have is empty in every row.
            values |= {name: "" for name in self.rule.columns if name not in values}
            if all(condition.holds(values[condition.column]) for condition in self.rule.when):
                yield [number], values | fixed | {ROW: str(number)}

    def _row(self, number: int, values: dict[str, str]) -> _Row:
        row = _Row((), {}, {})
        cells: list[str] = []
        for step in self.steps:
            if step.is_source:
                # Filled last, with the numbers of all rows that say the same.
                row.source = {name: values[name] for name in step.rule.pattern.columns}
                cells.append("")
                continue
            text = step.rule.pattern.fill(values, all_needed=step.is_strict)
            cell = self._converted(step, text, number) if text else ""
            if cell != text and step.type not in ("id", "ref", "named_ref"):
                row.written[step.rule.column] = text
            cells.append(cell)
        row.cells = tuple(cells)
        return row

    def _cells(self, row: _Row) -> tuple[str, ...]:
        values = row.source | {
            FILE: self.sheet.file, SHEET: self.sheet.name, ROW: row_ranges(row.numbers)
        }  # fmt: skip
        return tuple(
            step.rule.pattern.fill(values) if step.is_source else cell
            for step, cell in zip(self.steps, row.cells, strict=True)
        )

    def _label(self, cell: CellRule) -> str:
        columns = ", ".join(map(shown, cell.pattern.columns))
        return columns or f"{cell.column} ({self.rules.name})"

    def _converted(self, step: _Step, text: str, number: int) -> str:
        rule = step.rule
        items = [text] if not rule.split else [item.strip() for item in text.split(rule.split)]
        done = [self._item(step, item, number) for item in items if item]
        if rule.split and any(";" in item for item in done):
            self._fault(step, number, text, "items without ; in them", "")
        return ";".join(filter(None, dict.fromkeys(done)))

    def _item(self, step: _Step, item: str, number: int) -> str:
        rule = step.rule
        words = dict(rule.words)
        if item in words:
            return self._framed(step, words[item], number)
        if rule.codes:
            return self._framed(step, self._country(step, item, number), number)
        if step.type in ("date", "day"):
            return self._date(step, item, number)
        item = item.upper() if rule.case == "upper" else item
        item = item.lower() if rule.case == "lower" else item
        return self._framed(step, item, number)

    def _framed(self, step: _Step, item: str, number: int) -> str:
        framed = step.rule.each.fill({ITEM: item}) if step.rule.each and item else item
        if not step.rule.as_id:
            return framed
        made = as_id(framed)
        if self.ids.setdefault(made, framed) != framed:
            found = f"{self.ids[made]} and {framed}"
            self._fault(step, number, found, f"texts that stay different as ids, both are {made}")
        return made

    def _country(self, step: _Step, item: str, number: int) -> str:
        if step.type == "cc_or_unknown" and item == "unknown":
            return item
        kind: CodeKind = _KINDS[step.rule.codes]
        code = alpha2_from(item, kind)
        if code is None:
            near_code = country_hint(item)
            hint = f"Did you mean {country_name(near_code)} ({near_code})? " if near_code else ""
            write = f'Say so in the mapping file: map = {{ "{shown(item)}" = "…" }}'
            self._fault(step, number, item, _EXPECTED[step.rule.codes], hint + write)
            return ""
        return code

    def _date(self, step: _Step, item: str, number: int) -> str:
        reading = self.rules.reading
        order = step.rule.order or reading.get("date_order", "")
        calendar = step.rule.calendar or reading.get("calendar", "")
        if self._is_calendar_day(step, number):
            # A workbook's own date is Gregorian underneath, however the sheet shows it.
            order, calendar = "ymd", "gregorian"
        found = iso_date(item, order=order or "ymd", calendar=calendar or "gregorian")
        if found is not None:
            return found
        if not self.rules.dates_as_written:
            expected = f"a date, order {order or 'ymd'}, {calendar or 'gregorian'} calendar"
            self._fault(step, number, item, expected, _date_hint(item, order, calendar))
        return ""

    def _is_calendar_day(self, step: _Step, number: int) -> bool:
        names = step.rule.pattern.names
        return len(names) == 1 and (number, self.places.get(names[0], -1)) in self.sheet.dated

    def _fault(self, step: _Step, number: int, found: str, expected: str, hint: str = "") -> None:
        sheet = self.sheet
        column = self._label(step.rule)
        fault = Fault(sheet.file, sheet.name, number, column, shown(found), expected, hint)
        if fault not in self.faults[-20:]:
            self.faults.append(fault)


_KINDS: Final[dict[str, CodeKind]] = {"alpha2": "alpha2", "alpha3": "alpha3", "name": "name"}
_EXPECTED: Final = {
    "alpha2": "an ISO 3166-1 alpha-2 code",
    "alpha3": "an ISO 3166-1 alpha-3 code",
    "name": "the name of one country",
}
_NOT_IN_ID: Final = re.compile(r"[^A-Za-z0-9._-]+")
_REF_PREFIX: Final = re.compile(r"(?:[A-Za-z0-9._-]+:)?[a-z_]+:")


def _date_hint(text: str, order: str, calendar: str) -> str:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return "A spreadsheet's serial number; format the column as a date."
    if not order and re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text):
        return 'Declare the order: order = "dmy" or "mdy".'
    if calendar != "buddhist" and re.search(r"2[45]\d\d", text):
        return 'Declare the calendar: calendar = "buddhist".'
    return ""


def as_id(text: str) -> str:
    """Return a text as a record id: Latin letters, digits, . _ - and everything else a hyphen.

    A reference keeps what stands before its last colon.

    >>> as_id("2026/118"), as_id("persons:สมชาย 4"), as_id("???")
    ('2026-118', 'persons:smchay-4', '')
    """
    from anyascii import anyascii

    prefix = _REF_PREFIX.match(text)
    begin = prefix.end() if prefix else 0
    latin = text[begin:] if text.isascii() else anyascii(text[begin:])
    name = _NOT_IN_ID.sub("-", latin).strip("-")[:64]
    return text[:begin] + name if name else ""


def row_ranges(numbers: Iterable[int]) -> str:
    """Return row numbers in few words.

    >>> row_ranges([2, 3, 4, 9, 11, 12])
    '2-4, 9, 11-12'
    """
    stretches: list[list[int]] = []
    for number in sorted(set(numbers)):
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    named = [f"{a}" if a == b else f"{a}-{b}" for a, b in stretches[:MOST_ROWS]]
    rest = len(stretches) - len(named)
    return ", ".join(named) + (f" and {rest} more stretches of rows" if rest else "")

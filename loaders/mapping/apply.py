"""The rows of one sheet become rows of one record table, each knowing the cells it came from."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from graphs.codes import CodeKind, alpha2_from, country_hint, country_name
from graphs.schema import TABLES
from loaders.faults import Fault, shown
from loaders.mapping.dates import iso_date
from loaders.mapping.patterns import FILE, ITEM, ROW, SHEET, Pattern
from loaders.mapping.rules import CellRule, MappingRules, TableRule, near
from loaders.mapping.sheets import Sheet, column_letter
from loaders.raw import Origin, RawTable, table_of_rows

SOURCE_REF: Final = "source_ref"
MOST_ROWS: Final = 400
"""So many stretches of rows are named in one source_ref; the text of a cell is limited."""


@dataclass(frozen=True, slots=True)
class Made:
    """The rows that a group of [[table]]s made of its sheet.

    `rows_of` gives, beside each row of `table`, the numbers of the sheet's rows that say it; ()
    for a row that is made once for the whole sheet.
    `written` keeps, by record id, the cells that stand otherwise in the sheet (a country's name,
    a date). `faults` are of cells that could not be read as the mapping file says.
    """

    to: str
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
    is_plain: bool
    """The pattern's text is the cell: nothing is done with it."""


class _Source(NamedTuple):
    """The `source_ref` of a row: where it stands in the row, its pattern and what fills it."""

    place: int
    pattern: Pattern
    values: dict[str, str]


@dataclass(slots=True)
class _Row:
    """A row in the making: its cells, what was written otherwise, where it was said."""

    numbers: list[int]
    labels: Mapping[str, str]
    cells: tuple[str, ...] = ()
    written: dict[str, str] = field(default_factory=dict[str, str])
    source: _Source | None = None
    is_of_sheet: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """Return what makes two rows the same: all they say, but not in which row."""
        if self.source is None:
            return (self.cells,)
        _, pattern, values = self.source
        return (self.cells, pattern, tuple(values[name] for name in pattern.columns))

    def finished(self) -> tuple[str, ...]:
        """Return the cells with `source_ref` naming all rows."""
        if self.source is None:
            return self.cells
        place, pattern, values = self.source
        text = pattern.fill(values | {ROW: row_ranges(self.numbers)})
        return (*self.cells[:place], text, *self.cells[place + 1 :])


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


def groups_of(rules: Iterable[TableRule]) -> list[tuple[TableRule, ...]]:
    """Return the rules that fill the same columns of the same table together, in order."""
    groups: dict[tuple[str, frozenset[str]], list[TableRule]] = {}
    for rule in rules:
        groups.setdefault((rule.to, frozenset(cell.column for cell in rule.cells)), []).append(rule)
    return [tuple(group) for group in groups.values()]


def make_rows(
    group: Sequence[TableRule],
    sheet: Sheet,
    rules: MappingRules,
    *,
    skip: frozenset[int] = frozenset(),
) -> Made:
    """Return the rows that a group of [[table]]s makes of their sheet, equal ones once.

    Rows that differ only in the row number of their `source_ref` are one statement made in
    several places: it is made once, and its `source_ref` names them all. `skip` holds the
    numbers of rows left out. Every column read must exist (see `missing_columns`).
    """
    places = TABLES[group[0].to].place
    header = tuple(sorted((cell.column for cell in group[0].cells), key=places.__getitem__))
    rows: dict[tuple[object, ...], _Row] = {}
    faults: list[Fault] = []
    for rule in group:
        maker = _Maker(rule, sheet, rules, header)
        for row in maker.rows(skip):
            first = rows.setdefault(row.key, row)
            if first is not row:
                first.numbers.extend(row.numbers)
                # Of two spellings of one cell the same is kept in whatever order rows come.
                first.written = min(
                    first.written, row.written, key=lambda kept: sorted(kept.items())
                )
        faults += maker.faults
    made = list(rows.values())
    for row in made:
        row.numbers[:] = sorted(set(row.numbers))
    at = header.index("record_id")
    begins = [row.numbers[0] for row in made]
    origins = [Origin(sheet.file, sheet.name, row.numbers[0], row.labels) for row in made]
    table = table_of_rows(
        sheet.label, group[0].to, header, (row.finished() for row in made), begins,
        origins=origins,
    )  # fmt: skip
    written = {row.cells[at]: tuple(sorted(row.written.items())) for row in made}
    rows_of = tuple(() if row.is_of_sheet else tuple(row.numbers) for row in made)
    return Made(group[0].to, table, rows_of, written, tuple(faults))


class _Maker:
    """Makes the rows of one [[table]], collecting the faults of cells on the way."""

    def __init__(
        self, rule: TableRule, sheet: Sheet, rules: MappingRules, header: tuple[str, ...]
    ) -> None:
        self.rule, self.sheet, self.mapping = rule, sheet, rules
        self.places, _ = places_of(rule, sheet)
        self.faults: list[Fault] = []
        self.ids: dict[str, str] = {}
        by_column = {cell.column: cell for cell in rule.cells}
        self.steps = [self._step(by_column[name]) for name in header]
        self.labels = {cell.column: self._label(cell) for cell in rule.cells}

    def _step(self, cell: CellRule) -> _Step:
        column = TABLES[self.rule.to].column(cell.column)
        is_strict = column.type in ("id", "ref", "named_ref")
        is_source = cell.column == SOURCE_REF and ROW in cell.pattern.names
        asked = (cell.codes, cell.split, cell.each, cell.words, cell.case, cell.as_id)
        is_plain = not any(asked) and column.type not in ("date", "day")
        return _Step(cell, column.type, is_strict, is_source, is_plain)

    def rows(self, skip: frozenset[int]) -> Iterator[_Row]:
        """Yield a row for each row of the sheet that the rule means."""
        for numbers, values in self._sources(skip):
            yield self._row(numbers, values)

    def _sources(self, skip: frozenset[int]) -> Iterator[tuple[list[int], dict[str, str]]]:
        """Yield the row numbers and column values that each row is made of."""
        fixed = {FILE: self.sheet.file, SHEET: self.sheet.name, ROW: ""}
        if self.rule.once:
            numbers = [number for number in self.sheet.numbers if number not in skip]
            yield numbers or [self.sheet.header_row], fixed
            return
        places = list(self.places.items())
        # A column of a preset that this sheet does not have is empty in every row.
        absent = {name: "" for name in self.rule.columns if name not in self.places}
        for number, cells in zip(self.sheet.numbers, self.sheet.rows, strict=True):
            if number in skip:
                continue
            values = {name: cells[place].strip() for name, place in places}
            values |= absent
            if all(condition.holds(values[condition.column]) for condition in self.rule.when):
                yield from self._each(number, values | fixed | {ROW: str(number)})

    def _each(
        self, number: int, values: dict[str, str]
    ) -> Iterator[tuple[list[int], dict[str, str]]]:
        each = self.rule.for_each
        if each is None:
            yield [number], values
            return
        for item in dict.fromkeys(values[each.column].split(each.split)):
            if item.strip():
                yield [number], values | {ITEM: item.strip()}

    def _row(self, numbers: list[int], values: dict[str, str]) -> _Row:
        row = _Row(numbers, self.labels, is_of_sheet=self.rule.once)
        cells: list[str] = []
        for place, step in enumerate(self.steps):
            if step.is_source:
                # Filled last, with the numbers of all rows that say the same.
                row.source = _Source(place, step.rule.pattern, values)
                cells.append("")
                continue
            text = step.rule.pattern.fill(values, all_needed=step.is_strict)
            if step.is_plain:
                cells.append(text)
                continue
            cell = self._converted(step, text, numbers[0]) if text else ""
            if cell != text and not step.is_strict:
                row.written[step.rule.column] = text
            cells.append(cell)
        row.cells = tuple(cells)
        return row

    def _label(self, cell: CellRule) -> str:
        columns = ", ".join(map(shown, cell.pattern.columns))
        return columns or f"{cell.column} ({self.mapping.name})"

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
        code = _code(item, step.rule.codes)
        if code is None:
            near_code = country_hint(item)
            hint = f"Did you mean {country_name(near_code)} ({near_code})? " if near_code else ""
            write = f'Say so in the mapping file: map = {{ "{shown(item)}" = "…" }}'
            self._fault(step, number, item, _EXPECTED[step.rule.codes], hint + write)
            return ""
        return code

    def _date(self, step: _Step, item: str, number: int) -> str:
        reading = self.mapping.reading
        order = step.rule.order or reading.get("date_order", "")
        calendar = step.rule.calendar or reading.get("calendar", "")
        if self._is_calendar_day(step, number):
            # A workbook's own date is Gregorian underneath, however the sheet shows it.
            order, calendar = "ymd", "gregorian"
        found = iso_date(item, order=order or "ymd", calendar=calendar or "gregorian")
        if found is not None:
            return found
        if not self.mapping.dates_as_written:
            expected = f"a date, order {order or 'ymd'}, {calendar or 'gregorian'} calendar"
            self._fault(step, number, item, expected, _date_hint(item, order, calendar))
        return ""

    def _is_calendar_day(self, step: _Step, number: int) -> bool:
        names = step.rule.pattern.names
        return len(names) == 1 and (number, self.places.get(names[0], -1)) in self.sheet.dated

    def _fault(self, step: _Step, number: int, found: str, expected: str, hint: str = "") -> None:
        sheet = self.sheet
        column = self._label(step.rule)
        table = sheet.name or self.rule.to
        fault = Fault(sheet.file, table, number, column, shown(found), expected, hint)
        if fault not in self.faults[-20:]:
            self.faults.append(fault)


_KINDS: Final[dict[str, tuple[CodeKind, ...]]] = {
    "alpha2": ("alpha2",),
    "alpha3": ("alpha3",),
    "name": ("name",),
    "any": ("alpha2", "alpha3", "name"),
}
_EXPECTED: Final = {
    "alpha2": "an ISO 3166-1 alpha-2 code",
    "alpha3": "an ISO 3166-1 alpha-3 code",
    "name": "the name of one country",
    "any": "an ISO 3166-1 code or the name of one country",
}
_NOT_IN_ID: Final = re.compile(r"[^A-Za-z0-9._-]+")
_REF_PREFIX: Final = re.compile(r"(?:[a-z_]+=)?(?:[A-Za-z0-9._-]+:)?[a-z_]+:")


def _code(item: str, codes: str) -> str | None:
    found = (alpha2_from(item, kind) for kind in _KINDS[codes])
    return next((code for code in found if code is not None), None)


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

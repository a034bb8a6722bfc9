"""What a mapping file says, checked: which cell of a sheet fills which column of a table."""

import datetime as dt
import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from graphs.schema import INHERITABLE, TABLES, Column
from loaders.mapping.patterns import FILE, ITEM, ROW, SHEET, Pattern, PatternError, parse_pattern

CODES: Final = ("alpha2", "alpha3", "name", "any")
ORDERS: Final = ("ymd", "dmy", "mdy")
CALENDARS: Final = ("gregorian", "buddhist")
CASES: Final = ("upper", "lower")
ENCODINGS: Final = (
    "utf-8", "utf-16", "cp874", "cp1258", "cp1252", "cp1256", "gb18030", "big5", "shift_jis",
    "euc_kr",
)  # fmt: skip
"""What agencies' own files come in; a case bundle is held to the first four."""
CELL_KEYS: Final = (
    "column", "text", "codes", "split", "each", "order", "calendar", "map", "case", "as",
)  # fmt: skip
TABLE_KEYS: Final = (
    "file", "sheet", "header_row", "to", "when", "for_each", "once", "ignore",
)  # fmt: skip
TOP_KEYS: Final = (
    "schema_version", "title", "as_of", "originator", "defaults", "reading", "preset", "file",
    "sheet", "header_row", "ignore", "dates", "table", "missing_handling",
)  # fmt: skip
READING_KEYS: Final = ("encoding", "date_order", "calendar", "dates")


class Slip(NamedTuple):
    """One fault of a mapping file: the line, the table and key it stands in, and the words."""

    line: int
    table: str
    key: str
    found: str
    expected: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CellRule:
    """How one column is filled: a pattern, and what is then done with the text."""

    column: str
    pattern: Pattern
    codes: str = ""
    split: str = ""
    each: Pattern | None = None
    order: str = ""
    calendar: str = ""
    words: tuple[tuple[str, str], ...] = ()
    case: str = ""
    as_id: bool = False
    is_default: bool = False


class ForEach(NamedTuple):
    """A column whose items, split by a text, each make a row of their own: `{item}`."""

    column: str
    split: str


class Condition(NamedTuple):
    """A column that must be filled, or hold one of the given words."""

    column: str
    words: tuple[str, ...] = ()

    def holds(self, cell: str) -> bool:
        """Say whether a row with this cell is meant.

        >>> Condition("Boss").holds("S-4"), Condition("Type", ("arrest",)).holds("sale")
        (True, False)
        """
        return cell in self.words if self.words else bool(cell)


@dataclass(frozen=True, slots=True)
class TableRule:
    """One [[table]] of a mapping file: the sheet it reads and the record table it makes."""

    number: int
    line: int
    to: str
    cells: tuple[CellRule, ...]
    file: str = ""
    sheet: str = ""
    header_row: int = 1
    when: tuple[Condition, ...] = ()
    for_each: ForEach | None = None
    once: bool = False
    ignore: tuple[str, ...] = ()
    is_preset: bool = False
    """A table of a preset: fitted to the columns that a sheet has."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the sheet's columns that the table reads, each once, in the order they occur."""
        named = [name for cell in self.cells for name in cell.pattern.columns]
        named += [condition.column for condition in self.when]
        named += [self.for_each.column] if self.for_each else []
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class MappingRules:
    """A whole mapping file.

    `defaults` are the constants that go to the bundle's manifest; other defaults already stand in
    the cells of the tables.
    """

    name: str
    agency: str
    country: str
    title: str
    as_of: str
    tables: tuple[TableRule, ...]
    defaults: dict[str, str] = field(default_factory=dict[str, str])
    reading: dict[str, str] = field(default_factory=dict[str, str])
    preset: str = ""
    file: str = ""
    ignore: tuple[str, ...] = ()
    missing_handling: str = ""
    all_defaults: tuple[CellRule, ...] = ()
    """Every default as it was stated; presets that are code fill their rows with them."""

    @property
    def dates_as_written(self) -> bool:
        """Say whether dates are kept for the matcher as the agency wrote them."""
        return self.reading.get("dates") == "as_written"


class MappingFaults(ValueError):
    """A mapping file that cannot be used; `slips` lists all that is wrong with it."""

    def __init__(self, slips: list[Slip]) -> None:
        self.slips = tuple(slips)
        super().__init__(f"{len(slips)} faults in the mapping file")


def parse_mapping(
    text: str, *, name: str = "mapping.toml", preset_tables: str = ""
) -> MappingRules:
    """Read a mapping file; `preset_tables` is the text of a preset whose tables come first.

    >>> rules = parse_mapping('''
    ... as_of = 2026-03-31
    ... originator = { agency = "LK-CIU", country = "LK" }
    ... [[table]]
    ... to = "persons"
    ... record_id = "S-{No}"
    ... name = "{Surname} {Given}"
    ... ''')
    >>> rules.agency, rules.tables[0].columns
    ('LK-CIU', ('No', 'Surname', 'Given'))

    Raises ``MappingFaults`` listing every fault with its line.
    """
    return _Reader(text, name).read(preset_tables)


class _Reader:
    """Collects the faults of one mapping file while its parts are read."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.slips: list[Slip] = []
        self.lines = _TableLines(text)

    def read(self, preset_tables: str) -> MappingRules:
        top = self._toml(self.text)
        self._known_keys(top, TOP_KEYS, "", 0)
        defaults = self._defaults(top)
        rules = MappingRules(
            name=self.name,
            agency=self._text(self._section(top, "originator"), "agency", needed=True),
            country=self._text(self._section(top, "originator"), "country", needed=True),
            title=self._text(top, "title"),
            as_of=self._text(top, "as_of", needed=True),
            tables=tuple(self._tables(top, defaults, preset_tables)),
            defaults={
                key: rule.pattern.fill({})
                for key, rule in defaults.items()
                if key in INHERITABLE and rule.pattern.is_constant
            },
            reading=self._reading(top),
            preset=self._text(top, "preset"),
            file=self._text(top, "file"),
            ignore=self._texts(top, "ignore", "", 0),
            missing_handling=self._text(top, "missing_handling"),
            all_defaults=tuple(defaults.values()),
        )
        if not rules.tables and not rules.preset:
            self._slip(0, "", "table", "nothing", "at least one [[table]], or a preset")
        if self.slips:
            raise MappingFaults(self.slips)
        return rules

    def _slip(
        self, number: int, table: str, key: str, found: str, expected: str, hint: str = ""
    ) -> None:
        line = self.lines.line_of(number, key)
        self.slips.append(Slip(line, table, key, found, expected, hint))

    def _toml(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            line = int(place[1]) if place else 1
            slip = Slip(line, "", "", str(error), "a TOML file", "a missing quotation mark?")
            raise MappingFaults([slip]) from error

    def _section(self, top: dict[str, Any], key: str) -> dict[str, Any]:
        section = top.get(key, {})
        if isinstance(section, dict):
            return section
        self._slip(0, "", key, _shown(section), f"a section [{key}]")
        return {}

    def _text(self, section: dict[str, Any], key: str, *, needed: bool = False) -> str:
        value = section.get(key, "")
        if isinstance(value, dt.date):
            return value.isoformat()[:10]
        if not isinstance(value, str):
            self._slip(0, "", key, _shown(value), "text in quotation marks")
            return ""
        if needed and not value:
            self._slip(0, "", key, "nothing", _NEEDED.get(key, "a value"))
        return value

    def _texts(self, section: dict[str, Any], key: str, table: str, number: int) -> tuple[str, ...]:
        value = section.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(" ".join(item.split()) for item in value)
        self._slip(number, table, key, _shown(value), 'a list of columns, such as ["Photo"]')
        return ()

    def _known_keys(
        self, section: dict[str, Any], known: tuple[str, ...], table: str, number: int
    ) -> None:
        for key in section:
            if key not in known:
                self._slip(number, table, key, key, f"one of: {', '.join(known)}", near(key, known))

    def _reading(self, top: dict[str, Any]) -> dict[str, str]:
        section = dict(self._section(top, "reading"))
        if "dates" in top:
            section["dates"] = top["dates"]
        self._known_keys(section, READING_KEYS, "reading", 0)
        choices = {
            "date_order": ORDERS, "calendar": CALENDARS, "dates": ("as_written",),
            "encoding": ENCODINGS,
        }  # fmt: skip
        for key, known in choices.items():
            self._choice(section, key, known, "reading", 0)
        return {key: self._text(section, key) for key in READING_KEYS if key in section}

    def _choice(
        self, section: dict[str, Any], key: str, known: tuple[str, ...], table: str, number: int,
        *, at: str = "",
    ) -> str:  # fmt: skip
        value = section.get(key, "")
        if key in section and value not in known:
            self._slip(
                number, table, at or key, _shown(value), f"one of: {', '.join(known)}",
                near(str(value), known),
            )  # fmt: skip
            return ""
        return value

    def _defaults(self, top: dict[str, Any]) -> dict[str, CellRule]:
        columns = {column.name: column for table in TABLES.values() for column in table.columns}
        rules: dict[str, CellRule] = {}
        for key, value in self._section(top, "defaults").items():
            if key not in columns or key == "record_id":
                known = [name for name in columns if name != "record_id"]
                self._slip(0, "defaults", key, key, "a column of the schema", near(key, known))
            elif rule := self._cell(columns[key], value, "defaults", 0, is_default=True):
                rules[key] = rule
        return rules

    def _tables(
        self, top: dict[str, Any], defaults: dict[str, CellRule], preset_tables: str
    ) -> Iterator[TableRule]:
        given = self._toml(preset_tables).get("table", []) if preset_tables else []
        for table in given:
            yield from self._table(top, table, 0, defaults, is_preset=True)
        tables = top.get("table", [])
        if not isinstance(tables, list):
            self._slip(0, "", "table", "[table]", "[[table]], with two brackets")
            return
        for number, table in enumerate(tables, start=1):
            if isinstance(table, dict):
                yield from self._table(top, table, number, defaults)
            else:
                self._slip(number, "", "table", _shown(table), "[[table]], with two brackets")

    def _table(
        self, top: dict[str, Any], table: dict[str, Any], number: int,
        defaults: dict[str, CellRule], *, is_preset: bool = False,
    ) -> Iterator[TableRule]:  # fmt: skip
        to = table.get("to", "")
        if not isinstance(to, str) or to not in TABLES:
            found = _shown(to) if to else "nothing"
            known = f"a record table: {', '.join(TABLES)}"
            self._slip(number, str(to), "to", found, known, near(str(to), TABLES))
            return
        header_row = table.get("header_row", top.get("header_row", 1))
        if not isinstance(header_row, int) or isinstance(header_row, bool) or header_row < 1:
            self._slip(number, to, "header_row", _shown(header_row), "a row number, from 1")
            header_row = 1
        once = table.get("once", False)
        if not isinstance(once, bool):
            self._slip(number, to, "once", _shown(once), "true or false")
        rule = TableRule(
            number=number, line=self.lines.line_of(number, ""), to=to, once=once is True,
            cells=tuple(self._cells(to, table, number, defaults, is_preset=is_preset)),
            file=self._text({"file": table.get("file", top.get("file", ""))}, "file"),
            sheet=self._text({"sheet": table.get("sheet", top.get("sheet", ""))}, "sheet"),
            header_row=header_row, when=tuple(self._when(to, table, number)),
            for_each=self._for_each(to, table, number),
            ignore=self._texts(table, "ignore", to, number), is_preset=is_preset,
        )  # fmt: skip
        if rule.for_each is None and any(ITEM in cell.pattern.names for cell in rule.cells):
            expected = 'for_each = { column = "Phones", split = "/" }, since {item} is used'
            self._slip(number, to, "for_each", "nothing", expected)
        if rule.once and rule.columns:
            self._slip(
                number, to, "once", f"a row made once that reads {', '.join(rule.columns)}",
                "constants alone", "a default that reads a column? State that column here",
            )  # fmt: skip
        yield rule

    def _cells(
        self, to: str, table: dict[str, Any], number: int, defaults: dict[str, CellRule], *,
        is_preset: bool,
    ) -> Iterator[CellRule]:  # fmt: skip
        schema = TABLES[to]
        for key, value in table.items():
            if key in schema.place:
                if rule := self._cell(schema.column(key), value, to, number):
                    yield rule
            elif key not in TABLE_KEYS:
                known = [*schema.place, *TABLE_KEYS]
                self._slip(
                    number, to, key, key, f"a column of {to}: {', '.join(schema.place)}",
                    near(key, known),
                )  # fmt: skip
        if "record_id" not in table:
            self._slip(number, to, "record_id", "nothing", 'how the row is named, "S-{No}"')
        for key, rule in defaults.items():
            goes_to_manifest = key in INHERITABLE and rule.pattern.is_constant
            # A preset's own cell comes first, and the default where its columns are missing.
            if key in schema.place and not goes_to_manifest and (is_preset or key not in table):
                yield rule

    def _when(self, to: str, table: dict[str, Any], number: int) -> Iterator[Condition]:
        value = table.get("when", [])
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield Condition(" ".join(item.split()))
            elif isinstance(item, dict) and isinstance(item.get("column"), str):
                words = item.get("is", [])
                words = words if isinstance(words, list) else [words]
                yield Condition(" ".join(item["column"].split()), tuple(map(str, words)))
            else:
                expected = '"Column", or { column = "Column", is = "word" }'
                self._slip(number, to, "when", _shown(item), expected)

    def _for_each(self, to: str, table: dict[str, Any], number: int) -> ForEach | None:
        value = table.get("for_each")
        if value is None:
            return None
        if isinstance(value, dict) and {*value} == {"column", "split"}:
            column, split = value["column"], value["split"]
            if isinstance(column, str) and isinstance(split, str) and split and len(split) <= 20:
                return ForEach(" ".join(column.split()), split)
        self._slip(number, to, "for_each", _shown(value), '{ column = "Phones", split = "/" }')
        return None

    def _cell(
        self, column: Column, value: object, table: str, number: int, *, is_default: bool = False
    ) -> CellRule | None:
        said = value if isinstance(value, dict) else {"text": value}
        self._known_keys(said, CELL_KEYS, table, number)
        pattern = self._pattern(column, said, table, number)
        if pattern is None:
            return None
        each = said.get("each", "")
        words = said.get("map", {})
        if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
            expected = '{ M = "Masculine", F = "Feminine" }'
            self._slip(number, table, column.name, _shown(words), expected)
            words = {}
        if said.get("as", "id") != "id":
            self._slip(number, table, column.name, _shown(said["as"]), 'as = "id"')
        split = said.get("split", "")
        if not isinstance(split, str) or len(split) > 20:
            self._slip(number, table, column.name, _shown(split), "the text between two items")
            split = ""
        return CellRule(
            column=column.name, pattern=pattern, split=split,
            each=self._each_pattern(column.name, each, table, number) if each else None,
            codes=self._choice(said, "codes", CODES, table, number, at=column.name),
            order=self._choice(said, "order", ORDERS, table, number, at=column.name),
            calendar=self._choice(said, "calendar", CALENDARS, table, number, at=column.name),
            case=self._choice(said, "case", CASES, table, number, at=column.name),
            words=tuple(words.items()), as_id="as" in said, is_default=is_default,
        )  # fmt: skip

    def _each_pattern(self, key: str, value: object, table: str, number: int) -> Pattern | None:
        pattern = self._read_pattern(key, value, table, number)
        if pattern is not None and {*pattern.names} - {ITEM}:
            self._slip(number, table, key, _shown(value), "each = a text around {item} alone")
            return None
        return pattern

    def _pattern(
        self, column: Column, said: Mapping[str, object], table: str, number: int
    ) -> Pattern | None:
        if ("column" in said) == ("text" in said):
            self._slip(number, table, column.name, _shown(said), "either column = … or text = …")
            return None
        if "column" in said:
            name = said["column"]
            if not isinstance(name, str) or not name.strip():
                self._slip(number, table, column.name, _shown(name), "the name of a column")
                return None
            return Pattern(("", ""), (" ".join(name.split()),))
        return self._read_pattern(column.name, said["text"], table, number)

    def _read_pattern(self, key: str, value: object, table: str, number: int) -> Pattern | None:
        if isinstance(value, dt.date):
            value = value.isoformat()[:10]
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self._slip(number, table, key, _shown(value), "text in quotation marks")
            return None
        try:
            return parse_pattern(value)
        except PatternError as error:
            self._slip(number, table, key, value, "a pattern such as {Surname} {Given}", str(error))
            return None


_NEEDED: Final = {
    "agency": 'the code of the agency whose files these are, in [originator]: agency = "LK-CIU"',
    "country": 'the agency\'s country, in [originator]: country = "LK"',
    "as_of": "the day the agency said so: as_of = 2026-03-31",
}


class _TableLines:
    """Finds the line where a key of a [[table]] stands, for messages; 1 where it is not found."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        heads = (n for n, line in enumerate(self.lines, 1) if line.lstrip().startswith("[["))
        self.heads = [0, *heads]

    def line_of(self, number: int, key: str) -> int:
        """Return the line of `key` in table `number` (0: outside all), or where that begins."""
        begin = self.heads[number] if number < len(self.heads) else 0
        later = self.heads[number + 1] if number + 1 < len(self.heads) else len(self.lines) + 1
        for line in range(begin or 1, later if key else 0):
            head = self.lines[line - 1].lstrip(" \t\"'")
            if head.startswith(key) and head[len(key) :].lstrip(" \t\"'")[:1] in ("=", "."):
                return line
        return begin or 1


def near(word: str, known: object) -> str:
    """Return "Did you mean …?" for the nearest known word, or ""."""
    found = difflib.get_close_matches(str(word)[:80], [str(one) for one in known], n=1)  # type: ignore[union-attr]
    return f"Did you mean {found[0]}?" if found else ""


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


__all__ = [
    "FILE", "ITEM", "ROW", "SHEET", "CellRule", "Condition", "MappingFaults", "MappingRules",
    "Slip", "TableRule", "near", "parse_mapping",
]  # fmt: skip

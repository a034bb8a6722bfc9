"""A blank workbook to fill in: a sheet per record table, with drop-downs and a dictionary."""

from typing import TYPE_CHECKING, Final, NamedTuple

from graphs.codes import countries
from graphs.schema import SCHEMA_VERSION, TABLES, Column, Table
from graphs.vocabularies import VOCABULARIES
from loaders.workbook_bytes import workbook_bytes

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW: Final = 5000
"""Drop-downs reach this far down; a longer sheet loads all the same."""
DICTIONARY: Final = "dictionary"
_TEXT: Final = "@"
_NEEDED, _GROUP, _FREE = "F8CBAD", "FFE699", "DDEBF7"


class BundleKey(NamedTuple):
    """One line of the sheet `bundle`."""

    key: str
    value: str
    meaning: str


BUNDLE_KEYS: Final = (
    BundleKey("schema_version", SCHEMA_VERSION, "leave as it is"),
    BundleKey("title", "", "what these records are, for people"),
    BundleKey("as_of", "", "needed: the day of this state of the file, YYYY-MM-DD"),
    BundleKey("originator.agency", "", "needed: your agency's code, such as LK-CIU"),
    BundleKey("originator.country", "", "needed: your country, such as LK"),
    BundleKey("defaults.handling", "", "for a column left out, or the word inherit in a cell"),
    BundleKey("defaults.grading", "", "the same; none must be said"),
    BundleKey("defaults.releasable_to", "", "the same; empty = your agency only"),
    BundleKey("defaults.purpose", "", "what the records may be used for"),
    BundleKey("defaults.legal_basis", "", "on what ground"),
)


def template_workbook() -> bytes:
    """Return the blank workbook as XLSX bytes, the same bytes every time.

    Every cell is formatted as text, so that a spreadsheet program neither turns 1-2 into a date
    nor eats the zeros of a phone number. Filled in and saved, it loads as a case bundle.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    _write_bundle(_first_sheet(workbook))
    lists = _write_dictionary(workbook)
    for table in TABLES.values():
        _write_table(workbook.create_sheet(table.name), table, lists)
    workbook.move_sheet(DICTIONARY, len(TABLES))
    return workbook_bytes(workbook)


def _first_sheet(workbook: "Workbook") -> "Worksheet":
    workbook.remove(workbook.worksheets[0])
    return workbook.create_sheet("bundle")


def _write_bundle(sheet: "Worksheet") -> None:
    from openpyxl.comments import Comment

    _write_row(sheet, 1, ("key", "value"))
    for row, line in enumerate(BUNDLE_KEYS, start=2):
        _write_row(sheet, row, (line.key, line.value))
        sheet.cell(row, 2).comment = Comment(line.meaning, "Corridor", width=320, height=80)
        sheet.cell(row, 2).number_format = _TEXT
    _widen(sheet, (26, 50))


def _write_dictionary(workbook: "Workbook") -> dict[str, str]:
    """Write all columns and all words; return where the words of each list stand."""
    sheet = workbook.create_sheet(DICTIONARY)
    _write_row(sheet, 1, ("table", "column", "needed", "type", "meaning", "example"))
    row = 2
    for table in TABLES.values():
        for column in table.columns:
            needed, kind = needed_words(column), type_words(column)
            cells = (table.name, column.name, needed, kind, column.meaning, column.example)
            _write_row(sheet, row, cells)
            row += 1
    _widen(sheet, (16, 24, 30, 34, 46, 26))
    sheet.freeze_panes = "A2"
    return _write_lists(sheet, first_column=8)


def _write_lists(sheet: "Worksheet", *, first_column: int) -> dict[str, str]:
    from openpyxl.utils import get_column_letter

    lists = {name: list(words.words) for name, words in sorted(VOCABULARIES.items())}
    lists["country"] = sorted(countries())
    lists["country_name"] = [countries()[code].name for code in sorted(countries())]
    places: dict[str, str] = {}
    for number, (name, words) in enumerate(lists.items(), start=first_column):
        letter = get_column_letter(number)
        for row, word in enumerate((name, *words), start=1):
            _write_text(sheet, row, number, word)
        places[name] = f"{DICTIONARY}!${letter}$2:${letter}${len(words) + 1}"
        sheet.column_dimensions[letter].width = 24
    return places


def _write_table(sheet: "Worksheet", table: Table, lists: dict[str, str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        _write_text(sheet, 1, number, column.name)
        head = sheet.cell(1, number)
        head.comment = Comment(column_words(column), "Corridor", width=320, height=120)
        head.fill = PatternFill("solid", start_color=_colour(column))
        sheet.column_dimensions[letter].width = max(12, len(column.name) + 3)
        # Text for the whole column, also for rows that nobody has written yet.
        sheet.column_dimensions[letter].number_format = _TEXT
        if place := lists.get(_list_of(column)):
            _add_choice(sheet, f"{letter}2:{letter}{LAST_ROW}", place, column)
    sheet.freeze_panes = "B2"


def _add_choice(sheet: "Worksheet", cells: str, place: str, column: Column) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation("list", formula1=f"={place}", allow_blank=True)
    # A list cell may hold several words, and `unknown` is a word beside the country codes, so
    # that the drop-down then offers without refusing; the loader checks every word.
    choice.showErrorMessage = not column.many and column.type in ("voc", "cc")
    choice.error = f"Not a word of {column.name}; see the sheet {DICTIONARY}."
    choice.errorTitle = "Not in the list"
    choice.add(cells)
    sheet.add_data_validation(choice)


def _list_of(column: Column) -> str:
    if column.type == "voc":
        return column.of
    return "country" if column.type in ("cc", "cc_or_unknown", "cc_or_agency") else ""


def _colour(column: Column) -> str:
    return _NEEDED if column.required else _GROUP if column.one_of else _FREE


def needed_words(column: Column) -> str:
    """Return whether a column must be filled, in words.

    >>> needed_words(TABLES["persons"].column("name"))
    'yes'
    """
    if column.required:
        return "yes, or the bundle's default" if column.inherits else "yes"
    return f"one of: {column.one_of}" if column.one_of else ""


def type_words(column: Column) -> str:
    """Return what a cell of the column looks like, in words.

    >>> type_words(TABLES["persons"].column("nationalities"))
    'ISO 3166-1 alpha-2 code; several split by ;'
    """
    words = _TYPE_WORDS[column.type].format(of=column.of.replace(" ", " or "))
    return f"{words}; several split by ;" if column.many else words


def column_words(column: Column) -> str:
    """Return all that a person filling in a column has to know, as the header's comment."""
    needed = needed_words(column)
    lines = [column.meaning, type_words(column)]
    lines += [f"needed: {needed}"] if needed else []
    return "\n".join([*lines, *([f"example: {column.example}"] if column.example else [])])


_TYPE_WORDS: Final = {
    "id": "letters, digits, . _ - (at most 64)",
    "text": "text as written, at most 10,000 characters",
    "cc": "ISO 3166-1 alpha-2 code",
    "cc_or_unknown": "ISO 3166-1 alpha-2 code, or unknown",
    "cc_or_agency": "country or agency code",
    "agency": "agency code",
    "date": "YYYY, YYYY-MM or YYYY-MM-DD",
    "day": "YYYY-MM-DD",
    "int": "whole number",
    "range": "whole number, or a-b",
    "money": "digits with a point",
    "currency": "ISO 4217 code",
    "degrees": "decimal degrees",
    "handling": "markings split by blanks",
    "grading": "scheme:codes, or none",
    "voc": "a word of the list {of}",
    "token": "one word",
    "ref": "record_id of {of}",
    "named_text": "kind=text, kind from {of}",
    "named_ref": "role=record_id of {of}",
}


def _write_row(sheet: "Worksheet", row: int, cells: tuple[str, ...]) -> None:
    for number, text in enumerate(cells, start=1):
        _write_text(sheet, row, number, text)


def _write_text(sheet: "Worksheet", row: int, number: int, text: str) -> None:
    if text:
        cell = sheet.cell(row, number, text)
        # Text, whatever it begins with: a leading = would else be read as a formula.
        cell.data_type = "s"


def _widen(sheet: "Worksheet", widths: tuple[int, ...]) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width

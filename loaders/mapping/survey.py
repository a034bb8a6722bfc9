"""What a mapping file leaves of a sheet: columns nobody reads, formulas, merged cells."""

from collections.abc import Iterator, Sequence

from loaders.faults import Fault, shown
from loaders.mapping.apply import places_of
from loaders.mapping.rules import MappingRules, TableRule, near
from loaders.mapping.sheets import Sheet, Span, column_letter


def sheet_faults(
    sheet: Sheet, readers: Sequence[TableRule], rules: MappingRules
) -> Iterator[Fault]:
    """Yield the faults of a sheet as a whole, given the rules that read it.

    A column that is neither read nor ignored is one: it may hold what the agency wanted to say.
    So is a merged cell in a column that is read, because the other rows under it are empty.
    """
    yield from sheet.faults
    read = {place for rule in readers for place in places_of(rule, sheet)[0].values()}
    yield from _unread_columns(sheet, read, readers, rules)
    yield from _merged_cells(sheet, read)
    for number, place in sorted(sheet.valueless):
        if place in read and number > sheet.header_row:
            yield Fault(
                sheet.file, sheet.name, number, shown(sheet.header[place]),
                "a formula without a stored value", "a plain value",
                "Open the file in a spreadsheet program and save it.",
            )  # fmt: skip


def _unread_columns(
    sheet: Sheet, read: set[int], readers: Sequence[TableRule], rules: MappingRules
) -> Iterator[Fault]:
    ignored = {*rules.ignore, *(name for rule in readers for name in rule.ignore)}
    known = {*sheet.header, *(f"@{column_letter(place)}" for place in range(len(sheet.header)))}
    for name in sorted(ignored - known):
        if name not in rules.ignore:
            yield Fault(
                sheet.file, sheet.name, sheet.header_row, shown(name), "",
                "this column, which the mapping file ignores", near(name, sheet.header),
            )  # fmt: skip
    for place, name in enumerate(sheet.header):
        letter = f"@{column_letter(place)}"
        if place in read or name in ignored or letter in ignored or _is_empty(sheet, place):
            continue
        heading = sheet.headings[place]
        found = f"a column under the heading {shown(heading)}" if heading else "a column"
        if name == letter and heading:
            found += ", which stands twice"
        hint = f'ignore = ["{shown(name)}"] leaves it out on purpose.'
        yield Fault(
            sheet.file, sheet.name, sheet.header_row, shown(name), found,
            "a column that the mapping file reads or ignores", hint,
        )  # fmt: skip


def _is_empty(sheet: Sheet, place: int) -> bool:
    return not sheet.headings[place] and not any(row[place].strip() for row in sheet.rows)


def _merged_cells(sheet: Sheet, read: set[int]) -> Iterator[Fault]:
    for span in sheet.merged:
        number = _first_row_in(sheet, span)
        for place in sorted(read):
            if number is not None and span.first_place <= place <= span.last_place:
                yield Fault(
                    sheet.file, sheet.name, number, shown(sheet.header[place]), "a merged cell",
                    "a value in every row", "Unmerge it and write the value into each row.",
                )  # fmt: skip


def _first_row_in(sheet: Sheet, span: Span) -> int | None:
    inside = (number for number in sheet.numbers if span.first_row <= number <= span.last_row)
    return next(inside, None)


def sheet_warnings(sheet: Sheet, readers: Sequence[TableRule]) -> Iterator[str]:
    """Yield what was read with doubts: merged cells outside the read columns, stored formulas."""
    read = {place for rule in readers for place in places_of(rule, sheet)[0].values()}
    if sheet.merged:
        yield (
            f"{sheet.label}: {len(sheet.merged)} merged cells stand outside the cells that are read"
        )
    stored = sum(place in read and number > sheet.header_row for number, place in sheet.formulas)
    if stored:
        yield f"{sheet.label}: {stored} formulas were read by the value stored with them"

"""Whatever stands in a cell, its judge answers; and what it accepts is already canonical."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphs.schema import TABLES
from loaders.cells import FINE_TEXT, Reading, judge_date, judge_of, judge_text, words_of
from loaders.references import Index

READING = Reading("2026-03-31", "dmy", "gregorian", frozenset({"LK-CIU"}))
COLUMNS = {
    (column.type, column.of, column.many): column
    for table in TABLES.values()
    for column in table.columns
    if column.type not in ("ref", "named_ref")
}
CELLS = st.text() | st.from_regex(r"[0-9./,:;=|TLP A-Za-z-]{0,12}", fullmatch=True)


@pytest.mark.parametrize("column", COLUMNS.values(), ids=lambda column: column.name)
@settings(max_examples=25)
@given(cell=CELLS.filter(lambda cell: bool(cell.strip())))
@example(cell="١٢٣")
@example(cell="²")
@example(cell="0" * 5000)
@example(cell="9" * 5000)
@example(cell="99999-99-99")
@example(cell="0000")
def test_every_cell_has_a_verdict(column, cell: str) -> None:  # type: ignore[no-untyped-def]
    judge = judge_of(column, READING)
    verdict = judge(cell)
    if isinstance(verdict, str):
        assert verdict
        assert judge(verdict) == verdict
    else:
        assert verdict
        assert all(problem.expected for problem in verdict)


@given(cell=st.text(min_size=1))
def test_fine_text_is_text_with_nothing_wrong(cell: str) -> None:
    if FINE_TEXT.fullmatch(cell):
        assert judge_text(cell) == cell


@given(cell=st.text() | st.from_regex(r"[A-Za-z:-]{0,12}", fullmatch=True))
def test_every_reference_has_a_verdict(cell: str) -> None:
    index = Index("LK-CIU", {"persons": ["P-1"], "cases": ["C-1"]})
    assert index.resolve(cell, ())
    assert index.judge_named(("persons",))(cell)


@pytest.mark.parametrize(
    ("cell", "order", "calendar", "iso"),
    [
        ("2026", "", "gregorian", "2026"),
        ("2026-02", "", "gregorian", "2026-02"),
        ("2024-02-29", "", "gregorian", "2024-02-29"),
        ("3/4/2026", "dmy", "gregorian", "2026-04-03"),
        ("3.4.2026", "mdy", "gregorian", "2026-03-04"),
        ("2026/4/3", "ymd", "gregorian", "2026-04-03"),
        ("29/02/2563", "dmy", "buddhist", "2020-02-29"),
        ("2562", "", "buddhist", "2019"),
    ],
)
def test_dates_as_declared(cell: str, order: str, calendar: str, iso: str) -> None:
    assert judge_date(cell, Reading("2026-03-31", order, calendar)) == iso


@pytest.mark.parametrize(
    ("cell", "order", "calendar"),
    [
        ("2026-02-29", "", "gregorian"),
        ("3/4/26", "dmy", "gregorian"),
        ("13/13/2026", "dmy", "gregorian"),
        ("2562", "", "gregorian"),
        ("2019", "", "buddhist"),
        ("0202-01-01", "", "gregorian"),
        ("2026-1-9", "", "gregorian"),
        ("January 2026", "dmy", "gregorian"),
    ],
)
def test_dates_that_are_none(cell: str, order: str, calendar: str) -> None:
    assert isinstance(judge_date(cell, Reading("2026-03-31", order, calendar)), list)


def test_every_vocabulary_of_the_schema_has_words() -> None:
    used = {
        column.of
        for table in TABLES.values()
        for column in table.columns
        if column.type in ("voc", "named_text")
    }
    assert all(words_of(name) for name in used)


def test_every_example_of_the_schema_is_accepted() -> None:
    for table in TABLES.values():
        for column in table.columns:
            if column.example and column.type not in ("ref", "named_ref"):
                verdict = judge_of(column, READING)(column.example)
                assert verdict == column.example, (table.name, column.name)

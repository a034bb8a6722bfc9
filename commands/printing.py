"""What a command prints: JSON for programs, plain tables for people."""

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def say(text: str = "") -> None:
    """Print one line on stdout, with what a terminal would obey written out as its code."""
    sys.stdout.write(harmless(text) + "\n")


def note(text: str) -> None:
    """Print one line on stderr: progress and warnings, so that stdout stays clean for pipes."""
    sys.stderr.write(harmless(text) + "\n")


def harmless(text: str) -> str:
    """Return the text with control characters and bidi overrides as codes; tab and line feed stay.

    >>> harmless("\\x1b[2Jname")
    '⟨U+001B⟩[2Jname'
    """
    return "".join(f"⟨U+{ord(c):04X}⟩" if _deceives(c) else c for c in text)


def _deceives(char: str) -> bool:
    code = ord(char)
    return (
        (code < 32 and char not in "\n\t")
        or 0x7F <= code < 0xA0
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code <= 0xDFFF
    )


def as_json(value: object) -> None:
    """Print a value as JSON with sorted lists kept, not a number as null."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=1) + "\n")


def plain(value: Any) -> Any:
    """Return the value in JSON's own types: tuples as lists, numpy numbers as numbers, NaN null.

    >>> plain({"a": (1, float("nan"))})
    {'a': [1, None]}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(each) for each in value)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def rows_of(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """Return a table as one dictionary a row, in JSON's own types."""
    names = [str(name) for name in table.columns]
    return [
        {name: plain(each) for name, each in zip(names, row, strict=True)}
        for row in table.itertuples(index=False, name=None)
    ]


def table(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Print rows as an aligned table; lists joined, None as a dash, long cells cut with …"""
    lines = [list(columns), *([_cell(row.get(name)) for name in columns] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: object, longest: int = 60) -> str:
    if value is None or value == "" or value == []:
        return "-"
    if isinstance(value, float):
        return f"{value:.4f}"
    listed = isinstance(value, list | tuple)
    text = ", ".join(str(each) for each in value) if listed else str(value)
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"

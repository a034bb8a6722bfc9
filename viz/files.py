"""Files beside the pages: spreadsheet-safe CSV, JSON, and how any text is written."""

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

# A cell that a spreadsheet would take for a formula, also behind a byte-order mark or blanks, also
# in full width.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@\t\r\n＝＋－＠]")


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8 with LF line ends, whole or not at all.

    The text goes beside the file first and takes its place in one step, so that a crash leaves
    the file as it was.
    """
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, as `write_text` does."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def safe_cell(value: object) -> str:
    """Return a cell that a spreadsheet shows and never runs: an apostrophe before a formula.

    Lists are joined with "; ", None is an empty cell. Phone numbers start with + and so get the
    apostrophe too.

    >>> safe_cell("=cmd|' /C calc'!A0"), safe_cell(["LK", "TH"]), safe_cell(None), safe_cell(-1)
    ("'=cmd|' /C calc'!A0", 'LK; TH', '', '-1')
    """
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool | int | float):
        return f"{value:.12g}" if isinstance(value, float) else str(value)
    joined = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{joined}" if _FORMULA.match(joined) else joined


def csv_text(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Return rows as CSV for a spreadsheet: UTF-8 byte-order mark, CRLF, every formula disarmed.

    >>> csv_text([{"a": "=1+1"}], ["a"])
    "\\ufeffa\\r\\n'=1+1\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe_cell(row.get(name)).replace("\x00", "⟨U+0000⟩") for name in columns])
    return "\ufeff" + out.getvalue()


def json_text(value: object) -> str:
    """Return a value as JSON with sorted keys, indented, one line end at the end.

    >>> json_text({"b": 1, "a": None})
    '{\\n "a": null,\\n "b": 1\\n}\\n'
    """
    return json.dumps(value, ensure_ascii=True, sort_keys=True, indent=1, allow_nan=False) + "\n"

"""A date as an agency writes it, in the order and calendar its mapping file declares."""

import datetime as dt
import re
from typing import Final

_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_PARTS: Final = re.compile(r"(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?")
_TIME: Final = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?$")
_BUDDHIST: Final = 543


def iso_date(text: str, *, order: str = "ymd", calendar: str = "gregorian") -> str | None:
    """Return a written date as YYYY, YYYY-MM or YYYY-MM-DD, or None where that would be a guess.

    `order` (ymd, dmy, mdy) settles what 03/04/2026 means; a time of day is left off, because the
    records hold days. In the `buddhist` calendar the year is 543 ahead; a year that can only be
    Gregorian there, and one that can only be Buddhist elsewhere, is None: two calendars in one
    column are a question to the agency. Digits of any script count.

    >>> iso_date("12/03/2569", order="dmy", calendar="buddhist")
    '2026-03-12'
    >>> iso_date("๒๕๖๙-๐๓", calendar="buddhist")
    '2026-03'
    >>> iso_date("12/03/2026"), iso_date("31/02/26", order="dmy"), iso_date("1/2/26", order="dmy")
    (None, None, None)
    """
    parts = _year_month_day(_TIME.sub("", text.strip()), order)
    if parts is None:
        return None
    year, month, day = parts
    is_buddhist = calendar == "buddhist"
    if (year >= 2400) is not is_buddhist:
        return None
    return _iso(year - _BUDDHIST if is_buddhist else year, month, day)


def _year_month_day(text: str, order: str) -> tuple[int, int | None, int | None] | None:
    if len(text) > 10:
        return None
    if (found := _ISO.fullmatch(text)) or (
        order == "ymd" and (found := _YEAR_FIRST.fullmatch(text))
    ):
        year, month, day = found.groups()
        return int(year), _number(month), _number(day)
    found = _PARTS.fullmatch(text)
    if found is None or order == "ymd":
        return None
    first, second, year = found.groups()
    if first is None:
        return int(year), int(second), None
    day, month = (first, second) if order == "dmy" else (second, first)
    return int(year), int(month), int(day)


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    try:
        dt.date(year, month or 1, 1 if day is None else day)
    except ValueError:
        return None
    if month is None:
        return f"{year:04d}"
    if month == 0:
        return None
    return f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}"

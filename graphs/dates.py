"""Dates of unequal precision, compared as the intervals of days that they may mean."""

import calendar
import datetime
import re
from typing import Final, NamedTuple

_FORM: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_FIRST: Final = "0000-01-01"
_LAST: Final = "9999-12-31"


class Interval(NamedTuple):
    """From the first to the last day that a date may mean, both as YYYY-MM-DD."""

    first: str
    last: str

    def overlaps(self, other: "Interval") -> bool:
        """Say whether the two have a day in common.

        >>> interval("2025-11").overlaps(interval("2025-11-30"))
        True
        """
        return self.first <= other.last and other.first <= self.last


def interval(date: str, until: str = "") -> Interval:
    """Return the days that a date, or the time from one date until another, may mean.

    Where only one of the two is recorded, it stands for both; with neither, any day may be meant.

    >>> interval("2024-02")
    Interval(first='2024-02-01', last='2024-02-29')
    >>> interval("2025", "2026-03")
    Interval(first='2025-01-01', last='2026-03-31')
    """
    return Interval(first_day(date or until) or _FIRST, last_day(until or date) or _LAST)


def first_day(date: str) -> str:
    """Return the first day that YYYY, YYYY-MM or YYYY-MM-DD may mean; "" of "".

    >>> first_day("2026"), first_day("2026-03-05")
    ('2026-01-01', '2026-03-05')
    """
    return f"{date}{'-01' * ((10 - len(date)) // 3)}" if date else ""


def last_day(date: str) -> str:
    """Return the last day that YYYY, YYYY-MM or YYYY-MM-DD may mean; "" of "".

    >>> last_day("2026"), last_day("2026-02")
    ('2026-12-31', '2026-02-28')
    """
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) != 7:
        return date
    return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]:02}"


def earliest(dates: list[str]) -> str | None:
    """Return the date whose first day is earliest, as written; None without dates."""
    known = [date for date in dates if date]
    return min(known, key=lambda date: (first_day(date), date)) if known else None


def latest(dates: list[str]) -> str | None:
    """Return the date whose last day is latest, as written; None without dates."""
    known = [date for date in dates if date]
    return max(known, key=lambda date: (last_day(date), date)) if known else None


def full_years(start: str, end: str) -> int:
    """Return the birthdays passed from one day to another, both YYYY-MM-DD.

    >>> full_years("2008-03-02", "2026-03-01"), full_years("2008-03-02", "2026-03-02")
    (17, 18)
    """
    return int(end[:4]) - int(start[:4]) - (end[5:] < start[5:])


def is_date(text: str) -> bool:
    """Say whether a text is a real date as YYYY, YYYY-MM or YYYY-MM-DD.

    >>> is_date("2026-02"), is_date("2026-02-30"), is_date("03/2026")
    (True, False, False)
    """
    if not _FORM.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(first_day(text))
    except ValueError:
        return False
    return True

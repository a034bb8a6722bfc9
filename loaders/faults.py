"""What is wrong with a bundle: one letter per fault, all faults at once."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from graphs.errors import InputError

SHOWN = 60
"""So many characters of a cell are shown in a letter."""
LETTERS = 200
"""So many faults are written out in the text of a `BundleError`; `.faults` holds them all."""


class Fault(NamedTuple):
    """One fault: where it stands, what was found, what was expected, the likely slip.

    `row` is a line of a CSV or JSON Lines file and a row of a sheet, counted from 1, None for a
    fault of the whole file; `column` is None for a fault of the whole row. `found` is inert text
    (see `shown`); "" = nothing was found. `hint` is "" where no slip is likely.

    >>> print(Fault("persons.csv", "persons", 14, "nationalities", "Vietnam",
    ...             "an ISO 3166-1 alpha-2 code", "Did you mean VN?").letter)
    persons.csv, row 14, column nationalities: found "Vietnam", expected an ISO 3166-1 alpha-2
    code. Did you mean VN?
    """

    file: str
    table: str
    row: int | None
    column: str | None
    found: str
    expected: str
    hint: str = ""

    @property
    def place(self) -> str:
        """Return where the fault stands, in words."""
        own_file = not self.table or self.file.removesuffix(".csv") == self.table
        sheet = "" if own_file else f", table {self.table}"
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{sheet}{row}{column}"

    @property
    def letter(self) -> str:
        """Return the fault as one sentence to the agency that sent the file."""
        found = self.found or "nothing"
        if self.found and self.column is not None:
            found = f'"{self.found}"'
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.place}: found {found}, expected {self.expected}.{hint}"


class BundleError(InputError):
    """A bundle has faults, so nothing of it was taken; `faults` holds every one.

    The text writes out the first 200 and counts the rest.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults, key=_place))
        letters = [fault.letter for fault in self.faults[:LETTERS]]
        rest = len(self.faults) - len(letters)
        if rest:
            letters.append(f"and {rest} more faults (the first {LETTERS} are written out)")
        super().__init__("\n".join(letters))


def _place(fault: Fault) -> tuple[str, str, int, str]:
    return fault.file, fault.table, fault.row or 0, fault.column or ""


def shown(text: str) -> str:
    r"""Return a cell as inert text to show: nothing in it moves, hides or turns, and it is short.

    >>> shown("ab\u202ecd")
    'ab\\u202ecd'
    >>> shown("x" * 12000) == "x" * 60 + "… (12,000 characters)"
    True
    """
    inert = "".join(_inert(letter) for letter in text[:SHOWN])
    return inert if len(text) <= SHOWN else f"{inert}… ({len(text):,} characters)"


def _inert(letter: str) -> str:
    # Cc, Cs, Co, Cn, Zl and Zp have no picture or move others; of Cf, joiners shape words.
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") or (
        kind == "Cf" and letter not in "\u200c\u200d"
    ):
        return letter.encode("unicode_escape").decode("ascii")
    return letter

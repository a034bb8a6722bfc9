"""Is a cell what its column's type asks for, and what is its canonical form: one judge per type."""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from graphs.codes import (
    country_hint,
    currencies,
    is_country,
    is_currency,
    withdrawn_text,
)
from graphs.schema import STATED_KINDS, Column
from graphs.schema.tables import CellType
from graphs.sharing.markings import CODES, SCHEMES, TLP, gradings_meant, is_grading, parse_handling
from graphs.vocabularies import VOCABULARIES
from loaders.faults import shown

LONGEST: Final = 10_000
"""So many characters a cell may have."""
RECORD_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
AGENCY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,31}")
# C0 but for tab and line ends, DEL, C1; bidi embeddings, overrides, isolates; lone surrogates and
# noncharacters. The joiners ZWJ and ZWNJ and the marks LRM, RLM and ALM shape words and stay.
_FORBIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
)
CONTROL: Final = re.compile(f"[{_FORBIDDEN}]")
# The letters that UTF-8 read as Windows-1252 begins with: rare, so that a cell with one is looked
# at twice (`_misread`).
FINE_TEXT: Final = re.compile(f"(?=\\S)[^{_FORBIDDEN}\ufffdÃÂâàáÄÆ]{{1,{LONGEST}}}")
"""Text about which nothing needs asking; most cells are, so this saves most of the time."""
_MISREAD = re.compile("[ÃÂÄÆ][\u0080-\u00ff€-™Œ-ƒˆ˜]|â€|à[¸¹]|á[º»]|à¶|à·")
_SERIALS = range(20_000, 80_000)
"""Spreadsheet day numbers from 1954 to 2119."""


class Problem(NamedTuple):
    """What is wrong with a cell; becomes a fault where the cell stands."""

    found: str
    expected: str
    hint: str = ""


Verdict = str | list[Problem]
"""The canonical form of a cell, or everything that is wrong with it."""
Judge = Callable[[str], Verdict]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a bundle says its cells are to be read.

    `agencies` are the agency codes it knows beyond those that begin with a country code.
    """

    as_of: str
    date_order: str = ""
    calendar: str = "gregorian"
    agencies: frozenset[str] = frozenset()


def judge_of(column: Column, reading: Reading) -> Judge:
    """Return the judge of one column's filled cells; references are judged by `references`.

    >>> judge = judge_of(Column("country", "cc", ""), Reading("2026-03-31"))
    >>> judge("NA"), judge("Vietnam")
    ('NA', [Problem(found='Vietnam', expected='an ISO 3166-1 alpha-2 code',
            hint='Did you mean VN?')])
    """
    one = _JUDGES[column.type](column, reading)
    if column.type == "text":
        return one
    if column.many:
        return list_judge(one, free=column.type == "named_text")
    return lambda cell: one(cell.strip())


def meant(guess: str | None) -> str:
    """Return the words that offer a guess, "" for none."""
    return f"Did you mean {guess}?" if guess else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that this one most likely misspells, or None.

    >>> nearest("Recruit", ["recruit", "receive"]), nearest("zzz", ["recruit"])
    ('recruit', None)
    """
    folded = {re.sub(r"[\W_]", "", choice).casefold(): choice for choice in known}
    key = re.sub(r"[\W_]", "", word[:64]).casefold()
    if key in folded:
        return folded[key]
    near = difflib.get_close_matches(key, folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else None


# -- text


def judge_text(cell: str) -> Verdict:
    r"""Return text verbatim, or what would hide, reorder or has already been lost in it.

    >>> judge_text("=cmd|' /C calc'!A0")
    "=cmd|' /C calc'!A0"
    >>> judge_text("ab\u202e")[0].expected
    'text without control characters or bidi overrides (character 3 is U+202E)'
    """
    if len(cell) > LONGEST:
        return [Problem(shown(cell), f"at most {LONGEST:,} characters")]
    if found := CONTROL.search(cell):
        place = f"character {found.start() + 1} is U+{ord(found.group()):04X}"
        expected = f"text without control characters or bidi overrides ({place})"
        return [Problem(shown(cell), expected)]
    if "\ufffd" in cell:
        lost = f"text (character {cell.index(chr(0xFFFD)) + 1} was lost in an earlier conversion)"
        return [Problem(shown(cell), lost, "Export the file again from its source.")]
    if repaired := _misread(cell):
        expected = "text in its own letters (UTF-8 was read as Windows-1252)"
        return [Problem(shown(cell), expected, f"Export again; it may say {shown(repaired)}.")]
    return cell


def _misread(cell: str) -> str | None:
    """Return what a cell said before UTF-8 was read as Windows-1252, or None."""
    if not _MISREAD.search(cell):
        return None
    try:
        repaired = b"".join(_single_byte(letter) for letter in cell).decode("utf-8")
    except UnicodeError:
        return None
    return repaired if repaired != cell else None


def _single_byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


# -- codes and words


def _id(cell: str) -> Verdict:
    if RECORD_ID.fullmatch(cell):
        return cell
    letters = sorted(set(re.sub(r"[A-Za-z0-9._-]", "", cell)))
    why = f"Not allowed: {shown(' '.join(letters))}" if letters else ""
    return [Problem(shown(cell), "1 to 64 letters A-Z, digits, . _ or -", why)]


def judge_country(cell: str) -> Verdict:
    """Return an ISO 3166-1 alpha-2 code, or what was probably meant."""
    if is_country(cell):
        return cell
    gone = withdrawn_text(cell)
    hint = f"{gone}." if gone else meant(country_hint(cell))
    return [Problem(shown(cell), "an ISO 3166-1 alpha-2 code", hint)]


def _country_or_unknown(cell: str) -> Verdict:
    if cell == "unknown":
        return cell
    verdict = judge_country(cell)
    if isinstance(verdict, str):
        return verdict
    expected = "an ISO 3166-1 alpha-2 code or `unknown`"
    guess = meant("unknown") if cell.casefold() in ("unknown", "?") else verdict[0].hint
    return [verdict[0]._replace(expected=expected, hint=guess)]


def _country_or_agency(reading: Reading) -> Judge:
    def judge(cell: str) -> Verdict:
        known = cell in reading.agencies or (
            AGENCY.fullmatch(cell) is not None and cell[2:3] == "-" and is_country(cell[:2])
        )
        if is_country(cell) or known:
            return cell
        expected = "countries and agency codes: AU, AU-BF, or a code of table agencies"
        guess = nearest(cell, reading.agencies) or country_hint(cell)
        return [Problem(shown(cell), expected, meant(guess))]

    return judge


def _agency(cell: str) -> Verdict:
    if AGENCY.fullmatch(cell):
        return cell
    return [Problem(shown(cell), "an agency code such as LK-CIU: letters, digits, . _ or -")]


def _token(cell: str) -> Verdict:
    if RECORD_ID.fullmatch(cell):
        return cell
    return [Problem(shown(cell), "a word of letters A-Z, digits, . _ or -")]


def words_of(vocabulary: str) -> tuple[str, ...]:
    """Return the words a column of this vocabulary may hold.

    A link's role is a role of HAS_ROLE, of PARTY_TO or of a holder, or tells who spoke first;
    which of them, its kind decides (`rules`).
    """
    if vocabulary == "link_kind":
        return STATED_KINDS
    if vocabulary == "stage":
        # A step somebody took, while the source does not know which: allowed, and in no order.
        return (*VOCABULARIES["stage"].words, "unknown")
    if vocabulary == "role":
        lists = ("role", "party_role", "holder_role")
        words = [word for name in lists for word in VOCABULARIES[name].words]
        return tuple(dict.fromkeys([*words, "initiator"]))
    return VOCABULARIES[vocabulary].words


def judge_word(vocabulary: str) -> Judge:
    """Return the judge of words of one vocabulary."""
    words = words_of(vocabulary)
    known = frozenset(words)
    pattern = VOCABULARIES[vocabulary].pattern if vocabulary in VOCABULARIES else ""
    open_list = re.compile(pattern or r"(?!)")

    def judge(cell: str) -> Verdict:
        if cell in known or open_list.fullmatch(cell):
            return cell
        expected = f"one of {', '.join(words)}"
        return [Problem(shown(cell), expected, meant(nearest(cell, words)))]

    return judge


def _named_text(column: Column) -> Judge:
    kind_of = judge_word(column.of)

    def judge(cell: str) -> Verdict:
        kind, mark, text = cell.partition("=")
        if not mark or not text.strip():
            words = "|".join(words_of(column.of))
            return [Problem(shown(cell), f"kind=text, kind one of {words}", f"alias={shown(cell)}")]
        kind_verdict, text_verdict = kind_of(kind.strip()), judge_text(text.strip())
        problems = [
            problem
            for verdict in (kind_verdict, text_verdict)
            if not isinstance(verdict, str)
            for problem in verdict
        ]
        return problems or f"{kind_verdict}={text_verdict}"

    return judge


# -- numbers


def _int(column: Column) -> Judge:
    least = 1 if column.name in ("seq", "confirm_every_days") else 0

    def judge(cell: str) -> Verdict:
        if re.fullmatch(r"0|[1-9][0-9]{0,17}", cell) and int(cell) >= least:
            return cell
        return [Problem(shown(cell), f"a whole number from {least}", meant(_plain_number(cell)))]

    return judge


def _plain_number(cell: str) -> str | None:
    """Return the whole number that a cell may mean."""
    found = re.fullmatch(r"0*([0-9]+)(?:\.0+)?", re.sub(r"(?<=[0-9])[, ](?=[0-9]{3})", "", cell))
    return found.group(1) if found and cell.isascii() else None


def _range(cell: str) -> Verdict:
    found = re.fullmatch(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", cell)
    if found is None:
        swapped = re.fullmatch(r"([0-9]+)\s*(?:-|–|to|\.\.)\s*([0-9]+)", cell)
        guess = f"{swapped.group(1)}-{swapped.group(2)}" if swapped else None
        return [Problem(shown(cell), "a whole number or a range such as 4-6", meant(guess))]
    if found.group(2) and int(found.group(2)) < int(found.group(1)):
        guess = f"{found.group(2)}-{found.group(1)}"
        return [Problem(shown(cell), "a range from less to more", meant(guess))]
    return cell


def _money(cell: str) -> Verdict:
    if re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,4})?", cell):
        return cell
    digits = re.sub(r"(?<=[0-9])[, ](?=[0-9]{3}(?![0-9]))", "", cell)
    found = re.search(r"[0-9]+(\.[0-9]+)?", digits)
    guess = found.group() if found and digits.count(",") == 0 else None
    return [Problem(shown(cell), "an amount such as 9500 or 9500.50", meant(guess))]


def _currency(cell: str) -> Verdict:
    if is_currency(cell):
        return cell
    guess = cell.upper() if is_currency(cell.upper()) else nearest_currency(cell)
    return [Problem(shown(cell), "an ISO 4217 code", meant(guess))]


def nearest_currency(cell: str) -> str | None:
    """Return the code of the one currency whose name holds this word, or None."""
    named = [code for code, name in currencies().items() if cell.casefold() in name.casefold()]
    return named[0] if len(named) == 1 and len(cell) > 3 else None


def _degrees(column: Column) -> Judge:
    most = 90 if column.name == "lat" else 180

    def judge(cell: str) -> Verdict:
        if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", cell) and abs(float(cell)) <= most:
            return cell
        guess = cell.replace(",", ".") if re.fullmatch(r"-?[0-9]{1,3},[0-9]+", cell) else None
        return [Problem(shown(cell), f"decimal degrees from -{most} to {most}", meant(guess))]

    return judge


# -- dates

ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PARTED = re.compile(r"([0-9]{1,4})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{1,4})")
_FORM = "a date as YYYY, YYYY-MM or YYYY-MM-DD"
_DAY_FORM = "a day as YYYY-MM-DD"


def judge_date(cell: str, reading: Reading, *, day: bool = False) -> Verdict:
    """Return a date in ISO form, as precise as written, in the Gregorian calendar.

    >>> judge_date("2026-01", Reading("2026-03-31"))
    '2026-01'
    >>> judge_date("3/4/2569", Reading("2026-03-31", "dmy", "buddhist"))
    '2026-04-03'
    """
    form = _DAY_FORM if day else _FORM
    found = ISO.fullmatch(cell)
    parts = found.groups() if found else _parted(cell, reading.date_order)
    if parts is None or (day and parts[2] is None):
        return [Problem(shown(cell), form, _date_hint(cell, reading.date_order))]
    year, *rest = parts
    if problem := _wrong_year(cell, int(year), reading.calendar):
        return [problem]
    gregorian = int(year) - (543 if reading.calendar == "buddhist" else 0)
    iso = "-".join([f"{gregorian:04}", *(part.zfill(2) for part in rest if part)])
    if not _exists(iso):
        return [Problem(shown(cell), f"{form} that exists in the calendar")]
    return iso


def _parted(cell: str, order: str) -> tuple[str, str, str] | None:
    """Return year, month, day of a date in the declared order, or None."""
    found = _PARTED.fullmatch(cell)
    if found is None or not order:
        return None
    by_letter = dict(zip(order, found.groups(), strict=True))
    year, month, day = by_letter["y"], by_letter["m"], by_letter["d"]
    return (year, month, day) if len(year) == 4 and max(len(month), len(day)) <= 2 else None


def _wrong_year(cell: str, year: int, calendar: str) -> Problem | None:
    if calendar == "buddhist" and not 2393 <= year <= 2943:
        expected = "a year of the Buddhist calendar, which the bundle declares"
        return Problem(shown(cell), expected, f"{year} is {year + 543} there.")
    if calendar != "buddhist" and year > 2400:
        hint = f'{year} is {year - 543}; or declare calendar = "buddhist".'
        return Problem(shown(cell), "a Gregorian year", hint)
    if calendar != "buddhist" and year < 1850:
        return Problem(shown(cell), "a year from 1850")
    return None


def _exists(iso: str) -> bool:
    year, month, day = ([int(part) for part in iso.split("-")] + [1, 1])[:3]
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _date_hint(cell: str, order: str) -> str:
    if cell.isascii() and cell.isdigit() and int(cell[:6]) in _SERIALS and len(cell) == 5:
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))
        return f"A spreadsheet's day number? {cell} is {day.isoformat()}."
    if found := re.match(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]", cell):
        return meant(found.group(1))
    if _PARTED.fullmatch(cell) and not order:
        return "Write it in ISO form, or declare date_order in the bundle."
    return ""


# -- markings


def judge_handling(cell: str) -> Verdict:
    """Return a marking, blanks made single, or what is no mark in it."""
    handling = parse_handling(cell)
    expected = f"at most one of {', '.join(TLP)}, and codes {', '.join(CODES)}, blank-separated"
    if handling.several_tlp:
        return [Problem(shown(cell), expected, "Two TLP labels: keep the one that holds.")]
    problems = [
        Problem(shown(mark), expected, meant(_mark_meant(mark))) for mark in handling.unknown
    ]
    return problems or " ".join(cell.split())


def _mark_meant(mark: str) -> str | None:
    upper = mark.upper().replace("WHITE", "CLEAR").strip(",;")
    for guess in (upper, f"TLP:{upper}", upper.replace("TLP-", "TLP:")):
        if guess in TLP or guess in CODES:
            return guess
    return None


def judge_grading(cell: str) -> Verdict:
    """Return a grading, or the gradings that its codes may stand for."""
    if is_grading(cell):
        return cell
    expected = f"`none` or {', '.join(scheme.expected for scheme in SCHEMES.values())}"
    guesses = gradings_meant(cell)
    if cell.casefold() == "none":
        guesses = ("none",)
    return [Problem(shown(cell), expected, meant(" or ".join(guesses)))]


# -- lists


def list_judge(one: Judge, *, free: bool = False) -> Judge:
    """Return the judge of a list of such items: split by `;`, blanks dropped, each once."""

    def judge(cell: str) -> Verdict:
        if found := re.search(r"[\n\r]" if free else r"[,|\n\r]", cell):
            items = [item.strip() for item in re.split(r"[,|\n\r;]", cell) if item.strip()]
            where = f"items split by ; (character {found.start() + 1} splits nothing)"
            return [Problem(shown(cell), where, meant(shown(";".join(items))))]
        items = list(dict.fromkeys(item.strip() for item in cell.split(";") if item.strip()))
        if not items:
            return [Problem(shown(cell), "items split by ;, or an empty cell")]
        verdicts = [one(item) for item in items]
        problems = [p for verdict in verdicts if not isinstance(verdict, str) for p in verdict]
        return problems or ";".join(str(verdict) for verdict in verdicts)

    return judge


_JUDGES: dict[CellType, Callable[[Column, Reading], Judge]] = {
    "id": lambda column, reading: _id,
    "text": lambda column, reading: judge_text,
    "cc": lambda column, reading: judge_country,
    "cc_or_unknown": lambda column, reading: _country_or_unknown,
    "cc_or_agency": lambda column, reading: _country_or_agency(reading),
    "agency": lambda column, reading: _agency,
    "date": lambda column, reading: lambda cell: judge_date(cell, reading),
    "day": lambda column, reading: lambda cell: judge_date(cell, reading, day=True),
    "int": lambda column, reading: _int(column),
    "range": lambda column, reading: _range,
    "money": lambda column, reading: _money,
    "currency": lambda column, reading: _currency,
    "degrees": lambda column, reading: _degrees(column),
    "handling": lambda column, reading: judge_handling,
    "grading": lambda column, reading: judge_grading,
    "voc": lambda column, reading: judge_word(column.of),
    "token": lambda column, reading: _token,
    "named_text": lambda column, reading: _named_text(column),
}

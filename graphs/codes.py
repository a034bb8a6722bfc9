"""Which codes are countries and currencies, and which code a strange spelling most likely means."""

import csv
import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

DATA = Path(__file__).parent / "data"

CodeKind = Literal["alpha2", "alpha3", "name"]


class Country(NamedTuple):
    """One entry of ISO 3166-1; `aliases` are other names and spellings, in many scripts."""

    alpha2: str
    alpha3: str
    numeric: str
    name: str
    status: str
    aliases: tuple[str, ...]


class WithdrawnCountry(NamedTuple):
    """A code that ISO 3166-3 lists as withdrawn, and the present codes of the same ground."""

    alpha2: str
    alpha3: str
    name: str
    withdrawn: str
    successors: tuple[str, ...]


def _rows(name: str) -> Iterator[dict[str, str]]:
    """Read one table as text: csv never takes NA (Namibia) for a missing value."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))


@cache
def countries() -> Mapping[str, Country]:
    """Return the 249 countries and territories of ISO 3166-1, and XK, by alpha-2 code.

    Names are common English short names, chosen for legibility on a map; ISO's own longer forms
    are among the aliases. A name here takes no position on status.

    >>> len(countries()), countries()["NA"].name
    (250, 'Namibia')
    """
    return MappingProxyType(
        {
            row["alpha2"]: Country(
                row["alpha2"],
                row["alpha3"],
                row["numeric"],
                row["name"],
                row["status"],
                tuple(row["aliases"].split("|")),
            )
            for row in _rows("countries.csv")
        }
    )


@cache
def withdrawn_countries() -> Mapping[str, WithdrawnCountry]:
    """Return the codes ISO 3166-3 lists as withdrawn, by former alpha-2 code."""
    return MappingProxyType(
        {
            row["alpha2"]: WithdrawnCountry(
                row["alpha2"],
                row["alpha3"],
                row["name"],
                row["withdrawn"],
                tuple(row["successors"].split(";")),
            )
            for row in _rows("withdrawn_countries.csv")
        }
    )


def is_country(code: str) -> bool:
    """Say whether this is a present ISO 3166-1 alpha-2 code (or XK), letter for letter.

    >>> is_country("NA"), is_country("na"), is_country("UK"), is_country("AN")
    (True, False, False, False)
    """
    return code in countries()


def country_name(code: str) -> str:
    """Return the name shown for a code; a code that is no country is returned as it stands.

    >>> country_name("VN"), country_name("?")
    ('Viet Nam', '?')
    """
    found = countries().get(code)
    return found.name if found else code


def withdrawn_text(code: str) -> str | None:
    """Return what became of a withdrawn code in words, or None for a code never withdrawn.

    >>> withdrawn_text("AN")
    'AN (Netherlands Antilles) was withdrawn in 2010; today BQ, CW or SX'
    >>> withdrawn_text("TH") is None
    True
    """
    found = withdrawn_countries().get(code.strip().upper())
    if found is None:
        return None
    *others, last = found.successors
    today = f"{', '.join(others)} or {last}" if others else last
    return f"{found.alpha2} ({found.name}) was withdrawn in {found.withdrawn}; today {today}"


def fold_name(text: str) -> str:
    """Reduce a name to what two spellings of it share: case, Latin marks, punctuation, "the".

    Marks of other scripts are kept, because they are letters there.

    >>> fold_name("The Türkiye"), fold_name("Cote d’Ivoire") == fold_name("CÔTE D'IVOIRE")
    ('turkiye', True)
    """
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    # U+0300 to U+036F are the marks written on Latin, Greek and Cyrillic letters.
    kept = (letter for letter in text if not "\u0300" <= letter <= "\u036f")
    # Punctuation, separators and format characters become blanks, but an apostrophe joins.
    spaced = "".join(
        "" if letter in "'’‘`." else " " if unicodedata.category(letter)[0] in "PSZC" else letter
        for letter in kept
    )
    words = spaced.split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@cache
def _codes_by_alpha3() -> Mapping[str, str]:
    return {country.alpha3: code for code, country in countries().items()}


@cache
def _codes_by_name() -> Mapping[str, str]:
    """Map folded names to codes; a spelling that two countries share is left out, not guessed."""
    claims: dict[str, set[str]] = {}
    for code, country in countries().items():
        for name in (country.name, *country.aliases):
            claims.setdefault(fold_name(name), set()).add(code)
    return {name: min(codes) for name, codes in claims.items() if len(codes) == 1}


def alpha2_from(text: str, kind: CodeKind) -> str | None:
    """Return the alpha-2 code that a cell means, given how its column writes countries.

    `kind` is "alpha2", "alpha3" or "name" (a name in any language known here, or a common
    abbreviation such as UAE). Case and surrounding blanks do not matter. None where the text is
    unknown or a spelling several countries share ("Congo"): nothing is guessed.

    >>> alpha2_from("Burma", "name"), alpha2_from("ไทย", "name"), alpha2_from("vnm", "alpha3")
    ('MM', 'TH', 'VN')
    >>> alpha2_from("Congo", "name") is None
    True

    Raises ``ValueError`` for an unknown kind.
    """
    if kind == "name":
        return _codes_by_name().get(fold_name(text))
    code = text.strip().upper()
    if kind == "alpha3":
        return _codes_by_alpha3().get(code)
    if kind == "alpha2":
        return code if code in countries() else None
    raise ValueError(f"unknown kind {kind!r}; known: alpha2, alpha3, name")


def country_hint(text: str) -> str | None:
    """Return the code probably meant by a cell that is no code, for a message and never as a value.

    Tries, in this order: the code in another case, the alpha-3 code, a name, a withdrawn code
    with one successor, and the nearest English name.

    >>> [country_hint(text) for text in ("Vietnam", "VNM", "UK", "lk", "BU", "Thailnd", "xyzzy")]
    ['VN', 'VN', 'GB', 'LK', 'MM', 'TH', None]
    """
    for kind in ("alpha2", "alpha3", "name"):
        if found := alpha2_from(text, kind):
            return found
    gone = withdrawn_countries().get(text.strip().upper())
    if gone is not None:
        return gone.successors[0] if len(gone.successors) == 1 else None
    return _nearest(fold_name(text[:100]))


@cache
def _english_names() -> Mapping[str, str]:
    """Map the folded names written in Latin letters to codes, where one code claims them."""
    return {name: code for name, code in _codes_by_name().items() if name.isascii()}


def _nearest(folded: str) -> str | None:
    """Return the code of the nearest name, if one is near; short words are too easily near."""
    if len(folded) < 4 or not folded.isascii():
        return None
    near = difflib.get_close_matches(folded, _english_names(), n=1, cutoff=0.84)
    return _english_names()[near[0]] if near else None


@cache
def currencies() -> Mapping[str, str]:
    """Return the name of every ISO 4217 currency by code, some recently withdrawn ones included.

    A case file tells of payments in the past, so money that left circulation since 2013 counts.
    """
    return MappingProxyType({row["code"]: row["name"] for row in _rows("currencies.csv")})


def is_currency(code: str) -> bool:
    """Say whether this is an ISO 4217 code, letter for letter.

    >>> is_currency("THB"), is_currency("thb"), is_currency("Baht")
    (True, False, False)
    """
    return code in currencies()


def _bali_process_members() -> tuple[str, ...]:
    return tuple(row["alpha2"] for row in _rows("bali_process.csv"))


BALI_PROCESS_MEMBERS = _bali_process_members()
"""Members of the Bali Process by alpha-2 code; sources and doubts stand in the data file."""

"""One normal form for phones, papers, handles and other identifiers, so that equals are seen."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

PAPERS: Final = frozenset({"passport", "national_id", "visa"})
SHARED_KINDS: Final = frozenset({"phone", "passport"})
"""Kinds that suggest one person behind two records when both hold one."""

_ISSUED: Final = PAPERS | {"vehicle"}
_COMPACT: Final = frozenset({"bank_account", "vehicle", "booking_ref"})
_PAPER_FOLD: Final = str.maketrans("OI", "01")
# What files write where nothing is known: it identifies nobody, so two of them are no match.
_SAYS_NOTHING: Final = frozenset(
    {"unknown", "notknown", "none", "na", "nil", "null", "withheld", "unk", "tba", "tbc"}
)
_SITE_WORDS: Final = frozenset(
    {"groups", "pages", "people", "in", "channel", "c", "user", "users", "add", "ti", "p", "pg"}
)
_LOOKS_LIKE_SITE: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/", re.IGNORECASE)


class NormalForm(NamedTuple):
    """What an identifier is compared by; a `value` of "" identifies nothing and equals nothing.

    `scope` is the issuing country of a paper or plate and the platform of a handle, else "".
    """

    kind: str
    scope: str
    value: str


def normal_form(
    kind: str,
    value: str,
    *,
    issuer: str | None = None,
    platform: str | None = None,
    region: str | None = None,
) -> NormalForm:
    """Return the form in which two spellings of one identifier are equal.

    Phones become E.164; one without an international prefix is read as of `region`, else of
    `issuer`, and stays its bare digits (scope = that country) where no such number can be.
    Papers become upper case without separators, O as 0 and I as 1. Handles lose their address
    and @. The verbatim value stays in the record; this form is for comparing alone.

    >>> normal_form("phone", "0812 345 678", issuer="TH")
    NormalForm(kind='phone', scope='', value='+66812345678')
    >>> normal_form("passport", "n-o12 345i", issuer="LK")
    NormalForm(kind='passport', scope='LK', value='N0123451')
    >>> normal_form("account_handle", "https://www.facebook.com/Lucky.Travel?ref=1",
    ...             platform="Facebook").value
    'lucky.travel'
    >>> normal_form("phone", "unknown").value
    ''
    """
    if _says_nothing(value):
        return _nothing(kind)
    if kind == "phone":
        return _phone(value, region or issuer or "")
    if kind in PAPERS:
        folded = _compact(value).upper().translate(_PAPER_FOLD)
        return NormalForm(kind, issuer or "", folded) if folded.strip("0") else _nothing(kind)
    if kind == "account_handle":
        return NormalForm(kind, platform or "", _handle(value))
    return NormalForm(kind, (issuer or "") if kind in _ISSUED else "", _plain(kind, value))


def _nothing(kind: str) -> NormalForm:
    return NormalForm(kind, "", "")


def _says_nothing(value: str) -> bool:
    letters = _compact(value).casefold()
    return not letters.strip("0") or letters in _SAYS_NOTHING


def _compact(value: str) -> str:
    folded = unicodedata.normalize("NFKC", value)
    return "".join(letter for letter in folded if letter.isalnum() or _is_mark(letter))


def _is_mark(letter: str) -> bool:
    """Say whether a character is a vowel or tone sign: a part of a word, not a separator."""
    return unicodedata.category(letter)[0] == "M"


@lru_cache(maxsize=200_000)
def _phone(value: str, region: str) -> NormalForm:
    # Imported here: the tables of the library cost a tenth of a second.
    import phonenumbers

    text = unicodedata.normalize("NFKC", value).strip()
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return NormalForm("phone", region, _digits(text))
    if not phonenumbers.is_possible_number(number):
        return NormalForm("phone", region, _digits(text))
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return NormalForm("phone", "", e164)


def _digits(text: str) -> str:
    """Return the digits as 0 to 9 whatever their script, or the plain text where there are none."""
    digits = "".join(str(unicodedata.digit(letter)) for letter in text if letter.isdigit())
    return digits or " ".join(text.casefold().split())


def _handle(value: str) -> str:
    text = unicodedata.normalize("NFKC", value).strip()
    if _LOOKS_LIKE_SITE.match(text):
        text = _handle_of_address(text if "//" in text else f"//{text}")
    return " ".join(text.strip("@~/ ").casefold().split())


def _handle_of_address(address: str) -> str:
    """Return the account that an address leads to; the whole path where it names none."""
    try:
        parts = urlsplit(address)
    except ValueError:  # Brackets that are no IPv6 host: compared as written.
        return address
    if number := parse_qs(parts.query).get("id"):
        return number[0]
    words = [word for word in parts.path.split("/") if word]
    named = [word for word in words if word.casefold() not in _SITE_WORDS]
    if not named:
        return parts.path or address
    # facebook.com/pages/NAME/NUMBER and /people/NAME/NUMBER: the number is the account.
    numbered = words[0].casefold() in {"pages", "people"} and named[-1].isdigit()
    return named[-1] if numbered else named[0]


def _plain(kind: str, value: str) -> str:
    text = unicodedata.normalize("NFKC", value)
    if kind == "vessel_imo":
        return _digits(text)
    if kind == "email":
        text = text.strip().removeprefix("mailto:")
    if kind in _COMPACT:
        return _compact(text).casefold()
    return " ".join(text.casefold().split())

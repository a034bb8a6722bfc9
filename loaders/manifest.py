"""Who sent a bundle and how it is to be read: `bundle.toml`, or a workbook's sheet `bundle`."""

import codecs
import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from graphs.records import Manifest
from graphs.schema import INHERITABLE, SCHEMA_VERSION, TABLES
from loaders.cells import AGENCY, Problem, Reading, judge_country, judge_date, judge_of, nearest
from loaders.faults import Fault, shown

NAME: Final = "bundle.toml"
ENCODINGS: Final = ("utf-8", "utf-16", "cp874", "cp1258")
_CHOICES: Final = {
    "reading.encoding": ENCODINGS,
    "reading.date_order": ("ymd", "dmy", "mdy"),
    "reading.calendar": ("gregorian", "buddhist"),
    "missing_handling": ("most_restrictive",),
}
_REQUIRED: Final = ("schema_version", "title", "as_of", "originator.agency", "originator.country")
_DEFAULTS: Final = tuple(name for name in INHERITABLE if name != "as_of")
_FACTS: Final = ("purpose", "legal_basis")
_KEYS: Final = (
    *_REQUIRED,
    *(f"defaults.{name}" for name in (*_DEFAULTS, *_FACTS)),
    *_CHOICES,
)
UNREAD: Final = Manifest("?", "?", "", "9999-12-31", SCHEMA_VERSION)
"""Stands in for a manifest that could not be read, so that the tables can still be judged."""


class ReadManifest(NamedTuple):
    """A manifest, filled with stand-ins where it has faults, and its faults."""

    manifest: Manifest
    faults: tuple[Fault, ...]


def missing_manifest(file: str, expected: str, hint: str = "") -> ReadManifest:
    """Return the stand-in and the fault of a bundle that does not say who sent it."""
    fault = Fault(file, "bundle", None, None, "no manifest", expected, hint)
    return ReadManifest(_with_all_defaults(UNREAD), (fault,))


def _with_all_defaults(manifest: Manifest) -> Manifest:
    """Fill in defaults, so that rows are not blamed for what the manifest did not say."""
    said = {"handling": "TLP:RED", "grading": "none"} | dict(manifest.defaults)
    return replace(manifest, defaults=tuple(sorted(said.items())))


def read_toml(content: bytes, file: str = NAME) -> ReadManifest:
    """Read a manifest written as TOML (UTF-8, a byte order mark allowed).

    >>> read = read_toml(b'schema_version = "2.0"')
    >>> print(read.faults[-1].letter)
    bundle.toml, table bundle, row 1, column schema_version: found "2.0", expected 1.x. A newer
    Corridor wrote this bundle: update.
    """
    try:
        marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if marked else "utf-8-sig")
        said = tomllib.loads(text.replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return _unreadable(file, None, "bytes that are not UTF-8", "a manifest in UTF-8")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        row = int(found.group(1)) if found else None
        return _unreadable(file, row, shown(str(error)), 'TOML: key = "value"')
    return read_manifest(said, file, _rows_of_keys(text))


def _unreadable(file: str, row: int | None, found: str, expected: str) -> ReadManifest:
    fault = Fault(file, "bundle", row, None, found, expected)
    return ReadManifest(_with_all_defaults(UNREAD), (fault,))


def _rows_of_keys(text: str) -> dict[str, int]:
    """Return the line of each key, by its dotted name."""
    rows: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if found := re.match(r"\s*\[\s*([\w.]+)\s*\]", line):
            section = f"{found.group(1)}."
        elif found := re.match(r"\s*([\w.\"-]+)\s*=", line):
            rows.setdefault(section + found.group(1).strip('"'), number)
    return rows


def read_manifest(said: Mapping[str, object], file: str, rows: Mapping[str, int]) -> ReadManifest:
    """Check what a manifest says, nested or with dotted keys; `rows` tells where each key stands.

    A key without its section is taken where only one section has it, as in a sheet of keys.
    """
    judged = _Judging(file, rows)
    flat = {judged.known(key): value for key, value in _flat(said)}
    texts = {key: judged.text(key, value) for key, value in flat.items() if key in _KEYS}
    texts = {key: text for key, text in texts.items() if text}
    judged.check(texts)
    manifest = Manifest(
        originator=texts.get("originator.agency", UNREAD.originator),
        country=texts.get("originator.country", UNREAD.country),
        title=texts.get("title", ""),
        as_of=texts.get("as_of", UNREAD.as_of),
        schema_version=texts.get("schema_version", SCHEMA_VERSION),
        defaults=_part(texts, [f"defaults.{name}" for name in _DEFAULTS]),
        facts=_part(texts, [*(f"defaults.{name}" for name in _FACTS), *_CHOICES]),
    )
    return ReadManifest(manifest, tuple(judged.faults))


def _part(texts: Mapping[str, str], keys: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key.split(".")[-1], texts[key]) for key in keys if key in texts))


def _flat(said: Mapping[str, object], before: str = "") -> list[tuple[str, object]]:
    flat: list[tuple[str, object]] = []
    for key, value in said.items():
        if isinstance(value, Mapping):
            inner = {str(name): item for name, item in value.items()}
            flat += _flat(inner, f"{before}{key}.")
        else:
            flat.append((before + key, value))
    return flat


def reading_of(manifest: Manifest, agencies: frozenset[str] = frozenset()) -> Reading:
    """Return how the cells of this manifest's bundle are to be read."""
    facts = dict(manifest.facts)
    return Reading(
        as_of=manifest.as_of,
        date_order=facts.get("date_order", ""),
        calendar=facts.get("calendar", "gregorian"),
        agencies=agencies | {manifest.originator},
    )


class _Judging:
    """The faults of one manifest, collected key by key."""

    def __init__(self, file: str, rows: Mapping[str, int]) -> None:
        self.file = file
        self.rows = rows
        self.faults: list[Fault] = []

    def blame(self, key: str, problem: Problem) -> None:
        row = self.rows.get(key, self.rows.get(key.split(".")[-1]))
        self.faults.append(Fault(self.file, "bundle", row, key, *problem))

    def known(self, key: str) -> str:
        """Return the full name of a key; an unknown one is a fault."""
        if key in _KEYS:
            return key
        ends = [known for known in _KEYS if known.split(".")[-1] == key.split(".")[-1]]
        if len(ends) == 1 and ("." not in key or ends[0] == "missing_handling"):
            return ends[0]
        guess = nearest(key, _KEYS)
        hint = f"Did you mean {guess}?" if guess else ""
        self.blame(shown(key), Problem("an unknown key", f"one of {', '.join(_KEYS)}", hint))
        return ""

    def text(self, key: str, value: object) -> str:
        """Return a value as text; only days and texts are values here."""
        if isinstance(value, dt.datetime):
            value = value.date()
        if isinstance(value, dt.date):
            return value.isoformat()
        if key == "schema_version" and isinstance(value, float):
            return str(value)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return ";".join(value)
        if not isinstance(value, str):
            self.blame(key, Problem(shown(str(value)), "text in quotation marks"))
            return ""
        return value.strip()

    def check(self, texts: dict[str, str]) -> None:
        """Check every value; a wrong one is dropped from `texts` where it would mislead."""
        for key in _REQUIRED:
            if key not in texts:
                self.blame(key, Problem("", "a value"))
        version = texts.get("schema_version", SCHEMA_VERSION)
        if version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
            hint = "A newer Corridor wrote this bundle: update."
            self.blame("schema_version", Problem(shown(version), "1.x", hint))
        self._check_originator(texts)
        as_of = judge_date(texts.get("as_of", UNREAD.as_of), Reading(""), day=True)
        if "as_of" in texts and not isinstance(as_of, str):
            self.blame("as_of", as_of[0])
            del texts["as_of"]
        for key, words in _CHOICES.items():
            if key in texts and texts[key] not in words:
                self.blame(key, Problem(shown(texts[key]), f"one of {', '.join(words)}"))
                del texts[key]
        self._check_defaults(texts)

    def _check_originator(self, texts: dict[str, str]) -> None:
        agency = texts.get("originator.agency", "")
        if agency and not AGENCY.fullmatch(agency):
            expected = "an agency code such as LK-CIU: letters, digits, . _ or -"
            self.blame("originator.agency", Problem(shown(agency), expected))
            del texts["originator.agency"]
        country = judge_country(texts.get("originator.country", "XK"))
        if not isinstance(country, str):
            self.blame("originator.country", country[0])

    def _check_defaults(self, texts: dict[str, str]) -> None:
        reading = Reading("", agencies=frozenset({texts.get("originator.agency", "")}))
        for name in _DEFAULTS:
            key = f"defaults.{name}"
            verdict = judge_of(TABLES["persons"].column(name), reading)(texts.get(key, ""))
            if key not in texts:
                continue
            if isinstance(verdict, str):
                texts[key] = verdict
                continue
            for problem in verdict:
                self.blame(key, problem)

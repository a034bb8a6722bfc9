"""Handling marks and gradings: read, ordered inside their own scheme, never converted.

TLP 2.0 is a label of FIRST; H0 to H3 are Europol's handling codes, P and C the United Kingdom's.
A grading names its scheme; only codes of one scheme are ever compared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from graphs.vocabularies import VOCABULARIES

TLP: Final = VOCABULARIES["tlp"].words
"""The TLP labels, most restrictive first."""
CODES: Final = VOCABULARIES["handling_code"].words
STRICTEST_KNOWN: Final = "TLP:AMBER+STRICT H2"
"""What an empty marking becomes where a bundle asks for the most restrictive reading."""
NEEDS_CAVEAT: Final = frozenset({"H3", "C"})
"""Codes that mean nothing without the text of their conditions."""


class Handling(NamedTuple):
    """A marking, read: its TLP label or None, its other codes, and what is no mark at all."""

    tlp: str | None
    codes: tuple[str, ...]
    unknown: tuple[str, ...]
    several_tlp: bool


def parse_handling(text: str) -> Handling:
    """Read a blank-separated marking, as written.

    >>> parse_handling("TLP:AMBER H2")
    Handling(tlp='TLP:AMBER', codes=('H2',), unknown=(), several_tlp=False)
    >>> parse_handling("AMBER").unknown
    ('AMBER',)
    """
    marks = text.split()
    labels = [mark for mark in TLP if mark in marks]
    codes = tuple(code for code in CODES if code in marks)
    unknown = tuple(mark for mark in marks if mark not in TLP and mark not in CODES)
    return Handling(labels[0] if labels else None, codes, unknown, len(labels) > 1)


def most_restrictive(handlings: Iterable[str]) -> str:
    """Return the marking that all of these together demand: per scheme, the highest.

    The strictest TLP label stands first, then every Europol and UK code that occurs, except that
    H0 and P, which add nothing to a stronger code of their scheme, give way to it. SANITISED
    speaks of one record's text and is not carried on. "" for no marking at all.

    >>> most_restrictive(["TLP:GREEN H0", "TLP:AMBER H2", "TLP:AMBER H1"])
    'TLP:AMBER H1 H2'
    """
    parsed = [parse_handling(text) for text in handlings]
    labels = {handling.tlp for handling in parsed}
    codes = {code for handling in parsed for code in handling.codes} - {"SANITISED"}
    if codes & {"H1", "H2", "H3"}:
        codes.discard("H0")
    if "C" in codes:
        codes.discard("P")
    marks = [label for label in TLP if label in labels][:1]
    return " ".join(marks + [code for code in CODES if code in codes])


@dataclass(frozen=True, slots=True)
class Scheme:
    """A grading scheme: its codes for source and information, best first, and those of no rank.

    A code of no rank says that the judgement cannot be made; it is not the worst one.
    """

    name: str
    source: str
    information: str
    source_unranked: str = ""
    information_unranked: str = ""

    def holds(self, codes: str) -> bool:
        """Say whether the text is a source code followed by an information code."""
        return (
            len(codes) == 2
            and codes[0] in self.source + self.source_unranked
            and codes[1] in self.information + self.information_unranked
        )

    @property
    def expected(self) -> str:
        """Return the form of a grading of this scheme in words."""
        source = "".join(sorted(self.source + self.source_unranked))
        information = "".join(sorted(self.information + self.information_unranked))
        return f"{self.name}:[{source}][{information}]"


# The order of 5 (suspected false) below the ranked codes of uk_5x5x5 and of E in uk_3x5x2
# follows the scheme's own list; 4x4, 5x5x5 and Admiralty are given from memory in the schema.
SCHEMES: Final[dict[str, Scheme]] = {
    scheme.name: scheme
    for scheme in (
        Scheme("europol4x4", "ABC", "123", "X", "4"),
        Scheme("uk_3x5x2", "13", "ABCE", "2", "D"),
        Scheme("uk_5x5x5", "ABCD", "1235", "E", "4"),
        Scheme("admiralty", "ABCDE", "12345", "F", "6"),
    )
}


class Rank(NamedTuple):
    """A grading, read: its scheme, and the ranks of source and information, 0 = best.

    None = the code says that no judgement is possible, or the text is no grading.
    """

    scheme: str
    source: int | None
    information: int | None


def grading_rank(text: str) -> Rank:
    """Return where a grading stands in its own scheme; ("none", None, None) for `none`.

    >>> grading_rank("europol4x4:B2"), grading_rank("admiralty:F1")
    (Rank(scheme='europol4x4', source=1, information=1),
     Rank(scheme='admiralty', source=None, information=0))
    >>> grading_rank("uk_3x5x2:3E")
    Rank(scheme='uk_3x5x2', source=1, information=3)
    """
    name, _, codes = text.partition(":")
    scheme = SCHEMES.get(name)
    if scheme is None or not scheme.holds(codes):
        return Rank(name, None, None)
    source, information = codes
    return Rank(
        name,
        scheme.source.index(source) if source in scheme.source else None,
        scheme.information.index(information) if information in scheme.information else None,
    )


def is_grading(text: str) -> bool:
    """Say whether a text is `none` or `scheme:codes` of a known scheme.

    >>> is_grading("none"), is_grading("admiralty:C3"), is_grading("B7"), is_grading("")
    (True, True, False, False)
    """
    name, _, codes = text.partition(":")
    return text == "none" or (name in SCHEMES and SCHEMES[name].holds(codes))


def gradings_meant(text: str) -> tuple[str, ...]:
    """Return the gradings that codes without a scheme may stand for; for a message only.

    >>> gradings_meant("c3")
    ('europol4x4:C3', 'uk_5x5x5:C3', 'admiralty:C3')
    """
    codes = re.sub(r"[^A-Z0-9]", "", text.rpartition(":")[2].upper())
    return tuple(f"{scheme.name}:{codes}" for scheme in SCHEMES.values() if scheme.holds(codes))

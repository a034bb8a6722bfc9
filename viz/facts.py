"""What every page says about its own figures: marking, date, slice, sources and their limits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graphs.countries_of import GROUP_RULES

_TLP = re.compile(r"TLP:(RED|AMBER\+STRICT|AMBER|GREEN|CLEAR)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """The provenance that a page carries in its footer; empty text means not stated.

    `group_rule` is a name of `GROUP_RULES`, shown in its words, or any words.
    `n_persons` and `n_pairs` count what the analyses saw: persons, and pairs of them with a tie.
    `shared_pairs` counts pairs of records that share a phone or passport, None where nobody
    counted; `matched` says whether records were matched into persons.

    >>> facts = Facts(as_of="2026-03-31", n_persons=148, n_pairs=212, shared_pairs=9)
    >>> dict(facts.lines())["Date of data"]
    '2026-03-31'
    >>> print(facts.unmatched)
    Not yet matched: one record counts as one person.
    9 pairs of records share a phone or passport.
    """

    marking: str = ""
    as_of: str = ""
    slice: str = ""
    group_rule: str = ""
    ties: str = ""
    n_persons: int | None = None
    n_pairs: int | None = None
    shared_pairs: int | None = None
    originators: tuple[str, ...] = ()
    batches: tuple[str, ...] = ()
    snapshot_hash: str = ""
    matched: bool = False

    @property
    def unmatched(self) -> str:
        """Return the warning that records are not yet matched into persons, or ""."""
        if self.matched:
            return ""
        warning = "Not yet matched: one record counts as one person."
        if self.shared_pairs is None:
            return warning
        pairs = "pair of records shares" if self.shared_pairs == 1 else "pairs of records share"
        return f"{warning} {self.shared_pairs} {pairs} a phone or passport."

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what is stated, as words and value, in the order of the footer."""
        counts = [
            f"{number:,} {words}"
            for number, words in ((self.n_persons, "persons"), (self.n_pairs, "tied pairs"))
            if number is not None
        ]
        stated = (
            ("Date of data", self.as_of),
            ("Slice", self.slice or "everything loaded"),
            ("Counted", ", ".join(counts)),
            ("Ties", self.ties),
            ("Country of a person", GROUP_RULES.get(self.group_rule, self.group_rule)),
            ("From", ", ".join(self.originators)),
            ("Batches", ", ".join(self.batches)),
            ("Snapshot SHA-256", self.snapshot_hash),
        )
        yield from ((words, value) for words, value in stated if value)


def banner_class(marking: str) -> str:
    """Return the CSS class of a marking's banner: its TLP colour, or "marking" alone.

    >>> banner_class("TLP:AMBER+STRICT H2"), banner_class("RESTRICTED")
    ('marking tlp-amber-strict', 'marking')
    """
    found = _TLP.search(marking)
    if not found:
        return "marking"
    return f"marking tlp-{found[1].lower().replace('+', '-')}"

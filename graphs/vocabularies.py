"""The words that records may use, read once from `data/vocabularies.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words; a `pattern` widens it where the list is open by design."""

    name: str
    words: tuple[str, ...]
    source: str
    pattern: str = ""

    def holds(self, word: str) -> bool:
        """Say whether a record may use this word, letter for letter.

        >>> VOCABULARIES["mode"].holds("air"), VOCABULARIES["mode"].holds("Air")
        (True, False)
        """
        return word in self.words or bool(self.pattern and re.fullmatch(self.pattern, word))

    def rank(self, word: str) -> int | None:
        """Return the place of a word in its list, or None for a word outside it.

        >>> VOCABULARIES["stage"].rank("recruit")
        1
        """
        return self.words.index(word) if word in self.words else None


@cache
def read_vocabularies() -> dict[str, Vocabulary]:
    """Return every vocabulary by name, in the order of the data file."""
    path = Path(__file__).parent / "data" / "vocabularies.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Vocabulary(name, tuple(table["words"]), table["source"], table.get("pattern", ""))
        for name, table in tables.items()
    }


VOCABULARIES = read_vocabularies()

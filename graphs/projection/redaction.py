"""Names and numbers of shielded persons taken out of any other text that a network carries."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

HIDDEN = "[protected]"
_KEY = 2


@dataclass(frozen=True, slots=True)
class Redactor:
    """Replaces secrets in text: each by what stands for it (a pseudonym, or [protected]).

    Secrets are found by their first two characters, so that the cost grows with the text and
    not with the number of secrets. In scripts written with blanks a secret is a whole word or
    several: a person called Ann is not found in Annex. Case does not matter.
    """

    secrets: Mapping[str, tuple[tuple[str, str], ...]]

    def __call__(self, text: str) -> str:
        """Return the text without secrets.

        >>> redactor({"Somying": "Protected 7F3A21", "Ann": "Protected 000000"})(
        ...     "Statement of SOMYING, Annex 3")
        'Statement of Protected 7F3A21, Annex 3'
        """
        if not self.secrets or not text:
            return text
        folded = _folded(text)
        if not any(folded[i : i + _KEY] in self.secrets for i in range(len(folded))):
            return text
        # Folding keeps lengths for nearly every letter; where it does not, the text is hidden.
        if len(folded) != len(text):
            return HIDDEN if any(self._at(folded, i) for i in range(len(folded))) else text
        return self._replaced(text, folded)

    def _replaced(self, text: str, folded: str) -> str:
        parts: list[str] = []
        done = i = 0
        while i < len(folded):
            found = self._at(folded, i)
            if found is None:
                i += 1
                continue
            secret, instead = found
            parts += [text[done:i], instead]
            done = i = i + len(secret)
        return "".join([*parts, text[done:]]) if parts else text

    def _at(self, folded: str, place: int) -> tuple[str, str] | None:
        for secret, instead in self.secrets.get(folded[place : place + _KEY], ()):
            end = place + len(secret)
            if folded.startswith(secret, place) and _is_whole(folded, place, end):
                return secret, instead
        return None


def redactor(secrets: Mapping[str, str]) -> Redactor:
    """Return what takes these secrets out of text; a single character is no secret."""
    by_start: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for secret, instead in secrets.items():
        folded = _folded(secret.strip())
        if len(folded) >= _KEY:
            by_start[folded[:_KEY]].add((folded, instead))
    # The longest first: a whole name before the part that another person is called by.
    return Redactor(
        {
            start: tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))
            for start, found in by_start.items()
        }
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether the piece is not a part of a longer word, where words stand apart by blanks."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_joins(before, text[start]) or _joins(text[end - 1], after))


def _joins(one: str, other: str) -> bool:
    return _is_spaced(one) and _is_spaced(other)


def _is_spaced(letter: str) -> bool:
    """Say whether a letter or digit is of a script that separates words by blanks.

    Thai, Lao, Khmer, Burmese, Chinese and Japanese do not: U+0E00 and above, Hangul aside.
    """
    if not letter.isalnum():
        return False
    point = ord(letter)
    return (
        point < 0x0E00
        or 0x10A0 <= point < 0x1780
        or 0x1E00 <= point < 0x2E80
        or 0xAC00 <= point < 0xD7B0
    )

"""A pattern such as `{Surname} {Given}` is expanded once; what the data holds is never expanded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
ROW, FILE, SHEET, ITEM = "row", "file", "sheet", "item"
RESERVED = frozenset({ROW, FILE, SHEET, ITEM})


class PatternError(ValueError):
    """A pattern that cannot be read; its text says why, for the fault that names the place."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with named gaps: `texts` stand around `names`, one more than them.

    `columns` are the names that mean a column of the sheet.
    """

    texts: tuple[str, ...]
    names: tuple[str, ...]
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        columns = tuple(name for name in self.names if name not in RESERVED)
        object.__setattr__(self, "columns", columns)

    @property
    def is_constant(self) -> bool:
        """Say whether the text has no gap at all."""
        return not self.names

    def fill(self, values: Mapping[str, str], *, all_needed: bool = False) -> str:
        """Return the text with its gaps filled; "" if all columns named are empty.

        With `all_needed` one empty column makes the whole empty: half an id is no id. Otherwise
        the blanks that an empty column leaves behind are closed.

        >>> name = parse_pattern("{Surname} {Given}")
        >>> name.fill({"Surname": "Perera", "Given": ""}), name.fill({"Surname": "", "Given": ""})
        ('Perera', '')
        >>> parse_pattern("S-{No}").fill({"No": "{Name}"})
        'S-{Name}'
        """
        if not self.names:
            return self.texts[0]
        said = [values[name] for name in self.columns]
        empty = said.count("")
        if said and empty and (all_needed or empty == len(said)):
            return ""
        pairs = zip(self.names, self.texts[1:], strict=True)
        whole = self.texts[0] + "".join(values[name] + text for name, text in pairs)
        return " ".join(whole.split()) if empty else whole


def parse_pattern(text: str) -> Pattern:
    """Read a pattern: `{Column}`, `{row}`, `{file}`, `{sheet}`; `=` before a constant; `{{` is `{`.

    >>> parse_pattern("{file} row {row}").names, parse_pattern("={x}").fill({})
    (('file', 'row'), '{x}')
    >>> parse_pattern("S-{No")
    Traceback (most recent call last):
        ...
    loaders.mapping.patterns.PatternError: '{' at character 3 is never closed; write '{{' for
    the letter
    """
    if text.startswith("="):
        return Pattern((text[1:],), ())
    texts, names, at = [""], list[str](), 0
    for part in _PART.finditer(text):
        texts[-1] += text[at : part.start()]
        at = part.end()
        if part[0] in ("{{", "}}"):
            texts[-1] += part[0][0]
        elif part[1] is None:
            raise PatternError(_loose(part[0], part.start()))
        else:
            names.append(_named(part[1]))
            texts.append("")
    texts[-1] += text[at:]
    return Pattern(tuple(texts), tuple(names))


def _named(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise PatternError("'{}' names no column")
    return name


def _loose(brace: str, at: int) -> str:
    word = "closed" if brace == "{" else "opened"
    return f"'{brace}' at character {at + 1} is never {word}; write '{brace * 2}' for the letter"

"""A choice by name: an unknown name is answered with the known ones, nearest first said."""

import difflib
from collections.abc import Collection

from graphs.errors import InputError


class UnknownChoice(InputError, ValueError):
    """A name outside a closed list: wrong as an argument of the command and of a function."""


def checked_choice(what: str, found: str, known: Collection[str]) -> str:
    """Return the name if it is known, else raise `UnknownChoice` listing all that are.

    >>> checked_choice("tie set", "KIN_TIES", ["KIN_TIES", "MONEY_TIES"])
    'KIN_TIES'
    >>> checked_choice("tie set", "KIN_TYES", ["KIN_TIES", "MONEY_TIES"])
    Traceback (most recent call last):
        ...
    graphs.choices.UnknownChoice: unknown tie set 'KIN_TYES'; known: KIN_TIES, MONEY_TIES. Did
    you mean KIN_TIES?
    """
    if found in known:
        return found
    near = difflib.get_close_matches(found, known, n=1)
    hint = f". Did you mean {near[0]}?" if near else ""
    raise UnknownChoice(f"unknown {what} {found!r}; known: {', '.join(known)}{hint}")

"""Everything that can go wrong, as one tree.

CorridorError
├── InputError       the input or the arguments are at fault: exit status 2
│   ├── BundleError      a case bundle has faults (loaders/faults.py)
│   ├── UnknownThing     nothing answers to that name
│   ├── AmbiguousThing   several things answer to it, listed
│   ├── UnknownChoice    no such tie set or rule, the known ones listed (graphs/choices.py)
│   └── UnknownBatch ... what a store does not hold or cannot take (queries/store.py)
└── TroubleError     something else went wrong: exit status 1
    └── StoreError       the store cannot do it now (queries/store.py)
"""

from collections.abc import Sequence


class CorridorError(Exception):
    """Parent of every error that Corridor raises on purpose; its text is a letter to act on."""


class InputError(CorridorError):
    """The input or the arguments are at fault; nothing was changed."""


class TroubleError(CorridorError):
    """Something went wrong that is not the input's fault; the previous state stands."""


class UnknownThing(InputError):
    """No person, case or place answers to the given text."""

    def __init__(self, text: str, *, what: str = "person") -> None:
        super().__init__(
            f"no {what} answers to {text!r}. Give an id, a record id, or a name as `corridor find` "
            "lists it."
        )


class AmbiguousThing(InputError):
    """Several things answer to the given text; the candidates are listed, none is chosen."""

    def __init__(self, text: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.candidates = tuple(candidates)
        listed = "\n".join(f"  {thing}  {label}" for thing, label in candidates)
        super().__init__(
            f"{text!r} can mean {len(self.candidates)} things; give one of these ids:\n{listed}"
        )

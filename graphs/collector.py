"""Python's collector of cycles, kept at rest while a million things without any are made."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Generator[None]:
    """Keep the collector from walking, over and over, new rows or links that have no cycles.

    Reading a million rows took 35 s with it and 17 s without, in the same memory.

    >>> with collector_at_rest():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

"""The stores, and every question put to them."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queries.opening import open_store
    from queries.store import Store

_HOME = {"open_store": "queries.opening", "Store": "queries.store"}

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> object:
    """Fetch a public name from its module only when asked, as `graphs` does."""
    if name not in _HOME:
        raise AttributeError(f"module 'queries' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)

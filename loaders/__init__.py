"""Case bundles become checked records."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.bundle import read_bundle
    from loaders.faults import BundleError, Fault

_HOME = {
    "BundleError": "loaders.faults",
    "Fault": "loaders.faults",
    "read_bundle": "loaders.bundle",
}

__all__ = ["BundleError", "Fault", "read_bundle"]


def __getattr__(name: str) -> object:
    """Fetch a public name from its module only when asked: reading workbooks is heavy."""
    if name not in _HOME:
        raise AttributeError(f"module 'loaders' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)

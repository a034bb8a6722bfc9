"""Case bundles become checked records."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.annotate import annotated_workbook
    from loaders.bundle import read_bundle
    from loaders.draft import draft_mapping
    from loaders.faults import BundleError, Fault
    from loaders.template import template_workbook

_HOME = {
    "BundleError": "loaders.faults",
    "Fault": "loaders.faults",
    "annotated_workbook": "loaders.annotate",
    "draft_mapping": "loaders.draft",
    "read_bundle": "loaders.bundle",
    "template_workbook": "loaders.template",
}

__all__ = [
    "BundleError",
    "Fault",
    "annotated_workbook",
    "draft_mapping",
    "read_bundle",
    "template_workbook",
]


def __getattr__(name: str) -> object:
    """Fetch a public name from its module only when asked: reading workbooks is heavy."""
    if name not in _HOME:
        raise AttributeError(f"module 'loaders' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)

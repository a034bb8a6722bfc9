"""Networks and tables become pages and files."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viz.brief import brief_page
    from viz.facts import Facts
    from viz.html import render
    from viz.layout import layout
    from viz.map import map_page
    from viz.network import network_page

_HOME = {
    "Facts": "viz.facts",
    "brief_page": "viz.brief",
    "layout": "viz.layout",
    "map_page": "viz.map",
    "network_page": "viz.network",
    "render": "viz.html",
}

__all__ = ["Facts", "brief_page", "layout", "map_page", "network_page", "render"]


def __getattr__(name: str) -> object:
    """Fetch a public name from its module only when asked: pages load Jinja and pandas."""
    if name not in _HOME:
        raise AttributeError(f"module 'viz' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)

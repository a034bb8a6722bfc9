"""The schema, the network and every analysis; imports no other room."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphs.borders import crossings
    from graphs.brokerage import brokerage_roles
    from graphs.brokers import rank_brokers
    from graphs.holes import constraint, effective_size
    from graphs.network import build_network
    from graphs.position import betweenness
    from graphs.routes import corridors

_HOME = {
    "betweenness": "graphs.position",
    "brokerage_roles": "graphs.brokerage",
    "build_network": "graphs.network",
    "constraint": "graphs.holes",
    "corridors": "graphs.routes",
    "crossings": "graphs.borders",
    "effective_size": "graphs.holes",
    "rank_brokers": "graphs.brokers",
}

__all__ = [
    "betweenness",
    "brokerage_roles",
    "build_network",
    "constraint",
    "corridors",
    "crossings",
    "effective_size",
    "rank_brokers",
]


def __getattr__(name: str) -> object:
    """Fetch a public name from its module only when asked: pandas and networkx are heavy."""
    if name not in _HOME:
        raise AttributeError(f"module 'graphs' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)

"""The domain, declared once: record tables, node kinds, link kinds and the named sets of ties.

Validation, SQL, legends, templates and the reference manual are derived from here;
`tests/graphs/test_schema.py` fails when one of them drifts.
"""

from graphs.schema.links import (
    BROKER_TIES,
    LINK_KINDS,
    ORDER_OF_STAGES,
    STATED_KINDS,
    SYMMETRIC_KINDS,
    TIE_SETS,
    LinkKind,
    kinds_in,
)
from graphs.schema.nodes import NODE_KINDS, NODE_OF_TABLE, NodeKind
from graphs.schema.tables import (
    COMMON_COLUMNS,
    INHERITABLE,
    NOT_FACILITATING,
    SCHEMA_VERSION,
    TABLES,
    Column,
    Table,
)

__all__ = [
    "BROKER_TIES",
    "COMMON_COLUMNS",
    "INHERITABLE",
    "LINK_KINDS",
    "NODE_KINDS",
    "NODE_OF_TABLE",
    "NOT_FACILITATING",
    "ORDER_OF_STAGES",
    "SCHEMA_VERSION",
    "STATED_KINDS",
    "SYMMETRIC_KINDS",
    "TABLES",
    "TIE_SETS",
    "Column",
    "LinkKind",
    "NodeKind",
    "Table",
    "kinds_in",
]

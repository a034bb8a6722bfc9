"""From an address to a store: a file for a laptop, a server for a team."""

import re
from pathlib import Path

from queries.store import Store, UnknownTarget

_SERVER = ("bolt", "neo4j")


def open_store(target: str | Path, *, create: bool = True) -> Store:
    """Open the store at an address: a file, made if need be unless `create` is False.

    Raises NotAStore where something else is there, NoStore where nothing is and nothing is to
    be made, UnknownTarget for an address of another kind, and the StoreErrors of
    `queries.store`.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/a.db") as store:
    ...     list(store.batches())
    []
    """
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", str(target))
    if scheme is None:
        from queries.sqlite.store import SqliteStore

        return SqliteStore(Path(target), create=create)
    if scheme[1].split("+")[0].lower() in _SERVER:
        raise UnknownTarget(
            f"{target}: this version keeps its records in a file; a store on a Neo4j server comes "
            "with a later one. Give a file, such as corridor.db."
        )
    raise UnknownTarget(
        f"{target}: found an address beginning with {scheme[0]!r}; expected a file, such as "
        "corridor.db."
    )

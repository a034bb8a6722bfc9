"""What is timed, each task alone in a process of its own: `python -m benchmarks.tasks NAME ...`.

A task imports what it needs before its clock starts, and prints seconds, the seconds its
process kept a processor busy from its start, its peak memory in MB, and a number that shows that
the work was done.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def load(folder: str, rows: str) -> tuple[float, int]:
    """Read a bundle and store it: every check, one transaction, on the disk when it ends."""
    import loaders.bundle
    import queries.sqlite.store

    start = time.perf_counter()
    bundle = loaders.bundle.read_bundle(Path(folder))
    with queries.sqlite.store.SqliteStore(Path(folder) / "ours.db") as store:
        receipt = store.add(bundle)
    return time.perf_counter() - start, _expect(receipt.new, int(rows))


def read_alone(folder: str, rows: str) -> tuple[float, int]:
    """Read a bundle and check it, without storing."""
    import loaders.bundle

    start = time.perf_counter()
    bundle = loaders.bundle.read_bundle(Path(folder))
    return time.perf_counter() - start, _expect(len(bundle.records), int(rows))


def peer(folder: str, rows: str) -> tuple[float, int]:
    """Read the same files with pandas as text, and insert them with `executemany`: no checks."""
    import sqlite3

    import pandas as pd

    start, found = time.perf_counter(), 0
    connection = sqlite3.connect(Path(folder) / "peer.db")
    for path in sorted(Path(folder).glob("*.csv")):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        columns = ", ".join(f'"{name}" TEXT' for name in frame.columns)
        places = ", ".join("?" for _ in frame.columns)
        connection.execute(f'CREATE TABLE "{path.stem}" ({columns})')
        values = frame.itertuples(index=False, name=None)
        connection.executemany(f'INSERT INTO "{path.stem}" VALUES ({places})', values)
        found += len(frame)
    connection.commit()
    connection.close()
    return time.perf_counter() - start, _expect(found, int(rows))


def network(folder: str, rows: str) -> tuple[float, int]:
    """Build the network from the store that `load` left."""
    from graphs.network import build_network
    from queries.sqlite.store import SqliteStore

    start = time.perf_counter()
    with SqliteStore(Path(folder) / "ours.db", create=False) as store:
        built = build_network(store.records())
    return time.perf_counter() - start, _expect(built.graph["record_count"], int(rows))


def records(folder: str, rows: str) -> tuple[float, int]:
    """Read every current record back from the store that `load` left."""
    import queries.sqlite.store

    start = time.perf_counter()
    with queries.sqlite.store.SqliteStore(Path(folder) / "ours.db", create=False) as store:
        found = sum(1 for _ in store.records())
    return time.perf_counter() - start, _expect(found, int(rows))


def betweenness(people: str) -> tuple[float, int]:
    """Exact betweenness by Corridor on an invented network of this many people."""
    import graphs.position

    drawn = _drawn(int(people))
    graphs.position.betweenness(_drawn(10))
    start = time.perf_counter()
    scores = graphs.position.betweenness(drawn)
    return time.perf_counter() - start, _expect(len(scores), int(people))


def betweenness_networkx(people: str) -> tuple[float, int]:
    """The same by networkx, on the simple undirected graph that it needs."""
    import networkx as nx

    simple = nx.Graph(_drawn(int(people)))
    start = time.perf_counter()
    scores = nx.betweenness_centrality(simple)
    return time.perf_counter() - start, _expect(len(scores), int(people))


def _drawn(people: int):
    import networkx as nx

    return nx.MultiDiGraph(nx.barabasi_albert_graph(people, 3, seed=20260331))


def _expect(found: int, wanted: int) -> int:
    """Return the number that shows the work was done; a fast wrong answer is no answer."""
    if found != wanted:
        raise ValueError(f"found {found}, expected {wanted}")
    return found


TASKS: dict[str, Callable[..., tuple[float, int]]] = {
    "load": load,
    "read": read_alone,
    "peer": peer,
    "network": network,
    "records": records,
    "betweenness": betweenness,
    "betweenness_networkx": betweenness_networkx,
}


def peak_mb() -> float:
    """Return the most memory this process has held, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    seconds, done = TASKS[sys.argv[1]](*sys.argv[2:])
    told = {"seconds": seconds, "busy": time.process_time(), "peak_mb": peak_mb(), "done": done}
    print(json.dumps(told))

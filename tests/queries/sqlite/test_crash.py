"""A program killed at any moment of a load leaves all of the batch or nothing of it."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphs.records import Bundle
from queries.sqlite.store import SqliteStore
from tests.needs import ROOT, skip_unless
from tests.queries.bundles import bundle, person
from tests.queries.sqlite.raw import raw

KILLS = 50
ROWS = 3_000

# Says "ready" when only the store's own work is left to do, "done" when it was promised.
WORKER = """
import sys
from pathlib import Path
from queries.sqlite.store import SqliteStore
from tests.queries.sqlite.test_crash import ROWS, people
what, path = sys.argv[1], Path(sys.argv[2])
second = people("2026-02-28", gender="Feminine")
print("ready", flush=True)
with SqliteStore(path) as store:
    if what == "load":
        store.add(second)
    else:
        store.unload(store.batches()[0].batch, erase=True)
    print("done", flush=True)
"""


def people(day: str, gender: str = "") -> Bundle:
    """Return a bundle of realistic size."""
    rows = [
        person(f"P-{i:05}", as_of=day, note=f"Statement {i}: " + "words " * 20, gender=gender)
        for i in range(ROWS)
    ]
    return bundle(rows, as_of=day)


def worker(what: str, path: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WORKER, what, str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if process.stdout is None or process.stdout.readline() != "ready\n":
        pytest.fail("the worker did not start")
    return process


def killed_after(what: str, path: Path, seconds: float) -> bool:
    """Kill the worker some time after it is ready; say whether it had promised to be done."""
    process = worker(what, path)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    said, _ = process.communicate()
    return "done" in said


def time_of(what: str, path: Path) -> float:
    process = worker(what, path)
    start = time.perf_counter()
    process.communicate()
    return time.perf_counter() - start


def look(path: Path) -> tuple[dict[str, str], dict[str, int]]:
    """Return the state of each month's batch, and how many records are current as of it."""
    with SqliteStore(path) as store:
        states = {info.as_of: info.state for info in store.batches()}
        counts = dict.fromkeys(states, 0)
        for record in store.records():
            counts[record["as_of"]] += 1
        store.verify_audit()
    with raw(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
    return states, counts


def test_a_load_killed_at_any_moment_is_all_or_nothing(tmp_path: Path) -> None:
    """In every third round there is no store before; in every fifth a batch is being erased."""
    skip_unless(sys.platform != "win32", "needs kill -9")
    first = tmp_path / "first.db"
    with SqliteStore(first) as store:
        store.add(people("2026-01-28"))
    trial = tmp_path / "trial.db"
    shutil.copy(first, trial)
    whole = {"load": time_of("load", trial), "erase": time_of("erase", trial)}
    moments = random.Random(20260331)
    outcomes: list[str] = []
    for number in range(KILLS):
        path = tmp_path / f"{number}.db"
        what = "erase" if number % 5 == 4 else "load"
        if what == "erase" or number % 3:
            shutil.copy(first, path)
        promised = killed_after(what, path, moments.uniform(0, 1.2) * whole[what])
        outcomes.append(_check(what, promised, *look(path)))
        path.unlink()
    assert {"load: nothing", "load: all", "erase: nothing", "erase: all"} <= set(outcomes)


def _check(what: str, promised: bool, states: dict[str, str], counts: dict[str, int]) -> str:
    """Return what the kill left, once it is seen to be all or nothing."""
    january, february = states.get("2026-01-28"), states.get("2026-02-28")
    if what == "load":
        done = february == "loaded"
        assert february in (None, "loaded")
        assert counts.get("2026-02-28", 0) == (ROWS if done else 0)
        assert counts.get("2026-01-28", 0) == (ROWS if january and not done else 0)
    else:
        done = january == "erased"
        assert counts == {"2026-01-28": 0 if done else ROWS}
    assert done or not promised
    return f"{what}: {'all' if done else 'nothing'}"

"""Runs of tasks and programs, alternating with their peers, and what became of them."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rows import write_bundle

LOAD_BAR, MEMORY_BAR_MB, HELP_BAR, BETWEENNESS_BAR = 4.0, 1_500.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table of results; `bar` is the most allowed, None where none was set."""

    what: str
    ours: str
    peer: str
    ratio: float | None
    bar: float | None
    unit: str = "x"

    @property
    def verdict(self) -> str:
        """Say whether the bar was held."""
        if self.ratio is None or self.bar is None:
            return "no bar"
        return "held" if self.ratio <= self.bar else "MISSED"


@dataclass(frozen=True, slots=True)
class Run:
    """One task in a process of its own: seconds, of which busy, and peak memory in MB."""

    seconds: float
    busy: float
    peak_mb: float


def run_task(*task: str) -> Run:
    """Run one task in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.tasks", *task]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(f"benchmark {' '.join(task)} failed:\n{said.stderr}")
    told = json.loads(said.stdout.splitlines()[-1])
    return Run(told["seconds"], told["busy"], told["peak_mb"])


def time_program(command: Sequence[str]) -> float:
    """Return how long a program takes from start to end, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def loads(
    rows: int, *, repeats: int, say: Callable[[str], None], network: bool = True
) -> list[Line]:
    """Load, read back and project a generated bundle, against pandas and `executemany`."""
    folder = Path(tempfile.mkdtemp(prefix="corridor-bench-")) / "bundle"
    try:
        say(f"writing {rows:,} rows")
        write_bundle(folder, rows)
        ours, theirs, read = list[Run](), list[Run](), list[Run]()
        for number in range(repeats):
            say(f"load of {rows:,} rows, run {number + 1} of {repeats}")
            _forget(folder)
            theirs.append(run_task("peer", str(folder), str(rows)))
            ours.append(run_task("load", str(folder), str(rows)))
        read.append(run_task("read", str(folder), str(rows)))
        tasks = ("records", "network") if network else ("records",)
        return [*_load_lines(rows, ours, theirs, read), *_from_store(folder, rows, tasks, say)]
    finally:
        shutil.rmtree(folder.parent)


def _forget(folder: Path) -> None:
    for path in folder.glob("*.db*"):
        path.unlink()


def _load_lines(
    rows: int, ours: Sequence[Run], theirs: Sequence[Run], read: Sequence[Run]
) -> list[Line]:
    mine, other, reading = (_median(runs) for runs in (ours, theirs, read))
    peak, other_peak = (max(run.peak_mb for run in runs) for runs in (ours, theirs))
    busy, other_busy = (statistics.median(run.busy for run in runs) for runs in (ours, theirs))
    name = f"load of {rows:,} rows"
    # Each run against the peer's run beside it, since other work comes and goes.
    ratio = statistics.median(a.seconds / b.seconds for a, b in zip(ours, theirs, strict=True))
    return [
        Line(
            f"{name} (reading and checking {reading:.1f} s of it)", f"{mine:.1f} s",
            f"pandas + executemany {other:.1f} s", ratio, LOAD_BAR,
        ),
        Line(
            f"{name}: processor", f"{busy:.1f} s", f"pandas + executemany {other_busy:.1f} s",
            busy / other_busy, None,
        ),
        Line(
            f"{name}: peak memory", f"{peak:,.0f} MB", f"pandas + executemany {other_peak:,.0f} MB",
            peak, MEMORY_BAR_MB, "MB",
        ),
    ]  # fmt: skip


def _median(runs: Sequence[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


WORDS = {"records": "records read back", "network": "network from store"}


def _from_store(
    folder: Path, rows: int, tasks: Sequence[str], say: Callable[[str], None]
) -> list[Line]:
    lines: list[Line] = []
    for task in tasks:
        say(f"{WORDS[task]}, {rows:,} rows")
        run = run_task(task, str(folder), str(rows))
        spent = f"{run.seconds:.1f} s, {run.peak_mb:,.0f} MB"
        lines.append(Line(f"{WORDS[task]}, {rows:,} rows", spent, "", None, None))
    return lines


def start_of_program(*, repeats: int, say: Callable[[str], None]) -> Line:
    """`corridor --help` against `import typer` alone, run by run."""
    say("corridor --help")
    helping = [sys.executable, "-c", "import corridor; corridor.main()", "--help"]
    typer = [sys.executable, "-c", "import typer"]
    pairs = [(time_program(helping), time_program(typer)) for _ in range(repeats)]
    mine, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    return Line(
        "corridor --help", f"{mine * 1000:.0f} ms", f"import typer {other * 1000:.0f} ms",
        mine / other, HELP_BAR,
    )  # fmt: skip


def betweenness(people: int, *, repeats: int, say: Callable[[str], None]) -> Line:
    """Exact betweenness against networkx on the same invented network."""
    say(f"betweenness of {people:,} people")
    pairs = [
        (run_task("betweenness", str(people)), run_task("betweenness_networkx", str(people)))
        for _ in range(repeats)
    ]
    mine, other = (_median(runs) for runs in zip(*pairs, strict=True))
    return Line(
        f"exact betweenness, {people:,} people", f"{mine * 1000:.1f} ms",
        f"networkx {other * 1000:.0f} ms", mine / other, BETWEENNESS_BAR,
    )  # fmt: skip

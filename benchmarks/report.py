"""The table of results, with the machine and the versions that it was measured on."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Line

PACKAGES = ("corridor", "networkx", "numpy", "pandas", "rustworkx", "typer")


def report(lines: Sequence[Line], *, repeats: int) -> str:
    """Return the results as Markdown."""
    table = "\n".join(_row(line) for line in lines)
    return f"""# Benchmarks

Written by `make bench`; do not edit. Medians of {repeats} runs (21 for `--help`), each in a process
of its own, alternating with the peer; the ratio of a load is the median of the ratios run by run.
The peer of a load reads the same CSV files with `pandas.read_csv(dtype=str)` and inserts them into
SQLite with `executemany`: it checks nothing, keeps no hash and no history. "Processor" is the time
that a process kept a processor busy, its start included: other work on the machine disturbs it
less. Reading alone, records and network were run once.

{machine()}

| what | Corridor | peer | ratio | bar | |
|---|---|---|---|---|---|
{table}
"""


def _row(line: Line) -> str:
    ratio = "" if line.ratio is None else f"{line.ratio:,.3g}{_unit(line)}"
    if line.unit == "MB" and line.ratio is not None:
        ratio = ""
    bar = "" if line.bar is None else f"at most {line.bar:,.4g}{_unit(line)}"
    return f"| {line.what} | {line.ours} | {line.peer} | {ratio} | {bar} | {line.verdict} |"


def _unit(line: Line) -> str:
    return f" {line.unit}" if line.unit == "MB" else line.unit


def machine() -> str:
    """Return what the numbers were measured on, without the name of the machine."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()}; {platform.system()} "
        f"{platform.machine()}; Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, {packages}."
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown processor")


def _memory() -> str:
    told = Path("/proc/meminfo")
    if not told.exists():
        return "memory unknown"
    kilobytes = int(told.read_text("utf-8").split()[1])
    return f"{kilobytes / 1_000_000:.0f} GB"

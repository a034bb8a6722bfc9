"""The house stands: rooms import downward, and its rules hold in every file.

Each guard is shown a small tree with a planted fault as well as the project: a
guard that cannot fail guards nothing.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests import guards
from tests.needs import ROOT
from tests.tree import ROOMS, project_files

Guard = Callable[[Path], list[str]]
DOC = '"""A module of a planted tree."""\n'

# guard, the planted files, and words of the fault it must name
PLANTED: list[tuple[Guard, dict[str, str], str]] = [
    (
        guards.upward_imports,
        {"graphs/ties.py": DOC + "from viz.html import render\n"},
        "graphs/ties.py:2: graphs imports viz.html.render; it may import no room",
    ),
    (
        guards.upward_imports,
        {"queries/store.py": DOC + "def f():\n    import loaders\n"},
        "queries/store.py:3: queries imports loaders; it may import graphs",
    ),
    (
        guards.upward_imports,
        {
            "viz/page.py": DOC
            + "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import queries.store\n"
        },
        "viz/page.py:4: viz imports queries.store; it may import graphs",
    ),
    (
        guards.upward_imports,
        {"commands/look.py": DOC + "import corridor\n"},
        "commands/look.py:2: commands imports corridor;",
    ),
    (
        guards.upward_imports,
        {"loaders/read.py": DOC + "from tests.needs import ROOT\n"},
        "loaders/read.py:2: loaders imports tests.needs.ROOT;",
    ),
    (
        guards.import_circles,
        {
            "graphs/a.py": DOC + "from graphs.b import x\n",
            "graphs/b.py": DOC + "def f():\n    from . import a\n",
        },
        "modules import one another: graphs.a <- graphs.b <- graphs.a",
    ),
    (
        guards.import_circles,
        {
            "graphs/__init__.py": DOC + "from graphs.a import x\n",
            "graphs/a.py": DOC + "from graphs import y\n",
        },
        "modules import one another: graphs",
    ),
    (guards.unopened_modules, {"graphs/a.py": "import os\n"}, "graphs/a.py: opens with ''"),
    (guards.unopened_modules, {"tests/a.py": '"""utils"""\n'}, "tests/a.py: opens with 'utils'"),
    (
        guards.asserts_outside_tests,
        {"graphs/a.py": DOC + "assert 1\n", "tests/test_a.py": DOC + "assert 1\n"},
        "graphs/a.py:2: assert outside tests",
    ),
    (
        guards.bare_excepts,
        {"loaders/a.py": DOC + "try:\n    x = 1\nexcept:\n    x = 2\n"},
        "loaders/a.py:4: except without a kind",
    ),
    (
        guards.bare_excepts,
        {"loaders/a.py": DOC + "try:\n    x = 1\nexcept BaseException:\n    x = 2\n"},
        "loaders/a.py:4: except without a kind",
    ),
    (guards.leftovers, {"viz/a.py": DOC + "# TO" + "DO later\n"}, "viz/a.py:2: # TO" + "DO later"),
    (
        guards.registry_hosts,
        {"Makefile": f"get:\n\tcurl https://{guards.REGISTRY_HOSTS[0].upper()}/simple\n"},
        f"Makefile: names {guards.REGISTRY_HOSTS[0]}",
    ),
    (
        guards.registry_hosts,
        {"viz/bundle/package-lock.json": '{"resolved": "https://mirror.example/a.tgz"}'},
        'viz/bundle/package-lock.json: has "resolved" entries, which name a host',
    ),
]
GUARDS: list[Guard] = list(dict.fromkeys(guard for guard, _, _ in PLANTED))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_house_rules_hold_in_every_file(guard: Guard) -> None:
    assert guard(ROOT) == []


@pytest.mark.parametrize(
    ("guard", "files", "fault"), PLANTED, ids=[guard.__name__ for guard, _, _ in PLANTED]
)
def test_a_planted_fault_is_named_with_its_place(
    guard: Guard, files: dict[str, str], fault: str, tmp_path: Path
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    faults = guard(tmp_path)
    assert len(faults) == 1, faults
    assert fault in faults[0].replace("\\", "/")


def test_the_guards_read_every_room() -> None:
    read = {path.parts[0] for path in guards.python_files(ROOT)}
    assert {*ROOMS, "corridor.py", "tests"} <= read


def test_no_other_distribution_owns_the_name_of_a_room() -> None:
    """Other packages are called graphs, queries or viz, and pip overwrites silently."""
    owners = packages_distributions()
    others = {
        name: [owner for owner in owners.get(name, []) if owner.lower() != "corridor"]
        for name in (*ROOMS, "corridor")
    }
    assert {name: owner for name, owner in others.items() if owner} == {}


def test_all_rooms_come_from_one_installation() -> None:
    homes: set[Path] = set()
    for name in (*ROOMS, "corridor"):
        spec = importlib.util.find_spec(name)
        assert spec is not None, f"{name} is not installed"
        assert spec.origin is not None, f"{name} is a folder without __init__.py"
        origin = Path(spec.origin).resolve()
        homes.add(origin.parent.parent if origin.name == "__init__.py" else origin.parent)
    assert len(homes) == 1, homes


def test_the_front_door_opens_without_heavy_libraries() -> None:
    """`corridor --help` must answer at once; pandas alone would take it a second."""
    heavy = ["pandas", "numpy", "networkx", "rustworkx", "openpyxl", "pyvis", "jinja2"]
    script = f"import corridor, sys; print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_the_files_of_a_tree_without_git_leave_out_what_tools_left(tmp_path: Path) -> None:
    for name in ("graphs/a.py", "graphs/__pycache__/a.pyc", ".venv/lib/b.py", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert project_files(tmp_path) == [Path("README.md"), Path("graphs/a.py")]

"""The house rules that a reading of the files can hold, each a list of faults.

A guard takes the root of a tree, so that `test_rooms` can also hand it a small
tree with a planted fault and see it speak.
"""

import ast
import graphlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.tree import ROOMS, project_files

FRONT_DOOR = "corridor"
MAY_IMPORT = {
    "graphs": frozenset[str](),
    "queries": frozenset({"graphs"}),
    "viz": frozenset({"graphs"}),
    "loaders": frozenset({"queries", "graphs"}),
    "commands": frozenset({"loaders", "queries", "viz", "graphs"}),
    FRONT_DOOR: frozenset(ROOMS),
}

# In two halves, so that this file does not name what it looks for.
REGISTRY_HOSTS = tuple(
    name + domain
    for name, domain in (
        ("pypi", ".org"),
        ("files.pythonhosted", ".org"),
        ("registry.npmjs", ".org"),
        ("registry.yarnpkg", ".com"),
        ("repo1.maven", ".org"),
        ("repo.maven.apache", ".org"),
        ("crates", ".io"),
        ("proxy.golang", ".org"),
        ("deb.debian", ".org"),
    )
)
LEFTOVERS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


class Import(NamedTuple):
    """One name that a file imports, and where it says so."""

    file: Path
    line: int
    module: str


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), filename=str(path))


def python_files(root: Path, *tops: str) -> list[Path]:
    """Return the Python files under the named top-level folders or files, or all."""
    return [
        path
        for path in project_files(root)
        if path.suffix == ".py" and (not tops or path.parts[0].removesuffix(".py") in tops)
    ]


def module_name(path: Path) -> str:
    """Return the dotted name of a file.

    >>> module_name(Path("graphs/schema/__init__.py")), module_name(Path("corridor.py"))
    ('graphs.schema', 'corridor')
    """
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(root: Path, path: Path) -> Iterator[Import]:
    """Yield every import of a file: at its top, in a function, or for types only."""
    home = path if path.name == "__init__.py" else path.parent
    package = module_name(home) if home.name else ""  # corridor.py lies in no package
    for node in ast.walk(_parsed(root / path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            source = _source(node, package)
            for alias in node.names:
                yield Import(path, node.lineno, f"{source}.{alias.name}")


def _source(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    above = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def upward_imports(root: Path) -> list[str]:
    """Return every import from a room that does not open the imported one."""
    return [
        f"{said.file}:{said.line}: {room} imports {said.module}; it may import "
        f"{', '.join(sorted(MAY_IMPORT[room])) or 'no room'}"
        for path in python_files(root, *MAY_IMPORT)
        for room in [path.parts[0].removesuffix(".py")]
        for said in imports(root, path)
        if (wanted := said.module.split(".")[0]) in {*MAY_IMPORT, "tests", "benchmarks"}
        and wanted != room
        and wanted not in MAY_IMPORT[room]
    ]


def import_circles(root: Path) -> list[str]:
    """Return a circle of modules that import one another, if there is one.

    A public name taken from a package (`from graphs import rank_brokers`) counts
    as an import of the package, whose `__init__` in turn names its modules.
    """
    files = {module_name(path): path for path in python_files(root, *MAY_IMPORT)}
    arrows = {
        name: {
            target
            for said in imports(root, path)
            if (target := _nearest(said.module, files)) and target != name
        }
        for name, path in files.items()
    }
    try:
        graphlib.TopologicalSorter(arrows).prepare()
    except graphlib.CycleError as error:
        return ["modules import one another: " + " <- ".join(error.args[1])]
    return []


def _nearest(dotted: str, known: dict[str, Path]) -> str | None:
    """Return the module that a dotted name lies in: itself, or the one it is a name of."""
    while dotted and dotted not in known:
        dotted = dotted.rpartition(".")[0]
    return dotted or None


def unopened_modules(root: Path) -> list[str]:
    """Return every module that does not open with a sentence saying what it is."""
    return [
        f"{path}: opens with {opening!r}, expected a docstring that begins with a sentence"
        for path in python_files(root)
        for opening in [_opening(root / path)]
        if not re.match(r"[A-Z`'\"(].*[.:?]$", opening)
    ]


def _opening(path: Path) -> str:
    said = ast.get_docstring(_parsed(path)) or ""
    return " ".join(said.split("\n\n")[0].split())


def asserts_outside_tests(root: Path) -> list[str]:
    """Return every assert where `python -O` would silently drop a check."""
    return [
        f"{path}:{node.lineno}: assert outside tests; raise an error that says what to do"
        for path in python_files(root)
        if path.parts[0] != "tests"
        for node in ast.walk(_parsed(root / path))
        if isinstance(node, ast.Assert)
    ]


def bare_excepts(root: Path) -> list[str]:
    """Return every handler that swallows all, even the reader's Ctrl-C.

    One that undoes a half-done step and then raises again may name BaseException.
    """
    return [
        f"{path}:{node.lineno}: except without a kind; name the errors that are expected"
        for path in python_files(root)
        for node in ast.walk(_parsed(root / path))
        if isinstance(node, ast.ExceptHandler) and _swallows_all(node)
    ]


def _swallows_all(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    catches_all = isinstance(handler.type, ast.Name) and handler.type.id == "BaseException"
    last = handler.body[-1]
    return catches_all and not (isinstance(last, ast.Raise) and last.exc is None)


def leftovers(root: Path) -> list[str]:
    """Return every line that puts work off."""
    return [
        f"{path}:{number}: {line.strip()}"
        for path in python_files(root)
        for number, line in enumerate((root / path).read_text("utf-8").splitlines(), start=1)
        if LEFTOVERS.search(line)
    ]


def registry_hosts(root: Path) -> list[str]:
    """Return every file that names the host of a package registry.

    Which registry is asked is the machine's own setting; a file that names one
    fails behind a mirror and on an offline desk. A lock file names hosts in its
    `resolved` entries (`.npmrc`: omit-lockfile-registry-resolved=true).
    """
    wanted = [host.encode() for host in REGISTRY_HOSTS]
    faults: list[str] = []
    for path in project_files(root):
        text = (root / path).read_bytes().lower()
        faults += [f"{path}: names {host.decode()}" for host in wanted if host in text]
        if path.name in {"package-lock.json", "npm-shrinkwrap.json"} and b'"resolved"' in text:
            faults.append(f'{path}: has "resolved" entries, which name a host')
    return faults

"""The files that belong to the project, as its repository counts them."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("graphs", "queries", "viz", "loaders", "commands")


def project_files(root: Path) -> list[Path]:
    """Return every file of the project, relative to its root, sorted.

    These are the tracked files and those about to be: new and not ignored.
    Without git or a repository (an unpacked archive), what is lying there,
    save what tools have left.
    """
    listed = _listed(root) if shutil.which("git") and (root / ".git").exists() else _lying(root)
    return sorted(path for path in set(listed) if (root / path).is_file())


def _listed(root: Path) -> Iterator[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    return (Path(name) for name in said.decode("utf-8").split("\0") if name)


def _lying(root: Path) -> Iterator[Path]:
    left_by_tools = {"__pycache__", "node_modules", "wheelhouse", "brief", "dist", "build"}
    for path in root.rglob("*"):
        name = path.relative_to(root)
        folders = name.parts[:-1]
        if not any(part in left_by_tools or part.startswith(".") for part in folders):
            yield name

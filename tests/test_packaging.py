"""The wheel is the product: what it carries, and that it does the main job alone."""

import os
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.needs import ROOT
from tests.tree import ROOMS, project_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel of the tree as it lies here, built without asking any registry."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def test_the_wheel_carries_every_file_of_the_rooms_and_nothing_else(wheel: Path) -> None:
    wanted = {path.as_posix() for path in project_files(ROOT) if path.parts[0] in ROOMS}
    with ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert carried == wanted | {"corridor.py"}


def test_the_wheel_carries_its_licence_and_refuses_to_be_uploaded(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        files = {PurePosixPath(name).name: name for name in archive.namelist()}
        said = message_from_bytes(archive.read(files["METADATA"]))
        licence = archive.read(files["LICENSE"])
    assert licence == (ROOT / "LICENSE").read_bytes()
    assert said["License-Expression"] == "Apache-2.0"
    assert "Private :: Do Not Upload" in said.get_all("Classifier", [])


def test_two_builds_of_one_tree_are_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    (again,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    assert Path(again).read_bytes() == wheel.read_bytes()


def test_the_unpacked_wheel_does_the_main_job_far_from_its_source(
    wheel: Path, tmp_path: Path
) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    bundles = sorted(str(path) for path in (ROOT / "examples" / "lantern").iterdir())
    work = tmp_path / "work"
    work.mkdir()
    said = subprocess.run(
        [sys.executable, "-c", RUN, "brief", *bundles, "--out", "brief"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert str(tmp_path / "site") in said.stdout.splitlines()[0]
    assert (work / "brief" / "brief.html").stat().st_size > 0


RUN = "import corridor, graphs; print(graphs.__file__, flush=True); corridor.main()"

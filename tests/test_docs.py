"""The manual cannot rot: its commands run, and every command stands in it."""

import re
import shlex
from pathlib import Path

import pytest

from commands.app import app
from tests.commands.running import run
from tests.needs import ROOT

MANUAL = sorted((ROOT / "docs").glob("*.md"))


def _commands(page: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("corridor ")]


def test_the_tutorial_runs_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands = _commands(ROOT / "docs" / "tutorial.md")
    assert len(commands) > 6
    for command in commands:
        arguments = [
            each
            for word in shlex.split(command)[1:]
            for each in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
        ]
        ran = run(*arguments)
        assert ran.status == 0, (command, ran.err)


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [c.name for c in app.registered_commands if f"corridor {c.name}" not in readme]
    assert missing == []


def test_links_between_the_pages_of_the_manual_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *MANUAL]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)

"""The type checker rejects a query put together from text that arrives at run time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import ROOT

HEAD = '''"""A planted module."""

from typing import LiteralString

from neo4j import Driver


def ask(sql: LiteralString) -> None:
    """Stand for a function of the store that takes SQL."""
    print(sql)


def question(driver: Driver, name: str, names: list[str]) -> None:
    """Ask."""
'''
ACCEPTED = (
    'ask("SELECT label FROM records WHERE name = ?")',
    'ask("SELECT label FROM records WHERE name IN (" + ", ".join("?" for _ in names) + ")")',
    'driver.execute_query("MATCH (p:Person {name: $name}) RETURN p", name=name)',
)
REJECTED = (
    "ask(f\"SELECT label FROM records WHERE name = '{name}'\")",
    'ask("SELECT label FROM " + name)',
    'ask("SELECT label FROM {}".format(name))',
    'ask("SELECT label FROM %s" % name)',
    'ask(", ".join(names))',
    'driver.execute_query(f"MATCH (p:Person) WHERE p.name = {name!r} RETURN p")',
    'driver.execute_query("MATCH (p:" + name + ") RETURN p")',
)


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the rule that the checker names for each of the lines above, if it names one."""
    module = tmp_path_factory.mktemp("types") / "planted.py"
    module.write_text(HEAD + "".join(f"    {line}\n" for line in ACCEPTED + REJECTED), "utf-8")
    first = HEAD.count("\n")
    found = {line - first: rule for line, rule in _check(module)}
    return {line: found.get(n, "") for n, line in enumerate(ACCEPTED + REJECTED)}


def _check(module: Path) -> list[tuple[int, str]]:
    command = ["-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable, str(module)]
    said = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    told = json.loads(said.stdout)["generalDiagnostics"]
    return [(fault["range"]["start"]["line"], fault.get("rule", "")) for fault in told]


@pytest.mark.parametrize("line", REJECTED)
def test_a_query_built_from_run_time_text_is_rejected(faults: dict[str, str], line: str) -> None:
    assert faults[line] == "reportArgumentType"


@pytest.mark.parametrize("line", ACCEPTED)
def test_a_literal_query_with_parameters_is_accepted(faults: dict[str, str], line: str) -> None:
    assert faults[line] == ""

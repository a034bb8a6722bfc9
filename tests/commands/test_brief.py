"""The brief: one folder, the same bytes from the same records, complete offline."""

import csv
import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.commands.running import LANTERN, loaded, run

NAMES = {
    "brief.html", "network.html", "map.html", "brokers.csv", "crossings.csv", "corridors.csv",
    "records.csv", "graph.json", "manifest.json",
}  # fmt: skip


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the brief of the example operation."""
    out = tmp_path_factory.mktemp("brief") / "brief"
    ran = run("brief", *LANTERN, "--out", out, "--json")
    assert ran.status == 0, ran.err
    assert set(ran.json) == {"out", "files", "batches"}
    return out


def _bytes(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_the_folder_holds_what_was_promised(brief: Path) -> None:
    assert {file.name for file in brief.iterdir()} == NAMES


def test_the_manifest_hashes_every_other_file(brief: Path) -> None:
    manifest = json.loads((brief / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"] == {
        name: hashlib.sha256(text).hexdigest()
        for name, text in _bytes(brief).items()
        if name != "manifest.json"
    }


def test_shuffled_files_and_rows_give_the_same_bytes(brief: Path, tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    shutil.copytree(LANTERN[0].parent, inputs)
    dice = random.Random(5)
    for file in sorted(inputs.rglob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as handle:
            header, *rows = list(csv.reader(handle))
        dice.shuffle(rows)
        with file.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows([header, *rows])
    for file in sorted(inputs.rglob("*.jsonl")):
        first, *lines = file.read_text(encoding="utf-8").splitlines()
        dice.shuffle(lines)
        file.write_text("\n".join([first, *lines]) + "\n", encoding="utf-8")
    bundles = sorted(inputs.iterdir(), reverse=True)
    out = tmp_path / "again"
    ran = run("brief", *bundles, "--out", out)
    assert ran.status == 0, ran.err
    again = _bytes(out)
    assert {name for name, text in _bytes(brief).items() if again[name] != text} == set()


def test_a_brief_replaces_a_brief_and_nothing_else(brief: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert run("brief", *LANTERN[:1], "--out", mine).status == 2
    assert [file.name for file in mine.iterdir()] == ["thesis.txt"]
    assert run("brief", *LANTERN, "--out", brief).status == 0
    assert {file.name for file in brief.iterdir()} == NAMES


def test_every_page_opens_offline_in_silence(brief: Path, browser: Browser, tmp_path: Path) -> None:
    for name in ("brief.html", "network.html", "map.html"):
        browser.open(brief / name)
        assert browser.requests() == [], name
        assert browser.console() == [], name
        browser.screenshot(tmp_path / f"{name}.png")


def test_shielded_persons_are_named_nowhere(brief: Path) -> None:
    people = _protected_names()
    assert len(people) > 20
    for name, text in _bytes(brief).items():
        page = text.decode("utf-8")
        leaked = [each for each in people if each in page]
        assert leaked == [], (name, leaked[:5])


def _protected_names() -> set[str]:
    from loaders import read_bundle

    records = [record for path in LANTERN for record in read_bundle(path).records]
    persons = [record for record in records if record.table == "persons"]
    shielded = {record["name"] for record in persons if record["protected"]}
    return shielded - {record["name"] for record in persons if not record["protected"]}


def test_the_front_page_says_it_in_words_without_script(brief: Path) -> None:
    page = (brief / "brief.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    for words in ("The answer", "Who brokers", "What is not known", "Not yet matched"):
        assert words in page


def test_a_brief_without_bundles_takes_the_store_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CORRIDOR_STORE", str(loaded(tmp_path / "team.db", LANTERN[:1])))
    ran = run("brief", "--out", tmp_path / "brief", "--json")
    assert ran.status == 0, ran.err
    assert len(ran.json["batches"]) == 1
    # With bundles the brief has a store of its own and leaves that one alone.
    assert run("brief", LANTERN[1], "--out", tmp_path / "other").status == 0
    assert len(run("batches", "--json").json) == 1

"""Faulty and strange input through the command: a letter, exit status 2, nothing loaded."""

from pathlib import Path

import pytest

from tests.commands.running import LANTERN, run
from tests.loaders.malformed import MALFORMED, Malformed
from tests.needs import ROOT


@pytest.mark.parametrize("bundle", MALFORMED, ids=lambda bundle: bundle.name)
def test_a_malformed_bundle_leaves_with_status_2_and_no_traceback(
    bundle: Malformed, tmp_path: Path
) -> None:
    path = bundle.write(tmp_path)
    ran = run("load", path, "--store", tmp_path / "a.db")
    assert ran.status == 2, ran
    assert "expected" in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "a.db").exists()


def test_the_faults_of_several_bundles_come_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "persons.csv").write_text("", encoding="utf-8")
    ran = run("load", tmp_path / "one", LANTERN[1], tmp_path / "two", "--store", tmp_path / "a.db")
    assert ran.status == 2
    assert "one/" in ran.err
    assert "two/" in ran.err
    assert not (tmp_path / "a.db").exists()


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    ran = run("check", tmp_path / "nowhere")
    assert ran.status == 2
    assert "nowhere" in ran.err


def test_a_brief_that_fails_half_way_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "brief"
    assert run("brief", *LANTERN, "--out", out).status == 0
    before = {file.name: file.read_bytes() for file in out.iterdir()}

    def full(path: Path, text: str) -> None:
        if path.name == "records.csv":
            raise OSError(28, "No space left on device", str(path))
        path.write_text(text, encoding="utf-8")

    monkeypatch.setattr("viz.files.write_text", full)
    ran = run("brief", *LANTERN[:1], "--out", out)
    assert ran.status == 1
    assert "No space left" in ran.err
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["brief"]


def test_published_flows_are_drawn_on_the_map(tmp_path: Path, shared: Path) -> None:
    store = tmp_path / "flows.db"
    loaded = run(
        "load", shared / "data" / "unhcr_flows_bali_process.csv", "--store", store,
        "--mapping", ROOT / "examples" / "mappings" / "unhcr-flows.toml",
    )  # fmt: skip
    assert loaded.status == 0, loaded.err
    assert run("map", "--out", tmp_path / "map.html", "--store", store).status == 0
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Background counts" in page
    assert page.count("<title>background:") > 100

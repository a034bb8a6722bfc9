"""The commands and their stable JSON keys, which other programs rely on."""

import shutil
from pathlib import Path

import pytest

from tests.commands.running import LANTERN, loaded, run

BROKER_KEYS = {
    "person", "label", "betweenness", "degree", "countries", "coordinator", "itinerant",
    "representative", "gatekeeper", "liaison", "roles", "stages", "status", "stability", "cases",
    "agencies", "derived_share", "undetermined", "records", "why",
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store that holds the example operation."""
    return loaded(tmp_path_factory.mktemp("store") / "lantern.db")


def test_load_prints_a_batch_a_bundle_with_lines_that_add_up(tmp_path: Path) -> None:
    ran = run("load", *LANTERN, "--store", tmp_path / "a.db", "--json")
    assert ran.status == 0, ran.err
    assert len(ran.json["batches"]) == len(LANTERN)
    for batch in ran.json["batches"]:
        assert set(batch) == {"batch", "originator", "files"}
        for file in batch["files"]:
            parts = ("accepted", "duplicates", "revised", "rejected")
            assert file["read"] == sum(file[part] for part in parts), file


def test_loading_twice_brings_nothing_new(store: Path) -> None:
    again = run("load", *LANTERN, "--store", store, "--json").json
    files = [file for batch in again["batches"] for file in batch["files"]]
    assert sum(file["accepted"] + file["revised"] for file in files) == 0
    assert sum(file["duplicates"] for file in files) > 0


def test_unload_returns_exactly_the_former_network(tmp_path: Path) -> None:
    store = loaded(tmp_path / "a.db", LANTERN[:2])
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    assert run("network", "--out", before, "--store", store).status == 0
    loaded(store, LANTERN[2:])
    newest = [row["batch"] for row in run("batches", "--store", store, "--json").json]
    first = run("load", *LANTERN[2:], "--store", store, "--json").json["batches"][0]["batch"]
    assert first in newest
    assert run("unload", first, "--yes", "--store", store).status == 0
    assert run("network", "--out", after, "--store", store).status == 0
    assert before.read_bytes() == after.read_bytes()


def test_batches_have_their_keys(store: Path) -> None:
    rows = run("batches", "--store", store, "--json").json
    assert {frozenset(row) for row in rows} == {
        frozenset({"batch", "originator", "as_of", "records", "state"})
    }


def test_brokers_have_their_keys_and_name_records(store: Path) -> None:
    rows = run("brokers", "--store", store, "--json").json
    assert rows
    assert set(rows[0]) >= BROKER_KEYS
    assert all(row["records"] for row in rows if row["degree"])
    assert all(0 <= row["betweenness"] <= 1 for row in rows)


def test_crossings_and_corridors_have_their_keys(store: Path) -> None:
    crossed = run("crossings", "--store", store, "--json").json
    assert set(crossed[0]) >= {"from", "to", "links", "persons", "legs", "records", "brokers"}
    assert all(row["from"] != row["to"] for row in crossed)
    along = run("corridors", "--store", store, "--json").json
    assert set(along[0]) >= {"countries", "persons", "journeys", "cases", "records"}


def test_find_and_person_speak_of_the_same_thing(store: Path) -> None:
    top = run("brokers", "--store", store, "--json").json[0]
    found = run("find", top["label"], "--store", store, "--json").json
    assert top["person"] in {row["id"] for row in found}
    assert set(found[0]) == {"kind", "id", "label", "why"}
    page = run("person", top["person"], "--store", store, "--json")
    assert page.status == 0, page.err
    assert page.json["label"] == top["label"]


def test_every_record_a_broker_rests_on_is_in_the_store(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "brief"
    assert run("brief", "--store", store, "--out", out).status == 0
    rows = (out / "records.csv").read_text(encoding="utf-8-sig")
    for broker in run("brokers", "--store", store, "--json").json:
        assert all(record in rows for record in broker["records"])


def test_page_and_map_say_what_they_wrote(store: Path, tmp_path: Path) -> None:
    for command in ("page", "map"):
        ran = run(command, "--out", tmp_path / f"{command}.html", "--store", store, "--json")
        assert ran.status == 0, ran.err
        assert set(ran.json) == {"out", "entities", "links", "sha256"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("brokers", "--ties", "NO_TIES"),
        ("brokers", "--group-by", "moon"),
        ("brokers", "--countries", "Vietnam"),
        ("brokers", "--period", "yesterday"),
        ("brokers", "--theme", "theft"),
        ("brokers", "--top", "0"),
        ("person", "nobody of that name"),
        ("unload", "no-such-batch", "--yes"),
    ],
)
def test_wrong_arguments_leave_with_status_2_and_a_letter(
    store: Path, arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments, "--store", store)
    assert ran.status == 2, (ran.status, ran.err)
    assert ran.err.strip()
    assert "Traceback" not in ran.err


def test_a_strange_option_leaves_with_status_2() -> None:
    assert run("brokers", "--no-such-option").status == 2
    assert run("nonsense").status == 2


def test_a_missing_store_is_said_not_made(tmp_path: Path) -> None:
    ran = run("brokers", "--store", tmp_path / "none.db")
    assert ran.status == 2
    assert not (tmp_path / "none.db").exists()


def test_example_says_what_it_wrote(tmp_path: Path) -> None:
    ran = run("example", tmp_path / "made", "--people", 60, "--seed", 3, "--json")
    assert ran.status == 0, ran.err
    assert set(ran.json) == {"out", "people", "rows"}
    checked = run("check", *sorted((tmp_path / "made").iterdir()), "--json")
    assert checked.json["ok"], checked.json["faults"][:3]


def test_template_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert run("template", tmp_path / name, "--json").json == {"out": str(tmp_path / name)}
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_check_sends_the_sheet_back_with_its_faults(tmp_path: Path) -> None:
    bad = tmp_path / "lk"
    shutil.copytree(LANTERN[1], bad)
    persons = bad / "persons.csv"
    persons.write_text(
        persons.read_text(encoding="utf-8-sig").replace("LK,", "Sri Lanka,", 1), encoding="utf-8"
    )
    ran = run("check", bad, "--annotate", tmp_path / "back.xlsx", "--json")
    assert ran.status == 2
    assert not ran.json["ok"]
    assert set(ran.json["faults"][0]) == {
        "file", "table", "row", "column", "found", "expected", "hint",
    }  # fmt: skip
    assert (tmp_path / "back.xlsx").read_bytes()[:2] == b"PK"
    assert run("load", bad, "--store", tmp_path / "none.db").status == 2
    assert not (tmp_path / "none.db").exists()


def test_mapping_drafts_what_a_human_must_decide(tmp_path: Path) -> None:
    sheet = next(path for path in LANTERN[2].iterdir() if path.suffix == ".xlsx")
    ran = run("mapping", sheet)
    assert ran.status == 0, ran.err
    assert "DECIDE" in ran.out

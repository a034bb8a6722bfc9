"""Attack strings in every text field of every table: shown literally, executed nowhere."""

import csv
import io
import json
from pathlib import Path

import pytest

from graphs.schema import TABLES
from tests.browser import Browser
from tests.commands.running import run

ATTACKS = (
    "<img src=x onerror=\"window.__xss=1\">",
    "</script><script>window.__xss=2</script>",
    "<!--<script>window.__xss=3",
    "javascript:window.__xss=4",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "a\u2028window.__xss=5\u2029b",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1+1)",
    "#import \"x\" *bold* $x$",
    "'\"` OR 1=1; DROP TABLE record; --",
    "<a href=\"javascript:window.__xss=6\">href</a>",
    "__proto__",
    "%00\\u0000&lt;b&gt;",
)  # fmt: skip
# The least that a row of each table must say; `#` is the number of the attack.
LEAST: dict[str, dict[str, str]] = {
    "cases": {"status": "Active", "offences": "smuggling"},
    "persons": {"case_ref": "CA-#"},
    "organisations": {"case_ref": "CA-#", "kind": "other"},
    "identifiers": {"case_ref": "CA-#", "kind": "booking_ref", "holder_ref": "persons:PE-#"},
    "locations": {"country": "TH", "kind": "venue"},
    "journeys": {"case_ref": "CA-#", "group_size": "3"},
    "legs": {
        "journey_ref": "JO-#", "seq": "1", "mode": "air", "from_country": "TH",
        "to_country": "AU",
    },
    "events": {
        "case_ref": "CA-#", "kind": "contact", "date": "2026-01-02",
        "person_refs": "party=persons:PE-#", "location_ref": "LO-#",
    },
    "links": {
        "case_ref": "CA-#", "from_ref": "persons:PE-#", "kind": "DIRECTS",
        "to_ref": "persons:PE-@",
    },
    "agencies": {"code": "TH-A#", "country": "TH"},
    "focal_points": {"agency": "TH-IB", "country": "TH", "confirmed_on": "2026-01-01"},
    "periods": {"date_from": "2026-01-01", "date_to": "2026-06-30", "countries": "TH"},
    "plans": {"lead": "TH-IB"},
    "requests": {"from_post": "FO-#", "to_post": "FO-#", "asked": "2026-01-01"},
    "flows": {"from_country": "TH", "to_country": "AU", "date": "2025", "persons": "7"},
    "outcomes": {
        "counter": "arrests", "value": "1", "date": "2026", "agency": "TH-IB", "case_ref": "CA-#",
    },
}  # fmt: skip


def _row(table: str, number: int, attack: str) -> dict[str, str]:
    row = {"table": table, "record_id": f"{table[:2].upper()}-{number}"}
    row |= {"grading": "none", "as_of": "2026-03-01", "handling": "TLP:AMBER H1"}
    for column in TABLES[table].columns:
        if column.type == "text" and column.name not in ("corridor",):
            row[column.name] = attack
        elif column.type == "named_text":
            row[column.name] = f"alias={attack.replace(';', ',')}"
    row |= {
        name: cell.replace("#", str(number)).replace("@", str((number + 1) % len(ATTACKS)))
        for name, cell in LEAST[table].items()
    }
    return row


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bundle that holds every attack in every text column of every table."""
    head = {
        "table": "bundle",
        "schema_version": "1.0",
        "title": ATTACKS[1],
        "as_of": "2026-03-31",
        "originator": {"agency": "TH-IB", "country": "TH"},
    }
    rows = [_row(table, i, text) for table in TABLES for i, text in enumerate(ATTACKS)]
    path = tmp_path_factory.mktemp("hostile") / "hostile.jsonl"
    text = "\n".join(json.dumps(each, ensure_ascii=False) for each in [head, *rows])
    path.write_text(text + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def brief(bundle: Path) -> Path:
    """Return the brief of that bundle."""
    out = bundle.parent / "brief"
    ran = run("brief", bundle, "--out", out)
    assert ran.status == 0, ran.err
    return out


def test_the_tables_of_the_test_are_the_tables_of_the_schema() -> None:
    assert set(LEAST) == set(TABLES)


def test_hostile_text_loads_and_nothing_is_lost(bundle: Path) -> None:
    ran = run("load", bundle, "--store", bundle.parent / "a.db", "--json")
    assert ran.status == 0, ran.err
    files = ran.json["batches"][0]["files"]
    assert sum(file["accepted"] for file in files) == len(TABLES) * len(ATTACKS)


def test_no_page_executes_anything(brief: Path, browser: Browser) -> None:
    for name in ("brief.html", "network.html", "map.html"):
        browser.open(brief / name)
        browser.run(
            "document.querySelectorAll('button, summary, [role=tab]').forEach(b => b.click())"
        )
        assert browser.run("return window.__xss === undefined"), name
        assert browser.run("return document.querySelectorAll('img').length") == 0, name
        assert browser.requests() == [], name
        assert browser.console() == [], name


def test_names_are_shown_literally(brief: Path, browser: Browser) -> None:
    browser.open(brief / "brief.html")
    shown = browser.run("return document.body.innerText")
    labels = [row["label"] for row in _csv(brief / "brokers.csv")]
    assert labels
    assert any(attack in shown for attack in ATTACKS)


def test_no_cell_of_a_spreadsheet_starts_a_formula(brief: Path) -> None:
    for file in sorted(brief.glob("*.csv")):
        for row in _csv(file):
            bad = [
                cell for cell in row.values() if cell.lstrip("\ufeff \t").startswith(tuple("=+@"))
            ]
            assert bad == [], (file.name, bad)


def test_commands_print_hostile_names_without_harm(bundle: Path) -> None:
    store = bundle.parent / "b.db"
    assert run("load", bundle, "--store", store).status == 0
    for command in ("brokers", "crossings", "corridors"):
        ran = run(command, "--store", store)
        assert ran.status == 0, ran.err
        assert "\x1b" not in ran.out


def _csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))

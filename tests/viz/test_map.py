"""The map page: every member can be drawn, the picture is still, small and the same every time."""

import csv
import re

import networkx as nx
import pandas as pd

from graphs.codes import BALI_PROCESS_MEMBERS, countries
from tests.needs import ROOT
from viz.atlas import anchors, outlines
from viz.facts import Facts
from viz.map import map_page
from viz.ribbons import ribbon

ATTACK = '</script><img src=x onerror="window.__xss=1">'


def _page(rows: list[dict[str, object]]) -> str:
    corridors = pd.DataFrame(rows)
    return map_page(
        corridors, pd.DataFrame(), nx.MultiDiGraph(), title=ATTACK, facts=Facts(marking="TLP:RED")
    )


def _row(*codes: str, persons: int = 4) -> dict[str, object]:
    return {
        "countries": list(codes), "persons_min": persons, "journeys": 1, "modes": ["air"],
        "records": [f"LK:journeys:{ATTACK}"],
    }  # fmt: skip


def test_every_country_has_an_anchor_and_every_member_an_outline() -> None:
    assert set(countries()) <= set(anchors())
    # Natural Earth 1:50m has no Tuvalu.
    assert {code for code in BALI_PROCESS_MEMBERS if code not in outlines()} <= {"TV"}


def test_anchors_lie_where_the_atlas_says() -> None:
    path = ROOT / "viz" / "geometry" / "anchors.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = {row["code"]: row for row in csv.DictReader(lines)}
    for code, east, north in (("AU", 134, -25), ("LK", 80.7, 7.6), ("TH", 101, 15)):
        assert abs(float(rows[code]["east"]) - east) < 2, code
        assert abs(float(rows[code]["north"]) - north) < 2, code


def test_a_step_with_an_unknown_end_is_said_and_not_drawn() -> None:
    page = _page([_row("VN", "?", "AU"), _row("VN", "TH")])
    assert page.count('class="direct" tabindex') == 1
    assert "2 steps with an unknown end" in page
    assert page.count("an unknown country") >= 2


def test_steps_add_up_over_corridors_and_keep_their_stage() -> None:
    page = _page([_row("VN", "TH", "AU", persons=3), _row("LK", "TH", "AU", persons=5)])
    assert "Thailand to Australia: at least 8 persons, 2 journeys, transit to destination" in page


def test_hostile_text_stays_text_and_the_page_has_no_script() -> None:
    page = _page([_row("LK", "AU")])
    assert "<img" not in page
    assert "<script" not in page
    assert "&lt;/script&gt;" in page


def test_the_page_is_small_and_the_same_for_any_order() -> None:
    rows = [_row("VN", "TH", "AU"), _row("LK", "MY"), _row("BD", "MY", "AU", persons=9)]
    assert _page(rows) == _page(rows[::-1])
    assert len(_page(rows)) < 300_000


def test_no_journey_at_all_still_shows_the_region() -> None:
    page = map_page(
        pd.DataFrame(columns=["countries"]), pd.DataFrame(), nx.MultiDiGraph(), title="T",
        facts=Facts(),
    )  # fmt: skip
    assert "No journey crosses a border" in page


def test_flows_of_two_directions_lie_apart() -> None:
    there, back = (ribbon(*ends, width=4.0) for ends in (((0, 0), (90, 0)), ((90, 0), (0, 0))))
    assert there.middle[1] > 0 > back.middle[1]
    assert re.fullmatch(r"[MQLZ0-9. -]+", there.path)

"""The map page: every member can be drawn, the picture is still, small and the same every time."""

import csv
import itertools
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from selenium.webdriver.common.keys import Keys

from graphs.codes import BALI_PROCESS_MEMBERS, countries
from tests.browser import Browser
from tests.needs import ROOT
from tests.viz.attacks import ATTACKS
from viz.atlas import anchors, outlines
from viz.facts import Facts
from viz.html import asset, plain
from viz.labels import Wanted, place_labels
from viz.map import FRAME, map_page
from viz.movements import parts_of, steps_of
from viz.ribbons import ribbons
from viz.style import contrast

FACTS = Facts(
    marking="TLP:AMBER H1 H2", as_of="2026-03-31", originators=("LK-CIU",), shared_pairs=3,
    snapshot_hash="0123456789abcdef" * 4,
)  # fmt: skip
SOME = pd.DataFrame(columns=["countries"])
Row = dict[str, object]


def page_of(
    rows: Sequence[Row],
    *,
    crossings: Sequence[Row] = (),
    network: nx.MultiDiGraph | None = None,
    flows: Sequence[tuple[str, str, int]] | None = None,
    title: str = "Corridors",
    facts: Facts = FACTS,
) -> str:
    return map_page(
        pd.DataFrame(rows) if rows else SOME,
        pd.DataFrame(crossings),
        network if network is not None else nx.MultiDiGraph(),
        flows=None if flows is None else pd.DataFrame(flows, columns=["from", "to", "persons"]),
        title=title,
        facts=facts,
    )


def row(
    *codes: str, persons: int = 4, most: int | None = None, journeys: int = 1, **more: object
) -> Row:
    return {
        "countries": list(codes), "persons_min": persons, "persons_max": most,
        "journeys": journeys, "records": [f"LK-CIU:journeys:{'-'.join(codes)}"],
    } | more  # fmt: skip


def busy_rows() -> list[Row]:
    """Corridors through every member that a table could name, many into one country."""
    members = [code for code in BALI_PROCESS_MEMBERS if code not in ("AU", "MY")]
    return [
        row(code, "MY", "AU", persons=1 + 3 * number, most=9 * number + 1)
        for number, code in enumerate(members)
    ]


ROWS = [
    row("LK", "TH", "AU", persons=22, journeys=14, outcomes=["arrived"]),
    row("LK", "MY", "ID", "AU", persons=21, most=47, journeys=6),
    row("VN", "KH", "TH", persons=13, most=13, journeys=7),
    row("BD", "?", "MY", "AU", persons=3),
    row("BD", "MY", persons=1, most=1),
    row("BD", "AU", persons=2, most=2),
]
CROSSINGS: list[Row] = [
    {"from": "TH", "to": "AU", "links": 2, "brokers": ["A:persons:1"], "modes": ["air", "sea"]}
]


@pytest.fixture(scope="module")
def broker() -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    network.add_node("A:persons:1", label="Nimal Example")
    return network


@pytest.fixture
def file(broker: nx.MultiDiGraph, tmp_path: Path) -> Path:
    return written(page_of(ROWS, crossings=CROSSINGS, network=broker), tmp_path)


def written(text: str, folder: Path) -> Path:
    path = folder / "map.html"
    path.write_text(text, encoding="utf-8", newline="")
    return path


# The atlas


def test_every_country_has_an_anchor_and_every_member_an_outline() -> None:
    assert set(countries()) == set(anchors())
    # Natural Earth 1:50m has no Tuvalu.
    assert {code for code in BALI_PROCESS_MEMBERS if code not in outlines()} == {"TV"}


def test_anchors_lie_where_the_atlas_says() -> None:
    path = ROOT / "viz" / "geometry" / "anchors.csv"
    rows = {each["code"]: each for each in csv.DictReader(path.read_text("utf-8").splitlines())}
    for code, east, north in (
        ("AU", 134, -25), ("LK", 80.7, 7.6), ("TH", 101, 15), ("TV", 179, -8.5), ("NA", 17, -22),
        ("US", -98, 40), ("FJ", 178, -18), ("SG", 103.8, 1.35), ("XK", 20.9, 42.6),
    ):  # fmt: skip
        assert abs(float(rows[code]["east"]) - east) < 2, code
        assert abs(float(rows[code]["north"]) - north) < 2, code


@pytest.mark.parametrize("code", sorted(set(outlines()) & set(anchors())))
def test_an_anchor_lies_on_or_near_the_outline_of_its_country(code: str) -> None:
    x, y = anchors()[code]
    assert any(
        box.x - 30 < x < box.x + box.wide + 30 and box.y - 30 < y < box.y + box.high + 30
        for box in (ring.box for ring in outlines()[code])
    )


def test_large_countries_are_whole_though_the_map_is_cut_somewhere() -> None:
    # The mainland of each, in square thousandths of a radian.
    for code in ("US", "RU", "CN", "CA", "BR", "AU"):
        assert max(ring.box.wide * ring.box.high for ring in outlines()[code]) > 250_000, code


def test_no_outline_jumps_across_the_map() -> None:
    widest = {code: max(ring.box.wide for ring in rings) for code, rings in outlines().items()}
    assert {code for code, wide in widest.items() if wide > 1200} <= {"RU", "CA"}


# What the tables say


def test_steps_add_up_over_corridors_and_keep_their_stage() -> None:
    page = page_of([row("VN", "TH", "AU", persons=3), row("LK", "TH", "AU", persons=5)])
    assert "Thailand to Australia: 8 or more persons, 2 journeys, mostly transit to dest" in page


def test_an_upper_number_is_known_only_where_every_part_is() -> None:
    steps = steps_of([row("VN", "TH", persons=2, most=4), row("VN", "TH", persons=3, most=3)])
    assert steps[0].persons.words == "5-7"
    steps = steps_of([row("VN", "TH", persons=2, most=4), row("VN", "TH", persons=3)])
    assert steps[0].persons.words == "5 or more"


def test_a_journey_stopped_on_its_way_makes_no_destination_of_its_last_country() -> None:
    stopped = row("LK", "MY", "ID", promised=["AU"], outcomes=["intercepted"])
    assert [step.stage for step in steps_of([stopped])] == ["first", "between"]
    assert parts_of([stopped])["ID"]["transit"].least == 4
    arrived = row("LK", "MY", "ID", promised=["AU"], outcomes=["arrived"])
    assert [step.stage for step in steps_of([arrived])] == ["first", "last"]


def test_a_step_says_its_own_means_and_brokers_from_its_crossing(broker: nx.MultiDiGraph) -> None:
    page = page_of(ROWS, crossings=CROSSINGS, network=broker)
    assert "by air, sea; records" in page
    assert "<bdi>Nimal Example</bdi>" in page


def test_a_step_with_an_unknown_end_is_said_and_not_drawn() -> None:
    page = page_of([row("VN", "?", "AU"), row("VN", "TH")])
    assert page.count('<a href="#step-') == 1
    assert "2 steps have an end that is not recorded" in page
    assert "Viet Nam to an unknown country: 4 or more persons" in page


def test_tables_with_the_fewest_columns_are_enough() -> None:
    page = map_page(
        pd.DataFrame({"countries": [["VN", "TH"]], "persons": [3]}), pd.DataFrame(),
        nx.MultiDiGraph(), title="T", facts=Facts(),
    )  # fmt: skip
    assert "Viet Nam to Thailand: 3 persons, 0 journeys" in page


def test_no_journey_at_all_still_shows_the_region() -> None:
    page = page_of([])
    assert "No journey crosses a border" in page
    assert page.count("<path") > 100


def test_background_counts_are_drawn_apart_and_listed() -> None:
    page = page_of(ROWS, flows=[("MM", "BD", 900_000), ("MM", "MY", 100_000), ("AF", "PK", 5)])
    assert "background: Myanmar to Bangladesh, 900,000 persons" in page
    assert "of 3." in page
    assert page_of(ROWS) == page_of(ROWS, flows=[])


def test_background_counts_alone_make_a_map() -> None:
    page = page_of([], flows=[("MM", "BD", 900), ("AF", "PK", 5)])
    assert page.count('class="background"') == 2  # the picture, and the legend


def test_all_record_ids_stand_in_the_table() -> None:
    ids = [f"LK-CIU:journeys:J-{number:03}" for number in range(40)]
    page = page_of([row("VN", "TH", records=ids)])
    assert [each for each in ids if page.count(each) == 0] == []


# The same, small, and hostile text


def test_the_page_is_the_same_for_any_order() -> None:
    flows = [("MM", "BD", 900), ("AF", "PK", 5)]
    assert page_of(ROWS, flows=flows) == page_of(ROWS[::-1], flows=flows[::-1])


def test_the_page_is_small_even_with_corridors_between_all_countries() -> None:
    every = [
        row(a, b, persons=number, records=[f"XX:journeys:{number}-{i}" for i in range(90)])
        for number, (a, b) in enumerate(itertools.combinations(sorted(countries()), 2))
    ]
    assert len(page_of(busy_rows()).encode()) < 300_000
    assert len(page_of(every).encode()) < 300_000


def test_hostile_text_stays_text_and_the_page_has_no_script() -> None:
    network = nx.MultiDiGraph()
    rows: list[Row] = []
    crossings: list[Row] = []
    for number, attack in enumerate(ATTACKS):
        network.add_node(f"b{number}", label=attack)
        rows.append(row("LK", attack, "AU", records=[attack], modes=[attack]))
        rows.append(row("LK", "AU", records=[attack]))
        crossings.append({"from": "LK", "to": attack, "modes": [attack], "brokers": [attack]})
    crossings.append(
        {"from": "LK", "to": "AU", "modes": list(ATTACKS), "brokers": list(network), "links": 1}
    )
    page = page_of(
        rows, crossings=crossings, network=network, title=ATTACKS[0], facts=Facts(ATTACKS[1])
    )
    assert "<img" not in page
    assert "<script" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_nothing_runs_under_attack_and_nothing_is_lost(browser: Browser, tmp_path: Path) -> None:
    rows = [row("LK", attack, "AU", records=[attack]) for attack in ATTACKS]
    browser.open(written(page_of(rows, title=ATTACKS[0], facts=Facts(ATTACKS[1])), tmp_path))
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert browser.run("return window.__xss") is None
    assert browser.run("return document.images.length") == 0
    text = str(browser.run("return document.querySelector('table').textContent"))
    assert [attack for attack in ATTACKS if plain(attack) not in text] == []
    assert browser.console() == []
    assert browser.requests() == []


# The picture


def test_two_directions_lie_apart_and_heads_into_one_place_do_not_meet() -> None:
    places: dict[str, tuple[float, float]] = {
        "T": (500, 400), "A": (100, 100), "B": (140, 90), "C": (180, 80), "D": (300, 20)
    }  # fmt: skip
    found = ribbons(places, {(code, "T"): 9.0 for code in "ABCD"} | {("T", "A"): 9.0})
    tips = [shape.along[-1] for (_, end), shape in found.items() if end == "T"]
    assert min(_apart(a, b) for a, b in itertools.combinations(tips, 2)) > 9
    assert _apart(found["A", "T"].along[6], found["T", "A"].along[6]) > 40
    assert all(re.fullmatch(r"[MCLZ0-9. -]+", shape.path) for shape in found.values())


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def test_a_ribbon_passes_other_places_clear() -> None:
    places = {"A": (0.0, 0.0), "B": (400.0, 0.0), "C": (200.0, 40.0)}
    shape = ribbons(places, {("A", "B"): 4.0})["A", "B"]
    assert min(_apart(point, places["C"]) for point in shape.along) > 12


def test_labels_never_overlap_and_never_leave_the_frame() -> None:
    wanted = [Wanted((f"Country {i}", f"C{i}"), (500 + 9 * i, 280 + i % 3), 11) for i in range(40)]
    labels = place_labels(wanted, size=14, frame=FRAME)
    assert 3 < len(labels) < 40
    assert not any(a.box.meets(b.box) for a, b in itertools.combinations(labels, 2))


def _colours(theme: str) -> dict[str, str]:
    blocks = re.findall(r"\{ (--first:[^}]*)\}", asset("map.css"))
    block = blocks[0] if theme == "light" else blocks[1]
    assert blocks[1] == blocks[2]
    return {name: value for name, value in re.findall(r"--([\w-]+): (#\w{6})", block)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_arrows_stand_out_from_land_and_sea(theme: str) -> None:
    colours = _colours(theme)
    for stage, ground in itertools.product(
        ("first", "between", "last", "direct"), ("sea", "soil", "soil-seen")
    ):
        assert contrast(colours[stage], colours[ground]) >= 3, (stage, ground)


# Machado, Oliveira, Fernandes 2009, severity 1.
_SIGHT = {
    "normal": (1, 0, 0, 0, 1, 0, 0, 0, 1),
    "protanopia": (
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998
    ),
    "deuteranopia": (
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881
    ),
    "tritanopia": (
        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900
    ),
}  # fmt: skip


@pytest.mark.parametrize("sight", sorted(_SIGHT))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_stages_stay_apart_in_every_kind_of_sight(theme: str, sight: str) -> None:
    colours = _colours(theme)
    seen = [_lab(colours[stage], _SIGHT[sight]) for stage in ("first", "between", "last", "direct")]
    assert min(sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
               for a, b in itertools.combinations(seen, 2)) >= 15  # fmt: skip


def _lab(colour: str, sight: Sequence[float]) -> tuple[float, float, float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    red, green, blue = (
        min(1.0, max(0.0, sum(m * p for m, p in zip(sight[i : i + 3], linear, strict=True))))
        for i in (0, 3, 6)
    )
    x, y, z = (
        _cube((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505),
        _cube(0.2126 * red + 0.7152 * green + 0.0722 * blue),
        _cube((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089),
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube(share: float) -> float:
    return share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116


# In the browser


@pytest.mark.parametrize("how", [{}, {"dark": True}, {"script": False}])
def test_the_page_asks_for_nothing_and_says_nothing(
    browser: Browser, file: Path, how: Mapping[str, bool]
) -> None:
    browser.open(file, **how)
    assert browser.console() == []
    assert browser.requests() == []


def test_picture_and_legend_are_in_sight_at_once(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.resize(1280, 720)
    for css in (".picture", ".map figcaption"):
        assert _rectangle(browser, css)["bottom"] <= 720, css
    assert browser.run("return document.documentElement.scrollWidth") <= 1280


def test_a_narrow_screen_scrolls_only_down(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.resize(390, 800)
    assert browser.run("return document.documentElement.scrollWidth") <= 390


def test_every_arrow_takes_the_focus_shows_it_and_leads_to_its_row(
    browser: Browser, file: Path
) -> None:
    browser.open(file)
    arrows = browser.driver.find_elements("css selector", ".map .arrows a")
    reached: list[str] = []
    for _ in range(len(arrows) + 1):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.append(str(browser.run("return document.activeElement.getAttribute('href')")))
    assert reached[1:] == [arrow.get_dom_attribute("href") for arrow in arrows]
    assert browser.run(
        "return getComputedStyle(document.activeElement.querySelector('path')).strokeWidth"
    ) == "3px"  # fmt: skip
    browser.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert browser.run("return document.querySelector(':target').tagName") == "TR"


def test_an_arrow_is_named_with_countries_persons_journeys_and_records(
    browser: Browser, file: Path
) -> None:
    browser.open(file)
    name = browser.driver.find_element("css selector", ".map .arrows a.last").accessible_name
    assert name == (
        "Thailand to Australia: 22 or more persons, 14 journeys, mostly transit to destination; "
        "by air, sea; records LK-CIU:journeys:LK-TH-AU"
    )


@pytest.mark.parametrize("rows", [ROWS, busy_rows()], ids=["some", "all members"])
def test_no_two_words_of_the_picture_overlap(
    browser: Browser, tmp_path: Path, rows: Sequence[Row]
) -> None:
    browser.open(written(page_of(rows), tmp_path))
    boxes: list[dict[str, float]] = browser.run(
        "return [...document.querySelectorAll('.picture text')].map((t) => {"
        "const b = t.getBoundingClientRect(); return {l: b.left, r: b.right, t: b.top + 2,"
        "b: b.bottom - 2, words: t.textContent}; })"
    )
    meeting = [
        (a["words"], b["words"])
        for a, b in itertools.combinations(boxes, 2)
        if a["l"] < b["r"] and b["l"] < a["r"] and a["t"] < b["b"] and b["t"] < a["b"]
    ]
    assert meeting == []


def test_names_are_large_enough_to_read(browser: Browser, file: Path) -> None:
    browser.open(file)
    browser.resize(1280, 720)
    assert browser.run("return document.querySelector('.labels text').getBoundingClientRect().height") > 14  # fmt: skip  # noqa: E501


def test_the_picture_with_its_legend_prints_on_one_sheet(browser: Browser, file: Path) -> None:
    browser.open(file, dark=True)
    pages = _printed(browser, pages="1-9")
    first = _printed(browser, pages="1")
    assert pages > first >= 1
    # A sheet that holds the picture whole is as high as the figure on it.
    height = browser.run("return document.querySelector('.map').getBoundingClientRect().height")
    assert height < 720


def _printed(browser: Browser, *, pages: str) -> int:
    answer: dict[str, Any] = browser.driver.execute_cdp_cmd(
        "Page.printToPDF", {"preferCSSPageSize": True, "pageRanges": pages}
    )
    return len(re.findall(rb"/Type\s*/Page\b", b64decode(answer["data"])))


def _rectangle(browser: Browser, css: str) -> dict[str, float]:
    return browser.run(
        "const b = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return {top: b.top, bottom: b.bottom, left: b.left, right: b.right};",
        css,
    )

"""Corridors: sequences of countries, gaps that stay open, persons as numbers or intervals."""

import itertools
import json

import networkx as nx
import pytest

from graphs.journeys import Moved, country_sequence, legs_by_journey, total_moved
from graphs.routes import corridor_of_journeys, corridors
from tests.graphs.small_case import journey, small_case

STABLE_KEYS = ["countries", "persons", "journeys", "cases", "records"]


def one_journey(*legs: tuple[str, str], **data: object) -> nx.MultiDiGraph:
    net = nx.MultiDiGraph()
    journey(net, "J", [(start, end, "air") for start, end in legs], **data)
    return net


def test_the_keys_that_other_programs_rely_on_come_first() -> None:
    assert list(corridors(small_case()).columns)[:5] == STABLE_KEYS
    empty = corridors(nx.MultiDiGraph())
    assert (len(empty), list(empty.columns)) == (0, list(corridors(small_case()).columns))


def test_the_small_case_counted_by_hand() -> None:
    table = corridors(small_case())
    counted = table[["countries", "persons", "journeys", "legs", "persons_min", "persons_max"]]
    assert counted.to_dict("split")["data"] == [
        [["VN", "TH", "?", "AU"], "4-6", 1, 2, 4, 6],
        [["VN", "TH", "AU"], "3 or more", 2, 5, 3, None],
        [["?"], "not recorded", 1, 0, 0, None],
    ]
    assert list(table["corridor"]) == ["VN>TH>?>AU", "VN>TH>AU", "?"]


def test_a_row_names_its_records_and_what_the_files_say() -> None:
    row = corridors(small_case()).to_dict("records")[1]
    assert row["records"] == [
        "VN:journeys:J2", "VN:journeys:J4", "VN:legs:J2-1", "VN:legs:J2-2", "VN:legs:J2-3",
        "VN:legs:J4-1", "VN:legs:J4-2",
    ]  # fmt: skip
    assert (row["journey_ids"], row["cases"], row["case_ids"]) == (["J2", "J4"], 1, ["VN:cases:C1"])
    assert (row["modes"], row["outcomes"], row["promised"]) == (
        ["air", "land"],
        ["refused"],
        ["AU"],
    )


@pytest.mark.parametrize(
    ("legs", "wanted"),
    [
        ([("VN", "AU")], "VN>AU"),
        ([("LK", "LK")], "LK"),
        ([("VN", "?"), ("?", "AU")], "VN>?>AU"),
        ([("VN", "?"), ("TH", "AU")], "VN>?>TH>AU"),
        ([("VN", "TH"), ("?", "AU")], "VN>TH>?>AU"),
        ([("VN", "TH"), ("MY", "AU")], "VN>TH>?>MY>AU"),
        ([("VN", "TH"), ("TH", "VN"), ("VN", "AU")], "VN>TH>VN>AU"),
        ([("?", "?")], "?"),
        ([("NA", "ZA")], "NA>ZA"),
    ],
)
def test_a_gap_is_never_closed(legs: list[tuple[str, str]], wanted: str) -> None:
    assert list(corridors(one_journey(*legs))["corridor"]) == [wanted]


def test_legs_go_by_their_number_and_not_by_its_text() -> None:
    net = nx.MultiDiGraph()
    stops = ["VN"] + [f"Z{chr(65 + i)}" for i in range(10)] + ["AU"]
    journey(net, "J", [(a, b, "land") for a, b in itertools.pairwise(stops)])
    assert corridor_of_journeys(net) == {"J": tuple(stops)}
    legs = legs_by_journey(net)["J"]
    assert country_sequence(legs) == tuple(stops)


def test_a_journey_without_legs_is_not_put_on_the_way_it_was_promised() -> None:
    table = corridors(one_journey(promised_destination="AU", actual_destination="MY"))
    assert (table["corridor"][0], table["promised"][0], table["actual"][0]) == ("?", ["AU"], ["MY"])


def test_countries_said_of_a_journey_stand_in_for_legs() -> None:
    net = nx.MultiDiGraph()
    net.add_node("J", kind="Journey", countries=("VN", "unknown", "AU"))
    assert corridor_of_journeys(net) == {"J": ("VN", "?", "AU")}


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([], 0),
        ([Moved(14, 14)], 14),
        ([Moved(14, 14), Moved(0, 4)], "14-18"),
        ([Moved(14, 14), Moved(0, None)], "14 or more"),
        ([Moved(0, None)], "not recorded"),
    ],
)
def test_persons_are_a_number_or_an_interval(parts: list[Moved], wanted: int | str) -> None:
    assert total_moved(parts).words() == wanted


def test_a_group_is_not_smaller_than_those_recorded_in_it() -> None:
    net = one_journey(("VN", "AU"), persons_min=1, persons_max=1)
    net.add_edges_from((name, "J", {"kind": "TRAVELLED"}) for name in "abc")
    assert list(corridors(net)["persons"]) == [3]


def test_rows_are_plain_json() -> None:
    text = json.dumps(corridors(small_case()).to_dict("records"), allow_nan=False)
    assert json.loads(text)[0]["journeys"] == 1

"""Crossings: the small case by hand, direction, several and unknown countries."""

import json

import networkx as nx

from graphs.borders import crossings
from tests.graphs.small_case import small_case, tie

STABLE_KEYS = ["from", "to", "links", "persons", "legs", "records", "brokers"]


def by_way(net: nx.Graph, **options: object) -> dict[tuple[str, str], dict[str, object]]:
    rows = crossings(net, **options).to_dict("records")  # type: ignore[arg-type]
    return {(row["from"], row["to"]): {str(k): v for k, v in row.items()} for row in rows}


def test_the_keys_that_other_programs_rely_on_come_first() -> None:
    assert list(crossings(small_case()).columns)[:7] == STABLE_KEYS
    empty = crossings(nx.MultiDiGraph())
    assert (len(empty), list(empty.columns)) == (0, list(crossings(small_case()).columns))


def test_the_small_case_counted_by_hand() -> None:
    table = crossings(small_case())
    counted = table[["from", "to", "links", "legs", "persons", "moved", "links_certain"]]
    assert counted.to_dict("split")["data"] == [
        ["VN", "TH", 1, 3, 3, "7 or more", 1],
        ["TH", "AU", 1, 2, 4, "3 or more", 1],
        ["?", "AU", 1, 1, 2, "4-6", 0],
        ["TH", "MY", 1, 0, 2, 0, 0],
        ["TH", "VN", 1, 0, 2, 0, 1],
    ]


def test_a_row_names_its_records_and_who_holds_the_most() -> None:
    row = by_way(small_case())["TH", "AU"]
    assert row["records"] == [
        "TH:links:3", "VN:legs:J2-3", "VN:legs:J4-2", "VN:links:11",
    ]  # fmt: skip
    # One tie, one leg worked on: three persons hold one each, and none is put first.
    assert (row["brokers"], row["broker_holds"]) == (["broker", "driver", "receiver"], 1)
    assert (row["modes"], row["documents"]) == (["air"], ["passport (altered)"])
    assert (row["cases"], row["case_ids"], row["agency_codes"]) == (
        1,
        ["TH:cases:C2"],
        ["TH", "VN"],
    )


def test_a_shielded_person_is_counted_and_never_named() -> None:
    net = small_case()
    net.add_edge("victim", "J2-3", kind="HAS_ROLE", role="guide", record_ids=("VN:links:12",))
    for row in by_way(net).values():
        assert "victim" not in json.dumps(row)
    assert by_way(net)["VN", "TH"]["persons"] == 3  # recruiter, broker and the one who travelled


def test_a_tie_without_direction_crosses_both_ways_and_counts_once_each() -> None:
    rows = by_way(small_case())
    assert rows["VN", "TH"]["kinds"] == ["MET", "RECRUITED"]
    assert rows["VN", "TH"]["links"] == 1
    assert rows["TH", "VN"]["kinds"] == ["MET"]


def test_several_countries_may_cross_and_are_certain_only_when_they_share_none() -> None:
    net = small_case()
    tie(net, "driver", "PAID", "receiver", "TH:links:20")
    rows = by_way(net)
    assert (rows["MY", "AU"]["links"], rows["MY", "AU"]["links_certain"]) == (1, 1)
    assert (rows["TH", "AU"]["links"], rows["TH", "AU"]["links_certain"]) == (2, 2)
    assert rows["TH", "MY"]["links_certain"] == 0  # broker and driver may both be in TH
    assert rows["TH", "AU"]["brokers"] == ["driver", "receiver"]


def test_a_derived_tie_is_counted_as_such() -> None:
    assert by_way(small_case())["TH", "MY"]["links_derived"] == 1


def test_two_unknown_countries_are_no_crossing() -> None:
    net = nx.MultiDiGraph()
    net.add_nodes_from("ab", kind="Person")
    net.add_edge("a", "b", kind="PAID")
    net.add_node("leg", kind="Leg", from_country="?", to_country=None)
    assert len(crossings(net)) == 0


def test_the_rule_and_the_tie_set_decide() -> None:
    assert ("LK", "AU") not in by_way(small_case())
    by_nationality = by_way(small_case(), group_by="nationality")
    assert ("LK", "?") in by_nationality
    assert ("VN", "AU") in by_way(small_case(), ties="KIN_TIES")


def test_a_leg_of_no_known_journey_moved_nobody_knows_how_many() -> None:
    net = nx.MultiDiGraph()
    net.add_node("leg", kind="Leg", from_country="VN", to_country="AU")
    row = by_way(net)["VN", "AU"]
    assert (row["moved"], row["moved_min"], row["moved_max"]) == ("not recorded", 0, None)


def test_a_network_without_our_attributes_has_ties_to_cross() -> None:
    net = nx.Graph([("a", "b")])
    nx.set_node_attributes(net, {"a": "VN", "b": "AU"}, "home")
    rows = by_way(net, group_by="home")
    assert sorted(rows) == [("AU", "VN"), ("VN", "AU")]


def test_rows_are_plain_json() -> None:
    text = json.dumps(crossings(small_case()).to_dict("records"), allow_nan=False)
    assert json.loads(text)[0]["from"] == "VN"

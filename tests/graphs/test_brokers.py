"""The broker table: its stable columns, one case counted by hand, reasons with record ids."""

import json

import networkx as nx
import pandas as pd
import pytest

from graphs.brokers import rank_brokers
from graphs.choices import UnknownChoice
from graphs.errors import InputError
from tests.graphs.golden import g9, shuffled
from tests.graphs.small_case import small_case

STABLE_KEYS = [
    "person",
    "label",
    "betweenness",
    "degree",
    "countries",
    "coordinator",
    "itinerant",
    "representative",
    "gatekeeper",
    "liaison",
    "roles",
    "stages",
    "status",
    "stability",
    "cases",
    "agencies",
    "derived_share",
    "undetermined",
    "records",
    "why",
]


def ranked(**options: object) -> pd.DataFrame:
    return rank_brokers(small_case(), **{"stability": False, **options})  # type: ignore[arg-type]


def row_of(table: pd.DataFrame, person: str) -> dict[str, object]:
    (row,) = table[table["person"] == person].to_dict("records")
    return {str(name): cell for name, cell in row.items()}


def test_the_keys_that_other_programs_rely_on_come_first() -> None:
    assert list(ranked().columns)[: len(STABLE_KEYS)] == STABLE_KEYS
    assert list(rank_brokers(nx.MultiDiGraph()).columns) == list(ranked().columns)


def test_the_broker_of_the_small_case_counted_by_hand() -> None:
    row = row_of(ranked(), "broker")
    expected = {
        "label": "Broker",
        "betweenness": 0.5,  # 5 of 10 pairs of the other five
        "degree": 3,
        "countries": ["AU", "MY", "TH", "VN"],
        "own_countries": ["TH"],
        "country_rule": "operating",
        "gatekeeper": 0,  # the driver acts in MY or TH
        "gatekeeper_max": 1,
        "liaison": 1,
        "liaison_max": 2,
        "roles": ["broker_travel_agent"],
        "stages": ["recruit", "document"],  # in the order of a journey
        "status": "arrested 2026-01-10",
        "status_record": "TH:events:E-1",
        "stability": None,
        "stability_words": "stability not computed",
        "cases": 2,
        "agencies": 2,
        "agency_codes": ["TH", "VN"],
        "derived_share": pytest.approx(1 / 3),
        "undetermined": 0,
        "pairs": 2,
        "rank": 1,
        "tied": 1,
        "facilitator": True,
        "explained_by_degree": True,
        "gradings": ["admiralty:C3"],
    }
    assert {name: row[name] for name in expected} == expected


def test_every_record_behind_a_row_is_named() -> None:
    assert row_of(ranked(), "broker")["records"] == [
        "TH:events:E-1",
        "TH:legs:5",
        "TH:links:10",
        "TH:links:2",
        "TH:links:3",
        "TH:links:6",
        "VN:links:1",
        "X:persons:broker",
    ]


def test_the_reasons_are_words_with_record_ids() -> None:
    assert str(row_of(ranked(), "broker")["why"]).split("; ") == [
        "On 50 % of all shortest paths between pairs of persons",
        "ties to 3 persons in AU, MY, TH and VN (TH:legs:5, TH:links:2, TH:links:3 and 2 more)",
        "joins two other countries (liaison 1 to 2 times)",
        "lets in to TH (gatekeeper 0 to 1 times)",
        "recorded as broker_travel_agent at stage document (TH:links:10)",
        "named as facilitator in a case (TH:links:10)",
        "arrested 2026-01-10 (TH:events:E-1)",
        "vouched for by 2 agencies (TH, VN) in 2 cases",
        "33 % of the ties only derived from a journey",
        "stability not computed",
    ]


def test_an_isolate_is_listed_last_without_a_rank() -> None:
    table = ranked()
    assert list(table["person"]) == [
        "broker", "receiver", "driver", "recruiter", "visa_agent", "loner",
    ]  # fmt: skip
    assert list(table["rank"]) == [1, 2, 3, 3, 3, None]
    assert list(table["tied"]) == [1, 1, 3, 3, 3, 0]
    loner = row_of(table, "loner")
    assert (loner["betweenness"], loner["derived_share"], loner["degree"]) == (0.0, None, 0)
    assert str(loner["why"]).startswith("On no shortest path between two others; no tie recorded")


def test_being_central_makes_nobody_a_facilitator() -> None:
    assert not row_of(ranked(), "receiver")["facilitator"]


def test_shielded_persons_are_in_no_ranking_unless_asked() -> None:
    assert "victim" not in list(ranked()["person"])
    both = ranked(include_protected=True)
    assert "victim" in list(both["person"])
    # With the victim, another path joins recruiter and receiver: the broker seems less needed.
    assert row_of(both, "broker")["betweenness"] < 0.5  # type: ignore[operator]


def test_the_rule_decides_which_country_counts() -> None:
    row = row_of(ranked(group_by="nationality"), "broker")
    assert (row["own_countries"], row["country_rule"]) == (["LK"], "nationality")
    assert row["undetermined"] == 2
    assert "2 pairs with a country not known" in str(row["why"])
    mapped = row_of(ranked(group_by={"broker": "MY"}), "broker")
    assert (mapped["own_countries"], mapped["country_rule"]) == (["MY"], "given")
    assert row_of(ranked(group_by={}), "broker")["country_rule"] == "undetermined"


def test_top_keeps_that_many_and_all_who_equal_the_last() -> None:
    assert list(ranked(top=2)["person"]) == ["broker", "receiver"]
    # Three share rank 3, all with betweenness 0: no order is invented, and no crowd of zeros.
    assert len(ranked(top=3)) == 3
    star = nx.Graph([("a", "x"), ("x", "y"), ("y", "b")])
    assert list(rank_brokers(star, top=1, stability=False)["person"]) == ["x", "y"]


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(InputError, match="top is 0"):
        ranked(top=0)
    with pytest.raises(UnknownChoice, match="unknown tie set"):
        ranked(ties="TIES")
    with pytest.raises(UnknownChoice, match="country rule"):
        ranked(group_by="hometown")


def test_stability_stands_beside_each_name() -> None:
    table = rank_brokers(nx.florentine_families_graph())
    medici = row_of(table, "Medici")
    assert isinstance(medici["stability"], float)
    assert medici["stability"] > 0.95
    assert str(medici["stability_words"]) in str(medici["why"])
    again = rank_brokers(nx.florentine_families_graph(), seed=2)
    assert list(again["person"]) == list(table["person"])
    assert list(again["stability"]) != list(table["stability"])
    beyond = rank_brokers(nx.florentine_families_graph(), work_limit=10)
    assert set(beyond["stability_words"]) == {"stability not computed"}
    assert set(beyond["stability"]) == {None}


def test_below_three_persons_betweenness_is_not_defined() -> None:
    table = rank_brokers(nx.path_graph(2))
    assert list(table["betweenness"]) == [None, None]
    assert list(table["rank"]) == [None, None]
    assert table["why"][0].startswith("Fewer than three persons: betweenness is not defined")


def test_a_network_without_our_attributes_is_ranked_too() -> None:
    table = rank_brokers(g9(), group_by="country", stability=False)
    assert list(table["person"]) == list("fdbciaegh")
    assert row_of(table, "f")["gatekeeper"] == 2
    assert table["undetermined"].sum() == 0
    assert rank_brokers(nx.florentine_families_graph(), stability=False)["undetermined"].sum() > 0


def test_the_order_of_entry_changes_nothing() -> None:
    one = rank_brokers(g9(), group_by="country")
    other = rank_brokers(shuffled(g9(), range(8, -1, -1)), group_by="country")
    assert one.to_json() == other.to_json()


def test_a_row_is_plain_json() -> None:
    rows = rank_brokers(small_case()).to_dict("records")
    text = json.dumps(rows, allow_nan=False)
    assert json.loads(text)[0]["person"] == "broker"

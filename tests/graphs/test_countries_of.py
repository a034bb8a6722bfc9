"""Which country counts: rules in their order, and the unknown as a group of its own."""

import networkx as nx
import pytest

from graphs.choices import UnknownChoice
from graphs.countries_of import GROUP_RULES, counted, countries_of, groups_of, rule_counts
from tests.graphs.small_case import small_case

EVERYTHING = {
    "operating_countries": ("TH", "MY"),
    "residence_country": "AU",
    "nationalities": ("LK",),
    "originators": ("TH-DSI", "AU-AFP"),
}


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("default", ("MY", "TH")),
        ("operating", ("MY", "TH")),
        ("residence", ("AU",)),
        ("nationality", ("LK",)),
        ("originator", ("AU-AFP", "TH-DSI")),
    ],
)
def test_a_rule_reads_what_it_is_named_after(rule: str, wanted: tuple[str, ...]) -> None:
    assert countries_of(EVERYTHING, rule) == wanted
    assert countries_of({}, rule) == ()


def test_the_default_asks_in_order_and_says_where_it_stopped() -> None:
    asked: dict[str, object] = dict(EVERYTHING)
    found: list[tuple[str, tuple[str, ...]]] = []
    for name in ("operating_countries", "residence_country", "nationalities"):
        found.append((counted(asked).by, counted(asked).countries))
        asked[name] = ()
    assert found == [
        ("operating", ("MY", "TH")),
        ("residence", ("AU",)),
        ("nationality", ("LK",)),
    ]
    assert counted(asked).by == "undetermined"


def test_no_rule_but_the_default_falls_back_on_another() -> None:
    assert countries_of({"nationalities": ("LK",)}, "operating") == ()
    assert countries_of({"operating_countries": ("TH",)}, "residence") == ()


def test_an_organisation_has_its_seat() -> None:
    assert countries_of({"jurisdiction": "MY"}) == ("MY",)


def test_namibia_is_a_country_and_a_question_mark_is_none() -> None:
    assert countries_of({"nationalities": ("NA",)}) == ("NA",)
    assert countries_of({"nationalities": ("?", "unknown", "")}) == ()


def test_the_share_by_each_source_is_counted() -> None:
    assert rule_counts(small_case().subgraph(["broker", "driver", "receiver", "visa_agent"])) == {
        "operating": 2,
        "residence": 1,
        "undetermined": 1,
    }


def test_an_unknown_rule_lists_the_known() -> None:
    with pytest.raises(UnknownChoice, match="unknown country rule 'home'"):
        countries_of({}, "home")
    assert set(GROUP_RULES) == {"default", "operating", "residence", "nationality", "originator"}


def test_groups_come_in_the_order_of_the_view() -> None:
    net = nx.Graph()
    net.add_nodes_from([("b", {"home": "TH"}), ("a", {"home": ["VN", "AU"]}), ("c", {})])
    assert groups_of(net, "home") == [{"VN", "AU"}, {"TH"}, frozenset()]

"""The tie network: whom a ranking is about, and which links count."""

import networkx as nx
import pytest

from graphs.choices import UnknownChoice
from graphs.errors import InputError
from graphs.schema import TIE_SETS
from graphs.ties import tie_facts, tie_network
from tests.graphs.small_case import small_case


def test_shielded_persons_are_left_out_and_no_path_runs_through_them() -> None:
    net = nx.MultiDiGraph()
    for name, shielded in [("a", False), ("victim", True), ("b", False)]:
        net.add_node(name, kind="Person", shielded=shielded)
    net.add_edge("a", "victim", kind="RECRUITED")
    net.add_edge("victim", "b", kind="PAID")
    assert list(tie_network(net).nodes) == ["a", "b"]
    assert tie_network(net).number_of_edges() == 0
    assert tie_network(net, include_protected=True).number_of_edges() == 2


def test_every_other_person_is_in_it_tied_or_not() -> None:
    tied = tie_network(small_case())
    assert list(tied.nodes) == [
        "broker", "driver", "loner", "receiver", "recruiter", "visa_agent",
    ]  # fmt: skip
    assert sorted(kind for *_, kind in tied.edges(data="kind")) == [
        "ARRANGED_VISA", "MET", "PAID", "RECRUITED", "SAME_JOURNEY",
    ]  # fmt: skip
    assert tied.graph == {"as_of": "2026-03-31", "ties": "BROKER_TIES"}


def test_a_named_set_decides_which_links_count() -> None:
    assert [*tie_network(small_case(), ties="KIN_TIES").edges()] == [("recruiter", "loner")]
    assert [*tie_network(small_case(), ties=["PAID"]).edges()] == [("broker", "receiver")]
    for name in TIE_SETS:
        assert {kind for *_, kind in tie_network(small_case(), ties=name).edges(data="kind")} <= (
            TIE_SETS[name]
        )


def test_contact_is_online_only_where_its_channel_is_a_platform() -> None:
    net = nx.MultiDiGraph()
    net.add_nodes_from("abcd", kind="Person")
    for pair, channel in [("ab", "WhatsApp"), ("bc", "phone"), ("cd", None), ("ad", "in_person")]:
        net.add_edge(*pair, kind="COMMUNICATED", channel=channel)
    assert [*tie_network(net, ties="ONLINE_TIES").edges()] == [("a", "b")]
    assert tie_network(net, ties="CONTACT_TIES").number_of_edges() == 4


def test_organisations_are_in_it_only_when_asked() -> None:
    net = small_case()
    net.add_node("firm", kind="Organisation", jurisdiction="MY")
    net.add_edge("firm", "receiver", kind="EMPLOYED")
    assert "firm" not in tie_network(net)
    assert tie_network(net, organisations=True).has_edge("firm", "receiver")


def test_an_unknown_set_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownChoice, match=r"'BROKER'; known: .*Did you mean BROKER_TIES"):
        tie_network(small_case(), ties="BROKER")
    with pytest.raises(InputError):
        tie_network(small_case(), ties=["KNOWS"])


def test_a_network_from_elsewhere_is_taken_as_it_is() -> None:
    families = tie_network(nx.florentine_families_graph())
    assert (len(families), families.number_of_edges()) == (15, 20)
    assert all(symmetric for *_, symmetric in families.edges(data="symmetric"))
    other = nx.MultiDiGraph()
    other.add_edge("a", "b", key="k", kind="WORKED_WITH", key_of="x")
    assert [*tie_network(other).edges(keys=True)] == [("a", "b", "k")]


def test_attributes_may_have_any_name() -> None:
    net = nx.MultiDiGraph()
    net.add_edge("a", "b")
    net.edges["a", "b", 0].update({"key": 1, "u_for_edge": 2})
    assert [*tie_network(net).edges(data=True)] == [("a", "b", {"key": 1, "u_for_edge": 2})]


def test_the_network_it_was_made_from_is_left_alone() -> None:
    net = small_case()
    before = nx.node_link_data(net, edges="links")
    tied = tie_network(net)
    tied.nodes["broker"]["label"] = "changed"
    tied.edges["broker", "receiver", 0]["kind"] = "changed"
    assert nx.node_link_data(net, edges="links") == before


def test_the_facts_beside_every_number() -> None:
    facts = tie_facts(tie_network(small_case()))
    assert facts[:6] == ("BROKER_TIES", 6, 4, 5, 1, 1)
    assert facts.derived_share == 0.25
    assert facts.words() == (
        "BROKER_TIES: 6 persons (1 without a tie), 4 pairs tied by 5 links, 25 % of pairs derived"
    )
    assert tie_facts(tie_network(nx.MultiDiGraph())).derived_share is None


def test_a_pair_that_a_record_ties_too_is_not_derived() -> None:
    net = small_case()
    net.add_edge("broker", "driver", kind="DIRECTS")
    assert tie_facts(tie_network(net)).derived_pairs == 0

"""Ties derived from journeys: who, in which direction, on which records."""

from graphs.network import build_network
from graphs.records import Record
from tests.graphs.invented import CASE, JOURNEY, invented_records, link, p, ref, row

PEOPLE = [row("persons", key, name=f"Name {key}", case_ref=CASE) for key in ("A", "B", "M")]
TRIP = [
    row("cases", "C-1", local_ref="1", status="Active", offences="smuggling"),
    row("journeys", "J-1", case_ref=CASE, person_refs=p("M")),
    row("journeys", "J-2", case_ref=CASE, person_refs=p("M")),
    row("legs", "L-1", journey_ref=JOURNEY, seq="1", mode="air", from_country="LK",
        to_country="TH", depart="2026-01"),
    row("legs", "L-2", journey_ref=JOURNEY, seq="2", mode="air", from_country="TH",
        to_country="AU"),
]  # fmt: skip


def derived(*links: Record):
    network = build_network([*PEOPLE, *TRIP, *links])
    return {
        (a[-1], b[-1], data["journeys"][0][-3:]): tuple(r[-3:] for r in data["record_ids"])
        for a, b, data in network.edges(data=True)
        if data["kind"] == "SAME_JOURNEY"
    }


def role(key: str, who: str, target: str, stage: str = "unknown"):
    stage = "" if stage == "unknown" else stage
    return link(key, p(who), "HAS_ROLE", target, role="driver", stage=stage)


def test_the_earlier_leg_comes_first_whatever_the_stage():
    found = derived(role("R-1", "B", ref("legs", "L-1"), "receive"),
                    role("R-2", "A", ref("legs", "L-2"), "recruit"))  # fmt: skip
    assert found == {("B", "A", "J-1"): ("R-1", "R-2")}


def test_without_legs_the_stage_orders():
    found = derived(role("R-1", "B", JOURNEY, "recruit"), role("R-2", "A", JOURNEY, "receive"))
    assert found == {("B", "A", "J-1"): ("R-1", "R-2")}


def test_where_no_order_is_recorded_the_tie_runs_both_ways():
    found = derived(role("R-1", "A", JOURNEY), role("R-2", "B", ref("legs", "L-2"), "receive"))
    assert found == {("A", "B", "J-1"): ("R-1", "R-2"), ("B", "A", "J-1"): ("R-1", "R-2")}


def test_a_working_tie_to_a_traveller_is_work_on_each_of_their_journeys():
    found = derived(link("R-1", p("A"), "RECRUITED", p("M")), role("R-2", "B", JOURNEY),
                    role("R-3", "B", ref("journeys", "J-2")))  # fmt: skip
    assert {key[2] for key in found} == {"J-1", "J-2"}


def test_a_working_tie_that_names_journeys_counts_for_those_alone():
    tie = link("R-1", p("A"), "RECRUITED", p("M"), journey_ref=ref("journeys", "J-2"))
    assert derived(tie, role("R-2", "B", JOURNEY)) == {}
    assert {key[2] for key in derived(tie, role("R-3", "B", ref("journeys", "J-2")))} == {"J-2"}


def test_who_serves_nobody_on_it_and_who_only_kept_contact_did_not_work_on_it():
    assert derived(link("R-1", p("A"), "MET", p("M")), role("R-2", "B", JOURNEY)) == {}


def test_the_shielded_are_never_tied_by_a_journey():
    assert derived(role("R-1", "A", JOURNEY), link("R-2", p("M"), "HAS_ROLE", JOURNEY,
                   role="unknown", stage="transit")) == {}  # fmt: skip


def test_the_tie_carries_both_rows_the_journey_and_its_dates():
    network = build_network(invented_records())
    source, target = p("P-2", "TH-IB"), p("P-3")
    tied = network.edges[source, target, f"SAME_JOURNEY/{JOURNEY}/{source}>{target}"]
    assert tied["record_ids"] == (ref("links", "R-2"), ref("links", "R-3"))
    assert (tied["date_from"], tied["date_to"]) == ("2026-01-08", "2026-02")
    assert (tied["derived"], tied["journeys"], tied["cases"]) == (True, (JOURNEY,), (CASE,))

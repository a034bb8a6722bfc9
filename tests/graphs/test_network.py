"""The projection: which nodes and links rows become, and what never appears in them."""

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphs.network import build_network, protection, shared_pairs
from graphs.records import Record
from graphs.snapshot import snapshot_text
from tests.graphs.invented import (
    CASE,
    COMMON,
    JOURNEY,
    SECRETS,
    TH,
    invented_records,
    link,
    p,
    ref,
    row,
)

RECORDS = invented_records()


@pytest.fixture(scope="module")
def network():
    return build_network(RECORDS)


def everything(network: nx.MultiDiGraph):
    """Return all that a network holds as one text, in lower case."""
    return repr((network.graph, list(network.nodes(data=True)),
                 list(network.edges(keys=True, data=True)))).lower()  # fmt: skip


def kinds_from(network: nx.MultiDiGraph, node: str):
    return sorted((data["kind"], target) for _, target, data in network.out_edges(node, data=True))


# Nodes


def test_every_table_with_a_node_kind_gives_its_nodes(network: nx.MultiDiGraph):
    kinds = {data["kind"] for _, data in network.nodes(data=True)}
    assert kinds == {"Agency", "Case", "Country", "Event", "FocalPoint", "Identifier", "Journey",
                     "Leg", "Location", "Person"}  # fmt: skip


def test_every_node_carries_the_rows_behind_it(network: nx.MultiDiGraph):
    for _, data in network.nodes(data=True):
        assert {
            "kind",
            "label",
            "record_ids",
            "originators",
            "handling",
            "grading",
            "cases",
        } <= set(data)
    assert network.nodes[p("P-1")]["handling"] == (COMMON["handling"],)
    assert network.nodes[p("P-1")]["cases"] == (CASE,)
    assert network.nodes[ref("legs", "L-1")]["cases"] == (CASE,)


def test_rows_of_one_normal_form_are_one_identifier(network: nx.MultiDiGraph):
    phone = network.nodes[ref("identifiers", "I-2")]
    assert phone["record_ids"] == (ref("identifiers", "I-2"), ref("identifiers", "I-3", TH))
    assert phone["normalised"] == "+66812345678"
    assert phone["names_count"] == 2
    assert ref("identifiers", "I-3", TH) not in network


def test_a_person_carries_what_rows_say_and_nothing_else(network: nx.MultiDiGraph):
    person = network.nodes[p("P-2", TH)]
    assert person["names"] == ("สมชาย ตัวอย่าง", "Lucky")
    assert (person["residence_country"], person["nationalities"]) == ("TH", ())
    assert (person["roles"], person["stages"]) == (("driver",), ("transit",))
    assert person["facilitator"]
    assert person["status"] == {
        "status": "arrested",
        "date": "2026-01-10",
        "record": ref("events", "E-1"),
    }


def test_only_a_record_makes_a_facilitator(network: nx.MultiDiGraph):
    called = {node for node, data in network.nodes(data=True) if data.get("facilitator")}
    assert called == {p("P-1"), p("P-2", TH), p("P-40"), p("P-31")}
    # The role unknown does not make one, nor does a tie to a traveller.
    assert network.nodes[p("P-3")]["roles"] == ("unknown",)


def test_a_witness_of_an_arrest_is_not_arrested(network: nx.MultiDiGraph):
    assert network.nodes[p("P-3")]["status"] is None


def test_a_journey_carries_its_countries_with_gaps_and_its_size(network: nx.MultiDiGraph):
    journey = network.nodes[JOURNEY]
    assert journey["countries"] == ("LK", "TH", "?", "AU")
    assert (journey["persons_min"], journey["persons_max"]) == (4, 6)
    assert (journey["outcome"], journey["promised_destination"]) == ("intercepted", "AU")
    assert (journey["date_from"], journey["date_to"]) == ("2026-01-08", "2026-02")


def test_a_leg_takes_its_country_from_its_place_and_unknown_stays_unknown(network: nx.MultiDiGraph):
    first, second = network.nodes[ref("legs", "L-1")], network.nodes[ref("legs", "L-2")]
    assert (first["from_country"], first["to_country"]) == ("LK", "TH")
    assert (second["from_country"], second["to_country"]) == ("?", "AU")
    assert kinds_from(network, ref("legs", "L-2")) == [("ARRIVES_AT", "country:AU")]


def test_a_country_that_rows_only_name_has_a_name_and_no_rows(network: nx.MultiDiGraph):
    country = network.nodes["country:LK"]
    assert (country["name"], country["record_ids"]) == ("Sri Lanka", ())


# Links


def test_a_stated_link_carries_its_row(network: nx.MultiDiGraph):
    said = network.edges[p("P-1"), p("P-2", TH), ref("links", "R-10")]
    assert said["kind"] == "DIRECTS"
    assert said["record_ids"] == (ref("links", "R-10"),)
    assert (said["date_from"], said["date_to"]) == ("2025-11", "2025-12")
    assert said["grading"] == ("admiralty:B2",)
    assert said["releasable_to"] == ("AU", "TH")
    assert (said["derived"], said["cases"]) == (False, (CASE,))


def test_a_symmetric_link_is_stored_once_smaller_id_first(network: nx.MultiDiGraph):
    found = [(a, b) for a, b, data in network.edges(data=True) if data["kind"] == "COMMUNICATED"]
    assert found == [(p("P-1"), p("P-3"))]
    contact = network.edges[p("P-1"), p("P-3"), ref("links", "R-8")]
    assert (contact["channel"], contact["count"]) == ("WhatsApp", 31)


def test_two_rows_of_one_tie_stay_two_links():
    rows = [*RECORDS, link("R-11", p("P-1"), "DIRECTS", p("P-2", TH))]
    assert build_network(rows).number_of_edges(p("P-1"), p("P-2", TH)) >= 2


def test_columns_become_links(network: nx.MultiDiGraph):
    assert kinds_from(network, p("P-1"))[:3] == [
        ("CITIZEN_OF", "country:LK"),
        ("COMMUNICATED", p("P-3")),
        ("DIRECTS", p("P-2", TH)),
    ]
    assert ("HOLDS", ref("identifiers", "I-2")) in kinds_from(network, p("P-2", TH))
    assert kinds_from(network, ref("cases", "C-1")) == [("INVESTIGATED_BY", "agency:LK-CIU")]
    assert kinds_from(network, ref("focal_points", "F-1")) == [("POST_OF", "agency:LK-CIU")]
    assert network.nodes["agency:LK-CIU"]["record_ids"] == (ref("agencies", "A-1"),)


def test_keys_of_links_are_unique(network: nx.MultiDiGraph):
    keys = [key for *_, key in network.edges(keys=True)]
    assert len(keys) == len(set(keys))


def test_a_part_in_a_journey_or_case_is_recorded_there(network: nx.MultiDiGraph):
    role = network.edges[p("P-2", TH), ref("legs", "L-1"), ref("links", "R-2")]
    assert (role["journeys"], role["cases"]) == ((JOURNEY,), (CASE,))


def test_a_reference_to_a_row_not_loaded_is_counted_and_gives_no_link(network: nx.MultiDiGraph):
    assert network.graph["awaited"] == 1
    assert network.graph["awaited_from"] == (ref("links", "R-9"),)
    assert not any(data["kind"] == "PAID" for *_, data in network.edges(data=True))


def test_an_awaited_reference_is_projected_on_arrival():
    arrived = row("persons", "P-77", "VN-A05", name="Payee Example", case_ref=CASE)
    network = build_network([*RECORDS, arrived])
    assert network.graph["awaited"] == 0
    assert network.has_edge(p("P-1"), p("P-77", "VN-A05"))


def test_a_corrected_row_gives_way_and_its_links_lead_to_the_correction():
    right = row("persons", "P-3b", name="Receiver Otley", case_ref=CASE, supersedes=p("P-3"))
    network = build_network([*RECORDS, right])
    assert p("P-3") not in network
    assert network.has_edge(p("P-1"), p("P-3b"))
    assert network.graph["awaited"] == 1


def test_another_originators_row_corrects_nothing():
    wrong = row("persons", "P-3", TH, name="Other", case_ref=CASE, supersedes=p("P-3"))
    assert p("P-3") in build_network([*RECORDS, wrong])


def test_of_two_statements_of_one_id_the_later_counts():
    later = row("persons", "P-3", name="Receiver Ottley", residence_country="NZ", case_ref=CASE,
                as_of="2026-04-30")  # fmt: skip
    for rows in ([*RECORDS, later], [later, *RECORDS]):
        assert build_network(rows).nodes[p("P-3")]["residence_country"] == "NZ"


# The whole


def test_the_graph_says_what_it_rests_on(network: nx.MultiDiGraph):
    about = network.graph
    assert about["as_of"] == "2026-03-31"
    assert about["originators"] == ("LK-CIU", "TH-IB")
    assert about["marking"] == "TLP:AMBER H1"
    assert about["record_count"] == len(RECORDS)
    assert about["slice"] == ""
    assert about["shared_pairs"] == 1


def test_a_contact_in_a_file_makes_no_shared_pair():
    contact = row("identifiers", "I-9", kind="phone", value="+66812345678", holder_ref=p("P-3"),
                  holder_role="contact", case_ref=CASE)  # fmt: skip
    assert shared_pairs(build_network([*RECORDS, contact])) == {(p("P-1"), p("P-2", TH))}


def test_nothing_at_all_is_a_network():
    assert build_network([]).number_of_nodes() == 0


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.permutations(RECORDS))
def test_the_order_of_records_changes_nothing(shuffled: list[Record]):
    assert snapshot_text(build_network(shuffled)) == snapshot_text(build_network(RECORDS))


# Shielding


def test_no_word_of_a_shielded_person_is_anywhere_in_the_network(network: nx.MultiDiGraph):
    said = everything(network)
    assert [secret for secret in SECRETS if secret.lower() in said] == []


def test_the_same_words_are_there_when_they_are_asked_for():
    said = everything(build_network(RECORDS, show_protected=True))
    free = {"n7654321"}
    assert [s for s in SECRETS if s.lower() not in said and s.lower() not in free] == []
    # Free text stays out even then.
    assert "wept" not in said


def test_a_shielded_person_stands_under_a_pseudonym_with_an_age_band(network: nx.MultiDiGraph):
    person = network.nodes[p("P-30")]
    assert person["label"].startswith("Protected ")
    assert person["names"] == (person["label"],)
    assert "birth_date" not in person
    assert person["age_band"] == "25-34"
    assert network.nodes[p("P-1")]["birth_date"] == "1980-01-02"


def test_names_are_taken_out_of_source_references(network: nx.MultiDiGraph):
    label = network.nodes[p("P-30")]["label"]
    assert network.graph["source_refs"][ref("events", "E-1")] == f"Interview of {label}"


def test_an_identifier_of_the_shielded_says_its_kind_alone(network: nx.MultiDiGraph):
    hidden = network.nodes[ref("identifiers", "I-1")]
    assert (hidden["label"], hidden["value"]) == ("passport (protected)", None)
    assert hidden["normalised"] is None


def paper_after(*more: Record):
    return build_network([*RECORDS, *more]).nodes[ref("identifiers", "I-1")]["value"]


def test_a_passport_kept_by_a_handler_is_still_its_owners():
    assert paper_after(link("R-12", p("P-1"), "HOLDS", ref("identifiers", "I-1"))) is None


def test_a_handlers_number_in_a_victims_file_is_shown():
    contact = row("identifiers", "I-9", kind="phone", value="+66812345678", holder_ref=p("P-30"),
                  holder_role="contact", case_ref=CASE)  # fmt: skip
    network = build_network([*RECORDS, contact])
    assert network.nodes[ref("identifiers", "I-2")]["value"] == "0812345678"


def test_a_paper_without_holder_on_which_the_shielded_travelled_is_hidden():
    paper = row("identifiers", "I-7", kind="passport", value="Z5550001", case_ref=CASE)
    leg = row("legs", "L-3", journey_ref=JOURNEY, seq="3", mode="air", from_country="AU",
              to_country="LK", document_ref=ref("identifiers", "I-7"))  # fmt: skip
    assert "z5550001" not in everything(build_network([*RECORDS, paper, leg]))


def test_a_name_in_other_texts_is_hidden_in_any_script_but_no_part_of_a_word():
    case = {"case_ref": CASE}
    rows = [
        row("persons", "P-50", name="ဒေါ်ခင်", protected="victim", **case),
        row("persons", "P-51", name="Ann", protected="minor", **case),
        row("organisations", "O-1", name="ဟိုတယ်ဒေါ်ခင်ခရီး", kind="other", **case),
        row("organisations", "O-2", name="Annex of Ann", kind="other", **case),
    ]
    network = build_network([*RECORDS, *rows])
    assert "ဒေါ်ခင်" not in everything(network)
    ann = network.nodes[p("P-51")]["label"]
    assert network.nodes[ref("organisations", "O-2")]["label"] == f"Annex of {ann}"


def test_hostile_text_is_carried_as_it_stands():
    name = "<script>alert(1)</script>{{7*7}}=cmd|' /C calc'!A0"
    network = build_network([row("persons", "P-1", name=name, case_ref=CASE)])
    assert network.nodes[p("P-1")]["label"] == name


def test_an_export_of_rows_knows_what_to_guard():
    guard = protection(RECORDS)
    assert guard.persons == {p("P-30"), p("P-31")}
    assert guard.identifiers == {ref("identifiers", "I-1"), ref("identifiers", "I-4")}
    said = guard.redact("Lotus Quillby showed N7654321, page 12")
    assert said.endswith(" showed [protected], page 12")
    assert "Quillby" not in said

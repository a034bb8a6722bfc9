"""Slices: what an option text means, what is kept, what is said to be left out."""

import networkx as nx
import pytest

from graphs.errors import InputError, UnknownThing
from graphs.network import build_network
from graphs.slices import Slice, cut, parse_slice, words
from graphs.ties import tie_network
from tests.graphs.invented import CASE, JOURNEY, TH, invented_records, link, p, ref, row

NETWORK = build_network(
    [
        *invented_records(),
        row("persons", "P-60", name="Nobody Placed", case_ref=CASE),
        row("cases", "C-2", local_ref="2026/119", status="Active", offences="money"),
        row("persons", "P-61", name="Money Hand", nationalities="VN", case_ref=ref("cases", "C-2")),
        link("S-1", p("P-61"), "PAID", p("P-1"), case_ref=ref("cases", "C-2"), date_from="2024"),
        link("S-2", p("P-60"), "MET", p("P-3"), grading="admiralty:E5"),
        link("S-3", p("P-60"), "MET", p("P-1"), grading="admiralty:F6"),
        link("S-4", p("P-60"), "MET", p("P-2", TH), grading="none"),
    ]
)


def part(**options: str):
    return cut(NETWORK, parse_slice(**options))


def of_kind(network: nx.MultiDiGraph, kind: str):
    return sorted(
        node.rpartition(":")[2] for node, data in network.nodes(data=True) if data["kind"] == kind
    )


def ties(network: nx.MultiDiGraph):
    return sorted(
        key.rpartition(":")[2]
        for *_, key, data in tie_network(network, include_protected=True).edges(
            keys=True, data=True
        )
        if not data["derived"]
    )


def test_the_empty_slice_is_the_network():
    assert cut(NETWORK, Slice()) is NETWORK
    assert words(Slice()) == ""


def test_a_slice_is_said_in_words():
    said = parse_slice(
        countries="LK", corridor="LK>TH", period="2025/2026-03", case="C-1", theme="smuggling",
        ties="MONEY_TIES", least_grading="admiralty:C3",
    ).words()  # fmt: skip
    assert said == (
        "countries LK; corridor LK>TH; from 2025 to 2026-03; case C-1; theme smuggling; "
        "ties MONEY_TIES; graded admiralty:C3 or better"
    )


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        ("countries", "Vietnam", "Did you mean VN"),
        ("countries", "LK TH", "commas between"),
        ("corridor", "LK", "use --countries"),
        ("corridor", "LK>XX9", "expected ISO 3166-1"),
        ("period", "2026", "FROM/TO"),
        ("period", "2026-02-30/2026-03", "FROM/TO"),
        ("period", "/", "FROM/TO"),
        ("period", "2026/2025", "swapped"),
        ("theme", "smugling", "Did you mean smuggling"),
        ("ties", "MONEY", "Did you mean MONEY_TIES"),
        ("least_grading", "C3", "admiralty:C3"),
        ("least_grading", "admiralty:F6", "of a rank"),
        ("least_grading", "admiralty:C3,admiralty:B2", "twice"),
    ],
)
def test_a_wrong_option_is_answered_with_what_it_expects(option: str, text: str, expected: str):
    with pytest.raises(InputError, match=expected):
        parse_slice(**{option: text})


def test_a_gap_may_stand_in_a_corridor():
    assert parse_slice(corridor="TH>?>AU").corridor == ("TH", "?", "AU")


def test_countries_keep_who_is_recorded_there_or_had_a_part_in_a_journey_there():
    kept = part(countries="TH")
    # P-1 acts in TH, P-2 lives there, P-3, P-30, P-31, P-40 had a part in the journey.
    assert of_kind(kept, "Person") == ["P-1", "P-2", "P-3", "P-30", "P-31", "P-40"]
    assert kept.graph["left_out"] == {"persons or organisations without a country": 1}
    only = part(countries="VN")
    assert of_kind(only, "Person") == ["P-61"]
    assert of_kind(only, "Journey") == []


def test_a_corridor_keeps_journeys_that_pass_it_in_this_order():
    kept = part(corridor="LK>TH")
    assert of_kind(kept, "Journey") == ["J-1"]
    assert of_kind(kept, "Person") == ["P-1", "P-2", "P-3", "P-30", "P-31", "P-40"]
    assert ties(kept) == ["R-1"]
    assert of_kind(part(corridor="TH>LK"), "Journey") == []
    assert of_kind(part(corridor="TH>AU"), "Journey") == []
    assert of_kind(part(corridor="TH>?>AU"), "Journey") == ["J-1"]


def test_a_period_keeps_what_may_lie_in_it_and_counts_what_has_no_date():
    kept = part(period="2025-11-15/2025-12-31")
    assert ties(kept) == ["R-10"]
    assert of_kind(kept, "Event") == ["E-2"]
    assert of_kind(kept, "Person") == ["P-1", "P-2"]
    assert kept.graph["left_out"] == {"ties without a date": 4}


def test_a_period_with_an_open_side():
    assert ties(part(period="/2024-06")) == ["S-1"]
    assert of_kind(part(period="2026-01/"), "Journey") == ["J-1"]


def test_a_part_in_a_dated_journey_is_as_old_as_the_journey():
    kept = part(period="2026-02-10/2026-02-12")
    assert kept.has_edge(p("P-2", TH), ref("legs", "L-1"))
    assert kept.has_edge(p("P-3"), p("P-2", TH)) or kept.has_edge(p("P-2", TH), p("P-3"))


def test_a_case_keeps_what_is_recorded_in_it():
    kept = part(case="2026/119")
    assert of_kind(kept, "Case") == ["C-2"]
    assert of_kind(kept, "Person") == ["P-1", "P-61"]
    assert ties(kept) == ["S-1"]
    assert set(kept) == set(part(case=ref("cases", "C-2")))


def test_an_unknown_case_is_no_empty_answer():
    with pytest.raises(UnknownThing, match="no case answers to 'C-77'"):
        part(case="C-77")


def test_a_theme_keeps_the_cases_of_that_offence():
    assert of_kind(part(theme="money"), "Case") == ["C-2"]
    assert of_kind(part(theme="sham_marriage"), "Person") == []


def test_least_grading_compares_inside_a_scheme_only():
    kept = part(least_grading="admiralty:C3")
    # Worse (S-2) and of no rank (S-3) go, not graded (S-4) stays.
    assert ties(kept) == ["R-1", "R-10", "R-8", "S-1", "S-4"]
    assert kept.graph["left_out"] == {"graded by a code of no rank": 1}
    assert "R-10" in ties(part(least_grading="admiralty:B2"))
    assert "R-1" not in ties(part(least_grading="admiralty:B2"))
    assert ties(part(least_grading="europol4x4:A1")) == ties(NETWORK)


def test_slices_narrow_each_other():
    assert ties(part(case="C-1", period="2025-11-15/2025-12-31")) == ["R-10"]
    assert ties(part(case="C-2", period="2025-11-15/2025-12-31")) == []


def test_papers_and_places_come_with_what_leads_to_them():
    kept = part(case="2026/119")
    assert of_kind(kept, "Identifier") == ["I-2"]
    assert of_kind(kept, "Location") == []
    assert of_kind(kept, "Country") == ["LK", "TH", "VN"]
    assert of_kind(part(corridor="LK>TH"), "Leg") == ["L-1", "L-2"]


def test_posts_always_stay():
    assert of_kind(part(countries="VN"), "FocalPoint") == ["F-1", "F-2"]


def test_the_facts_of_a_part_are_its_own_but_the_marking_stays():
    kept = part(case="2026/119")
    assert kept.graph["slice"] == "case 2026/119"
    assert kept.graph["marking"] == NETWORK.graph["marking"]
    assert kept.graph["record_count"] < NETWORK.graph["record_count"]
    assert set(kept.graph["source_refs"]) < set(NETWORK.graph["source_refs"])
    assert NETWORK.graph["slice"] == ""


def test_every_link_of_a_part_is_a_link_of_the_whole():
    for options in ({"countries": "AU"}, {"corridor": "LK>TH"}, {"period": "2026/"},
                    {"case": "C-1"}, {"least_grading": "admiralty:B2"}):  # fmt: skip
        kept = part(**options)
        assert all(NETWORK.has_edge(*edge) for edge in kept.edges(keys=True))
        assert JOURNEY in NETWORK

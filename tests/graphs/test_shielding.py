"""Who is shielded and why, one test a rule; what beats what."""

import pytest

from graphs.network import build_network
from graphs.records import Record
from graphs.shielding import age_band, pseudonym
from tests.graphs.invented import CASE, JOURNEY, link, p, ref, row

CASE_ROW = row("cases", "C-1", local_ref="1", status="Active", offences="smuggling")


def reasons(*more: Record, **said: str):
    person = row("persons", "P-1", name="Asha Example", case_ref=CASE, **said)
    return build_network([person, CASE_ROW, *more]).nodes[p("P-1")]["shield_reasons"]


def journey(depart: str = ""):
    return (
        row("journeys", "J-1", case_ref=CASE, person_refs=p("P-1")),
        row("legs", "L-1", journey_ref=JOURNEY, seq="1", mode="air", depart=depart,
            from_country="LK", to_country="AU"),
    )  # fmt: skip


ROLE = link("R-1", p("P-1"), "HAS_ROLE", CASE, stage="transit", role="driver")
FACILITATOR = link("R-2", p("P-1"), "PARTY_TO", CASE, role="facilitator")


def party(role: str):
    return link("R-3", p("P-1"), "PARTY_TO", CASE, role=role)


def test_nobody_is_shielded_without_a_reason():
    assert reasons() == ()
    assert reasons(ROLE, birth_date="1990") == ()


@pytest.mark.parametrize("word", ["victim", "migrant", "minor", "source"])
def test_a_filled_protected_shields_whatever_the_role(word: str):
    assert reasons(ROLE, FACILITATOR, protected=word) == (f"recorded as protected: {word}",)


def test_a_victim_is_shielded_whatever_the_role():
    assert reasons(ROLE, party("victim")) == ("named as victim in a case",)


def test_a_migrant_is_shielded_unless_a_record_gives_a_facilitating_role():
    assert reasons(party("migrant")) == ("named as migrant in a case",)
    assert reasons(party("migrant"), ROLE) == ()
    assert reasons(party("migrant"), FACILITATOR) == ()


@pytest.mark.parametrize("status", ["PossibleVictimOfTrafficking", "ActualVictimOfTrafficking"])
def test_a_trafficking_status_shields(status: str):
    assert reasons(ROLE, trafficking_status=status) == (f"trafficking status {status}",)


def test_who_is_decided_not_to_be_a_victim_is_not_shielded_for_that():
    assert reasons(trafficking_status="NotAVictimOfTrafficking") == ()


def test_a_traveller_is_shielded_unless_a_record_gives_a_facilitating_role():
    assert reasons(*journey()) == ("travelled, and no record gives a facilitating role",)
    assert reasons(*journey(), ROLE) == ()


@pytest.mark.parametrize("role", ["unknown", "other", "sham_spouse"])
def test_a_role_that_does_not_facilitate_leaves_a_traveller_shielded(role: str):
    weak = link("R-4", p("P-1"), "HAS_ROLE", JOURNEY, stage="transit", role=role)
    assert reasons(*journey(), weak)


def test_being_a_suspect_is_no_facilitating_role():
    assert reasons(*journey(), party("suspect"))


def test_age_on_the_journey_counts_and_beats_any_role():
    born = "2008-01-09"
    assert reasons(*journey("2026-01-08"), ROLE, birth_date=born) == ("under 18 on a journey",)
    assert reasons(*journey("2026-01-09"), ROLE, birth_date=born) == ()


def test_a_birth_date_that_leaves_it_open_shields():
    born = "2008"
    assert reasons(*journey("2026-05"), ROLE, birth_date=born) == ("may be under 18 on a journey",)


def test_without_a_dated_journey_the_as_of_day_counts():
    assert reasons(*journey(), ROLE, birth_date="2008-04") == ("under 18 on the as-of day",)
    assert reasons(ROLE, birth_date="2008-04") == ("under 18 on the as-of day",)
    assert reasons(ROLE, birth_date="2008-03-31") == ()


def test_a_minor_who_worked_on_a_journey_is_shielded():
    worked = link("R-5", p("P-1"), "HAS_ROLE", ref("legs", "L-1"), stage="transit", role="guide")
    trip = (
        row("journeys", "J-1", case_ref=CASE, group_size="3"),
        *journey("2020-06-01")[1:],
    )
    assert reasons(*trip, worked, birth_date="2004-01-01") == ("under 18 on a journey",)


def test_a_pseudonym_depends_on_the_record_alone():
    assert pseudonym(p("P-1")) == pseudonym(p("P-1")) != pseudonym(p("P-2"))
    assert pseudonym("LK-CIU:persons:P-014") == "Protected 40DFD3"


def test_an_age_band_is_as_wide_as_the_date():
    assert age_band("1990-05-02", "2026-03-31") == "35-44"
    assert age_band("2001", "2026-03-31") == "18-24 or 25-34"
    assert age_band("0999", "2026-03-31") == "60 or over"

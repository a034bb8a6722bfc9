"""What is not known, counted with the records where it could be asked for."""

from graphs.gaps import gaps
from graphs.network import build_network
from tests.graphs.invented import CASE, JOURNEY, TH, invented_records, p, ref, row

ROWS = {gap["what"]: gap for gap in gaps(build_network([
    *invented_records(),
    row("persons", "P-60", name="Nobody Placed", case_ref=CASE),
    row("journeys", "J-9", case_ref=CASE, group_size="2", fee_amount="9500", fee_currency="USD"),
]))}  # fmt: skip


def counted(what: str):
    return ROWS[what]["count"], ROWS[what]["of"], ROWS[what]["records"]


def test_persons_without_a_country_shielded_ones_aside():
    assert counted("persons without a recorded country") == (1, 5, [p("P-60")])


def test_legs_with_an_unknown_end():
    assert counted("legs with an unknown end") == (1, 2, [ref("legs", "L-2")])


def test_journeys_without_fee_legs_or_outcome():
    assert counted("journeys without a recorded fee") == (1, 2, [JOURNEY])
    assert counted("journeys without any leg") == (1, 2, [ref("journeys", "J-9")])
    assert counted("journeys without a recorded outcome") == (1, 2, [ref("journeys", "J-9")])
    assert counted("journeys with a gap between legs") == (1, 2, [JOURNEY])


def test_ties_without_a_date():
    assert counted("ties without a date") == (1, 3, [ref("links", "R-8")])


def test_references_that_wait_for_their_rows():
    assert counted("references to rows that are not loaded") == (1, None, [ref("links", "R-9")])


def test_pairs_that_share_a_phone_or_passport():
    found = counted("pairs of persons who share a phone or passport, not yet matched")
    assert found == (1, None, [p("P-1"), p("P-2", TH)])


def test_nothing_loaded_has_no_gaps_and_says_so():
    assert {gap["count"] for gap in gaps(build_network([]))} == {0}

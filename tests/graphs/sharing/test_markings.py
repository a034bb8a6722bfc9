"""Markings add up to the strictest, and gradings are ranked in their own scheme only."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.sharing.markings import (
    CODES,
    SCHEMES,
    TLP,
    Rank,
    grading_rank,
    is_grading,
    most_restrictive,
    parse_handling,
)

MARKS = st.lists(st.sampled_from([*CODES, *TLP]), max_size=3).map(" ".join)


@given(st.lists(MARKS))
def test_the_strictest_marking_does_not_depend_on_order_or_repetition(marks: list[str]) -> None:
    together = most_restrictive(marks)
    assert most_restrictive(reversed(marks)) == together
    assert most_restrictive([*marks, together]) == together
    labels = {parse_handling(mark).tlp for mark in marks} - {None}
    assert parse_handling(together).tlp == min(labels, key=TLP.index, default=None)


@pytest.mark.parametrize(
    ("marks", "together"),
    [
        ([], ""),
        (["TLP:CLEAR"], "TLP:CLEAR"),
        (["TLP:GREEN H0", "TLP:AMBER+STRICT", "TLP:AMBER H3"], "TLP:AMBER+STRICT H3"),
        (["H1", "H2", "P"], "H1 H2 P"),
        (["P", "C"], "C"),
        (["TLP:GREEN SANITISED"], "TLP:GREEN"),
        (["TLP:RED", "TLP:CLEAR"], "TLP:RED"),
    ],
)
def test_markings_that_add_up(marks: list[str], together: str) -> None:
    assert most_restrictive(marks) == together


def test_every_pair_of_codes_of_a_scheme_is_a_grading_with_its_rank() -> None:
    count = 0
    for scheme in SCHEMES.values():
        sources = scheme.source + scheme.source_unranked
        information = scheme.information + scheme.information_unranked
        for source, said in product(sources, information):
            text = f"{scheme.name}:{source}{said}"
            assert is_grading(text)
            rank = grading_rank(text)
            assert (rank.source is None) == (source in scheme.source_unranked)
            assert (rank.information is None) == (said in scheme.information_unranked)
            count += 1
    assert count == 4 * 4 + 3 * 5 + 5 * 5 + 6 * 6


@pytest.mark.parametrize("text", ["", "B7", "europol4x4", "europol4x4:A9", "x:A1", "None"])
def test_what_is_no_grading_has_no_rank(text: str) -> None:
    assert not is_grading(text)
    assert grading_rank(text) == Rank(text.partition(":")[0], None, None)

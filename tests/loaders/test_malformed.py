"""Every bundle that must be refused is refused, with exactly its faults, each in its place."""

from pathlib import Path

import pytest

from loaders import BundleError, read_bundle
from tests.loaders.malformed import MALFORMED, Malformed

Found = tuple[str, int | None, str | None]


def _order(place: Found) -> tuple[str, int, str]:
    return place[0], place[1] or 0, place[2] or ""


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case.name)
def test_a_malformed_bundle_is_refused_with_exactly_its_faults(
    case: Malformed, tmp_path: Path
) -> None:
    path = case.write(tmp_path)
    with pytest.raises(BundleError) as refused:
        read_bundle(path)
    faults = refused.value.faults
    found = sorted(((fault.file, fault.row, fault.column) for fault in faults), key=_order)
    expected = sorted((place[:3] for place in case.faults), key=_order)
    assert found == expected, str(refused.value)
    for file, row, column, words in case.faults:
        letters = [f.letter for f in faults if (f.file, f.row, f.column) == (file, row, column)]
        assert any(words in letter for letter in letters), letters


def test_there_are_many_malformed_bundles_and_each_has_its_own_name() -> None:
    names = [case.name for case in MALFORMED]
    assert len(names) == len(set(names)) >= 60

"""The reference manual is what the schema says today."""

import runpy

from tests.needs import ROOT


def test_the_reference_does_not_drift_from_the_schema() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "make_reference.py"))
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert page == made["reference"](), "run: python tools/make_reference.py"

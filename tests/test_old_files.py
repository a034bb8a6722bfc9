"""Files of earlier versions still open, and a bundle keeps the name of its batch."""

from graphs.records import batch_id
from graphs.snapshot import read_snapshot
from loaders import read_bundle
from tests.needs import ROOT

OLD = ROOT / "tests" / "data" / "old"


def test_a_bundle_of_version_1_0_still_opens_under_its_name() -> None:
    bundle = read_bundle(OLD / "bundle-1.0.jsonl")
    assert len(bundle.records) == 29
    assert batch_id(bundle) == "LK-CIU.2026-03-31.4753c9852d27"


def test_a_snapshot_of_version_1_still_opens() -> None:
    network, _ = read_snapshot((OLD / "snapshot-1.json").read_text(encoding="utf-8"))
    counts = network.number_of_nodes(), network.number_of_edges()
    assert counts == (28, 45)

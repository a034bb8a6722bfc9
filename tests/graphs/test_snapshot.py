"""Snapshots: equal networks are equal bytes, and come back as they were."""

import json

import networkx as nx
import pytest

from graphs.errors import InputError
from graphs.network import build_network
from graphs.snapshot import FORMAT, read_snapshot, snapshot_text
from tests.graphs.invented import SECRETS, invented_records, p

NETWORK = build_network(invented_records())
PLACES = {node: (float(i), -i / 3) for i, node in enumerate(NETWORK)}


def test_a_snapshot_comes_back_as_it_was():
    text = snapshot_text(NETWORK, PLACES)
    network, places = read_snapshot(text)
    assert nx.utils.graphs_equal(network, NETWORK)
    assert network.graph == NETWORK.graph
    assert places == {node: (x, round(y, 3)) for node, (x, y) in PLACES.items()}
    assert snapshot_text(network, places) == text


def test_a_snapshot_is_json_sorted_a_thing_a_line():
    text = snapshot_text(NETWORK)
    whole = json.loads(text)
    assert whole["format"] == FORMAT
    assert [node["id"] for node in whole["nodes"]] == sorted(NETWORK)
    assert len(text.splitlines()) == 6 + NETWORK.number_of_nodes() + NETWORK.number_of_edges()
    assert "\r" not in text


def test_places_that_are_none_are_left_out():
    _, places = read_snapshot(snapshot_text(NETWORK, {p("P-1"): (float("nan"), 1.0)}))
    assert places == {}


def test_a_snapshot_names_nobody_shielded():
    text = snapshot_text(NETWORK)
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected JSON"),
        (snapshot_text(NETWORK)[:500], "expected JSON"),
        ("[]", "found format None"),
        ('{"format": "corridor-snapshot/2"}', "found format 'corridor-snapshot/2'"),
        (f'{{"format": "{FORMAT}", "graph": {{}}}}', "nodes, links missing"),
        (f'{{"format": "{FORMAT}", "graph": {{}}, "nodes": [{{}}], "links": []}}', "'id'"),
        (f'{{"format": "{FORMAT}", "graph": {{}}, "nodes": [1], "links": []}}', "not a whole"),
        (f'{{"format": "{FORMAT}", "graph": [], "nodes": [], "links": []}}', "not a whole"),
        (f'{{"format": "{FORMAT}", "graph": {{}}, "nodes": [{{"id": []}}], "links": []}}',
         "not a whole"),
        (f'{{"format": "{FORMAT}", "graph": {{}}, "nodes": [], "links": '
         '[{"source": "a", "target": "b", "key": "c"}]}', "no node of it"),
    ],
)  # fmt: skip
def test_what_is_no_snapshot_is_said_to_be_none(text: str, expected: str):
    with pytest.raises(InputError, match=expected):
        read_snapshot(text)

"""The schema against itself and against the network: what is declared once drifts nowhere."""

import networkx as nx
import pytest

from graphs.network import build_network
from graphs.projection.nodes import BACKGROUND_TABLES
from graphs.records import Record
from graphs.schema import (
    BROKER_TIES,
    LINK_KINDS,
    NODE_KINDS,
    NODE_OF_TABLE,
    NOT_FACILITATING,
    ORDER_OF_STAGES,
    STATED_KINDS,
    SYMMETRIC_KINDS,
    TABLES,
    TIE_SETS,
)
from graphs.vocabularies import VOCABULARIES
from tests.graphs.invented import CASE, JOURNEY, TH, invented_records, link, p, ref, row

COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


def every_table():
    """Return records in which every table and every kind of derived link occurs."""
    case = {"case_ref": CASE}
    return [
        *invented_records(),
        row("organisations", "O-1", name="Example Travel", kind="travel_agency",
            jurisdiction="MY", **case),
        row("organisations", "O-2", name="Example Shell", kind="shell", **case),
        row("periods", "PE-1", name="JPA", date_from="2026-01-01", date_to="2026-06-30",
            countries="LK;TH"),
        row("plans", "PL-1", title="Lantern", period_refs=ref("periods", "PE-1"), lead="LK-CIU",
            partners="TH-IB", status="active", case_refs=CASE),
        row("outcomes", "OU-1", counter="arrests", value="3", date="2026-03", agency="LK-CIU",
            plan_ref=ref("plans", "PL-1"), **case),
        row("requests", "RQ-1", from_post=ref("focal_points", "F-1"), asked="2026-02-01",
            to_post=ref("focal_points", "F-2")),
        row("focal_points", "F-3", agency="TH-IB", post_title="Head", country="TH", channel="x",
            confirmed_on="2026-01-01", confirmed_by="y", successor_of=ref("focal_points", "F-1")),
        row("cases", "C-3", local_ref="3", status="Active", offences="money",
            plan_ref=ref("plans", "PL-1"), linked_cases=CASE),
        row("events", "E-5", kind="search", date="2026", location_ref=ref("locations", "BKK"),
            person_refs=f"owner={ref('organisations', 'O-1')}", **case),
        *(_one_of(kind) for kind in STATED_KINDS),
    ]  # fmt: skip


ENDS = {
    "Person": (p("P-1"), p("P-2", TH)),
    "Organisation": (ref("organisations", "O-1"), ref("organisations", "O-2")),
    "Identifier": (ref("identifiers", "I-2"),) * 2,
    "Case": (CASE,) * 2,
    "Journey": (JOURNEY,) * 2,
    "Leg": (ref("legs", "L-1"),) * 2,
}


def _one_of(kind: str):
    ends = LINK_KINDS[kind]
    source, target = ENDS[ends.sources[-1]][0], ENDS[ends.targets[-1]][1]
    return link(f"K-{kind}", source, kind, target, role="aide", stage="transit", claim="genuine")


@pytest.fixture(scope="module")
def network():
    return build_network(every_table())


def test_every_link_of_the_network_has_ends_that_its_kind_allows(network: nx.MultiDiGraph):
    for source, target, data in network.edges(data=True):
        kind = LINK_KINDS[data["kind"]]
        assert network.nodes[source]["kind"] in kind.sources, kind.picture
        assert network.nodes[target]["kind"] in kind.targets, kind.picture


def test_every_declared_link_kind_occurs_but_those_of_corridors(network: nx.MultiDiGraph):
    found = {data["kind"] for *_, data in network.edges(data=True)}
    # Corridors are rows of a table of their own, not nodes of the network.
    assert set(LINK_KINDS) - found == {"FOLLOWS", "PASSES"}


def test_every_declared_node_kind_occurs_but_the_corridor(network: nx.MultiDiGraph):
    found = {data["kind"] for _, data in network.nodes(data=True)}
    assert set(NODE_KINDS) - found == {"Corridor"}


def test_the_links_of_a_symmetric_kind_are_stored_smaller_id_first(network: nx.MultiDiGraph):
    for source, target, data in network.edges(data=True):
        assert data["kind"] not in SYMMETRIC_KINDS or source < target


def test_only_the_journey_tie_is_marked_as_derived(network: nx.MultiDiGraph):
    derived = {data["kind"] for *_, data in network.edges(data=True) if data["derived"]}
    assert derived == {"SAME_JOURNEY"}


def test_every_table_has_a_node_kind_or_is_declared_background():
    assert set(TABLES) - set(NODE_OF_TABLE) == set(BACKGROUND_TABLES)


def test_every_node_of_a_row_carries_that_row(network: nx.MultiDiGraph):
    stated = {r for _, data in network.nodes(data=True) for r in data["record_ids"]}
    expected = {r.id for r in every_table() if r.table not in BACKGROUND_TABLES}
    assert stated == expected


def test_every_vocabulary_column_names_a_vocabulary():
    named = {column.of for _, column in COLUMNS if column.type in ("voc", "named_text")}
    assert named - {"link_kind"} <= set(VOCABULARIES)
    assert TABLES["links"].column("kind").of == "link_kind"


def test_every_reference_column_names_tables():
    for table, column in COLUMNS:
        if column.type in ("ref", "named_ref") and column.of != "same":
            assert set(column.tables) <= set(TABLES), (table.name, column.name)


def test_the_part_in_a_case_and_the_roles_are_vocabularies():
    assert "facilitator" in VOCABULARIES["party_role"].words
    assert set(VOCABULARIES["role"].words) >= NOT_FACILITATING
    assert tuple(ORDER_OF_STAGES) == VOCABULARIES["stage"].words


def test_every_tie_set_holds_link_kinds_alone():
    assert all(kinds <= set(LINK_KINDS) for kinds in TIE_SETS.values())
    assert BROKER_TIES == TIE_SETS["BROKER_TIES"] >= TIE_SETS["JOURNEY_TIES"]


def test_a_kind_is_symmetric_only_between_ends_of_one_sort():
    for name in SYMMETRIC_KINDS:
        assert LINK_KINDS[name].sources == LINK_KINDS[name].targets


def test_every_link_kind_joins_declared_node_kinds():
    for kind in LINK_KINDS.values():
        assert {*kind.sources, *kind.targets} <= set(NODE_KINDS), kind.picture


def test_no_free_text_reaches_the_network():
    for table, column in COLUMNS:
        if column.free:
            marked = [r._replace(cells=_with(r, column.name)) for r in every_table()
                      if r.table == table.name]  # fmt: skip
            others = [r for r in every_table() if r.table != table.name]
            network = build_network([*marked, *others], show_protected=True)
            whole = repr((network.graph, list(network.nodes(data=True)),
                          list(network.edges(data=True))))  # fmt: skip
            assert "FREETEXT" not in whole, (table.name, column.name)


def _with(record: Record, column: str):
    place = TABLES[record.table].place[column]
    return (*record.cells[:place], "FREETEXT", *record.cells[place + 1 :])

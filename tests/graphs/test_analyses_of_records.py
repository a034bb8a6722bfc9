"""From records to the tables: the projection carries what every analysis reads."""

from graphs.borders import crossings
from graphs.brokers import rank_brokers
from graphs.network import build_network
from graphs.routes import corridors
from tests.graphs.invented import SECRETS, TH, invented_records, link, p, ref

NETWORK = build_network(
    [*invented_records(), link("R-20", p("P-2", TH), "RECRUITED", p("P-3"), date_from="2025")]
)


BROKERS = {row["person"]: row for row in rank_brokers(NETWORK).to_dict("records")}


def test_the_shielded_are_in_no_ranking():
    assert set(BROKERS) == {p("P-1"), p("P-2", TH), p("P-3"), p("P-40")}


def test_a_broker_has_roles_status_and_records_from_the_rows():
    row = BROKERS[p("P-2", TH)]
    assert (row["roles"], row["stages"]) == (["driver"], ["transit"])
    assert row["status"] == "arrested 2026-01-10"
    assert row["own_countries"] == ["TH"]
    assert {ref("links", "R-2"), ref("links", "R-20"), ref("events", "E-1")} <= set(row["records"])


def test_the_journey_is_a_corridor_with_its_gap():
    table = corridors(NETWORK)
    assert table["corridor"].tolist() == ["LK>TH>?>AU"]
    assert table["persons"].tolist() == ["4-6"]


def test_crossings_hold_ties_and_legs():
    rows = {(row["from"], row["to"]): row for row in crossings(NETWORK).to_dict("records")}
    assert rows["LK", "TH"]["legs"] == 1
    assert rows["TH", "AU"]["links"] >= 1
    assert rows["?", "AU"]["legs"] == 1


def test_no_table_names_the_shielded():
    tables = (rank_brokers(NETWORK), crossings(NETWORK), corridors(NETWORK))
    said = "".join(repr(table.to_dict("records")) for table in tables)
    assert not [secret for secret in SECRETS if secret in said]

"""The team's Neo4j starts closed: one machine, one password, no telephone."""

from typing import Any

import pytest
import yaml

from tests.needs import ROOT


@pytest.fixture(scope="module")
def neo4j() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]["neo4j"]


def test_only_this_machine_reaches_the_server(neo4j: dict[str, Any]) -> None:
    assert neo4j["ports"] == ["127.0.0.1:7687:7687", "127.0.0.1:7474:7474"]
    assert "network_mode" not in neo4j


def test_it_refuses_to_start_without_a_password(neo4j: dict[str, Any]) -> None:
    user, _, password = neo4j["environment"]["NEO4J_AUTH"].partition("/")
    assert user == "neo4j"
    assert password.startswith("${CORRIDOR_NEO4J_PASSWORD:?")


def test_the_image_is_the_long_term_release_in_its_free_edition(neo4j: dict[str, Any]) -> None:
    assert neo4j["image"] == "neo4j:5.26-community"
    assert "NEO4J_ACCEPT_LICENSE_AGREEMENT" not in neo4j["environment"]


def test_it_is_healthy_only_when_a_query_is_answered_with_that_password(
    neo4j: dict[str, Any],
) -> None:
    kind, command = neo4j["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert command.startswith('cypher-shell -u neo4j -p "$$PASSWORD" ')
    assert neo4j["environment"]["PASSWORD"] == "${CORRIDOR_NEO4J_PASSWORD}"


def test_the_records_outlive_the_container(neo4j: dict[str, Any]) -> None:
    named = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["volumes"]
    volume, _, place = neo4j["volumes"][0].partition(":")
    assert volume in named
    assert place == "/data"


def test_nothing_is_reported_to_the_maker(neo4j: dict[str, Any]) -> None:
    assert neo4j["environment"]["NEO4J_dbms_usage__report_enabled"] == "false"

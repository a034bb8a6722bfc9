"""A real Neo4j answers where one is given; the store for teams will stand on it."""

import os
from collections.abc import Iterator

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError

from tests.needs import skip_unless


@pytest.fixture
def address() -> str:
    """Return the address of the server that `.ci/neo4j start` or the reader started."""
    given = os.environ.get("CORRIDOR_TEST_NEO4J", "")
    skip_unless(bool(given), "needs a Neo4j: CORRIDOR_TEST_NEO4J=bolt://127.0.0.1:PORT")
    return given


@pytest.fixture
def driver(address: str) -> Iterator[Driver]:
    account = (os.environ["CORRIDOR_NEO4J_USER"], os.environ["CORRIDOR_NEO4J_PASSWORD"])
    with GraphDatabase.driver(address, auth=account) as opened:
        opened.verify_connectivity()
        yield opened


def test_the_server_is_the_free_edition_of_the_long_term_release(driver: Driver) -> None:
    asked = "CALL dbms.components() YIELD name, versions, edition RETURN versions[0], edition"
    ((version, edition),) = driver.execute_query(asked).records
    assert version.startswith("5.26.")
    assert edition == "community"


def test_the_server_refuses_a_wrong_password(address: str) -> None:
    with (
        GraphDatabase.driver(address, auth=("neo4j", "not the password")) as stranger,
        pytest.raises(AuthError),
    ):
        stranger.verify_connectivity()

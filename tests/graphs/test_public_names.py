"""The public names of the room are functions, in whatever order they are asked for."""

import importlib
import importlib.util

import pytest

import graphs


@pytest.mark.parametrize("name", graphs.__all__)
def test_a_public_name_is_a_function_and_stays_one(name: str) -> None:
    """A module of the same name would take its place as soon as anybody imports it."""
    assert importlib.util.find_spec(f"graphs.{name}") is None
    if name != "build_network" or importlib.util.find_spec("graphs.network"):
        assert callable(getattr(graphs, name))
        assert getattr(graphs, name) is getattr(graphs, name)

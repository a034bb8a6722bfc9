"""Tests of the room loaders."""

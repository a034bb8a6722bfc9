"""Tests of the room viz."""

"""Tests of the sub-room sharing."""

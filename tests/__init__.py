"""Tests, one folder per room, in the words of the domain."""

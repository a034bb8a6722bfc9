"""Markings and gradings: what a source allows, and how it judged what it says."""

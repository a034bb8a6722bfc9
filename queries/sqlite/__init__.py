"""The store for a laptop: one SQLite file that loses nothing committed."""

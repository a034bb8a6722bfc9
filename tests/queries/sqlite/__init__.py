"""The SQLite store: what it does beyond the contract, and in trouble."""

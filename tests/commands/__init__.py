"""The command, tested as a user calls it."""

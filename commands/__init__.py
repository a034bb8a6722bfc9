"""The commands, one module a group: each parses, calls the rooms and prints."""

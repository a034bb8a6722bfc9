"""The list of commands in plain text, grouped by what a user is doing.

Typer's rich help groups them too, and takes longer to import than all the rest of `--help`.
"""

from typing import Any

from typer.core import TyperGroup


class GroupedByWork(TyperGroup):
    """A group of commands that lists them under the panel each was registered with."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a section a panel, each command with its first sentence."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.commands[name]
            panel = str(getattr(command, "rich_help_panel", "") or "Commands")
            panels.setdefault(panel, []).append((name, command.get_short_help_str(limit=120)))
        for panel, rows in panels.items():
            with formatter.section(panel):
                formatter.write_dl(rows)

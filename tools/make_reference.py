"""Write docs/reference.md from the schema; a test fails when the page and the schema differ.

python tools/make_reference.py
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# The path above comes first, so that the page is made of this tree and no installed one.
from graphs.schema import (  # noqa: E402
    LINK_KINDS,
    NODE_KINDS,
    SCHEMA_VERSION,
    TABLES,
    TIE_SETS,
    Column,
)
from graphs.vocabularies import VOCABULARIES  # noqa: E402

PAGE = ROOT / "docs" / "reference.md"


def reference() -> str:
    """Return the page as text."""
    parts = [*_opening(), *_tables(), *_words(), *_nodes(), *_links(), *_sets(), *_commands()]
    return "\n".join(parts) + "\n"


def _opening() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield f"Made from the schema, version {SCHEMA_VERSION}, by `tools/make_reference.py`."
    yield "A bundle is a folder of CSV files with a `bundle.toml`, a workbook with a sheet a table,"
    yield "or JSON Lines; each also zipped. Lists are split by `;`. **R** = must be filled, **R1**"
    yield "= at least one of the columns named. *d* = may come from the bundle's defaults."


def _tables() -> Iterator[str]:
    yield "\n## Record tables"
    for table in TABLES.values():
        yield f"\n### {table.name}\n\n{table.meaning.capitalize()}.\n"
        yield "| column | type | | meaning | example |\n|---|---|---|---|---|"
        for column in table.columns:
            cells = (column.name, _type(column), _needed(column), column.meaning, column.example)
            yield f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _type(column: Column) -> str:
    what = f"{column.type} {column.of}".strip()
    return f"{what}*" if column.many else what


def _needed(column: Column) -> str:
    needed = "R" if column.required else f"R1: {column.one_of}" if column.one_of else ""
    return f"{needed} d".strip() if column.inherits else needed


def _words() -> Iterator[str]:
    yield "\n## Words\n\n| vocabulary | words | source |\n|---|---|---|"
    for name, words in VOCABULARIES.items():
        yield f"| {name} | {_cell(', '.join(words.words))} | {_cell(words.source)} |"


def _nodes() -> Iterator[str]:
    yield "\n## Nodes\n\n| kind | group | from table | meaning |\n|---|---|---|---|"
    for kind in NODE_KINDS.values():
        yield f"| {kind.name} | {kind.group} | {kind.table or 'derived'} | {kind.meaning} |"


def _links() -> Iterator[str]:
    yield "\n## Links\n\n| picture | sentence | sets | from |\n|---|---|---|---|"
    for kind in LINK_KINDS.values():
        origin = "rows of links" if kind.stated else "other columns"
        picture = kind.picture.replace("|", "\\|")
        yield f"| `{picture}` | {kind.sentence} | {', '.join(kind.sets)} | {origin} |"


def _sets() -> Iterator[str]:
    yield "\n## Named sets of ties\n\n| set | kinds |\n|---|---|"
    for name in sorted(TIE_SETS):
        yield f"| {name} | {', '.join(sorted(TIE_SETS[name]))} |"


def _commands() -> Iterator[str]:
    from commands.app import app

    yield "\n## Commands\n\n`corridor COMMAND --help` teaches each.\n"
    yield "| command | does |\n|---|---|"
    for command in app.registered_commands:
        words = ((command.callback.__doc__ if command.callback else "") or "").strip()
        yield f"| `corridor {command.name}` | {_cell(words.splitlines()[0] if words else '')} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8", newline="")

"""Look: find somebody, read one subject's page, take the network out."""

from pathlib import Path
from typing import Annotated

import typer

from commands import options
from commands.printing import as_json, harmless, say, table
from commands.work import network_of

PANEL = "Look"


def register(app: typer.Typer) -> None:
    """Add this group's commands to the app."""
    for name, function in (("find", find), ("person", person), ("network", network)):
        app.command(name, rich_help_panel=PANEL)(function)


def find(
    text: Annotated[str, typer.Argument(help="A name, number, case or place, in any spelling.")],
    store: options.StoreAt = "corridor.db",
    show_protected: options.ShowProtected = False,
    json: options.Json = False,
) -> None:
    """Search names, identifiers, cases and places in any spelling."""
    from graphs.slices import Slice
    from graphs.subjects import find as search

    rows = search(network_of(store, Slice(), show_protected=show_protected), text)
    if json:
        as_json(rows)
    elif rows:
        table(rows, ("kind", "label", "why", "id"))
    else:
        say(f"nothing answers to {text!r}")


def person(
    subject: Annotated[str, typer.Argument(help="An id, a record id, or a name only one has.")],
    store: options.StoreAt = "corridor.db",
    show_protected: options.ShowProtected = False,
    json: options.Json = False,
) -> None:
    """Print one subject's page: identifiers, roles, status, timeline, ties, the post to ask."""
    from commands.subject_page import subject_lines
    from graphs.slices import Slice
    from graphs.subjects import resolve_one
    from graphs.subjects import subject as facts_of

    whole = network_of(store, Slice(), show_protected=show_protected)
    facts = facts_of(whole, resolve_one(whole, subject, kind="Person"))
    if json:
        as_json(facts)
        return
    for line in subject_lines(facts):
        say(line)


def network(
    out: options.Out,
    store: options.StoreAt = "corridor.db",
    show_protected: options.ShowProtected = False,
    countries: options.Countries = None,
    corridor: options.CorridorOption = None,
    period: options.Period = None,
    case: options.Case = None,
    theme: options.Theme = None,
    ties: options.Ties = "BROKER_TIES",
    least_grading: options.LeastGrading = None,
    json: options.Json = False,
) -> None:
    """Write the projected network as sorted node-link JSON."""
    import hashlib

    from graphs.snapshot import snapshot_text
    from viz.files import write_text

    part = options.sliced(countries, corridor, period, case, theme, ties, least_grading)
    whole = network_of(store, part, show_protected=show_protected)
    text = snapshot_text(whole)
    write_text(Path(out), text)
    said = {
        "out": str(out),
        "entities": whole.number_of_nodes(),
        "links": whole.number_of_edges(),
        "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
    }
    if json:
        as_json(said)
    else:
        say(harmless(f"wrote {said['entities']} entities and {said['links']} links to {out}"))

"""Look: find somebody, read one subject's page, take the network out."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands import options
from commands.printing import as_json, say, table
from commands.work import network_of, write_network

if TYPE_CHECKING:
    from graphs.slices import Slice

PANEL = "Look"


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


@options.sliced
def network(
    *,
    out: options.Out,
    store: options.StoreAt = "corridor.db",
    show_protected: options.ShowProtected = False,
    part: "Slice",
    json: options.Json = False,
) -> None:
    """Write the projected network as sorted node-link JSON."""
    from graphs.snapshot import snapshot_text

    whole = network_of(store, part, show_protected=show_protected)
    said = write_network(out, snapshot_text(whole), whole)
    if json:
        as_json(said)
    else:
        say(f"wrote {said['entities']} entities and {said['links']} links to {out}")


COMMANDS = {
    "find": find,
    "person": person,
    "network": network,
}

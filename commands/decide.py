"""Decide: who brokers, where the network crosses borders, along which corridors."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands import options
from commands.printing import as_json, rows_of, say, table
from commands.work import network_of

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from graphs.slices import Slice

PANEL = "Decide"


@options.sliced
def brokers(
    *,
    store: options.StoreAt = "corridor.db",
    group_by: options.GroupBy = "default",
    top: options.Top = 10,
    include_protected: Annotated[
        bool,
        typer.Option(
            "--include-protected",
            help="Also let paths run through victims and migrants: rarely right, since handlers "
            "who share only migrants would look like brokers.",
        ),
    ] = False,
    part: "Slice",
    json: options.Json = False,
) -> None:
    """Rank persons by how much of the network meets only through them, with reasons."""
    from graphs.brokers import rank_brokers

    network = network_of(store, part)
    columns = ("label", "betweenness", "degree", "countries", "roles", "status", "stability", "why")
    if include_protected and not json:
        say("without protected persons, as everywhere else:")
        apart = rank_brokers(network, group_by=group_by, top=top, ties=part.ties)
        _print(apart, columns, network, json=False)
        say()
        say(
            "with protected persons as nodes; those who share only migrants look like brokers here:"
        )
    ranked = rank_brokers(
        network, group_by=group_by, top=top, ties=part.ties, include_protected=include_protected
    )
    _print(ranked, columns, network, json=json)


@options.sliced
def crossings(
    *,
    store: options.StoreAt = "corridor.db",
    group_by: options.GroupBy = "default",
    part: "Slice",
    json: options.Json = False,
) -> None:
    """List cross-border ties and legs by country pair, with records and who brokers each."""
    from graphs.borders import crossings as find_crossings

    network = network_of(store, part)
    found = find_crossings(network, group_by=group_by, ties=part.ties)
    columns = ("from", "to", "links", "persons", "legs", "modes", "documents", "brokers")
    _print(found, columns, network, json=json)


@options.sliced
def corridors(
    *,
    store: options.StoreAt = "corridor.db",
    part: "Slice",
    json: options.Json = False,
) -> None:
    """List origin-transit-destination sequences with persons, journeys and cases."""
    from graphs.routes import corridors as find_corridors

    network = network_of(store, part)
    columns = ("corridor", "persons", "journeys", "cases", "modes", "outcomes")
    _print(find_corridors(network), columns, network, json=json)


def _print(
    found: "pd.DataFrame", columns: tuple[str, ...], network: "nx.MultiDiGraph", *, json: bool
) -> None:
    if json:
        as_json(rows_of(found))
        return
    table(rows_of(found), columns)
    say()
    say(f"slice: {network.graph.get('slice') or 'everything loaded'}")
    pairs = network.graph.get("shared_pairs", 0)
    say(f"not yet matched: {pairs} pairs of records share a phone or passport")
    say("central in these records, by these agencies: it makes nobody a facilitator")


COMMANDS = {
    "brokers": brokers,
    "crossings": crossings,
    "corridors": corridors,
}

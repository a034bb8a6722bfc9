"""Share: the briefing folder, one page, one map."""

from pathlib import Path
from typing import Annotated

import typer

from commands import options
from commands.printing import as_json, say

PANEL = "Share"


def register(app: typer.Typer) -> None:
    """Add this group's commands to the app."""
    for name, function in (("brief", brief), ("page", page), ("map", map_)):
        app.command(name, rich_help_panel=PANEL)(function)


def brief(
    out: options.Out,
    bundles: Annotated[
        list[Path] | None,
        typer.Argument(help="Case bundles; with none, the store as it is.", show_default=False),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option("--store", help="With bundles: load them there. Default: a store of its own."),
    ] = None,
    mapping: options.Mapping = None,
    accept_partial: options.AcceptPartial = False,
    group_by: options.GroupBy = "default",
    countries: options.Countries = None,
    corridor: options.CorridorOption = None,
    period: options.Period = None,
    case: options.Case = None,
    theme: options.Theme = None,
    ties: options.Ties = "BROKER_TIES",
    least_grading: options.LeastGrading = None,
    json: options.Json = False,
) -> None:
    """Do the whole job: bundles in, a folder out that can be carried to a meeting."""
    from commands.briefing import make_brief

    part = options.sliced(countries, corridor, period, case, theme, ties, least_grading)
    made = make_brief(
        bundles or [],
        out,
        store=store,
        part=part,
        group_by=group_by,
        mapping=mapping,
        accept_partial=accept_partial,
    )
    if json:
        as_json({"out": str(out), "files": list(made.files), "batches": list(made.batches)})
        return
    for line in made.answer:
        say(line)
    say()
    say(f"wrote {len(made.files)} files to {out}:")
    for name, what in made.files.items():
        say(f"  {name:<16} {what}")
    say(f"open {(Path(out) / 'brief.html').resolve()} in any browser; no network is needed")


def page(
    out: options.Out,
    store: options.StoreAt = "corridor.db",
    group_by: options.GroupBy = "default",
    countries: options.Countries = None,
    corridor: options.CorridorOption = None,
    period: options.Period = None,
    case: options.Case = None,
    theme: options.Theme = None,
    ties: options.Ties = "BROKER_TIES",
    least_grading: options.LeastGrading = None,
    json: options.Json = False,
) -> None:
    """Write the network as one interactive HTML file that needs no network."""
    from commands.briefing import Study

    part = options.sliced(countries, corridor, period, case, theme, ties, least_grading)
    _write(Study.of_store(store, part, group_by), out, "network.html", json=json)


def map_(
    out: options.Out,
    store: options.StoreAt = "corridor.db",
    group_by: options.GroupBy = "default",
    countries: options.Countries = None,
    corridor: options.CorridorOption = None,
    period: options.Period = None,
    case: options.Case = None,
    theme: options.Theme = None,
    ties: options.Ties = "BROKER_TIES",
    least_grading: options.LeastGrading = None,
    json: options.Json = False,
) -> None:
    """Write the corridors between countries as one HTML map that needs no network."""
    from commands.briefing import Study

    part = options.sliced(countries, corridor, period, case, theme, ties, least_grading)
    _write(Study.of_store(store, part, group_by), out, "map.html", json=json)


def _write(study: object, out: Path, name: str, *, json: bool) -> None:
    import hashlib

    from commands.briefing import Study, page_of
    from viz.files import write_text

    if not isinstance(study, Study):
        raise TypeError("a page is made of a study")
    text = page_of(study, name)
    write_text(out, text)
    said = {
        "out": str(out),
        "entities": study.network.number_of_nodes(),
        "links": study.network.number_of_edges(),
        "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
    }
    as_json(said) if json else say(f"wrote {out}; open it in any browser")

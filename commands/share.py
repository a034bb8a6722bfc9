"""Share: the briefing folder, one page, one map."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import options
from commands.printing import as_json, say
from commands.work import write_network

if TYPE_CHECKING:
    from graphs.slices import Slice

PANEL = "Share"


@options.sliced
def brief(
    *,
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
    part: "Slice",
    json: options.Json = False,
) -> None:
    """Do the whole job: bundles in, a folder out that can be carried to a meeting."""
    from commands.briefing import make_brief

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


@options.sliced
def page(
    *,
    out: options.Out,
    store: options.StoreAt = "corridor.db",
    group_by: options.GroupBy = "default",
    part: "Slice",
    json: options.Json = False,
) -> None:
    """Write the network as one interactive HTML file that needs no network."""
    _write(store, part, group_by, out, "network.html", json=json)


@options.sliced
def map_(
    *,
    out: options.Out,
    store: options.StoreAt = "corridor.db",
    group_by: options.GroupBy = "default",
    part: "Slice",
    json: options.Json = False,
) -> None:
    """Write the corridors between countries as one HTML map that needs no network."""
    _write(store, part, group_by, out, "map.html", json=json)


def _write(store: str, part: "Slice", group_by: str, out: Path, name: str, *, json: bool) -> None:
    from commands.briefing import Study, page_of

    study = Study.of_store(store, part, group_by)
    said = write_network(out, page_of(study, name), study.network)
    as_json(said) if json else say(f"wrote {out}; open it in any browser")


COMMANDS = {
    "brief": brief,
    "page": page,
    "map": map_,
}

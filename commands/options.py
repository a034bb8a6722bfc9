"""The options that many commands share, worded once."""

import inspect
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, cast

import typer

STORE_VARIABLE = "CORRIDOR_STORE"

Bundles = Annotated[
    list[Path],
    typer.Argument(
        help="Case bundles: a CSV folder, a workbook, JSON Lines, one of these zipped, or a folder "
        "with an agency's own sheets and a mapping.toml.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys instead.")]
StoreAt = Annotated[
    str,
    typer.Option(
        "--store", envvar=STORE_VARIABLE, help="The store: a file, or bolt://… of a Neo4j."
    ),
]
Mapping = Annotated[
    Path | None, typer.Option("--mapping", help="A mapping file for an agency's own sheet.")
]
AcceptPartial = Annotated[
    bool,
    typer.Option("--accept-partial", help="Load the sound rows; keep the others beside them."),
]
Countries = Annotated[
    str | None, typer.Option("--countries", help="Slice: these countries, such as LK,TH,AU.")
]
CorridorOption = Annotated[
    str | None, typer.Option("--corridor", help="Slice: journeys along it, such as 'VN>TH>AU'.")
]
Period = Annotated[
    str | None, typer.Option("--period", help="Slice: FROM/TO, such as 2026-01/2026-06.")
]
Case = Annotated[str | None, typer.Option("--case", help="Slice: one case, by id or number.")]
Theme = Annotated[
    str | None, typer.Option("--theme", help="Slice: an offence, such as sham_marriage.")
]
Ties = Annotated[
    str, typer.Option("--ties", help="The named set of ties, such as BROKER_TIES or MONEY_TIES.")
]
LeastGrading = Annotated[
    str | None,
    typer.Option("--least-grading", help="Slice: at least this, such as europol4x4:B2."),
]
GroupBy = Annotated[
    str,
    typer.Option(
        "--group-by",
        help="Which country counts for a person: default (operating, else residence, else "
        "nationality), operating, residence, nationality, originator.",
    ),
]
Top = Annotated[int, typer.Option("--top", help="How many ranks to print.")]
ShowProtected = Annotated[
    bool,
    typer.Option(
        "--show-protected",
        help="For the originator's own use: real names of victims and migrants. Warns.",
    ),
]
Out = Annotated[Path, typer.Option("--out", help="Where to write.")]


def default_store() -> str:
    """Return the store of a command that was told none: the environment's, else one here."""
    return os.environ.get(STORE_VARIABLE) or "corridor.db"


_OF_A_SLICE = {
    "countries": (Countries, None),
    "corridor": (CorridorOption, None),
    "period": (Period, None),
    "case": (Case, None),
    "theme": (Theme, None),
    "ties": (Ties, "BROKER_TIES"),
    "least_grading": (LeastGrading, None),
}


def sliced(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a slice in place of its parameter `part`, a `Slice`.

    One slice is the same everywhere because it is declared here alone. InputError teaches what
    an option expects.
    """

    @wraps(command)
    def with_options(**said: object) -> None:
        from graphs.slices import parse_slice

        chosen = {name: cast(str | None, said.pop(name)) for name in _OF_A_SLICE}
        command(**said, part=parse_slice(**chosen))

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters: list[inspect.Parameter] = []
    for name, own in inspect.signature(command).parameters.items():
        if name == "part":
            parameters += [
                inspect.Parameter(option, keyword, default=default, annotation=kind)
                for option, (kind, default) in _OF_A_SLICE.items()
            ]
        else:
            parameters.append(own.replace(kind=keyword))
    with_options.__annotations__ = {each.name: each.annotation for each in parameters}
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return with_options

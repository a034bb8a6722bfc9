"""The options that many commands share, worded once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graphs.slices import Slice

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
        "--store", envvar="CORRIDOR_STORE", help="The store: a file, or bolt://… of a Neo4j."
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


def sliced(
    countries: str | None,
    corridor: str | None,
    period: str | None,
    case: str | None,
    theme: str | None,
    ties: str,
    least_grading: str | None,
) -> "Slice":
    """Return the slice that the options name; InputError teaches what each expects."""
    from graphs.slices import parse_slice

    return parse_slice(
        countries=countries,
        corridor=corridor,
        period=period,
        case=case,
        theme=theme,
        ties=ties,
        least_grading=least_grading,
    )

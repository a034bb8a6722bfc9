"""Load: templates, mappings, checks, batches."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import options
from commands.printing import as_json, note, say, table
from graphs.errors import InputError

if TYPE_CHECKING:
    from graphs.records import FileCount
    from queries.store import FileReceipt, Receipt

PANEL = "Load"


def template(
    out: Annotated[Path, typer.Argument(help="The workbook to write, .xlsx.")],
    json: options.Json = False,
) -> None:
    """Write a blank workbook with drop-downs and a dictionary, made from the schema."""
    from loaders.template import template_workbook
    from viz.files import write_bytes

    write_bytes(out, template_workbook())
    as_json({"out": str(out)}) if json else say(f"wrote {out}: fill it in, then `corridor check`")


def mapping(
    file: Annotated[Path, typer.Argument(help="An agency's own spreadsheet.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write here, not to stdout.")] = None,
    json: options.Json = False,
) -> None:
    """Draft a mapping file for a strange spreadsheet, marking what a human must decide."""
    from loaders.draft import draft_mapping

    text = draft_mapping(file)
    if out is not None:
        out.write_text(text, encoding="utf-8", newline="")
    if json:
        as_json({"out": str(out) if out else None, "mapping": text})
    else:
        say(text if out is None else f"wrote {out}: settle each line marked DECIDE")


def check(
    bundles: options.Bundles,
    mapping: options.Mapping = None,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", help="Write the sheet back with its faults marked, .xlsx."),
    ] = None,
    json: options.Json = False,
) -> None:
    """Validate bundles and store nothing: every fault at once, as a letter to the sender."""
    from loaders import BundleError, read_bundle

    if annotate is not None and len(bundles) > 1:
        raise InputError(f"--annotate takes one bundle at a time, found {len(bundles)}")
    faults: list[Any] = []
    totals: list[FileReceipt] = []
    for path in bundles:
        try:
            totals += map(_unstored, read_bundle(path, mapping=mapping).files)
        except BundleError as error:
            faults += error.faults
            if not json:
                note(str(error))
            if annotate is not None:
                from loaders.annotate import annotated_workbook
                from viz.files import write_bytes

                write_bytes(annotate, annotated_workbook(path, error.faults, mapping=mapping))
                note(f"wrote {annotate}: send it back to the agency")
    if json:
        as_json(
            {
                "ok": not faults,
                "faults": [dict(fault._asdict()) for fault in faults],
                "totals": [_counted(count) for count in totals],
            }
        )
    else:
        for count in totals:
            say(count.line)
    if faults:
        raise typer.Exit(2)


def load(
    bundles: options.Bundles,
    store: options.StoreAt = "corridor.db",
    mapping: options.Mapping = None,
    accept_partial: options.AcceptPartial = False,
    json: options.Json = False,
) -> None:
    """Load bundles, one batch each: all or nothing, and the same bundle twice changes nothing."""
    from commands.work import read_all
    from queries import open_store

    read = read_all(bundles, mapping=mapping, accept_partial=accept_partial)
    with open_store(store) as opened:
        receipts = [opened.add(bundle) for bundle in read]
    if json:
        as_json({"batches": [_receipt(receipt) for receipt in receipts]})
        return
    for receipt in receipts:
        say(f"{receipt.batch}: {receipt.new} new records")
        for file in receipt.files:
            say("  " + file.line)


def batches(store: options.StoreAt = "corridor.db", json: options.Json = False) -> None:
    """List what is loaded, by batch."""
    from queries import open_store

    with open_store(store, create=False) as opened:
        rows = [
            {
                "batch": each.batch,
                "originator": each.originator,
                "as_of": each.as_of,
                "records": each.records,
                "state": each.state,
            }
            for each in opened.batches()
        ]
    as_json(rows) if json else table(rows, ("batch", "originator", "as_of", "records", "state"))


def unload(
    batch: Annotated[str, typer.Argument(help="The batch, as `corridor batches` lists it.")],
    store: options.StoreAt = "corridor.db",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    erase: Annotated[
        bool, typer.Option("--erase", help="Delete the content too; only the audit line stays.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Withdraw one batch: the network is exactly what it was before the batch was loaded."""
    from queries import open_store

    with open_store(store, create=False) as opened:
        if not yes and not typer.confirm(f"withdraw {batch}?", err=True):
            raise InputError(f"{batch} stays; nothing was changed")
        opened.unload(batch, erase=erase)
    said = {"batch": batch, "state": "erased" if erase else "withdrawn"}
    as_json(said) if json else say(f"{batch}: {said['state']}")


def example(
    directory: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    people: Annotated[int, typer.Option("--people", help="About how many people.")] = 150,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same files.")] = 7,
    json: options.Json = False,
) -> None:
    """Write an invented operation of any size, one bundle per entry of the folder."""
    from loaders.example import write_example

    made, rows = write_example(directory, people=people, seed=seed)
    if json:
        as_json({"out": str(directory), "people": made, "rows": rows})
    else:
        say(f"wrote {made} invented people in {rows} rows to {directory} (seed {seed})")


def _receipt(receipt: "Receipt") -> dict[str, Any]:
    return {
        "batch": receipt.batch,
        "originator": receipt.originator,
        "files": [_counted(file) for file in receipt.files],
    }


def _counted(file: "FileReceipt") -> dict[str, Any]:
    names = ("file", "read", "accepted", "duplicates", "revised", "rejected")
    return {name: getattr(file, name) for name in names}


def _unstored(count: "FileCount") -> "FileReceipt":
    """Return the account of a file that no store has seen: without one, nothing is a revision."""
    from queries.store import FileReceipt

    return FileReceipt(
        count.file, count.read, count.accepted, count.duplicates, rejected=count.rejected
    )


COMMANDS = {
    "template": template,
    "mapping": mapping,
    "check": check,
    "load": load,
    "batches": batches,
    "unload": unload,
    "example": example,
}

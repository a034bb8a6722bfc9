"""What several commands do first: read bundles, open a store, take the network of a slice."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commands.printing import note

if TYPE_CHECKING:
    import networkx as nx

    from graphs.records import Bundle
    from graphs.slices import Slice
    from loaders.faults import Fault

PROTECTED = (
    "warning: this output names victims, migrants or minors in clear. It is for the originator's "
    "own use; do not hand it on."
)


def read_all(
    paths: Sequence[Path], *, mapping: Path | None = None, accept_partial: bool = False
) -> "list[Bundle]":
    """Read every bundle before anything is stored; the faults of all of them come at once.

    Returned in the order of their as-of day and batch id, so that the order in which files were
    named changes nothing.
    """
    from loaders import BundleError, read_bundle

    read: list[Bundle] = []
    faults: list[Fault] = []
    for path in paths:
        note(f"reading {path.name}")
        try:
            read.append(read_bundle(path, mapping=mapping, accept_partial=accept_partial))
        except BundleError as error:
            faults += _named(error.faults, path if len(paths) > 1 else None)
    if faults:
        raise BundleError(faults)
    for bundle in read:
        for warning in bundle.warnings:
            note(f"{bundle.manifest.originator}: {warning}")
    return _in_order(read)


def _in_order(read: "list[Bundle]") -> "list[Bundle]":
    """Sort by day and agency; only two of one agency and day need their hash to tell them apart."""
    from graphs.records import batch_id

    def day(bundle: "Bundle") -> tuple[str, str]:
        return bundle.manifest.as_of, bundle.manifest.originator

    alike = Counter(day(bundle) for bundle in read)
    return sorted(
        read, key=lambda each: (*day(each), batch_id(each) if alike[day(each)] > 1 else "")
    )


def _named(faults: "Sequence[Fault]", path: Path | None) -> "list[Fault]":
    """Say in which of several bundles each faulty file lies: two may hold a persons.csv."""
    if path is None or path.is_file():
        return list(faults)
    return [fault._replace(file=f"{path.name}/{fault.file}") for fault in faults]


def network_of(store: str, part: "Slice", *, show_protected: bool = False) -> "nx.MultiDiGraph":
    """Return the network of a store, cut to a slice; shielded persons are pseudonymous."""
    from graphs.slices import cut
    from queries import open_store

    if show_protected:
        note(PROTECTED)
    with open_store(store, create=False) as opened:
        network = opened.network(show_protected=show_protected)
    return cut(network, part)


def write_network(out: Path, text: str, network: "nx.MultiDiGraph") -> dict[str, object]:
    """Write a file made of a network and return what to say of it."""
    from viz.files import write_text

    write_text(out, text)
    return {
        "out": str(out),
        "entities": network.number_of_nodes(),
        "links": network.number_of_edges(),
        "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
    }

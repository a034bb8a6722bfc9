"""The brief: bundles or a store in, a folder out that holds the whole answer."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands import options
from commands.printing import note, plain, rows_of
from commands.work import read_all
from graphs.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

    from graphs.records import Bundle, Record
    from graphs.slices import Slice
    from queries.store import Store
    from viz.facts import Facts

FORMAT = "corridor-brief/1"
SEED = 7
TOP = 10
FILES = {
    "brief.html": "the answer, to read first",
    "network.html": "Network: who is tied to whom",
    "map.html": "Map: corridors between countries",
    "brokers.csv": "every broker with reasons and records",
    "crossings.csv": "ties and legs across borders",
    "corridors.csv": "origin, transit, destination",
    "records.csv": "the rows as loaded, by record id",
    "graph.json": "the network with coordinates, for the next brief",
    "manifest.json": "hashes, counts, parameters, markings",
}
CAUTIONS = (
    "Central in these records, by these agencies: not in the world.",
    "Betweenness may be only degree: a busy file makes a busy person (Lugo 2016).",
    "Smuggling rings are segmented markets, not pyramids; removing one person can fail or "
    "strengthen a network (Campana 2018; Duijn, Kashirin, Sloot 2014).",
    "Police data are missing not at random, so stability is optimistic (Januar et al. 2025).",
    "Victims, migrants and minors are pseudonymous, unranked, and no path runs through them.",
)


@dataclass(frozen=True, slots=True)
class Study:
    """Everything computed once for all outputs of one slice."""

    network: "nx.MultiDiGraph"
    records: "tuple[Record, ...]"
    brokers: list[dict[str, Any]]
    crossings: list[dict[str, Any]]
    corridors: list[dict[str, Any]]
    places: Mapping[Any, tuple[float, float]]
    facts: "Facts"
    parameters: Mapping[str, Any]
    frames: Mapping[str, Any]
    snapshot: str

    @staticmethod
    def of_store(store: str, part: "Slice", group_by: str) -> "Study":
        """Return the study of a store as it is."""
        from queries import open_store

        with open_store(store, create=False) as opened:
            return study(opened, part, group_by)


@dataclass(frozen=True, slots=True)
class Made:
    """What a brief wrote: files with what each is, batches, the answer as lines."""

    files: Mapping[str, str]
    batches: tuple[str, ...]
    answer: tuple[str, ...]


def make_brief(
    bundles: Sequence[Path],
    out: Path,
    *,
    store: str | None,
    part: "Slice",
    group_by: str,
    mapping: Path | None = None,
    accept_partial: bool = False,
) -> Made:
    """Write the brief into a folder: beside it first, then renamed into place.

    With bundles and no store, a store of its own is made and thrown away; an existing folder is
    replaced only if it is a brief.
    """
    from queries import open_store

    _refuse_strange(out)
    read = read_all(bundles, mapping=mapping, accept_partial=accept_partial)
    with tempfile.TemporaryDirectory(prefix="corridor-") as scratch:
        own = str(Path(scratch) / "brief.db")
        target = store or (own if bundles else options.default_store())
        with open_store(target, create=bool(bundles)) as opened:
            receipts = [opened.add(bundle) for bundle in read]
            conservation = _conservation(opened, receipts)
            whole = study(opened, part, group_by)
    texts, answered = _texts(whole, read, conservation)
    _write_folder(out, texts)
    return Made(FILES, tuple(whole.facts.batches), answered)


def study(store: "Store", part: "Slice", group_by: str) -> Study:
    """Compute the network of a slice and every table on it, once."""
    from graphs.borders import crossings
    from graphs.brokers import rank_brokers
    from graphs.routes import corridors
    from graphs.slices import cut
    from graphs.snapshot import snapshot_text
    from viz.layout import layout

    records = tuple(store.records())
    note("building the network")
    network = cut(store.network(), part)
    note("ranking")
    ranked = rank_brokers(network, group_by=group_by, ties=part.ties)
    crossed = crossings(network, group_by=group_by, ties=part.ties)
    along = corridors(network)
    note("laying out")
    places = layout(network, seed=SEED)
    snapshot = snapshot_text(network, places)
    facts = _facts(network, part, group_by, snapshot, store)
    return Study(
        network,
        records,
        rows_of(ranked),
        _with_labels(rows_of(crossed), network),
        rows_of(along),
        places,
        facts,
        _parameters(part, group_by),
        {"brokers": ranked, "crossings": crossed, "corridors": along},
        snapshot,
    )


def page_of(whole: Study, name: str) -> str:
    """Return one page of a study as text: network.html or map.html."""
    from viz.map import map_page
    from viz.network import network_page

    if name == "network.html":
        return network_page(
            whole.network,
            {"brokers": whole.frames["brokers"]},
            title="Network",
            marking=whole.facts.marking,
            facts=whole.facts,
            positions=whole.places,
        )
    return map_page(
        whole.frames["corridors"],
        whole.frames["crossings"],
        whole.network,
        flows=_flows(whole.records),
        title="Corridors between countries",
        facts=whole.facts,
    )


def _texts(
    whole: Study, read: "Sequence[Bundle]", conservation: Sequence[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    from graphs.answer import answer
    from graphs.gaps import gaps
    from viz.brief import brief_page
    from viz.files import csv_text, json_text

    sentences = answer(whole.brokers, whole.crossings, whole.corridors)
    note("writing pages")
    texts = {
        "brief.html": brief_page(
            title="Who brokers, and where it crosses borders",
            facts=whole.facts,
            sentences=sentences,
            brokers=[row for row in whole.brokers if row["betweenness"]][:TOP],
            crossings=whole.crossings,
            corridors=whole.corridors,
            gaps=[plain(each) for each in gaps(whole.network)],
            conservation=conservation,
            files=FILES,
            cautions=CAUTIONS,
        ),
        "network.html": page_of(whole, "network.html"),
        "map.html": page_of(whole, "map.html"),
        **{
            f"{name}.csv": csv_text(rows, [str(column) for column in whole.frames[name].columns])
            for name, rows in (
                ("brokers", whole.brokers),
                ("crossings", whole.crossings),
                ("corridors", whole.corridors),
            )
        },
        "records.csv": _records_csv(whole),
        "graph.json": whole.snapshot,
    }
    texts["manifest.json"] = json_text(_manifest(whole, read, conservation, texts))
    return texts, tuple(each.text for each in sentences)


def _manifest(
    whole: Study,
    read: "Sequence[Bundle]",
    conservation: Sequence[str],
    texts: Mapping[str, str],
) -> dict[str, Any]:
    from importlib.metadata import version

    from graphs.records import batch_name, input_hash

    hashes = [input_hash(bundle.manifest, bundle.records) for bundle in read]
    return {
        "format": FORMAT,
        "marking": whole.facts.marking,
        "as_of": whole.facts.as_of,
        "bundles": [
            {
                "batch": batch_name(bundle.manifest, hashed),
                "originator": bundle.manifest.originator,
                "as_of": bundle.manifest.as_of,
                "title": bundle.manifest.title,
                "records": len(bundle.records),
                "sha256": hashed,
            }
            for bundle, hashed in zip(read, hashes, strict=True)
        ],
        "batches": list(whole.facts.batches),
        "conservation": list(conservation),
        "counts": {
            "records": len(whole.records),
            "entities": whole.network.number_of_nodes(),
            "links": whole.network.number_of_edges(),
            "persons_analysed": whole.facts.n_persons,
            "tied_pairs": whole.facts.n_pairs,
        },
        "parameters": plain(whole.parameters),
        "versions": {name: version(name) for name in ("corridor", "networkx", "rustworkx")},
        "files": {
            name: hashlib.sha256(text.encode("utf-8")).hexdigest() for name, text in texts.items()
        },
    }


def _facts(
    network: "nx.MultiDiGraph", part: "Slice", group_by: str, snapshot: str, store: "Store"
) -> "Facts":
    from graphs.simple import simple_view
    from graphs.ties import tie_network
    from viz.facts import Facts

    view = simple_view(tie_network(network, ties=part.ties))
    about = network.graph
    return Facts(
        marking=about.get("marking", ""),
        as_of=about.get("as_of", "") or "",
        slice=about.get("slice", ""),
        group_rule=group_by,
        ties=part.ties,
        n_persons=len(view.nodes),
        n_pairs=len(view.pairs),
        shared_pairs=about.get("shared_pairs"),
        originators=tuple(about.get("originators", ())),
        batches=tuple(sorted(each.batch for each in store.batches() if each.state == "loaded")),
        snapshot_hash=hashlib.sha256(snapshot.encode("utf-8")).hexdigest(),
    )


def _parameters(part: "Slice", group_by: str) -> dict[str, Any]:
    from graphs.stability import PLAN

    return {
        "slice": part.words(),
        "ties": part.ties,
        "group_by": group_by,
        "stability": PLAN.words(),
        "layout_seed": SEED,
        "stability_seed": PLAN.seed,
        "top": TOP,
    }


def _with_labels(rows: list[dict[str, Any]], network: "nx.MultiDiGraph") -> list[dict[str, Any]]:
    for row in rows:
        row["broker_labels"] = [
            network.nodes[each].get("label", each) if each in network else each
            for each in row.get("brokers") or []
        ]
    return rows


def _records_csv(whole: Study) -> str:
    from graphs.network import protection
    from graphs.rows import COMMON, shown_rows
    from viz.files import csv_text

    # By all records, not by the network: a slice does not hold everybody who is to be shielded.
    guard = protection(whole.records)
    rows = shown_rows(
        whole.records, protected=guard.persons, hidden=guard.identifiers, redact=guard.redact
    )
    return csv_text(rows, COMMON)


def _flows(records: "Sequence[Record]") -> Any:
    import pandas as pd

    rows = [
        (each["from_country"], each["to_country"], int(each["persons"]))
        for each in records
        if each.table == "flows"
    ]
    if not rows:
        return None
    table = pd.DataFrame(rows, columns=["from", "to", "persons"])
    return table.groupby(["from", "to"], as_index=False, sort=True)["persons"].sum()


def _conservation(store: "Store", receipts: Sequence[Any]) -> list[str]:
    told = receipts or store.batches()
    return sorted(f"{each.originator} {file.line}" for each in told for file in each.files)


def _refuse_strange(out: Path) -> None:
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    manifest = out / "manifest.json"
    try:
        known = json.loads(manifest.read_text(encoding="utf-8")).get("format") == FORMAT
    except (OSError, ValueError, AttributeError):
        known = False
    if not known:
        raise InputError(
            f"{out} exists and is not a brief (it has no manifest.json of one); nothing was "
            "written. Give a new folder."
        )


def _write_folder(out: Path, texts: Mapping[str, str]) -> None:
    from viz.files import write_text

    parent = out.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=parent))
    beside.chmod(0o755)
    try:
        for name, text in texts.items():
            write_text(beside / name, text)
        _swap(beside, out.resolve())
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _swap(beside: Path, out: Path) -> None:
    if not out.exists():
        beside.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
    out.rename(old / out.name)
    try:
        beside.rename(out)
    except OSError:
        (old / out.name).rename(out)
        raise
    shutil.rmtree(old)

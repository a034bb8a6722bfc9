"""Identifiers: rows of one normal form are one node; its value is shown if nobody is exposed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphs.identifiers import NormalForm, normal_form
from graphs.projection.rows import Rows
from graphs.records import Record

HOLDING = frozenset({"HOLDS", "USED", "OWNS"})


@dataclass(frozen=True, slots=True)
class Paper:
    """One identifier: the rows that state it, its normal form, who holds it and how."""

    node: str
    rows: tuple[Record, ...]
    form: NormalForm
    holders: Mapping[str, frozenset[str]]
    """The roles in which each person or organisation holds or uses it."""


def papers(rows: Rows) -> list[Paper]:
    """Return the identifiers, each once, sorted by node id: the smallest id of its rows.

    Rows are one identifier where their normal forms are equal; a value that identifies nothing
    ("unknown") makes a node of its own.
    """
    same: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for row in rows.of("identifiers"):
        form = form_of(row)
        same[form if form.value else (*form, row.id)].append(row)
    held = _holders(rows)
    return [_paper(found, held) for found in same.values()]


def form_of(row: Record) -> NormalForm:
    """Return the normal form of a row of the table identifiers."""
    return normal_form(
        row["kind"], row["value"], issuer=row["issuer_country"], platform=row["platform"]
    )


def hidden_papers(
    rows: Rows, found: Iterable[Paper], shielded: Mapping[str, object]
) -> frozenset[str]:
    """Return the nodes of identifiers whose value may identify a shielded person.

    Hidden is what a shielded person has as their own, whoever else holds it: a passport kept by a
    handler is still its owner's. Hidden, too, is what nobody but shielded persons holds, and a
    paper without a holder on which a leg was made by somebody shielded.
    """
    carried = _carried_by(rows)
    return frozenset(
        paper.node
        for paper in found
        if _is_hidden(
            paper, shielded, {who for row in paper.rows for who in carried.get(row.id, ())}
        )
    )


def _is_hidden(paper: Paper, shielded: Mapping[str, object], carriers: Iterable[str]) -> bool:
    protected = [roles for who, roles in paper.holders.items() if who in shielded]
    if any("own" in roles for roles in protected):
        return True
    open_holders = len(paper.holders) - len(protected)
    return not open_holders and (bool(protected) or any(who in shielded for who in carriers))


def _paper(found: list[Record], held: Mapping[str, list[tuple[str, str]]]) -> Paper:
    holders: dict[str, set[str]] = defaultdict(set)
    for row in found:
        for who, role in held.get(row.id, ()):
            holders[who].add(role)
    return Paper(
        node=min(row.id for row in found),
        rows=tuple(found),
        form=form_of(found[0]),
        holders={who: frozenset(holders[who]) for who in sorted(holders)},
    )


def _holders(rows: Rows) -> dict[str, list[tuple[str, str]]]:
    """Return by identifier row who holds or uses it, each with the role the row gives."""
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows.of("identifiers"):
        who = rows.ref(row, "holder_ref")
        if who:
            held[row.id].append((who, row["holder_role"]))
    for link in rows.of("links"):
        if link["kind"] in HOLDING:
            who, what = rows.ref(link, "from_ref"), rows.ref(link, "to_ref")
            if who and what and rows.by_id[what].table == "identifiers":
                held[what].append((who, link["role"]))
    return held


def _carried_by(rows: Rows) -> dict[str, list[str]]:
    """Return by identifier row the travellers of the journeys made on it."""
    carried: dict[str, list[str]] = defaultdict(list)
    for leg in rows.of("legs"):
        paper, journey = rows.ref(leg, "document_ref"), rows.ref(leg, "journey_ref")
        if paper and journey:
            carried[paper] += rows.refs(rows.by_id[journey], "person_refs")
    return carried

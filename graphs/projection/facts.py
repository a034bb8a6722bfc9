"""What every node and link carries of the rows behind it: ids, originators, markings, cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from graphs.projection.rows import Rows
from graphs.records import Record

Attributes = dict[str, Any]
Texts = tuple[str, ...]

_OF_NODES: Final = ("record_ids", "originators", "handling", "grading", "cases")


@dataclass(frozen=True, slots=True)
class Behind:
    """Reads the facts of rows, each row once; equal tuples are kept once, for there are many."""

    rows: Rows
    _of_row: dict[str, Attributes] = field(default_factory=dict[str, Attributes])
    _kept: dict[Texts, Texts] = field(default_factory=dict[Texts, Texts])
    _lists: dict[str, Texts] = field(default_factory=dict[str, Texts])

    def node(self, *records: Record) -> Attributes:
        """Return what a node carries of the rows that state it."""
        said = self.link(*records)
        return {name: said[name] for name in _OF_NODES}

    def link(self, *records: Record) -> Attributes:
        """Return what a link carries of the rows that state it.

        Of several rows, `releasable_to` is what all of them allow: a link may go where every
        record behind it may go.
        """
        each = [self._said(record) for record in records]
        if len(each) == 1:
            return each[0].copy()
        joined = {name: self._each(x for said in each for x in said[name]) for name in _LISTED}
        allowed = set.intersection(*(set(said["releasable_to"]) for said in each))
        return {**each[0], **joined, "releasable_to": self._each(allowed)}

    def cases(self, record: Record) -> Texts:
        """Return the loaded cases a row is recorded in: its own, else those of its journeys."""
        return self._said(record)["cases"]

    def _said(self, record: Record) -> Attributes:
        key = record.id
        if key not in self._of_row:
            self._of_row[key] = self._read(record, key)
        return self._of_row[key]

    def _read(self, record: Record, key: str) -> Attributes:
        journeys = self._journeys(record, key)
        return {
            "record_ids": (key,),
            "originators": self._one(record.originator),
            "handling": self._one(record["handling"]),
            "grading": self._one(record["grading"]),
            "cases": self._cases(record, key, journeys),
            "releasable_to": self._list(record["releasable_to"]),
            "batch": self._each(record.batches) if record.batches else (),
            "journeys": journeys,
            "date_from": None,
            "date_to": None,
            "derived": False,
        }

    def _cases(self, record: Record, key: str, journeys: Texts) -> Texts:
        if record.table == "cases":
            return (key,)
        if record.table == "legs":
            journey = self.rows.ref(record, "journey_ref")
            return self.cases(self.rows.by_id[journey]) if journey else ()
        if record.has("case_ref") and (named := self.rows.refs(record, "case_ref")):
            return self._each(named)
        others = (journey for journey in journeys if journey != key)
        return self._each(x for other in others for x in self.cases(self.rows.by_id[other]))

    def _journeys(self, record: Record, key: str) -> Texts:
        """Return the loaded journeys that a row names, or is."""
        if record.table == "journeys":
            return (key,)
        named = self.rows.refs(record, "journey_ref") if record.has("journey_ref") else ()
        return self._each(named)

    def _list(self, cell: str) -> Texts:
        if cell not in self._lists:
            self._lists[cell] = self._each(cell.split(";"))
        return self._lists[cell]

    def _one(self, value: str) -> Texts:
        found = (value,) if value else ()
        return self._kept.setdefault(found, found)

    def _each(self, values: Iterable[str]) -> Texts:
        found = tuple(sorted({value for value in values if value}))
        return self._kept.setdefault(found, found)


_LISTED: Final = (*_OF_NODES, "batch", "journeys")

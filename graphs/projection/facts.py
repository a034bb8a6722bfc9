"""What every node and link carries of the rows behind it: ids, originators, markings, cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graphs.projection.rows import Rows
from graphs.records import Record

Attributes = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Behind:
    """Reads the facts of rows. Equal tuples are kept once: a network has millions of them."""

    rows: Rows
    _cases: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    _kept: dict[tuple[str, ...], tuple[str, ...]] = field(
        default_factory=dict[tuple[str, ...], tuple[str, ...]]
    )

    def node(self, *records: Record) -> Attributes:
        """Return what a node carries of the rows that state it."""
        return {
            "record_ids": tuple(sorted(record.id for record in records)),
            "originators": self._each(record.originator for record in records),
            "handling": self._each(record["handling"] for record in records),
            "grading": self._each(record["grading"] for record in records),
            "cases": self._each(case for record in records for case in self.cases(record)),
        }

    def link(self, *records: Record) -> Attributes:
        """Return what a link carries of the rows that state it.

        Of several rows, `releasable_to` is what all of them allow: a link may go where every
        record behind it may go.
        """
        allowed = [set(record.list("releasable_to")) for record in records]
        return {
            **self.node(*records),
            "releasable_to": self._each(set.intersection(*allowed)),
            "batch": self._each(batch for record in records for batch in record.batches),
            "journeys": self._each(journey for r in records for journey in self.journeys(r)),
            "date_from": None,
            "date_to": None,
            "derived": False,
        }

    def cases(self, record: Record) -> tuple[str, ...]:
        """Return the loaded cases a row is recorded in: its own, else those of its journeys."""
        if record.table == "cases":
            return (record.id,)
        if record.table == "legs":
            journey = self.rows.ref(record, "journey_ref")
            return self._cases_of(journey) if journey else ()
        named = self.rows.refs(record, "case_ref") if record.has("case_ref") else []
        if named:
            return self._each(named)
        return self._each(
            case for journey in self.journeys(record) for case in self._cases_of(journey)
        )

    def journeys(self, record: Record) -> tuple[str, ...]:
        """Return the loaded journeys that a row names, or is."""
        if record.table == "journeys":
            return (record.id,)
        return self._each(
            self.rows.refs(record, "journey_ref") if record.has("journey_ref") else ()
        )

    def _cases_of(self, journey: str) -> tuple[str, ...]:
        if journey not in self._cases:
            self._cases[journey] = self._each(self.rows.refs(self.rows.by_id[journey], "case_ref"))
        return self._cases[journey]

    def _each(self, values: Iterable[str]) -> tuple[str, ...]:
        found = tuple(sorted({value for value in values if value}))
        return self._kept.setdefault(found, found)

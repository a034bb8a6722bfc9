"""The rows that count: each once, corrected ones replaced, references followed to loaded rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graphs.records import Record


@dataclass(frozen=True, slots=True)
class Rows:
    """Current records by table and by id, sorted by id.

    `successor` leads from a corrected row to the row that stands for it; `awaited` collects, by
    the reference that leads nowhere yet, the ids of the rows that make it.
    """

    by_table: Mapping[str, list[Record]]
    by_id: Mapping[str, Record]
    successor: Mapping[str, str]
    awaited: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def of(self, table: str) -> list[Record]:
        """Return the rows of one table, sorted by id."""
        return self.by_table.get(table, [])

    def refs(self, record: Record, column: str) -> list[str]:
        """Return the loaded rows that a cell refers to, in the order written, each once."""
        cell = record[column]
        if not cell:
            return []
        found = (self._follow(record, ref) for ref in cell.split(";"))
        return list(dict.fromkeys(ref for ref in found if ref is not None))

    def ref(self, record: Record, column: str) -> str | None:
        """Return the loaded row that a cell of one reference refers to; None = none."""
        cell = record[column]
        return self._follow(record, cell) if cell else None

    def roles(self, record: Record, column: str) -> Iterator[tuple[str, str]]:
        """Yield (role, loaded row) from a cell such as `payer=…;payee=…`, in the order written."""
        cell = record[column]
        for item in cell.split(";") if cell else ():
            role, _, ref = item.rpartition("=")
            followed = self._follow(record, ref)
            if followed is not None:
                yield role, followed

    def _follow(self, record: Record, ref: str) -> str | None:
        ref = self.successor.get(ref, ref)
        if ref in self.by_id:
            return ref
        self.awaited[ref].add(record.id)
        return None


def current_rows(records: Iterable[Record]) -> Rows:
    """Return the rows that count, whatever the order they came in.

    Of one id stated twice with other content, the later as-of day counts. A row that another row
    of the same originator supersedes is left out, and what refers to it leads to the correction.

    >>> from graphs.records import make_record
    >>> old = make_record("A", "cases", {"record_id": "1", "local_ref": "a"})
    >>> new = make_record("A", "cases", {"record_id": "2", "supersedes": "A:cases:1"})
    >>> rows = current_rows([new, old])
    >>> list(rows.by_id), dict(rows.successor)
    (['A:cases:2'], {'A:cases:1': 'A:cases:2'})
    """
    stated: dict[str, Record] = {}
    for record in records:
        key = record.id
        stated[key] = _later(stated[key], record) if key in stated else record
    successor = _successors(stated)
    by_id = {key: stated[key] for key in sorted(stated) if key not in successor}
    by_table: dict[str, list[Record]] = defaultdict(list)
    for record in by_id.values():
        by_table[record.table].append(record)
    return Rows(by_table, by_id, successor)


def _later(one: Record, other: Record) -> Record:
    """Return the later of two statements of one id, with the batches of both where they agree."""
    if one.cells == other.cells:
        batches = tuple(sorted({*one.batches, *other.batches}))
        return max(one, other, key=Record.canonical)._replace(batches=batches)
    return max(one, other, key=lambda record: (record["as_of"], record.canonical()))


def _successors(stated: Mapping[str, Record]) -> dict[str, str]:
    direct: dict[str, str] = {}
    for record in stated.values():
        corrected = record["supersedes"]
        # Only the own originator corrects a row; of two corrections the smaller id leads on.
        if corrected and corrected.startswith(f"{record.originator}:") and corrected != record.id:
            direct[corrected] = min(record.id, direct.get(corrected, record.id))
    return {old: _last(old, direct) for old in direct if _last(old, direct) != old}


def _last(row: str, direct: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while row in direct and row not in seen:
        seen.add(row)
        row = direct[row]
    return row

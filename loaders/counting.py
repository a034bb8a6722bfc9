"""Rows become records, each once and in order of id, and every row read is accounted for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, groupby, repeat
from typing import NamedTuple

from graphs.errors import TroubleError
from graphs.records import FileCount, Record
from loaders.columns import Checked


class Counted(NamedTuple):
    """The records of a bundle sorted by id, the files, and the file each record is first in."""

    records: tuple[Record, ...]
    files: tuple[FileCount, ...]
    file_of: tuple[int, ...]


Owner = str | tuple[str, int]
"""What made a record: a file, or a row of a sheet where a mapping made it."""


class _Tally(NamedTuple):
    """Who made the records that were kept, who only repeated one, and who has faults."""

    kept: Counter[Owner]
    repeated: Counter[Owner]
    rejected: Counter[Owner]


def count_and_sort(
    originator: str,
    tables: list[Checked],
    hashes: Mapping[str, str],
    base_counts: Sequence[FileCount] | None,
) -> Counted:
    """Build the records of all good rows; empties `tables` as it goes, to save memory.

    Raises ``TroubleError`` where the rows read are not accounted for, which no input can cause.
    """
    bases = {count.file: count for count in base_counts or ()}
    read = _rows_read(tables)
    names = sorted({*hashes, *read} if base_counts is None else bases)
    place_of = {name: place for place, name in enumerate(names)}
    tally = _Tally(Counter(), Counter(), _rows_rejected(tables))
    records: list[Record] = []
    file_of: list[int] = []
    # No table's name begins another's, so this order is the order of full ids.
    for same_table in _by_table(tables):
        made, owners = _sorted_records(originator, same_table, tally)
        places = {owner: place_of[_file(owner)] for owner in set(owners)}
        records += made
        file_of += map(places.__getitem__, owners)
    files = [
        _mapped_count(bases[name], tally)
        if name in bases
        else _count(name, hashes.get(name, ""), read[name], tally)
        for name in names
    ]
    return Counted(tuple(records), tuple(files), tuple(file_of))


def _by_table(tables: list[Checked]) -> Iterator[list[Checked]]:
    by_table: dict[str, list[Checked]] = defaultdict(list)
    for checked in tables:
        by_table[checked.table.name].append(checked)
    tables.clear()
    for name in sorted(by_table):
        yield by_table.pop(name)


def _file(owner: Owner) -> str:
    return owner if isinstance(owner, str) else owner[0]


def _owners(checked: Checked) -> list[Owner]:
    raw = checked.raw
    if raw.origins is None:
        return list(repeat(raw.file, len(raw.rows)))
    return [(origin.label, origin.row) for origin in raw.origins]


# -- records


def _sorted_records(
    originator: str, tables: list[Checked], tally: _Tally
) -> tuple[list[Record], list[Owner]]:
    """Return the records of one table in order of id, each once, and who stated each first."""
    records: list[Record] = []
    owners: list[Owner] = []
    while tables:
        checked = tables.pop(0)
        good = [place not in checked.bad for place in range(len(checked.raw.rows))]
        records += compress(_records(originator, checked), good)
        owners += compress(_owners(checked), good)
        checked.columns.clear()
    ids = [record.record_id for record in records]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    if len(set(ids)) < len(ids):
        return _each_once(records, owners, order, tally)
    tally.kept.update(owners)
    return [records[place] for place in order], [owners[place] for place in order]


def _records(originator: str, checked: Checked) -> Iterator[Record]:
    """Build the records of a table row by row, without a call per cell."""
    table = checked.table
    rows = len(checked.raw.rows)
    cells = zip(*(checked.columns[column.name] for column in table.columns), strict=True)
    changed, inherited = checked.changed, checked.inherited
    by_all = tuple(sorted(checked.inherited_by_all))
    written = (tuple(changed.get(place, ())) for place in range(rows)) if changed else repeat(())
    filled = (
        (tuple(sorted({*by_all, *inherited.get(place, ())})) for place in range(rows))
        if inherited
        else repeat(by_all)
    )
    local = checked.columns["record_id"]
    parts = zip(repeat(originator), repeat(table.name), local, cells, written, filled, repeat(()))
    return map(Record._make, parts)


def _each_once(
    records: list[Record], owners: list[Owner], order: list[int], tally: _Tally
) -> tuple[list[Record], list[Owner]]:
    """Keep of equal records the smallest as written, so that no order of rows decides."""
    kept: list[Record] = []
    stated_by: list[Owner] = []
    for _, places in groupby(order, key=lambda place: records[place].record_id):
        first, *others = places
        kept.append(min(records[place] for place in (first, *others)))
        stated_by.append(owners[first])
        tally.repeated.update(owners[place] for place in others)
    tally.kept.update(stated_by)
    return kept, stated_by


# -- counts


def _rows_read(tables: Iterable[Checked]) -> Counter[str]:
    read: Counter[str] = Counter()
    for checked in tables:
        if checked.raw.origins is None:
            read[checked.raw.file] += len(checked.raw.rows) + len(checked.raw.misshapen)
    return read


def _rows_rejected(tables: Iterable[Checked]) -> Counter[Owner]:
    rejected: Counter[Owner] = Counter()
    for checked in tables:
        raw = checked.raw
        for place in checked.bad:
            origin = raw.origins[place] if raw.origins is not None else None
            rejected[(origin.label, origin.row) if origin else raw.file] += 1
        if raw.misshapen:
            rejected[raw.file] += len(raw.misshapen)
    return rejected


def _count(name: str, digest: str, read: int, tally: _Tally) -> FileCount:
    kept, repeated, rejected = tally.kept[name], tally.repeated[name], tally.rejected[name]
    if read != kept + repeated + rejected:
        raise TroubleError(
            f"{name}: {read} rows read, but {kept} accepted, {repeated} duplicates and "
            f"{rejected} rejected. Nothing was loaded; please report this."
        )
    return FileCount(name, digest, read, kept, repeated, rejected, kept)


def _mapped_count(base: FileCount, tally: _Tally) -> FileCount:
    """Count the rows of a sheet: one row may make several records, or none.

    A row that only repeats records of other rows is a duplicate; one of which any record has a
    fault is rejected. Rows that were read and made nothing are accepted: nothing was wrong.
    """
    rejected = _rows_of(base.file, tally.rejected)
    kept = _rows_of(base.file, tally.kept) - rejected
    repeated = _rows_of(base.file, tally.repeated) - kept - rejected
    made = sum(times for owner, times in tally.kept.items() if _file(owner) == base.file)
    accepted = base.read - len(repeated) - len(rejected)
    return FileCount(
        base.file, base.sha256, base.read, accepted, len(repeated), len(rejected), made
    )


def _rows_of(file: str, owners: Counter[Owner]) -> set[Owner]:
    return {owner for owner in owners if not isinstance(owner, str) and owner[0] == file}

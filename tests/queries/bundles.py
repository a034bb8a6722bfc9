"""Small bundles in memory for the tests of the stores."""

from collections import Counter
from collections.abc import Iterable

from graphs.records import Bundle, FileCount, Manifest, Record, Reject, make_record

COMMON = {"source_ref": "file 1", "handling": "TLP:AMBER H1", "grading": "none"}


def person(
    record_id: str, *, as_of: str, originator: str = "LK-CIU", inherit: bool = True, **said: str
) -> Record:
    """Return a person's record; its day comes from the bundle unless `inherit` is False."""
    cells = {"record_id": record_id, "as_of": as_of, "name": record_id, **COMMON, **said}
    record = make_record(originator, "persons", cells)
    return record._replace(inherited=("as_of", "handling")) if inherit else record


def bundle(
    records: Iterable[Record],
    *,
    as_of: str,
    originator: str = "LK-CIU",
    title: str = "Lantern",
    warnings: tuple[str, ...] = (),
    rejects: tuple[Reject, ...] = (),
) -> Bundle:
    """Return a bundle as the loader hands it over: one file per table, records sorted by id."""
    each = tuple(sorted(records, key=lambda record: record.id))
    tables = sorted({record.table for record in each})
    rows = Counter(record.table for record in each)
    left = Counter(reject.file for reject in rejects)
    files = tuple(
        FileCount(
            file=f"{table}.csv", sha256="0" * 64, read=rows[table] + left[f"{table}.csv"],
            accepted=rows[table], duplicates=0, rejected=left[f"{table}.csv"], records=rows[table],
        )
        for table in tables
    )  # fmt: skip
    return Bundle(
        Manifest(originator, originator[:2], title, as_of, "1.0", facts=(("purpose", "JPA"),)),
        each,
        files,
        tuple(tables.index(record.table) for record in each),
        warnings,
        rejects,
    )


def month(number: int, *names: str, **said: str) -> Bundle:
    """Return LK-CIU's bundle of one month of 2026 naming these persons."""
    as_of = f"2026-{number:02}-28"
    return bundle([person(name, as_of=as_of, inherit=True, **said) for name in names], as_of=as_of)

"""The rows of records as an export may show them: protected persons stay protected."""

from collections.abc import Callable, Collection, Iterable, Iterator

from graphs.records import Record
from graphs.schema import TABLES
from graphs.shielding import pseudonym

HIDDEN = "[protected]"
COMMON = (
    "record",
    "originator",
    "table",
    "record_id",
    "source_ref",
    "as_of",
    "handling",
    "grading",
    "releasable_to",
    "case_ref",
    "journey_ref",
    "said",
    "as_written",
    "batches",
)
# What tells who somebody is, on the row of a protected person.
_TELLING = frozenset({"name", "other_names", "birth_date"})
# Where the row itself says it, the cell keeps out of the column of everything else said.
_OUTSIDE = frozenset(COMMON)


def shown_rows(
    records: Iterable[Record],
    *,
    protected: Collection[str],
    hidden: Collection[str],
    redact: Callable[[str], str] = str,
) -> Iterator[dict[str, str]]:
    """Yield one row a record, with the columns of COMMON, sorted as the records are.

    `protected` are the ids of records of shielded persons, `hidden` those of identifiers that
    only shielded persons hold. On these rows names, birth dates and values give way to a
    pseudonym or "[protected]". Free text gives way everywhere unless it says SANITISED, since a
    note on a broker's row can name a victim. `redact` takes the same names and numbers out of
    every other text: a source reference or a case number can hold them (`graphs.network.protection`
    gives all three).
    """
    for record in records:
        said = _redacted(record, redact)
        guarded = _guarded(record, protected=record.id in protected, hidden=record.id in hidden)
        said.update(guarded)
        rest = "; ".join(f"{name}={cell}" for name, cell in said.items() if name not in _OUTSIDE)
        written = (
            "" if guarded else "; ".join(f"{name}={redact(cell)}" for name, cell in record.verbatim)
        )
        yield {
            **{name: said.get(name, "") for name in COMMON},
            "record": record.id,
            "originator": record.originator,
            "table": record.table,
            "said": rest,
            "as_written": written,
            "batches": ";".join(record.batches),
        }


def _redacted(record: Record, redact: Callable[[str], str]) -> dict[str, str]:
    """Return the filled cells, texts without secrets; a person's row keeps its own names."""
    own = _TELLING if record.table == "persons" else frozenset[str]()
    place = TABLES[record.table]
    return {
        name: redact(cell) if place.column(name).type == "text" and name not in own else cell
        for name, cell in record.content().items()
    }


def _guarded(record: Record, *, protected: bool, hidden: bool) -> dict[str, str]:
    place = TABLES[record.table].place
    free = [column.name for column in TABLES[record.table].columns if column.free]
    guarded = {
        name: HIDDEN for name in free if record[name] and "SANITISED" not in record[name].split()
    }
    if protected:
        guarded |= {name: HIDDEN for name in _TELLING if name in place and record[name]}
        guarded["name"] = pseudonym(record.id)
    if hidden and "value" in place:
        guarded["value"] = HIDDEN
    return guarded

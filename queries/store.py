"""What every store promises: batches of records go in whole, and come out as they were stated.

Two stores keep these promises, one file for a laptop and one server for a team; the suite
`tests/queries/test_contract.py` is written against this page alone.

Errors, as a tree (exit status in brackets):

    InputError [2]
    ├── UnknownTarget      the address names no kind of store
    ├── NoStore            there is no store at that address
    ├── NotAStore          something else is at that address
    ├── UnknownBatch       no batch of that name was ever loaded
    ├── ContentConflict    one id, two contents on one day
    └── SupersedesCycle    rows that supersede one another in a circle
    TroubleError [1]
    └── StoreError
        ├── StoreBusy      another program is writing
        ├── StoreReadOnly  the place cannot be written
        ├── DiskFull       no room left
        ├── NetworkDrive   the place cannot keep a store safe
        ├── NewerStore     made by a newer version
        ├── StoreTooOld    the machine's SQLite lacks what the store needs
        ├── StoreDamaged   what is read contradicts itself
        ├── LostRows       a bundle does not account for every row it read
        └── AuditBroken    the record of what was done has been changed
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Protocol, Self

from graphs.errors import InputError, TroubleError
from graphs.records import Bundle, Record, Reject

if TYPE_CHECKING:
    import networkx as nx

BatchState = Literal["loaded", "withdrawn", "erased"]
VersionState = Literal["current", "revised", "superseded"]


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """The conservation of one file: `read` = accepted + duplicates + revised + rejected, in rows.

    `accepted` rows state something that nobody stated before, `duplicates` what is known
    already, `revised` another content for a known id. `records` is how many distinct records
    the rows made; where a mapping makes several records of one row, its rows count as accepted
    unless everything they say was known.

    >>> FileReceipt("persons.csv", read=3, accepted=2, duplicates=1).line
    'persons.csv: 3 read = 2 accepted + 1 duplicates + 0 revised + 0 rejected'
    """

    file: str
    read: int
    accepted: int = 0
    duplicates: int = 0
    revised: int = 0
    rejected: int = 0
    records: int = 0
    sha256: str = ""

    @property
    def line(self) -> str:
        """Return the conservation line that every load prints."""
        return (
            f"{self.file}: {self.read} read = {self.accepted} accepted + {self.duplicates} "
            f"duplicates + {self.revised} revised + {self.rejected} rejected"
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a load did: its batch, its conservation by file, and how many records are `new`.

    `repeated` says that the very same batch was loaded already, so that nothing was written.
    """

    batch: str
    originator: str
    files: tuple[FileReceipt, ...]
    new: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """One batch as `corridor batches` lists it; an erased one keeps its name and counts alone."""

    batch: str
    originator: str
    as_of: str
    records: int
    state: BatchState
    title: str = ""
    country: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    files: tuple[FileReceipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One content that live batches state, or stated, for an id.

    `revised`: a later day states another content. `superseded`: the originator corrected the
    row by another one, named in `by`.
    """

    record: Record
    state: VersionState
    by: tuple[str, ...] = ()


class Store(Protocol):
    """Case records in named batches, and the network that they state."""

    def add(self, bundle: Bundle) -> Receipt:
        """Store a bundle as one batch, all or nothing; the same bundle twice changes nothing."""
        ...

    def unload(self, batch: str, *, erase: bool = False) -> BatchInfo:
        """Withdraw a batch: the records are as before its load. `erase` also deletes its text."""
        ...

    def batches(self) -> Sequence[BatchInfo]:
        """Return every batch ever loaded, sorted by name."""
        ...

    def rejects(self, batch: str) -> Sequence[Reject]:
        """Return the rows that the last load of a batch left out, by file and row."""
        ...

    def warnings(self, batch: str) -> Sequence[str]:
        """Return what the last load of a batch warned of, in its order."""
        ...

    def records(self, *, tables: Collection[str] | None = None) -> Iterator[Record]:
        """Yield the current live records sorted by id, each with the batches that state it."""
        ...

    def record(self, record_id: str) -> Record | None:
        """Return the current record of a full id; None where no live batch states one."""
        ...

    def history(self, record_id: str) -> Sequence[Version]:
        """Return every live content of a full id, oldest first."""
        ...

    def network(self, *, show_protected: bool = False) -> "nx.MultiDiGraph":
        """Return the network of the current records; shielded persons are pseudonymous."""
        ...

    def verify_audit(self) -> int:
        """Return how many audit entries there are; AuditBroken where one has been changed."""
        ...

    def close(self) -> None:
        """Let go of the store; it cannot be used afterwards."""
        ...

    def __enter__(self) -> Self:
        """Return the store itself."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        ...


class StoreError(TroubleError):
    """The store cannot do it now; what it held before, it still holds."""


class StoreBusy(StoreError):
    """Another program is writing and did not finish in time."""


class StoreReadOnly(StoreError):
    """The file or its folder cannot be written."""


class DiskFull(StoreError):
    """There is no room for what should be written."""


class NetworkDrive(StoreError):
    """The folder lies on another machine, where one file cannot be locked safely."""


class NewerStore(StoreError):
    """A newer version of Corridor made the store."""


class StoreTooOld(StoreError):
    """The SQLite of this Python lacks something that the store needs."""


class StoreDamaged(StoreError):
    """What is read from the store contradicts itself."""


class LostRows(StoreError):
    """A bundle does not account for every row that was read."""


class AuditBroken(StoreError):
    """The chain of audit entries does not hold together."""


class UnknownTarget(InputError):
    """The address names no kind of store that there is."""


class NoStore(InputError):
    """There is no store at the address, and none was to be made."""


class NotAStore(InputError):
    """Something that is not a store is at the address; it was left alone."""


class UnknownBatch(InputError):
    """No batch of that name was ever loaded."""

    def __init__(self, batch: str, known: Sequence[str]) -> None:
        listed = "\n".join(f"  {name}" for name in known) or "  (none is loaded)"
        super().__init__(f"no batch is called {batch!r}. Known batches:\n{listed}")


class ContentConflict(InputError):
    """One id has two contents on one day, so that neither can be called the current one."""

    def __init__(self, conflicts: Sequence[tuple[str, str, str]], total: int) -> None:
        shown = "\n".join(f"  {name}, as of {day}: batch {held}" for name, day, held in conflicts)
        more = f"\n  and {total - len(conflicts)} more" if total > len(conflicts) else ""
        super().__init__(
            f"nothing loaded: {total} records say something else than a loaded batch does for the "
            f"same id and day. Expected: a later as_of, or a new id with `supersedes`; or unload "
            f"the batch that holds the old row:\n{shown}{more}"
        )
        self.ids = tuple(name for name, _, _ in conflicts)


class SupersedesCycle(InputError):
    """Rows supersede one another in a circle, so that none would be left."""

    def __init__(self, circle: Sequence[str]) -> None:
        super().__init__(
            "nothing loaded: these rows supersede one another in a circle: "
            f"{' <- '.join(circle)}. Expected: each corrects an own earlier row."
        )

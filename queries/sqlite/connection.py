"""Opening the file: only a store is touched, only where it is safe, and always the same way."""

import os
import sqlite3
import sys
from pathlib import Path
from typing import Final

from queries.sqlite.ddl import APPLICATION_ID
from queries.sqlite.run import run, telling
from queries.store import NetworkDrive, NoStore, NotAStore, StoreReadOnly, StoreTooOld

OLDEST_SQLITE: Final = (3, 35)
_REMOTE: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "fuse.davfs",
     "fuse.rclone", "ncpfs", "afs"}
)  # fmt: skip


def connect(path: Path, *, create: bool, wait_s: float) -> sqlite3.Connection:
    """Open the file for reading and writing, or raise what stands in the way.

    A file that cannot be written is opened for reading alone; writing then says so.
    """
    _check_place(path, create=create)
    with telling(path):
        if path.exists() and not _writable(path):
            return _connect_to_read(path)
        connection = _open(f"{path.absolute().as_uri()}?mode=rwc", wait_s)
        try:
            _check_kind(connection, path)
            _keep_safe(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def reader(path: Path, *, wait_s: float) -> sqlite3.Connection:
    """Open a second, reading connection: it sees one moment, whatever is written meanwhile."""
    with telling(path):
        if not _writable(path):
            return _connect_to_read(path)
        return _open(f"{path.absolute().as_uri()}?mode=ro", wait_s)


def _open(address: str, wait_s: float) -> sqlite3.Connection:
    # A load writes in a second thread while the first prepares; they take turns (walking.py).
    connection = sqlite3.connect(
        address, uri=True, timeout=wait_s, isolation_level=None, check_same_thread=False
    )
    run(connection, "PRAGMA foreign_keys = ON")
    run(connection, "PRAGMA cache_size = -65536")
    return connection


def _keep_safe(connection: sqlite3.Connection, path: Path) -> None:
    """Set what must hold for every writer: committed means on the disk, deleted means gone."""
    mode = run(connection, "PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise NetworkDrive(
            f"{path}: this place does not allow SQLite's write-ahead log (found {mode!r}), as "
            "network drives do not. Keep the store on a disk of this machine."
        )
    run(connection, "PRAGMA synchronous = FULL")
    run(connection, "PRAGMA secure_delete = ON")
    run(connection, "PRAGMA journal_size_limit = 67108864")
    # Otherwise INSERT OR REPLACE would delete a row past the triggers.
    run(connection, "PRAGMA recursive_triggers = ON")


def _check_place(path: Path, *, create: bool) -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreTooOld(
            f"this Python comes with SQLite {sqlite3.sqlite_version}; the store needs 3.35 or "
            "newer. Install a newer Python."
        )
    if path.is_dir():
        raise NotAStore(f"{path}: is a folder, not a store. Name a file in it, such as corridor.db")
    if not path.exists():
        _check_new_place(path, create=create)
    else:
        _check_head(path)
    if (kind := remote_kind(path)) is not None:
        raise NetworkDrive(
            f"{path}: lies on a network drive ({kind}), where a store cannot be kept safe from "
            "two writers. Keep it on a disk of this machine; a team shares a Neo4j."
        )


def _check_new_place(path: Path, *, create: bool) -> None:
    if not create:
        raise NoStore(f"{path}: there is no store. `corridor load BUNDLE --store {path}` makes one")
    if not path.parent.is_dir():
        raise NoStore(f"{path}: there is no folder {path.parent}. Make it first, or fix the name")
    if not os.access(path.parent, os.W_OK):
        raise StoreReadOnly(
            f"{path}: a store cannot be made here, the folder {path.parent} cannot be written. "
            "Name another place with --store, or ask for the right to write there."
        )


def _check_head(path: Path) -> None:
    """Leave every other kind of file alone; SQLite itself would overwrite a very short one."""
    with path.open("rb") as file:
        head = file.read(16)
    if head not in (b"", b"SQLite format 3\0"):
        raise NotAStore(
            f"{path}: is a file of another kind, not a store. It was left alone; expected a file "
            "made by `corridor load`, or a new name."
        )


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = run(connection, "PRAGMA application_id").fetchone()
    if found == APPLICATION_ID:
        return
    (things,) = run(connection, "SELECT count(*) FROM sqlite_master").fetchone()
    if found or things:
        raise NotAStore(
            f"{path}: is a SQLite file of another program, not a store of Corridor. It was left "
            "alone; expected a file made by `corridor load`, or a new name."
        )


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a file on a medium that cannot be written; it must have been closed properly."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise StoreReadOnly(
            f"{path}: the last program did not close this store, and its folder cannot be written, "
            "so that it cannot be completed here. Copy both files to a place of your own:\n"
            f"  {path}\n  {log}"
        )
    connection = _open(f"{path.absolute().as_uri()}?mode=ro&immutable=1", 0)
    try:
        run(connection, "PRAGMA query_only = ON")
        _check_kind(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def remote_kind(path: Path) -> str | None:
    """Return the kind of network drive a path lies on; None for a disk of this machine."""
    where = path.absolute()
    if sys.platform == "win32":
        return _remote_windows(where)
    mounts = Path("/proc/mounts")
    return remote_mount(where, mounts.read_text("utf-8", "replace")) if mounts.exists() else None


def remote_mount(path: Path, mounts: str) -> str | None:
    """Return the kind of network drive by a list of mounts as Linux writes it.

    >>> remote_mount(Path("/home/a/x.db"), "sda1 / ext4 rw 0 0\\nsrv:/h /home nfs4 rw 0 0")
    'nfs4'
    >>> remote_mount(Path("/var/x.db"), "sda1 / ext4 rw 0 0\\nsrv:/h /home nfs4 rw 0 0")
    """
    kinds = {
        Path(fields[1].replace("\\040", " ")): fields[2]
        for fields in (line.split() for line in mounts.splitlines())
        if len(fields) > 2
    }
    nearest = next((kinds[folder] for folder in path.parents if folder in kinds), "")
    return nearest if nearest in _REMOTE else None


def _remote_windows(path: Path) -> str | None:
    if str(path).startswith("\\\\"):
        return "a shared folder"
    if sys.platform == "win32":
        import ctypes

        if ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4:  # DRIVE_REMOTE
            return "a drive of another machine"
    return None

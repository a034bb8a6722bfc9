"""What a path holds: the files of a folder or archive, or one file, opened without trust."""

import hashlib
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from loaders.faults import BundleError, Fault, shown

EXPANSION = 100
"""An archive may hold so many times its own size; text rarely compresses beyond 20 times."""
HARMLESS = 1 << 20
"""An archive that unpacks to less than this many bytes harms nobody, however well it packs."""
MEMBERS = 10_000
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What reading a damaged archive, or one packed in an unknown way, raises."""
JUNK = ("__MACOSX", ".", "~$", "Thumbs.db", "desktop.ini")
"""What operating systems and office programs leave beside files; never part of a bundle."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a source: its name there and how to open it."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]

    def read(self) -> bytes:
        """Return the whole content; BundleError where an archive turns out to be damaged."""
        return b"".join(self.blocks())

    def blocks(self) -> Iterator[bytes]:
        """Return the content block by block; BundleError for a damaged archive."""
        try:
            with self.open() as file:
                while block := file.read(1 << 20):
                    yield block
        except DAMAGED as error:
            raise BundleError([broken_archive(self.name)]) from error

    def sha256(self) -> str:
        """Return the SHA-256 of the content, as hex."""
        digest = hashlib.sha256()
        for block in self.blocks():
            digest.update(block)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """The files that a path holds, sorted by name.

    `name` is the last part of the path; a single file is a source of one member.
    """

    name: str
    kind: Literal["folder", "zip", "file"]
    members: tuple[Member, ...]

    def member(self, name: str) -> Member | None:
        """Return one member by name, or None."""
        return next((member for member in self.members if member.name == name), None)


def open_source(path: Path) -> Source:
    """Return the files of a folder, of a ZIP archive or of a single file.

    An archive whose files lie in one folder is read as that folder. A workbook is an archive
    too, but one file here. Raises `BundleError` for a path that does not exist, a broken or
    encrypted archive, one that would unpack to over 100 times its size, and for links and
    names that lead outside.
    """
    path = Path(path)
    if path.is_dir():
        return _open_folder(path)
    if not path.is_file():
        fault = Fault(
            shown(path.name), "", None, None, "no such file",
            "a folder, a workbook, a JSON Lines file or a ZIP archive",
        )  # fmt: skip
        raise BundleError([fault])
    if path.suffix.lower() == ".zip":
        return _open_archive(path)
    return Source(path.name, "file", (_file_member(path),))


def _file_member(path: Path) -> Member:
    return Member(path.name, path.stat().st_size, lambda: path.open("rb"))


def _open_folder(path: Path) -> Source:
    entries = [entry for entry in sorted(path.iterdir()) if not entry.name.startswith(JUNK)]
    links = [entry.name for entry in entries if entry.is_symlink()]
    if links:
        raise BundleError(_not_plain(name, "a link") for name in links)
    members = tuple(_file_member(entry) for entry in entries if entry.is_file())
    return Source(path.resolve().name, "folder", members)


def _not_plain(name: str, found: str) -> Fault:
    return Fault(shown(name), "", None, None, found, "plain files inside the folder or archive")


def _open_archive(path: Path) -> Source:
    infos = check_archive(path.name, lambda: path.open("rb"), path.stat().st_size)
    names = _without_top_folder([info.filename for info in infos])
    members = [
        Member(name, info.file_size, _opener(path, info.filename))
        for name, info in zip(names, infos, strict=True)
        if "/" not in name
    ]
    return Source(path.name, "zip", tuple(sorted(members, key=lambda member: member.name)))


def _opener(path: Path, name: str) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        # The member keeps the archive open while it is read, and closes it.
        with zipfile.ZipFile(path) as archive:
            return archive.open(name)

    return opened


def broken_archive(name: str) -> Fault:
    """Return the fault of an archive or workbook that cannot be read to its end."""
    return Fault(
        shown(name), "", None, None, "a broken or half-written archive", "the whole file",
        "Was the copy interrupted? Send it again.",
    )  # fmt: skip


def check_archive(
    name: str, opened: Callable[[], IO[bytes]], size: int
) -> tuple[zipfile.ZipInfo, ...]:
    """Return the files of an archive, after judging them all without unpacking any.

    Raises `BundleError`, see `open_source`.
    """
    try:
        with opened() as file, zipfile.ZipFile(file) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, EOFError, ValueError, OverflowError) as error:
        raise BundleError([broken_archive(name)]) from error
    infos = [info for info in infos if not _is_junk(info.filename)]
    faults = [fault for info in infos for fault in _faults_of(name, info)]
    faults += _faults_of_all(name, infos, size)
    if faults:
        raise BundleError(faults)
    return tuple(infos)


def _is_junk(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in (".", "..")]
    return any(part.startswith(JUNK) for part in parts) and not parts[-1].startswith(".rels")


def _faults_of(archive: str, info: zipfile.ZipInfo) -> Iterator[Fault]:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in info.filename:
        yield _not_plain(archive, f"{shown(info.filename)}, which leads outside")
    if stat.S_ISLNK(info.external_attr >> 16):
        yield _not_plain(archive, f"{shown(info.filename)}, a link")
    if info.flag_bits & 1:
        yield Fault(archive, "", None, None, f"{shown(info.filename)}, encrypted",
                    "an archive without a password")  # fmt: skip


def _faults_of_all(name: str, infos: list[zipfile.ZipInfo], size: int) -> Iterator[Fault]:
    unpacked = sum(info.file_size for info in infos)
    if unpacked > HARMLESS and unpacked > EXPANSION * max(size, 1):
        yield Fault(
            shown(name), "", None, None, f"{unpacked:,} bytes packed into {size:,}",
            f"plain files, at most {EXPANSION} times the size of the archive",
        )  # fmt: skip
    twice = sorted(name for name, n in Counter(i.filename for i in infos).items() if n > 1)
    for repeated in twice:
        yield Fault(shown(name), "", None, None, f"{shown(repeated)} twice", "each file once")
    if len(infos) > MEMBERS:
        yield Fault(shown(name), "", None, None, f"{len(infos):,} files", f"at most {MEMBERS:,}")


def _without_top_folder(names: list[str]) -> list[str]:
    tops = {name.split("/")[0] for name in names}
    if len(tops) == 1 and all("/" in name for name in names):
        return [name.split("/", 1)[1] for name in names]
    return names

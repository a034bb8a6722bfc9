"""In trouble the store says what is wrong and what to do, and loses nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphs.errors import InputError
from graphs.records import Bundle
from queries import open_store
from queries.sqlite.connection import remote_mount
from queries.sqlite.store import SqliteStore
from queries.store import (
    DiskFull,
    NoStore,
    NotAStore,
    StoreBusy,
    StoreDamaged,
    UnknownTarget,
)
from tests.needs import ROOT, skip_unless
from tests.queries.bundles import bundle, month, person
from tests.queries.sqlite.raw import raw


def big(rows: int = 4_000) -> Bundle:
    """Return a bundle of some megabytes."""
    day = "2026-02-28"
    people = [person(f"Q-{i:05}", as_of=day, note="x" * 500) for i in range(rows)]
    return bundle(people, as_of=day)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store of two persons."""
    place = tmp_path / "corridor.db"
    with SqliteStore(place) as store:
        store.add(month(1, "P-1", "P-2"))
    return place


def holds_two_persons(path: Path) -> bool:
    with SqliteStore(path) as store:
        store.verify_audit()
        return [record.record_id for record in store.records()] == ["P-1", "P-2"]


def test_a_full_disk_loses_nothing(path: Path) -> None:
    with SqliteStore(path) as store:
        store._connection.execute("PRAGMA max_page_count = 400")  # pyright: ignore[reportPrivateUsage]
        with pytest.raises(DiskFull, match="no room left"):
            store.add(big())
        assert len(list(store.records())) == 2
    assert holds_two_persons(path)


LIMITED = """
import resource, sys
from pathlib import Path
from queries.sqlite.store import SqliteStore
from queries.store import DiskFull
from tests.queries.sqlite.test_trouble import big
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
with SqliteStore(Path(sys.argv[1])) as store:
    try:
        store.add(big())
    except DiskFull as error:
        print(error)
    print(len(list(store.records())))
"""


def child(script: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_quota_loses_nothing(path: Path) -> None:
    """The system refuses to let a file grow, as on a full or limited disk."""
    skip_unless(sys.platform != "win32", "needs a limit on the size of files")
    said = child(LIMITED, str(path))
    assert said.stderr == ""
    assert "the disk refused a write" in said.stdout or "no room left" in said.stdout
    assert said.stdout.splitlines()[-1] == "2"
    assert holds_two_persons(path)


AS_NOBODY = """
import os, sys
from pathlib import Path
from queries.sqlite import store as _
from queries.sqlite.store import SqliteStore
from queries.store import StoreReadOnly
from tests.queries.bundles import month
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for name in sys.argv[1:]:
    try:
        with SqliteStore(Path(name)) as store:
            print(len(list(store.records())), "records")
            store.add(month(2, "P-3"))
    except StoreReadOnly as error:
        print(error)
"""


@pytest.fixture
def public(path: Path) -> Iterator[Path]:
    """Return a folder with the store that another user can look into, and not change."""
    skip_unless(sys.platform != "win32", "needs the rights of another user")
    folder = Path(tempfile.mkdtemp(prefix="corridor-"))
    try:
        shutil.copy(path, folder / "corridor.db")
        (folder / "corridor.db").chmod(0o444)
        folder.chmod(0o555)
        yield folder
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_store_that_cannot_be_written_can_be_read(public: Path) -> None:
    said = child(AS_NOBODY, str(public / "corridor.db"))
    assert said.stderr == ""
    first, *letter = said.stdout.splitlines()
    assert first == "2 records"
    assert "cannot be written" in " ".join(letter)
    assert [file.name for file in public.iterdir()] == ["corridor.db"]


def test_a_new_store_in_a_read_only_folder_is_refused(public: Path) -> None:
    said = child(AS_NOBODY, str(public / "new.db"))
    assert said.stderr == ""
    assert "a store cannot be made here" in said.stdout
    assert not (public / "new.db").exists()


def test_a_store_that_was_not_closed_is_not_read_without_its_log(public: Path) -> None:
    """The log may hold committed batches that a plain reading of the file would leave out."""
    folder = public
    folder.chmod(0o755)
    (folder / "corridor.db-wal").write_bytes(b"committed")
    folder.chmod(0o555)
    said = child(AS_NOBODY, str(folder / "corridor.db"))
    assert said.stderr == ""
    assert "did not close this store" in said.stdout
    assert "records" not in said.stdout


def test_a_second_writer_waits_for_the_first(path: Path) -> None:
    done: list[str] = []

    def second() -> None:
        with SqliteStore(path) as store:
            done.append(store.add(month(3, "P-3")).batch)

    with raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.3)
        assert done == []
        other.execute("COMMIT")
    thread.join()
    assert len(done) == 1


def test_a_writer_that_waited_too_long_says_so_and_changed_nothing(path: Path) -> None:
    with raw(path) as other, SqliteStore(path, wait_s=0.05) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="another program is writing"):
            store.add(month(3, "P-3"))
        assert len(list(store.records())) == 2
    assert holds_two_persons(path)


LOADER = """
import sys
from pathlib import Path
from queries.sqlite.store import SqliteStore
from tests.queries.bundles import bundle, person
path, agency = Path(sys.argv[1]), sys.argv[2]
for number in range(1, 9):
    day = f"2026-{number:02}-28"
    rows = [person(f"P-{i}", as_of=day, originator=agency) for i in range(100)]
    with SqliteStore(path) as store:
        store.add(bundle(rows, as_of=day, originator=agency))
"""


def test_two_programs_that_load_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corridor.db"
    command = [sys.executable, "-c", LOADER, str(path)]
    running = [
        subprocess.Popen([*command, agency], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for agency in ("LK-CIU", "TH-IB")
    ]
    assert [(one.communicate()[1], one.returncode) for one in running] == [("", 0)] * 2
    with SqliteStore(path) as store:
        assert [info.state for info in store.batches()] == ["loaded"] * 16
        assert len(list(store.records())) == 200
        assert store.verify_audit() == 17


def test_a_reader_sees_one_moment(path: Path) -> None:
    with SqliteStore(path) as reading, SqliteStore(path) as writing:
        walk = reading.records()
        first = next(walk)
        writing.add(month(2, "P-1", "P-2", "P-3", gender="Feminine"))
        assert [first["gender"], *(record["gender"] for record in walk)] == ["", ""]
        assert len(list(reading.records())) == 3


NOT_STORES = {
    "text": b"persons.csv,and,so,on\n" * 100,
    "short text": b"x",
    "an archive": b"PK\x03\x04" + b"\0" * 2000,
}


@pytest.mark.parametrize("content", NOT_STORES.values(), ids=NOT_STORES)
def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "brief.html"
    path.write_bytes(content)
    with pytest.raises(NotAStore, match="left alone"):
        open_store(path)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["brief.html"]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with raw(path) as other:
        other.execute("CREATE TABLE moz_places (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(NotAStore, match="another program"):
        open_store(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    """It is what a program leaves that was stopped before it wrote anything."""
    (tmp_path / "corridor.db").touch()
    with open_store(tmp_path / "corridor.db") as store:
        assert list(store.batches()) == []


def test_a_folder_is_not_a_store(tmp_path: Path) -> None:
    with pytest.raises(NotAStore, match="is a folder"):
        open_store(tmp_path)


def test_no_store_is_made_where_none_was_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="corridor load"):
        open_store(tmp_path / "corridor.db", create=False)
    with pytest.raises(NoStore, match="there is no folder"):
        open_store(tmp_path / "nowhere" / "corridor.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target", ["bolt://127.0.0.1:7687", "neo4j+s://host", "https://host/a"])
def test_an_address_of_another_kind_is_refused(target: str) -> None:
    with pytest.raises(UnknownTarget, match=r"corridor\.db"):
        open_store(target)


def test_a_damaged_file_is_told(path: Path) -> None:
    with SqliteStore(path) as store:
        store.add(big(500))
    content = bytearray(path.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="damaged"), SqliteStore(path) as store:
        list(store.records())


def test_half_a_character_pair_is_refused_with_a_word(path: Path) -> None:
    with SqliteStore(path) as store, pytest.raises(InputError, match=r"lone surrogate, U\+D800"):
        store.add(month(3, "P-3", note="\ud800"))
    assert holds_two_persons(path)


MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\nsrv:/home /home nfs4 rw 0 0\n/dev/sdb /home/local ext4 rw 0 0\n"
    "//srv/share /mnt/case\\040files cifs rw 0 0\n"
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/corridor.db", None),
        ("/home/ana/corridor.db", "nfs4"),
        ("/home/local/corridor.db", None),
        ("/mnt/case files/a/corridor.db", "cifs"),
    ],
)
def test_a_network_drive_is_known_by_its_mount(path: str, kind: str | None) -> None:
    assert remote_mount(Path(path), MOUNTS) == kind

"""An erased batch's text is nowhere in the file, nor beside it."""

from pathlib import Path

import pytest

from graphs.records import Bundle, Reject
from queries.sqlite.store import SqliteStore
from queries.store import StoreBusy
from tests.queries.bundles import bundle, person
from tests.queries.sqlite.raw import raw

SECRET = "Somchai-Example-Unspeakable"


def secret_bundle(rows: int = 400) -> Bundle:
    """Return a bundle that says the secret in rows, notes, title, warnings and rejects."""
    day = "2026-02-28"
    people = [
        person(f"P-{i:04}", as_of=day, name=f"{SECRET} {i}", note=SECRET * (i % 40))
        for i in range(rows)
    ]
    reject = Reject("persons.csv", 9, (SECRET,), (f"found {SECRET}",))
    return bundle(people, as_of=day, title=SECRET, warnings=(SECRET,), rejects=(reject,))


def files_with_secret(folder: Path) -> list[str]:
    return sorted(f.name for f in folder.iterdir() if SECRET.encode() in f.read_bytes())


def test_erased_text_is_gone_from_the_file_and_its_log(tmp_path: Path) -> None:
    day = "2026-01-28"
    keep = bundle([person(f"P-{i:04}", as_of=day) for i in range(400)], as_of=day)
    with SqliteStore(tmp_path / "corridor.db") as store:
        store.add(keep)
        before = list(store.records())
        batch = store.add(secret_bundle()).batch
        assert files_with_secret(tmp_path)
        store.unload(batch, erase=True)
        assert files_with_secret(tmp_path) == []
        assert list(store.records()) == before
        store.verify_audit()


def test_withdrawn_text_stays_for_the_audit(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "corridor.db") as store:
        batch = store.add(secret_bundle()).batch
        store.unload(batch)
        assert files_with_secret(tmp_path)
        assert list(store.records()) == []


def test_a_reader_in_the_way_is_named_and_the_command_can_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "corridor.db"
    with SqliteStore(path, wait_s=0.05) as store:
        batch = store.add(secret_bundle()).batch
        with raw(path) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM record").fetchone()
            with pytest.raises(StoreBusy, match="erased and nothing shows it"):
                store.unload(batch, erase=True)
        assert store.unload(batch, erase=True).state == "erased"
        assert files_with_secret(tmp_path) == []

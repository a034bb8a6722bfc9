"""What every store keeps to: written against the protocol, run against each store there is."""

from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import build_network
from graphs.records import Bundle, FileCount, Record, Reject, batch_id, make_record
from queries import open_store
from queries.store import (
    ContentConflict,
    FileReceipt,
    LostRows,
    Store,
    SupersedesCycle,
    UnknownBatch,
)
from tests.queries.bundles import COMMON, bundle, month, person

Factory = Callable[[Path], Store]

FACTORIES: dict[str, Factory] = {"sqlite": lambda folder: open_store(folder / "corridor.db")}


@pytest.fixture(params=FACTORIES)
def factory(request: pytest.FixtureRequest) -> Factory:
    """Return what opens a store of one kind: the same one for the same folder."""
    return FACTORIES[request.param]


@pytest.fixture
def store(factory: Factory, tmp_path: Path) -> Store:
    return factory(tmp_path)


def ids(store: Store) -> list[str]:
    return [record.record_id for record in store.records()]


def states(store: Store) -> list[str]:
    return [info.state for info in store.batches()]


def test_records_come_back_as_they_were_stated(store: Store) -> None:
    stated = person("P-1", as_of="2026-01-28", name="สมหญิง\u200d", birth_date="1988-04")
    stated = stated._replace(verbatim=(("birth_date", "4/2531"),))
    january = bundle([stated], as_of="2026-01-28")
    receipt = store.add(january)
    assert receipt.batch == batch_id(january)
    assert list(store.records()) == [stated._replace(batches=(receipt.batch,))]


def test_a_batch_is_listed_with_what_it_said_of_itself(store: Store) -> None:
    receipt = store.add(month(1, "P-1", "P-2"))
    (info,) = store.batches()
    assert (info.batch, info.originator, info.as_of) == (receipt.batch, "LK-CIU", "2026-01-28")
    assert (info.records, info.state, info.title, info.country) == (2, "loaded", "Lantern", "LK")
    assert info.facts == (("purpose", "JPA"),)
    assert info.files == receipt.files


def test_a_store_is_the_same_when_opened_again(factory: Factory, tmp_path: Path) -> None:
    with factory(tmp_path) as store:
        store.add(month(1, "P-1"))
        before = list(store.records()), list(store.batches())
    with factory(tmp_path) as again:
        assert (list(again.records()), list(again.batches())) == before


def test_the_same_bundle_twice_changes_nothing(store: Store) -> None:
    first = store.add(month(1, "P-1", "P-2"))
    before = list(store.records()), list(store.batches()), store.verify_audit()
    again = store.add(month(1, "P-1", "P-2"))
    assert (first.new, again.new, again.repeated) == (2, 0, True)
    assert again.batch == first.batch
    assert [file.duplicates for file in again.files] == [2]
    assert (list(store.records()), list(store.batches()), store.verify_audit()) == before


def test_the_rows_of_every_file_add_up(store: Store) -> None:
    store.add(month(1, "P-1", "P-2"))
    february = "2026-02-28"
    rows = [
        person("P-1", as_of=february),
        person("P-2", as_of=february, gender="Feminine"),
        person("P-3", as_of=february),
    ]
    reject = Reject("persons.csv", 5, ("P-4", ""), ("row 5, name: empty",))
    receipt = store.add(bundle(rows, as_of=february, rejects=(reject,)))
    (file,) = receipt.files
    assert file.line == ("persons.csv: 4 read = 1 accepted + 1 duplicates + 1 revised + 1 rejected")
    assert receipt.new == 2
    assert list(store.rejects(receipt.batch)) == [reject]


def test_rows_of_a_mapped_sheet_are_counted_as_rows(store: Store) -> None:
    """Two rows made three records: a row is a duplicate only where all was known."""
    day = "2026-01-28"
    one = bundle([person(name, as_of=day) for name in ("P-1", "P-2", "P-3")], as_of=day)
    count = FileCount("suspects.xlsx", "0" * 64, 2, 2, 0, 0, 3)
    first = store.add(Bundle(one.manifest, one.records, (count,), one.file_of))
    again = store.add(Bundle(one.manifest, one.records, (count,), one.file_of))
    assert first.files == (FileReceipt("suspects.xlsx", 2, 2, 0, 0, 0, 3, "0" * 64),)
    assert again.files == (FileReceipt("suspects.xlsx", 2, 0, 2, 0, 0, 3, "0" * 64),)


def test_rows_that_do_not_add_up_stop_the_load(store: Store) -> None:
    good = month(1, "P-1")
    count = FileCount("persons.csv", "0" * 64, 2, 1, 0, 0, 1)
    with pytest.raises(LostRows, match=r"persons\.csv: 2 rows read, but 1 accepted"):
        store.add(Bundle(good.manifest, good.records, (count,), good.file_of))
    assert states(store) == []


def test_warnings_are_kept_beside_the_batch(store: Store) -> None:
    day = "2026-01-28"
    words = ("awaited: TH-IB:persons:P-9", "legs J-1: do not join")
    receipt = store.add(bundle([person("P-1", as_of=day)], as_of=day, warnings=words))
    assert tuple(store.warnings(receipt.batch)) == words


def test_a_later_content_of_an_id_is_the_current_one(store: Store) -> None:
    old = store.add(month(1, "P-1"))
    new = store.add(month(2, "P-1", gender="Masculine"))
    (record,) = store.records()
    assert (record["gender"], record["as_of"]) == ("Masculine", "2026-02-28")
    assert record.batches == (new.batch,)
    history = store.history("LK-CIU:persons:P-1")
    assert [(version.state, version.record["gender"]) for version in history] == [
        ("revised", ""),
        ("current", "Masculine"),
    ]
    assert history[0].record.batches == (old.batch,)


def test_an_older_content_that_arrives_late_is_history(store: Store) -> None:
    store.add(month(2, "P-1", gender="Masculine"))
    receipt = store.add(month(1, "P-1"))
    assert receipt.files[0].revised == 1
    assert [record["gender"] for record in store.records()] == ["Masculine"]


def test_the_same_row_next_month_is_the_same_statement_seen_again(store: Store) -> None:
    january = store.add(month(1, "P-1"))
    february = store.add(month(2, "P-1"))
    assert (february.new, february.files[0].duplicates) == (0, 1)
    (record,) = store.records()
    assert record["as_of"] == "2026-02-28"
    assert record.batches == (january.batch, february.batch)
    store.unload(february.batch)
    (record,) = store.records()
    assert (record["as_of"], record.batches) == ("2026-01-28", (january.batch,))


def test_a_row_lives_as_long_as_any_batch_states_it(store: Store) -> None:
    january = store.add(month(1, "P-1", "P-2"))
    february = store.add(month(2, "P-1"))
    store.unload(january.batch)
    assert ids(store) == ["P-1"]
    store.unload(february.batch)
    assert ids(store) == []


def test_withdrawing_a_batch_leaves_the_records_as_before_its_load(store: Store) -> None:
    store.add(month(1, "P-1", "P-2"))
    before = list(store.records())
    receipt = store.add(month(2, "P-2", "P-3", gender="Feminine"))
    after = list(store.records())
    info = store.unload(receipt.batch)
    assert info.state == "withdrawn"
    assert list(store.records()) == before
    again = store.add(month(2, "P-2", "P-3", gender="Feminine"))
    assert (again.batch, again.new, again.repeated) == (receipt.batch, 2, False)
    assert list(store.records()) == after


def test_withdrawing_twice_is_withdrawing_once(store: Store) -> None:
    receipt = store.add(month(1, "P-1"))
    store.unload(receipt.batch)
    entries = store.verify_audit()
    assert store.unload(receipt.batch).state == "withdrawn"
    assert store.verify_audit() == entries


def test_an_unknown_batch_is_answered_with_the_known_ones(store: Store) -> None:
    receipt = store.add(month(1, "P-1"))
    with pytest.raises(UnknownBatch, match=receipt.batch.replace(".", r"\.")):
        store.unload("LK-CIU.2026-01-28")


@pytest.mark.parametrize("withdrawn_before", [False, True])
def test_an_erased_batch_keeps_its_name_and_counts_alone(
    store: Store, withdrawn_before: bool
) -> None:
    kept = store.add(month(1, "P-1"))
    receipt = store.add(month(2, "P-1", "P-2", gender="Feminine"))
    if withdrawn_before:
        store.unload(receipt.batch)
    info = store.unload(receipt.batch, erase=True)
    assert (info.state, info.records, info.title, info.files) == ("erased", 2, "", ())
    assert [(record.record_id, record.batches) for record in store.records()] == [
        ("P-1", (kept.batch,))
    ]
    assert len(store.history("LK-CIU:persons:P-1")) == 1
    again = store.add(month(2, "P-1", "P-2", gender="Feminine"))
    assert (again.batch, again.new) == (receipt.batch, 2)
    assert ids(store) == ["P-1", "P-2"]


def test_erasing_leaves_what_another_batch_states(store: Store) -> None:
    january = store.add(month(1, "P-1", "P-2"))
    february = store.add(month(2, "P-1"))
    store.unload(january.batch, erase=True)
    assert [(record.record_id, record.batches) for record in store.records()] == [
        ("P-1", (february.batch,))
    ]


def corrected(record_id: str, earlier: str, *, as_of: str, originator: str = "LK-CIU") -> Record:
    return person(record_id, as_of=as_of, originator=originator, supersedes=earlier)


def test_a_corrected_row_is_not_current(store: Store) -> None:
    store.add(month(1, "P-1", "P-2"))
    february = "2026-02-28"
    fix = corrected("P-3", "LK-CIU:persons:P-1", as_of=february)
    receipt = store.add(bundle([fix], as_of=february))
    assert ids(store) == ["P-2", "P-3"]
    assert store.record("LK-CIU:persons:P-1") is None
    (version,) = store.history("LK-CIU:persons:P-1")
    assert (version.state, version.by) == ("superseded", ("LK-CIU:persons:P-3",))
    store.unload(receipt.batch)
    assert ids(store) == ["P-1", "P-2"]


def test_a_correction_of_a_correction_does_not_revive_the_first(store: Store) -> None:
    day = "2026-01-28"
    rows = [
        person("P-1", as_of=day),
        corrected("P-2", "LK-CIU:persons:P-1", as_of=day),
        corrected("P-3", "LK-CIU:persons:P-2", as_of=day),
    ]
    store.add(bundle(rows, as_of=day))
    assert ids(store) == ["P-3"]


def test_a_correction_that_is_itself_revised_no_longer_corrects(store: Store) -> None:
    store.add(month(1, "P-1"))
    day = "2026-02-28"
    store.add(bundle([corrected("P-2", "LK-CIU:persons:P-1", as_of=day)], as_of=day))
    store.add(month(3, "P-2"))
    assert ids(store) == ["P-1", "P-2"]
    assert [version.state for version in store.history("LK-CIU:persons:P-1")] == ["current"]


def test_corrections_in_a_circle_are_refused(store: Store) -> None:
    store.add(month(1, "P-1"))
    day = "2026-02-28"
    store.add(bundle([corrected("P-2", "LK-CIU:persons:P-1", as_of=day)], as_of=day))
    before = list(store.records()), list(store.batches())
    circle = bundle(
        [corrected("P-1", "LK-CIU:persons:P-2", as_of="2026-03-28")], as_of="2026-03-28"
    )
    with pytest.raises(SupersedesCycle, match="LK-CIU:persons:P-1"):
        store.add(circle)
    assert (list(store.records()), list(store.batches())) == before


def test_two_contents_on_one_day_are_refused_and_named(store: Store) -> None:
    receipt = store.add(month(1, "P-1", "P-2"))
    before = list(store.records()), list(store.batches())
    with pytest.raises(ContentConflict) as caught:
        store.add(month(1, "P-1", "P-2", "P-3", gender="Feminine"))
    assert caught.value.ids == ("LK-CIU:persons:P-1", "LK-CIU:persons:P-2")
    assert receipt.batch in str(caught.value)
    assert (list(store.records()), list(store.batches())) == before


def test_a_corrected_bundle_of_the_same_day_loads_once_the_old_one_is_withdrawn(
    store: Store,
) -> None:
    wrong = store.add(month(1, "P-1"))
    store.unload(wrong.batch)
    store.add(month(1, "P-1", gender="Feminine"))
    assert [record["gender"] for record in store.records()] == ["Feminine"]
    with pytest.raises(ContentConflict):
        store.add(month(1, "P-1"))


def test_no_load_touches_another_originators_records(store: Store) -> None:
    store.add(month(1, "P-1"))
    before = list(store.records())
    day = "2026-02-28"
    rows = [
        person("P-1", as_of=day, originator="TH-IB", gender="Feminine"),
        corrected("P-2", "LK-CIU:persons:P-1", as_of=day, originator="TH-IB"),
    ]
    receipt = store.add(bundle(rows, as_of=day, originator="TH-IB"))
    ours = [record for record in store.records() if record.originator == "LK-CIU"]
    assert ours == before
    assert [file.accepted for file in receipt.files] == [2]
    store.unload(receipt.batch, erase=True)
    assert list(store.records()) == before


def test_a_record_of_another_originator_in_a_bundle_is_refused(store: Store) -> None:
    day = "2026-01-28"
    rows = [person("P-1", as_of=day, originator="TH-IB")]
    with pytest.raises(ValueError, match="TH-IB:persons:P-1: in a bundle of LK-CIU"):
        store.add(bundle(rows, as_of=day))
    assert states(store) == []


def test_one_record_and_some_tables_are_fetched_alone(store: Store) -> None:
    day = "2026-01-28"
    flow = make_record(
        "LK-CIU", "flows", {"record_id": "F-1", "as_of": day, "from_country": "LK", **COMMON}
    )
    store.add(bundle([flow, person("P-1", as_of=day)], as_of=day))
    assert [record.id for record in store.records(tables=["flows"])] == ["LK-CIU:flows:F-1"]
    assert list(store.records(tables=[])) == []
    one = store.record("LK-CIU:persons:P-1")
    assert one is not None
    assert one["name"] == "P-1"
    assert store.record("LK-CIU:persons:P-9") is None
    assert list(store.history("LK-CIU:persons:P-9")) == []


HOSTILE = ("'; DROP TABLE record; --", "<script>alert(1)</script>", "{{7*7}}", "=cmd|' /C calc'!A0",
           "\x00\x1b", "\u202e", "👩‍👩‍👧", "กำ", "\\u0041", '"', "a\r\nb")  # fmt: skip


def test_hostile_text_is_kept_letter_by_letter(store: Store) -> None:
    day = "2026-01-28"
    rows = [person(f"P-{i:02}", as_of=day, name=text) for i, text in enumerate(HOSTILE)]
    store.add(bundle(rows, as_of=day))
    assert [record["name"] for record in store.records()] == list(HOSTILE)


def test_every_act_on_a_batch_is_in_the_audit(store: Store) -> None:
    start = store.verify_audit()
    receipt = store.add(month(1, "P-1"))
    store.unload(receipt.batch)
    store.unload(receipt.batch, erase=True)
    assert store.verify_audit() == start + 3


PEOPLE = ("P-1", "P-2", "P-3")
said_in_a_month = st.dictionaries(
    st.sampled_from(PEOPLE),
    st.tuples(st.sampled_from(("", "Feminine", "Masculine")), st.sampled_from(("", *PEOPLE))),
    min_size=1,
)


def bundle_of(number: int, said: dict[str, tuple[str, str]], originator: str) -> Bundle:
    """Return a month's bundle; a row may correct only a smaller id, so that no circle closes."""
    day = f"2026-{number:02}-28"
    rows = [
        person(
            name, as_of=day, originator=originator, gender=gender,
            supersedes=f"{originator}:persons:{earlier}" if "" < earlier < name else "",
        )
        for name, (gender, earlier) in said.items()
    ]  # fmt: skip
    return bundle(rows, as_of=day, originator=originator)


@given(
    months=st.lists(said_in_a_month, min_size=1, max_size=4),
    others=said_in_a_month,
    order=st.randoms(use_true_random=False),
    withdrawn=st.sets(st.integers(0, 4)),
)
def test_the_order_of_loads_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    months: Sequence[dict[str, tuple[str, str]]],
    others: dict[str, tuple[str, str]],
    order: Random,
    withdrawn: set[int],
) -> None:
    """Any order, with withdrawals between: the records are those of the batches that are left."""
    bundles = [bundle_of(n, said, "LK-CIU") for n, said in enumerate(months, start=1)]
    bundles.append(bundle_of(1, others, "TH-IB"))
    left = [b for n, b in enumerate(bundles) if n not in withdrawn]
    shuffled = list(enumerate(bundles))
    order.shuffle(shuffled)
    for factory in FACTORIES.values():
        with (
            factory(tmp_path_factory.mktemp("plain")) as plain,
            factory(tmp_path_factory.mktemp("mixed")) as mixed,
        ):
            for each in left:
                plain.add(each)
            for place, each in shuffled:
                receipt = mixed.add(each)
                if place in withdrawn:
                    mixed.unload(receipt.batch)
            assert list(mixed.records()) == list(plain.records())


def test_every_order_of_three_revisions_gives_the_same_records(
    factory: Factory, tmp_path: Path
) -> None:
    months = [month(1, "P-1"), month(2, "P-1", gender="Feminine"), month(3, "P-1")]
    found: list[list[Record]] = []
    for place, order in enumerate(permutations(months)):
        (folder := tmp_path / str(place)).mkdir()
        with factory(folder) as store:
            for each in order:
                store.add(each)
            found.append(list(store.records()))
    assert all(records == found[0] for records in found)
    assert len(found[0][0].batches) == 2


@pytest.mark.parametrize("show_protected", [False, True])
def test_the_network_from_the_store_is_that_of_its_records(
    store: Store, show_protected: bool
) -> None:
    day = "2026-01-28"
    case = make_record(
        "LK-CIU",
        "cases",
        {"record_id": "C-1", "as_of": day, "local_ref": "1", "status": "Active", **COMMON},
    )
    said = {"from_ref": "LK-CIU:persons:P-1", "kind": "RECRUITED", "to_ref": "LK-CIU:persons:P-2"}
    common = {"as_of": day, "case_ref": case.id, **COMMON}
    link = make_record("LK-CIU", "links", {"record_id": "L-1", **common, **said})
    people = [person(name, as_of=day, case_ref=case.id) for name in ("P-1", "P-2")]
    receipt = store.add(bundle([case, link, *people], as_of=day))
    stated = [one._replace(batches=(receipt.batch,)) for one in (case, link, *people)]
    found = store.network(show_protected=show_protected)
    wanted = build_network(sorted(stated), show_protected=show_protected)
    assert dict(found.nodes(data=True)) == dict(wanted.nodes(data=True))
    assert list(found.edges(keys=True, data=True)) == list(wanted.edges(keys=True, data=True))
    assert found.graph == wanted.graph
    assert "RECRUITED" in [kind for _, _, kind in found.edges(data="kind")]

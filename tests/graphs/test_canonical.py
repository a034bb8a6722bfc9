"""The canonical text, written by hand for speed, is the JSON it says it is."""

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from graphs.records import Manifest, Record, input_hash, make_record, start_hash
from graphs.schema import TABLES

texts = st.text(max_size=8)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a record of any table with any text in its cells."""
    table = draw(st.sampled_from(sorted(TABLES)))
    said = draw(st.dictionaries(st.sampled_from(list(TABLES[table].place)), texts))
    record = make_record("LK-CIU", table, {**said, "record_id": "R-1"})
    written = tuple(draw(st.lists(st.tuples(st.just("note"), texts), max_size=2)))
    return record._replace(
        verbatim=written, inherited=draw(st.sampled_from([(), ("as_of",), ("handling",)]))
    )


@given(records())
def test_the_canonical_text_is_sorted_json_without_blanks(record: Record) -> None:
    said = record.content()
    if "as_of" in record.inherited:
        said.pop("as_of", None)
    whole = {"id": record.id, "said": said, "written": record.verbatim}
    assert record.canonical() == json.dumps(
        whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def test_records_sorted_by_id_are_sorted_by_their_canonical_text() -> None:
    """So that a store can hash a bundle while it walks over it."""
    names = ["P-1", "P-10", "P-1.a", "P-1_", "P-2", "P", "P.", "P-1-", "Pa"]
    people = [make_record("LK-CIU", "persons", {"record_id": name}) for name in names]
    people.sort(key=lambda record: record.id)
    manifest = Manifest("LK-CIU", "LK", "", "2026-03-31", "1.0")
    walked = start_hash(manifest)
    for record in people:
        walked.update(record.canonical().encode() + b"\n")
    assert walked.hexdigest() == input_hash(manifest, reversed(people))
    assert len(walked.hexdigest()) == hashlib.sha256().digest_size * 2

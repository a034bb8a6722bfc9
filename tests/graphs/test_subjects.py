"""Finding a thing in any spelling, and all that is said of one person."""

import pytest

from graphs.errors import AmbiguousThing, InputError, UnknownThing
from graphs.network import build_network
from graphs.subjects import find, posts_to_ask, resolve_one, subject
from tests.graphs.invented import CASE, JOURNEY, SECRETS, TH, invented_records, link, p, ref, row

MORE = [
    row("persons", "P-70", name="NGUYỄN Văn Đức", case_ref=CASE),
    row("persons", "P-71", name="Kumari Otherly", case_ref=CASE),
    row("organisations", "O-1", name="Example Travel", kind="travel_agency", case_ref=CASE),
    row("focal_points", "F-9", TH, agency="TH-IB", post_title="Desk", country="TH", channel="d@th",
        remit="document_fraud;smuggling", confirmed_on="2026-01-01", confirmed_by="x"),
    row("focal_points", "F-8", TH, agency="TH-IB", post_title="Old desk", country="TH",
        channel="o@th", remit="smuggling", valid_to="2025", confirmed_on="2025-01-01",
        confirmed_by="x"),
]  # fmt: skip
NETWORK = build_network([*invented_records(), *MORE])


def ids(text: str):
    return [row["id"] for row in find(NETWORK, text)]


@pytest.mark.parametrize(
    "text",
    ["NGUYỄN Văn Đức", "nguyen van duc", "Duc Nguyen Van", "Nguyễn Văn Đức", "P-70", "van duc"],
)
def test_a_name_is_found_in_any_spelling(text: str):
    assert p("P-70") in ids(text)


@pytest.mark.parametrize("text", ["สมชาย ตัวอย่าง", "lucky", "LUCKY", "smchay", "ตัวอย่าง"])
def test_a_name_is_found_in_its_script_its_reading_and_its_alias(text: str):
    assert ids(text) == [p("P-2", TH)]


@pytest.mark.parametrize("text", ["+66 81 234 5678", "081-234-5678", "812345678", "0812345678"])
def test_a_phone_is_found_however_it_is_written(text: str):
    assert ref("identifiers", "I-2") in ids(text)


@pytest.mark.parametrize("text", ["2026/118", "2026-118", "C-1", CASE])
def test_a_case_is_found_by_its_number_and_id(text: str):
    assert CASE in ids(text)


def test_places_agencies_and_countries_are_found():
    assert ids("suvarnabhumi") == [ref("locations", "BKK")]
    assert "country:LK" in ids("Sri Lanka")
    assert "agency:LK-CIU" in ids("LK-CIU")


def test_the_nearest_come_first_with_the_reason():
    assert find(NETWORK, "Kumari Vexholm")[0] == {
        "kind": "Person",
        "id": p("P-1"),
        "label": "Kumari Vexholm",
        "why": 'name "Kumari Vexholm"',
    }
    assert [row["why"] for row in find(NETWORK, "kumari")] == [
        'part of the name "Kumari Vexholm"',
        'part of the name "Kumari Otherly"',
    ]


@pytest.mark.parametrize("text", ["", "   ", "?", "zzz", "-"])
def test_nothing_answers_to_nothing(text: str):
    assert find(NETWORK, text) == []


@pytest.mark.parametrize("secret", SECRETS)
def test_the_shielded_answer_to_no_name_or_number_of_theirs(secret: str):
    assert ids(secret) == []


def test_the_shielded_answer_to_pseudonym_and_record_id():
    label = NETWORK.nodes[p("P-30")]["label"]
    assert ids(label) == [p("P-30")] == ids(p("P-30"))


def test_one_thing_is_taken_several_are_listed_none_is_said():
    assert resolve_one(NETWORK, "lucky") == p("P-2", TH)
    assert resolve_one(NETWORK, "2026/118", kind="Case") == CASE
    with pytest.raises(AmbiguousThing) as several:
        resolve_one(NETWORK, "Kumari")
    assert [thing for thing, _ in several.value.candidates] == [p("P-1"), p("P-71")]
    with pytest.raises(UnknownThing, match="no case answers to 'lucky'"):
        resolve_one(NETWORK, "lucky", kind="Case")


def test_a_whole_name_beats_a_part_of_one():
    network = build_network([*MORE, row("persons", "P-72", name="Kumari", case_ref=CASE)])
    assert resolve_one(network, "KUMARI") == p("P-72")


def test_a_record_id_without_agency_is_ambiguous_where_two_agencies_have_it():
    network = build_network([*invented_records(), row("persons", "P-1", TH, name="Other")])
    with pytest.raises(AmbiguousThing):
        resolve_one(network, "P-1")


def test_the_page_of_a_person():
    page = subject(NETWORK, p("P-2", TH))
    assert page["label"] == "สมชาย ตัวอย่าง"
    assert page["facts"]["residence_country"] == "TH"
    assert page["identifiers"][0]["also"] == ["Kumari Vexholm"]
    assert [(role["role"], role["stage"], role["label"]) for role in page["roles"]] == [
        ("driver", "transit", "LK>TH by air")
    ]
    assert page["status"]["status"] == "arrested"
    assert next((tie["kind"], tie["way"], tie["label"]) for tie in page["ties"]) == (
        "DIRECTS",
        "from",
        "Kumari Vexholm",
    )


def test_the_timeline_is_in_order_and_what_has_no_date_comes_last():
    dates = [entry["date"] for entry in subject(NETWORK, p("P-1"))["timeline"]]
    assert dates == ["2025-10", "2025-11", "2025-12-24", None, None]


def test_every_row_behind_a_page_is_listed_with_its_source():
    page = subject(NETWORK, p("P-2", TH))
    rows = {row["record"]: row["source_ref"] for row in page["rows"]}
    assert {p("P-2", TH), ref("links", "R-2"), ref("events", "E-1"),
            ref("identifiers", "I-3", TH)} <= set(rows)  # fmt: skip
    assert rows[ref("links", "R-2")] == "Stmt 12 p. 3"


def test_the_page_of_the_shielded_names_nobody():
    said = repr(subject(NETWORK, p("P-30")))
    assert not [secret for secret in SECRETS if secret in said]


def test_a_case_has_no_page_of_a_person():
    with pytest.raises(InputError, match="is a case, expected a person"):
        subject(NETWORK, CASE)


def test_the_posts_are_those_of_the_cases_with_a_matching_remit():
    posts = posts_to_ask(NETWORK, [CASE])
    assert [(post["id"], post["remit"], post["by"]) for post in posts] == [
        (ref("focal_points", "F-1"), ["smuggling"], "agency")
    ]
    of_thai_case = posts_to_ask(NETWORK, [ref("cases", "C-9", TH)])
    assert [post["remit"] for post in of_thai_case] == [["document_fraud"]]


def test_a_post_that_another_succeeds_is_not_asked():
    newer = row("focal_points", "F-10", agency="LK-CIU", post_title="New", country="LK",
                channel="n", confirmed_on="2026-03-01", confirmed_by="x", remit="smuggling",
                successor_of=ref("focal_points", "F-1"))  # fmt: skip
    network = build_network([*invented_records(), newer])
    assert [post["id"] for post in posts_to_ask(network, [CASE])] == [ref("focal_points", "F-10")]


def test_ties_to_organisations_are_on_the_page():
    paid = link("R-20", p("P-1"), "PAID", ref("organisations", "O-1"), amount="10", currency="USD")
    page = subject(build_network([*invented_records(), *MORE, paid]), p("P-1"))
    tie = next(tie for tie in page["ties"] if tie["kind"] == "PAID")
    assert (tie["label"], tie["amount"], tie["currency"]) == ("Example Travel", "10", "USD")
    assert JOURNEY in NETWORK

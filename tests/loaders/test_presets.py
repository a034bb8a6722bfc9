"""HTCDS sheets and FollowTheMoney entities load with a short mapping file."""

import json
from pathlib import Path

import pytest

from graphs.records import Bundle
from loaders.faults import BundleError
from loaders.mapped import read_mapped
from loaders.mapping.preset import canonical_column, read_preset

HEAD = """
preset = "{preset}"
file = "{file}"
as_of = 2026-03-31
originator = {{ agency = "NGO-X", country = "TH" }}
[defaults]
handling = "TLP:AMBER H2"
grading = "none"
"""
HTCDS = (
    "Case Number,prs_FirstName,prs_SecondName,Birthdate,prs_Gender,prs_Citizenship,prs_MobilePhone,"
    "vic_TraffickingStatus,vic_TraffickingStatusDecisionMak,vic_MethodOfRecruitment,"
    "vic_TypeOfExploitation,cas_Status,cas_IncomingReferralDate,per_RoleInProcess,hte_Date\n"
    "2026/7,Somying,Example,1999-04,Female,Thailand,+66 2 123 4567,ActualVictimOfTrafficking,"
    "Police,AtWork;Other,ForcedLabour,Active,2026-01-10,,2025-11\n"
    "2026/8,Chai,Example,,Male,TH,,,,,,Follow Up,,Transporter;Smuggler,2025-12\n"
)


def folder(tmp_path: Path, preset: str, file: str, content: str, more: str = "") -> Path:
    (tmp_path / "mapping.toml").write_text(HEAD.format(preset=preset, file=file) + more, "utf-8")
    (tmp_path / file).write_text(content, "utf-8")
    return tmp_path


def said(bundle: Bundle, table: str) -> list[dict[str, str]]:
    common = {"as_of", "handling", "grading", "source_ref"}
    return [
        {column: cell for column, cell in record.content().items() if column not in common}
        for record in bundle.records
        if record.table == table
    ]


def test_an_htcds_sheet_gives_persons_cases_identifiers_and_events(tmp_path: Path) -> None:
    more = 'source_ref = "{file} row {row}"\n'
    bundle = read_mapped(folder(tmp_path, "htcds", "cases.csv", HTCDS, more))
    assert said(bundle, "persons") == [
        {
            "record_id": "2026-7", "case_ref": "NGO-X:cases:2026-7", "name": "Somying Example",
            "name_kind": "legal", "name_order": "given_first", "birth_date": "1999-04",
            "gender": "Feminine", "nationalities": "TH", "protected": "victim",
            "trafficking_status": "ActualVictimOfTrafficking", "status_decided_by": "Police",
        },
        {
            "record_id": "2026-8", "case_ref": "NGO-X:cases:2026-8", "name": "Chai Example",
            "name_kind": "legal", "name_order": "given_first", "gender": "Masculine",
            "nationalities": "TH",
        },
    ]  # fmt: skip
    assert [case["status"] for case in said(bundle, "cases")] == ["Active", "FollowUp"]
    assert [(one["kind"], one["value"]) for one in said(bundle, "identifiers")] == [
        ("phone", "+66 2 123 4567")
    ]
    assert [(event["kind"], event["date"]) for event in said(bundle, "events")] == [
        ("exploitation", "2025-11"),
        ("recruitment", "2025-11"),
    ]
    assert [
        (link["process_role"], link["role"], link["stage"]) for link in said(bundle, "links")
    ] == [
        ("Smuggler", "other", "unknown"),
        ("Transporter", "transporter", "transit"),
    ]
    assert bundle.files[0].read == bundle.files[0].accepted == 2


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("First Name", "prs_FirstName"),
        ("prs_first_name", "prs_FirstName"),
        ("Surname", "prs_SecondName"),
        ("vic_TypeOfSe", "vic_TypeOfSexExploitation"),
        ("vic_TypeOf", None),
        ("Status", "cas_Status"),
        ("Shoe size", None),
    ],
)
def test_a_heading_is_known_by_its_name_label_alias_or_unique_beginning(
    heading: str, column: str | None
) -> None:
    assert canonical_column(heading, read_preset("htcds")) == column


def test_an_htcds_sheet_without_marking_is_refused(tmp_path: Path) -> None:
    folder(tmp_path, "htcds", "cases.csv", HTCDS)
    mapping = tmp_path / "mapping.toml"
    text = mapping.read_text("utf-8").replace('handling = "TLP:AMBER H2"\n', "")
    mapping.write_text(text + 'source_ref = "{file} row {row}"\n', "utf-8")
    with pytest.raises(BundleError) as caught:
        read_mapped(tmp_path)
    assert {fault.column for fault in caught.value.faults} == {"handling"}


ENTITIES: list[dict[str, object]] = [
    {"id": "p1", "schema": "Person", "properties": {
        "name": ["Ann Example", "Annie Example"], "nationality": ["lk"], "gender": ["female"],
        "birthDate": ["1980-02-03"], "phone": ["+94112345678"]}},
    {"id": "p2", "schema": "Person", "properties": {"firstName": ["Bo"], "lastName": ["Example"]}},
    {"id": "p3", "schema": "Person", "properties": {"name": ["Cy Example"]}},
    {"id": "o1", "schema": "Company", "properties": {"name": ["Ex Ltd"], "jurisdiction": ["my"]}},
    {"id": "pp", "schema": "Passport", "properties": {
        "holder": ["p1"], "number": ["N12345"], "country": ["lk"]}},
    {"id": "a1", "schema": "Address", "properties": {"full": ["Colombo"], "country": ["lk"]}},
    {"id": "t1", "schema": "Trip", "properties": {
        "involved": ["p2"], "startLocation": ["a1"], "startDate": ["2026-01-02T10:00:00"]}},
    {"id": "c1", "schema": "CourtCase", "properties": {"caseNumber": ["2026/1"]}},
    {"id": "cp", "schema": "CourtCaseParty", "properties": {
        "party": ["p1"], "case": ["c1"], "role": ["Suspect"]}},
    {"id": "pay", "schema": "Payment", "properties": {
        "payer": ["p2"], "beneficiary": ["o1"], "amount": ["300"], "currency": ["USD"]}},
    {"id": "call", "schema": "Call", "properties": {"caller": ["p1"], "receiver": ["p2"]}},
    {"id": "fam", "schema": "Family", "properties": {
        "person": ["p1"], "relative": ["p3"], "relationship": ["Sister"]}},
    {"id": "ul", "schema": "UnknownLink", "properties": {
        "subject": ["p1"], "object": ["p2"], "role": ["recruited"]}},
]  # fmt: skip
CASE = 'case_ref = "c1"\nstatus = "Active"\noffences = "smuggling"\n'


def jsonl(entities: list[dict[str, object]]) -> str:
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities)


def test_follow_the_money_entities_become_records_and_ties(tmp_path: Path) -> None:
    bundle = read_mapped(folder(tmp_path, "ftm", "e.jsonl", jsonl(ENTITIES), CASE))
    assert [
        (link["from_ref"].split(":", 1)[1], link["kind"], link["to_ref"].split(":", 1)[1])
        for link in said(bundle, "links")
    ] == [
        ("persons:p1", "COMMUNICATED", "persons:p2"),
        ("persons:p1", "PARTY_TO", "cases:c1"),
        ("persons:p1", "KIN_OF", "persons:p3"),
        ("persons:p2", "PAID", "organisations:o1"),
        ("persons:p1", "RECRUITED", "persons:p2"),
    ]
    assert said(bundle, "persons")[0] == {
        "record_id": "p1", "case_ref": "NGO-X:cases:c1", "name": "Ann Example",
        "name_kind": "legal", "other_names": "legal=Annie Example", "birth_date": "1980-02-03",
        "gender": "Feminine", "nationalities": "LK",
    }  # fmt: skip
    assert [leg["depart"] for leg in said(bundle, "legs")] == ["2026-01-02"]
    assert [one["kind"] for one in said(bundle, "identifiers")] == ["phone", "passport"]
    assert (bundle.files[0].read, bundle.files[0].accepted) == (13, 13)


def test_a_link_whose_role_names_no_kind_and_a_strange_schema_are_faults(tmp_path: Path) -> None:
    strange: list[dict[str, object]] = [
        {"id": "x", "schema": "UnknownLink", "properties": {
            "subject": ["p1"], "object": ["p2"], "role": ["knows"]}},
        {"id": "y", "schema": "Airplane", "properties": {}},
    ]  # fmt: skip
    entities = [entity for entity in ENTITIES if entity["id"] != "ul"] + strange
    with pytest.raises(BundleError) as caught:
        read_mapped(folder(tmp_path, "ftm", "e.jsonl", jsonl(entities), CASE))
    assert [(f.row, f.column, f.found) for f in caught.value.faults] == [
        (13, "relationship", "knows"),
        (14, "schema", "Airplane"),
    ]


def test_half_a_json_file_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"e\.jsonl, row 13: found text that is not JSON"):
        read_mapped(folder(tmp_path, "ftm", "e.jsonl", jsonl(ENTITIES)[:-9], CASE))

"""Country and currency codes: complete, read as text, and hints that do not guess wrongly."""

import csv

import pytest

from graphs.codes import (
    BALI_PROCESS_MEMBERS,
    DATA,
    alpha2_from,
    countries,
    country_hint,
    country_name,
    currencies,
    fold_name,
    is_country,
    is_currency,
    withdrawn_countries,
    withdrawn_text,
)


def test_namibia_is_a_country_and_never_a_missing_value() -> None:
    assert is_country("NA")
    assert country_name("NA") == "Namibia"
    assert alpha2_from("NA", "alpha2") == "NA"
    assert alpha2_from("Namibia", "name") == "NA"


def test_every_code_of_iso_3166_is_there_once_with_its_three_forms() -> None:
    listed = countries().values()
    assert len(listed) == 250
    assert [each.alpha2 for each in listed if each.status != "official"] == ["XK"]
    assert len({each.alpha3 for each in listed}) == 250
    assert len({each.numeric for each in listed if each.alpha2 != "XK"}) == 249
    assert all(len(each.numeric) == 3 for each in listed if each.alpha2 != "XK")


def test_the_file_has_no_cell_that_needs_quoting_by_hand() -> None:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        assert {len(row) for row in csv.reader(file)} == {6}


@pytest.mark.parametrize("code", sorted(countries()))
def test_every_shown_name_and_alpha3_code_leads_back_to_its_country(code: str) -> None:
    country = countries()[code]
    assert alpha2_from(country.name, "name") == code
    assert alpha2_from(country.alpha3, "alpha3") == code
    assert alpha2_from(code.lower(), "alpha2") == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Vietnam", "VN"),
        ("VIET NAM", "VN"),
        ("Việt Nam", "VN"),
        ("VNM", "VN"),
        ("UK", "GB"),
        ("lk", "LK"),
        ("Burma", "MM"),
        ("Laos", "LA"),
        ("Hongkong", "HK"),
        ("Macau", "MO"),
        ("Ivory Coast", "CI"),
        ("Turkey", "TR"),
        ("TÜRKİYE", "TR"),
        ("East Timor", "TL"),
        ("U.A.E.", "AE"),
        ("the Philippines", "PH"),
        ("ราชอาณาจักรไทย", None),
        ("ไทย", "TH"),
        ("ශ්‍රී ලංකාව", "LK"),
        ("မြန်မာ", "MM"),
        ("香港", "HK"),
        ("中國", "CN"),
        ("بنغلاديش", "BD"),
        ("கனடா", "CA"),
        ("Phillipines", "PH"),
        ("Korea", None),
        ("Congo", None),
        ("unknown", None),
        ("", None),
        ("?", None),
        ("=cmd|'/c calc'!A1", None),
        ("x" * 100_000, None),
    ],
)
def test_a_hint_names_the_country_probably_meant_or_none(written: str, code: str | None) -> None:
    assert country_hint(written) == code


def test_a_misspelt_name_is_hinted_but_never_taken_for_a_value() -> None:
    assert country_hint("Thailnd") == "TH"
    assert alpha2_from("Thailnd", "name") is None


def test_an_unknown_kind_of_code_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="alpha2, alpha3, name"):
        alpha2_from("TH", "alpha4")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("code", sorted(withdrawn_countries()))
def test_a_withdrawn_code_is_no_country_and_names_present_successors(code: str) -> None:
    assert not is_country(code)
    assert all(is_country(successor) for successor in withdrawn_countries()[code].successors)
    assert (withdrawn_text(code) or "").startswith(f"{code} (")


def test_a_withdrawn_code_with_several_successors_gives_no_hint() -> None:
    assert [country_hint(code) for code in ("AN", "YU", "SU", "BU", "TP", "ZR")] == [
        None,
        None,
        None,
        "MM",
        "TL",
        "CD",
    ]


def test_folding_keeps_marks_that_are_letters_in_their_script() -> None:
    assert fold_name("ไทย") != fold_name("ไทยี")
    assert fold_name("Curaçao") == "curacao"


def test_members_of_the_bali_process_are_countries_in_order() -> None:
    assert list(BALI_PROCESS_MEMBERS) == sorted(set(BALI_PROCESS_MEMBERS))
    assert all(map(is_country, BALI_PROCESS_MEMBERS))
    assert {"AU", "ID", "LK", "TH", "VN", "MM", "NC", "KP"} <= set(BALI_PROCESS_MEMBERS)


def test_currencies_include_those_of_old_payments() -> None:
    assert all(map(is_currency, ("USD", "THB", "LKR", "VND", "AUD", "XCG", "BGN", "HRK")))
    assert not any(map(is_currency, ("", "usd", "RS", "BTCX", "$")))
    assert len(currencies()) > 180

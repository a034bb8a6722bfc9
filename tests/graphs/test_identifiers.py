"""The one normal form: what is equal, and what must never be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.identifiers import normal_form
from graphs.vocabularies import VOCABULARIES

KINDS = VOCABULARIES["identifier_kind"].words


@pytest.mark.parametrize(
    ("kind", "one", "other", "scope"),
    [
        ("phone", "+66 81 234 5678", "081-234-5678", {"issuer": "TH"}),
        ("phone", "+66812345678", "๐๘๑๒๓๔๕๖๗๘", {"issuer": "TH"}),
        ("phone", "0812345678", "(081) 234 5678", {"region": "TH"}),
        ("passport", "N 123-0451", "n123o45i", {"issuer": "LK"}),
        ("national_id", "12.345.678", "12345678", {"issuer": "VN"}),
        ("email", "Lucky@Example.test", "mailto:lucky@example.test", {}),
        ("account_handle", "@Lucky.Travel", "https://facebook.com/lucky.travel/", {}),
        ("account_handle", "tiktok.com/@lucky/video/9", "lucky", {}),
        ("account_handle", "facebook.com/profile.php?id=1000", "1000", {}),
        ("account_handle", "facebook.com/groups/Jobs.AU/", "jobs.au", {}),
        ("account_handle", "facebook.com/people/Lucky-T/1000", "1000", {}),
        ("bank_account", "12-34 56", "123456", {}),
        ("vessel_imo", "IMO 9074729", "9074729", {}),
        ("address", "12  Example Rd", "12 EXAMPLE rd", {}),
    ],
)
def test_two_spellings_of_one_identifier_are_equal(
    kind: str, one: str, other: str, scope: dict[str, str]
):
    assert normal_form(kind, one, **scope) == normal_form(kind, other, **scope)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("passport", {"value": "N1", "issuer": "LK"}, {"value": "N1", "issuer": "VN"}),
        ("account_handle", {"value": "x", "platform": "Line"}, {"value": "x", "platform": "X"}),
        ("phone", {"value": "0812345678", "issuer": "TH"}, {"value": "0812345678", "issuer": "VN"}),
        ("phone", {"value": "0812345678"}, {"value": "0812345678", "issuer": "TH"}),
    ],
)
def test_numbers_of_two_countries_or_platforms_are_never_one(
    kind: str, one: dict[str, str], other: dict[str, str]
):
    assert normal_form(kind, **one) != normal_form(kind, **other)


@pytest.mark.parametrize("word", ["unknown", "N/A", "-", "0000", "Withheld", ""])
def test_a_word_for_nothing_identifies_nobody(word: str):
    assert {normal_form(kind, word).value for kind in KINDS} == {""}


def test_a_phone_that_no_country_can_have_stays_its_digits():
    assert normal_form("phone", "12 34", issuer="LK") == ("phone", "LK", "1234")


def test_an_unknown_region_is_no_region():
    assert normal_form("phone", "081 234 5678", issuer="ZZ").value == "0812345678"


@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_any_text_has_a_normal_form_that_is_its_own(kind: str, text: str):
    form = normal_form(kind, text)
    if kind not in ("account_handle", "phone"):
        assert normal_form(kind, form.value).value == form.value
    assert form.kind == kind


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_an_address(text: str):
    assert normal_form("account_handle", f"https://example.test/{text}").kind == "account_handle"

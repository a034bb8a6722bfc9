"""The browser of the tests sees what a page does wrong, or its silence would prove nothing."""

from pathlib import Path

import pytest
from selenium.common.exceptions import TimeoutException, UnexpectedAlertPresentException

from tests.browser import Browser
from tests.needs import skip_unless

HOST = "http://corridor.invalid"

NOISY = f"""<!doctype html><meta charset="utf-8"><title>noisy</title>
<img src="{HOST}/pixel.png" alt="">
<p id="said">before</p>
<script>
console.log("a word");
document.getElementById("said").textContent = "after";
fetch("{HOST}/fetched").catch(() => undefined);
setTimeout(() => {{ throw new Error("too late") }}, 50);
</script>"""

QUIET = """<!doctype html><meta charset="utf-8"><title>quiet</title>
<style>p { color: rgb(1, 2, 3) }
@media (prefers-color-scheme: dark) { p { color: rgb(4, 5, 6) } }</style>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" alt="">
<p id="said">nothing</p>"""


@pytest.fixture
def noisy(tmp_path: Path) -> Path:
    page = tmp_path / "noisy ก.html"
    page.write_text(NOISY, "utf-8")
    return page


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    page = tmp_path / "quiet.html"
    page.write_text(QUIET, "utf-8")
    return page


def test_messages_and_requests_of_a_page_are_seen(browser: Browser, noisy: Path) -> None:
    browser.open(noisy)
    assert browser.text() == "after"
    assert sorted(set(browser.requests())) == [f"{HOST}/fetched", f"{HOST}/pixel.png"]
    said = "\n".join(browser.console())
    assert '"a word"' in said
    assert "too late" in said
    assert "net::ERR_INTERNET_DISCONNECTED" in said


def test_a_quiet_page_after_a_noisy_one_is_quiet(
    browser: Browser, noisy: Path, quiet: Path
) -> None:
    browser.open(noisy)
    browser.open(quiet)
    assert (browser.console(), browser.requests()) == ([], [])


def test_a_page_can_be_read_without_script(browser: Browser, noisy: Path) -> None:
    browser.open(noisy, script=False)
    assert browser.text() == "before"
    assert browser.requests() == [f"{HOST}/pixel.png"]


def test_both_colour_schemes_are_shown(browser: Browser, quiet: Path) -> None:
    colour = "return getComputedStyle(document.querySelector('p')).color"
    browser.open(quiet)
    light = browser.run(colour)
    browser.open(quiet, dark=True)
    assert (light, browser.run(colour)) == ("rgb(1, 2, 3)", "rgb(4, 5, 6)")


def test_an_executed_alert_is_an_error(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "alert.html"
    page.write_text("<!doctype html><img src=x onerror=\"alert('executed')\">", "utf-8")
    with pytest.raises(UnexpectedAlertPresentException, match="executed"):  # noqa: PT012 - whichever comes first
        browser.open(page)
        browser.text()


def test_waiting_in_vain_says_for_what(browser: Browser, quiet: Path) -> None:
    browser.open(quiet)
    browser.wait_until("document.title === 'quiet'")
    with pytest.raises(TimeoutException, match=r"title === 'loud'"):
        browser.wait_until("document.title === 'loud'", seconds=0.2)


def test_a_screenshot_is_a_picture_of_the_asked_size(
    browser: Browser, quiet: Path, tmp_path: Path
) -> None:
    browser.open(quiet)
    browser.resize(640, 480)
    browser.screenshot(tmp_path / "quiet.png")
    picture = (tmp_path / "quiet.png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (640, 480)


def test_what_is_missing_skips_on_a_laptop_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.needs.CI", False)
    with pytest.raises(pytest.skip.Exception, match="needs a browser"):
        skip_unless(False, "needs a browser")
    monkeypatch.setattr("tests.needs.CI", True)
    with pytest.raises(pytest.fail.Exception, match="CI=true: needs a browser"):
        skip_unless(False, "needs a browser")

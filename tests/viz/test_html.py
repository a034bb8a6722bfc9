"""A page is one file that fetches nothing, runs only its own scripts, and shows text as text."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.viz.attacks import ATTACKS
from viz.facts import Facts, banner_class
from viz.html import packed, plain, render


class Tags(HTMLParser):
    """Writes down what a parser makes of a page: tags in order, and the text of scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        self._open = f"{tag} {dict(attrs).get('type') or ''}".strip()

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open, []).append(data)


def hostile_page() -> str:
    facts = Facts(
        marking=ATTACKS[0], as_of=ATTACKS[1], slice=ATTACKS[2], group_rule=ATTACKS[3],
        ties=ATTACKS[4], originators=ATTACKS, batches=ATTACKS, snapshot_hash=ATTACKS[7],
        shared_pairs=1,
    )  # fmt: skip
    data = {f"data-{i}": {attack: [attack]} for i, attack in enumerate(ATTACKS)}
    return render("base.html", title=" ".join(ATTACKS), marking=ATTACKS[0], facts=facts, data=data)


def test_hostile_text_stays_text() -> None:
    quiet = Tags(render("base.html", title="t", marking="m", facts=Facts(as_of="1"), data={"d": 1}))
    loud = Tags(hostile_page())
    known = {*quiet.names, "script"}
    assert set(loud.names) <= known
    assert loud.names.count("script") == len(ATTACKS)
    assert not [name for name, _ in loud.attributes if name.startswith("on") or name == "style"]


def test_data_blocks_hold_what_was_given_save_deceiving_characters() -> None:
    blocks = Tags(hostile_page()).texts["script application/json"]
    assert [json.loads(block) for block in blocks] == [
        {plain(attack): [plain(attack)]} for attack in ATTACKS
    ]


def test_nothing_that_deceives_a_reader_is_left_and_its_code_stands_in_its_place() -> None:
    page = hostile_page()
    assert not set("\x00\x1b\u202e\ud800") & set(page)
    assert "⟨U+202E⟩evil" in page
    assert page.encode("utf-8").decode("utf-8") == page


def test_joiners_and_marks_that_names_need_are_kept() -> None:
    names = "نام\u200cخانوادگی ශ්\u200dරී \u200f٥ x\u200ey"
    assert plain(names) == names


def test_the_policy_names_exactly_the_styles_and_scripts_of_the_page() -> None:
    page = render("base.html", title="t", styles=["p{color:red}"], scripts=["let a = 1 < 2;"])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    allowed = set(re.findall(r"&#39;sha256-([^&]*)&#39;", policy[1]))
    held = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, re.DOTALL)
    sums = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in held}
    assert sums == allowed
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy[1]


@pytest.mark.parametrize("text", ["</script>", "</SCRIPT >", "<!-- <script>"])
def test_a_script_that_would_end_its_own_tag_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="would end its own tag"):
        render("base.html", title="t", scripts=[f"'{text}'"])


def test_data_that_is_not_json_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        packed({"share": float("nan")})


def test_every_page_carries_marking_title_language_date_slice_and_hash() -> None:
    facts = Facts(as_of="2026-03-31", snapshot_hash="ab" * 32, shared_pairs=3)
    page = render("base.html", title="Lantern", marking="TLP:AMBER H2", facts=facts)
    assert page.count('class="marking tlp-amber') == 2
    assert '<html lang="en">' in page
    assert "<title>Lantern · TLP:AMBER H2</title>" in page
    for text in ("2026-03-31", "everything loaded", "ab" * 32, "3 pairs of records share"):
        assert text in page
    assert "\r" not in page


def test_an_unknown_marking_is_shown_and_not_coloured() -> None:
    assert banner_class("TLP:PURPLE") == "marking"
    assert "No marking stated" in render("base.html", title="t")


def test_a_hostile_page_is_quiet_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(hostile_page(), encoding="utf-8", newline="")
    browser.open(file)
    assert browser.run("return window.__xss") is None
    assert browser.run("return document.images.length") == 0
    assert (browser.requests(), browser.console()) == ([], [])
    assert "<img src=x onerror" in browser.text()

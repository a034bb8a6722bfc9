"""One self-contained page: nothing fetched, nothing trusted, only its own styles and scripts run.

A page names in its Content-Security-Policy the SHA-256 of each style and script it holds, so a
script that came in with a name cannot run even if it were to reach the page as markup. Text
reaches a page in two ways only: through Jinja with autoescape, or in a JSON block that the
page's script reads with `textContent`.
"""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from viz.facts import Facts, banner_class
from viz.style import theme_css

_HERE = Path(__file__).parent

# Controls, lone surrogates and the characters that turn or hide the reading direction: a name
# holding U+202E reads backwards, so that "evil" passes for "live". Tab and line feed stay; so do
# the joiners and marks (ZWJ, ZWNJ, LRM, RLM, ALM) that Persian and Sinhala names need.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
# JSON inside a <script>: these three characters are all that HTML could take for its own.
_IN_SCRIPT = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})


def plain(text: str) -> str:
    """Return the text with every character that could deceive a reader written out as its code.

    Nothing is lost: the code stands where the character stood.

    >>> plain("\\u202eevil\\x00")
    '⟨U+202E⟩evil⟨U+0000⟩'
    """
    return _UNSAFE.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def render(
    template: str,
    *,
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    data: Mapping[str, object] | None = None,
    title: str,
    marking: str = "",
    facts: Facts | None = None,
    lang: str = "en",
    **context: object,
) -> str:
    """Return a page from a template in `viz/templates` that extends `base.html`, LF line ends.

    `styles` and `scripts` are texts, usually `asset("map.css")`; the shared colours and base.css
    come before them. Each entry of `data` becomes a JSON block with its key as id. Everything
    else is for the template. Write the page with `newline=""`: the hashes cover exact text.

    Raises ValueError for a style or script that would end its own tag, and for data that is not
    JSON (a date, NaN).

    >>> page = render("base.html", title="<b>Draft</b>", marking="TLP:AMBER")
    >>> "&lt;b&gt;Draft" in page, "<b>" in page, "http://" in page or "https://" in page
    (True, False, False)
    """
    marks = [sheet_marks(marking)] if marking else []
    sheets = [theme_css(), asset("base.css"), *marks, *styles]
    return (
        _templates()
        .get_template(template)
        .render(
            **context,
            title=title,
            marking=marking,
            facts=facts or Facts(marking=marking),
            lang=lang,
            csp=content_security_policy(sheets, scripts),
            style_tags=Markup("\n").join(_tag("style", sheet) for sheet in sheets),
            script_tags=Markup("\n").join(_tag("script", script) for script in scripts),
            data_tags=Markup("\n").join(_block(key, value) for key, value in (data or {}).items()),
        )
    )


def asset(name: str) -> str:
    """Return a file of `viz/assets` as text with LF line ends.

    >>> "var(--ink)" in asset("base.css")
    True
    """
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


def sheet_marks(marking: str) -> str:
    """Return CSS that puts a marking into the upper and lower margin of every printed sheet.

    The marking is text from outside: every character but letters and digits is escaped.

    >>> print(sheet_marks("A;"))
    @page{@top-center{content:"A\\3b ";}@bottom-center{content:"A\\3b ";}}
    """
    text = re.sub(r"[^A-Za-z0-9]", lambda found: f"\\{ord(found[0]):x} ", plain(marking))
    boxes = "".join(f'@{edge}-center{{content:"{text}";}}' for edge in ("top", "bottom"))
    return f"@page{{{boxes}}}"


def packed(value: object) -> str:
    """Return a value as JSON, deflated and in base64: about a sixth of its size.

    The page unpacks it with `DecompressionStream("deflate")`.

    >>> zlib.decompress(base64.b64decode(packed(["a", "\\u202e"])))
    b'["a","\\\\u27e8U+202E\\\\u27e9"]'
    """
    return base64.b64encode(zlib.compress(_json(value).encode("ascii"), 9)).decode("ascii")


def content_security_policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """Return a policy that lets these texts run and style, and nothing be fetched or sent.

    >>> content_security_policy([], [])[:38]
    "default-src 'none'; script-src 'none';"
    """
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Sequence[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests) or "'none'"


def _tag(name: str, text: str) -> Markup:
    if f"</{name}" in text.lower() or "<!--" in text:
        raise ValueError(f"a {name} may not hold '</{name}' or '<!--': it would end its own tag")
    return Markup(f"<{name}>{text}</{name}>")


def _block(key: str, value: object) -> Markup:
    return Markup('<script type="application/json" id="{}">{}</script>').format(
        key, Markup(_json(value))
    )


def _json(value: object) -> str:
    text = json.dumps(_plain_all(value), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.translate(_IN_SCRIPT)


def _plain_all(value: object) -> object:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {plain(str(key)): _plain_all(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_all(each) for each in value]
    return value


def _show(value: Any) -> Any:
    """Return what a template expression prints: made plain unless it is our own markup."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        finalize=_show,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
        keep_trailing_newline=True,
    )
    templates.filters["banner_class"] = banner_class
    return templates

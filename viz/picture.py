"""The chart as a still SVG picture: for paper, and for readers without script."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from markupsafe import Markup

from viz.entities import SHOWN_AT_FIRST
from viz.html import plain
from viz.style import mark

Said = Mapping[str, Any]
Box = tuple[float, float, float, float]

MOST_LABELS: Final = 25
ROOM_FOR_CODE: Final = 13.0  # least radius, in chart units, of a mark that names its country
LETTER: Final = 0.56  # width of a letter over the size of type, on the wide side
MARGIN: Final = 30.0


def network_picture(said: Sequence[Said], links: Sequence[Said], *, alt: str) -> Markup:
    """Return entities and connections as `<svg class="picture">`, styled by picture.css.

    Persons and organisations are drawn, or everything where there are none; a line between
    persons of different countries has its own class. The largest are labelled, as far as labels
    find room beside each other.

    >>> one = {"id": 0, "label": "A", "kind": "Person", "x": 0.0, "y": 0.0, "size": 9.0}
    >>> network_picture([one], [], alt="One person").count("<circle")
    1
    """
    drawn = [each for each in said if each.get("kind") in SHOWN_AT_FIRST] or list(said)
    if not drawn:
        return Markup("")
    by_id = {each["id"]: each for each in drawn}
    left, top, width, height = _frame(drawn)
    scale = max(width / 1000, height / 700)
    marks = sorted(drawn, key=lambda each: (each["size"], -each["id"]))
    parts = [*_lines(by_id, links), *(_shape(each) for each in marks), *_labels(drawn, scale)]
    return Markup(
        f'<svg class="picture" role="img" aria-label="{escape(plain(alt))}" '
        f'viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" '
        f'font-size="{12 * scale:.1f}" stroke-width="{max(1.0, scale):.1f}">'
        + "".join(parts)
        + "</svg>"
    )


def _frame(drawn: Sequence[Said]) -> Box:
    across, down = [each["x"] for each in drawn], [each["y"] for each in drawn]
    left, top = min(across) - 3 * MARGIN, min(down) - MARGIN
    return left, top, max(across) + 3 * MARGIN - left, max(down) + 1.5 * MARGIN - top


def _lines(by_id: Mapping[int, Said], links: Iterable[Said]) -> Iterator[str]:
    """Yield one path for all lines inside a country, and one for all that cross a border."""
    paths: dict[bool, list[str]] = {False: [], True: []}
    pairs = {(min(k["from"], k["to"]), max(k["from"], k["to"])) for k in links}
    for one, other in sorted(pairs):
        if one in by_id and other in by_id:
            a, b = by_id[one], by_id[other]
            line = f"M{a['x']:.0f} {a['y']:.0f}L{b['x']:.0f} {b['y']:.0f}"
            paths[crosses(a, b)].append(line)
    for crossing, lines in paths.items():
        if lines:
            yield f'<path class="{"cross" if crossing else "tie"}" d="{"".join(lines)}"/>'


def crosses(one: Said, other: Said) -> bool:
    """Say whether both ends have known countries and none in common.

    >>> crosses({"countries": ["LK"]}, {"countries": ["MY"]}), crosses({"countries": ["LK"]}, {})
    (True, False)
    """
    here, there = set(one.get("countries", ())), set(other.get("countries", ()))
    return bool(here and there and not here & there)


def _shape(each: Said) -> str:
    x, y, r = each["x"], each["y"], each["size"]
    drawn = mark(each.get("kind", ""))
    style = f"{drawn.colour}{_variant(each)}"
    if drawn.shape == "square":
        corner = f'x="{x - r:.0f}" y="{y - r:.0f}"'
        return f'<rect class="{style}" {corner} width="{2 * r:.0f}" height="{2 * r:.0f}"/>'
    return f'<circle class="{style}" cx="{x:.0f}" cy="{y:.0f}" r="{r:.0f}"/>{_code(each)}'


def _code(each: Said) -> str:
    """Return the country of a large mark as text inside it."""
    codes = each.get("countries", ())
    if not codes or each["size"] < ROOM_FOR_CODE:
        return ""
    text = codes[0] if len(codes) == 1 else f"{codes[0]}+{len(codes) - 1}"
    place = f'x="{each["x"]:.0f}" y="{each["y"] + 0.25 * each["size"]:.0f}"'
    return (
        f'<text class="code" {place} text-anchor="middle" font-size="{0.72 * each["size"]:.0f}">'
        f"{escape(plain(text[:6]))}</text>"
    )


def _variant(each: Said) -> str:
    if each.get("kind") != "Person" or each.get("facilitator"):
        return ""
    return " shielded" if each.get("shielded") else " uncalled"


def _labels(drawn: Sequence[Said], scale: float) -> Iterator[str]:
    """Yield labels, the largest first, where one of four places beside the mark is free."""
    taken = [_around(each) for each in drawn]
    ranked = sorted(drawn, key=lambda each: (-each["size"], each["id"]))
    for each in ranked[:MOST_LABELS]:
        text = _short(plain(each["label"]))
        for anchor, x, y, box in _beside(each, text, 12 * scale):
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(text)}</text>'
                break


def _short(text: str) -> str:
    return text if len(text) <= 28 else f"{text[:27]}…"


def _around(each: Said) -> Box:
    x, y, r = each["x"], each["y"], each["size"]
    return x - r, y - r, x + r, y + r


def _beside(each: Said, text: str, size: float) -> Iterator[tuple[str, float, float, Box]]:
    x, y, r = each["x"], each["y"], each["size"] + 0.3 * size
    long, half = LETTER * size * len(text), LETTER * size * len(text) / 2
    yield "start", x + r, y + 0.35 * size, (x + r, y - 0.6 * size, x + r + long, y + 0.6 * size)
    yield "end", x - r, y + 0.35 * size, (x - r - long, y - 0.6 * size, x - r, y + 0.6 * size)
    yield "middle", x, y + r + 0.8 * size, (x - half, y + r, x + half, y + r + 1.2 * size)
    yield "middle", x, y - r, (x - half, y - r - 1.2 * size, x + half, y - r)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

"""One look for every page: colours in two themes, and a colour and a shape per kind of node.

Kinds differ by shape and by colour, so that the picture also reads in black and white. The
tests hold text at 4.5:1 and marks at 3:1 on both grounds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Theme = Literal["light", "dark"]
Shape = Literal["disc", "square", "diamond", "drop", "hexagon", "up", "star", "folder", "bar"]

THEMES: Final[dict[Theme, dict[str, str]]] = {
    "light": {
        "ground": "#f4f5f2",
        "panel": "#ffffff",
        "raised": "#eef0ec",
        "line": "#d5d9d2",
        "edge": "#7d8790",
        "ink": "#17202a",
        "soft": "#4c5866",
        "accent": "#0b5a70",
        "accent-ink": "#ffffff",
        "cross": "#c2410c",
        "warn": "#8a4b00",
        "warn-ground": "#fff3dc",
        "focus": "#0b5a70",
        "person": "#1f5f99",
        "object": "#8a5a00",
        "location": "#1c7350",
        "event": "#a8325c",
        "cooperation": "#56606b",
        "derived": "#56606b",
        "organisation": "#6d3c9e",
    },
    "dark": {
        "ground": "#0f151b",
        "panel": "#171f27",
        "raised": "#202a34",
        "line": "#33404c",
        "edge": "#7c8995",
        "ink": "#eef2f4",
        "soft": "#b3bfc9",
        "accent": "#6ec5dc",
        "accent-ink": "#08222a",
        "cross": "#ff9b5e",
        "warn": "#ffcf7a",
        "warn-ground": "#33270f",
        "focus": "#8fdcf0",
        "person": "#74b3ee",
        "object": "#dfae54",
        "location": "#62c59b",
        "event": "#ef86aa",
        "cooperation": "#a3afba",
        "derived": "#a3afba",
        "organisation": "#c29bf0",
    },
}


@dataclass(frozen=True, slots=True)
class Mark:
    """How one kind of node is drawn: a shape, and the name of a colour in `THEMES`."""

    shape: Shape
    colour: str


MARKS: Final[dict[str, Mark]] = {
    "Person": Mark("disc", "person"),
    "Organisation": Mark("square", "organisation"),
    "Identifier": Mark("diamond", "object"),
    "Location": Mark("drop", "location"),
    "Country": Mark("hexagon", "location"),
    "Journey": Mark("up", "event"),
    "Leg": Mark("bar", "event"),
    "Case": Mark("folder", "event"),
    "Event": Mark("star", "event"),
    "Agency": Mark("square", "cooperation"),
    "FocalPoint": Mark("disc", "cooperation"),
    "Period": Mark("bar", "cooperation"),
    "Plan": Mark("folder", "cooperation"),
    "Outcome": Mark("star", "cooperation"),
    "Corridor": Mark("up", "derived"),
}
OTHER_MARK: Final = Mark("disc", "cooperation")


def mark(kind: str) -> Mark:
    """Return how a kind is drawn; a kind that the schema does not name is a grey disc.

    >>> mark("Person"), mark("Submarine").colour
    (Mark(shape='disc', colour='person'), 'cooperation')
    """
    return MARKS.get(kind, OTHER_MARK)


def theme_css() -> str:
    """Return the colours as CSS custom properties: light, dark where asked for, light on paper."""
    light, dark = (_properties(THEMES[theme]) for theme in ("light", "dark"))
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark)"
        f"{{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
    )


def _properties(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance).

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def legend(kinds: Iterable[str]) -> list[str]:
    """Return the kinds to explain, in the order of the schema, then any others by name.

    >>> legend(["Case", "Person", "Submarine"])
    ['Person', 'Case', 'Submarine']
    """
    known = {kind: place for place, kind in enumerate(MARKS)}
    return sorted(set(kinds), key=lambda kind: (known.get(kind, len(known)), kind))

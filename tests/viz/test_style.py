"""Both themes can be read: text at 4.5:1, marks at 3:1, kinds apart by shape or by colour."""

import pytest

from graphs.schema import NODE_KINDS
from viz.html import asset
from viz.style import MARKS, THEMES, Theme, contrast, theme_css

GROUNDS = ("ground", "panel", "raised")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "soft", "accent", "warn"])
def test_text_has_a_contrast_of_at_least_four_and_a_half(theme: Theme, ink: str) -> None:
    colours = THEMES[theme]
    assert min(contrast(colours[ink], colours[ground]) for ground in GROUNDS) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_coloured_grounds_has_it_too(theme: Theme) -> None:
    colours = THEMES[theme]
    assert contrast(colours["accent-ink"], colours["accent"]) >= 4.5
    assert contrast(colours["warn"], colours["warn-ground"]) >= 4.5
    assert contrast(colours["panel"], colours["ink"]) >= 4.5
    # A country's code is written inside the mark, in the colour of the ground.
    assert min(contrast(colours["panel"], colours[MARKS[k].colour]) for k in MARKS) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_marks_lines_and_borders_of_controls_have_at_least_three(theme: Theme) -> None:
    colours = THEMES[theme]
    drawn = {mark.colour for mark in MARKS.values()} | {"edge", "cross", "focus"}
    assert min(contrast(colours[name], colours["panel"]) for name in drawn) >= 3


def test_every_kind_of_the_schema_is_drawn_and_no_two_alike() -> None:
    assert list(MARKS) == list(NODE_KINDS)
    assert len(set(MARKS.values())) == len(MARKS)


def test_both_themes_name_the_same_colours_and_sheets_use_no_other() -> None:
    assert list(THEMES["light"]) == list(THEMES["dark"])
    declared = theme_css()
    for sheet in ("base.css", "network.css", "picture.css"):
        used = {part.split(")")[0] for part in asset(sheet).split("var(--")[1:]}
        assert not [name for name in used if f"--{name}:" not in declared]

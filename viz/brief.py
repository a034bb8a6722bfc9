"""The front page of a brief: the answer in words, the tables behind it, what is not known."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphs.answer import Sentence, place
from graphs.reasons import some_records
from viz.facts import Facts
from viz.html import asset, render

Row = Mapping[str, Any]


def brief_page(
    *,
    title: str,
    facts: Facts,
    sentences: Sequence[Sentence],
    brokers: Sequence[Row],
    crossings: Sequence[Row],
    corridors: Sequence[Row],
    gaps: Sequence[Row],
    conservation: Sequence[str],
    files: Mapping[str, str],
    cautions: Sequence[str],
) -> str:
    """Return brief.html: complete without script, alone, and in black and white.

    Rows are those of the tables of `graphs`; a gap has `what`, `count`, `of` and `records`.
    Long lists of record ids are cut with the number left out; brokers.csv, crossings.csv and
    corridors.csv carry them whole.
    """
    return render(
        "brief.html",
        styles=[asset("brief.css")],
        title=title,
        marking=facts.marking,
        facts=facts,
        sentences=sentences,
        brokers=brokers,
        crossings=crossings,
        corridors=corridors,
        gaps=gaps,
        conservation=conservation,
        files=files,
        cautions=cautions,
        some=some_records,
        place=place,
    )

"""The map page: corridors between countries as one static picture, with the same as a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphs.codes import country_name
from viz.atlas import anchors, outlines
from viz.facts import Facts
from viz.html import asset, render
from viz.ribbons import ribbon

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

UNKNOWN: Final = "?"
STAGES: Final = {
    "direct": "origin to destination",
    "first": "origin to transit",
    "between": "transit to transit",
    "last": "transit to destination",
}
WIDEST: Final = 26.0  # map units, the width of the flow of most persons
MARGIN: Final = 150.0
RATIO: Final = 1.75  # width to height of the picture at least
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class _Flow:
    """What moves from one country to the next, over all corridors that hold this step."""

    ends: tuple[str, str]
    persons: int = 0
    journeys: int = 0
    stages: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    corridors: set[str] = field(default_factory=set)
    modes: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)

    @property
    def stage(self) -> str:
        """Return the stage of most persons; of equal ones the first in the order of a journey."""
        order = list(STAGES)
        return min(self.stages, key=lambda name: (-self.stages[name], order.index(name)))


class _Label(NamedTuple):
    text: str
    x: float
    y: float
    anchor: str


def map_page(
    corridors: pd.DataFrame,
    crossings: pd.DataFrame,
    network: nx.Graph,
    *,
    flows: pd.DataFrame | None = None,
    title: str,
    facts: Facts,
) -> str:
    """Return map.html: static SVG without script, the same figures as a table beneath.

    `corridors` and `crossings` are the tables of `graphs`; `flows` background counts with
    `from`, `to`, `persons`. Width is by the square root of persons, colour by stage; arrows join
    anchor points of countries, never places. A step with an unknown end is said, not drawn.
    """
    steps = _steps(_rows(corridors), _modes(_rows(crossings)))
    drawn = [flow for flow in steps if UNKNOWN not in flow.ends and _known(flow.ends)]
    background = [row for row in _rows(flows) if _known((row["from"], row["to"]))]
    seen = {code for flow in drawn for code in flow.ends}
    # Background counts may span the world: they widen the picture only where nothing else does.
    seen |= set() if seen else {code for row in background for code in (row["from"], row["to"])}
    box = _box(seen)
    countries = [_country(code, path, seen) for code, path in sorted(outlines().items())]
    return render(
        "map.html",
        styles=[asset("map.css")],
        title=title,
        marking=facts.marking,
        facts=facts,
        view=" ".join(f"{value:.0f}" for value in box),
        countries=[each for each in countries if _meets(each["box"], box)],
        background=_background(background),
        arrows=[_arrow(flow, drawn) for flow in sorted(drawn, key=lambda f: (-f.persons, f.ends))],
        points=_points(seen, _rows(corridors)),
        labels=_labels(seen, box),
        stages=STAGES,
        steps=[_step(flow) for flow in steps],
        unknown=[flow for flow in steps if flow not in drawn],
        crossings=_rows(crossings),
        flows=background,
        name=_name,
        some=_some,
    )


def _rows(table: pd.DataFrame | None) -> list[dict[str, Any]]:
    if table is None:
        return []
    names = [str(name) for name in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def _modes(crossings: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], set[str]]:
    """Return by what means legs go from one country to another: a corridor mixes its steps."""
    return {(row["from"], row["to"]): set(row.get("modes") or ()) for row in crossings}


def _steps(
    corridors: Iterable[Mapping[str, Any]], modes: Mapping[tuple[str, str], set[str]]
) -> list[_Flow]:
    """Return each step between neighbouring countries once, summed over corridors."""
    found: dict[tuple[str, str], _Flow] = {}
    for row in corridors:
        codes = list(row["countries"])
        persons = int(row.get("persons_min") or 0)
        for place, ends in enumerate(pairwise(codes)):
            flow = found.setdefault(ends, _Flow(ends))
            flow.persons += persons
            flow.journeys += int(row["journeys"])
            flow.stages[_stage(place, len(codes))] += persons
            flow.corridors.add(">".join(codes))
            flow.modes = modes.get(ends, set())
            flow.records.update(row.get("records") or ())
    return sorted(found.values(), key=lambda flow: (-flow.persons, flow.ends))


def _stage(place: int, length: int) -> str:
    if length == 2:
        return "direct"
    if place == 0:
        return "first"
    return "last" if place == length - 2 else "between"


def _known(ends: Iterable[str]) -> bool:
    return all(code in anchors() for code in ends)


def _box(codes: Iterable[str]) -> Box:
    """Return the part of the map to show: the data with a margin, else the Indo-Pacific."""
    points = [anchors()[code] for code in sorted(codes)] or [(-600.0, -650.0), (900.0, 600.0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right = min(xs) - MARGIN, max(xs) + MARGIN
    top, bottom = min(ys) - MARGIN, max(ys) + MARGIN
    width, height = max(right - left, 500.0), max(bottom - top, 300.0)
    wide, high = max(width, height * RATIO), max(height, width / RATIO / 1.4)
    return (left + right - wide) / 2, (top + bottom - high) / 2, wide, high


def _country(code: str, path: str, seen: set[str]) -> dict[str, Any]:
    return {"path": path, "box": _path_box(path), "named": code in seen, "disputed": code[0] == "-"}


def _path_box(path: str) -> Box:
    xs: list[int] = []
    ys: list[int] = []
    for ring in path.split("z"):
        numbers = [int(each) for each in re.findall(r"-?\d+", ring)]
        x = y = 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def _arrow(flow: _Flow, drawn: Sequence[_Flow]) -> dict[str, Any]:
    most = max(each.persons for each in drawn) or 1
    width = max(2.5, WIDEST * sqrt(flow.persons / most))
    start, end = (anchors()[code] for code in flow.ends)
    shape = ribbon(start, end, width=width)
    means = ", ".join(sorted(flow.modes)) or "means not recorded"
    words = (
        f"{_name(flow.ends[0])} to {_name(flow.ends[1])}: at least {flow.persons} persons, "
        f"{flow.journeys} journeys, {STAGES[flow.stage]}; by {means}; "
        f"records {_some(sorted(flow.records))}"
    )
    return {"path": shape.path, "stage": flow.stage, "words": words}


def _background(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    most = max((int(row["persons"]) for row in rows), default=1) or 1
    return [
        {
            "path": ribbon(
                anchors()[row["from"]],
                anchors()[row["to"]],
                width=max(0.8, 14.0 * sqrt(int(row["persons"]) / most)),
            ).path,
            "words": f"background: {_name(row['from'])} to {_name(row['to'])}, "
            f"{int(row['persons'])} persons",
        }
        for row in sorted(rows, key=lambda row: (-int(row["persons"]), row["from"], row["to"]))
    ]


def _points(seen: Iterable[str], corridors: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    origins: set[str] = set()
    ends: set[str] = set()
    for row in corridors:
        origins.add(row["countries"][0])
        ends.add(row["countries"][-1])
    points: list[dict[str, Any]] = []
    for code in sorted(seen):
        x, y = anchors()[code]
        kind = "origin" if code in origins else "destination" if code in ends else "transit"
        points.append({"x": x, "y": y, "kind": kind, "name": _name(code)})
    return points


def _labels(seen: Iterable[str], box: Box) -> list[_Label]:
    """Place names greedily in one of four positions; boxes never overlap, codes where none fits."""
    size = box[2] / 72
    taken: list[Box] = [(anchors()[c][0] - 9, anchors()[c][1] - 9, 18, 18) for c in sorted(seen)]
    placed: list[_Label] = []
    for code in sorted(seen):
        x, y = anchors()[code]
        for text in (_name(code), code):
            wide, high = len(text) * size * 0.6, size * 1.15
            spots = (
                (_Label(text, x + 15, y + size * 0.35, "start"), (x + 13, y - high / 2)),
                (_Label(text, x - 15, y + size * 0.35, "end"), (x - 13 - wide, y - high / 2)),
                (_Label(text, x, y - 16, "middle"), (x - wide / 2, y - 15 - high)),
                (_Label(text, x, y + 16 + size * 0.7, "middle"), (x - wide / 2, y + 14)),
            )
            free = [
                (label, (*corner, wide, high))
                for label, corner in spots
                if not any(_meets((*corner, wide, high), other) for other in taken)
            ]
            if free:
                placed.append(free[0][0])
                taken.append(free[0][1])
                break
    return placed


def _step(flow: _Flow) -> dict[str, Any]:
    return {
        "from": flow.ends[0],
        "to": flow.ends[1],
        "persons": flow.persons,
        "journeys": flow.journeys,
        "stage": STAGES[flow.stage],
        "modes": sorted(flow.modes),
        "corridors": sorted(flow.corridors),
        "records": sorted(flow.records),
    }


def _name(code: str) -> str:
    return "an unknown country" if code == UNKNOWN else country_name(code) or code


def _some(records: Sequence[str], most: int = 6) -> str:
    more = len(records) - most
    return ", ".join(records[:most]) + (f" and {more} more" if more > 0 else "")

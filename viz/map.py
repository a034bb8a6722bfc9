"""The map page: corridors between countries as one static picture, with the same as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphs.codes import country_name
from graphs.reasons import some_records
from viz.atlas import FINENESS, Box, Point, anchors, outlines
from viz.facts import Facts
from viz.html import asset, render
from viz.labels import Label, Wanted, place_labels
from viz.movements import (
    STAGES,
    UNKNOWN,
    Persons,
    Row,
    Step,
    main_part,
    part_words,
    parts_of,
    persons_of,
    steps_of,
    table_rows,
)
from viz.ribbons import THINNEST, Ribbon, ribbons

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

WIDE: Final = 1000.0  # of the picture, in its own pixels
HIGH: Final = 560.0
FRAME: Final = Box(0, 0, WIDE, HIGH)
FOOT: Final = Box(0, HIGH - 24, WIDE, 24)  # kept for marking and note
SIDE: Final = 0.14  # of the picture, kept free beside the anchors
ABOVE: Final = 0.1  # and above and below them
LEAST_SPAN: Final = 700.0  # units of the map across: about 45 degrees at the equator
REGION: Final = ((-800.0, -620.0), (1150.0, 560.0))  # the Indo-Pacific, where there is no data
WIDEST: Final = 19.0  # pixels, the flow of most persons ...
MANY: Final = 20  # ... where there are no more arrows than these; less by their square root
APART: Final = 24.0  # pixels between two anchors at least
SIZE: Final = 14.0  # of a country's name, pixels
SMALL: Final = 11.5  # of a number on an arrow
MOST_ARROWS: Final = 80
MOST_BACKGROUND: Final = 120  # where nothing else is drawn ...
MOST_BEHIND: Final = 50  # ... and behind arrows
MOST_ROWS: Final = 90
MOST_IDS: Final = 1200  # on the whole page; the tables beside it carry all


class _Frame(NamedTuple):
    """What turns units of the map into pixels of the picture."""

    left: float
    top: float
    scale: float

    def pixel(self, point: Point) -> Point:
        """Return where a point of the map lies in the picture."""
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale

    @property
    def box(self) -> Box:
        """Return the part of the map that is shown."""
        return Box(self.left, self.top, WIDE / self.scale, HIGH / self.scale)


def map_page(
    corridors: pd.DataFrame,
    crossings: pd.DataFrame,
    network: nx.Graph,
    *,
    flows: pd.DataFrame | None = None,
    title: str,
    facts: Facts,
) -> str:
    """Return map.html: a still picture without script, and the same figures as a table beneath.

    `corridors` and `crossings` are the tables of `graphs`; of the first only `countries` is
    needed, of the second `from` and `to`. `flows` are background counts with `from`, `to`,
    `persons`. An arrow's width goes by the square root of the persons recorded at least, its
    colour and inner line by stage. Arrows join anchor points of countries, never places. A step
    with an unknown end, or with a code that is no country, is said and not drawn.

    The picture shows the countries of the corridors; those of `flows` only where there are no
    others. Bytes depend on the content of the tables alone, not on their order.
    """
    rows = table_rows(corridors)
    steps = steps_of(rows, table_rows(crossings))
    drawn = [step for step in steps if _known(step.ends)][:MOST_ARROWS]
    background = sorted(
        (row for row in table_rows(flows) if row["from"] != row["to"]),
        key=lambda row: (-int(row["persons"]), str(row["from"]), str(row["to"])),
    )
    seen = _countries(rows) or {str(row[end]) for row in background for end in ("from", "to")}
    frame = _frame([anchors()[code] for code in sorted(seen & set(anchors()))])
    picture = _picture(frame, seen & set(anchors()), drawn, background, rows)
    return render(
        "map.html",
        styles=[asset("map.css")],
        title=title,
        marking=facts.marking,
        facts=facts,
        wide=WIDE,
        high=HIGH,
        picture=picture,
        stamp=" · ".join(filter(None, (_cut(facts.marking or "No marking stated"), facts.as_of))),
        stages=[(name, STAGES[name]) for name in STAGES if name != "open"] if drawn else [],
        scale=_scale(drawn),
        summary=_summary(rows, steps),
        steps=[_step(step, network, number, len(steps)) for number, step in enumerate(steps)],
        undrawn=[_undrawn(step) for step in steps if not _known(step.ends)],
        left_out=len([step for step in steps if _known(step.ends)]) - len(drawn),
        most_rows=MOST_ROWS,
        flows=[_flow(row) for row in background],
        flows_drawn=len(picture["background"]),
    )


def _known(ends: Iterable[str]) -> bool:
    return all(code in anchors() for code in ends)


def _countries(rows: Iterable[Row]) -> set[str]:
    return {str(code) for row in rows for code in row["countries"]} & set(anchors())


def _frame(points: Sequence[Point]) -> _Frame:
    """Fit the picture to the points, with a margin for heads and names."""
    xs, ys = zip(*(points or REGION), strict=True)
    across = max((max(xs) - min(xs)) / (1 - 2 * SIDE), LEAST_SPAN)
    down = max((max(ys) - min(ys)) / (1 - 2 * ABOVE), across * HIGH / WIDE)
    across = down * WIDE / HIGH
    left, top = (max(xs) + min(xs) - across) / 2, (max(ys) + min(ys) - down) / 2
    return _Frame(round(left, 2), round(top, 2), round(WIDE / across, 4))


def _picture(
    frame: _Frame,
    seen: set[str],
    drawn: Sequence[Step],
    background: Sequence[Row],
    rows: Sequence[Row],
) -> dict[str, Any]:
    places = _parted({code: frame.pixel(anchors()[code]) for code in sorted(seen)})
    shapes = ribbons(places, _widths(drawn))
    parts = parts_of(rows)
    points = [_point(code, places[code], parts) for code in sorted(seen)]
    labels, counts = _words(places, parts, drawn, shapes)
    return {
        "land": _land(frame, seen),
        "background": _background(
            background, places, frame, at_most=MOST_BEHIND if drawn else MOST_BACKGROUND
        ),
        "leaders": _leaders(frame, places),
        # The widest lie below, so that a thin arrow is never hidden.
        "arrows": [_arrow(step, shapes[step.ends], number) for number, step in enumerate(drawn)],
        "points": points,
        "labels": labels,
        "counts": counts,
    }


def _land(frame: _Frame, seen: set[str]) -> dict[str, Any]:
    """Return the outlines within the picture, and what moves their steps into it."""
    kinds: dict[str, list[str]] = {"other": [], "seen": [], "unsettled": []}
    least = 1.2 / frame.scale  # what is smaller than about a pixel would be a speck
    for code, rings in sorted(outlines().items()):
        large = [ring for ring in rings if max(ring.box.wide, ring.box.high) >= least]
        kept = large or rings[:1]
        path = "".join(ring.path for ring in kept if ring.box.meets(frame.box))
        kind = "unsettled" if code.startswith("-") else "seen" if code in seen else "other"
        kinds[kind] += [path] if path else []
    move = f"scale({frame.scale}) translate({-frame.left} {-frame.top}) scale({1 / FINENESS})"
    return {"move": move, "kinds": kinds}


def _parted(places: Mapping[str, Point]) -> dict[str, Point]:
    """Push anchors that lie too near to tell apart, such as Hong Kong and Macao, a little away."""
    moved = dict(places)
    codes = sorted(moved)
    for _ in range(30):
        before = dict(moved)
        for a, b in combinations(codes, 2):
            moved[a], moved[b] = _pushed(moved[a], moved[b])
        if moved == before:
            break
    return {code: (round(x, 1), round(y, 1)) for code, (x, y) in moved.items()}


def _pushed(a: Point, b: Point) -> tuple[Point, Point]:
    dx, dy = b[0] - a[0], b[1] - a[1]
    apart = hypot(dx, dy)
    if apart >= APART:
        return a, b
    ux, uy = (dx / apart, dy / apart) if apart else (1.0, 0.0)
    by = (APART - apart) / 2
    return (a[0] - ux * by, a[1] - uy * by), (b[0] + ux * by, b[1] + uy * by)


def _leaders(frame: _Frame, places: Mapping[str, Point]) -> list[str]:
    """Return a thin line from each pushed anchor to where it belongs."""
    lines: list[str] = []
    for code, (x, y) in sorted(places.items()):
        at_x, at_y = frame.pixel(anchors()[code])
        if hypot(x - at_x, y - at_y) > 7:
            lines.append(f"M{at_x:.1f} {at_y:.1f}L{x:.1f} {y:.1f}")
    return lines


def _widths(drawn: Sequence[Step]) -> dict[tuple[str, str], float]:
    """Return the width of each arrow in pixels, by the square root of persons at least."""
    return {step.ends: _width(step.persons.least, drawn) for step in drawn}


def _width(persons: int, drawn: Sequence[Step]) -> float:
    most = max((step.persons.least for step in drawn), default=0) or 1
    widest = WIDEST * sqrt(min(1.0, MANY / max(1, len(drawn))))
    return max(THINNEST, widest * sqrt(max(persons, 0) / most))


def _scale(drawn: Sequence[Step]) -> list[tuple[str, float]]:
    """Return some round numbers of persons with the width of their arrows, for the legend."""
    most = max((step.persons.least for step in drawn), default=0)
    round_numbers = [n * power for power in (1, 10, 100, 1000, 10_000) for n in (1, 2, 5)]
    fitting = [n for n in round_numbers if n <= most]
    chosen = sorted({fitting[0], fitting[len(fitting) // 2], fitting[-1]}) if fitting else []
    return [
        ("1 person" if n == 1 else f"{n:,} persons", round(_width(n, drawn), 1)) for n in chosen
    ]


def _arrow(step: Step, shape: Ribbon, number: int) -> dict[str, Any]:
    start, end = (country_name(code) for code in step.ends)
    words = (
        f"{start} to {end}: {_persons(step.persons)}, {_count(step.journeys, 'journey')}, "
        f"mostly {STAGES[step.stage]}; by {', '.join(step.modes) or 'means not recorded'}; "
        f"records {some_records(sorted(step.records), 6)}"
    )
    return {
        "path": shape.path,
        "line": shape.half if shape.width >= 4 else "",
        "stage": step.stage,
        "words": words,
        "number": number,
    }


def _persons(persons: Persons) -> str:
    if persons == Persons(0, None):
        return "number of persons not recorded"
    return f"{persons.words} {'person' if persons == Persons(1, 1) else 'persons'}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _point(code: str, place: Point, parts: Mapping[str, Mapping[str, Persons]]) -> dict[str, Any]:
    counts = parts.get(code)
    part = main_part(counts) if counts else ""
    words = f"{country_name(code)}: {part_words(counts)}" if counts else country_name(code)
    return {"x": place[0], "y": place[1], "part": part, "words": words}


def _words(
    places: Mapping[str, Point],
    parts: Mapping[str, Mapping[str, Persons]],
    drawn: Sequence[Step],
    shapes: Mapping[tuple[str, str], Ribbon],
) -> tuple[list[Label], list[Label]]:
    """Return names of countries, busiest first, and numbers of persons on arrows where they fit."""
    busy = {code: sum(count.least for count in parts.get(code, {}).values()) for code in places}
    marks = [FOOT, *(Box(x - 8, y - 8, 16, 16) for x, y in places.values())]
    shy = [point for shape in shapes.values() for point in shape.along]
    order = sorted(places, key=lambda code: (-busy[code], code))
    names = [Wanted((country_name(code), code), places[code], 11) for code in order]
    labels = place_labels(names, size=SIZE, frame=FRAME, taken=marks, shy_of=shy)
    taken = [*marks, *(label.box for label in labels)]
    numbers: list[Label] = []
    for step in drawn:
        wanted = _on_arrow(step, shapes[step.ends])
        numbers += place_labels(
            wanted, size=SMALL, frame=FRAME, taken=[*taken, *(n.box for n in numbers)], shy_of=shy
        )[:1]
    return labels, numbers


def _on_arrow(step: Step, shape: Ribbon) -> list[Wanted]:
    if not step.persons.short:
        return []
    return [
        Wanted((step.persons.short,), shape.along[place], shape.width / 2 + 3)
        for place in (6, 5, 7)
    ]


def _background(
    rows: Sequence[Row], places: Mapping[str, Point], frame: _Frame, *, at_most: int
) -> list[dict[str, Any]]:
    """Return thin lines for the largest background counts whose two ends are in the picture."""
    known = [row for row in rows if _known((row["from"], row["to"]))]
    at = {code: places.get(code, frame.pixel(point)) for code, point in anchors().items()}
    shown = [row for row in known if all(FRAME.holds(at[row[end]]) for end in ("from", "to"))]
    shown = shown[:at_most]
    most = max((int(row["persons"]) for row in shown), default=1) or 1
    ends = {row[end] for row in shown for end in ("from", "to")}
    lines = ribbons(
        {code: at[code] for code in ends}, {(row["from"], row["to"]): THINNEST for row in shown}
    )
    return [
        {
            "path": lines[row["from"], row["to"]].line,
            "width": round(max(0.7, 4 * sqrt(int(row["persons"]) / most)), 1),
            "words": f"background: {country_name(row['from'])} to {country_name(row['to'])}, "
            f"{int(row['persons']):,} persons",
        }
        for row in shown
    ]


def _summary(rows: Sequence[Row], steps: Sequence[Step]) -> str:
    """Return the picture in one sentence."""
    if not steps:
        return "No journey crosses a border in these records."
    persons = Persons(0, 0)
    for row in rows:
        persons = persons.plus(persons_of(row))
    journeys = sum(int(row.get("journeys") or 0) for row in rows)
    borders = sum(_known(step.ends) for step in steps)
    text = f"{_persons(persons)} on {_count(journeys, 'journey')}".capitalize()
    text += f", over {_count(borders, 'border')}."
    largest = next((step for step in steps if _known(step.ends)), None)
    if largest is None:
        return text
    start, end = (country_name(code) for code in largest.ends)
    return f"{text} Most from {start} to {end}: {_persons(largest.persons)}."


def _undrawn(step: Step) -> str:
    start, end = (_name(code) for code in step.ends)
    return f"{start} to {end}: {_persons(step.persons)}"


def _step(step: Step, network: nx.Graph, number: int, steps: int) -> dict[str, Any]:
    records = sorted(step.records)
    return {
        "number": number,
        "from": _name(step.ends[0]),
        "to": _name(step.ends[1]),
        "persons": step.persons.words,
        "journeys": step.journeys,
        "stage": STAGES[step.stage],
        "modes": ", ".join(step.modes) or "not recorded",
        "corridors": sorted(step.corridors),
        "ties": step.ties,
        "brokers": [_label(network, broker) for broker in step.brokers],
        "records": records[:3],
        "further": records[3 : max(3, MOST_IDS // max(1, min(steps, MOST_ROWS)))],
        "count": len(records),
    }


def _flow(row: Row) -> dict[str, str]:
    return {
        "from": _name(str(row["from"])),
        "to": _name(str(row["to"])),
        "persons": f"{int(row['persons']):,}",
    }


def _label(network: nx.Graph, node: str) -> str:
    return str(network.nodes[node].get("label", node)) if node in network else node


def _name(code: str) -> str:
    return "an unknown country" if code == UNKNOWN else country_name(code)


def _cut(text: str, most: int = 60) -> str:
    """Return a text that fits its corner; the banner of the page holds it whole."""
    return text if len(text) <= most else f"{text[:most]}…"

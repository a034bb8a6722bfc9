"""Places for the words of a picture: greedy, eight spots round a point, never two on one spot."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from viz.atlas import Box, Point

Anchor = Literal["start", "middle", "end"]
# Of the size, a little more than the widths of letters in a semibold Latin face.
CAPITAL: Final = 0.76
LETTER: Final = 0.59


class Label(NamedTuple):
    """Words with the place of their base line, and the room they take."""

    text: str
    x: float
    y: float
    anchor: Anchor
    box: Box


class Wanted(NamedTuple):
    """A point to name, by the first of `texts` that finds room."""

    texts: tuple[str, ...]
    point: Point
    away: float


def place_labels(
    wanted: Iterable[Wanted],
    *,
    size: float,
    frame: Box,
    taken: Sequence[Box] = (),
    shy_of: Sequence[Point] = (),
) -> list[Label]:
    """Return a label for each wanted one that finds room, in the order wanted.

    No label overlaps another, a box of `taken`, or the edge of the frame; of the free spots the
    one that covers fewest points of `shy_of` is taken, and of equal ones the first.

    >>> frame = Box(0, 0, 100, 100)
    >>> two = [Wanted(("Siam",), (50, 50), 8), Wanted(("Java",), (50, 50), 8)]
    >>> [label.anchor for label in place_labels(two, size=10, frame=frame)]
    ['start', 'end']
    """
    full = list(taken)
    placed: list[Label] = []
    for want in wanted:
        free = [
            label
            for text in want.texts
            for label in _spots(text, want, size)
            if _inside(label.box, frame) and not any(label.box.meets(other) for other in full)
        ]
        if free:
            # A shorter text is tried only where no spot holds the longer one.
            best = [label for label in free if label.text == free[0].text]
            chosen = min(best, key=lambda label: sum(map(label.box.holds, shy_of)))
            placed.append(chosen)
            full.append(chosen.box)
    return placed


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is, rather too much than too little.

    >>> text_width("MY", 10) > text_width("my", 10)
    True
    """
    capitals = sum(letter.isupper() for letter in text)
    return size * (capitals * CAPITAL + (len(text) - capitals) * LETTER)


def _inside(box: Box, frame: Box) -> bool:
    return frame.holds((box.x, box.y)) and frame.holds((box.x + box.wide, box.y + box.high))


def _spots(text: str, want: Wanted, size: float) -> list[Label]:
    wide, high, (x, y), away = text_width(text, size) + 4, size * 1.15, want.point, want.away
    near = away * 0.75
    spots: tuple[tuple[float, float, Anchor], ...] = (
        (x + away, y - high / 2, "start"),
        (x - away, y - high / 2, "end"),
        (x, y - away - high, "middle"),
        (x, y + away, "middle"),
        (x + near, y - near - high / 2, "start"),
        (x + near, y + near - high / 2, "start"),
        (x - near, y - near - high / 2, "end"),
        (x - near, y + near - high / 2, "end"),
    )
    return [_label(text, left, top, anchor, Box(0, 0, wide, high)) for left, top, anchor in spots]


def _label(text: str, x: float, top: float, anchor: Anchor, room: Box) -> Label:
    left = {"start": x - 2, "middle": x - room.wide / 2, "end": x - room.wide + 2}[anchor]
    base = round(top + room.high * 0.8, 1)
    return Label(text, round(x, 1), base, anchor, Box(left, top, room.wide, room.high))

"""Brokerage between groups, such as countries (Gould, Fernandez 1989)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from graphs.countries_of import Group, groups_of
from graphs.simple import Pair, SimpleView, simple_view

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    import pandas as pd

ROLES: Final[dict[str, str]] = {
    "coordinator": "stands between two of the own country",
    "itinerant": "stands between two of one other country",
    "representative": "stands between the own country and another: sends out",
    "gatekeeper": "stands between another country and the own: lets in",
    "liaison": "stands between two other countries",
}
WORK_LIMIT: Final = 2_000_000
"""Above this many arrangements times pairs, for one person, bounds replace exact ranges."""

_Groups = Sequence[frozenset[str]]


class _Range(NamedTuple):
    least: list[int]
    most: list[int]
    exact: bool


def brokerage_roles(network: nx.Graph | SimpleView, *, group: Group) -> pd.DataFrame:
    """Count for each node the pairs it brokers, by the groups of the three.

    On the simple form of the directed network, v brokers the pair (a, b) when a has a tie to v,
    v a tie to b, and a none to b. With groups A, B, C of a, v, b in that order:

    | column | groups | |
    |---|---|---|
    | coordinator | A A A | inside one country |
    | itinerant | A B A | links two of another country |
    | representative | A A B | sends out |
    | gatekeeper | A B B | lets in |
    | liaison | A B C | joins two others |
    | undetermined | | a group of one of the three is not known: two unknowns are never the same |
    | total | | all pairs, the sum of the six where everybody has one group |

    `group` is a rule of `GROUP_RULES`, a node attribute, a mapping from node to a group or to
    several, or a function of node and attributes. A node with several groups is counted under
    each in turn: the plain columns hold the least, `coordinator_max` … the most that any
    arrangement gives, equal where there is no choice. `exact` is False where there were too many
    arrangements to try (`WORK_LIMIT`); there least and most are safe bounds of those.

    An undirected network counts every open pair in both directions. A role says where a person
    stands among recorded ties, not what the person did.

    Returns a table by node, sorted by node.

    >>> import networkx as nx
    >>> net = nx.DiGraph([("a", "v"), ("v", "b"), ("v", "c")])
    >>> home = {"a": "VN", "v": "AU", "b": "AU"}
    >>> brokerage_roles(net, group=home).loc["v", ["gatekeeper", "undetermined", "total"]].to_dict()
    {'gatekeeper': 1, 'undetermined': 1, 'total': 2}
    """
    import pandas as pd

    view = simple_view(network)
    groups = groups_of(view, group)
    rows = [_row(v, pairs, groups) for v, pairs in enumerate(open_pairs(view))]
    columns = [*ROLES, "undetermined", "total", *(f"{role}_max" for role in ROLES), "exact"]
    index = pd.Index(list(view.nodes), dtype="object", tupleize_cols=False)
    kinds = dict.fromkeys(columns, "int64") | {"exact": "bool"}
    return pd.DataFrame(rows, columns=columns, index=index).astype(kinds)


def open_pairs(view: SimpleView) -> Iterator[list[Pair]]:
    """Yield for each node the ordered pairs (a, b) of others that it brokers."""
    out = [frozenset(row) for row in view.out]
    for into, onward in zip(view.into, view.out, strict=True):
        yield [(a, b) for a in into for b in onward if a != b and b not in out[a]]


def role_of(a: str, v: str, b: str) -> str:
    """Return the role of v between a and b, from the groups of the three.

    >>> role_of("VN", "AU", "AU"), role_of("VN", "TH", "AU")
    ('gatekeeper', 'liaison')
    """
    if a == b:
        return "coordinator" if a == v else "itinerant"
    if a == v:
        return "representative"
    return "gatekeeper" if v == b else "liaison"


def _row(v: int, pairs: list[Pair], groups: _Groups) -> list[int | bool]:
    known = [(a, b) for a, b in pairs if groups[a] and groups[v] and groups[b]]
    counts = _range(v, known, groups)
    return [
        *counts.least,
        len(pairs) - len(known),
        len(pairs),
        *counts.most,
        counts.exact,
    ]


def _range(v: int, pairs: list[Pair], groups: _Groups) -> _Range:
    people = sorted({v, *itertools.chain(*pairs)})
    arrangements = math.prod(len(groups[person]) for person in people) if pairs else 1
    if not pairs:
        return _Range([0] * len(ROLES), [0] * len(ROLES), True)
    if arrangements * len(pairs) <= WORK_LIMIT:
        return _every_arrangement(v, pairs, people, groups)
    return _bounds(v, pairs, groups)


def _every_arrangement(v: int, pairs: list[Pair], people: list[int], groups: _Groups) -> _Range:
    """Give everybody one of their groups in every way there is, and count each time."""
    import numpy as np

    code = {name: i for i, name in enumerate(sorted(set().union(*(groups[p] for p in people))))}
    choices = [[code[name] for name in sorted(groups[person])] for person in people]
    drawn = np.array(list(itertools.product(*choices)), dtype=np.int64)
    place = {person: i for i, person in enumerate(people)}
    a, b = (drawn[:, [place[pair[end]] for pair in pairs]] for end in (0, 1))
    counts = _counts(a, drawn[:, [place[v]]], b)
    return _Range(counts.min(axis=0).tolist(), counts.max(axis=0).tolist(), True)


def _counts(
    a: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    v: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    b: np.ndarray[tuple[int, int], np.dtype[np.int64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Return one row per arrangement, one column per role."""
    import numpy as np

    first, last, ends = a == v, b == v, a == b
    roles = [first & last, ends & ~first, first & ~last, last & ~first, ~(first | last | ends)]
    return np.stack([role.sum(axis=1) for role in roles], axis=1)


def _bounds(v: int, pairs: list[Pair], groups: _Groups) -> _Range:
    """Let each pair alone choose its best and worst: never narrower than the truth."""
    tried = [_bounds_as(own, pairs, groups) for own in sorted(groups[v])]
    least = [min(column) for column in zip(*(low for low, _ in tried), strict=True)]
    most = [max(column) for column in zip(*(high for _, high in tried), strict=True)]
    return _Range(least, most, False)


def _bounds_as(own: str, pairs: list[Pair], groups: _Groups) -> tuple[list[int], list[int]]:
    sure, possible = dict.fromkeys(ROLES, 0), dict.fromkeys(ROLES, 0)
    for a, b in pairs:
        found = {role_of(x, own, y) for x in groups[a] for y in groups[b]}
        for role in found:
            possible[role] += 1
            sure[role] += len(found) == 1
    return list(sure.values()), list(possible.values())

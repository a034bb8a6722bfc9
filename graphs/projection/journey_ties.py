"""Ties derived from journeys: two unshielded persons who both worked on one are tied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final, NamedTuple

from graphs.projection.links import Link
from graphs.projection.nodes import Known
from graphs.records import Record
from graphs.schema import ORDER_OF_STAGES, TIE_SETS

KIND: Final = "SAME_JOURNEY"
# Who serves a traveller's employer is found from the traveller's end.
_SERVES: Final = "WORKS_FOR"


class Work(NamedTuple):
    """One row by which a person worked on a journey: on which leg, at which stage, if recorded."""

    leg: int | None
    stage: int | None
    row: str


Workers = dict[str, set[Work]]


def journey_ties(known: Known) -> Iterator[Link]:
    """Yield a tie for each two unshielded persons who worked on one journey.

    Who has a HAS_ROLE on the journey or a leg of it, or a working tie to one of its travellers,
    worked on it; a working tie that names journeys counts only for those. The tie runs from the
    earlier leg to the later, else from the earlier stage to the later, else both ways. It carries
    the rows behind it and the dates of the journey, one tie a journey and direction.
    """
    for journey, workers in sorted(_workers(known).items()):
        for one, other in combinations(sorted(workers), 2):
            forward, back = ordered(workers[one], workers[other])
            if forward:
                yield _tie(known, journey, one, other, forward)
            if back:
                yield _tie(known, journey, other, one, back)


def ordered(one: Iterable[Work], other: Iterable[Work]) -> tuple[set[str], set[str]]:
    """Return the rows that say one came before the other, and those that say the reverse.

    Where no two rows tell an order, all of them stand for both directions.

    >>> ordered([Work(1, None, "a")], [Work(2, None, "b")])[1]
    set()
    >>> [sorted(rows) for rows in ordered([Work(1, None, "a")], [Work(None, None, "b")])]
    [['a', 'b'], ['a', 'b']]
    """
    forward: set[str] = set()
    back: set[str] = set()
    every: set[str] = set()
    for mine in one:
        for theirs in other:
            rows = {mine.row, theirs.row}
            every |= rows
            step = _step(mine, theirs)
            if step:
                (forward if step > 0 else back).update(rows)
    return (forward, back) if forward or back else (every, set(every))


def _step(one: Work, other: Work) -> int:
    """Return 1 if the first comes before the second, -1 if after, 0 if no order is recorded."""
    for mine, theirs in ((one.leg, other.leg), (one.stage, other.stage)):
        if mine is not None and theirs is not None and mine != theirs:
            return 1 if mine < theirs else -1
    return 0


def _workers(known: Known) -> dict[str, Workers]:
    found: dict[str, Workers] = defaultdict(lambda: defaultdict(set))
    travelled: dict[str, list[str]] = defaultdict(list)
    for journey in known.rows.of("journeys"):
        for person in known.rows.refs(journey, "person_refs"):
            travelled[person].append(journey.id)
    for link in known.rows.of("links"):
        source, target = known.rows.ref(link, "from_ref"), known.rows.ref(link, "to_ref")
        if source is None or target is None:
            continue
        if link["kind"] == "HAS_ROLE":
            _add_role(known, found, link, source, target)
        elif link["kind"] in TIE_SETS["WORKING_TIES"]:
            who, whom = (target, source) if link["kind"] == _SERVES else (source, target)
            named = set(known.rows.refs(link, "journey_ref"))
            for journey in travelled.get(whom, ()):
                if journey in named or not link["journey_ref"]:
                    _add(known, found, journey, who, Work(None, _stage(link), link.id))
    return found


def _add_role(known: Known, found: dict[str, Workers], link: Record, who: str, target: str) -> None:
    record = known.rows.by_id[target]
    if record.table == "journeys":
        _add(known, found, record.id, who, Work(None, _stage(link), link.id))
    elif record.table == "legs":
        journey = known.rows.ref(record, "journey_ref")
        if journey:
            leg = int(record["seq"]) if record["seq"].isdecimal() else None
            _add(known, found, journey, who, Work(leg, _stage(link), link.id))


def _add(known: Known, found: dict[str, Workers], journey: str, who: str, work: Work) -> None:
    if known.rows.by_id[who].table == "persons" and who not in known.shielded:
        found[journey][who].add(work)


def _stage(link: Record) -> int | None:
    return ORDER_OF_STAGES.get(link["stage"])


def _tie(known: Known, journey: str, source: str, target: str, rows: set[str]) -> Link:
    start, end = known.dates.get(journey, (None, None))
    behind = known.behind.link(*(known.rows.by_id[row] for row in sorted(rows)))
    cases = known.behind.cases(known.rows.by_id[journey])
    said = {
        "kind": KIND,
        **behind,
        "cases": cases,
        "journeys": (journey,),
        "date_from": start,
        "date_to": end,
        "derived": True,
    }
    return source, target, f"{KIND}/{journey}/{source}>{target}", said

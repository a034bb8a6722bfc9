"""Rules between the cells of one row, and between rows: what a cell alone cannot tell."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import eq
from typing import Final

from graphs.schema import LINK_KINDS, NODE_OF_TABLE, NOT_FACILITATING, SYMMETRIC_KINDS
from graphs.sharing.markings import NEEDS_CAVEAT
from graphs.vocabularies import VOCABULARIES
from loaders.cells import ISO, Problem, meant, nearest
from loaders.columns import Checked, fault_at, groups_of
from loaders.faults import shown

Found = Iterator[tuple[int, str | None, Problem]]
"""Faults of rows: the place of the row, the column, what is wrong."""
LISTED: Final = 20
"""So many things are named in one warning; the rest is counted."""

_ENDS: Final = {
    "identifiers": (("valid_from", "valid_to"),),
    "legs": (("depart", "arrive"),),
    "cases": (("opened", "closed"),),
    "events": (("date", "date_to"),),
    "links": (("date_from", "date_to"),),
    "focal_points": (("valid_from", "valid_to"),),
    "periods": (("date_from", "date_to"), ("baseline_from", "baseline_to")),
    "requests": (("asked", "due"), ("asked", "answered")),
    "plans": (("drafted_on", "reviewed_on"), ("drafted_on", "closed_on")),
}
"""Pairs of columns of which the first may not be after the second."""
_MONEY: Final = {
    "journeys": ("fee_amount", "fee_currency"),
    "events": ("amount", "currency"),
    "links": ("amount", "currency"),
}
_NO_NAME: Final = re.compile(
    r".*\b(FNU|LNU)\b.*|(name |still )?(unknown|unk|not known|n/?k|unnamed|no name|nil|\?+|-+)",
    re.IGNORECASE | re.DOTALL,
)


def check_rows(checked: Checked, as_of: str) -> None:
    """Blame the rows of one table that break a rule between their own cells."""
    rules = [_one_of, _caveat, _money, _order_of_dates, _as_of_rule(as_of)]
    rules += _OWN_RULES.get(checked.table.name, [])
    for rule in rules:
        for place, column, problem in list(rule(checked)):
            checked.blame(place, column, problem)


def _one_of(checked: Checked) -> Found:
    for words, names in groups_of(checked.table).items():
        if not set(names) & set(checked.raw.header):
            continue  # a fault of the header, said once
        written = [_written(checked, name) for name in names]
        if any("" not in cells for cells in written):
            continue
        for place, cells in enumerate(zip(*written, strict=True)):
            if not any(cells):
                yield place, names[0], Problem("", f"at least one of {words}")


def _written(checked: Checked, column: str) -> Sequence[str]:
    """Return a column as it was written: a faulty cell is not an empty one."""
    if column in checked.raw.header:
        return checked.raw.columns[checked.raw.header.index(column)]
    return checked.columns[column]


def _caveat(checked: Checked) -> Found:
    handling, caveat = checked.columns["handling"], checked.columns["caveat"]
    needing = {mark for mark in set(handling) if NEEDS_CAVEAT & set(mark.split())}
    if not needing:
        return
    for place, (mark, text) in enumerate(zip(handling, caveat, strict=True)):
        if mark in needing and not text:
            codes = " and ".join(sorted(NEEDS_CAVEAT & set(mark.split())))
            yield place, "caveat", Problem("", f"the conditions that {codes} in handling refers to")


def _money(checked: Checked) -> Found:
    amount, currency = _MONEY.get(checked.table.name, ("", ""))
    if amount not in checked.raw.header and currency not in checked.raw.header:
        return
    pairs = zip(_written(checked, amount), _written(checked, currency), strict=True)
    for place, (much, of) in enumerate(pairs):
        if bool(much) != bool(of):
            if much:
                yield place, currency, Problem("", f"a currency, because {amount} is filled")
            else:
                yield place, amount, Problem("", f"an amount, because {currency} is filled")


def _order_of_dates(checked: Checked) -> Found:
    for start, end in _ENDS.get(checked.table.name, ()):
        if start not in checked.raw.header or end not in checked.raw.header:
            continue
        pairs = zip(checked.columns[start], checked.columns[end], strict=True)
        for place, (first, last) in enumerate(pairs):
            # Dates are intervals: only what is certainly earlier, at the coarser precision, is.
            backwards = last and first and last[: len(first)] < first[: len(last)]
            if backwards and ISO.fullmatch(first) and ISO.fullmatch(last):
                expected = f"a date not before {start} ({shown(first)})"
                yield place, end, Problem(shown(last), expected, "Are the two swapped?")


def _as_of_rule(as_of: str) -> Callable[[Checked], Found]:
    def rule(checked: Checked) -> Found:
        column = checked.columns["as_of"]
        late = {day for day in set(column) if len(day) == 10 and day > as_of and day[0].isdigit()}
        if not late:
            return
        for place, day in enumerate(column):
            if day in late:
                expected = f"a day not after the bundle's own as_of ({as_of})"
                yield place, "as_of", Problem(shown(day), expected, "Day and month swapped?")

    return rule


# -- rules of one table


def _names(checked: Checked) -> Found:
    pairs = zip(checked.columns["name"], checked.columns["name_kind"], strict=True)
    for place, (name, kind) in enumerate(pairs):
        if kind != "label" and len(name) < 200 and _NO_NAME.fullmatch(name.strip()):
            expected = "a name, or name_kind label for words that stand in its place"
            yield place, "name", Problem(shown(name), expected, "Set name_kind to label.")


def _identifiers(checked: Checked) -> Found:
    columns = (checked.columns[name] for name in ("kind", "value", "issuer_country", "platform"))
    for place, (kind, value, country, platform) in enumerate(zip(*columns, strict=True)):
        if re.fullmatch(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+|[0-9]{6,}\.0", value):
            hint = "A spreadsheet made it a number: format the column as text, enter it again."
            yield place, "value", Problem(shown(value), "the number in full, as text", hint)
        elif kind == "phone" and value and not country and not value.strip().startswith("+"):
            expected = "a number with + and the country's prefix, or issuer_country"
            yield place, "value", Problem(shown(value), expected)
        if kind == "account_handle" and not platform:
            yield place, "platform", Problem("", "the platform of the account")


def _facts(checked: Checked) -> Found:
    pairs = zip(checked.columns["facts_present"], checked.columns["facts_absent"], strict=True)
    for place, (present, absent) in enumerate(pairs):
        if present and absent:
            for both in sorted(set(present.split(";")) & set(absent.split(";"))):
                expected = "each fact as present or as absent, not both"
                yield place, "facts_absent", Problem(shown(both), expected)


def _links(checked: Checked) -> Found:
    kinds, sources, targets = (checked.columns[name] for name in ("kind", "from_ref", "to_ref"))
    tables = {ref: table_of(ref) for ref in {*sources, *targets}}
    # A million links have a few hundred combinations of kind and tables: each is decided once.
    pictures = list(
        zip(kinds, map(tables.__getitem__, sources), map(tables.__getitem__, targets), strict=True)
    )
    unfit = {picture for picture in set(pictures) if not _ends_fit(*picture)}
    if not unfit and not any(map(eq, sources, targets)):
        return
    for place, (source, target) in enumerate(zip(sources, targets, strict=True)):
        if source and source == target:
            yield place, "to_ref", Problem(shown(target), "somebody other than from_ref")
        elif pictures[place] in unfit:
            yield place, "kind", _wrong_ends(kinds[place], source, target)


def table_of(ref: str) -> str:
    """Return the table of a full id, "" for a cell that is none."""
    parts = ref.split(":")
    return parts[1] if len(parts) == 3 else ""


def _ends_fit(kind: str, source_table: str, target_table: str) -> bool:
    link = LINK_KINDS.get(kind)
    if link is None or not source_table or not target_table:
        return True  # the cell itself has its fault already
    source, target = NODE_OF_TABLE.get(source_table), NODE_OF_TABLE.get(target_table)
    return source in link.sources and target in link.targets


def _wrong_ends(kind: str, source: str, target: str) -> Problem:
    link = LINK_KINDS[kind]
    found = [NODE_OF_TABLE.get(table_of(end), table_of(end)) for end in (source, target)]
    reversed_fits = _ends_fit(kind, table_of(target), table_of(source))
    hint = "Are from_ref and to_ref reversed?" if reversed_fits else ""
    arrow = "-" if link.symmetric else "->"
    return Problem(f"(:{found[0]})-[:{kind}]{arrow}(:{found[1]})", link.picture, hint)


_PARTY_WORDS = VOCABULARIES["party_role"].words
_PROTECTED_ROLES: Final = ("victim", "migrant")
_ROLES_OF: Final = {
    "PARTY_TO": _PARTY_WORDS,
    "HAS_ROLE": VOCABULARIES["role"].words,
    "HOLDS": (*VOCABULARIES["holder_role"].words, *VOCABULARIES["role"].words),
    "USED": (*VOCABULARIES["holder_role"].words, *VOCABULARIES["role"].words),
    "COMMUNICATED": ("initiator", *VOCABULARIES["role"].words),
    "MET": ("initiator", *VOCABULARIES["role"].words),
}
"""The words that a link's role may be, by its kind; for other kinds the roles of HAS_ROLE."""


def _link_words(checked: Checked) -> Found:
    needs = {"HAS_ROLE": ("stage", "role"), "PARTY_TO": ("role",), "MARRIED_TO": ("claim",)}
    kinds = checked.columns["kind"]
    for kind, columns in needs.items():
        for column in columns if kind in set(kinds) else ():
            words = _needed_words(kind, column)
            for place, (of, cell) in enumerate(zip(kinds, _written(checked, column), strict=True)):
                if of == kind and not cell.strip():
                    yield place, column, Problem("", f"one of {words}, because kind is {kind}")
    roles = checked.columns["role"]
    wrong = {
        (kind, role)
        for kind, role in set(zip(kinds, roles, strict=True))
        if role and kind in LINK_KINDS and role not in _ROLES_OF.get(kind, _ROLES_OF["HAS_ROLE"])
    } & {(kind, role) for kind in LINK_KINDS for role in _ALL_ROLES}
    for place, pair in enumerate(zip(kinds, roles, strict=True)) if wrong else ():
        if pair in wrong:
            kind, role = pair
            words = _ROLES_OF.get(kind, _ROLES_OF["HAS_ROLE"])
            expected = f"one of {', '.join(words)}, because kind is {kind}"
            yield place, "role", Problem(shown(role), expected, meant(nearest(role, words)))


_ALL_ROLES = {word for words in _ROLES_OF.values() for word in words}


def _needed_words(kind: str, column: str) -> str:
    return ", ".join(_ROLES_OF[kind] if column == "role" else VOCABULARIES[column].words)


_OWN_RULES: Final[dict[str, list[Callable[[Checked], Found]]]] = {
    "persons": [_names],
    "identifiers": [_identifiers],
    "journeys": [_facts],
    "links": [_links, _link_words],
}


# -- rules between rows


def check_same_ids(tables: Sequence[Checked]) -> None:
    """Blame rows of one table that share an id but not what they say."""
    ids = [local for checked in tables for local in checked.columns["record_id"]]
    if len(set(ids)) == len(ids):
        return
    first: dict[str, tuple[Checked, int]] = {}
    for checked in tables:
        for place, local in enumerate(checked.columns["record_id"]):
            if not local:
                continue
            before, at = first.setdefault(local, (checked, place))
            if (before is not checked or at != place) and not _same(before, at, checked, place):
                where = fault_at(before.raw, at, None, Problem("", "")).row
                expected = f"one content per id, but row {where} says otherwise under this id"
                hint = "Give the correction a new record_id, and name this one in supersedes."
                fault = checked.blame(place, "record_id", Problem(shown(local), expected, hint))
                before.bad.setdefault(at, []).append(fault)


def _same(one: Checked, at: int, other: Checked, place: int) -> bool:
    for name, cells in one.columns.items():
        if cells[at] != other.columns[name][place]:
            inherited = _inherits(one, at, name) or _inherits(other, place, name)
            if not (name == "as_of" and inherited):
                return False
    return True


def _inherits(checked: Checked, place: int, column: str) -> bool:
    return column in checked.inherited_by_all or column in checked.inherited.get(place, ())


def check_supersedes(tables: Sequence[Checked], originator: str) -> None:
    """Blame rows that supersede another originator's row, or each other in a circle."""
    before: dict[str, str] = {}
    rows: list[tuple[Checked, int, str]] = []
    for checked in tables:
        for place, target in enumerate(checked.columns["supersedes"]):
            if not target:
                continue
            own = f"{originator}:{checked.table.name}:{checked.columns['record_id'][place]}"
            if target.count(":") == 2 and not target.startswith(f"{originator}:"):
                problem = Problem(shown(target), "an earlier row of the same originator")
                checked.blame(place, "supersedes", problem)
                continue
            before[own] = target
            rows.append((checked, place, own))
    for checked, place, own in rows:
        if _leads_back(before, own):
            problem = Problem(shown(before[own]), "an earlier row, not one that leads back here")
            checked.blame(place, "supersedes", problem)


def _leads_back(before: dict[str, str], own: str) -> bool:
    seen = {own}
    at = before[own]
    while at in before and at not in seen:
        seen.add(at)
        at = before[at]
    return at == own


# -- warnings


def warnings_of(tables: Sequence[Checked]) -> list[str]:
    """Return what is strange but loads: gaps between legs, ties stated both ways, two faces."""
    by_table: dict[str, list[Checked]] = defaultdict(list)
    for checked in tables:
        by_table[checked.table.name].append(checked)
    warnings = [
        *_gaps(by_table["legs"], by_table["locations"]),
        *_both_ways(by_table["links"]),
        *_two_faces(by_table["links"], by_table["persons"]),
    ]
    return sorted(warnings)


def listed(things: Iterable[str]) -> str:
    """Return things in order, by name up to a number, counted beyond.

    >>> listed(["b", "a"])
    'a, b'
    """
    names = sorted(set(things))
    rest = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {rest} more" if rest > 0 else "")


def _gaps(legs: Sequence[Checked], locations: Sequence[Checked]) -> Iterator[str]:
    """Find journeys whose next leg does not begin in the country where the last one ended."""
    country = {
        local: code
        for checked in locations
        for local, code in zip(
            checked.columns["record_id"], checked.columns["country"], strict=True
        )
    }
    of_journey: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    names = ("journey_ref", "seq", "from_ref", "from_country", "to_ref", "to_country")
    for checked in legs:
        for journey, seq, a, a_country, b, b_country in zip(
            *(checked.columns[name] for name in names), strict=True
        ):
            if journey and seq.isdigit():
                start = a_country or country.get(a.split(":")[-1], "")
                end = b_country or country.get(b.split(":")[-1], "")
                of_journey[journey].append((int(seq), start, end))
    gaps = [
        f"{journey} after leg {before[0]}"
        for journey, steps in of_journey.items()
        for before, after in zip(sorted(steps), sorted(steps)[1:], strict=False)
        if before[0] != after[0] and before[2] and after[1] and before[2] != after[1]
    ]
    if gaps:
        yield f"legs that do not join, shown as ?: {listed(gaps)}"


def _both_ways(links: Sequence[Checked]) -> Iterator[str]:
    stated = {
        tie
        for checked in links
        for tie in zip(
            *(checked.columns[name] for name in ("kind", "from_ref", "to_ref")), strict=True
        )
        if tie[0] in SYMMETRIC_KINDS
    }
    twice = [
        f"{kind} {source} and {target}"
        for kind, source, target in stated
        if source < target and (kind, target, source) in stated
    ]
    if twice:
        yield f"symmetric ties stated in both directions, counted as one pair: {listed(twice)}"


def _two_faces(links: Sequence[Checked], persons: Sequence[Checked]) -> Iterator[str]:
    facilitators: set[str] = set()
    victims: set[str] = set()
    for checked in links:
        columns = (checked.columns[name] for name in ("kind", "role", "from_ref"))
        for kind, role, source in zip(*columns, strict=True):
            if kind == "HAS_ROLE" and role and role not in NOT_FACILITATING:
                facilitators.add(source)
            elif kind == "PARTY_TO" and role in _PROTECTED_ROLES:
                victims.add(source)
            elif kind == "PARTY_TO" and role == "facilitator":
                facilitators.add(source)
    protected = {
        local
        for checked in persons
        for local, words, status in zip(
            *(checked.columns[name] for name in ("record_id", "protected", "trafficking_status")),
            strict=True,
        )
        if words or status in ("PossibleVictimOfTrafficking", "ActualVictimOfTrafficking")
    }
    both = {ref for ref in facilitators if ref in victims or ref.split(":")[-1] in protected}
    both = {ref for ref in both if table_of(ref) == "persons"}
    if both:
        yield f"facilitator in one row and protected in another; protection wins: {listed(both)}"

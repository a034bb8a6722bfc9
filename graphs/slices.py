"""One slice, the same everywhere: which part of a network an output is about, and in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphs.attributes import Attributes, texts
from graphs.choices import checked_choice
from graphs.codes import country_hint, is_country
from graphs.dates import Interval, interval, is_date
from graphs.errors import InputError
from graphs.journeys import UNKNOWN_COUNTRY
from graphs.schema import TIE_SETS
from graphs.sharing.markings import grading_rank, is_grading
from graphs.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    import networkx as nx

_ACTORS: Final = frozenset({"Person", "Organisation"})
_HAPPENED: Final = frozenset({"Journey", "Event"})
_ACTED_ON: Final = _ACTORS | _HAPPENED | {"Leg", "Case"}
_COOPERATION: Final = frozenset({"Agency", "FocalPoint", "Period", "Plan", "Outcome"})
# What stands in the network only because something kept leads to it.
_FOLLOWING: Final = frozenset({"Leg", "Identifier", "Location", "Country"})
_NOTE: Final = frozenset({"PARTY_TO", "HAS_ROLE"})
_COUNTRY_ATTRIBUTES: Final = (
    "operating_countries", "residence_country", "nationalities", "jurisdiction", "country",
    "countries",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slice:
    """Part of a network; every field narrows it further, and empty ones do not.

    `period` is the days from and to, either of which may be ""; `case` a case as it may be named
    to `find`; `theme` an offence; `least_grading` the worst gradings still taken, one a scheme.
    `ties` names the set that analyses look at: it is a part of the slice for the reader, though
    the network keeps all ties.
    """

    countries: tuple[str, ...] = ()
    corridor: tuple[str, ...] = ()
    period: tuple[str, str] | None = None
    case: str = ""
    theme: str = ""
    ties: str = "BROKER_TIES"
    least_grading: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Say whether anything is left out at all."""
        chosen = (self.countries, self.corridor, self.period, self.case, self.theme)
        return any(chosen) or bool(self.least_grading)

    def words(self) -> str:
        """Return what the slice holds, to print beside every number; "" for the whole network.

        >>> Slice(countries=("LK", "TH"), period=("2025-10", "")).words()
        'countries LK, TH; from 2025-10'
        """
        start, end = self.period or ("", "")
        parts = (
            f"countries {', '.join(self.countries)}" if self.countries else "",
            f"corridor {'>'.join(self.corridor)}" if self.corridor else "",
            f"from {start}" if start and not end else "",
            f"until {end}" if end and not start else "",
            f"from {start} to {end}" if start and end else "",
            f"case {self.case}" if self.case else "",
            f"theme {self.theme}" if self.theme else "",
            f"ties {self.ties}" if self.ties != "BROKER_TIES" else "",
            f"graded {' or '.join(self.least_grading)} or better" if self.least_grading else "",
        )
        return "; ".join(part for part in parts if part)


def parse_slice(
    *,
    countries: str | None = None,
    corridor: str | None = None,
    period: str | None = None,
    case: str | None = None,
    theme: str | None = None,
    ties: str | None = None,
    least_grading: str | None = None,
) -> Slice:
    """Return the slice that option texts name; InputError says what an option expects.

    >>> parse_slice(countries="TH,LK", corridor="VN>TH", period="2025-10/2026-03").words()
    'countries LK, TH; corridor VN>TH; from 2025-10 to 2026-03'
    >>> parse_slice(countries="Thailand")
    Traceback (most recent call last):
        ...
    graphs.errors.InputError: --countries: found 'Thailand', expected ISO 3166-1 alpha-2 codes with
    commas between, such as LK,TH,AU. Did you mean TH?
    """
    return Slice(
        countries=tuple(sorted(_codes("--countries", countries, ",", "LK,TH,AU"))),
        corridor=_corridor(corridor),
        period=_period(period),
        case=(case or "").strip(),
        theme=checked_choice("theme", theme, VOCABULARIES["offence"].words) if theme else "",
        ties=checked_choice("tie set", ties, TIE_SETS) if ties else "BROKER_TIES",
        least_grading=_gradings(least_grading),
    )


def words(part: Slice) -> str:
    """Return what a slice holds, in words; "" for the whole network."""
    return part.words()


def cut(network: nx.MultiDiGraph, part: Slice) -> nx.MultiDiGraph:
    """Return the part of a network that a slice names, as a network of its own.

    - countries: persons and organisations recorded with one of them (acting, residing, citizen,
      seat) or with a part in a journey there; journeys that pass one; events there
    - corridor: journeys that pass these countries one after the other, who had a part in them,
      and ties that are recorded for them or lead to their travellers
    - period: ties, journeys and events whose dates may lie in it, and who had a part in them
    - case, theme: what is recorded in the case, or in a case of that offence
    - least_grading: ties, journeys and events graded as well or better in that scheme. What is
      graded in another scheme, or not at all, stays; a code of no rank does not

    Identifiers, places and countries come with what leads to them; posts and plans always stay.
    Roles and status of a person are those of the whole file. `network.graph["slice"]` holds the
    words, `["left_out"]` how much was left out because it has no date, no country or no rank.
    InputError for a case that nothing or several things answer to.
    """
    if not part.narrows:
        return network
    days = _days(part.period) if part.period else None
    return _Cutting(network, part, _wanted_cases(network, part), days).made()


@dataclass(slots=True)
class _Cutting:
    """One network being cut."""

    network: nx.MultiDiGraph
    part: Slice
    wanted: frozenset[str] | None
    days: Interval | None
    left_out: Counter[str] = field(default_factory=Counter[str])
    home: dict[Hashable, Hashable] = field(default_factory=dict[Hashable, Hashable])
    travelled: dict[Hashable, set[Hashable]] = field(
        default_factory=lambda: defaultdict[Hashable, set[Hashable]](set)
    )

    def made(self) -> nx.MultiDiGraph:
        """Return the part as a network of its own."""
        self._look()
        happened = {node for node, data in self.network.nodes(data=True) if self._happens(data)}
        acts = self._acts(happened)
        actors = self._actors(happened, acts)
        kept = self._with_followers(happened | actors)
        acts = {link for link in acts if link[0] in kept and link[1] in kept}
        kept |= self._cases_behind(kept, acts)
        return self._network(kept, acts)

    def _look(self) -> None:
        for source, target, data in self.network.edges(data=True):
            if data.get("kind") == "HAS_LEG":
                self.home[target] = source
            elif data.get("kind") == "TRAVELLED":
                self.travelled[source].add(target)

    def _happens(self, data: Attributes) -> bool:
        """Say whether a journey or event is in the slice."""
        if data.get("kind") not in _HAPPENED or not self._recorded(data):
            return False
        if self.part.corridor and not self._on_corridor(data):
            return False
        if self.part.countries and not self._there(data):
            return False
        start = data.get("date_from") if data.get("kind") == "Journey" else data.get("date")
        end = data.get("date_to")
        return self._in_time(start, end, f"{str(data.get('kind')).lower()}s without a date")

    def _recorded(self, data: Attributes) -> bool:
        """Say whether a node or link is of the wanted cases and graded well enough."""
        if self.wanted is not None and not self.wanted & set(texts(data, "cases")):
            return False
        return self._graded(texts(data, "grading"))

    def _graded(self, gradings: Iterable[str]) -> bool:
        for least in map(grading_rank, self.part.least_grading):
            for found in map(grading_rank, gradings):
                if found.scheme != least.scheme:
                    continue
                if found.source is None or found.information is None:
                    self.left_out["graded by a code of no rank"] += 1
                    return False
                if _worse(found.source, least.source) or _worse(
                    found.information, least.information
                ):
                    return False
        return True

    def _in_time(self, start: object, end: object, undated: str) -> bool:
        if self.days is None:
            return True
        if not start and not end:
            self.left_out[undated] += 1
            return False
        return interval(str(start or ""), str(end or "")).overlaps(self.days)

    def _on_corridor(self, data: Attributes) -> bool:
        if data.get("kind") != "Journey":
            return False
        passed, wanted = texts(data, "countries"), self.part.corridor
        starts = range(len(passed) - len(wanted) + 1)
        return any(passed[i : i + len(wanted)] == wanted for i in starts)

    def _there(self, data: Attributes) -> bool:
        return bool(_countries(data) & set(self.part.countries))

    def _acts(self, happened: Collection[Hashable]) -> set[tuple[Hashable, Hashable, Hashable]]:
        """Return the links by which somebody did something that is in the slice."""
        nodes = self.network.nodes
        return {
            (source, target, key)
            for source, target, key, data in self.network.edges(keys=True, data=True)
            if _is_act(nodes[source], nodes[target])
            and self._done(source, target, nodes[target], data, happened)
        }

    def _done(
        self,
        source: Hashable,
        target: Hashable,
        end: Attributes,
        data: Attributes,
        happened: Collection[Hashable],
    ) -> bool:
        place = self.home.get(target, target)
        if end.get("kind") in (*_HAPPENED, "Leg"):
            # A part in a journey or event is as old as that; it is there if its own row is.
            return place in happened and self._recorded(data)
        if not self._recorded(data):
            return False
        if self.part.corridor and not self._for_journeys(source, target, data, happened):
            return False
        if data.get("kind") in _NOTE and not data.get("date_from") and self.part.period:
            return False
        return self._in_time(data.get("date_from"), data.get("date_to"), "ties without a date")

    def _for_journeys(
        self,
        source: Hashable,
        target: Hashable,
        data: Attributes,
        happened: Collection[Hashable],
    ) -> bool:
        """Say whether a tie is recorded for a journey of the corridor, or leads to a traveller."""
        named = texts(data, "journeys")
        if named:
            return any(journey in happened for journey in named)
        ends = self.travelled.get(source, set()) | self.travelled.get(target, set())
        return any(journey in happened for journey in ends)

    def _actors(
        self,
        happened: Collection[Hashable],
        acts: Collection[tuple[Hashable, Hashable, Hashable]],
    ) -> set[Hashable]:
        nodes = self.network.nodes
        took_part = {a for a, b, _ in acts if self.home.get(b, b) in happened}
        attached = {end for link in acts for end in link[:2] if nodes[end].get("kind") in _ACTORS}
        kept: set[Hashable] = set()
        for node, data in nodes(data=True):
            if data.get("kind") in _ACTORS and (node in attached or self._named(data)):
                if node in took_part or not self.part.countries or self._there(data):
                    kept.add(node)
                elif not _countries(data):
                    self.left_out["persons or organisations without a country"] += 1
        return kept

    def _named(self, data: Attributes) -> bool:
        """Say whether somebody belongs to the slice without any link in it."""
        if self.part.corridor or self.part.period:
            return False
        return self.wanted is None or bool(self.wanted & set(texts(data, "cases")))

    def _with_followers(self, core: set[Hashable]) -> set[Hashable]:
        """Return what is kept with all that it leads to: legs, papers, places, countries."""
        nodes = self.network.nodes
        kept, edge = set(core), sorted(core, key=str)
        while edge:
            reached = {
                target
                for source in edge
                for target in self.network.successors(source)
                if target not in kept and nodes[target].get("kind") in _FOLLOWING
            }
            # A role on a leg does not bring the leg of a journey that is not in the slice.
            edge = sorted(
                (node for node in reached if self.home.get(node, node) in kept or node not in
                 self.home),
                key=str,
            )  # fmt: skip
            kept.update(edge)
        return kept | {n for n, data in nodes(data=True) if data.get("kind") in _COOPERATION}

    def _cases_behind(
        self,
        kept: Collection[Hashable],
        acts: Collection[tuple[Hashable, Hashable, Hashable]],
    ) -> set[Hashable]:
        nodes, edges = self.network.nodes, self.network.edges
        found = {case for node in kept for case in texts(nodes[node], "cases")}
        found |= {case for link in acts for case in texts(edges[link], "cases")}
        return {
            case for case in found if case in nodes and (self.wanted is None or case in self.wanted)
        }

    def _network(
        self,
        kept: Collection[Hashable],
        acts: Collection[tuple[Hashable, Hashable, Hashable]],
    ) -> nx.MultiDiGraph:
        from graphs.network import shared_pairs

        nodes = self.network.nodes
        made = self.network.__class__()
        made.add_nodes_from((node, data) for node, data in nodes(data=True) if node in kept)
        links: Any = self._links(kept, acts)
        made.add_edges_from(links)
        made.graph.update(self.network.graph)
        made.graph["slice"] = self.part.words()
        made.graph["left_out"] = dict(sorted(self.left_out.items()))
        made.graph["shared_pairs"] = len(shared_pairs(made))
        _narrow_facts(made)
        return made

    def _links(
        self,
        kept: Collection[Hashable],
        acts: Collection[tuple[Hashable, Hashable, Hashable]],
    ) -> Iterator[tuple[Hashable, Hashable, Hashable, Attributes]]:
        """Yield the links between kept things: acts of the slice, and what only describes."""
        nodes = self.network.nodes
        for source, target, key, data in self.network.edges(keys=True, data=True):
            if source in kept and target in kept:
                note = data.get("kind") in _NOTE and nodes[target].get("kind") == "Case"
                is_act = _is_act(nodes[source], nodes[target]) and not note
                if not is_act or (source, target, key) in acts:
                    yield source, target, key, data


def _narrow_facts(network: nx.MultiDiGraph) -> None:
    """Keep in the facts of the whole only what the part rests on; the marking stays."""
    every = [data for _, data in network.nodes(data=True)]
    every += [data for *_, data in network.edges(data=True)]
    records = {record for data in every for record in texts(data, "record_ids")}
    known: Mapping[str, str] = network.graph.get("source_refs", {})
    network.graph["source_refs"] = {key: known[key] for key in sorted(records & known.keys())}
    network.graph["record_count"] = len(records)
    network.graph["originators"] = tuple(
        sorted({word for data in every for word in texts(data, "originators")})
    )


def _is_act(source: Attributes, target: Attributes) -> bool:
    """Say whether a link tells what an actor did: a tie, or a part in a case, journey, event."""
    return source.get("kind") in _ACTORS and target.get("kind") in _ACTED_ON


def _wanted_cases(network: nx.MultiDiGraph, part: Slice) -> frozenset[str] | None:
    """Return the cases that a slice is about; None = all, and what is in no case."""
    if not part.case and not part.theme:
        return None
    from graphs.subjects import resolve_one

    cases = {
        str(node)
        for node, data in network.nodes(data=True)
        if data.get("kind") == "Case" and (not part.theme or part.theme in texts(data, "offences"))
    }
    return frozenset(cases & {resolve_one(network, part.case, kind="Case")} if part.case else cases)


def _countries(data: Attributes) -> set[str]:
    return {code for name in _COUNTRY_ATTRIBUTES for code in texts(data, name)} - {UNKNOWN_COUNTRY}


def _worse(found: int, least: int | None) -> bool:
    return least is not None and found > least


def _days(period: tuple[str, str]) -> Interval:
    start, end = period
    return Interval(
        interval(start).first if start else "0000-01-01",
        interval(end).last if end else "9999-12-31",
    )


def _codes(option: str, text: str | None, between: str, example: str) -> list[str]:
    found = [code.strip() for code in (text or "").split(between) if code.strip()]
    for code in found:
        if not is_country(code) and not (between == ">" and code == UNKNOWN_COUNTRY):
            hint = country_hint(code)
            raise InputError(
                f"{option}: found {code!r}, expected ISO 3166-1 alpha-2 codes with "
                f"{'commas' if between == ',' else '>'} between, such as {example}."
                + (f" Did you mean {hint}?" if hint else "")
            )
    return found


def _corridor(text: str | None) -> tuple[str, ...]:
    codes = _codes("--corridor", text, ">", "VN>TH>AU")
    if len(codes) == 1:
        raise InputError(
            f"--corridor: found {text!r}, expected two countries or more in the order of the "
            "journey, such as VN>TH>AU; for one country use --countries."
        )
    return tuple(codes)


def _period(text: str | None) -> tuple[str, str] | None:
    if not text:
        return None
    start, slash, end = (part.strip() for part in text.partition("/"))
    dates = [date for date in (start, end) if date]
    if not slash or not dates or not all(map(is_date, dates)):
        raise InputError(
            f"--period: found {text!r}, expected FROM/TO as YYYY, YYYY-MM or YYYY-MM-DD, such as "
            "2025-10/2026-03; one side may stay empty."
        )
    if start and end and interval(start).first > interval(end).last:
        raise InputError(f"--period: {start} lies after {end}; are they swapped?")
    return start, end


def _gradings(text: str | None) -> tuple[str, ...]:
    found = [part.strip() for part in (text or "").split(",") if part.strip()]
    for grading in found:
        rank = grading_rank(grading)
        if not is_grading(grading) or rank.source is None or rank.information is None:
            raise InputError(
                f"--least-grading: found {grading!r}, expected scheme:codes of a rank, such as "
                "admiralty:C3 or europol4x4:B2; several with commas between, one a scheme."
            )
    if len({grading_rank(grading).scheme for grading in found}) < len(found):
        raise InputError(f"--least-grading: {text!r} names a scheme twice; give one a scheme.")
    return tuple(found)

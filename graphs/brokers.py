"""Who brokers the network: one table, a row per person, each with its reasons."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphs.attributes import Attributes, Link, gathered, label_of, links_of, texts
from graphs.brokerage import ROLES, brokerage_roles
from graphs.countries_of import GROUP_RULES, UNDETERMINED, Group, counted, groups_of
from graphs.errors import InputError
from graphs.frames import Kind, frame
from graphs.position import betweenness, degree, rounded, shared_ranks
from graphs.reasons import Standing, Status, Times, why
from graphs.schema import ORDER_OF_STAGES
from graphs.simple import SimpleView, simple_view
from graphs.stability import PLAN, Plan, stability_words, top_shares
from graphs.ties import is_derived, tie_network

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

COLUMNS: Final[dict[str, Kind]] = {
    "person": "object",
    "label": "object",
    "betweenness": "object",
    "degree": "int64",
    "countries": "object",
    **dict.fromkeys(ROLES, "int64"),
    "roles": "object",
    "stages": "object",
    "status": "object",
    "stability": "object",
    "cases": "int64",
    "agencies": "int64",
    "derived_share": "object",
    "undetermined": "int64",
    "records": "object",
    "why": "object",
    "rank": "object",
    "tied": "int64",
    "degree_rank": "object",
    "explained_by_degree": "bool",
    "facilitator": "bool",
    "own_countries": "object",
    "country_rule": "object",
    **{f"{role}_max": "int64" for role in ROLES},
    "roles_exact": "bool",
    "pairs": "int64",
    "status_date": "object",
    "status_record": "object",
    "stability_words": "object",
    "case_ids": "object",
    "agency_codes": "object",
    "gradings": "object",
}


@dataclass(frozen=True, slots=True)
class _Measured:
    """Everything measured once for all rows, by place in the view."""

    view: SimpleView
    shares: list[float | None]
    ranks: list[int | None]
    holders: Counter[int | None]
    degree_ranks: list[int | None]
    roles: list[dict[Hashable, int]]
    groups: list[frozenset[str]]
    rule: Group
    steady: list[float | None]
    words: list[str]
    stated: Mapping[Hashable, list[Link]]


def rank_brokers(
    network: nx.Graph,
    *,
    group_by: Group = "default",
    top: int | None = None,
    ties: str | Collection[str] = "BROKER_TIES",
    include_protected: bool = False,
    seed: int = PLAN.seed,
    stability: bool = True,
    work_limit: int | None = PLAN.limit,
) -> pd.DataFrame:
    """Rank persons by how much of the network meets only through them, each with reasons.

    Takes the whole network and looks at `tie_network(network, ties=…)`: shielded persons are
    left out unless `include_protected`. Being central makes nobody a facilitator; `facilitator`
    repeats what a record says.

    Returns one row per person, greatest betweenness first, equal ones by id under one `rank`:

    - `betweenness`: share of all unordered pairs, 0 to 1, isolates counted; None with n < 3
    - `degree`: persons tied to; `explained_by_degree` where that alone would rank as high
    - `countries`: those of the persons tied to, by `group_by`; `own_countries` and
      `country_rule`, what they were read from
    - the five roles of `brokerage_roles`, least and `_max`; `undetermined` pairs; all `pairs`
    - `roles`, `stages`, `status`: as recorded; `status_date`, `status_record`
    - `stability`: P(top 5) with 10 % of ties lost (`top_shares`), None where not computed, with
      an isolate, or without `stability`; `stability_words` says which
    - `cases`, `agencies`: how many vouch for the ties; `case_ids`, `agency_codes`, `gradings`
    - `derived_share`: share of the neighbours tied by derived links alone; None without a tie
    - `records`: every record behind the row; `why`: the reasons in words, with record ids

    `top` keeps that many ranks, all of those equal to the last one (but not everybody of
    betweenness 0). InputError for a `top` below 1, UnknownChoice for an unknown set or rule.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph()
    >>> for name, country in [("a", "VN"), ("b", "AU"), ("c", "AU")]:
    ...     net.add_node(name, kind="Person", operating_countries=(country,))
    >>> for key, ends in enumerate(["ab", "bc", "bc"]):
    ...     _ = net.add_edge(*ends, kind="RECRUITED", record_ids=(f"LK:links:{key}",))
    >>> table = rank_brokers(net, stability=False)
    >>> table[["person", "betweenness", "degree", "gatekeeper"]].to_dict("split")["data"]
    [['b', 1.0, 2, 1], ['a', 0.0, 1, 0], ['c', 0.0, 1, 0]]
    >>> print(table["why"][0])
    On 100 % of all shortest paths between pairs of persons; ties to 2 persons in AU and VN
    (LK:links:0, LK:links:1, LK:links:2); lets in to AU (gatekeeper once); stability not computed
    """
    if top is not None and top < 1:
        raise InputError(f"top is {top}, expected a number of persons, 1 or more")
    tied = tie_network(network, ties=ties, include_protected=include_protected)
    plan = PLAN._replace(seed=seed, limit=work_limit)
    measured = _measured(simple_view(tied), group_by, plan if stability else None, network)
    table = frame([_row(measured, place) for place in _best_first(measured)], COLUMNS)
    return table if top is None else table[_kept(table, top)]


def _measured(view: SimpleView, rule: Group, plan: Plan | None, network: nx.Graph) -> _Measured:
    shares = [_defined(value) for value in rounded(betweenness(view, normalized=True))]
    degrees = [int(value) for value in degree(view).tolist()]
    ranked = [share is not None and k > 0 for share, k in zip(shares, degrees, strict=True)]
    found = None if plan is None else top_shares(view, plan)
    steady: list[float | None] = [None] * view.n
    if found is not None:
        steady = [_defined(value) for value in found.tolist()]
    ranks = shared_ranks([share or 0.0 for share in shares], ranked=ranked)
    return _Measured(
        view=view,
        shares=shares,
        ranks=ranks,
        holders=Counter(ranks),
        degree_ranks=shared_ranks(degrees, ranked=ranked),
        roles=brokerage_roles(view, group=rule).to_dict("records"),
        groups=groups_of(view, rule),
        rule=rule,
        steady=steady,
        words=[
            _steadiness(share, value, plan, computed=found is not None)
            for share, value in zip(shares, steady, strict=True)
        ],
        stated=_stated_roles(network),
    )


def _defined(value: float) -> float | None:
    return None if math.isnan(value) else value


def _steadiness(
    share: float | None, value: float | None, plan: Plan | None, *, computed: bool
) -> str:
    """Return the words beside a rank; an isolate has none, a rank at 0 is none to keep."""
    if plan is None or not computed:
        return stability_words(None)
    if value is None:
        return "no tie, no rank"
    return stability_words(value, plan) if share else "betweenness 0: no rank to keep"


def _stated_roles(network: nx.Graph) -> Mapping[Hashable, list[Link]]:
    found: dict[Hashable, list[Link]] = defaultdict(list)
    for link in links_of(network, {"HAS_ROLE", "PARTY_TO"}):
        found[link.source].append(link)
    return found


def _best_first(measured: _Measured) -> list[int]:
    """Return the places, ranked ones first; the view's own order, by id, breaks no tie."""
    ranks = measured.ranks
    return sorted(range(measured.view.n), key=lambda i: (ranks[i] is None, ranks[i] or 0, i))


def _kept(table: pd.DataFrame, top: int) -> pd.Series[bool]:
    """Say which rows `top` keeps: those of these ranks, but of all zeros only the first rows."""
    import pandas as pd

    among = [rank is not None and rank <= top for rank in table["rank"]]
    real = [bool(share) for share in table["betweenness"]]
    keeps = [
        place < top or (ranked and positive)
        for place, (ranked, positive) in enumerate(zip(among, real, strict=True))
    ]
    return pd.Series(keeps, index=table.index, dtype="bool")


def _row(measured: _Measured, place: int) -> dict[str, object]:
    view, data = measured.view, measured.view.data[place]
    links = [link.data for link in view.links_at(place)]
    standing = _standing(measured, place)
    return {
        "person": view.nodes[place],
        "label": label_of(view.nodes[place], data),
        "betweenness": standing.share,
        "degree": standing.degree,
        "countries": list(standing.countries),
        **{role: times.least for role, times in standing.brokers.items()},
        "roles": list(standing.roles),
        "stages": list(standing.stages),
        "stability": measured.steady[place],
        "stability_words": standing.stability,
        "cases": len(standing.cases),
        "agencies": len(standing.agencies),
        "derived_share": standing.derived_share,
        "undetermined": standing.undetermined,
        "records": _records(standing, data),
        "why": why(standing),
        **{f"{role}_max": times.most for role, times in standing.brokers.items()},
        "roles_exact": measured.roles[place]["exact"],
        "pairs": measured.roles[place]["total"],
        "facilitator": bool(data.get("facilitator")),
        "own_countries": list(standing.own),
        "country_rule": _rule_used(measured, place),
        "case_ids": list(standing.cases),
        "agency_codes": list(standing.agencies),
        "gradings": gathered(links, "grading"),
        **_status_cells(standing.status),
        **_rank_cells(measured, place),
    }


def _standing(measured: _Measured, place: int) -> Standing:
    view, data = measured.view, measured.view.data[place]
    links = [link.data for link in view.links_at(place)]
    counts = measured.roles[place]
    return Standing(
        share=measured.shares[place],
        degree=len(view.near[place]),
        countries=sorted(set().union(*(measured.groups[other] for other in view.near[place]))),
        own=sorted(measured.groups[place]),
        brokers={role: Times(counts[role], counts[f"{role}_max"]) for role in ROLES},
        undetermined=counts["undetermined"],
        derived_share=_derived_share(view, place),
        tie_records=gathered(links, "record_ids"),
        stated=measured.stated.get(view.nodes[place], []),
        roles=sorted(texts(data, "roles")),
        stages=sorted(texts(data, "stages"), key=_stage_order),
        status=status_of(data),
        cases=gathered(links, "cases"),
        agencies=gathered(links, "originators"),
        stability=measured.words[place],
    )


def status_of(data: Attributes) -> Status | None:
    """Return the last recorded status of a person; None = no status recorded.

    >>> status_of({"status": {"status": "arrested", "date": "2026-01", "record": "LK:events:E-1"}})
    Status(status='arrested', date='2026-01', record='LK:events:E-1')
    """
    said: object = data.get("status")
    if isinstance(said, Mapping):
        return Status(str(said.get("status")), said.get("date"), said.get("record"))
    return Status(str(said), None, None) if said else None


def _derived_share(view: SimpleView, place: int) -> float | None:
    others = view.near[place]
    derived = sum(is_derived(view.between(place, other)) for other in others)
    return derived / len(others) if others else None


def _stage_order(stage: str) -> tuple[int, str]:
    return ORDER_OF_STAGES.get(stage, len(ORDER_OF_STAGES)), stage


def _rule_used(measured: _Measured, place: int) -> str:
    rule = measured.rule
    if isinstance(rule, str) and rule in GROUP_RULES:
        return counted(measured.view.data[place], rule).by
    given = rule if isinstance(rule, str) else "given"
    return given if measured.groups[place] else UNDETERMINED


def _records(standing: Standing, data: Attributes) -> list[str]:
    stated = gathered((link.data for link in standing.stated), "record_ids")
    status = standing.status
    of_status = [status.record] if status and status.record else []
    return sorted({*texts(data, "record_ids"), *standing.tie_records, *stated, *of_status})


def _status_cells(status: Status | None) -> dict[str, object]:
    if status is None:
        return {"status": None, "status_date": None, "status_record": None}
    return {
        "status": status.words(),
        "status_date": status.date,
        "status_record": status.record,
    }


def _rank_cells(measured: _Measured, place: int) -> dict[str, object]:
    rank, by_degree = measured.ranks[place], measured.degree_ranks[place]
    return {
        "rank": rank,
        "tied": 0 if rank is None else measured.holders[rank],
        "degree_rank": by_degree,
        "explained_by_degree": rank is not None and by_degree is not None and by_degree <= rank,
    }

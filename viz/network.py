"""The network page: filters, chart and details in one file that opens offline."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from viz.entities import connections, dictionary, entities, number, stability_words
from viz.facts import Facts
from viz.html import asset, packed, render
from viz.layout import layout
from viz.picture import network_picture

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from viz.chart import ChartNetwork

Row = Mapping[str, Any]
Tables = Mapping[str, "pd.DataFrame | Sequence[Row]"]

VIS: Final = "vis-network.10.1.5.js"
SCRIPTS: Final = (
    VIS,
    *(f"network/{part}.js" for part in ("data", "draw", "search", "filters", "details", "table")),
    "network.js",
)
STYLES: Final = ("picture.css", "network.css")
STILL_RECORDS: Final = 6
STILL_ROWS: Final = 25  # brokers in the table that paper and a reader without script get


def network_page(
    network: nx.Graph,
    tables: Tables | None = None,
    *,
    title: str,
    marking: str = "",
    facts: Facts | None = None,
    positions: Mapping[Hashable, tuple[float, float]] | None = None,
) -> str:
    """Return the network as one HTML page that fetches nothing when opened.

    The page is text, not a file: the caller decides where a page that names people may be
    written (with `newline=""`). `tables["brokers"]`, rows or a DataFrame of `rank_brokers`, ranks
    persons on it; `positions` are those of `layout`, computed here when not given. The network
    is left as it was. Comfortable up to about 1,500 entities.

    >>> import networkx as nx
    >>> page = network_page(nx.MultiDiGraph(), title="<b>Draft</b>")
    >>> "&lt;b&gt;Draft" in page, 'src="' in page, "https://" in page
    (True, False, False)
    """
    return chart_of(
        network, tables, title=title, marking=marking, facts=facts, positions=positions
    ).generate_html()


def chart_of(
    network: nx.Graph,
    tables: Tables | None = None,
    *,
    title: str,
    marking: str = "",
    facts: Facts | None = None,
    positions: Mapping[Hashable, tuple[float, float]] | None = None,
) -> ChartNetwork:
    """Return pyvis's Network object of a network, whose page is ours."""
    from viz.chart import ChartNetwork

    brokers = _rows((tables or {}).get("brokers", ()))
    nodes = entities(network, layout(network) if positions is None else positions, brokers)
    edges = connections(network)
    words = dictionary(network, nodes, edges)
    about = facts or Facts(
        marking=marking, as_of=str(network.graph.get("as_of") or ""),
        slice=str(network.graph.get("slice") or ""), group_rule="default",
    )  # fmt: skip

    def page(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> str:
        chart = {"nodes": nodes, "edges": edges, "words": words, "title": title,
                 "marking": marking, "facts": [*about.lines()]}  # fmt: skip
        return render(
            "network.html",
            styles=[asset(name) for name in STYLES],
            scripts=[asset(name) for name in SCRIPTS],
            data={"network-data": packed(chart)},
            title=title,
            marking=marking,
            facts=about,
            picture=network_picture(nodes, edges, alt=f"The network: {title}"),
            brokers=[_still(row) for row in brokers if number(row.get("betweenness"))][:STILL_ROWS],
            counts=(len(nodes), len(edges)),
            most_records=STILL_RECORDS,
        )

    return ChartNetwork(nodes, edges, page=page)


def _rows(table: pd.DataFrame | Sequence[Row]) -> list[Row]:
    if isinstance(table, Sequence):
        return list(table)
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _still(row: Row) -> dict[str, Any]:
    """Return one row of the still table; what a table of another make lacks is empty."""
    words = {name: row.get(name) or "" for name in ("rank", "person", "label", "degree", "status")}
    lists = {name: row.get(name) or () for name in ("countries", "roles", "records")}
    share = f"{100 * number(row['betweenness']):.1f} %"
    return {**words, **lists, "share": share, "stability": stability_words(row)}

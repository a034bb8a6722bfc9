"""The chart: pyvis's Network, its lists kept and its page replaced by ours.

pyvis's own page asks other hosts for scripts, runs scripts that stand in a heading or a node's
id, and drops parallel links when nodes are added one by one. So its lists are assigned, and every
way to HTML leads to our template.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyvis.network import Network

Chart = list[dict[str, Any]]


class ChartNetwork(Network):
    """A pyvis Network whose page is made by `page(nodes, edges)`: self-contained, inert text.

    >>> chart = ChartNetwork([{"id": 0}], [], page=lambda nodes, edges: f"{len(nodes)} node")
    >>> chart.generate_html(), chart.num_nodes()
    ('1 node', 1)
    """

    def __init__(self, nodes: Chart, edges: Chart, *, page: Callable[[Chart, Chart], str]) -> None:
        super().__init__(directed=True)
        self.nodes: Chart = nodes
        self.edges: Chart = edges
        self.node_ids = [node["id"] for node in nodes]
        self.node_map = {node["id"]: node for node in nodes}
        self._page = page

    def generate_html(
        self, name: str = "index.html", local: bool = True, notebook: bool = False
    ) -> str:
        """Return our page; the arguments are those of pyvis and change nothing."""
        return self._page(self.nodes, self.edges)

    def write_html(
        self,
        name: str,
        local: bool = True,
        notebook: bool = False,
        open_browser: bool = False,
    ) -> None:
        """Write our page as UTF-8 with LF line ends, on every system; nothing beside it."""
        with Path(name).open("w", encoding="utf-8", newline="") as file:
            file.write(self.generate_html())

"""Which country counts for a person: a rule with a name, and unknown as its own group."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphs.attributes import Attributes, texts
from graphs.choices import checked_choice
from graphs.simple import SimpleView, simple_view

if TYPE_CHECKING:
    import networkx as nx

Group = str | Mapping[Any, object] | Callable[[Hashable, Attributes], object]
"""A rule's name, the name of a node attribute, a mapping from node, or a function of both."""

UNDETERMINED: Final = "undetermined"
UNKNOWN_WORDS: Final = frozenset({"", "?", "unknown", UNDETERMINED})

GROUP_RULES: Final[dict[str, str]] = {
    "default": "operating countries, else residence, else nationalities",
    "operating": "countries the person is recorded as acting in",
    "residence": "country of residence",
    "nationality": "nationalities",
    "originator": "agencies whose records describe the person",
}
# Each rule as the attributes it asks, in order; an organisation has a seat and nothing else.
_ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "default": ("operating_countries", "residence_country", "nationalities", "jurisdiction"),
    "operating": ("operating_countries", "jurisdiction"),
    "residence": ("residence_country", "jurisdiction"),
    "nationality": ("nationalities", "jurisdiction"),
    "originator": ("originators",),
}
_WORDS: Final = {
    "operating_countries": "operating",
    "residence_country": "residence",
    "nationalities": "nationality",
    "jurisdiction": "jurisdiction",
    "originators": "originator",
}


class Counted(NamedTuple):
    """The countries that count for one person, and by which word of the rule."""

    countries: tuple[str, ...]
    by: str


def counted(data: Attributes, rule: str = "default") -> Counted:
    """Return the countries that count under a rule, and what they were read from.

    >>> counted({"nationalities": ("VN", "AU"), "residence_country": None})
    Counted(countries=('AU', 'VN'), by='nationality')
    >>> counted({})
    Counted(countries=(), by='undetermined')
    """
    for name in _ATTRIBUTES[checked_choice("country rule", rule, GROUP_RULES)]:
        if found := known(texts(data, name)):
            return Counted(tuple(sorted(found)), _WORDS[name])
    return Counted((), UNDETERMINED)


def countries_of(data: Attributes, rule: str = "default") -> tuple[str, ...]:
    """Return the countries that count for a person under a rule, sorted; () = undetermined.

    >>> countries_of({"operating_countries": ("TH", "MY"), "nationalities": ("LK",)})
    ('MY', 'TH')
    """
    return counted(data, rule).countries


def rule_counts(network: nx.Graph | SimpleView, rule: str = "default") -> dict[str, int]:
    """Return for how many nodes the country was read from what, undetermined last.

    >>> import networkx as nx
    >>> net = nx.Graph()
    >>> net.add_nodes_from([("a", {"residence_country": "TH"}), ("b", {})])
    >>> rule_counts(net)
    {'residence': 1, 'undetermined': 1}
    """
    found = [counted(data, rule).by for data in simple_view(network).data]
    return {word: found.count(word) for word in [*_WORDS.values(), UNDETERMINED] if word in found}


def known(values: Iterable[str]) -> frozenset[str]:
    """Return the values that say something: `?`, `unknown` and the like are no country."""
    return frozenset(values) - UNKNOWN_WORDS


def groups_of(network: nx.Graph | SimpleView, group: Group) -> list[frozenset[str]]:
    """Return the groups of every node, in the order of the view; an empty set = undetermined.

    A text is a rule of `GROUP_RULES`, else the name of a node attribute; ValueError when no node
    has that attribute, since that is a slip rather than a network of unknowns.
    """
    view = simple_view(network)
    if isinstance(group, str):
        return [frozenset(found) for found in _by_name(view, group)]
    if isinstance(group, Mapping):
        return [as_group(group.get(node)) for node in view.nodes]
    return [as_group(group(node, data)) for node, data in zip(view.nodes, view.data, strict=True)]


def _by_name(view: SimpleView, name: str) -> list[Collection[str]]:
    if name in GROUP_RULES:
        return [countries_of(data, name) for data in view.data]
    if view.data and not any(name in data for data in view.data):
        checked_choice("country rule or attribute", name, _choices(view))
    return [known(texts(data, name)) for data in view.data]


def _choices(view: SimpleView) -> list[str]:
    return [*GROUP_RULES, *sorted({name for data in view.data for name in data})]


def as_group(value: object) -> frozenset[str]:
    """Return one country, several or none as a set.

    >>> sorted(as_group({"TH", "LK"})), as_group("AU"), as_group(None)
    (['LK', 'TH'], frozenset({'AU'}), frozenset())
    """
    return known(texts({"group": value}, "group"))

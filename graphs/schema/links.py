"""The kinds of link: who may stand at each end, the sentence, the direction, the named sets."""

from dataclasses import dataclass
from typing import Final, LiteralString

from graphs.vocabularies import VOCABULARIES


@dataclass(frozen=True, slots=True)
class LinkKind:
    """One kind of link, read from source to target: (sources)-[:NAME]->(targets).

    `stated` says that rows of the table links state it; else it is derived from the columns of
    other rows. A symmetric kind is stored once, smaller id first.
    """

    name: LiteralString
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    sentence: str
    sets: tuple[str, ...] = ()
    symmetric: bool = False
    stated: bool = True

    @property
    def picture(self) -> str:
        """Return the link as a Cypher picture, such as (:Person)-[:RECRUITED]->(:Person)."""
        arrow = "-" if self.symmetric else "->"
        return f"(:{'|'.join(self.sources)})-[:{self.name}]{arrow}(:{'|'.join(self.targets)})"


_PERSON = ("Person",)
_GROUP = ("Organisation",)
_EITHER = ("Person", "Organisation")
_PAPER = ("Identifier",)


def _derived(
    name: LiteralString,
    sources: tuple[str, ...],
    targets: tuple[str, ...],
    sentence: str,
    *sets: str,
    symmetric: bool = False,
) -> LinkKind:
    return LinkKind(name, sources, targets, sentence, sets, symmetric, stated=False)


LINK_KINDS: Final[dict[str, LinkKind]] = {
    kind.name: kind
    for kind in (
        LinkKind("DIRECTS", _PERSON, _PERSON, "gives orders to", ("WORKING",)),
        LinkKind("CORRUPTED", _PERSON, _PERSON, "bribed or co-opted", ("WORKING",)),
        LinkKind("RECRUITED", _PERSON, _PERSON, "found or persuaded", ("WORKING",)),
        LinkKind("TRANSPORTED", _PERSON, _PERSON, "moved", ("WORKING", "TRAVEL")),
        LinkKind("HARBOURED", _EITHER, _PERSON, "housed or hid", ("WORKING",)),
        LinkKind("RECEIVED", _EITHER, _PERSON, "took over on arrival", ("WORKING",)),
        LinkKind(
            "SUPPLIED_DOCUMENT",
            _EITHER,
            _PERSON,
            "gave a paper to",
            ("WORKING", "DOCUMENT"),
        ),
        LinkKind(
            "ARRANGED_VISA",
            _EITHER,
            _PERSON,
            "obtained a visa for",
            ("WORKING", "DOCUMENT"),
        ),
        LinkKind("SPONSORED", _EITHER, _PERSON, "vouched to an authority for", ("DOCUMENT",)),
        LinkKind("EMPLOYED", _EITHER, _PERSON, "employs", ("WORKING",)),
        LinkKind("WORKS_FOR", _PERSON, _EITHER, "serves", ("WORKING",)),
        LinkKind("PAID", _EITHER, _EITHER, "paid", ("MONEY",)),
        LinkKind("MOVED_MONEY", _EITHER, _EITHER, "carried value for", ("MONEY",)),
        LinkKind("GUARANTEED", _EITHER, _EITHER, "secured the fee of", ("MONEY",)),
        LinkKind("CONTROLLED", _EITHER, _PERSON, "controlled", ("HARM",)),
        LinkKind("EXPLOITED", _EITHER, _PERSON, "exploited", ("HARM",)),
        LinkKind(
            "COMMUNICATED",
            _PERSON,
            _PERSON,
            "was in contact with",
            ("CONTACT",),
            symmetric=True,
        ),
        LinkKind("MET", _PERSON, _PERSON, "met", ("CONTACT",), symmetric=True),
        LinkKind("KIN_OF", _PERSON, _PERSON, "is family of", ("KIN",), symmetric=True),
        LinkKind("MARRIED_TO", _PERSON, _PERSON, "is married to", ("KIN",), symmetric=True),
        LinkKind(
            "LIVES_WITH",
            _PERSON,
            _PERSON,
            "shares a home with",
            ("KIN",),
            symmetric=True,
        ),
        LinkKind(
            "CO_TRAVELLED",
            _PERSON,
            _PERSON,
            "shared a booking or vehicle with",
            ("TRAVEL",),
            symmetric=True,
        ),
        LinkKind("HOLDS", _EITHER, _PAPER, "has", ("IDENTIFIER",)),
        LinkKind("USED", _EITHER, _PAPER, "used", ("IDENTIFIER",)),
        LinkKind("ISSUED", _EITHER, _PAPER, "issued", ("IDENTIFIER", "DOCUMENT")),
        LinkKind("FORGED", _EITHER, _PAPER, "forged", ("IDENTIFIER", "DOCUMENT")),
        LinkKind(
            "ADVERTISED_ON",
            _EITHER,
            _PAPER,
            "recruited or sold through",
            ("IDENTIFIER", "ONLINE"),
        ),
        LinkKind("OWNS", _EITHER, ("Organisation", "Identifier"), "owns", ("MONEY",)),
        LinkKind("PARTY_TO", _EITHER, ("Case",), "appears in"),
        LinkKind("HAS_ROLE", _EITHER, ("Case", "Journey", "Leg"), "did this step of"),
        _derived(
            "SAME_JOURNEY",
            _PERSON,
            _PERSON,
            "worked on the same journey, before",
            "JOURNEY",
        ),
        _derived("TRAVELLED", _PERSON, ("Journey",), "went on", "TRAVEL"),
        _derived("HAS_LEG", ("Journey",), ("Leg",), "has the leg"),
        _derived("DEPARTS_FROM", ("Leg",), ("Location", "Country"), "departs from"),
        _derived("ARRIVES_AT", ("Leg",), ("Location", "Country"), "arrives at"),
        _derived("USED_DOCUMENT", ("Leg",), _PAPER, "was made on"),
        _derived("FOLLOWS", ("Journey",), ("Corridor",), "follows"),
        _derived("PASSES", ("Corridor",), ("Country",), "passes"),
        _derived("INVOLVED_IN", _EITHER, ("Event",), "took part in"),
        _derived("OCCURRED_AT", ("Event",), ("Location", "Country"), "happened at"),
        _derived("REPORTED_IN", ("Journey", "Event"), ("Case",), "is known from"),
        _derived("INVESTIGATED_BY", ("Case",), ("Agency",), "is led by"),
        _derived("LINKED_CASE", ("Case",), ("Case",), "is linked with", symmetric=True),
        _derived("LOCATED_IN", ("Location", "Organisation"), ("Country",), "lies in"),
        _derived("CITIZEN_OF", _PERSON, ("Country",), "is a citizen of"),
        _derived("RESIDES_IN", _PERSON, ("Country",), "lives in"),
        _derived("OPERATES_IN", _PERSON, ("Country",), "acts in"),
        _derived("POST_OF", ("FocalPoint",), ("Agency",), "is a post of"),
        _derived("SUCCEEDS", ("FocalPoint",), ("FocalPoint",), "follows the post"),
        _derived("PARTNER_IN", ("Agency",), ("Plan",), "takes part in"),
        _derived("IN_PERIOD", ("Plan",), ("Period",), "runs in"),
        _derived("TARGETS", ("Plan",), ("Case", "Corridor"), "targets"),
        _derived("COUNTED_IN", ("Outcome",), ("Plan", "Period", "Case"), "is counted in"),
    )
}


def kinds_in(*sets: str) -> frozenset[str]:
    """Return the link kinds that stand in any of the named sets.

    >>> sorted(kinds_in("HARM"))
    ['CONTROLLED', 'EXPLOITED']
    """
    return frozenset(kind.name for kind in LINK_KINDS.values() if set(sets) & set(kind.sets))


TIE_SETS: Final[dict[str, frozenset[str]]] = {
    f"{name}_TIES": kinds_in(name)
    for name in sorted({name for kind in LINK_KINDS.values() for name in kind.sets})
} | {
    "BROKER_TIES": kinds_in("WORKING", "DOCUMENT", "MONEY", "CONTACT", "JOURNEY"),
    # Contact made over a platform is online; which contact that is, the channel of a row says.
    "ONLINE_TIES": kinds_in("ONLINE", "CONTACT"),
}
BROKER_TIES: Final = TIE_SETS["BROKER_TIES"]
SYMMETRIC_KINDS: Final = frozenset(kind.name for kind in LINK_KINDS.values() if kind.symmetric)
STATED_KINDS: Final = tuple(kind.name for kind in LINK_KINDS.values() if kind.stated)
ORDER_OF_STAGES: Final = {word: i for i, word in enumerate(VOCABULARIES["stage"].words)}

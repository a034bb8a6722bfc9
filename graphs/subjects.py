"""Find a thing by any spelling of its name or number, and gather all that is said of one person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphs.attributes import Attributes, Link, label_of, links_of, sort_key, texts
from graphs.dates import first_day, last_day
from graphs.errors import AmbiguousThing, InputError, UnknownThing
from graphs.identifiers import normal_form

if TYPE_CHECKING:
    import networkx as nx

Row = dict[str, Any]

_NAMED: Final = frozenset({"Person", "Organisation", "Location", "Country", "Agency", "Plan"})
_SHORTEST: Final = 2
# Before its number is compared: a phone as people write it, with at least five digits.
_NUMBER: Final = re.compile(r"[\W_]*(?:\d[\W_]*){5,}")
_NOT_TIES: Final = frozenset({"HOLDS", "USED", "CITIZEN_OF", "RESIDES_IN", "OPERATES_IN"})


def find(network: nx.MultiDiGraph, text: str) -> list[Row]:
    """Return the things that answer to a text, best first, each with why it was found.

    Names are compared without case, marks and punctuation, in their own script and as a Latin
    reading, whole or by their beginnings of words; identifiers by their normal form
    (`graphs.identifiers`); cases by their number at the agency; and anything by its id or the id
    of a record behind it. Only what the network shows is searched: a shielded person answers to
    pseudonym and record id, unless the network was built with `show_protected`.

    Rows have `kind`, `id`, `label` and `why`.

    >>> import networkx as nx
    >>> net = nx.MultiDiGraph()
    >>> net.add_node("A:persons:1", kind="Person", label="สมชาย", names=("สมชาย", "Lucky"))
    >>> [row["why"] for text in ("LUCKY", "smchay", "A:persons:1") for row in find(net, text)]
    ['name "Lucky"', 'name "สมชาย", read as smchay', 'record id']
    """
    wanted = _wanted(text)
    if not wanted.text:
        return []
    found = (
        (rank, node, data, why)
        for node, data in network.nodes(data=True)
        for rank, why in _best(_reasons(node, data, wanted))
    )
    ordered = sorted(found, key=lambda hit: (hit[0], sort_key(hit[1])))
    return [
        {"kind": data.get("kind"), "id": node, "label": label_of(node, data), "why": why}
        for _, node, data, why in ordered
    ]


def resolve_one(network: nx.MultiDiGraph, text: str, *, kind: str = "Person") -> str:
    """Return the one node of a kind that answers to a text.

    An id or record id is taken at once; else the best sort of match decides: a whole name before
    a part of one. UnknownThing if nothing answers, AmbiguousThing with the candidates if several
    do. `kind` is a node kind, or several with | between.
    """
    kinds = kind.split("|")
    hits = [row for row in find(network, text) if row["kind"] in kinds]
    if not hits:
        raise UnknownThing(text, what=" or ".join(_words(word) for word in kinds))
    ranks = {row["id"]: _rank_of(network, row["id"], text) for row in hits}
    best = min(ranks.values())
    nearest = [row for row in hits if ranks[row["id"]] == best]
    if len(nearest) > 1:
        raise AmbiguousThing(text, [(str(row["id"]), str(row["label"])) for row in nearest])
    return str(nearest[0]["id"])


def subject(network: nx.MultiDiGraph, person: str) -> Row:
    """Return all that the network says of one person or organisation, each with its records.

    Keys: `id`, `label`, `kind`, `facts` (recorded fields), `names`, `countries`, `identifiers`,
    `roles` (with stage, where, records), `stages`, `case_roles`, `status` (the last recorded,
    None = none), `timeline` (dated links and events, first day first, undated ones at the end),
    `ties`, `cases`, `journeys`, `posts` (the posts to ask) and `rows` (every record behind the
    page with its `source_ref`). InputError if it is no person or organisation.
    """
    data = network.nodes[person]
    if data.get("kind") not in ("Person", "Organisation"):
        raise InputError(f"{person} is a {_words(str(data.get('kind')))}, expected a person")
    links = _links_at(network, person)
    cases = _cases_of(data, links)
    page: Row = {
        "id": person,
        "label": label_of(person, data),
        "kind": data.get("kind"),
        "shielded": bool(data.get("shielded")),
        "shield_reasons": list(texts(data, "shield_reasons")),
        "facilitator": bool(data.get("facilitator")),
        "names": list(texts(data, "names")),
        "facts": {name: data[name] for name in _FACTS if data.get(name)},
        "identifiers": list(_identifiers(network, links)),
        "roles": [_part(network, link) for link in links if link.data.get("kind") == "HAS_ROLE"],
        "stages": list(texts(data, "stages")),
        "case_roles": [_part(network, link) for link in links if link.data["kind"] == "PARTY_TO"],
        "status": data.get("status"),
        "timeline": _timeline(network, person, links),
        "ties": list(_ties(network, person, links)),
        "cases": [{"id": case, "label": _label(network, case)} for case in cases],
        "journeys": [_part(network, link) for link in links if link.data["kind"] == "TRAVELLED"],
        "posts": posts_to_ask(network, cases),
    }
    return page | {"rows": _rows(network, data, links)}


def posts_to_ask(network: nx.MultiDiGraph, cases: Iterable[Hashable]) -> list[Row]:
    """Return the posts that can answer for some cases, those with a matching remit first.

    A post answers for a case of its own agency, as originator or lead; failing that, of its
    country. Within these, a post whose remit names an offence of the cases stands before one
    with an open remit; a post with another remit is not listed. Posts that another succeeds, or
    whose validity ended before the as-of day of the file, are left out. `confirmed_on` says when
    the post was last confirmed.
    """
    known = [network.nodes[case] for case in cases if case in network]
    offences = {word for data in known for word in texts(data, "offences")}
    agencies = {word for data in known for word in (*texts(data, "originators"),
                                                    *texts(data, "lead_agency"))}  # fmt: skip
    countries = {_country_of(network, agency) for agency in agencies} - {None}
    succeeded = {link.target for link in links_of(network, {"SUCCEEDS"})}
    found = [
        _post(node, data, agencies, offences)
        for node, data in network.nodes(data=True)
        if data.get("kind") == "FocalPoint"
        and node not in succeeded
        and not _expired(data, network.graph.get("as_of"))
        and (data.get("agency") in agencies or data.get("country") in countries)
        and (not texts(data, "remit") or not offences or offences & set(texts(data, "remit")))
    ]
    return sorted(found, key=lambda row: (row["by"] != "agency", not row["remit"], row["id"]))


_FACTS: Final = (
    "gender", "birth_date", "age_band", "nationalities", "residence_country",
    "operating_countries", "protected", "trafficking_status", "jurisdiction",
    "organisation_kind", "registration_no", "originators", "handling", "grading",
)  # fmt: skip


def name_key(text: str) -> str:
    """Return a name without case, marks of Latin letters, and punctuation, in its own script.

    >>> name_key("  NGUYỄN, Văn-An "), name_key("Đặng")
    ('nguyen van an', 'dang')
    """
    parts = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    kept = (letter for letter in parts if not "\u0300" <= letter <= "\u036f")
    # Marks of other scripts are vowels and tones: letters there.
    spaced = "".join(
        letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "
        for letter in kept
    )
    return " ".join(spaced.split())


def latin_key(text: str) -> str:
    """Return a Latin reading of a name in any script, as `name_key` of it.

    >>> latin_key("สมชาย")
    'smchay'
    """
    from anyascii import anyascii

    return name_key(text if text.isascii() else anyascii(text))


Reason = tuple[int, str]


def _best(reasons: Iterable[Reason]) -> list[Reason]:
    best = min(reasons, default=None)
    return [best] if best else []


class _Wanted(NamedTuple):
    """What is asked for, as written and in the two forms that names are compared by."""

    text: str
    key: str
    latin: str


def _wanted(text: str) -> _Wanted:
    return _Wanted(text.strip(), name_key(text), latin_key(text))


def _rank_of(network: nx.MultiDiGraph, node: Hashable, text: str) -> int:
    return min(_reasons(node, network.nodes[node], _wanted(text)))[0]


def _reasons(node: Hashable, data: Attributes, wanted: _Wanted) -> Iterator[Reason]:
    """Yield why a node answers to a text, each with how near it is (0 = the id itself)."""
    yield from _id_reasons(node, data, wanted.text)
    kind = data.get("kind")
    if kind == "Identifier":
        yield from _number_reasons(data, wanted.text)
    elif kind == "Case":
        yield from _case_reasons(data, wanted)
    elif kind in _NAMED:
        for name in texts(data, "names") or texts(data, "name") or texts(data, "label"):
            yield from _name_reasons(name, wanted)


def _id_reasons(node: Hashable, data: Attributes, text: str) -> Iterator[Reason]:
    records = texts(data, "record_ids")
    if text == data.get("code"):
        yield 0, "code"
    elif text in (node, *records):
        yield 0, "record id"
    elif any(record.endswith(f":{text}") for record in records):
        yield 1, "record id without its agency"


def _name_reasons(name: str, wanted: _Wanted) -> Iterator[Reason]:
    mine = name_key(name)
    if not wanted.key:
        return
    if mine == wanted.key:
        yield 1, f'name "{name}"'
        return
    latin = mine if mine.isascii() else latin_key(name)
    words = sorted(mine.split())
    if words == sorted(wanted.key.split()):
        yield 2, f'name "{name}", words in another order'
    elif latin == wanted.latin:
        yield 3, f'name "{name}", read as {latin}'
    elif sorted(latin.split()) == sorted(wanted.latin.split()):
        yield 4, f'name "{name}", read as {latin}, words in another order'
    elif _is_part(mine, wanted.key) or _is_part(latin, wanted.latin):
        yield 5, f'part of the name "{name}"'


def _is_part(name: str, wanted: str) -> bool:
    """Say whether every word asked for begins a word of the name, or the text stands in it whole.

    In scripts without blanks between words a part of a name may stand anywhere in it.
    """
    if len(wanted) < _SHORTEST:
        return False
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return True
    return not wanted.isascii() and wanted in name


def _number_reasons(data: Attributes, wanted: str) -> Iterator[Reason]:
    value, normalised = data.get("value"), data.get("normalised")
    if value is None:
        return
    kind = str(data.get("identifier_kind"))
    if value == wanted:
        yield 1, f"{kind} as written"
    issuer, platform = data.get("issuer_country"), data.get("platform")
    form = normal_form(kind, wanted, issuer=issuer, platform=platform).value
    if form and form == normalised and value != wanted:
        yield 1, f"{kind} {value}, the same in normal form"
    elif kind == "phone" and _NUMBER.fullmatch(wanted):
        digits = re.sub(r"\D", "", wanted).lstrip("0")
        if len(digits) >= 5 and str(normalised or "").endswith(digits) and form != normalised:
            yield 5, f"phone {value} ends in these digits"


def _case_reasons(data: Attributes, wanted: _Wanted) -> Iterator[Reason]:
    local = str(data.get("local_ref") or "")
    if wanted.text in (local, data.get("label")):
        yield 1, "case number"
    elif wanted.key and name_key(local) == wanted.key:
        yield 2, f"case number {local}"


def _links_at(network: nx.MultiDiGraph, person: str) -> list[Link]:
    found = [
        Link(a, b, key, data) for a, b, key, data in network.out_edges(person, keys=True, data=True)
    ]
    found += [
        Link(a, b, key, data) for a, b, key, data in network.in_edges(person, keys=True, data=True)
    ]
    return sorted(found, key=lambda link: tuple(map(sort_key, link[:3])))


def _cases_of(data: Attributes, links: Iterable[Link]) -> list[str]:
    return sorted(
        {*texts(data, "cases"), *(case for link in links for case in texts(link.data, "cases"))}
    )


def _identifiers(network: nx.MultiDiGraph, links: Iterable[Link]) -> Iterator[Row]:
    for link in links:
        data = network.nodes[link.target]
        if data.get("kind") == "Identifier":
            others = {a for a, _ in network.in_edges(link.target)} - {link.source}
            yield {
                "id": link.target,
                "label": label_of(link.target, data),
                "link": link.data.get("kind"),
                "role": link.data.get("role"),
                "fraud": data.get("fraud"),
                "also": sorted(_label(network, other) for other in others),
                "records": _sorted_texts(link.data, data),
            }


def _part(network: nx.MultiDiGraph, link: Link) -> Row:
    return {
        "role": link.data.get("role"),
        "stage": link.data.get("stage"),
        "id": link.target,
        "label": _label(network, link.target),
        "date": link.data.get("date_from") or link.data.get("date_to"),
        "grading": list(texts(link.data, "grading")),
        "records": list(texts(link.data, "record_ids")),
    }


def _ties(network: nx.MultiDiGraph, person: str, links: Iterable[Link]) -> Iterator[Row]:
    """Yield the ties to other persons and organisations; `way` reads from the subject."""
    from graphs.schema import LINK_KINDS, SYMMETRIC_KINDS

    for link in links:
        kind = str(link.data.get("kind"))
        other = link.target if link.source == person else link.source
        if network.nodes[other].get("kind") not in ("Person", "Organisation"):
            continue
        known = LINK_KINDS.get(kind)
        way = "with" if kind in SYMMETRIC_KINDS else "to" if link.source == person else "from"
        yield {
            "kind": kind,
            "way": way,
            "with": other,
            "label": _label(network, other),
            "sentence": known.sentence if known else None,
            "date": _from_to(link.data),
            "derived": bool(link.data.get("derived")),
            **{name: link.data[name] for name in _SAID if link.data.get(name)},
            "grading": list(texts(link.data, "grading")),
            "cases": list(texts(link.data, "cases")),
            "records": list(texts(link.data, "record_ids")),
        }


_SAID: Final = ("role", "stage", "channel", "claim", "amount", "currency", "count")


def _timeline(network: nx.MultiDiGraph, person: str, links: Iterable[Link]) -> list[Row]:
    """Return what happened, first day first; what has no date stands at the end, as undated."""
    rows: list[Row] = []
    for link in links:
        if link.data.get("kind") in _NOT_TIES or link.data.get("derived"):
            continue
        other = link.target if link.source == person else link.source
        start, end = link.data.get("date_from"), link.data.get("date_to")
        rows.append({
            "date": start or end,
            "until": end if end != start else None,
            "what": _what(network, person, link),
            "id": other,
            "records": list(texts(link.data, "record_ids")),
        })  # fmt: skip
    return sorted(rows, key=_when)


def _when(row: Row) -> tuple[bool, str, str, str, str]:
    date = row["date"] or ""
    return not date, first_day(date), last_day(date), str(row["what"]), str(row["records"])


def _what(network: nx.MultiDiGraph, person: str, link: Link) -> str:
    """Return one link as words: who did what to whom, in the direction it was stated."""
    kind = str(link.data.get("kind"))
    if kind == "INVOLVED_IN":
        role = link.data.get("role")
        return f"{_label(network, link.target)}{f', as {role}' if role else ''}"
    source, target = _label(network, link.source), _label(network, link.target)
    said = " ".join(str(link.data[name]) for name in ("role", "stage") if link.data.get(name))
    return f"{source} {kind} {target}{f' ({said})' if said else ''}"


def _rows(network: nx.MultiDiGraph, data: Attributes, links: Iterable[Link]) -> list[Row]:
    """Return every record behind the page, with where its source says it."""
    known: Mapping[str, str] = network.graph.get("source_refs", {})
    status = data.get("status")
    said = status.get("record") if isinstance(status, Mapping) else None
    records = {*texts(data, "record_ids"), *([said] if said else [])}
    for link in links:
        records.update(texts(link.data, "record_ids"))
    return [{"record": record, "source_ref": known.get(record)} for record in sorted(records)]


def _post(node: Hashable, data: Attributes, agencies: set[str], offences: set[str]) -> Row:
    return {
        "id": node,
        "label": label_of(node, data),
        "agency": data.get("agency"),
        "country": data.get("country"),
        "channel": data.get("channel"),
        "remit": sorted(offences & set(texts(data, "remit"))),
        "by": "agency" if data.get("agency") in agencies else "country",
        "confirmed_on": data.get("confirmed_on"),
        "records": list(texts(data, "record_ids")),
    }


def _expired(data: Attributes, as_of: object) -> bool:
    end = str(data.get("valid_to") or "")
    return bool(end and as_of) and last_day(end) < first_day(str(as_of))


def _country_of(network: nx.MultiDiGraph, agency: str) -> str | None:
    """Return an agency's country: as its row says, else as its code begins (LK-CIU)."""
    node = f"agency:{agency}"
    said = network.nodes[node].get("country") if node in network else None
    return str(said) if said else agency.partition("-")[0] or None


def _from_to(data: Attributes) -> str | None:
    dates = [str(data[name]) for name in ("date_from", "date_to") if data.get(name)]
    return " to ".join(dict.fromkeys(dates)) or None


def _sorted_texts(*several: Attributes) -> list[str]:
    return sorted({record for data in several for record in texts(data, "record_ids")})


def _label(network: nx.MultiDiGraph, node: Hashable) -> str:
    return label_of(node, network.nodes[node]) if node in network else str(node)


def _words(kind: str) -> str:
    return {"FocalPoint": "post"}.get(kind, kind.lower())

"""The answer in words: who brokers what, between which countries, on which records."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from graphs.codes import country_name

Row = Mapping[str, Any]


class Sentence(NamedTuple):
    """One sentence of the answer and the records it rests on."""

    text: str
    records: tuple[str, ...] = ()


def answer(
    brokers: Sequence[Row], crossings: Sequence[Row], corridors: Sequence[Row]
) -> list[Sentence]:
    """Return the answer as sentences, the brokers first; rows are those of the three tables.

    Nobody is called a facilitator here whom no record calls so.

    >>> [each.text for each in answer([], [], [])]
    ['No person stands between others in these records.', 'No tie or leg crosses a border.']
    """
    leading = [row for row in brokers if row.get("betweenness")][:3]
    sentences = [_broker(row) for row in leading] or [
        Sentence("No person stands between others in these records.")
    ]
    sentences.append(_crossing(crossings))
    if corridors:
        sentences.append(_corridor(corridors[0]))
    return sentences


def places(codes: Sequence[str]) -> str:
    """Return country names for codes, `?` as an unknown country.

    >>> places(["LK", "?"])
    'Sri Lanka, an unknown country'
    """
    return ", ".join(place(code) for code in codes)


def place(code: str) -> str:
    """Return the name of one country code; an unknown one is said to be unknown."""
    if code in ("?", "", "undetermined"):
        return "an unknown country"
    return country_name(code) or code


def _broker(row: Row) -> Sentence:
    share = round(100 * float(row["betweenness"]), 1)
    ties = places(row["countries"]) or "no known country"
    acts = f" in {places(row['own_countries'])}" if row.get("own_countries") else ""
    text = (
        f"{row['label']}{acts} ({_recorded(row)}) links persons of {ties}: {share:g} % of all "
        "shortest paths between pairs of persons run through this person."
    )
    return Sentence(text, tuple(row["records"]))


def _recorded(row: Row) -> str:
    roles = ", ".join(role.replace("_", " ") for role in row.get("roles") or ())
    called = "recorded as facilitator" if row.get("facilitator") else "not recorded as facilitator"
    status = f"last status {row['status']}" if row.get("status") else ""
    return ", ".join(part for part in (called, roles, status) if part)


def _crossing(crossings: Sequence[Row]) -> Sentence:
    if not crossings:
        return Sentence("No tie or leg crosses a border.")
    most = max(crossings, key=lambda row: (row["links"] + row["legs"], row["from"], row["to"]))
    text = (
        f"The network crosses {len(crossings)} borders; most often "
        f"{place(most['from'])} to {place(most['to'])} "
        f"({_some(most['links'], 'tied pair')}, {_some(most['legs'], 'leg')})."
    )
    return Sentence(text, tuple(most["records"]))


def _corridor(row: Row) -> Sentence:
    way = " – ".join(place(code) for code in row["countries"])
    text = (
        f"Most persons move along {way}: {row['persons']} persons on "
        f"{_some(row['journeys'], 'journey')} in {_some(row['cases'], 'case')}."
    )
    return Sentence(text, tuple(row["records"]))


def _some(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"

"""One subject's page as lines of text, fit to print."""

from collections.abc import Iterator, Mapping
from typing import Any


def subject_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a subject's page: its label first, then a block for each thing known.

    >>> list(subject_lines({"label": "A", "roles": [], "ties": [{"kind": "MET", "with": "B"}]}))
    ['A', '', 'roles', '  not recorded', '', 'ties', '  kind: MET; with: B']
    """
    yield str(facts.get("label", ""))
    for name, value in facts.items():
        if name == "label":
            continue
        yield ""
        yield name.replace("_", " ")
        yield from (f"  {line}" for line in _lines(value))


def _lines(value: Any) -> list[str]:
    if value is None or value == "" or value == [] or value == () or value == {}:
        return ["not recorded"]
    if isinstance(value, Mapping):
        return [_said(value)]
    if isinstance(value, list | tuple):
        return [_said(each) if isinstance(each, Mapping) else str(each) for each in value]
    return [str(value)]


def _said(row: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}: {_text(each)}" for key, each in row.items() if each not in (None, ""))


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

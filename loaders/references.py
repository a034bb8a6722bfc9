"""Which row a reference means: ids written short become full ids, never guessed."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from graphs.schema import TABLES
from loaders.cells import AGENCY, RECORD_ID, Judge, Problem, Verdict, meant, nearest
from loaders.faults import shown

NEAR_AMONG: Final = 2_000
"""Among more ids than this, only another spelling of the same id is offered as a guess."""


class Index:
    """The record ids of a bundle by table; resolves what its cells refer to.

    References into a table that could not be read whole (`broken`) are not judged. `awaited`
    collects full ids of records that other batches hold or will bring.
    """

    def __init__(
        self, originator: str, ids: Mapping[str, Iterable[str]], broken: Iterable[str] = ()
    ) -> None:
        self.originator = originator
        self.ids = {table: frozenset(ids.get(table, ())) for table in TABLES}
        self.broken = frozenset(broken)
        self.awaited: set[str] = set()
        self._folded: dict[str, dict[str, str]] = {}

    def judge(self, tables: tuple[str, ...]) -> Judge:
        """Return the judge of references into these tables, () = any."""
        return lambda cell: self.resolve(cell.strip(), tables)

    def judge_named(self, tables: tuple[str, ...]) -> Judge:
        """Return the judge of `role=reference`."""

        def judge(cell: str) -> Verdict:
            role, mark, ref = (part.strip() for part in cell.partition("="))
            if not mark or not RECORD_ID.fullmatch(role):
                return [Problem(shown(cell), "role=reference", meant(f"payer={shown(cell)}"))]
            verdict = self.resolve(ref, tables)
            return f"{role}={verdict}" if isinstance(verdict, str) else verdict

        return judge

    def resolve(self, text: str, tables: tuple[str, ...]) -> Verdict:
        """Return the full id that a reference means, or why it means none.

        >>> index = Index("LK-CIU", {"persons": ["P-9"], "cases": ["C-1"]})
        >>> index.resolve("P-9", ()), index.resolve("AU-BF:cases:C-7", ("cases",))
        ('LK-CIU:persons:P-9', 'AU-BF:cases:C-7')
        >>> index.resolve("P9", ("persons",))[0].hint
        'Did you mean P-9?'
        """
        parts = text.split(":")
        form = RECORD_ID.fullmatch(parts[-1]) and len(parts) <= 3
        if len(parts) == 3:
            form = form and AGENCY.fullmatch(parts[0])
        if not form:
            expected = "record_id, table:record_id or originator:table:record_id"
            return [Problem(shown(text), expected)]
        if len(parts) == 1:
            return self._short(text, tables)
        *originator, table, local = parts
        if table not in TABLES:
            expected = f"a table of {', '.join(tables or TABLES)}"
            return [Problem(shown(text), expected, meant(nearest(table, tables or TABLES)))]
        if tables and table not in tables:
            return [Problem(shown(text), f"a row of {' or '.join(tables)}, not of {table}")]
        if local in self.ids[table] and originator in ([], [self.originator]):
            return f"{self.originator}:{table}:{local}"
        if originator:
            if not (originator == [self.originator] and table in self.broken):
                self.awaited.add(text)
            return text
        return self._none(text, local, (table,))

    def _short(self, local: str, tables: tuple[str, ...]) -> Verdict:
        found = [table for table in tables or TABLES if local in self.ids[table]]
        if len(found) == 1:
            return f"{self.originator}:{found[0]}:{local}"
        if found:
            choices = " or ".join(f"{table}:{local}" for table in found)
            expected = f"which of {len(found)} rows is meant: {choices}"
            return [Problem(shown(local), expected)]
        return self._none(local, local, tables)

    def _none(self, text: str, local: str, tables: tuple[str, ...]) -> Verdict:
        """Say that no row has this id, unless a table that might hold it could not be read."""
        unread = self.broken.intersection(tables or TABLES)
        if unread:
            return f"{self.originator}:{min(unread)}:{local}"
        others = [table for table in TABLES if local in self.ids[table]]
        rows = f"a row of {' or '.join(tables)}" if tables else "a row"
        if others:
            return [Problem(shown(text), f"{rows} in this bundle", f"{others[0]} has {local}.")]
        expected = f"{rows} in this bundle, or the full id of an earlier one"
        return [Problem(shown(text), expected, meant(self._near(local, tables or tuple(TABLES))))]

    def _near(self, local: str, tables: tuple[str, ...]) -> str | None:
        for table in tables:
            if found := self._folding(table).get(_fold(local)):
                return found
        few = [table for table in tables if len(self.ids[table]) <= NEAR_AMONG]
        return nearest(local, [local for table in few for local in sorted(self.ids[table])])

    def _folding(self, table: str) -> dict[str, str]:
        """Return the ids of a table by what misspellings of them share."""
        if table not in self._folded:
            ids = sorted(self.ids[table], reverse=True)
            self._folded[table] = {_fold(local): local for local in ids}
        return self._folded[table]


def _fold(local: str) -> str:
    """Reduce an id to its letters and numbers: P-014, p14 and P_14 are near.

    >>> _fold("P-014"), _fold("p14")
    ('p14', 'p14')
    """
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", re.sub(r"[._-]", "", local.casefold()))

"""Tables with a fixed order of columns, in which what is not known stays None."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, object]
Kind = Literal["int64", "float64", "bool", "object"]


def frame(rows: Sequence[Row], columns: Mapping[str, Kind]) -> pd.DataFrame:
    """Return rows as a table with exactly these columns, also when there are no rows.

    Columns that may be empty are `object`, since pandas would turn their None into a NaN, which
    JSON cannot say.

    >>> print(frame([{"a": 1, "b": None}], {"a": "int64", "b": "object"}).to_dict("records"))
    [{'a': 1, 'b': None}]
    """
    import pandas as pd

    return pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in columns.items()}
    )

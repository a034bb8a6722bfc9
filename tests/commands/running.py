"""Running the command inside the test process, and what it printed."""

import json
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from commands.app import main
from tests.needs import ROOT

LANTERN = tuple(sorted((ROOT / "examples" / "lantern").iterdir()))


class Ran(NamedTuple):
    """Exit status, stdout and stderr of one call."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return stdout as JSON."""
        return json.loads(self.out)


def run(*arguments: object) -> Ran:
    """Run `corridor` with these arguments."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main([str(each) for each in arguments])
    return Ran(status, out.getvalue(), err.getvalue())


def loaded(store: Path, bundles: Sequence[Path] = LANTERN) -> Path:
    """Load bundles into a store and return its path."""
    ran = run("load", *bundles, "--store", store)
    if ran.status:
        raise AssertionError(ran.err)
    return store

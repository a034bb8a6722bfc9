"""What a test needs from the machine, and what happens where it is missing."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() == "true"


def skip_unless(condition: bool, reason: str) -> None:
    """Skip the test with the reason unless the condition holds; in CI, fail instead.

    A laptop may lack a browser or the measured data; a CI that lacks them would
    stay green over tests that never ran.

    >>> skip_unless(True, "needs nothing")
    """
    if condition:
        return
    if CI:
        pytest.fail(f"not skipped, because CI=true: {reason}", pytrace=False)
    pytest.skip(reason)

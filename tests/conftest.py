"""What tests share: the measured data, a browser, and repeatable invention."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import browser as chromium
from tests.needs import CI, ROOT, skip_unless

# The same examples on every run, and no limit on one example's time: a red run
# can be repeated, and a busy machine is not a fault of the code.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def ci() -> bool:
    """True where nothing may be skipped."""
    return CI


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with published networks and name pools, kept beside this repository."""
    folder = ROOT.parent / "shared"
    skip_unless(folder.is_dir(), f"needs the published data in {folder}")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[chromium.Browser]:
    """One headless Chromium without a network for all tests of a run."""
    for program in (chromium.CHROMIUM, chromium.CHROMEDRIVER):
        skip_unless(program.exists(), f"needs {program} (as root: make system-packages)")
    with chromium.offline_browser() as window:
        yield window

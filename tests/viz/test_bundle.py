"""The script of vis-network is the one that the lock file builds, and a page may hold it."""

import hashlib
import json
import re

import pytest

from tests.needs import ROOT
from viz.html import asset
from viz.network import SCRIPTS, VIS

BUNDLE = ROOT / "viz" / "bundle"
LOCK = json.loads((BUNDLE / "package-lock.json").read_text("utf-8"))


def test_the_script_is_the_one_whose_sum_is_recorded() -> None:
    recorded = dict(line.split()[::-1] for line in asset("CHECKSUMS").splitlines())
    assert recorded == {VIS: hashlib.sha256(asset(VIS).encode()).hexdigest()}


def test_its_name_says_the_version_of_the_lock_file() -> None:
    assert f"vis-network.{LOCK['packages']['node_modules/vis-network']['version']}.js" == VIS


def test_versions_are_exact_and_locked_by_a_sum_without_a_host() -> None:
    wanted = json.loads((BUNDLE / "package.json").read_text("utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert "://" not in json.dumps(LOCK)
    assert "omit-lockfile-registry-resolved=true" in (BUNDLE / ".npmrc").read_text("utf-8")


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize(
    "word",
    ["</script", "<!--", "eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML",
     "document.write", "http://", "https://"],
)  # fmt: skip
def test_no_script_of_the_page_makes_markup_or_code_from_text(name: str, word: str) -> None:
    assert word not in asset(name)


def test_notices_name_every_package_in_the_script_and_the_page_carries_them() -> None:
    tools = ("esbuild", "@esbuild", "@types")
    names = [key.removeprefix("node_modules/") for key in LOCK["packages"] if key]
    held = [name for name in names if not name.startswith(tools)]
    notices, script = asset("LICENSES-vis.txt"), asset(VIS)
    for name in held:
        version = LOCK["packages"][f"node_modules/{name}"]["version"]
        assert f"{name} {version}\nLicence: " in notices
        assert f"{name} {version} (MIT)" in script
    assert "Permission is hereby granted, free of charge" in script

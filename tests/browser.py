"""A Chromium without a network, for looking at a page as its reader would."""

import json
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, cast

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM = Path("/usr/bin/chromium")
CHROMEDRIVER = Path("/usr/bin/chromedriver")

FLAGS = (
    "--headless=new",
    # CI runs as root, where Chromium's sandbox does not start; pages are ours.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Beside the emulated offline network: not even a name is looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--window-size=1400,900",
    "--force-device-scale-factor=1",
    "--lang=en-GB",
)

# Messages and requests reach the logs a moment after the page is loaded; their
# absence can only be told after that moment.
SETTLE_SECONDS = 0.3


class Request(NamedTuple):
    """One request that a page made, as Chromium's network log names it."""

    url: str
    kind: str


class Browser:
    """One Chromium window; what it logs is counted from the last `open`."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self._messages: list[str] = []
        self._requests: list[Request] = []
        self._page = ""

    def open(self, page: Path, *, script: bool = True, dark: bool = False) -> None:
        """Open a file, by default with script and light colours, and wait until it is loaded.

        The window is blank in between and of its first size, so nothing of the
        page before is counted.
        """
        self.driver.get("about:blank")
        self._command("Emulation.clearDeviceMetricsOverride")
        self._command("Emulation.setScriptExecutionDisabled", value=not script)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._command("Emulation.setEmulatedMedia", features=[scheme])
        self._drain()
        self._messages.clear()
        self._requests.clear()
        self._page = page.resolve().as_uri()
        self.driver.get(self._page)

    def console(self) -> list[str]:
        """Return every console message since `open`: own logs, errors, refusals by the CSP."""
        self._drain()
        return list(self._messages)

    def requests(self) -> list[str]:
        """Return every address asked for since `open`, save the page and `data:` and `blob:`.

        Those two name bytes that the page itself holds: asking for them asks nobody.
        """
        self._drain()
        return [
            request.url
            for request in self._requests
            if request.url.split("#")[0] != self._page
            and not request.url.startswith(("data:", "blob:"))
        ]

    def run(self, script: str, *arguments: object) -> Any:
        """Run the body of a JavaScript function in the page and return what it returns."""
        return self.driver.execute_script(script, *arguments)

    def wait_until(self, expression: str, *, seconds: float = 10.0) -> None:
        """Wait until a JavaScript expression is true; a TimeoutException names it otherwise."""
        WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(
            lambda _: bool(self.run(f"return Boolean({expression})")),
            message=f"still false after {seconds} s: {expression}",
        )

    def text(self) -> str:
        """Return the text that a reader sees on the page."""
        return str(self.run("return document.body.innerText"))

    def resize(self, width: int, height: int) -> None:
        """Set the size of the page, in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._command("Emulation.setDeviceMetricsOverride", **size)

    def screenshot(self, path: Path) -> None:
        """Write what the window shows as a PNG file, to be looked at."""
        path.write_bytes(self.driver.get_screenshot_as_png())

    def _command(self, name: str, **parameters: object) -> None:
        self.driver.execute_cdp_cmd(name, parameters)

    def _drain(self) -> None:
        """Take what Chromium logged; reading a log empties it, so it is kept here."""
        time.sleep(SETTLE_SECONDS)
        for entry in self._log("browser"):
            self._messages.append(f"{entry['level']} {entry['message']}")
        for entry in self._log("performance"):
            event = json.loads(str(entry["message"]))["message"]
            if event["method"] == "Network.requestWillBeSent":
                said = event["params"]
                self._requests.append(Request(said["request"]["url"], said.get("type", "")))

    def _log(self, name: str) -> list[dict[str, object]]:
        return cast(list[dict[str, object]], self.driver.get_log(name))


def _options(profile: str) -> Options:
    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return options


@contextmanager
def offline_browser() -> Generator[Browser]:
    """Yield a Chromium with an empty profile and no network; close it afterwards."""
    with tempfile.TemporaryDirectory(prefix="corridor-browser-") as profile:
        driver = webdriver.Chrome(_options(profile), Service(str(CHROMEDRIVER)))
        try:
            driver.execute_cdp_cmd("Network.enable", {})
            no_network = {
                "offline": True,
                "latency": 0,
                "downloadThroughput": 0,
                "uploadThroughput": 0,
            }
            driver.execute_cdp_cmd("Network.emulateNetworkConditions", no_network)
            yield Browser(driver)
        finally:
            driver.quit()

"""The demo as a person sees it: servers up, calls arriving, a page that shows them."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import requests
from rich.console import Console

from hotline.config import settings_from
from webhooks.demo.live import play_live

CONFIG = Path(__file__).parents[2] / "config.toml"
PATIENCE = 300  # seconds for a loaded machine; the wait ends as soon as there is something to see


@contextmanager
def _live() -> Iterator[tuple[str, str]]:
    settings = settings_from(CONFIG)
    free_port = replace(settings, serving=replace(settings.serving, port=0))
    told, until = StringIO(), Event()
    out = Console(file=told, width=110)
    thread = Thread(target=play_live, args=(free_port, 1, out, until))
    thread.start()
    try:
        said = r"(http://127\.0\.0\.1:\d+)/ .*password of all: (\S+)"
        found = _eventually(lambda: re.search(said, told.getvalue(), re.DOTALL))
        yield found[1], found[2]
    finally:
        until.set()
        thread.join()


def test_an_interrupted_demo_cleans_up_and_ends_well(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        CONFIG.read_text(encoding="utf-8").replace("port = 8096", "port = 0"), "utf-8"
    )
    asked = [sys.executable, "-m", "webhooks.main", "--config", str(config), "demo"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any("The pages:" in line for line in process.stdout)

        process.send_signal(signal.SIGINT)

        assert process.wait(PATIENCE) == 0


def _eventually(ask: Callable[[], re.Match[str] | None]) -> re.Match[str]:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if found := ask():
            return found
        time.sleep(0.2)
    raise AssertionError("nothing came in time")


def test_the_page_shows_calls_that_arrive_and_unsigned_webhooks_are_refused() -> None:
    with _live() as (address, password), requests.Session() as browser:
        sam = {"login": "sam", "password": password}
        browser.post(f"{address}/sign-in", data=sam, timeout=PATIENCE).raise_for_status()

        def a_call_is_seen() -> re.Match[str] | None:
            page = browser.get(f"{address}/board?lang=en", timeout=PATIENCE).text
            return re.search(r"telephones? ringing|talking with|spoke with|answered", page)

        _eventually(a_call_is_seen)
        unknown = requests.get(f"{address}/board", timeout=PATIENCE, allow_redirects=False)
        assert unknown.status_code == 303
        refused = requests.post(f"{address}/voice/incoming", {"CallSid": "CA1"}, timeout=PATIENCE)
        assert refused.status_code == 403

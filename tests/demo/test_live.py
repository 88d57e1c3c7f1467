"""The demo as a person sees it: servers up, calls arriving, a page that shows them."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
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
PATIENCE = 60  # seconds for a loaded machine; the wait ends as soon as there is something to see


@contextmanager
def _live() -> Iterator[str]:
    settings = settings_from(CONFIG)
    free_port = replace(settings, serving=replace(settings.serving, port=0))
    told, until = StringIO(), Event()
    out = Console(file=told, width=110)
    thread = Thread(target=play_live, args=(free_port, 1, out, until))
    thread.start()
    try:
        yield _eventually(lambda: re.search(r"http://127\.0\.0\.1:\d+", told.getvalue()))
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
        assert any("The board:" in line for line in process.stdout)

        process.send_signal(signal.SIGINT)

        assert process.wait(PATIENCE) == 0


def _eventually(ask: object) -> str:
    assert callable(ask)
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if found := ask():
            return str(found[0])
        time.sleep(0.2)
    raise AssertionError("nothing came in time")


def test_the_page_shows_calls_that_arrive_and_unsigned_webhooks_are_refused() -> None:
    with _live() as address:

        def a_call_is_seen() -> re.Match[str] | None:
            page = requests.get(f"{address}/board?lang=en", timeout=15).text
            return re.search(r"telephones? ringing|talking with|spoke with|answered", page)

        assert _eventually(a_call_is_seen)
        proxied = {"X-Forwarded-For": "203.0.113.9"}  # a browser of elsewhere, through a proxy
        assert requests.get(f"{address}/board", headers=proxied, timeout=15).status_code == 403
        refused = requests.post(f"{address}/voice/incoming", data={"CallSid": "CA1"}, timeout=15)
        assert refused.status_code == 403

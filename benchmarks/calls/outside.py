"""How many requests a second a server answers, and how long each waits, from outside."""

import http.client
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path
from time import perf_counter, sleep
from typing import Final

from benchmarks.calls.ground import FORM, Asked, rings
from hotline.parts import Parts
from hotline.practice.signing import SIGNATURE_HEADER

ROOT: Final = Path(__file__).parent.parent.parent
CLIENTS: Final = 8
SECONDS: Final = 20  # of patience
SIDS: Final = count(1)
Make = Callable[[], Asked]


@contextmanager
def server(parts: Parts) -> Iterator[int]:
    """The port of a server of these parts; ended in the end."""
    command = [sys.executable, "-m", "benchmarks.calls.serving"]
    keys = json.dumps(asdict(parts.secrets)) + "\n"
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdin is not None
        assert serving.stdout is not None
        serving.stdin.write(keys)
        serving.stdin.flush()
        try:
            yield int(serving.stdout.readline())
        finally:
            serving.kill()


def greeting(parts: Parts) -> Make:
    """Each a new caller's."""
    return lambda: rings(parts, f"CB{next(SIDS):032x}")


def nothing(parts: Parts) -> Make:
    """The same form to the bare route."""
    asked = rings(parts, "CA0")
    return lambda: Asked("/bare", asked.body, asked.signature)


def rate(port: int, make: Make, times: int) -> float:
    """Requests a second, by eight clients that each ask again at once over one connection."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        began = perf_counter()
        list(clients.map(lambda _: _ask_often(port, make, times // CLIENTS), range(CLIENTS)))
        return times // CLIENTS * CLIENTS / (perf_counter() - began)


def _ask_often(port: int, make: Make, times: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    for _ in range(times):
        _ask(connection, make())
    connection.close()


def _ask(connection: http.client.HTTPConnection, asked: Asked) -> None:
    headers = {"Content-Type": FORM, SIGNATURE_HEADER: asked.signature, "Host": "hotline.example"}
    connection.request("POST", asked.path, asked.body, headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, answer.status


def open_loop(port: int, make: Make, a_second: int, seconds: float) -> tuple[float, float]:
    """Median and 99th percentile in ms, of requests that come whether or not others wait."""
    made = [make() for _ in range(int(a_second * seconds))]
    with ThreadPoolExecutor(64) as clients:
        start = perf_counter() + 0.1
        waits = [
            clients.submit(_ask_on_time, port, asked, start + place / a_second)
            for place, asked in enumerate(made)
        ]
        took = [wait.result() for wait in waits]
    return statistics.median(took) * 1e3, statistics.quantiles(took, n=100)[98] * 1e3


def _ask_on_time(port: int, asked: Asked, at: float) -> float:
    """Seconds from when it should have been asked, on a connection of its own."""
    sleep(max(0.0, at - perf_counter()))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    _ask(connection, asked)
    connection.close()
    return perf_counter() - at

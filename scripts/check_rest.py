"""make check-rest: every REST request that we make, asked of the carrier's own description.

A strict mock (Prism, from npm) serves the description on loopback and answers 4xx to whatever is
missing or of the wrong kind; it does not see parameters that the description does not know, so
those are looked for here.
"""

import argparse
import gzip
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import HTTPAdapter

from benchmarks.ports import held_port
from hotline.config.settings import CarrierKind, CarrierSettings, Secrets
from hotline.ports import CallSid, LegOrder, PortError
from webhooks.carrier import TwilioCarrier

ROOT: Final = Path(__file__).parent.parent
PRISM: Final = ROOT / "build" / "prism" / "node_modules" / ".bin" / "prism"
EXCERPT: Final = Path(__file__).parent / "carrier_rest.json"
SECONDS_TO_START: Final = 240
LEG: Final = CallSid("CA" + "a" * 32)
ROOM: Final = "CF" + "e" * 32
SINCE: Final = datetime(2026, 11, 24, 15, 10, tzinfo=UTC)
SECRETS: Final = Secrets(
    secret_key="",
    data_key="",
    account_sid="AC" + "b" * 32,
    auth_token="c" * 32,
    public_url="https://hotline.example.org/city",
)
SETTINGS: Final = CarrierSettings(
    CarrierKind.TWILIO, "+862500096000", 1.0, 30.0, byoc="BY" + "d" * 32
)


def _rings(to: str) -> Callable[[TwilioCarrier], object]:
    order = LegOrder(to, "/voice/leg/abc/answered", "/voice/leg/abc/status", 20)
    return lambda carrier: carrier.ring(order)


# By the name of the method: whatever of these is lacking for a method fails the check.
REQUESTS: Final[Mapping[str, Sequence[Callable[[TwilioCarrier], object]]]] = {
    "ring": [_rings(to) for to in ("tel:+8613912345678", "sip:v@a.example", "client:v01")],
    "move": [lambda carrier: carrier.move(LEG, "/voice/join/abc/def")],
    "release": [lambda carrier: carrier.release(LEG)],
    "hang_up": [lambda carrier: carrier.hang_up(LEG)],
    "announce": [
        lambda carrier: carrier.announce(ROOM, "/voice/room/abc/words/minutes-20", LEG),
        lambda carrier: carrier.announce(ROOM, "/voice/room/abc/words/supervisor-comes", None),
    ],
    "recording": [],  # the description knows no sounds, only what is told of them
    "erase_recording": [lambda carrier: carrier.erase_recording("RE" + "f" * 32)],
    "dialled_since": [lambda carrier: carrier.dialled_since(SINCE)],
    "recorded_since": [lambda carrier: carrier.recorded_since(SINCE)],
    "text": [lambda carrier: carrier.text("tel:+8613912345678", "停一下")],
}


@dataclass
class Watched(HTTPAdapter):
    """Sends requests as usual, and keeps what was asked and answered."""

    seen: list[requests.Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def send(self, *asked: Any, **options: Any) -> requests.Response:
        """As usual."""
        answer = super().send(*asked, **options)
        self.seen.append(answer)
        return answer


def problems_of(description: Mapping[str, Any], base: str) -> list[str]:
    """One sentence for each request that the description does not allow, or that was not tried."""
    watched = Watched()
    carrier = TwilioCarrier(SETTINGS, _with_base(base), watched)
    methods = {name for name in vars(TwilioCarrier) if not name.startswith("_")}
    found = [f"{name}: no request of it is checked" for name in sorted(methods - set(REQUESTS))]
    for name, asking in REQUESTS.items():
        for ask in asking:
            watched.seen.clear()
            try:
                ask(carrier)
            except PortError as error:
                found.append(f"{name}: {error}")
            found += [f"{name}: {told}" for answer in watched.seen for told in _wrong(answer)]
            found += [
                f"{name}: {told}"
                for answer in watched.seen
                for told in _unknown(answer.request, description)
            ]
    return found


def _with_base(base: str) -> Secrets:
    return Secrets(**{**vars(SECRETS), "api_base": base})


def _wrong(answer: requests.Response) -> Iterator[str]:
    if answer.status_code >= 400:
        yield f"answered {answer.status_code}: {answer.text[:500]}"


def _unknown(asked: requests.PreparedRequest, description: Mapping[str, Any]) -> Iterator[str]:
    path, query = urlsplit(str(asked.url)).path, urlsplit(str(asked.url)).query
    forms = [
        _properties(item[str(asked.method).lower()])
        for known, item in description["paths"].items()
        if _matches(known, path) and str(asked.method).lower() in item
    ]
    if not forms:
        yield f"nothing is known of {asked.method} {path}"
    for name, _ in parse_qsl(str(asked.body or query), keep_blank_values=True):
        if not any(name in form for form in forms):
            yield f"{path} does not know {name}"


def _matches(known: str, path: str) -> bool:
    pairs = list(zip(known.split("/"), path.split("/"), strict=False))
    same = all(one == other or one.startswith("{") for one, other in pairs)
    return same and known.count("/") == path.count("/")


def _properties(operation: Mapping[str, Any]) -> frozenset[str]:
    content = operation.get("requestBody", {}).get("content", {})
    sent = [name for kind in content.values() for name in kind["schema"]["properties"]]
    asked = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]
    return frozenset((*sent, *asked))


@contextmanager
def mock(description: Path) -> Iterator[str]:
    """The address of a strict mock of `description` on loopback."""
    dying_with_us = ["setpriv", "--pdeathsig=TERM"] if shutil.which("setpriv") else []
    with tempfile.TemporaryFile() as log, held_port() as port:
        where = ["-h", "127.0.0.1", "-p", str(port)]
        command = [str(PRISM), "mock", "--errors", *where, str(description)]
        mocking = subprocess.Popen([*dying_with_us, *command], stdout=log, stderr=log)  # noqa: S603
        try:
            _wait_for(port, mocking)
            yield f"http://127.0.0.1:{port}"
        finally:
            mocking.terminate()
            mocking.wait()


def _wait_for(port: int, mocking: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < last and mocking.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the mock did not start")


def described(path: Path) -> str:
    """The text of a description, packed or not."""
    packed = path.read_bytes()
    return (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode()


def answerable(description: Mapping[str, Any]) -> dict[str, Any]:
    """The same, with answers that its own examples keep to. What is asked stays as strict.

    In those the addresses are relative, and the next page of calls is asked for by a day, where the
    description wants a time: a strict mock refuses both. So any address will do, and lists end.
    """
    paths = {
        path: {verb: _answerable(operation) for verb, operation in item.items()}
        for path, item in description["paths"].items()
    }
    return {**description, "paths": paths}


def _answerable(operation: Any) -> Any:
    if not isinstance(operation, Mapping) or "responses" not in operation:
        return operation
    return {**operation, "responses": _mended(operation["responses"])}


def _mended(answers: Any) -> Any:
    if isinstance(answers, Mapping):
        kept = {k: v for k, v in answers.items() if (k, v) != ("format", "uri")}
        last = {k: None for k, v in kept.items() if k == "next_page_uri" and isinstance(v, str)}
        return {k: _mended(v) for k, v in kept.items()} | last
    return [_mended(each) for each in answers] if isinstance(answers, list) else answers


def main() -> int:
    """Check, and say what is wrong; 1 if anything is, 2 if it could not be checked."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--description", type=Path, default=EXCERPT, help="OpenAPI, .json or .gz")
    path = options.parse_args().description
    if not PRISM.exists():
        sys.stderr.write("Prism is not installed: make check-rest does it, with npm.\n")
        return 2
    description = json.loads(described(path))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "description.json"
        plain.write_text(json.dumps(answerable(description)), encoding="utf-8")
        with mock(plain) as base:
            problems = problems_of(description, base)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    asked = sum(len(each) for each in REQUESTS.values())
    sys.stdout.write(f"{asked} requests checked against {path.name}, {len(problems)} problems\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

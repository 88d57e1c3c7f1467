"""Whatever floods us, whoever calls with the carrier's signature is answered: nobody is counted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event
from urllib.parse import urlencode

import pytest

from hotline.practice.signing import SIGNATURE_HEADER, signature
from hotline.store import Store
from tests.scenarios.stage import SECRETS, Hotline
from webhooks.app import create_app
from webhooks.played.stage import served

THE_CARRIER_WAITS = 15  # seconds
KIND = {"Content-Type": "application/x-www-form-urlencoded"}
FORGED = (
    b"CallSid=CA1&To=96111",
    b"&".join(b"f%d=%%e5%%8d%%97" % number for number in range(400)),
    b"a=" + b"%e5" * 10_000,
    b"a=" + b"9" * 60_000,
)


@pytest.fixture
def port(sqlite_store: Store) -> Iterator[int]:
    parts = Hotline(sqlite_store).on_duty("Ada").parts
    with served(create_app(parts), threads=4) as address:
        yield int(address.rpartition(":")[2])


def posts(port: int, body: bytes, signed: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=THE_CARRIER_WAITS)
    connection.request("POST", "/voice/incoming", body, {**KIND, SIGNATURE_HEADER: signed})
    status = connection.getresponse().status
    connection.close()
    return status


def rings(port: int, number: int) -> int:
    """A caller, signed as the carrier signs."""
    form = {"CallSid": f"CA{number:032x}", "From": "anonymous", "To": "96111"}
    url = f"{SECRETS.public_url}/voice/incoming"
    signed = signature(SECRETS.auth_token, url, form.items())
    return posts(port, urlencode(form).encode(), signed)


def test_every_caller_is_answered_in_the_middle_of_a_flood(port: int) -> None:
    over = Event()
    refused: list[int] = []
    answered: list[int] = []

    def floods(number: int) -> None:
        while not over.is_set():
            forged = FORGED[(number + len(refused)) % len(FORGED)]
            refused.append(posts(port, forged, "x" * (len(refused) % 2) * 28))

    with ThreadPoolExecutor(4) as enemies:
        flooding = [enemies.submit(floods, number) for number in range(4)]
        try:
            while len(answered) < 12 or len(refused) < 50:
                answered.append(rings(port, len(answered)))
        finally:
            over.set()

    assert set(answered) == {200}
    assert [each.result() for each in flooding] == [None] * 4
    assert set(refused) == {403, 413}

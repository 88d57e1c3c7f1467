"""Whatever floods us, whoever calls with the carrier's signature is answered: nobody is counted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.parse import urlencode

import pytest
from waitress.server import create_server

from hotline.practice.signing import SIGNATURE_HEADER, signature
from hotline.store import Store
from tests.scenarios.stage import SECRETS, Hotline
from webhooks.app import create_app

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
    server = create_server(create_app(parts), host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.task_dispatcher.shutdown()  # or who answers last finds the server gone
    server.close()
    thread.join(5)


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
    refused: set[int] = set()

    def floods(number: int) -> int:
        count = 0
        while not over.is_set():
            refused.add(posts(port, FORGED[(number + count) % len(FORGED)], "x" * (count % 2) * 28))
            count += 1
        return count

    with ThreadPoolExecutor(4) as enemies:
        floods_sent = [enemies.submit(floods, number) for number in range(4)]
        try:
            answered = [rings(port, number) for number in range(12)]
        finally:
            over.set()

    assert answered == [200] * 12
    assert sum(each.result() for each in floods_sent) > 12
    assert refused <= {403, 413}

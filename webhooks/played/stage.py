"""The real hotline and the practice carrier on one stopped clock, for demo, tests, benchmarks."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from waitress.server import create_server
from waitress.wasyncore import close_all

from hotline.calls.ringing.sending import Sender, keep_calls_moving, next_wish, send_due
from hotline.config.settings import Secrets
from hotline.handshake.ringing import ring_volunteers
from hotline.handshake.working import find_stand_ins, look_after_duties
from hotline.notices.sending import Courier, send_notices
from hotline.parts import Parts
from hotline.practice import (
    Account,
    Addresses,
    HttpTransport,
    PracticeCarrier,
    StoppedClock,
    StoppedDriver,
    Transport,
    WsgiTransport,
)
from hotline.practice.wire import WsgiApp
from hotline.privacy import Privacy
from hotline.promises.keeping import keep_promises
from hotline.store.sending.notices import next_notice
from webhooks.app import create_app
from webhooks.carrier import TwilioCarrier
from webhooks.serving.notifying import OutsideNotifier

HOST: Final = "127.0.0.1"
PUBLIC_URL: Final = "https://hotline.example"
REST_URL: Final = "http://carrier.invalid"
DUTIES_TICK: Final = timedelta(seconds=20)
LOOKS: Final = timedelta(seconds=10)  # between two looks of the worker after promises
LAST_ANSWERS: Final = 60.0  # seconds that whoever answers has to finish, before the server is gone
TICK: Final = timedelta(seconds=2)  # of the worker, while nobody is free for somebody


class Stage:
    """Plays callers and telephones against `parts`, whose clock must be the stopped one."""

    def __init__(self, parts: Parts, clock: StoppedClock, transport: Transport) -> None:
        account = account_of(parts)
        addresses = Addresses.below(parts.secrets.public_url)
        self.parts = parts
        self.carrier = PracticeCarrier(clock, transport, account, addresses)
        self.driver = StoppedDriver(self.carrier, clock, self._between)
        self.sender: Sender | None = None
        self.courier: Courier | None = None
        self._rest: TwilioCarrier | None = None
        self._wish: datetime | None = None
        self._looks_after_duties = False
        self._looked: datetime | None = None  # after promises; None: nobody does

    def connect(self, adapter: BaseAdapter | None, secrets: Secrets) -> None:
        """Have orders to the carrier sent by REST. adapter: None sends them over the network."""
        parts = self.parts
        rest = TwilioCarrier(parts.settings.carrier, secrets, adapter)
        privacy = Privacy(parts.secrets)
        self._rest = rest
        self.sender = Sender(parts.store, parts.settings, privacy, parts.clock, rest)

    def tell_people(self) -> None:
        """Have notices sent, too."""
        parts = self.parts
        assert self._rest is not None
        privacy, notifier = Privacy(parts.secrets), OutsideNotifier(self._rest)
        self.courier = Courier(parts.store, parts.settings, privacy, parts.clock, notifier)

    def look_after_duties(self) -> None:
        """Have duties confirmed and stand-ins found, too, as the worker's jobs do."""
        self._looks_after_duties = True

    def keep_promises(self) -> None:
        """Have callbacks offered and settled from now on, as a worker's timed job does."""
        self._looked = self.parts.clock() - LOOKS

    def _between(self, now: datetime) -> datetime | None:
        """What the worker does: send what is due, keep calls moving; when it wants to run next."""
        wishes = (self._duties(now), self._calls(now), self._notices())
        return min((wish for wish in wishes if wish is not None), default=None)

    def _duties(self, now: datetime) -> datetime | None:
        if self.sender is None or not self._looks_after_duties:
            return None
        for job in (look_after_duties, find_stand_ins, ring_volunteers):
            job(self.sender)
        return now + DUTIES_TICK

    def _notices(self) -> datetime | None:
        if self.courier is None:
            return None
        while send_notices(self.courier):
            pass
        with self.parts.store.reading() as db:
            return next_notice(db)

    def _calls(self, now: datetime) -> datetime | None:
        if self.sender is None:
            return None
        if self._wish is not None and self._wish <= now:
            keep_calls_moving(self.sender)
        while (wish := next_wish(self.sender, TICK)) is not None and wish <= now:
            if not send_due(self.sender):
                keep_calls_moving(self.sender)
        self._wish = wish
        return min((at for at in (wish, self._looks_again(now)) if at is not None), default=None)

    def _looks_again(self, now: datetime) -> datetime | None:
        if self._looked is None or self.sender is None:
            return None
        if self._looked + LOOKS <= now:
            keep_promises(self.sender)
            send_due(self.sender)
            self._looked = now
        return self._looked + LOOKS


def account_of(parts: Parts) -> Account:
    """The practice carrier's view of its one customer."""
    carrier = parts.settings.carrier
    shown = {line.caller_id for line in parts.settings.lines if line.caller_id}
    return Account(
        parts.secrets.account_sid,
        parts.secrets.auth_token,
        numbers=frozenset({carrier.caller_id, carrier.sms_from or carrier.caller_id, *shown}),
        calls_per_second=carrier.calls_per_second,
    )


def stage_in_process(
    parts: Parts, clock: StoppedClock, through: Callable[[Transport], Transport] = lambda way: way
) -> Stage:
    """Everything in this process, without sockets: quick and repeatable, for tests.

    through: what stands between the carrier and the webhooks, and may lose what it carries.
    """
    app = create_app(parts)
    stage = Stage(parts, clock, through(WsgiTransport(app)))
    secrets = _with_base(parts.secrets, REST_URL)
    stage.connect(WsgiAdapter(stage.carrier.rest_app), secrets)
    return stage


@contextmanager
def stage_over_http(parts: Parts, clock: StoppedClock) -> Iterator[Stage]:
    """The same over real HTTP on loopback, both ways."""
    with served(create_app(parts)) as web:
        stage = Stage(parts, clock, HttpTransport(parts.secrets.public_url, web))
        with served(stage.carrier.rest_app) as rest:
            stage.connect(None, _with_base(parts.secrets, rest))
            yield stage


@contextmanager
def served(
    app: Flask | WsgiApp, threads: int = 8, at: socket.socket | None = None
) -> Iterator[str]:
    """Serve `app` on loopback; the address. at: a socket that listens; else on any free port."""
    channels: dict[int, Any] = {}
    server = create_server(
        app,
        channels,
        sockets=[at or socket.create_server((HOST, 0))],
        threads=threads,
        clear_untrusted_proxy_headers=False,  # by them the pages know a browser of elsewhere
    )
    thread = threading.Thread(target=server.run, name="web", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.effective_port}"
    finally:  # its loop ends when it has no channels; they may be closed in its own thread only
        server.task_dispatcher.shutdown(timeout=LAST_ANSWERS)
        with server.trigger.lock:  # else a pull of before closes the trigger that is yet to pull
            server.trigger.thunks.append(lambda: close_all(channels))
            server.trigger.pull_trigger()
        thread.join()


def _with_base(secrets: Secrets, base: str) -> Secrets:
    return replace(secrets, api_base=base)


class WsgiAdapter(BaseAdapter):
    """Answers HTTP requests by a WSGI application in this process."""

    def __init__(self, app: WsgiApp) -> None:
        super().__init__()
        self._app = app

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """One request, one answer."""
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else bytes(body)
        path, query = urlsplit(request.path_url)[2:4]
        started: list[tuple[str, list[tuple[str, str]]]] = []
        environ = {
            "REQUEST_METHOD": request.method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(data)),
            "wsgi.input": BytesIO(data),
            "HTTP_AUTHORIZATION": request.headers.get("Authorization"),
        }
        chunks = self._app(environ, lambda status, headers, *_: started.append((status, headers)))
        response = Response()
        status, headers = started[0]
        response.status_code = int(status.split()[0])
        response.headers.update(dict(headers))
        response.raw = BytesIO(b"".join(chunks))
        response.request = request
        return response

    def close(self) -> None:
        """Nothing is held."""

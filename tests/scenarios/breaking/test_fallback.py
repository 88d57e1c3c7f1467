"""Nothing of ours runs: a host that only hands out documents speaks with the caller."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from hotline.config.settings import Settings, Title
from hotline.fallback.exporting import export
from hotline.fallback.signing import public_pem, signing_key
from hotline.parts import Parts
from hotline.ports import CallSid, system_clock
from hotline.practice import (
    ACCEPTS,
    MAILBOX,
    SILENT,
    Addresses,
    Answer,
    Behaviour,
    Caller,
    HttpTransport,
    Message,
    Phone,
    PracticeCarrier,
    Reply,
    StoppedClock,
    StoppedDriver,
    WireError,
    transcript,
)
from hotline.store import Store
from scheduling.problem import Span
from tests import make
from tests.make import SHANGHAI
from tests.scenarios.stage import NANJING, SECRETS, SITE, site
from webhooks.played.stage import PUBLIC_URL, account_of
from webhooks.serving.exporting import writer_of

PARTNER = "tel:+862500012356"
DUTY_ROOM = "tel:+862500096999"
BARE = replace(NANJING, partner=PARTNER, partner_title=Title("12356热线", "the 12356 line"))
WITH_ROOM = replace(BARE, fallback=DUTY_ROOM)
RETRY, TO_PARTNER = Answer("再试一次", "5"), Answer("转接12356热线", "8")


class Quiet(SimpleHTTPRequestHandler):
    """Hands out files by GET, as any web server does, and logs nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


class OnlyDocuments:
    """The application is gone; the other host is there."""

    def __init__(self) -> None:
        self._http = HttpTransport()
        self.asked: list[str] = []

    def send(self, message: Message) -> Reply:
        """What the other host hands out."""
        self.asked.append(f"{message.method} {message.url.partition('?')[0]}")
        if message.url.startswith(PUBLIC_URL):
            raise WireError(11205, "no connection")
        return self._http.send(message)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()


class Elsewhere:
    """The other host, what lies there, and a carrier that is pointed at it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.exported = folder / "exported"
        self.served = folder / "served"
        self.key = folder / "key.pem"
        self.transport = OnlyDocuments()

    def exports(self, store: Store, settings: Settings) -> None:
        """The hotline writes, while it is well; the host fetches and puts in place, by cron."""
        export(store, settings, system_clock(), writer_of(SECRETS), self.exported)
        self.key.write_text(public_pem(signing_key(SECRETS).public_key()), encoding="ascii")
        assert self.puts_in_place() == 0

    def puts_in_place(self) -> int:
        """The line of cron; its exit code."""
        words = ["sh", "current.sh", *map(str, (self.exported, self.served, self.key))]
        return subprocess.run(words, cwd=self.exported, check=False, capture_output=True).returncode

    def plays(self, store: Store, settings: Settings, caller: Caller, *phones: Phone) -> str:
        """All that a caller hears and does."""
        clock = StoppedClock(caller.at)
        addresses = Addresses(
            f"{PUBLIC_URL}/voice/incoming",
            f"{self.address}/96111-nanjing/current.xml",
            f"{PUBLIC_URL}/voice/status",
            fallback_method="GET",
        )
        account = account_of(Parts(settings, SECRETS, store, clock))
        carrier = PracticeCarrier(clock, self.transport, account, addresses)
        for phone in phones:
            carrier.phone(phone)
        sid: CallSid = carrier.dial(caller)
        StoppedDriver(carrier, clock).run_to_end(timedelta(minutes=10))
        (call,) = (call for call in carrier.calls() if call.sid == sid)
        assert not call.stranded
        assert call.longest_silence <= timedelta(seconds=12)
        return transcript(call, SHANGHAI)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    served = tmp_path / "served"
    served.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(served)))
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    host = Elsewhere(tmp_path, f"http://127.0.0.1:{server.server_port}")
    yield host
    host.transport.close()
    server.shutdown()
    thread.join()
    server.server_close()


def caller(*answers: Answer, message: float | None = None) -> Caller:
    return Caller(
        number="+8613800000001",
        dials="96111",
        at=system_clock(),
        patience=timedelta(minutes=4),
        talk=timedelta(minutes=2),
        answers=answers,
        leaves_message=None if message is None else timedelta(seconds=message),
    )


def on_duty_now(store: Store) -> None:
    now = system_clock()
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, Span(now - timedelta(hours=1), now + timedelta(hours=5))))


def on_duty_later(store: Store) -> None:
    now = system_clock()
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, Span(now + timedelta(hours=3), now + timedelta(hours=5))))


def test_a_caller_hears_the_truth_110_and_120_and_can_leave_a_message(
    store: Store, elsewhere: Elsewhere
) -> None:
    on_duty_now(store)
    elsewhere.exports(store, SITE)

    heard = elsewhere.plays(store, SITE, caller(message=20))

    assert "电话系统出了故障" in heard
    assert "幺幺零或幺二零" in heard
    assert "现在没有值班老师" not in heard
    assert "您的留言已经录下" in heard


def test_a_caller_of_an_hour_with_nobody_on_duty_hears_who_comes_next_and_when(
    store: Store, elsewhere: Elsewhere
) -> None:
    on_duty_later(store)
    elsewhere.exports(store, SITE)

    heard = elsewhere.plays(store, SITE, caller())

    assert "现在没有值班老师" in heard
    assert "下一位老师" in heard
    assert "感谢您的来电" in heard


def test_the_duty_rooms_telephone_takes_the_caller_by_any_key(
    store: Store, elsewhere: Elsewhere
) -> None:
    settings = site(lines=[WITH_ROOM])
    elsewhere.exports(store, settings)

    heard = elsewhere.plays(store, settings, caller(), Phone(DUTY_ROOM, ACCEPTS))

    assert "正在为您呼叫值班室" in heard
    assert "(talks with a person)" in heard


@pytest.mark.parametrize("phone", [MAILBOX, SILENT])
def test_a_mailbox_in_the_duty_room_takes_nobody(
    store: Store, elsewhere: Elsewhere, phone: Behaviour
) -> None:
    settings = site(lines=[WITH_ROOM])
    elsewhere.exports(store, settings)

    heard = elsewhere.plays(store, settings, caller(message=10), Phone(DUTY_ROOM, phone))

    assert "talks with" not in heard
    assert "您的留言已经录下" in heard


def test_a_partner_is_reached_by_any_key(store: Store, elsewhere: Elsewhere) -> None:
    settings = site(lines=[BARE])
    elsewhere.exports(store, settings)

    heard = elsewhere.plays(store, settings, caller(TO_PARTNER), Phone(PARTNER, SILENT))

    assert "(talks with a person)" in heard


def test_a_second_try_that_fails_comes_back_to_the_documents(
    store: Store, elsewhere: Elsewhere
) -> None:
    elsewhere.exports(store, SITE)

    heard = elsewhere.plays(store, SITE, caller(RETRY, message=10))

    assert f"POST {PUBLIC_URL}/voice/incoming" in elsewhere.transport.asked[1:]
    assert heard.count("电话系统出了故障") == 2
    assert "您的留言已经录下" in heard


def test_after_the_hours_that_were_written_ahead_the_words_name_no_time(
    store: Store, elsewhere: Elsewhere
) -> None:
    on_duty_later(store)
    long_ago = system_clock() - timedelta(days=3)
    elsewhere.exports(store, SITE)
    export(store, SITE, long_ago, writer_of(SECRETS), elsewhere.exported)
    assert elsewhere.puts_in_place() == 0

    heard = elsewhere.plays(store, SITE, caller(message=5))

    assert "电话系统出了故障" in heard
    assert "值班老师" not in heard


@pytest.mark.parametrize("name", ["96111-nanjing/always.xml", "SHA256SUMS", "SHA256SUMS.sig"])
def test_a_document_that_somebody_changed_is_not_put_in_place(
    store: Store, elsewhere: Elsewhere, name: str
) -> None:
    elsewhere.exports(store, SITE)
    before = (elsewhere.served / "96111-nanjing/always.xml").read_bytes()
    spoilt = elsewhere.exported / name
    body = spoilt.read_bytes()
    spoilt.write_bytes(body[:-1] + bytes([body[-1] ^ 1]))

    assert elsewhere.puts_in_place() != 0
    assert (elsewhere.served / "96111-nanjing/always.xml").read_bytes() == before


def test_no_document_holds_anybodys_address(store: Store, elsewhere: Elsewhere) -> None:
    on_duty_now(store)
    elsewhere.exports(store, site(lines=[WITH_ROOM]))

    written = b"".join(path.read_bytes() for path in elsewhere.exported.rglob("*.xml"))

    assert b"ada" not in written.lower()

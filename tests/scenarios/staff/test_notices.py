"""People are told outside of calls: by chat or mail, by SMS, or the board says who cannot be."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hotline.config.settings import Settings, Sms
from hotline.notices.contacts import keep_urls_of
from hotline.notices.sending import Courier, again_after, send_notices
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import TOLD_WITHIN, alert
from hotline.ports import PortError, Telling
from hotline.practice import Rest, StoppedClock
from hotline.privacy import Privacy
from hotline.store import Store
from hotline.store.people.contacts import stop_texts
from hotline.store.sending.alarms import open_alarms
from tests import make
from tests.scenarios.rows import column, every_word, named
from tests.scenarios.stage import SECRETS, SITE, Hotline

ADAS = Alarm(AlarmKind.UNREACHABLE, "ada")
TEXTING = replace(SITE, carrier=replace(SITE.carrier, sms=Sms.ONE_WAY))
DEES = "+8613800000009"


@dataclass
class Chat:
    """An enterprise chat on loopback: what it was posted, and what it answers."""

    url: str = ""
    status: int = 200
    posted: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def chat_server() -> Iterator[Chat]:
    """A real HTTP receiver of apprise's json:// requests."""
    chat = Chat()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            chat.posted.append(json.loads(self.rfile.read(length)))
            self.send_response(chat.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    chat.url = f"json://127.0.0.1:{server.server_port}/a-secret-token"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield chat
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def chat() -> Iterator[Chat]:
    with chat_server() as running:
        yield running


def supervised(
    store: Store, settings: Settings = SITE, address: str = "client:dee", ways: str = ""
) -> Hotline:
    """A site whose supervisor is Dee, and whose worker tells people."""
    hotline = Hotline(store, settings)
    hotline.people["Dee"] = make.hire(
        store, "Dee", role="supervisor", address=address, notices=ways
    )
    hotline.stage.tell_people()
    return hotline


def told_by(hotline: Hotline, *urls: str) -> None:
    with hotline.store.writing() as db:
        keep_urls_of(db, "dee", urls, Privacy(SECRETS))


def alarmed(hotline: Hotline) -> None:
    with hotline.store.writing() as db:
        alert(db, [ADAS], hotline.clock())
    hotline.passes(0)


def open_kinds(hotline: Hotline) -> list[tuple[AlarmKind, str]]:
    with hotline.store.reading() as db:
        return [(each.alarm.kind, each.alarm.subject) for each in open_alarms(db)]


def test_a_supervisor_is_told_of_an_alarm_by_chat(store: Store, chat: Chat) -> None:
    hotline = supervised(store)
    told_by(hotline, chat.url)

    alarmed(hotline)

    assert [(post["title"], post["message"]) for post in chat.posted] == [
        ("Test site", "ada的电话打不通，请联系本人核对号码。")
    ]
    assert column(store, "notice", "failure") == [None]
    assert open_kinds(hotline) == [(ADAS.kind, "ada")]


def test_by_sms_where_the_carrier_has_texts(store: Store) -> None:
    hotline = supervised(store, TEXTING, f"tel:{DEES}")

    alarmed(hotline)

    (text,) = hotline.carrier.texts()
    assert (text.sender, text.to) == (TEXTING.carrier.caller_id, DEES)
    assert text.words == "【Test site】ada的电话打不通，请联系本人核对号码。"


@pytest.mark.parametrize(
    ("settings", "address", "ways"),
    [
        (SITE, f"tel:{DEES}", ""),  # the carrier has no texts
        (TEXTING, "client:dee", ""),  # an app takes none
        (TEXTING, f"tel:{DEES}", "none"),
        (TEXTING, f"tel:{DEES}", "apprise"),  # and no URL is known
    ],
)
def test_a_supervisor_who_cannot_be_told_at_all_is_an_alarm(
    store: Store, settings: Settings, address: str, ways: str
) -> None:
    hotline = supervised(store, settings, address, ways)

    alarmed(hotline)
    hotline.until_quiet()

    assert open_kinds(hotline) == [(ADAS.kind, "ada"), (AlarmKind.UNTOLD, "dee")]
    assert hotline.carrier.texts() == ()
    assert set(column(store, "notice", "failure")) == {"there is no way to tell this person"}


def test_who_sent_stop_gets_no_text(store: Store) -> None:
    hotline = supervised(store, TEXTING, f"tel:{DEES}")
    with store.writing() as db:
        stop_texts(db, hotline.people["Dee"].id, hotline.clock())

    alarmed(hotline)

    assert hotline.carrier.texts() == ()


def test_the_next_way_is_tried_when_one_fails(store: Store, chat: Chat) -> None:
    hotline = supervised(store, TEXTING, f"tel:{DEES}")
    told_by(hotline, chat.url, "json://127.0.0.1:9/nobody-is-there")
    chat.status = 500

    alarmed(hotline)

    assert len(chat.posted) == 1
    assert len(hotline.carrier.texts()) == 1
    assert column(store, "notice", "attempts") == [1]


def test_what_fails_for_a_while_is_tried_again_and_told_once(store: Store, chat: Chat) -> None:
    hotline = supervised(store)
    told_by(hotline, chat.url)
    chat.status = 503

    alarmed(hotline)
    hotline.passes(45)
    chat.status = 200
    hotline.passes(3600)

    assert len(chat.posted) == 4  # at once, after 10 s, 30 s and 70 s
    assert column(store, "notice", "attempts") == [4]
    assert column(store, "notice", "taken_until") != [None]
    assert open_kinds(hotline) == [(ADAS.kind, "ada")]


def test_what_fails_until_it_is_pointless_is_given_up_with_its_reason(
    store: Store, chat: Chat
) -> None:
    hotline = supervised(store)
    told_by(hotline, chat.url)
    chat.status = 503

    alarmed(hotline)
    hotline.passes(TOLD_WITHIN.total_seconds() + 1)

    first = named(store, "notice")[0]
    assert first["done"] is not None
    assert "JSON did not take it" in first["failure"]
    assert (AlarmKind.UNTOLD, "dee") in open_kinds(hotline)


def test_an_alarm_about_a_supervisor_ends_when_one_notice_reaches_them(
    store: Store, chat: Chat
) -> None:
    hotline = supervised(store)
    alarmed(hotline)
    assert (AlarmKind.UNTOLD, "dee") in open_kinds(hotline)
    told_by(hotline, chat.url)

    with store.writing() as db:
        alert(db, [Alarm(AlarmKind.UNREACHABLE, "bo")], hotline.clock())
    hotline.passes(0)

    assert (AlarmKind.UNTOLD, "dee") not in open_kinds(hotline)


def test_a_text_whose_answer_was_lost_is_sent_again(store: Store) -> None:
    hotline = supervised(store, TEXTING, f"tel:{DEES}").with_faults(rest=Rest.LOSES_ANSWERS)

    alarmed(hotline)
    hotline.with_faults()
    hotline.passes(60)

    assert len(hotline.carrier.texts()) == 2  # twice does no harm, never does
    assert column(store, "notice", "failure") == [None]


def test_a_number_that_the_carrier_refuses_is_not_tried_again(store: Store) -> None:
    hotline = supervised(store, TEXTING, "tel:+8613800000009", "sms")
    hotline.carrier._exchange.stopped.add(DEES)

    alarmed(hotline)
    hotline.passes(3600)

    assert set(column(store, "notice", "attempts")) == {1}
    assert column(store, "notice", "failure")[0] == "the carrier answered 400 (21610)"


class Rude:
    """A notifier that says what it was asked, for two couriers at once."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def by_url(self, url: str, telling: Telling) -> None:
        self.told.append(url)

    def by_text(self, to: str, telling: Telling) -> None:
        raise PortError("no texts", permanent=True)


def test_of_two_workers_one_tells(store: Store) -> None:
    make.hire(store, "Dee", role="supervisor")
    clock = StoppedClock(make.local("2026-11-24 23:10"))
    rude = Rude()
    courier = Courier(store, SITE, Privacy(SECRETS), clock, rude)
    with store.writing() as db:
        keep_urls_of(db, "dee", ["json://127.0.0.1/x"], Privacy(SECRETS))
        alert(db, [ADAS], clock())
        alert(db, [Alarm(AlarmKind.UNREACHABLE, "bo")], clock())

    threads = [threading.Thread(target=send_notices, args=(courier,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(rude.told) == 2


def test_urls_under_another_key_count_as_none(store: Store) -> None:
    hotline = supervised(store)
    other = replace(SECRETS, data_key="A" * 43 + "=")
    with store.writing() as db:
        keep_urls_of(db, "dee", ["json://127.0.0.1/x"], Privacy(other))

    alarmed(hotline)

    assert (AlarmKind.UNTOLD, "dee") in open_kinds(hotline)


def test_the_url_stands_in_no_log_and_no_row(
    store: Store, chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hotline = supervised(store)
    told_by(hotline, chat.url)
    chat.status = 503

    alarmed(hotline)
    chat.status = 200
    hotline.passes(60)

    assert len(chat.posted) == 2
    assert "a-secret-token" not in caplog.text + every_word(store)


def test_it_is_tried_again_ever_more_slowly_up_to_ten_minutes() -> None:
    waits = [again_after(attempt) for attempt in (1, 2, 3, 8, 99)]
    assert waits == [timedelta(seconds=s) for s in (10, 20, 40, 600, 600)]

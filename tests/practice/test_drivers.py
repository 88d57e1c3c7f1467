"""The stopped driver runs ahead the same way every time; the live one keeps the wall's pace."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hotline.ports import system_clock
from hotline.practice import (
    Addresses,
    Caller,
    LiveDriver,
    Message,
    NeverQuietError,
    PracticeCarrier,
    Reply,
    StoppedClock,
    StoppedDriver,
)
from tests.practice.stage import (
    ACCOUNT,
    ADA,
    BO,
    BO_NUMBER,
    MINUTE,
    PUBLIC,
    SECOND,
    START,
    ScriptedApp,
    Stage,
)

PATIENCE = 120  # seconds for what other threads do, on a loaded machine


def test_the_hook_is_called_when_it_asked_and_when_the_webhooks_were_reached() -> None:
    stage = Stage().plays("<Pause length='10'/><Redirect>/next</Redirect>", next="<Hangup/>")
    called: list[float] = []

    def between(now: datetime) -> datetime | None:
        called.append((now - START).total_seconds())
        return START + 4 * SECOND if now < START + 4 * SECOND else None

    stage.driver = StoppedDriver(stage.carrier, stage.clock, between)
    stage.rings()
    stage.driver.run_to_end()

    assert sorted(set(called)) == [0.0, 4.0, 10.0]
    assert called.count(4.0) == 1


def test_the_hook_is_called_again_until_it_is_quiet() -> None:
    stage = Stage()
    wishes: list[datetime | None] = [START, START, None]
    stage.driver = StoppedDriver(stage.carrier, stage.clock, lambda _: wishes.pop(0))
    stage.driver.run_for(SECOND)
    assert wishes == []


def test_a_hook_that_is_never_quiet_is_found_out() -> None:
    stage = Stage()
    stage.driver = StoppedDriver(stage.carrier, stage.clock, lambda now: now)
    with pytest.raises(NeverQuietError):
        stage.driver.run_for(SECOND)


def test_what_the_hook_orders_happens_at_that_very_instant() -> None:
    stage = Stage().plays("<Pause length='60'/>", leg="<Say>hello</Say>").phone(ADA)
    ordered: list[datetime] = []

    def between(now: datetime) -> datetime | None:
        if not ordered and stage.app.fields_of("/voice/incoming"):
            ordered.append(now)
            stage.calls_out()
        return None

    stage.driver = StoppedDriver(stage.carrier, stage.clock, between)
    stage.rings(after=7 * SECOND)
    stage.driver.run_to_end()

    assert ordered == [START + 7 * SECOND]
    assert stage.legs()[0].rung_at == START + 7 * SECOND


def test_rest_may_come_from_within_a_webhook_and_from_another_thread() -> None:
    stage = Stage().plays("<Pause length='30'/>", leg="<Say>hello</Say>").phone(ADA)

    def elsewhere(_: object) -> None:
        thread = threading.Thread(target=stage.calls_out)
        thread.start()
        thread.join(timeout=PATIENCE)
        assert not thread.is_alive()

    stage.app.and_then["/voice/incoming"] = elsewhere
    stage.rings()
    stage.driver.run_to_end()

    assert stage.legs()[0].rung_at == START


def test_what_is_planned_may_ask_over_another_thread() -> None:
    stage = Stage().plays("", leg="<Say>hello</Say>").phone(ADA)

    def elsewhere() -> None:
        thread = threading.Thread(target=stage.calls_out)
        thread.start()
        thread.join(timeout=PATIENCE)
        assert not thread.is_alive()

    stage.carrier.at(START + 5 * SECOND, elsewhere)
    stage.driver.run_to_end()
    assert stage.legs()[0].rung_at == START + 5 * SECOND


def test_a_run_ends_although_the_hook_has_plans_for_ever() -> None:
    stage = Stage().plays("<Hangup/>")
    stage.driver = StoppedDriver(stage.carrier, stage.clock, lambda now: now + MINUTE)
    stage.rings()
    stage.driver.run_to_end(patience=timedelta(minutes=5))
    assert stage.clock() <= START + 5 * MINUTE


def test_a_run_goes_on_with_what_the_hook_brings_within_its_patience() -> None:
    stage = Stage().plays("<Hangup/>", leg="<Say>hello</Say>").phone(ADA)
    later = START + 3 * MINUTE

    def between(now: datetime) -> datetime | None:
        if now == later and not stage.legs():
            stage.calls_out()
        return later if now < later else None

    stage.driver = StoppedDriver(stage.carrier, stage.clock, between)
    stage.rings()
    stage.driver.run_to_end(patience=timedelta(minutes=5))
    assert stage.legs()[0].rung_at == later


def test_a_run_until_an_instant_stops_there_and_includes_it() -> None:
    stage = Stage().plays("<Pause length='10'/><Redirect>/next</Redirect>", next="<Hangup/>")
    stage.rings()
    stage.driver.run_until(START + 10 * SECOND)
    assert stage.clock() == START + 10 * SECOND
    assert len(stage.app.fields_of("/next")) == 1


def test_time_does_not_run_back() -> None:
    clock = StoppedClock(START)
    with pytest.raises(AssertionError):
        clock.set(START - SECOND)


def busy_evening() -> Stage:
    stage = Stage().plays(
        "<Enqueue waitUrl='/wait'>q</Enqueue>",
        wait="<Say>please hold</Say><Pause length='3'/>",
        leg="<Dial timeLimit='40'><Queue>q</Queue></Dial>",
    )
    stage.phone(ADA).phone(BO)
    for place in range(12):
        stage.rings(after=place * 5 * SECOND, talk=MINUTE)
        stage.driver.run_for(5 * SECOND)
        stage.calls_out(to=BO_NUMBER) if place % 2 else stage.calls_out()
    stage.driver.run_to_end()
    return stage


def test_the_same_evening_happens_the_same_way() -> None:
    one, other = busy_evening(), busy_evening()
    assert one.carrier.calls() == other.carrier.calls()
    assert one.carrier.phone_record() == other.carrier.phone_record()
    assert one.app.asked == other.app.asked


@pytest.fixture
def live() -> "LiveStage":
    return LiveStage()


class LiveStage:
    """A carrier on the wall's clock."""

    def __init__(self) -> None:
        self.app = ScriptedApp(system_clock)
        self.app.documents["/voice/status"] = Reply(204, "", b"")
        self.carrier = PracticeCarrier(system_clock, self, ACCOUNT, Addresses.below(PUBLIC))
        self.driver = LiveDriver(self.carrier)
        self.ended = threading.Semaphore(0)
        self.before: Callable[[Message], None] = lambda _: None

    def send(self, message: Message) -> Reply:
        self.before(message)
        reply = self.app.send(message)
        if message.url.endswith("/voice/status"):
            self.ended.release()
        return reply

    def rings(self) -> str:
        return self.carrier.dial(Caller("+8613900000009", "96111", system_clock()))

    def run_until_ended(self, calls: int = 1) -> None:
        self.driver.start()
        over = [self.ended.acquire(timeout=PATIENCE) for _ in range(calls)]
        self.driver.stop()
        assert all(over)


def test_a_live_call_is_played(live: LiveStage) -> None:
    live.app.documents["/voice/incoming"] = "<Say>hi</Say><Redirect>/next</Redirect>"
    live.app.documents["/next"] = "<Hangup/>"

    live.rings()
    live.run_until_ended()

    paths = [asked.path for asked in live.app.asked]
    assert paths == ["/voice/incoming", "/next", "/voice/status"]
    record = live.carrier.calls()[0]
    assert record.ended_at is not None
    assert record.ended_at - record.arrived >= 0.5 * SECOND


def test_one_slow_answer_does_not_stall_other_calls(live: LiveStage) -> None:
    other_is_over = threading.Event()
    slow: list[str] = []

    def before(message: Message) -> None:
        sid = dict(message.form)["CallSid"]
        if message.url.endswith("/voice/incoming") and sid == slow[0]:
            assert other_is_over.wait(timeout=PATIENCE)
        if message.url.endswith("/voice/status") and sid != slow[0]:
            other_is_over.set()

    live.before = before
    live.app.documents["/voice/incoming"] = "<Hangup/>"
    slow.append(live.rings())
    live.rings()

    live.run_until_ended(calls=2)

    first, second = live.carrier.calls()
    assert first.ended_at is not None
    assert second.ended_at is not None
    assert second.ended_at <= first.ended_at


def test_what_breaks_a_webhook_is_raised_when_the_driver_stops(live: LiveStage) -> None:
    reached = threading.Event()

    def before(_: Message) -> None:
        reached.set()
        raise ZeroDivisionError

    live.before = before
    live.rings()
    live.driver.start()
    assert reached.wait(timeout=PATIENCE)
    with pytest.raises(ZeroDivisionError):
        live.driver.stop()

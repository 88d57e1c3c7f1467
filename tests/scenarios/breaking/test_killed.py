"""A process is killed with a request, or an order, in its hands."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from hotline.calls.ringing.sending import Sender, send_due
from hotline.calls.states import Outcome
from hotline.ports import CallSid, Carrier, Dialled, LegOrder, Recorded
from hotline.practice import (
    ACCEPTS,
    NO_FAULTS,
    RINGS_OUT,
    Answer,
    Message,
    Reply,
    Rest,
    Transport,
    WireError,
    double_booked,
    phones_ringing_for_nobody,
)
from hotline.store import Store
from tests.scenarios.stage import Hotline, site
from webhooks.played.stage import stage_in_process

FOR_NOBODY = timedelta(seconds=10)
LONGEST_SILENCE = timedelta(seconds=15)
ASKED_AGAIN = 11205  # the carrier found no connection, and tries once more
NOT_AGAIN = 11200  # it goes on to the fallback


@dataclass
class Deadly:
    """Carries requests. Whoever has the `nth` in hand is killed, before or after the commit."""

    way: Transport
    nth: int
    committed: bool
    code: int
    asked: int = field(default=0)

    def send(self, message: Message) -> Reply:
        """An answer, but once."""
        self.asked += 1
        if self.asked != self.nth:
            return self.way.send(message)
        if self.committed:
            self.way.send(message)
        raise WireError(self.code, "killed")


@pytest.mark.parametrize("code", [ASKED_AGAIN, NOT_AGAIN])
@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5, 6, 7, 9, 11])
def test_a_web_process_killed_in_the_middle_of_any_request_strands_nobody(
    store: Store, nth: int, committed: bool, code: int
) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo")
    hotline.stage = stage_in_process(
        hotline.parts, hotline.clock, lambda way: Deadly(way, nth, committed, code)
    )
    hotline.carrier = hotline.stage.carrier
    hotline.phone("Ada", ACCEPTS).phone("Bo", ACCEPTS)

    call = hotline.caller_rings(talk=30, answers=[Answer("如果您还没有说完", "1")])
    hotline.until_quiet()

    record = hotline.call(call)
    assert hotline.talked_to(call)
    assert not record.stranded
    assert record.longest_silence <= LONGEST_SILENCE
    assert hotline.outcomes() == [Outcome.ANSWERED]
    _nobody_is_rung_twice_or_in_vain(hotline)


def _nobody_is_rung_twice_or_in_vain(hotline: Hotline) -> None:
    legs = hotline.carrier.phone_record()
    assert not double_booked(legs)
    assert not phones_ringing_for_nobody(hotline.carrier.calls(), legs, FOR_NOBODY)


class KilledError(Exception):
    """The worker is no more."""


class DiesAfterwards:
    """The carrier takes the order, and whoever gave it does not live to note it."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def ring(self, order: LegOrder) -> CallSid:
        """It rings."""
        self._carrier.ring(order)
        raise KilledError

    def move(self, sid: CallSid, path: str) -> None:
        """It moves."""
        self._carrier.move(sid, path)
        raise KilledError

    def release(self, sid: CallSid) -> None:
        """It ends."""
        self._carrier.release(sid)
        raise KilledError

    def hang_up(self, sid: CallSid) -> None:
        """It ends."""
        self._carrier.hang_up(sid)
        raise KilledError

    def announce(self, room: str, path: str, to: CallSid | None) -> None:
        """It is said."""
        self._carrier.announce(room, path, to)
        raise KilledError

    def recording(self, sid: str) -> bytes:
        """It is fetched."""
        self._carrier.recording(sid)
        raise KilledError

    def erase_recording(self, sid: str) -> None:
        """It is gone."""
        self._carrier.erase_recording(sid)
        raise KilledError

    def dialled_since(self, since: datetime) -> Sequence[Dialled]:
        """They are listed."""
        self._carrier.dialled_since(since)
        raise KilledError

    def recorded_since(self, since: datetime) -> Sequence[Recorded]:
        """They are listed."""
        self._carrier.recorded_since(since)
        raise KilledError


def test_a_worker_killed_after_the_carrier_took_its_order_rings_nobody_twice(
    store: Store,
) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=RINGS_OUT)
    living = hotline.stage.sender
    assert isinstance(living, Sender)
    hotline.without_worker()
    call = hotline.caller_rings(patience=60)
    hotline.passes(1)
    with pytest.raises(KilledError):
        send_due(replace(living, carrier=DiesAfterwards(living.carrier)))

    hotline.stage.sender = living  # another worker
    hotline.until_quiet()

    legs = hotline.legs("Ada")
    assert legs
    assert not [leg for leg in legs if leg.rung_while_busy]
    assert hotline.call(call).ended_at is not None
    assert hotline.outcomes() == [Outcome.LEFT]
    _nobody_is_rung_twice_or_in_vain(hotline)


@pytest.mark.parametrize("rest", [Rest.BUSY, Rest.FAILS])
def test_a_hang_up_that_rest_refuses_is_tried_until_it_is_done(store: Store, rest: Rest) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=RINGS_OUT)
    call = hotline.caller_rings(patience=6)
    hotline.passes(5)
    hotline.with_faults(rest=rest)
    hotline.passes(6)
    hotline.carrier.faults = NO_FAULTS
    hotline.until_quiet()

    (leg,) = hotline.legs("Ada")
    left, quiet = hotline.call(call).ended_at, leg.ended_at
    assert left is not None
    assert quiet is not None
    assert quiet - left <= FOR_NOBODY
    assert leg.outcome == "canceled"


def test_with_rest_that_times_out_people_are_rung_from_the_callers_own_leg(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", "Bo").with_faults(rest=Rest.TIMES_OUT)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert hotline.waited(call) <= 60
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_answers_of_rest_that_come_too_late_ring_nobody_twice(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo").with_faults(rest=Rest.ANSWERS_TOO_LATE)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.rung() == ["Ada", "Bo"]
    hotline.is_sound()


def test_twenty_callers_in_one_second_reach_twenty_people(store: Store) -> None:
    names = [f"V{place:02d}" for place in range(20)]
    hotline = Hotline(store, site(wave=1, calls_per_second=100.0)).on_duty(*names)

    calls = [hotline.caller_rings(after=place / 20) for place in range(20)]
    hotline.until_quiet()

    assert sorted(hotline.talked_to(call)[0] for call in calls) == names
    assert max(hotline.waited(call) for call in calls) <= 20
    hotline.is_sound()


def test_twenty_callers_and_three_people_end_in_honest_exits(store: Store) -> None:
    hotline = Hotline(store, site(calls_per_second=100.0)).on_duty("Ada", "Bo", "Cem")

    calls = [hotline.caller_rings(after=place / 20) for place in range(20)]
    hotline.until_quiet()

    assert sum(bool(hotline.talked_to(call)) for call in calls) == 3
    assert sorted(hotline.outcomes()) == [Outcome.ANSWERED] * 3 + [Outcome.EXITED] * 17
    hotline.is_sound()

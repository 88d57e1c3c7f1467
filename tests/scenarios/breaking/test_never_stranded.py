"""Whatever fails, a caller reaches a person or an honest exit, and within bounds."""

from datetime import timedelta
from itertools import pairwise

import pytest

from hotline.calls.states import Outcome
from hotline.practice import (
    ACCEPTS,
    HANGS_UP_IN_WHISPER,
    MAILBOX,
    NO_FAULTS,
    PASSES,
    RINGS_OUT,
    SILENT,
    Behaviour,
    Callbacks,
    Rest,
    at_first,
)
from hotline.store import Store
from tests.scenarios.stage import NIGHT, Hotline, site

LAST_SECONDS = NIGHT.end - timedelta(seconds=2)
BOUNDS = site().answering
ONE_TELEPHONE = BOUNDS.ring + 5 + BOUNDS.whisper + 15  # rung from the caller's leg, to its end
LONGEST = BOUNDS.longest_wait + BOUNDS.visit + ONE_TELEPHONE


@pytest.mark.parametrize("rest", [Rest.FAILS, Rest.BUSY])
def test_with_rest_down_and_every_callback_lost_a_caller_still_reaches_a_person(
    store: Store, rest: Rest
) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo")
    hotline.with_faults(rest=rest, callbacks=Callbacks.LOST)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.waited(call) <= 45
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


@pytest.mark.parametrize("phone", [RINGS_OUT, PASSES, SILENT, MAILBOX, HANGS_UP_IN_WHISPER])
def test_with_rest_down_and_nobody_answering_the_exit_comes_in_bounded_time(
    store: Store, phone: Behaviour
) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo", phone=phone)
    hotline.with_faults(rest=Rest.FAILS, callbacks=Callbacks.LOST)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.outcomes() == [Outcome.EXITED]
    apology = next(s for s in hotline.call(call).transcript if "让您久等了" in s.text)
    assert (apology.at - hotline.call(call).arrived).total_seconds() <= LONGEST
    assert hotline.waited(call) <= LONGEST + 90
    hotline.is_sound()


def test_with_rest_down_the_next_person_is_rung_when_the_first_does_not_answer(
    store: Store,
) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT).on_duty("Bo")
    hotline.with_faults(rest=Rest.FAILS)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.rung() == ["Ada", "Bo"]
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_with_rest_down_three_callers_ring_three_different_people(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo", "Cem")
    hotline.with_faults(rest=Rest.FAILS, callbacks=Callbacks.LOST)

    calls = [hotline.caller_rings(after=place) for place in range(3)]
    hotline.until_quiet()

    assert sorted(hotline.talked_to(call) for call in calls) == [["Ada"], ["Bo"], ["Cem"]]
    assert max(hotline.waited(call) for call in calls) <= 60
    hotline.is_sound()


def test_without_any_worker_the_wait_loop_alone_brings_a_person(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo").without_worker()

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.waited(call) <= 45
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_without_any_worker_and_with_nobody_answering_the_exit_comes(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT).without_worker()

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.outcomes() == [Outcome.EXITED]
    assert hotline.waited(call) <= LONGEST + 90
    hotline.is_sound()


def test_a_worker_that_dies_between_the_key_and_the_bridge_costs_one_visit(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")

    call = hotline.caller_rings()
    hotline.passes(9)
    hotline.without_worker()
    hotline.until_quiet()

    (leg,) = hotline.legs("Ada")
    key = next(said.at for said in leg.transcript if "presses" in said.text)
    talk = hotline.call(call).talks[0]
    assert talk.started - key <= timedelta(seconds=BOUNDS.visit + 4)
    hotline.is_sound()


def test_a_caller_is_moved_by_the_wait_loop_when_rest_fails_after_the_key(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")

    call = hotline.caller_rings()
    hotline.passes(5)
    hotline.with_faults(rest=Rest.FAILS)
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.legs("Ada")[0].parent is None  # not by <Dial>
    hotline.is_sound()


def test_answers_of_rest_that_are_lost_ring_nobody_twice(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo").with_faults(rest=Rest.LOSES_ANSWERS)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.rung() == ["Ada", "Bo"]
    hotline.is_sound()


def test_a_leg_whose_creation_went_unanswered_can_still_be_hung_up(store: Store) -> None:
    """Its own first callback names it."""
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT)
    hotline.with_faults(rest=Rest.LOSES_ANSWERS)

    hotline.caller_rings(patience=8)
    hotline.until_quiet()

    (leg,) = hotline.legs("Ada")
    assert leg.outcome == "canceled"
    hotline.is_sound()


@pytest.mark.parametrize("callbacks", list(Callbacks))
def test_callbacks_lost_doubled_or_reordered_change_nothing_for_the_caller(
    store: Store, callbacks: Callbacks
) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=RINGS_OUT)
    hotline.on_duty("Bo", phone=PASSES).on_duty("Cem").with_faults(callbacks=callbacks)

    call = hotline.caller_rings(talk=60)
    again = hotline.caller_rings(after=400, talk=60)
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Cem"]
    assert hotline.talked_to(again) == ["Cem"]
    assert hotline.outcomes() == [Outcome.ANSWERED] * 2
    hotline.is_sound()


def test_callbacks_that_come_minutes_late_free_and_bind_nobody(store: Store) -> None:
    hotline = Hotline(store, site(wrap_up=10)).on_duty("Ada")
    hotline.with_faults(callbacks_late=timedelta(minutes=3))

    calls = [hotline.caller_rings(after=90 * place, talk=60) for place in range(5)]
    hotline.until_quiet()

    assert [hotline.talked_to(call) for call in calls] == [["Ada"]] * 5
    hotline.is_sound()


def test_rest_that_takes_seconds_delays_but_loses_nobody(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo").with_faults(rest_latency=timedelta(seconds=4))

    calls = [hotline.caller_rings(after=place) for place in range(2)]
    hotline.until_quiet()

    assert all(hotline.talked_to(call) for call in calls)
    assert max(hotline.waited(call) for call in calls) <= 45


def test_when_rest_comes_back_the_next_call_is_rung_over_it(store: Store) -> None:
    hotline = Hotline(store, site(wrap_up=10)).on_duty("Ada").with_faults(rest=Rest.FAILS)
    hotline.caller_rings(talk=30)
    hotline.until_quiet()
    hotline.passes(60)
    hotline.carrier.faults = NO_FAULTS

    second = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(second) == ["Ada"]
    assert [leg.parent is None for leg in hotline.legs("Ada")] == [False, True]
    hotline.is_sound()


def test_a_shift_that_ends_while_a_telephone_rings_still_takes_the_call(store: Store) -> None:
    hotline = Hotline(store, now=LAST_SECONDS).on_duty("Ada")

    call = hotline.caller_rings()  # the night ends two seconds later
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()


def test_a_shift_that_ends_while_the_caller_waits_brings_the_exit_at_once(store: Store) -> None:
    hotline = Hotline(store, now=LAST_SECONDS).on_duty("Ada", phone=RINGS_OUT)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "现在没有值班老师" in hotline.heard(call)
    assert hotline.waited(call) <= 100  # not after the 180 s of the longest wait
    assert hotline.outcomes() == [Outcome.EXITED]
    hotline.is_sound()


def test_nobody_new_is_rung_after_their_shift(store: Store) -> None:
    hotline = Hotline(store, site(wave=1), now=LAST_SECONDS).on_duty("Ada", phone=RINGS_OUT)
    hotline.on_duty("Bo")

    hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.rung() == ["Ada"]


def test_the_caller_hears_something_at_least_every_eight_seconds_while_waiting(
    store: Store,
) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT)

    call = hotline.caller_rings()
    hotline.until_quiet()

    words = [said.at for said in hotline.call(call).transcript if said.who == "hotline"]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(words)]
    assert max(gaps[:20]) <= BOUNDS.visit


def test_somebody_who_answers_at_the_second_ring_is_still_reached(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada")
    hotline.phone("Ada", at_first(1, RINGS_OUT, ACCEPTS))

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.waited(call) <= BOUNDS.ring_again + 60
    hotline.is_sound()

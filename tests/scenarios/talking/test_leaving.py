"""Somebody goes before the conversation is over: the caller, or the volunteer."""

from datetime import timedelta

import pytest

from hotline.calls.states import Outcome
from hotline.practice import (
    ACCEPTS,
    HANGS_UP_IN_WHISPER,
    NO_FAULTS,
    RINGS_OUT,
    SILENT,
    Answer,
    Behaviour,
    Rest,
    at_first,
)
from hotline.store import Store
from tests.scenarios.stage import Hotline, site

DROPS_AT_ONCE = Behaviour(drops_after=timedelta(seconds=0))
DROPS_IN_THE_TALK = Behaviour(drops_after=timedelta(seconds=30))


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def test_no_telephone_rings_on_for_a_caller_who_has_hung_up(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", "Bo", "Cem", phone=RINGS_OUT)

    hotline.caller_rings(patience=9.5)
    hotline.until_quiet()

    assert {leg.outcome for leg in hotline.carrier.phone_record()} == {"canceled"}
    assert hotline.outcomes() == [Outcome.LEFT]
    hotline.is_sound()


def test_legs_that_were_never_sent_are_withdrawn_when_the_caller_hangs_up(store: Store) -> None:
    hotline = Hotline(store, site(calls_per_second=0.25)).on_duty("Ada", "Bo", "Cem")

    hotline.caller_rings(patience=3)
    hotline.until_quiet()

    assert hotline.rung() == ["Ada"]  # the others were due after 4 and 8 seconds
    hotline.is_sound()


def test_a_leg_whose_creation_is_under_way_when_the_caller_hangs_up_is_ended(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT)
    hotline.with_faults(rest_latency=seconds(3))

    hotline.caller_rings(patience=1)
    hotline.until_quiet()

    assert all(leg.ended_at is not None for leg in hotline.carrier.phone_record())
    assert hotline.outcomes() == [Outcome.LEFT]


def test_a_volunteer_in_the_whisper_is_told_that_the_caller_has_gone(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=SILENT)

    hotline.caller_rings(patience=7)
    hotline.until_quiet()

    assert "来电者已经挂断，谢谢您" in hotline.volunteer_heard("Ada")
    assert hotline.outcomes() == [Outcome.LEFT]
    hotline.is_sound()


def test_a_volunteer_in_the_whisper_is_told_that_a_colleague_was_first(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada", phone=SILENT)
    hotline.on_duty("Bo", phone=Behaviour(answers_after=seconds(6)))

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert "已经有人接听，谢谢您" in hotline.volunteer_heard("Ada")
    hotline.is_sound()


def test_the_key_frees_the_volunteer_when_the_caller_hung_up_just_before_the_bridge(
    store: Store,
) -> None:
    hotline = Hotline(store, site(wrap_up=0)).on_duty("Ada")
    hotline.with_faults(rest_latency=seconds(2))

    gone = hotline.caller_rings(patience=13)  # the key comes after 11 s, the bridge after 14 s
    second = hotline.caller_rings(after=60)
    hotline.until_quiet()

    assert "(presses 1)" in hotline.volunteer_heard("Ada")
    assert "来电者已经挂断" in hotline.volunteer_heard("Ada")
    assert not hotline.call(gone).talks
    assert hotline.talked_to(second) == ["Ada"]
    assert hotline.outcomes() == [Outcome.LEFT, Outcome.ANSWERED]


def test_a_volunteer_who_hangs_up_in_the_whisper_passes_the_call_on(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=HANGS_UP_IN_WHISPER)
    hotline.on_duty("Bo")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert hotline.waited(call) <= 25
    hotline.is_sound()


def test_a_caller_whose_volunteer_drops_before_they_joined_is_first_in_line_again(
    store: Store,
) -> None:
    """Ada presses 1; her telephone dies while REST cannot move the caller; Bo is in wrap-up."""
    hotline = Hotline(store, site(wave=1, wrap_up=20)).on_duty("Ada", "Bo")
    hotline.phone("Bo", RINGS_OUT)
    first = hotline.caller_rings()
    hotline.passes(8)
    hotline.with_faults(rest=Rest.FAILS)
    second = hotline.caller_rings()
    hotline.passes(4)
    assert "(presses 1)" in hotline.volunteer_heard("Ada")
    hotline.telephone_dies("Ada")
    hotline.carrier.faults = NO_FAULTS
    hotline.phone("Bo", ACCEPTS)
    hotline.until_quiet()

    assert hotline.talked_to(first)
    assert hotline.call(first).talks[0].started <= hotline.call(second).talks[0].started
    assert hotline.outcomes() == [Outcome.ANSWERED] * 2


@pytest.mark.parametrize("rest", [Rest.WELL, Rest.FAILS])
def test_a_caller_whose_volunteer_drops_out_gets_another_one_without_a_key(
    store: Store, rest: Rest
) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=DROPS_IN_THE_TALK)
    hotline.on_duty("Bo").with_faults(rest=rest)

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "老师的电话断开了，我们马上为您接通其他老师" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada", "Bo"]
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_a_caller_who_was_cut_off_comes_before_those_who_came_earlier(store: Store) -> None:
    """Ada's telephone dies; Eve has waited longer than the caller by then, and Bo is free."""
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=DROPS_IN_THE_TALK)
    hotline.caller_rings(talk=60)
    earlier = hotline.caller_rings(after=1)
    hotline.passes(30)
    hotline.on_duty("Bo", phone=RINGS_OUT)
    hotline.passes(20)
    hotline.phone("Bo", ACCEPTS)
    hotline.until_quiet()

    first, second = hotline.carrier.calls()
    assert [talk.address for talk in first.talks] == ["client:ada", "client:bo"]
    assert hotline.talked_to(earlier)
    assert first.talks[1].started < second.talks[0].started
    hotline.is_sound()


def test_who_has_said_all_ends_the_call_with_2_when_the_volunteer_drops_out(store: Store) -> None:
    hotline = Hotline(store, site(wave=1)).on_duty("Ada", phone=DROPS_IN_THE_TALK).on_duty("Bo")

    call = hotline.caller_rings(answers=[Answer("如果已经说完", "2")])
    hotline.until_quiet()

    assert "感谢您的来电" in hotline.heard(call)
    assert hotline.talked_to(call) == ["Ada"]
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_the_longest_talk_of_the_carrier_cuts_nobody_off(store: Store) -> None:
    hotline = Hotline(store, site(longest_talk=600)).on_duty("Ada")

    call = hotline.caller_rings(talk=1500)
    hotline.until_quiet()

    assert set(hotline.talked_to(call)) == {"Ada"}
    assert len(hotline.call(call).talks) > 1
    assert "回到通话请按1" in hotline.volunteer_heard("Ada")
    assert "老师的电话断开了" not in hotline.heard(call)
    assert hotline.outcomes() == [Outcome.ANSWERED]
    hotline.is_sound()


def test_a_volunteer_rings_again_for_somebody_else_after_missing_one(store: Store) -> None:
    hotline = Hotline(store).on_duty("Ada").phone("Ada", at_first(1, RINGS_OUT, ACCEPTS))

    first = hotline.caller_rings(patience=20)
    second = hotline.caller_rings(after=40)
    hotline.until_quiet()

    assert hotline.outcomes() == [Outcome.LEFT, Outcome.ANSWERED]
    assert not hotline.call(first).talks
    assert hotline.talked_to(second) == ["Ada"]
    hotline.is_sound()

"""Somebody cannot come: one person after the other is asked, and the first yes counts."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from hotline.config.tables.handshake import QuietHours
from hotline.handshake.stand_ins.answers import Answered
from hotline.handshake.states import SearchState
from hotline.practice import MAILBOX, PASSES, RINGS_OUT
from hotline.store import Store
from hotline.store.sending.alarms import open_alarms
from scheduling.problem import Span
from tests import make
from tests.scenarios.asking import Asker
from tests.scenarios.duties import ASKS, EVENING, Duties, duties, ends_with_the_night, minutes
from tests.scenarios.rows import named
from tests.scenarios.stage import NIGHT

DEEP_NIGHT = NIGHT.start + timedelta(hours=3)


def test_the_first_yes_by_telephone_ends_the_search_and_routing_follows(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.knows("Bo", phone=PASSES).knows("Cem").knows("Dee")

    hotline.cannot_come("Ada")
    hotline.passes(minutes(2))

    assert hotline.asked() == [("Bo", "refused"), ("Cem", "agreed")]
    assert hotline.search() is SearchState.FOUND
    assert hotline.rung_at(DEEP_NIGHT) == ["Cem"]
    assert hotline.told() == [
        ("Bo", "stand-in"),
        ("Cem", "stand-in"),
        ("Cem", "stands-in"),
        ("Ada", "replaced"),
    ]
    assert "能来请按1" in hotline.volunteer_heard("Cem")
    hotline.passes(minutes(3))
    assert hotline.search() is SearchState.SETTLED
    hotline.is_sound()


def test_the_least_burdened_is_asked_first(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.knows("Bo", "Cem", phone=RINGS_OUT)
    weeks_ago = (timedelta(days=days) for days in (5, 6, 7))
    nights = [Span(NIGHT.start - each, NIGHT.end - each) for each in weeks_ago]
    first = Span(NIGHT.start - timedelta(days=14), NIGHT.end - timedelta(days=14))
    make.store_roster(store, (hotline.people["Cem"], first), week="2026-W46")
    make.store_roster(store, *((hotline.people["Bo"], night) for night in nights), week="2026-W47")

    hotline.cannot_come("Ada")
    hotline.passes(minutes(1))

    assert hotline.asked() == [("Cem", "asked")]


def test_who_must_rest_or_works_elsewhere_then_is_not_asked(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.knows("Bo", "Cem", "Dee", phone=RINGS_OUT)
    after = Span(NIGHT.end + timedelta(hours=2), NIGHT.end + timedelta(hours=8))
    make.store_roster(store, (hotline.people["Bo"], after), week="2026-W48", desk="day")
    make.store_roster(store, (hotline.people["Cem"], NIGHT), week="2026-W48", desk="other")

    hotline.cannot_come("Ada")
    hotline.passes(minutes(1))

    assert hotline.asked() == [("Dee", "asked")]


def test_whoever_is_silent_is_passed_over_and_a_late_yes_still_counts(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.knows("Bo", phone=MAILBOX).knows("Cem", phone=RINGS_OUT)
    hotline.cannot_come("Ada")
    hotline.passes(minutes(21))
    assert hotline.asked() == [("Bo", "silent"), ("Cem", "asked")]

    assert hotline.says("Bo", "yes") is Answered.COMES

    assert hotline.asked() == [("Bo", "agreed"), ("Cem", "withdrawn")]
    assert hotline.told()[-3:] == [("Bo", "stands-in"), ("Ada", "replaced"), ("Cem", "not-needed")]
    assert hotline.rung_at(DEEP_NIGHT) == ["Bo"]


def test_of_four_who_say_yes_one_comes_and_the_others_are_thanked(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    names = ("Bo", "Cem", "Dee", "Eve")
    hotline.knows(*names, phone=RINGS_OUT)
    hotline.cannot_come("Ada")
    hotline.passes(minutes(52))
    assert [name for name, _ in hotline.asked()] == list(names)

    answers = [hotline.says(name, "yes") for name in reversed(names)]

    assert answers == [Answered.COMES, *[Answered.TOO_LATE] * 3]
    assert hotline.rung_at(DEEP_NIGHT) == ["Eve"]
    assert len(named(store, "override")) == 1


def test_who_said_yes_can_take_it_back_within_two_minutes(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.knows("Bo", "Cem", phone=RINGS_OUT)
    hotline.cannot_come("Ada")
    hotline.passes(minutes(1))
    assert hotline.says("Bo", "yes") is Answered.COMES

    assert hotline.says("Bo", "back") is Answered.TAKEN_BACK
    assert hotline.rung_at(DEEP_NIGHT) == []
    hotline.passes(minutes(1))
    assert hotline.asked() == [("Bo", "taken-back"), ("Cem", "asked")]
    assert hotline.says("Cem", "yes") is Answered.COMES
    hotline.passes(minutes(2.5))

    assert hotline.says("Cem", "back") is Answered.KEPT
    assert hotline.rung_at(DEEP_NIGHT) == ["Cem"]


def test_a_yes_is_taken_back_by_key_in_the_same_call(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.knows("Bo", phone=RINGS_OUT)
    hotline.cannot_come("Ada")
    hotline.passes(5)
    (errand,) = named(store, "errand")
    asker = Asker(hotline.parts)
    base = f"/voice/errand/{errand['token']}"
    asker.post(f"{base}/answered", CallSid="CA1")
    said = asker.post(f"{base}/key/1", CallSid="CA1", Digits="1")
    assert f"{base}/back" in said.text

    taken = asker.post(f"{base}/back", CallSid="CA1", Digits="3")

    assert "已经取消" in taken.text
    assert hotline.search() is SearchState.SEARCHING
    assert hotline.rung_at(DEEP_NIGHT) == []


def test_the_supervisor_is_told_when_nobody_is_left(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.knows("Bo", phone=PASSES)

    hotline.cannot_come("Ada")
    hotline.passes(minutes(2))

    assert hotline.search() is SearchState.FAILED
    with store.reading() as db:
        (alarm,) = open_alarms(db)
    assert (alarm.alarm.kind, alarm.alarm.subject) == ("no-stand-in", "day 2026-11-24 22:00 ada")
    assert hotline.says("Bo", "yes") is Answered.COMES
    with store.reading() as db:
        assert open_alarms(db) == ()


def test_a_search_ends_when_the_duty_is_over(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.cannot_come("Ada")
    ends_with_the_night(hotline)


def test_nobody_is_asked_in_quiet_hours_about_a_duty_that_is_far(store: Store) -> None:
    quiet = replace(ASKS, quiet=QuietHours(time(21), time(8), beyond_hours=4))
    late = make.local("2026-11-23 22:00")
    hotline = Duties(store, duties(quiet), late).on_duty("Ada")
    hotline.knows("Bo", phone=RINGS_OUT)

    hotline.cannot_come("Ada")
    hotline.passes(minutes(5))
    assert hotline.asked() == []
    hotline.clock.set(make.local("2026-11-24 08:00"))
    hotline.passes(minutes(1))

    assert hotline.asked() == [("Bo", "asked")]


def test_a_volunteer_who_talks_is_rung_for_the_question_afterwards(store: Store) -> None:
    hotline = Duties(store, duties(rest=0))
    evening = Span(EVENING - timedelta(hours=2), EVENING + timedelta(hours=1))
    hotline.on_duty("Bo", span=evening).on_duty("Ada")
    call = hotline.caller_rings(talk=300)
    hotline.passes(30)

    hotline.cannot_come("Ada")
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Bo"]
    assert not [leg for leg in hotline.carrier.phone_record() if leg.rung_while_busy]
    hotline.is_sound()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answer_twice_changes_nothing_more(store: Store, answer: str) -> None:
    hotline = Duties(store).on_duty("Ada")
    hotline.knows("Bo", phone=RINGS_OUT)
    hotline.cannot_come("Ada")
    hotline.passes(minutes(1))

    first, second = hotline.says("Bo", answer), hotline.says("Bo", answer)

    assert first is second
    assert len(named(store, "override")) == (answer == "yes")

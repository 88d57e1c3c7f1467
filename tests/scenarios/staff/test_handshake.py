"""Duties are confirmed; one that is not, or is missed, is stood in for."""

from dataclasses import replace
from datetime import timedelta

from hotline.accounts.keeping import unmade
from hotline.config.settings import Language
from hotline.corrections.overrides import OverrideOrder, override
from hotline.duty import ToldBy
from hotline.handshake.confirming import confirm
from hotline.handshake.reading import duties_ahead
from hotline.handshake.standing import Reach, Standing
from hotline.handshake.states import SearchState
from hotline.handshake.working import find_stand_ins, look_after_duties
from hotline.practice import ACCEPTS, MAILBOX, PASSES, RINGS_OUT
from hotline.store import Store
from hotline.store.access.accounts import new_account
from scheduling.problem import Span
from tests import make
from tests.scenarios.duties import ASKS, CHECKS_IN, DAY, Duties, duties, minutes
from tests.scenarios.rows import named
from tests.scenarios.stage import NIGHT

YESTERDAY = NIGHT.start - timedelta(hours=25)


def test_a_duty_is_confirmed_by_key_an_hour_before(store: Store) -> None:
    hotline = Duties(store, now=YESTERDAY).on_duty("Ada")
    hotline.passes(minutes(50))
    assert hotline.told() == []
    hotline.passes(minutes(20))
    assert hotline.told() == [("Ada", "confirm")]
    assert hotline.standing("Ada").confirmed is None

    hotline.clock.set(NIGHT.start - timedelta(minutes=61))
    hotline.passes(minutes(5))

    assert hotline.told() == [("Ada", "confirm"), ("Ada", "confirm")]
    assert hotline.standing("Ada").confirmed is not None
    assert hotline.standing("Ada").reachable is Reach.YES
    assert "能到岗请按1" in hotline.volunteer_heard("Ada")
    hotline.passes(minutes(60))
    assert hotline.searches() == []
    hotline.is_sound()


def test_who_has_confirmed_is_not_asked_again(store: Store) -> None:
    hotline = Duties(store, now=YESTERDAY + timedelta(hours=2)).on_duty("Ada", phone=MAILBOX)
    with store.writing() as db:
        confirm(db, hotline.people["Ada"].id, NIGHT.start, ToldBy.SMS, hotline.clock())

    hotline.clock.set(NIGHT.start - timedelta(minutes=59))
    hotline.passes(minutes(45))

    assert hotline.told() == []
    assert hotline.searches() == []


def test_an_unconfirmed_duty_is_stood_in_for(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada", phone=MAILBOX).knows("Bo")

    hotline.passes(minutes(79))
    assert hotline.searches() == []
    hotline.passes(minutes(3))

    assert hotline.asked() == [("Bo", "agreed")]
    assert hotline.rung_at(NIGHT.start) == ["Bo"]
    assert hotline.standing("Bo").confirmed is not None
    hotline.is_sound()


def test_who_confirms_late_keeps_the_duty_and_whoever_is_asked_is_thanked(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada", phone=MAILBOX).knows("Bo", phone=RINGS_OUT)
    hotline.passes(minutes(81))
    assert hotline.asked() == [("Bo", "asked")]

    with store.writing() as db:
        confirm(db, hotline.people["Ada"].id, NIGHT.start, ToldBy.TELEPHONE, hotline.clock())
    hotline.passes(minutes(10))

    assert hotline.search() is SearchState.ENDED
    assert hotline.asked() == [("Bo", "withdrawn")]
    assert hotline.told()[-1] == ("Bo", "not-needed")
    assert hotline.rung_at(NIGHT.start) == ["Ada"]
    hotline.is_sound()


def test_key_2_in_the_call_means_that_they_cannot_come(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada", phone=PASSES).knows("Bo")

    hotline.passes(minutes(65))

    (search,) = hotline.searches()
    assert search.reason == "cannot-come"
    assert hotline.asked() == [("Bo", "agreed")]
    assert hotline.rung_at(NIGHT.start) == ["Bo"]
    hotline.is_sound()


def test_a_duty_that_is_missed_is_stood_in_for_at_once(store: Store) -> None:
    missed = replace(ASKS, last_hours=0, first_hours=0)
    hotline = Duties(store, duties(missed, CHECKS_IN), NIGHT.start)
    hotline.on_duty("Ada").knows("Bo")

    hotline.passes(minutes(9))
    assert hotline.searches() == []
    hotline.passes(minutes(3))

    (search,) = hotline.searches()
    assert search.reason == "missed"
    assert hotline.rung_at(hotline.clock()) == ["Bo"]
    call = hotline.caller_rings(talk=30)
    hotline.until_quiet()
    assert hotline.talked_to(call) == ["Bo"]
    hotline.is_sound()


def test_a_telephone_out_of_reach_is_a_missed_duty(store: Store) -> None:
    hotline = Duties(store, duties(replace(ASKS, last_hours=0, first_hours=0)))
    hotline.on_duty("Ada", phone=RINGS_OUT).knows("Bo")
    hotline.clock.set(NIGHT.start + timedelta(hours=1))
    for after in (0, 200, 400):
        hotline.caller_rings(after=after, patience=60)

    hotline.passes(minutes(12))

    (search,) = hotline.searches()
    assert search.reason == "out-of-reach"
    assert hotline.rung_at(hotline.clock()) == ["Bo"]
    hotline.until_quiet()
    hotline.is_sound()


def test_nothing_is_asked_where_the_site_does_not_want_it(store: Store) -> None:
    off = replace(ASKS, last_hours=0, first_hours=0)
    hotline = Duties(store, duties(off)).on_duty("Ada", phone=RINGS_OUT).knows("Bo")

    hotline.passes(minutes(130))

    assert hotline.told() == []
    assert hotline.searches() == []


def test_two_workers_at_once_ask_once(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada", phone=MAILBOX).knows("Bo", "Cem", phone=RINGS_OUT)
    hotline.cannot_come("Ada")
    sender = hotline.stage.sender
    assert sender is not None

    for _ in range(2):
        look_after_duties(sender)
        find_stand_ins(sender)
        look_after_duties(sender)
        find_stand_ins(sender)

    assert hotline.asked() == [("Bo", "asked")]
    assert len(named(store, "errand")) == 1
    assert [kind for _, kind in hotline.told()] == ["stand-in"]


def test_what_is_left_of_a_shift_needs_no_second_confirmation(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada", phone=ACCEPTS).knows("Bo", phone=RINGS_OUT)
    with store.writing() as db:
        confirm(db, hotline.people["Ada"].id, NIGHT.start, ToldBy.SMS, hotline.clock())
        middle = Span(NIGHT.start + timedelta(hours=2), NIGHT.start + timedelta(hours=4))
        order = OverrideOrder(DAY, middle, "bo", "ada", "a break")
        override(db, hotline.settings, order, hotline.clock())
    hotline.clock.set(NIGHT.start + timedelta(hours=3, minutes=30))
    hotline.passes(minutes(5))

    assert hotline.searches() == []
    assert make.local("2026-11-25 02:00") in [
        each.span.start for each in _standings(hotline) if each.confirmed
    ]


def _standings(hotline: Duties) -> tuple[Standing, ...]:
    with hotline.store.reading() as db:
        return duties_ahead(db, hotline.settings, NIGHT, hotline.clock())


def test_ada_is_rung_in_the_language_that_she_chose(store: Store) -> None:
    hotline = Duties(store, now=NIGHT.start - timedelta(minutes=61)).on_duty("Ada")
    ada = replace(unmade("ada", "Ada"), person=hotline.people["Ada"].id, language=Language.EN)
    with store.writing() as db:
        new_account(db, ada, hotline.clock())

    hotline.passes(minutes(5))

    assert "You are on duty today at 22:00" in hotline.volunteer_heard("Ada")
    assert hotline.standing("Ada").confirmed is not None

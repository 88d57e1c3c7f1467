"""Which callback is offered to whom, and to whom none is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from hotline.calls.wait.wishes import NO_WISH, Wish
from hotline.config.settings import LineName
from hotline.duty import Gender, OnDuty, Seat, Volunteer
from hotline.promises.offering import DuePromise, offers
from hotline.promises.states import CallbackId, Safe
from tests import make

AT = make.utc("2026-11-24 15:10")
HELP, YOUTH = LineName("help"), LineName("youth")
ADA, BO, CEM = (make.volunteer(name) for name in ("Ada", "Bo", "Cem"))
DAY = make.desk().name


def promise(number: int, line: LineName = HELP, hours: int = 5, **more: object) -> DuePromise:
    due = AT + timedelta(hours=hours)
    plain = DuePromise(CallbackId(number), line, due, False, Safe.ANY, NO_WISH, frozenset())
    return replace(plain, **more)  # type: ignore[arg-type]  # names of its fields


def reach(*free: Volunteer, standby: Sequence[Volunteer] = ()) -> Callable[[LineName], OnDuty]:
    seats = (*(Seat(who, DAY) for who in free), *(Seat(who, DAY, standby=True) for who in standby))
    return lambda _: OnDuty(seats, ())


def asked(*promises: DuePromise, free: Callable[[LineName], OnDuty]) -> list[tuple[int, str]]:
    found = offers(promises, (), free, AT)
    return [(offer.promise.id, offer.seat.volunteer.name) for offer in found]


def test_the_first_who_is_free_is_asked() -> None:
    assert asked(promise(1), free=reach(ADA, BO)) == [(1, "Ada")]


def test_urgent_callers_come_first_then_near_deadlines_then_who_asked_first() -> None:
    several = (promise(1, hours=5), promise(2, hours=3), promise(3, hours=9, urgent=True))

    assert asked(*several, free=reach(ADA)) == [(3, "Ada")]
    assert asked(*several, free=reach(ADA, BO)) == [(3, "Ada"), (2, "Bo")]
    assert asked(promise(8), promise(7), free=reach(ADA)) == [(7, "Ada")]


def test_nobody_is_asked_for_two() -> None:
    assert asked(promise(1), promise(2), free=reach(ADA)) == [(1, "Ada")]


def test_nobody_on_standby_is_asked() -> None:
    assert asked(promise(1), free=reach(standby=[ADA])) == []


def test_who_did_not_take_it_on_is_passed_over() -> None:
    tried = frozenset({ADA.id})
    assert asked(promise(1, tried=tried), free=reach(ADA, BO)) == [(1, "Bo")]


def test_who_is_asked_is_whom_the_caller_asked_for() -> None:
    woman = Wish(gender=Gender.WOMAN)
    eve = replace(CEM, gender=Gender.WOMAN)
    assert asked(promise(1, wish=woman), free=reach(ADA, eve)) == [(1, "Cem")]


def test_whom_a_waiting_caller_could_need_is_not_asked_whatever_the_line() -> None:
    lines = {HELP: reach(ADA, BO)(HELP), YOUTH: reach(BO, CEM)(YOUTH)}

    found = offers((promise(1), promise(2, YOUTH)), {YOUTH}, lines.__getitem__, AT)

    assert [(o.promise.id, o.seat.volunteer.name) for o in found] == [(1, "Ada")]


def test_a_callback_that_was_given_to_somebody_waits_for_them_until_its_last_hour() -> None:
    bos = promise(1, hours=2, person=BO.id)

    assert asked(bos, free=reach(ADA, BO)) == [(1, "Bo")]
    assert asked(bos, free=reach(ADA)) == []
    assert asked(replace(bos, due=AT + timedelta(hours=1)), free=reach(ADA)) == [(1, "Ada")]

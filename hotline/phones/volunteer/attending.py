"""What people tell us of themselves, by telephone or text: coming, going, resting, not coming."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from hotline.calls.instructions import Say
from hotline.calls.ringing.moving import keep_moving
from hotline.calls.turn import Turn
from hotline.duty import Attended, Duty, ToldBy
from hotline.duty.attendance import BREAK_ENDS_AFTER
from hotline.handshake.stand_ins.searching import cannot_come as calls_off
from hotline.phones.speaking import said
from hotline.phones.volunteer.shifts import begins_soon, coming_shifts
from hotline.phrases import when
from hotline.store.duty.attendance import NewFact, attend
from hotline.store.people.staff import Member

MOST_TOLD: Final = 3  # shifts at once
MOST_CHOSEN: Final = 5


def check_in(turn: Turn, member: Member, way: ToldBy) -> Say:
    """They are there; said of a shift that runs or soon begins, and refused without one."""
    shifts = coming_shifts(turn.db, member.id, turn.now)
    if not shifts:
        return said(turn, "staff_no_shift")
    if not begins_soon(shifts[0], turn.now):
        return said(turn, "staff_too_early", when=when_of(turn, shifts[0].span.start))
    attend(turn.db, NewFact(member.id, Attended.CHECKED_IN, turn.now, way))
    keep_moving(turn)
    return said(turn, "staff_in")


def check_out(turn: Turn, member: Member, way: ToldBy) -> Say:
    """They have gone."""
    attend(turn.db, NewFact(member.id, Attended.CHECKED_OUT, turn.now, way))
    return said(turn, "staff_out")


def rest(turn: Turn, member: Member, way: ToldBy) -> Say:
    """A break, which ends by itself."""
    until = turn.now + BREAK_ENDS_AFTER
    attend(turn.db, NewFact(member.id, Attended.BREAK_BEGAN, turn.now, way, until))
    return said(turn, "staff_break", minutes=int(BREAK_ENDS_AFTER.total_seconds()) // 60)


def go_on(turn: Turn, member: Member, way: ToldBy) -> Say:
    """The break is over; who waits may be rung for at once."""
    attend(turn.db, NewFact(member.id, Attended.BREAK_ENDED, turn.now, way))
    keep_moving(turn)
    return said(turn, "staff_break_over")


Act = Callable[[Turn, Member, ToldBy], Say]


def tell_shifts(turn: Turn, member: Member) -> tuple[Say, ...]:
    """Their next shifts."""
    shifts = coming_shifts(turn.db, member.id, turn.now)[:MOST_TOLD]
    if not shifts:
        return (said(turn, "staff_no_shift"),)
    return (said(turn, "staff_shifts"), *(_told(turn, duty) for duty in shifts))


def _told(turn: Turn, duty: Duty) -> Say:
    span = duty.span
    return said(turn, "staff_shift", when=when_of(turn, span.start), until=when_of(turn, span.end))


def cannot_come(turn: Turn, member: Member, start: datetime) -> Say:
    """They cannot come to the shift that begins at `start`, or to what is left of it.

    Somebody is looked for who stands in.
    """
    shifts = coming_shifts(turn.db, member.id, turn.now)
    duty = next((each for each in shifts if each.span.start == start), None)
    if duty is None:
        return said(turn, "staff_cant_gone")
    calls_off(turn.db, duty, turn.now)
    return said(turn, "staff_cant_done", when=when_of(turn, start))


def when_of(turn: Turn, at: datetime) -> str:
    """An instant as people say it."""
    site = turn.settings.site
    return when(at, turn.now, site.zone, site.language)

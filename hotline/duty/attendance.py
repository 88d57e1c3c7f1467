"""Who has come: facts that people tell us, and the one function that says what is true now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from scheduling.problem import Span

EARLY: Final = timedelta(hours=2)  # a check-in so long before a duty counts for it
BREAK_ENDS_AFTER: Final = timedelta(minutes=30)  # one that nobody ended


class Attended(StrEnum):
    """What somebody told us, or what was told of them."""

    CONFIRMED = "confirmed"  # says they will come
    CHECKED_IN = "checked-in"
    CHECKED_OUT = "checked-out"
    BREAK_BEGAN = "break-began"
    BREAK_ENDED = "break-ended"
    COOLS_DOWN = "cools-down"  # after a high-risk call


class ToldBy(StrEnum):
    """By which way we were told."""

    TELEPHONE = "telephone"  # dialled in
    SMS = "sms"
    CONSOLE = "console"
    COMMAND = "command"
    CALL = "call"  # what happened in a call


@dataclass(frozen=True)
class Fact:
    """One thing that was told at an instant, and never edited.

    until: when it ends by itself. duty: the start of the duty it is about, where that was said;
    not its row, for a roster that is published anew has other rows.
    """

    kind: Attended
    at: datetime
    until: datetime | None = None
    duty: datetime | None = None
    way: ToldBy = ToldBy.COMMAND


@dataclass(frozen=True)
class Attendance:
    """What is true of one person and one duty at one instant."""

    confirmed: datetime | None = None  # since when
    checked_in: datetime | None = None  # since when
    checked_out: datetime | None = None  # since when: came, and has gone
    break_until: datetime | None = None
    cools_until: datetime | None = None


def attendance(facts: Iterable[Fact], at: datetime, span: Span | None = None) -> Attendance:
    """What `facts`, in order, say at `at` about the duty of this span, if there is one.

    What names its duty counts for that alone; else a check-in counts from EARLY before the duty
    begins, a check-out in it, and a confirmation for nothing. Breaks and cool-downs are of the
    person, whatever the duty.
    """
    known = [fact for fact in facts if fact.at <= at]
    mine = [fact for fact in known if span and _about(fact, span)]
    came = _last(mine, (Attended.CHECKED_IN, Attended.CHECKED_OUT))
    confirmed = _last(mine, (Attended.CONFIRMED,))
    return Attendance(
        confirmed=confirmed.at if confirmed else None,
        checked_in=came.at if came and _there(came, at) else None,
        checked_out=came.at if came and came.kind is Attended.CHECKED_OUT else None,
        break_until=_break_until(known, at),
        cools_until=_cools_until(known, at),
    )


def _about(fact: Fact, span: Span) -> bool:
    if fact.duty is not None:
        return fact.duty == span.start
    match fact.kind:
        case Attended.CHECKED_IN:
            return span.start - EARLY <= fact.at < span.end
        case Attended.CHECKED_OUT:
            return span.start <= fact.at < span.end
        case _:
            return False


def _last(facts: Iterable[Fact], kinds: tuple[Attended, ...]) -> Fact | None:
    return next((fact for fact in reversed(list(facts)) if fact.kind in kinds), None)


def _there(came: Fact, at: datetime) -> bool:
    return came.kind is Attended.CHECKED_IN and (came.until is None or at < came.until)


def _break_until(facts: Iterable[Fact], at: datetime) -> datetime | None:
    """A break ends by a word, by its time, and by checking in or out."""
    ends = (Attended.BREAK_ENDED, Attended.CHECKED_IN, Attended.CHECKED_OUT)
    last = _last(facts, (Attended.BREAK_BEGAN, *ends))
    if last is None or last.kind is not Attended.BREAK_BEGAN:
        return None
    until = last.until or last.at + BREAK_ENDS_AFTER
    return until if at < until else None


def _cools_until(facts: Iterable[Fact], at: datetime) -> datetime | None:
    ends = [fact.until for fact in facts if fact.kind is Attended.COOLS_DOWN and fact.until]
    until = max(ends, default=at)
    return until if at < until else None

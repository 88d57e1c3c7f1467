"""When is somebody asked about a duty, when is a stand-in looked for, and until when? Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import DeskName
from hotline.config.tables.handshake import Handshake, QuietHours
from hotline.duty import PersonId
from hotline.handshake.standing import Reach, Standing
from scheduling.problem import Span

WORTH_IT: Final = timedelta(minutes=30)  # for less nobody is fetched
PART_OF_THE_TIME: Final = 6  # of the time until the duty, somebody asked has a sixth for an answer


class Stage(StrEnum):
    """Which of the two times a duty is to be confirmed."""

    FIRST = "first"
    LAST = "last"


class Reason(StrEnum):
    """Why somebody else is looked for."""

    CANNOT_COME = "cannot-come"  # they said so
    UNCONFIRMED = "unconfirmed"
    MISSED = "missed"  # the duty runs, and they have not checked in
    OUT_OF_REACH = "out-of-reach"  # the duty runs, and their telephone is rung in vain
    ASKED_FOR = "asked-for"  # a coordinator wants somebody else
    EMPTY = "empty"  # nobody has the place


@dataclass(frozen=True)
class DutyKey:
    """One duty of one person."""

    person: PersonId
    desk: DeskName
    span: Span


def stage_due(start: datetime, shake: Handshake, at: datetime) -> Stage | None:
    """Which confirmation of a duty that starts at `start` should have been asked for by `at`."""
    if start <= at:
        return None
    if shake.last_hours and start - at <= timedelta(hours=shake.last_hours):
        return Stage.LAST
    if shake.first_hours and start - at <= timedelta(hours=shake.first_hours):
        return Stage.FIRST
    return None


def search_due(standing: Standing, shake: Handshake, at: datetime) -> Reason | None:
    """Why a stand-in is needed for a duty now; None: it is not, or not yet."""
    span = standing.span
    if span.end - at < WORTH_IT:
        return None
    if at < span.start:
        return _unconfirmed(standing, shake, at)
    if standing.demands_check_in and _has_not_come(standing, shake, at):
        return Reason.MISSED
    return Reason.OUT_OF_REACH if standing.reachable is Reach.NO else None


def _unconfirmed(standing: Standing, shake: Handshake, at: datetime) -> Reason | None:
    if not shake.last_hours or standing.confirmed or standing.checked_in:
        return None
    asked = standing.span.start - timedelta(hours=shake.last_hours)
    return Reason.UNCONFIRMED if at >= asked + timedelta(minutes=shake.answer_minutes) else None


def _has_not_come(standing: Standing, shake: Handshake, at: datetime) -> bool:
    came = standing.checked_in or standing.checked_out
    late = at - standing.span.start >= timedelta(minutes=shake.missed_minutes)
    return late and came is None


def still_needed(reason: Reason, standing: Standing | None, at: datetime) -> bool:
    """Whether the search goes on. standing: of the duty; None: it is that person's no more."""
    if standing is None or standing.span.end - at < WORTH_IT:
        return False
    match reason:
        case Reason.CANNOT_COME | Reason.ASKED_FOR:
            return True
        case Reason.UNCONFIRMED:
            return not (standing.confirmed or standing.checked_in)
        case Reason.MISSED:
            return standing.checked_in is None
        case _:
            return standing.reachable is Reach.NO


def deadline(start: datetime, shake: Handshake, at: datetime) -> datetime:
    """Until when somebody who is asked at `at` has for an answer: the nearer the duty, the less."""
    share = (start - at) / PART_OF_THE_TIME
    least, most = (
        timedelta(minutes=shake.shortest_minutes),
        timedelta(minutes=shake.longest_minutes),
    )
    return at + min(max(share, least), most)


def quiet_until(
    start: datetime, quiet: QuietHours | None, zone: ZoneInfo, at: datetime
) -> datetime | None:
    """Until when nobody is asked about a duty that starts at `start`; None: now is a good time."""
    if quiet is None or start - at <= timedelta(hours=quiet.beyond_hours):
        return None
    here = at.astimezone(zone)
    for days in (-1, 0):
        day = here.date() + timedelta(days=days)
        begins, ends = (datetime.combine(day, time, zone) for time in (quiet.start, quiet.end))
        if quiet.end <= quiet.start:
            ends = datetime.combine(day + timedelta(days=1), quiet.end, zone)
        if begins.astimezone(at.tzinfo) <= at < ends.astimezone(at.tzinfo):
            return ends.astimezone(at.tzinfo)
    return None


def next_to_ask(
    candidates: Iterable[PersonId], asked: Iterable[PersonId], busy: Iterable[PersonId]
) -> PersonId | None:
    """The first who was not asked in this search, and is not being asked in another."""
    never = {*asked, *busy}
    return next((person for person in candidates if person not in never), None)

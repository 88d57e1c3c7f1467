"""Who is in a conversation, where each of them is, and who answers for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import CallState, LegState, Part, Place
from hotline.calls.talk.room import TalkLeg
from hotline.config.settings import LineName
from hotline.duty import LegId, PersonId
from hotline.store.tables import LIVE_LEG, OPEN_CALL, TABLES

_CALL: Final = TABLES["call"]
_C: Final = _CALL.c
_LEG: Final = TABLES["leg"]
_L: Final = _LEG.c
_PRESENCE: Final = TABLES["presence"].c


def legs_of_talk(db: Session, call: CallId) -> tuple[TalkLeg, ...]:
    """Every live telephone of a call, the first planned first. One query."""
    live = select(_LEG).where(_L.call_id == call, LIVE_LEG).order_by(_L.id)
    return tuple(
        TalkLeg(
            LegId(row.id),
            PersonId(row.person_id),
            LegState(row.state),
            Part(row.part),
            Place(row.place),
            row.sid,
            row.seen,
        )
        for row in db.connection().execute(live)
    )


def move_leg(db: Session, leg: LegId, was: Iterable[Place], becomes: Place) -> bool:
    """True if this request moved somebody who accepted to another place."""
    here = (_L.id == leg) & (_L.state == LegState.ACCEPTED) & _L.place.in_(sorted(was))
    moved = update(_LEG).where(here).values(place=becomes).returning(_L.id)
    return db.connection().execute(moved).first() is not None


def change_part(db: Session, leg: LegId, part: Part) -> None:
    """What somebody is in the conversation for, from now on."""
    db.connection().execute(update(_LEG).where(_L.id == leg).values(part=part))


def stay_until(db: Session, leg: LegId, until: datetime, now: datetime) -> None:
    """Somebody who accepted has just asked us something, and is over by `until` by itself."""
    here = (_L.id == leg) & (_L.state == LegState.ACCEPTED)
    db.connection().execute(update(_LEG).where(here).values(until=until, seen=now))
    table = _PRESENCE.person_id.table
    db.connection().execute(update(table).where(_PRESENCE.leg_id == leg).values(until=until))


def take_over(db: Session, call: CallId, was: LegId, becomes: LegId) -> bool:
    """True if this request made another leg the one that answers for a conversation."""
    talking = _C.state.in_([CallState.TALKING, CallState.HELD])
    mine = update(_CALL).where(_C.id == call, _C.leg_id == was, talking).values(leg_id=becomes)
    if db.connection().execute(mine.returning(_C.id)).first() is None:
        return False
    db.connection().execute(update(_LEG).where(_L.id == becomes).values(place=Place.ROOM))
    return True


def left_lately(db: Session, call: CallId, since: datetime) -> bool:
    """Whether somebody else's leg of a conversation ended after `since`."""
    ended = (_L.call_id == call) & (_L.state == LegState.ENDED) & (_L.ended >= since)
    return db.connection().execute(select(_L.id).where(ended).limit(1)).first() is not None


def call_of_room(db: Session, token: str) -> CallId | None:
    """The call whose conversation is in the room of that name."""
    row = db.connection().execute(select(_C.id).where(_C.token == token)).first()
    return None if row is None else CallId(row.id)


def note_room(db: Session, token: str, room_sid: str) -> None:
    """The carrier's id of the room a call's conversation is in now."""
    db.connection().execute(update(_CALL).where(_C.token == token).values(room_sid=room_sid))


@dataclass(frozen=True)
class OpenTalk:
    """A conversation under way. Nothing about who the caller is."""

    call: CallId
    line: LineName
    since: datetime
    person: str  # by code
    name: str
    held: bool


def open_talks(db: Session) -> tuple[OpenTalk, ...]:
    """Every conversation there is now, the longest first. One query."""
    person = TABLES["person"]
    statement = (
        select(_C.id, _C.line, _C.joined, _C.state, person.c.code, person.c.name)
        .select_from(_CALL.join(_LEG, _L.id == _C.leg_id).join(person, person.c.id == _L.person_id))
        .where(OPEN_CALL, _C.state.in_([CallState.TALKING, CallState.HELD]), _C.joined.is_not(None))
        .order_by(_C.joined, _C.id)
    )
    return tuple(
        OpenTalk(
            CallId(row.id),
            LineName(row.line),
            row.joined,
            row.code,
            row.name,
            row.state == CallState.HELD,
        )
        for row in db.connection().execute(statement)
    )


@dataclass(frozen=True)
class LongTalk:
    """A conversation that has just lasted as long as a note of the time was asked for."""

    call: CallId
    line: LineName
    leg: LegId | None
    urgent: bool


def talks_lasting(db: Session, told: int, least: timedelta, now: datetime) -> tuple[LongTalk, ...]:
    """Conversations that have had `told` notes and last `least`: each for one claimer only."""
    talking = _C.state.in_([CallState.TALKING, CallState.HELD])
    mine = (
        update(_CALL)
        .where(OPEN_CALL, talking, _C.time_told == told, _C.joined <= now - least)
        .values(time_told=told + 1)
        .returning(_C.id, _C.line, _C.leg_id, _C.urgent)
    )
    return tuple(
        LongTalk(CallId(row.id), LineName(row.line), row.leg_id, row.urgent)
        for row in db.connection().execute(mine)
    )

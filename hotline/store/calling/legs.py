"""Legs to volunteers, and the one reservation that each person can have."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, insert, select, update

from hotline.calls.ringing.facts import CallId, LiveLeg
from hotline.calls.states import CallState, LegState, Part, Place
from hotline.config.settings import DeskName, LineName
from hotline.duty import LegId, PersonId
from hotline.store.dialects import insert_any
from hotline.store.sessions import Session
from hotline.store.tables import LIVE_LEG, TABLES

_CALL: Final = TABLES["call"].c
_LEG: Final = TABLES["leg"]
_L: Final = _LEG.c
_PRESENCE: Final = TABLES["presence"]
_N: Final = _PRESENCE.c


@dataclass(frozen=True)
class NewLeg:
    """A telephone to ring. until: over by then, whether or not anybody tells us."""

    token: str
    call: CallId
    person: PersonId
    desk: DeskName
    by_dial: bool
    until: datetime
    part: Part = Part.ANSWER
    place: Place = Place.ROOM


@dataclass(frozen=True)
class StoredLeg:
    """What the use cases need to know of a leg."""

    id: LegId
    token: str
    call: CallId
    line: LineName
    person: PersonId
    desk: DeskName
    state: LegState
    by_dial: bool
    sid: str | None
    part: Part
    place: Place


def plan_legs(db: Session, legs: Sequence[NewLeg], now: datetime) -> Mapping[LegId, NewLeg]:
    """Reserve the people of `legs` and record those legs whose person was free. Five statements.

    Whoever was taken meanwhile by another request is left out, and so is their leg.
    """
    taken = _in_other_hands(db, [leg.person for leg in legs])
    legs = sorted((leg for leg in legs if leg.person not in taken), key=lambda leg: leg.person)
    if not legs:
        return {}
    ids = _insert_legs(db, legs, now)
    won = _reserve(db, legs, ids, now)
    lost = [ids[leg.token] for leg in legs if leg.person not in won]
    if lost:
        db.connection().execute(_LEG.delete().where(_L.id.in_(lost)))
    return {ids[leg.token]: leg for leg in legs if leg.person in won}


def _in_other_hands(db: Session, people: Sequence[PersonId]) -> frozenset[PersonId]:
    """Whom another transaction is freeing or taking: who waited for it would hold up every planner.

    The other may itself wait for the pace, which a planner holds: they would wait for each other.
    """
    if not people or db.get_bind().dialect.name == "sqlite":
        return frozenset()  # there one writes at a time
    known = select(_N.person_id).where(_N.person_id.in_(people))
    found = {row.person_id for row in db.connection().execute(known)}
    mine = known.with_for_update(skip_locked=True)
    return frozenset(
        PersonId(each) for each in found - {row.person_id for row in db.connection().execute(mine)}
    )


def _insert_legs(db: Session, legs: Sequence[NewLeg], now: datetime) -> Mapping[str, LegId]:
    rows = [
        {
            "token": leg.token,
            "call_id": leg.call,
            "person_id": leg.person,
            "desk": leg.desk,
            "part": leg.part,
            "place": leg.place,
            "by_dial": leg.by_dial,
            "state": LegState.PLANNED,
            "planned": now,
            "until": leg.until,
        }
        for leg in legs
    ]
    found = db.connection().execute(_NEW_LEGS, rows)  # one statement, built once for any number
    return {row.token: LegId(row.id) for row in found}


_NEW_LEGS: Final = insert(_LEG).returning(_L.id, _L.token)


def _reserve(
    db: Session, legs: Sequence[NewLeg], ids: Mapping[str, LegId], now: datetime
) -> frozenset[PersonId]:
    rows = [
        {
            "person_id": leg.person,
            "leg_id": ids[leg.token],
            "until": leg.until,
            "talking": False,
            "free_at": now,
            "talk_seconds": 0,
            "missed": 0,
        }
        for leg in legs
    ]
    new = insert_any(db, _PRESENCE)
    mine = new.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"leg_id": new.excluded.leg_id, "until": new.excluded.until, "talking": False},
        where=(_N.leg_id.is_(None) | (_N.until <= now)) & (_N.free_at <= now),
    ).returning(_N.person_id)
    return frozenset(PersonId(row.person_id) for row in db.connection().execute(mine, rows))


def leg_of_token(db: Session, token: str) -> StoredLeg | None:
    """The leg of a web address."""
    return _one(db, _L.token == token)


def hold_call_of_leg(db: Session, token: str) -> None:
    """Keep the call still that a leg belongs to: requests take the call first, then its legs."""
    whose = select(_L.call_id).where(_L.token == token).scalar_subquery()
    held = select(_CALL.id).where(_CALL.id == whose).with_for_update(key_share=True)
    db.connection().execute(held)


def leg_of_id(db: Session, leg: LegId) -> StoredLeg | None:
    """The leg of our own id."""
    return _one(db, _L.id == leg)


def _one(db: Session, which: Any) -> StoredLeg | None:
    statement = select(_LEG, _CALL.line).join(_CALL.id.table, _CALL.id == _L.call_id)
    row = db.connection().execute(statement.where(which)).first()
    return None if row is None else _stored(row)


def _stored(row: Row[Any]) -> StoredLeg:
    return StoredLeg(
        id=LegId(row.id),
        token=row.token,
        call=CallId(row.call_id),
        line=LineName(row.line),
        person=PersonId(row.person_id),
        desk=DeskName(row.desk),
        state=LegState(row.state),
        by_dial=row.by_dial,
        sid=row.sid,
        part=Part(row.part),
        place=Place(row.place),
    )


def live_legs(db: Session) -> tuple[LiveLeg, ...]:
    """Every telephone that rings to take a call, or talks, for us now."""
    columns = (_L.id, _L.call_id, _L.person_id, _L.state, _L.by_dial, _CALL.state.label("at"))
    statement = select(*columns).join(_CALL.id.table, _CALL.id == _L.call_id)
    statement = statement.where(LIVE_LEG, _L.part == Part.ANSWER)
    return tuple(
        LiveLeg(
            LegId(row.id),
            CallId(row.call_id),
            PersonId(row.person_id),
            LegState(row.state),
            row.by_dial,
            row.at == CallState.OFFERED,
        )
        for row in db.connection().execute(statement)
    )


def advance_leg(
    db: Session,
    leg: LegId,
    was: Iterable[LegState],
    becomes: LegState,
    until: datetime,
    sid: str | None = None,
) -> bool:
    """True if this request moved the leg on; its person stays reserved until `until`."""
    values: dict[str, object] = {"state": becomes, "until": until}
    if sid is not None:
        values["sid"] = sid
    statement = update(_LEG).where(_L.id == leg, _L.state.in_(sorted(was))).values(values)
    if db.connection().execute(statement.returning(_L.id)).first() is None:
        return False
    kept: dict[str, object] = {"until": until}
    if becomes is LegState.ACCEPTED:
        kept |= {"talking": True, "missed": 0, "refused": False}
    db.connection().execute(update(_PRESENCE).where(_N.leg_id == leg).values(kept))
    return True


def note_leg_sid(db: Session, leg: LegId, sid: str) -> None:
    """Remember the carrier's id of a leg, whatever its state."""
    db.connection().execute(update(_LEG).where(_L.id == leg, _L.sid.is_(None)).values(sid=sid))


def states_of(db: Session, call: CallId) -> frozenset[LegState]:
    """How the telephones stand that ring or talk for `call`."""
    live = select(_L.state).where(_L.call_id == call, LIVE_LEG)
    return frozenset(LegState(row.state) for row in db.connection().execute(live))

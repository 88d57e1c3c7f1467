"""Who is promised when: the rota for telephone and pages, and what earlier rosters say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import CursorResult, Row, Select, and_, bindparam, select
from sqlmodel import Session, SQLModel

from hotline.config.settings import DeskName, Language
from hotline.duty import Away, Duty, LegId, PersonId, Presence, Rota, Volunteer
from hotline.rosters.states import RosterState
from hotline.store.tables import (
    AbsenceRow,
    AssignmentRow,
    CertificateRow,
    PersonRow,
    PresenceRow,
    RosterRow,
)
from scheduling.problem import ShiftKind, Span, Standing

LONGEST_SHIFT = timedelta(days=3)  # 48 h and a clock change; lets the index skip all history


@dataclass(frozen=True)
class Promise:
    """An assignment of a roster that is not archived. `person` is the code, as in the CSV."""

    person: str
    name: str
    roster: int
    desk: DeskName
    week: str
    state: RosterState
    shift: str
    kind: ShiftKind
    span: Span
    pinned: bool


def rota_between(db: Session, span: Span) -> Rota:
    """All active volunteers, published duties and absences that meet `span`. Four queries."""
    people = db.connection().execute(_PEOPLE).all()
    training = db.connection().execute(_TRAINING)
    duties = db.connection().execute(_DUTIES, _within(span))
    away = db.connection().execute(_AWAY, {"start": span.start, "end": span.end}).all()
    return Rota(
        _volunteers(people, training),
        tuple(_duty(row) for row in duties),
        tuple(_away_of(row) for row in away),
    )


def rota_at(db: Session, at: datetime) -> Rota:
    """Only the volunteers with a published duty at `at`, those duties, absences. Two queries."""
    now = {"at": at, "since": at - LONGEST_SHIFT}
    seats = db.connection().execute(_SEATS, now).all()
    training = db.connection().execute(_TRAINING_AT, now)
    away = tuple(_away_of(row) for row in seats if row.away_from is not None)
    return Rota(_volunteers(seats, training), tuple(_duty(row) for row in seats), away)


def promises(db: Session, span: Span) -> tuple[Promise, ...]:
    """What drafts and published rosters hold that meets `span`, in order of start. One query."""
    return tuple(_promise(row) for row in db.connection().execute(_PROMISES, _within(span)))


def _within(span: Span) -> dict[str, datetime]:
    return {"start": span.start, "end": span.end, "since": span.start - LONGEST_SHIFT}


def _volunteers(people: Iterable[Row[Any]], training: CursorResult[Any]) -> tuple[Volunteer, ...]:
    held: dict[int, dict[str, datetime]] = {}
    for row in training:
        held.setdefault(row.person_id, {})[row.name] = row.until
    once = {row.person_id: row for row in people}
    return tuple(_volunteer(row, held.get(row.person_id, {})) for row in once.values())


def _volunteer(row: Row[Any], certificates: Mapping[str, datetime]) -> Volunteer:
    return Volunteer(
        id=PersonId(row.person_id),
        code=row.code,
        name=row.name,
        address=row.address,
        languages=frozenset(Language(word) for word in row.languages.split()),
        desks=frozenset(DeskName(word) for word in row.desks.split()),
        certificates=certificates,
        presence=_presence(row),
        trainee=row.standing == Standing.TRAINEE,
    )


def _presence(row: Row[Any]) -> Presence:
    if row.free_at is None:
        return Presence()
    return Presence(
        leg=None if row.leg_id is None else LegId(row.leg_id),
        until=row.until,
        talking=row.talking,
        free_at=row.free_at,
        last_ended=row.last_ended,
        talk_seconds=row.talk_seconds,
        missed=row.missed,
    )


def _duty(row: Row[Any]) -> Duty:
    standby = row.kind == ShiftKind.STANDBY
    return Duty(PersonId(row.person_id), DeskName(row.desk), Span(row.starts, row.ends), standby)


def _away_of(row: Any) -> Away:
    return Away(PersonId(row.person_id), Span(row.away_from, row.away_until))


def _promise(row: Row[Any]) -> Promise:
    return Promise(
        person=row.code,
        name=row.name,
        roster=row.roster_id,
        desk=DeskName(row.desk),
        week=row.week,
        state=RosterState(row.state),
        shift=row.shift,
        kind=ShiftKind(row.kind),
        span=Span(row.starts, row.ends),
        pinned=row.pinned,
    )


# The statements are built once: the telephone asks them at every visit of every caller.
_TABLES: Final = SQLModel.metadata.tables
_P: Final = _TABLES[str(PersonRow.__tablename__)].c
_C: Final = _TABLES[str(CertificateRow.__tablename__)].c
_N: Final = _TABLES[str(PresenceRow.__tablename__)].c
_V: Final = _TABLES[str(AbsenceRow.__tablename__)].c
_R: Final = _TABLES[str(RosterRow.__tablename__)].c
_A: Final = _TABLES[str(AssignmentRow.__tablename__)].c
_PERSON: Final = (
    _P.id.label("person_id"),
    *(_P.code, _P.name, _P.address, _P.languages, _P.desks, _P.standing),
    *(_N.leg_id, _N.until, _N.talking, _N.free_at, _N.last_ended, _N.talk_seconds, _N.missed),
)
_SPAN: Final = (_R.desk, _A.starts, _A.ends)
_ABSENT: Final = (_V.starts.label("away_from"), _V.ends.label("away_until"))
_PUBLISHED: Final = _R.state == RosterState.PUBLISHED.value
_RECENT: Final = _A.starts > bindparam("since", type_=_A.starts.type)
_MEETS: Final = (
    _RECENT,
    _A.starts < bindparam("end", type_=_A.starts.type),
    _A.ends > bindparam("start", type_=_A.starts.type),
)
_NOW: Final = (
    _RECENT,
    _A.starts <= bindparam("at", type_=_A.starts.type),
    _A.ends > bindparam("at", type_=_A.starts.type),
)
_ASSIGNED: Final = _A.starts.table.join(_R.id.table, _R.id == _A.roster_id)
_BY_START: Final = (_A.starts, _P.code, _A.id)


def _of_active(*columns: Any) -> Select[Any]:
    source = _ASSIGNED.join(_P.id.table, _P.id == _A.person_id)
    return select(*columns).select_from(source).where(_P.active).order_by(*_BY_START)


_PEOPLE: Final[Select[Any]] = (
    select(*_PERSON)
    .select_from(_P.id.table.outerjoin(_N.person_id.table, _N.person_id == _P.id))
    .where(_P.active)
    .order_by(_P.code)
)
_TRAINING: Final = select(_C.person_id, _C.name, _C.until)
_DUTIES: Final = _of_active(_P.id.label("person_id"), *_SPAN, _A.kind).where(_PUBLISHED, *_MEETS)
_AWAY: Final = select(_V.person_id, *_ABSENT).where(
    _V.starts < bindparam("end", type_=_V.starts.type),
    _V.ends > bindparam("start", type_=_V.starts.type),
)
_AWAY_NOW: Final = and_(
    _V.person_id == _P.id,
    _V.starts <= bindparam("at", type_=_A.starts.type),
    _V.ends > bindparam("at", type_=_A.starts.type),
)
_SEATS: Final = (
    _of_active(*_PERSON, *_SPAN, _A.kind, *_ABSENT)
    .outerjoin(_N.person_id.table, _N.person_id == _P.id)
    .outerjoin(_V.person_id.table, _AWAY_NOW)
    .where(_PUBLISHED, *_NOW)
)
_TRAINING_AT: Final = _TRAINING.where(
    _C.person_id.in_(select(_A.person_id).select_from(_ASSIGNED).where(_PUBLISHED, *_NOW))
)
_PROMISES: Final = _of_active(
    *(_P.code, _P.name, _A.roster_id, *_SPAN, _R.week, _R.state, _A.shift, _A.kind, _A.pinned)
).where(_R.state != RosterState.ARCHIVED.value, *_MEETS)

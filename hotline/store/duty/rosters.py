"""Who is promised when: the rota for telephone and pages, with overrides worked in."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Integer,
    Row,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    cast,
    exists,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlmodel import SQLModel

from hotline.config.settings import DeskName
from hotline.duty import (
    Away,
    Rota,
    Volunteer,
    corrected,
)
from hotline.rosters.states import RosterState
from hotline.store.calling.lines import changes_at, changes_between
from hotline.store.duty.rota_kept import LONGEST_SHIFT, kept_rota, rota_kept_on_paper
from hotline.store.duty.rota_rows import away_of, duty_in, overrides_in
from hotline.store.people.volunteers import volunteers_of
from hotline.store.prepared import Prepared, asked
from hotline.store.sessions import Session
from hotline.store.tables import (
    AbsenceRow,
    AssignmentRow,
    CertificateRow,
    OverrideRow,
    PersonRow,
    PresenceRow,
    RosterRow,
)
from scheduling.problem import Span


def rota_between(db: Session, span: Span) -> Rota:
    """All active volunteers, published duties and absences that meet `span`. Five queries."""
    return _rota_between(db, span, _PEOPLE, _DUTIES)


def rota_worked(db: Session, span: Span) -> Rota:
    """The same as it was then: with those who have left since. Five queries."""
    return _rota_between(db, span, _EVERYBODY, _WORKED)


def _rota_between(db: Session, span: Span, who: Select[Any], duties: Select[Any]) -> Rota:
    people = db.connection().execute(who).all()
    told = db.connection().execute(_TOLD, _within(span)).all()
    seats = db.connection().execute(duties, _within(span)).all()
    away = db.connection().execute(_AWAY, {"start": span.start, "end": span.end}).all()
    rota = _rota(volunteers_of(people, told), seats, (away_of(row) for row in away))
    return replace(rota, changes=changes_between(db, span))


def rota_of_desks(db: Session, span: Span, desks: Collection[DeskName]) -> Rota:
    """The same of some desks and those to which lines are diverted meanwhile. Five queries."""
    changes = changes_between(db, span)
    asked = {*desks, *(desk for each in changes for desk in each.desks)}
    seats = db.connection().execute(_DUTIES_OF, {**_within(span), "desks": sorted(asked)}).all()
    mine = {"people": sorted({row.person_id for row in seats})}
    people = db.connection().execute(_PEOPLE_OF, mine).all()
    told = db.connection().execute(_TOLD_OF, {**_within(span), **mine}).all()
    away = db.connection().execute(_AWAY, {"start": span.start, "end": span.end}).all()
    rota = _rota(volunteers_of(people, told), seats, (away_of(row) for row in away))
    return replace(rota, changes=changes)


def rota_at(db: Session, at: datetime, leads: Sequence[str] = ()) -> Rota:
    """Only the volunteers with a published duty at `at`, those duties, absences.

    One query while nothing has changed; five to read it anew.
    leads: codes of the site's duty-lead people; one query more, if there are any.
    """
    rota = kept_rota(db, at, _rota_read)
    return replace(rota, leads=lead_people(db, at, leads)) if leads else rota


def rota_on_paper(db: Session, at: datetime) -> Rota:
    """The same as if no telephone ever rang.

    No query, where a greeting or a visit began the transaction and nothing has changed.
    """
    return rota_kept_on_paper(db, at, _rota_read)


def _rota_read(db: Session, at: datetime) -> Rota:
    since = at - LONGEST_SHIFT
    seats = _SEATS.all(db, at=at, since=since)
    told = _TOLD_AT.all(db, at=at, since=since)
    away = (away_of(row) for row in seats if row.away_from is not None)
    rota = _rota(volunteers_of(seats, told), seats, away)
    return replace(rota, changes=changes_at(db, at))


def lead_people(db: Session, at: datetime, codes: Sequence[str]) -> tuple[Volunteer, ...]:
    """The people of these codes, in this order, without who is absent at `at`. One query."""
    if not codes:
        return ()
    asked = _PEOPLE.where(_P.code.in_(codes), ~exists().where(_AWAY_NOW))
    people = {row.code: row for row in db.connection().execute(asked, {"at": at})}
    return volunteers_of((people[code] for code in codes if code in people), ())


def _rota(
    volunteers: tuple[Volunteer, ...], seats: Sequence[Row[Any]], away: Iterable[Away]
) -> Rota:
    published = [duty_in(row) for row in seats if row.override is None]
    overrides = overrides_in(row for row in seats if row.override is not None)
    return Rota(volunteers, corrected(published, overrides), tuple(away), overrides)


def everybody(db: Session, since: datetime) -> tuple[Volunteer, ...]:
    """All who ever volunteered, as they are now; what they told from `since` on. Two queries."""
    people = db.connection().execute(_EVERYBODY).all()
    return volunteers_of(people, db.connection().execute(_TOLD, {"since": since}).all())


def _within(span: Span) -> dict[str, datetime]:
    return {"start": span.start, "end": span.end, "since": span.start - LONGEST_SHIFT}


# The statements are built once: the telephone asks them at every visit of every caller.
_TABLES: Final = SQLModel.metadata.tables
_P: Final = _TABLES[str(PersonRow.__tablename__)].c
_C: Final = _TABLES[str(CertificateRow.__tablename__)].c
_N: Final = _TABLES[str(PresenceRow.__tablename__)].c
_V: Final = _TABLES[str(AbsenceRow.__tablename__)].c
_R: Final = _TABLES[str(RosterRow.__tablename__)].c
_A: Final = _TABLES[str(AssignmentRow.__tablename__)].c
_O: Final = _TABLES[str(OverrideRow.__tablename__)].c
_F: Final = _TABLES["attendance"].c
_PERSON: Final = (
    _P.id.label("person_id"),
    *(_P.code, _P.name, _P.address, _P.languages, _P.desks, _P.standing, _P.gender, _P.dialects),
    *(_N.leg_id, _N.until, _N.talking, _N.free_at, _N.last_ended, _N.talk_seconds, _N.missed),
    *(_N.missed_at, _N.refused),
)
_ABSENT: Final = (_V.starts.label("away_from"), _V.ends.label("away_until"))
_SINCE: Final = asked(_A.starts, "since")
_START: Final = asked(_A.starts, "start")
_END: Final = asked(_A.starts, "end")
_AT: Final = asked(_A.starts, "at")
_ASSIGNED: Final = _A.starts.table.join(_R.id.table, _R.id == _A.roster_id)


def _meets(row: Any) -> Any:
    return and_(row.starts > _SINCE, row.starts < _END, row.ends > _START)


def _runs(row: Any) -> Any:
    return and_(row.starts > _SINCE, row.starts <= _AT, row.ends > _AT)


def _seats(when: Callable[[Any], Any]) -> Subquery:
    """A row for each published assignment, and for each half of each override that holds."""
    assigned = (
        select(
            *(_A.person_id, _R.desk, _A.starts, _A.ends, _A.kind, _A.id.label("place")),
            *(cast(null(), Integer).label("override"), cast(null(), String).label("way")),
            literal(False).label("comes"),
        )
        .select_from(_ASSIGNED)
        .where(_R.state == RosterState.PUBLISHED.value, when(_A))
    )
    return union_all(assigned, _half(when, comes=True), _half(when, comes=False)).subquery("seat")


def _half(when: Callable[[Any], Any], *, comes: bool) -> Select[Any]:
    who = _O.comes_id if comes else _O.replaces_id
    return select(
        *(who, _O.desk, _O.starts, _O.ends, _O.kind, _O.id, _O.id, _O.way, literal(comes)),
    ).where(who.is_not(None), _O.undone_at.is_(None), when(_O))


def _of_active(seats: Subquery, *columns: Any) -> Select[Any]:
    return _of_all(seats, *columns).where(_P.active)


def _of_all(seats: Subquery, *columns: Any) -> Select[Any]:
    seat = seats.c
    told = (seat.desk, seat.starts, seat.ends, seat.kind, seat.override, seat.way, seat.comes)
    return (
        select(*columns, *told)
        .select_from(seats.join(_P.id.table, _P.id == seat.person_id))
        .order_by(seat.starts, _P.code, seat.place)
    )


_EVERYBODY: Final[Select[Any]] = (
    select(*_PERSON)
    .select_from(_P.id.table.outerjoin(_N.person_id.table, _N.person_id == _P.id))
    .order_by(_P.code)
)
_PEOPLE: Final = _EVERYBODY.where(_P.active)
# Certificates, which nobody told us by any way, and what was told of attendance, in one query.
_TRAINING: Final = select(
    *(_C.person_id, _C.name, _C.until),
    *(type_coerce(null(), column.type).label(column.name) for column in (_F.at, _F.duty, _F.way)),
    literal(0).label("place"),
)
_ALL_FACTS: Final = select(
    *(_F.person_id, _F.kind, _F.until, _F.at, _F.duty, _F.way, _F.id),
)
_FACTS: Final = _ALL_FACTS.where(_F.at > _SINCE)
_EARLY: Final = _ALL_FACTS.where((_F.at > _SINCE) | (_F.duty > _SINCE))  # confirmed long before
_TOLD: Final = _TRAINING.union_all(_EARLY).order_by("at", "place")
_DUTIES: Final = _of_active(_seats(_meets), _P.id.label("person_id"))
_SOMEBODY: Final[Any] = bindparam("people", expanding=True)
_PEOPLE_OF: Final = _PEOPLE.where(_P.id.in_(_SOMEBODY))
_FACTS_OF: Final = _EARLY.where(_F.person_id.in_(_SOMEBODY))
_TOLD_OF: Final = (
    _TRAINING.where(_C.person_id.in_(_SOMEBODY)).union_all(_FACTS_OF).order_by("at", "place")
)
_MET: Final = _seats(_meets)
_THEN: Final = _P.active | (_MET.c.starts < _P.left_at)
_WORKED: Final = _of_all(_MET, _P.id.label("person_id")).where(_THEN)
_DUTIES_OF: Final = _of_active(_MET, _P.id.label("person_id")).where(
    _MET.c.desk.in_(bindparam("desks", expanding=True))
)
_COUNTS: Final = _V.dropped_at.is_(None)
_AWAY: Final = select(_V.person_id, *_ABSENT).where(_COUNTS, _V.starts < _END, _V.ends > _START)
_AWAY_NOW: Final = and_(_V.person_id == _P.id, _COUNTS, _V.starts <= _AT, _V.ends > _AT)
_SEATS: Final = Prepared(
    _of_active(_seats(_runs), *_PERSON, *_ABSENT)
    .outerjoin(_N.person_id.table, _N.person_id == _P.id)
    .outerjoin(_V.person_id.table, _AWAY_NOW)
)
_SEATED_NOW: Final = select(_seats(_runs).c.person_id)
_TOLD_AT: Final = Prepared(
    _TRAINING.where(_C.person_id.in_(_SEATED_NOW))
    .union_all(_FACTS.where(_F.person_id.in_(_SEATED_NOW)))
    .order_by("at", "place")
)

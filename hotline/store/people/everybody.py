"""Who volunteers: everybody with their certificates, and how they are saved."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from hotline.config.settings import DeskName, Language
from hotline.duty import Gender, PersonId
from hotline.errors import HotlineError
from hotline.notices.ways import NO_WAY, ways_kept
from hotline.people.agreement import agreement_written
from hotline.people.person import Listed, Role, StoredPerson
from hotline.store.tables import CertificateRow, PersonRow
from hotline.written.availability import grid_written
from scheduling.problem import Standing


class AddressTakenError(HotlineError):
    """Somebody else who volunteers has that telephone address."""


_PERSON: Final = SQLModel.metadata.tables[str(PersonRow.__tablename__)]
_CERTIFICATE: Final = SQLModel.metadata.tables[str(CertificateRow.__tablename__)]


def all_people(db: Session) -> tuple[StoredPerson, ...]:
    """Everybody, in order of code. Two queries."""
    rows = db.connection().execute(select(_PERSON).order_by(_PERSON.c.code)).all()
    held: dict[int, list[Row[Any]]] = {}
    for row in db.connection().execute(select(_CERTIFICATE).order_by(_CERTIFICATE.c.name)):
        held.setdefault(row.person_id, []).append(row)
    return tuple(_stored(row, held.get(row.id, ())) for row in rows)


def active_people(db: Session) -> tuple[StoredPerson, ...]:
    """Everybody who still volunteers, in order of code. Two queries."""
    return tuple(person for person in all_people(db) if person.active)


def hold_person(db: Session, code: str) -> StoredPerson | None:
    """Somebody by code, kept still until this transaction ends: changes come one by one."""
    held = select(_PERSON).where(_PERSON.c.code == code).with_for_update()
    row = db.connection().execute(held).first()
    return None if row is None else with_training(db, [row])[0]


def hold_people(db: Session, codes: Collection[str]) -> None:
    """Keep some people still until this transaction ends, whoever of them there is."""
    held = select(_PERSON.c.id).where(_PERSON.c.code.in_(sorted(codes))).order_by(_PERSON.c.id)
    db.connection().execute(held.with_for_update())


def person_of(db: Session, code: str) -> StoredPerson | None:
    """Somebody by code. Two queries."""
    row = db.connection().execute(select(_PERSON).where(_PERSON.c.code == code)).first()
    return None if row is None else with_training(db, [row])[0]


def people_coded(db: Session, codes: Collection[str]) -> list[StoredPerson]:
    """Some people, by code. Two queries."""
    found = select(_PERSON).where(_PERSON.c.code.in_(sorted(codes))).order_by(_PERSON.c.code)
    return with_training(db, db.connection().execute(found).all())


def person_numbered(db: Session, person: PersonId) -> StoredPerson | None:
    """Somebody by number. Two queries."""
    row = db.connection().execute(select(_PERSON).where(_PERSON.c.id == person)).first()
    return None if row is None else with_training(db, [row])[0]


def set_active(db: Session, person: PersonId, now: datetime, *, active: bool) -> bool:
    """True if it was this that let somebody go, or come back. Raises AddressTakenError."""
    other = (_PERSON.c.id == person, _PERSON.c.active.is_(not active))
    became = {"active": active, "left_at": None if active else now}
    moved = update(_PERSON).where(*other).values(**became).returning(_PERSON.c.id)
    try:
        return db.connection().execute(moved).first() is not None
    except IntegrityError as error:
        raise AddressTakenError("Somebody has their address by now.") from error


def people_of_one_address(db: Session) -> list[tuple[StoredPerson, StoredPerson]]:
    """Who has an address beside somebody else, and who had it first. One query, if nobody."""
    mine, first = _PERSON.alias(), _PERSON.alias()
    both = (mine.c.address == first.c.address, mine.c.id != first.c.id)
    lasting = (mine.c.active, mine.c.shares_address, first.c.active, ~first.c.shares_address)
    asked = select(mine.c.id.label("mine"), first.c.id.label("first")).where(*both, *lasting)
    pairs = db.connection().execute(asked.order_by(mine.c.code)).all()
    if not pairs:
        return []
    numbers = [number for pair in pairs for number in pair]
    found = select(_PERSON).where(_PERSON.c.id.in_(numbers))
    people = {p.id: p for p in with_training(db, db.connection().execute(found).all())}
    return [(people[row.mine], people[row.first]) for row in pairs]


def names_by_code(db: Session) -> Mapping[str, str]:
    """What everybody is called, by code. One query."""
    found = select(_PERSON.c.code, _PERSON.c.name).order_by(_PERSON.c.code)
    return {row.code: row.name for row in db.connection().execute(found)}


def person_coded(db: Session, code: str) -> PersonId | None:
    """Who has that code."""
    found = select(_PERSON.c.id).where(_PERSON.c.code == code)
    row = db.connection().execute(found).first()
    return None if row is None else PersonId(row.id)


def code_of(db: Session, person: PersonId) -> str:
    """The code of somebody who is known. One query."""
    code: str = (
        db.connection().execute(select(_PERSON.c.code).where(_PERSON.c.id == person)).scalar_one()
    )
    return code


def save_people(db: Session, people: Sequence[Listed], zone: ZoneInfo) -> None:
    """Insert or change people by their code; the certificates listed are all they hold.

    zone: the site's, in which a certificate's last day ends. Raises AddressTakenError.
    """
    if not people:
        return
    try:
        _save_rows(db, people)
    except IntegrityError as error:
        raise AddressTakenError("Somebody got one of these addresses at this moment.") from error
    _save_certificates(db, people, zone)


def _save_rows(db: Session, people: Sequence[Listed]) -> None:
    ids = _ids(db, people)
    own = {"shares_address": False}
    changed = [{**_columns(p), **own, "_id": ids[p.code]} for p in people if p.code in ids]
    added = [{**_columns(p), **own, "active": True} for p in people if p.code not in ids]
    if changed:
        theirs = update(_PERSON).where(_PERSON.c.id.in_(ids.values()))
        db.connection().execute(theirs.values(shares_address=True))  # two may exchange theirs
        mine = update(_PERSON).where(_PERSON.c.id == bindparam("_id"))
        db.connection().execute(mine, changed)  # sets what stands in each of `changed`
    if added:
        db.connection().execute(insert(_PERSON), added)


def _save_certificates(db: Session, people: Sequence[Listed], zone: ZoneInfo) -> None:
    ids = _ids(db, people)
    theirs = delete(_CERTIFICATE).where(_CERTIFICATE.c.person_id.in_(ids.values()))
    db.connection().execute(theirs)
    rows = [
        {
            "person_id": ids[person.code],
            "name": name,
            "last_day": day,
            "until": end_of(day, zone),
        }
        for person in people
        for name, day in person.last_days.items()
    ]
    if rows:
        db.connection().execute(insert(_CERTIFICATE), rows)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the next day on the site's clocks, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def with_training(db: Session, rows: Sequence[Row[Any]]) -> list[StoredPerson]:
    """One query for what they all hold."""
    theirs = _CERTIFICATE.c.person_id.in_([row.id for row in rows])
    held: dict[int, list[Row[Any]]] = {}
    for row in db.connection().execute(
        select(_CERTIFICATE).where(theirs).order_by(_CERTIFICATE.c.name)
    ):
        held.setdefault(row.person_id, []).append(row)
    return [_stored(row, held.get(row.id, ())) for row in rows]


def _ids(db: Session, people: Iterable[Listed]) -> dict[str, int]:
    codes = [person.code for person in people]
    found = select(_PERSON.c.code, _PERSON.c.id).where(_PERSON.c.code.in_(codes))
    return {row.code: row.id for row in db.connection().execute(found)}


def _columns(person: Listed) -> Mapping[str, object]:
    return {
        "code": person.code,
        "name": person.name,
        "address": person.address,
        "languages": " ".join(sorted(person.languages)),
        "desks": " ".join(sorted(person.desks)),
        "availability": person.availability.text,
        "preferred": person.preferred.text,
        "unwanted": person.unwanted.text,
        "supervised_turns": person.supervised_turns,
        "shifts_a_week": person.shifts_a_week,
        "hours_a_week": person.hours_a_week,
        "nights_a_week": person.nights_a_week,
        "nights_running": person.nights_running,
        "standing": person.standing.value,
        "agreement": person.agreement.text,
        "role": person.role.value,
        "notices": " ".join(person.notices) or NO_WAY,
        "gender": person.gender or "",
        "dialects": " ".join(sorted(person.dialects)),
    }


def _stored(row: Row[Any], training: Sequence[Row[Any]]) -> StoredPerson:
    return StoredPerson(
        id=PersonId(row.id),
        code=row.code,
        name=row.name,
        address=row.address,
        languages=frozenset(Language(word) for word in row.languages.split()),
        desks=frozenset(DeskName(word) for word in row.desks.split()),
        availability=grid_written(row.availability),
        preferred=grid_written(row.preferred),
        unwanted=grid_written(row.unwanted),
        shifts_a_week=row.shifts_a_week,
        hours_a_week=row.hours_a_week,
        nights_a_week=row.nights_a_week,
        nights_running=row.nights_running,
        supervised_turns=row.supervised_turns,
        last_days={held.name: held.last_day for held in training},
        certificates={held.name: held.until for held in training},
        active=row.active,
        standing=Standing(row.standing),
        agreement=agreement_written(row.agreement),
        role=Role(row.role),
        notices=ways_kept(row.notices),
        gender=Gender(row.gender) if row.gender else None,
        dialects=frozenset(row.dialects.split()),
    )

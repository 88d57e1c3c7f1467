"""Use cases of one person: added, changed by one of several people, let go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.people.differing import Change, Clash, cells_of, changes, clashes, merged
from hotline.people.faults import Fault, FaultKind, PeopleError
from hotline.people.importing import import_people
from hotline.people.person import Listed, PeopleFile, StoredPerson
from hotline.people.reading import fields_read, person_read
from hotline.store import Session
from hotline.store.people.everybody import hold_person


class NobodyError(HotlineError):
    """There is nobody with that code."""


class ChangedMeanwhileError(HotlineError):
    """Somebody else was faster. clashes: what they changed; merged: with that, what to show."""

    def __init__(self, found: tuple[Clash, ...], shown: Mapping[str, str]) -> None:
        super().__init__("Somebody else has changed that meanwhile.")
        self.clashes = found
        self.merged = shown


@dataclass(frozen=True)
class Edit:
    """What somebody wants of some columns: as they found them, and as they left them."""

    code: str
    was: Mapping[str, str]
    mine: Mapping[str, str]


def add(db: Session, settings: Settings, cells: Mapping[str, str]) -> Listed:
    """Keep somebody new. Raises PeopleError, also where the code is taken."""
    person = person_read(cells, settings)
    if hold_person(db, person.code) is not None:
        said = f"code {person.code!r} is somebody's already."
        raise PeopleError([Fault(FaultKind.TAKEN, said, 0, "code", person.code)])
    _keep(db, settings, person)
    return person


def edit(db: Session, settings: Settings, asked: Edit) -> tuple[Change, ...]:
    """Change some columns of a person; what has changed.

    Raises PeopleError for a bad cell, ChangedMeanwhileError where one of these columns is not as
    the person who asks found it, and NobodyError.
    """
    person = held(db, asked.code)
    now = cells_of(person.listed())
    here = {name: now[name] for name in asked.mine}
    if found := clashes(asked.was, here, asked.mine):
        raise ChangedMeanwhileError(found, merged(asked.was, here, asked.mine))
    fresh = replace(person.listed(), **fields_read(asked.mine, settings))
    changed = changes(now, cells_of(fresh))
    if changed:
        _keep(db, settings, fresh)
    return changed


def certify(
    db: Session, settings: Settings, code: str, name: str, days: tuple[date | None, date | None]
) -> tuple[Change, ...]:
    """Have a certificate run out on another day. days: as found, and as wanted; None: not held.

    Other certificates of the person may change at the same time. Raises like `edit`.
    """
    was, wanted = days
    person = held(db, code)
    kept = {each: day for each, day in person.last_days.items() if each != name}
    found = {**kept, **({name: was} if was else {})}
    mine = {**kept, **({name: wanted} if wanted else {})}
    return edit(db, settings, Edit(code, _written(found), _written(mine)))


def held(db: Session, code: str) -> StoredPerson:
    """Somebody, kept still until this transaction ends. Raises NobodyError."""
    person = hold_person(db, code)
    if person is None:
        raise NobodyError(f"There is nobody with the code {code!r}.")
    return person


def _written(days: Mapping[str, date]) -> Mapping[str, str]:
    return {"certificates": ";".join(f"{name}:{day}" for name, day in sorted(days.items()))}


def _keep(db: Session, settings: Settings, person: Listed) -> None:
    """As if a file had brought this one row. Raises PeopleError."""
    import_people(db, PeopleFile((person,), {person.code: 0}, settings.site.zone))

"""The blueprint of the people, its doors, and whom of them somebody reaches."""

from collections.abc import Iterable
from typing import Final

from flask import Blueprint, abort

from hotline.accounts.permits import Act, may
from hotline.console.frame.asking import viewer
from hotline.console.frame.changing import Changing, recorded
from hotline.console.frame.showing import Door
from hotline.console.frame.words.saying import _l
from hotline.people import StoredPerson
from hotline.people.differing import Change, told
from hotline.store import Session
from hotline.store.people.everybody import hold_person, person_of

people = Blueprint("people", __name__, template_folder="templates")
PEOPLE_DOOR: Final = Door(_l("People"), "people.show_people", Act.SEE_PEOPLE)
AWAY_DOOR: Final = Door(_l("Away"), "people.show_away", Act.SEE_PEOPLE)
ONE: Final = "people.show_person"


def theirs(db: Session, code: str) -> StoredPerson:
    """Somebody of the viewer's desks; else there is no such page."""
    return _seen(person_of(db, code))


def held(db: Session, code: str) -> StoredPerson:
    """The same, kept still until this transaction ends."""
    return _seen(hold_person(db, code))


def is_administrator() -> bool:
    """Whether the viewer decides who may do what: by telephone, too."""
    return may(viewer().account.roles, Act.MANAGE_ACCOUNTS)


def about(code: str) -> str:
    """What entries of the audit trail about a person are about."""
    return f"person/{code}"


def record_changes(made: Changing, act: str, code: str, changed: Iterable[Change]) -> None:
    """What has changed in a person; nothing where a form was kept as it was found."""
    before, after = told(changed)
    if after:
        made.record(act, about(code), before, after)
    else:
        recorded()


def _seen(person: StoredPerson | None) -> StoredPerson:
    if person is None or not viewer().sees_any(person.desks):
        abort(404)
    return person

"""The blueprint of the volunteer's own pages, its door, and who it is for."""

from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, Response, abort

from hotline.accounts.permits import Act
from hotline.config.settings import DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import viewer
from hotline.console.frame.showing import Door, show
from hotline.console.frame.words.saying import _l
from hotline.people import StoredPerson
from hotline.store import Session
from hotline.store.people.everybody import person_numbered
from hotline.swaps.asking import ShiftKey

me = Blueprint("me", __name__, template_folder="templates")
DOOR: Final = Door(_l("My shifts"), "me.show_me", Act.OWN_DUTY)
HOME: Final = "me.show_me"
WRITTEN: Final = "%Y%m%dT%H%M"  # an instant in an address, UTC


class NobodyError(Exception):
    """The account belongs to no volunteer, or to one who has left."""


@me.errorhandler(NobodyError)
def tell_nobody(_error: NobodyError) -> Response:
    """What to do about it."""
    return show("me/nobody.html", 403)


def mine(db: Session) -> StoredPerson:
    """Who asks, as a volunteer. Raises NobodyError."""
    number = viewer().person
    person = None if number is None else person_numbered(db, number)
    if person is None or not person.active:
        raise NobodyError
    return person


def key_of(desk: str, start: str) -> ShiftKey:
    """The shift that an address names; 404 where it names none."""
    try:
        at = datetime.strptime(start, WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        abort(404)
    if parts().settings.desk(desk) is None:
        abort(404)
    return ShiftKey(DeskName(desk), at)


def written(at: datetime) -> str:
    """An instant as an address has it."""
    return at.astimezone(UTC).strftime(WRITTEN)


def subject_of(key: ShiftKey) -> str:
    """How the audit trail names a shift."""
    return f"{key.desk}/{written(key.start)}"

"""Somebody's shifts as an iCalendar document, behind a secret address that they can renew.

Times are written in UTC, which every calendar shows right wherever its owner is, and on the nights
when clocks change (RFC 5545, 3.3.5: form 2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from hotline.accounts.tokens import new_token, token_hash
from hotline.config.settings import Language, Settings
from hotline.duty import PersonId
from hotline.own.feed import Event, changes, events_after
from hotline.own.shifts import own_shifts
from hotline.people import StoredPerson
from hotline.phrases import say
from hotline.store import Session, Store
from hotline.store.access.accounts import language_of
from hotline.store.people.calendars import events_told, keep_events, keep_secret, owner_of
from hotline.store.people.everybody import person_numbered

if TYPE_CHECKING:
    from icalendar import Event as Component

AHEAD: Final = timedelta(days=92)
LOOK_BACK: Final = timedelta(days=60)  # what is over stays in the calendar so long
ASKED_AGAIN: Final = timedelta(hours=1)  # by calendar apps that heed it


@dataclass(frozen=True)
class Document:
    """A calendar as it is sent. tag: the same as long as the document is."""

    body: bytes
    tag: str


@dataclass(frozen=True)
class Reading:
    """What an address asks for. language: that it is told in where its owner chose none."""

    secret: str
    language: Language


def new_address(db: Session, person: PersonId, now: datetime) -> str:
    """A new secret for the calendar's address; the one before works no more. Shown once."""
    secret = new_token()
    keep_secret(db, person, token_hash(secret), now)
    return secret


def calendar_behind(
    store: Store, settings: Settings, reading: Reading, now: datetime
) -> Document | None:
    """The calendar at that address; None: there is none, or its owner has left.

    What changed since it was last told is kept, so that it is told as a change ever after.
    """
    with store.reading() as db:
        owner = owner_of(db, token_hash(reading.secret))
        person = None if owner is None else person_numbered(db, owner)
        if person is None or not person.active:
            return None
        kept = events_told(db, person.id, now - LOOK_BACK)
        language = language_of(db, person.id) or reading.language
        told = events_after(kept, own_shifts(db, person, now, AHEAD), now)
    if fresh := changes(kept, told):
        store.settled(lambda db: keep_events(db, person.id, fresh))
    return _document(_Told(settings, person, language), told)


@dataclass(frozen=True)
class _Told:
    """Whose calendar it is, and how it is told."""

    settings: Settings
    person: StoredPerson
    language: Language


def _document(told: _Told, events: Iterable[Event]) -> Document:
    from icalendar import Calendar  # tenths of a second that only who asks for it pays

    calendar = Calendar()
    site = told.settings.site
    for name, value in (
        ("prodid", "-//hotline//duties//EN"),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", site.title.in_language(told.language)),
        ("x-wr-timezone", site.zone.key),
    ):
        calendar.add(name, value)
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_component(told, event))
    body = calendar.to_ical()
    return Document(body, sha256(body).hexdigest()[:32])


def _component(told: _Told, event: Event) -> "Component":
    from icalendar import Event as Component

    desk = told.settings.desk(event.desk)
    where = desk.title.in_language(told.language) if desk else event.desk
    key = "calendar_standby" if event.standby else "calendar_duty"
    made = Component()
    made.add("uid", f"{told.person.id}/{event.uid}@hotline")
    made.add("dtstamp", event.changed)
    made.add("last-modified", event.changed)
    made.add("dtstart", event.span.start)
    made.add("dtend", event.span.end)
    made.add("sequence", event.sequence)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("summary", say(key, told.language, desk=where).words)
    made.add("location", where)
    return made

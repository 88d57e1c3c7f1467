"""A calendar app is told of every change, and of nothing twice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import text

from hotline.config.settings import Language
from hotline.corrections.overrides import OverrideOrder, override
from hotline.duty import Attendance, Duty, PersonId
from hotline.own.calendar import Reading, calendar_behind, new_address
from hotline.own.feed import Event, changes, events_after
from hotline.own.shifts import OwnShift
from hotline.store import Store
from hotline.store.duty.absences import note_absence
from scheduling.problem import ShiftKind, Span
from tests import make
from tests.hotline.swaps.cast import DAY, NOW, SITE, Desk, night

TUESDAY, THURSDAY = night(24), night(26)


def shift(
    span: Span = TUESDAY, name: str = "day/2026-11-24/night", *, away: bool = False
) -> OwnShift:
    duty = Duty(PersonId(1), DAY, span)
    return OwnShift(duty, name, ShiftKind.NIGHT, True, away, Attendance(), ())


def told(
    shifts: list[OwnShift], kept: tuple[Event, ...] = (), now: datetime = NOW
) -> tuple[Event, ...]:
    return events_after(kept, shifts, now)


def test_what_did_not_change_is_told_as_before() -> None:
    first = told([shift()])
    later = told([shift()], first, NOW + timedelta(hours=1))

    assert later == first
    assert changes(first, later) == ()


def test_a_shift_that_moved_keeps_its_name_and_counts_on() -> None:
    moved = Span(TUESDAY.start + timedelta(hours=2), TUESDAY.end)

    (event,) = told([shift(moved)], told([shift()]), NOW + timedelta(hours=1))

    assert (event.uid, event.sequence, event.span) == ("day/2026-11-24/night", 1, moved)
    assert event.changed == NOW + timedelta(hours=1)


def test_a_shift_that_is_gone_is_cancelled_once_and_may_come_back() -> None:
    first = told([shift()])
    gone = told([], first)
    still_gone = told([], gone)
    back = told([shift()], still_gone)

    assert [(e.sequence, e.cancelled) for e in (*first, *gone, *still_gone, *back)] == [
        (0, False),
        (1, True),
        (1, True),
        (2, False),
    ]


def test_a_shift_that_is_over_stays_as_it_was() -> None:
    first = told([shift()])

    assert told([], first, TUESDAY.end) == first


def test_who_cannot_come_has_it_cancelled() -> None:
    (event,) = told([shift(away=True)], told([shift()]))

    assert (event.cancelled, event.sequence) == (True, 1)


def test_a_shift_cut_in_two_is_two_events() -> None:
    parts = [
        Span(TUESDAY.start, TUESDAY.start + timedelta(hours=2)),
        Span(TUESDAY.start + timedelta(hours=4), TUESDAY.end),
    ]

    events = told([shift(part) for part in parts], told([shift()]))

    assert [(e.uid, e.span) for e in events] == [
        ("day/2026-11-24/night", parts[0]),
        ("day/2026-11-24/night/2", parts[1]),
    ]


def document(
    desk: Desk, secret: str, now: datetime = NOW, language: Language = Language.ZH
) -> Calendar:
    found = calendar_behind(desk.store, desk.settings, Reading(secret, language), now)
    assert found is not None
    read = Calendar.from_ical(found.body)
    assert isinstance(read, Calendar)
    return read


def events_of(calendar: Calendar) -> list[tuple[str, int, str]]:
    return [(str(e["uid"]), int(str(e["sequence"])), str(e["status"])) for e in calendar.events]


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store).knows("Ada", "Bo").published(("Ada", TUESDAY), ("Bo", THURSDAY))


@pytest.fixture
def secret(desk: Desk) -> str:
    with desk.store.writing() as db:
        return new_address(db, desk.people["Ada"].id, NOW)


def test_a_calendar_app_reads_it_and_is_told_of_changes(desk: Desk, secret: str) -> None:
    uid = f"{desk.people['Ada'].id}/day/2026-11-24/night@hotline"
    assert events_of(document(desk, secret)) == [(uid, 0, "CONFIRMED")]

    with desk.store.writing() as db:
        override(db, SITE, OverrideOrder(DAY, TUESDAY, "bo", "ada", "her word"), NOW)

    assert events_of(document(desk, secret)) == [(uid, 1, "CANCELLED")]
    assert events_of(document(desk, secret)) == [(uid, 1, "CANCELLED")]


@pytest.mark.parametrize(
    ("language", "said"), [(Language.ZH, "值班：day"), (Language.EN, "On duty: day")]
)
def test_it_is_told_in_the_language_of_whose_it_is(
    desk: Desk, secret: str, language: Language, said: str
) -> None:
    (event,) = document(desk, secret, language=language).events

    assert str(event["summary"]) == said


def test_the_tag_is_the_same_as_long_as_nothing_changes(desk: Desk, secret: str) -> None:
    tags = [
        found.tag
        for hours in (0, 1)
        if (
            found := calendar_behind(
                desk.store, SITE, Reading(secret, Language.ZH), NOW + timedelta(hours=hours)
            )
        )
    ]
    assert tags[0] == tags[1]

    with desk.store.writing() as db:
        note_absence(db, desk.people["Ada"].id, TUESDAY, NOW)

    changed = calendar_behind(desk.store, SITE, Reading(secret, Language.ZH), NOW)
    assert changed is not None
    assert changed.tag != tags[0]


def test_who_has_left_and_who_guesses_get_nothing(desk: Desk, secret: str) -> None:
    assert calendar_behind(desk.store, SITE, Reading("a guess", Language.ZH), NOW) is None
    with desk.store.writing() as db:
        db.connection().execute(text("update person set active = false"))
    assert calendar_behind(desk.store, SITE, Reading(secret, Language.ZH), NOW) is None


@pytest.mark.parametrize(
    ("day", "hours"), [("2027-03-27", 9), ("2027-10-30", 11)], ids=["spring", "autumn"]
)
def test_the_nights_when_clocks_change_are_right_in_any_zone(
    store: Store, day: str, hours: int
) -> None:
    london = make.LONDON
    start = make.local(f"{day} 22:00", london)
    end = make.local(f"{datetime.fromisoformat(day) + timedelta(days=1):%Y-%m-%d} 08:00", london)
    desk = Desk(store, replace(SITE, site=replace(SITE.site, zone=london))).knows("Ada")
    make.store_roster(store, (desk.people["Ada"], Span(start, end)), week="2027-W12")
    now = start - timedelta(days=2)
    with store.writing() as db:
        secret = new_address(db, desk.people["Ada"].id, now)

    (event,) = document(desk, secret, now).events

    assert (event.start, event.end) == (start, end)
    assert event.end - event.start == timedelta(hours=hours)
    for at, hour in ((event.start, 22), (event.end, 8)):
        assert isinstance(at, datetime)
        assert at.astimezone(london).hour == hour

"""Who should be there now and soon: who confirmed, who came, and when nobody will be."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.board.presence import (
    Present,
    deserted_from,
    expected,
    missing,
    near,
    present_at,
    soon,
    unconfirmed,
)
from hotline.config.settings import DeskName, LineName, Settings
from hotline.config.tables.handshake import Handshake
from hotline.duty import Attended, Away, Fact, LineChange, Rota, ToldBy, Volunteer
from hotline.handshake.standing import Standing
from scheduling.problem import Span
from tests import make

AT = make.local("2026-11-24 21:00")
EVENING = Span(make.local("2026-11-24 18:00"), make.local("2026-11-24 22:00"))
NIGHT = Span(make.local("2026-11-24 22:00"), make.local("2026-11-25 08:00"))
DAY, HELP = DeskName("day"), LineName("help")
CITY = replace(
    make.settings(
        desks=[make.desk(wants=[make.cover("18:00-08:00")])], lines=[make.line(desks=["day"])]
    ),
    handshake=Handshake(first_hours=24, last_hours=2, missed_minutes=10),
)
CHECKED = replace(CITY, lines=(replace(CITY.lines[0], check_in=True),))
ADA, BO = make.volunteer("Ada"), make.volunteer("Bo")


def told(person: Volunteer, kind: Attended, duty: Span, at: datetime = AT) -> Volunteer:
    return replace(person, facts=(Fact(kind, at, None, duty.start, ToldBy.CALL),))


def duties(rota: Rota, at: datetime = AT, settings: Settings = CITY) -> tuple[Standing, ...]:
    return expected(rota, settings, {}, at)


def test_only_who_meets_the_time_is_looked_at() -> None:
    rota = make.rota((ADA, "day", EVENING), (BO, "day", NIGHT))
    absent = replace(rota, away=(Away(ADA.id, EVENING), Away(BO.id, NIGHT)))

    shown = near(absent, Span(AT, AT + timedelta(minutes=30)))

    assert [person.name for person in shown.volunteers] == ["Ada"]
    assert [away.person for away in shown.away] == [ADA.id]


def test_people_are_counted_once_with_what_is_known_of_them() -> None:
    came = told(ADA, Attended.CHECKED_IN, EVENING, EVENING.start)
    confirmed = told(BO, Attended.CONFIRMED, EVENING, EVENING.start - timedelta(hours=3))
    rota = make.rota((came, "day", EVENING), (confirmed, "day", EVENING))

    assert present_at(duties(rota), DAY, AT) == Present(2, 2, 1, 0)
    assert present_at(duties(rota), DeskName("night"), AT) == Present()
    assert present_at(duties(rota), DAY, NIGHT.start) == Present()


def test_who_is_absent_is_not_on_paper() -> None:
    rota = replace(make.rota((ADA, "day", EVENING)), away=(Away(ADA.id, EVENING),))

    assert present_at(duties(rota), DAY, AT) == Present()


def test_a_duty_that_begins_soon_and_that_nobody_confirmed_is_told() -> None:
    both = make.rota((ADA, "day", NIGHT), (told(BO, Attended.CONFIRMED, NIGHT), "day", NIGHT))

    [found] = unconfirmed(duties(both), CITY, AT)

    assert found.volunteer.name == "Ada"
    assert unconfirmed(duties(both), replace(CITY, handshake=None), AT) == ()
    three_hours_before = NIGHT.start - timedelta(hours=3)
    assert unconfirmed(duties(both, three_hours_before), CITY, three_hours_before) == ()


def test_whoever_has_not_come_is_told_where_a_line_demands_it() -> None:
    rota = make.rota(
        (ADA, "day", EVENING), (told(BO, Attended.CHECKED_IN, EVENING), "day", EVENING)
    )

    [found] = missing(duties(rota, settings=CHECKED), CHECKED, AT)

    assert found.volunteer.name == "Ada"
    assert missing(duties(rota), CITY, AT) == ()
    just_begun = EVENING.start + timedelta(minutes=9)
    assert missing(duties(rota, just_begun, CHECKED), CHECKED, just_begun) == ()


def test_a_line_is_deserted_from_the_end_of_the_last_duty() -> None:
    rota = make.rota((ADA, "day", EVENING))

    assert deserted_from(soon(rota, AT), CITY.lines[0], CITY, AT) == EVENING.end
    followed = make.rota((ADA, "day", EVENING), (BO, "day", NIGHT))
    assert deserted_from(soon(followed, AT), CITY.lines[0], CITY, AT) is None


def test_a_line_without_anybody_is_deserted_now() -> None:
    assert deserted_from(soon(make.rota(), AT), CITY.lines[0], CITY, AT) == AT


def test_a_line_that_is_closed_or_paused_is_not_deserted() -> None:
    closed = replace(CITY, desks=(make.desk(wants=[make.cover("18:00-22:00")]),))
    paused = LineChange(1, HELP, Span(AT, NIGHT.end))

    evening = soon(make.rota((ADA, "day", EVENING)), AT)
    assert deserted_from(evening, closed.lines[0], closed, AT) is None
    nobody = soon(replace(make.rota(), changes=(paused,)), AT)
    assert deserted_from(nobody, CITY.lines[0], CITY, AT) is None


@pytest.mark.parametrize(("hours", "found"), [(1, True), (2, False)])
def test_soon_is_within_two_hours(hours: int, found: bool) -> None:
    early = EVENING.end - timedelta(hours=hours)

    deserted = deserted_from(
        soon(make.rota((ADA, "day", EVENING)), early), CITY.lines[0], CITY, early
    )

    assert (deserted == EVENING.end) is found

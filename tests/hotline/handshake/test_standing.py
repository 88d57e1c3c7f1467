"""On paper, confirmed, checked in, reachable: four facts, each by itself."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.config.settings import DeskName
from hotline.duty import (
    Attended,
    Away,
    Duty,
    Fact,
    Override,
    PersonId,
    Presence,
    Rota,
    Volunteer,
)
from hotline.handshake.standing import Reach, Standing, reach, standings
from scheduling.problem import Span
from tests import make

SITE = make.settings(desks=[make.desk("day")], lines=[make.line()])
DAY = DeskName("day")
START = make.local("2026-11-24 22:00")
NIGHT = Span(START, START + timedelta(hours=10))
ADA = make.volunteer("Ada")
BO = make.volunteer("Bo")


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def span(first: float, last: float) -> Span:
    return Span(at(first), at(last))


def ada(*facts: Fact, presence: Presence | None = None) -> Volunteer:
    return replace(ADA, facts=facts, presence=presence or Presence())


def rota(person: Volunteer, *spans: Span, away: tuple[Span, ...] = ()) -> Rota:
    duties = tuple(Duty(person.id, DAY, each) for each in spans)
    return Rota((person,), duties, tuple(Away(person.id, each) for each in away))


def standing(known: Rota, now: datetime) -> Standing:
    (found,) = standings(known, SITE, {}, now)
    return found


def test_nothing_is_known_of_a_duty_that_is_only_on_paper() -> None:
    found = standing(rota(ada(), NIGHT), at(-2))

    assert found.on_paper
    assert (found.confirmed, found.checked_in, found.checked_out) == (None, None, None)
    assert found.reachable is Reach.UNKNOWN
    assert not found.demands_check_in


def test_each_of_the_facts_is_told_by_itself() -> None:
    confirmed = Fact(Attended.CONFIRMED, at(-5), duty=START)
    came, gone = Fact(Attended.CHECKED_IN, at(-0.5)), Fact(Attended.CHECKED_OUT, at(3))
    known = rota(ada(confirmed, came, gone), NIGHT)

    before, during, after = (standing(known, at(hours)) for hours in (-1, 1, 4))

    assert (before.confirmed, before.checked_in) == (at(-5), None)
    assert (during.confirmed, during.checked_in) == (at(-5), at(-0.5))
    assert (after.checked_in, after.checked_out) == (None, at(3))


def test_an_absence_takes_a_duty_off_the_paper_if_nothing_is_left_of_it() -> None:
    assert not standing(rota(ada(), NIGHT, away=(NIGHT,)), at(-1)).on_paper
    assert standing(rota(ada(), NIGHT, away=(span(0, 5),)), at(-1)).on_paper
    assert not standing(rota(ada(), NIGHT, away=(span(5, 10),)), at(6)).on_paper


def test_a_line_of_the_desk_can_ask_for_a_check_in() -> None:
    demanding = replace(SITE, lines=(replace(SITE.lines[0], check_in=True),))
    elsewhere = replace(demanding, lines=(replace(demanding.lines[0], desks=(DeskName("night"),)),))

    (there,) = standings(rota(ada(), NIGHT), demanding, {}, at(-1))
    (other,) = standings(rota(ada(), NIGHT), elsewhere, {}, at(-1))

    assert there.demands_check_in
    assert not other.demands_check_in


def test_a_duty_that_is_over_and_one_of_nobody_are_left_out() -> None:
    assert standings(rota(ada(), NIGHT), SITE, {}, at(10)) == ()
    assert standings(Rota((), (Duty(PersonId(1), DAY, NIGHT),)), SITE, {}, at(-1)) == ()


def test_duties_come_by_start() -> None:
    later, sooner = span(5, 9), span(0, 4)
    people = (ada(), replace(BO, facts=()))
    duties = (Duty(ADA.id, DAY, later), Duty(BO.id, DAY, sooner), Duty(ADA.id, DAY, sooner))

    found = standings(Rota(people, duties), SITE, {}, at(-1))

    assert [(each.volunteer.name, each.span) for each in found] == [
        ("Ada", sooner),
        ("Bo", sooner),
        ("Ada", later),
    ]


def test_who_confirmed_a_shift_confirmed_what_an_override_leaves_of_it() -> None:
    confirmed = Fact(Attended.CONFIRMED, at(-5), duty=START)
    taken = Override(1, DAY, span(2, 4), BO.id, ADA.id)
    known = replace(rota(ada(confirmed), span(0, 2), span(4, 10)), overrides=(taken,))

    first, rest = standings(known, SITE, {}, at(-1))

    assert first.confirmed == rest.confirmed == at(-5)


def test_who_takes_the_first_hours_of_somebody_does_not_unconfirm_the_rest() -> None:
    confirmed = Fact(Attended.CONFIRMED, at(-5), duty=START)
    taken = Override(1, DAY, span(0, 2), BO.id, ADA.id)
    known = replace(rota(ada(confirmed), span(2, 10)), overrides=(taken,))

    assert standing(known, at(-1)).confirmed == at(-5)


def test_another_duty_says_nothing_about_this_one() -> None:
    confirmed = Fact(Attended.CONFIRMED, at(-20), duty=at(-12))
    known = rota(ada(confirmed), span(-12, -4), NIGHT)

    assert standing(known, at(-3)).confirmed is None


@pytest.mark.parametrize(
    ("presence", "answered", "expected"),
    [
        (Presence(), None, Reach.UNKNOWN),
        (Presence(last_ended=at(-23)), None, Reach.YES),
        (Presence(last_ended=at(-25)), None, Reach.UNKNOWN),
        (Presence(), at(-1), Reach.YES),
        (Presence(), at(-25), Reach.UNKNOWN),
        (Presence(talking=True), None, Reach.YES),
        (Presence(talking=True, until=at(-1)), None, Reach.UNKNOWN),
        (Presence(missed=3, missed_at=at(-1)), at(-2), Reach.NO),
        (Presence(missed=2, missed_at=at(-1)), None, Reach.UNKNOWN),
        (Presence(missed=3, missed_at=at(-25)), None, Reach.UNKNOWN),
        (Presence(missed=3), None, Reach.UNKNOWN),
        (Presence(refused=True, missed_at=at(-1)), None, Reach.NO),
    ],
)
def test_a_telephone_reaches_whoever_answered_it_lately(
    presence: Presence, answered: datetime | None, expected: Reach
) -> None:
    assert reach(ada(presence=presence), SITE, answered, START) is expected

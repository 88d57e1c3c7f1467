"""Sunday's night belongs to one week's roster as a whole."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from hotline.config.settings import Desk
from hotline.rosters.question.needs import needs
from hotline.rosters.question.seams import needs_decided_by
from hotline.rosters.week import Week
from scheduling.problem import Need, ShiftKind, Span
from tests import make

HALF_HOUR = timedelta(minutes=30)
WEEK = Week(2026, 48)
NIGHT_DESK = make.desk(shifts=[make.template()], wants=[make.cover("22:00-08:00", 2)])
DUTY = make.template("duty", ShiftKind.FULL_DAY, start="08:00", hours=24)
EVENING = make.template("evening", ShiftKind.EVENING, start="20:00", hours=6)
EARLY = make.template("early", ShiftKind.DAY, start="00:00", hours=6)
ROUND_THE_CLOCK = make.desk(
    shifts=[DUTY, EVENING, EARLY],
    wants=[make.cover("00:00-00:00", 2), make.cover("22:00-08:00", 1, certificate="crisis")],
)


def asked_at(asked: tuple[Need, ...]) -> Counter[tuple[datetime, str | None, int]]:
    found: Counter[tuple[datetime, str | None, int]] = Counter()
    for need in asked:
        at = need.span.start
        while at < need.span.end:
            found[at, need.certificate, need.floor] += 1
            at += HALF_HOUR
    return found


def test_the_night_of_sunday_is_asked_of_its_own_week_until_it_ends() -> None:
    asked = needs_decided_by(WEEK, NIGHT_DESK, make.SHANGHAI)

    assert asked[0].span.start == make.local("2026-11-23 22:00")
    assert asked[-1].span == Span(make.local("2026-11-29 22:00"), make.local("2026-11-30 08:00"))


def test_what_the_next_weeks_early_shift_can_staff_is_asked_of_the_next_week() -> None:
    desk = make.desk(shifts=[make.template(), EARLY], wants=[make.cover("22:00-08:00", 1)])

    asked = needs_decided_by(WEEK, desk, make.SHANGHAI)

    assert asked[0].span.start == make.local("2026-11-23 00:00")
    assert [need.span for need in asked[-2:]] == [
        Span(make.local("2026-11-29 22:00"), make.local("2026-11-30 00:00")),
        Span(make.local("2026-11-30 06:00"), make.local("2026-11-30 08:00")),
    ]


@pytest.mark.parametrize("desk", [NIGHT_DESK, ROUND_THE_CLOCK], ids=["nights", "always"])
@pytest.mark.parametrize("week", [Week(2026, 13), Week(2026, 43), WEEK], ids=str)
def test_three_weeks_running_ask_for_each_half_hour_once(desk: Desk, week: Week) -> None:
    weeks = [week.shifted(n) for n in (-1, 0, 1)]

    asked = sum((asked_at(needs_decided_by(w, desk, make.LONDON)) for w in weeks), Counter())

    first, last = (w.horizon(make.LONDON) for w in (weeks[0], weeks[-1]))
    middle = Span(first.start + timedelta(days=1), last.end)
    assert {key: n for key, n in asked.items() if middle.start <= key[0] < middle.end} == dict(
        asked_at(needs(desk, middle, make.LONDON))
    )

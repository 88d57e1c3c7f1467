"""What somebody works in a month stands beside what would be fair, as the ledger shares it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hotline.config.settings import DeskName
from hotline.people.agreement import agreement_written
from hotline.people.person import StoredPerson
from hotline.rosters.reasons.loads import Done, Month, Share, loads, month_of
from hotline.store.duty.absences import Absence
from hotline.written.availability import grid_written
from scheduling.problem import ShiftKind, Span, Standing
from tests import make
from tests.hotline.people.test_differing import stored
from tests.hotline.people.test_writing import ADA
from tests.make import SHANGHAI

NOVEMBER = Month(date(2026, 11, 1))
NIGHT_DESK = make.desk("night", shifts=[make.template()])
DUTY_DESK = make.desk(
    "duty", shifts=[make.template("duty", ShiftKind.FULL_DAY, start="08:00", hours=24)]
)
SITE = make.settings(desks=[NIGHT_DESK, DUTY_DESK], supervised_turns=12)


def person(code: str, agreement: str = "", desks: tuple[str, ...] = ("night",)) -> StoredPerson:
    return stored(
        replace(
            ADA,
            code=code,
            desks=frozenset(DeskName(desk) for desk in desks),
            availability=grid_written("always"),
            agreement=agreement_written(agreement),
        )
    )


def shares(people: list[StoredPerson], done: dict[str, Done], *away: Absence) -> dict[str, Share]:
    found = loads(people, done, away, NOVEMBER, SITE)
    return {code: load.share for code, load in found.items()}


def test_a_month_begins_and_ends_at_the_sites_midnight_and_knows_its_weekends() -> None:
    assert month_of(make.utc("2026-10-31 17:00"), SHANGHAI) == NOVEMBER
    assert len(NOVEMBER.days) == 30
    assert NOVEMBER.span(SHANGHAI) == make.span("2026-10-31 16:00", "2026-11-30 16:00")
    weekends = NOVEMBER.weekends(SHANGHAI)
    assert len(weekends) == 9
    assert weekends[0] == make.span("2026-10-31 16:00", "2026-11-01 16:00")  # a Sunday


def test_what_two_worked_is_halved_between_them() -> None:
    done = {"ada": Done(Fraction(30), nights=3, weekends=2), "bo": Done(Fraction(10), nights=1)}
    found = shares([person("ada"), person("bo")], done)
    assert found["ada"] == found["bo"] == Share(Fraction(20), Fraction(2), None, Fraction(1))


def test_who_is_spared_learns_or_never_can_takes_no_share() -> None:
    spared = person("bo", "no nights")
    trainee = replace(person("cem"), standing=Standing.TRAINEE)
    newcomer = replace(person("dee"), supervised_turns=11)
    never = replace(person("eve"), availability=grid_written(""))
    weekdays = replace(person("fay"), availability=grid_written("Mon-Fri 18:00-22:00"))
    done = {"ada": Done(Fraction(30), nights=3, weekends=2), "cem": Done(Fraction(5))}
    found = shares([person("ada"), spared, trainee, newcomer, never, weekdays], done)
    nothing = Share(None, None, None, None)
    assert found["cem"] == found["dee"] == found["eve"] == nothing
    assert found["bo"] == Share(Fraction(10), None, None, Fraction(1))
    assert found["fay"].weekends is None
    assert found["ada"].nights == Fraction(3, 2)


def test_24_hour_duty_is_shared_among_its_desk() -> None:
    both = person("ada", desks=("night", "duty"))
    done = {"ada": Done(Fraction(24), full_days=1)}
    found = shares([both, person("bo")], done)
    assert (found["ada"].full_days, found["bo"].full_days) == (Fraction(1), None)


def test_who_was_away_or_came_later_owes_nothing_for_that_time() -> None:
    third = NOVEMBER.span(SHANGHAI).start
    away = Absence(1, "bo", "Bo", Span(third, third + timedelta(days=20)), third)
    late = person("cem", "since 2026-11-21")
    done = {"ada": Done(Fraction(50))}
    found = shares([person("ada"), person("bo"), late], done, away)
    assert [found[code].hours for code in ("ada", "bo", "cem")] == [30, 10, 10]

"""Is the sample site whole: does it load, and can its people staff most of it?"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from hotline.config import settings_from
from hotline.config.settings import CarrierKind, Cover, DeskName
from hotline.demand.calendar import calendar_of, seasons_of
from hotline.demand.foretelling import outlook
from hotline.demand.seating import desks_seats
from hotline.numbers import line_dialled
from hotline.people import read_people, written
from hotline.people.importing import import_people
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.week import Week
from hotline.samples import volunteers
from hotline.store import Store
from scheduling.roster import Status
from scheduling.solve import SolveLimits

ROOT: Final = Path(__file__).parent.parent.parent
SITE: Final = settings_from(ROOT / "config.toml")
PEOPLE: Final = read_people(volunteers(), SITE).people
MONDAY: Final = date(2026, 11, 23)
WEEK: Final = Week(2026, 48)
NOW: Final = datetime(2026, 11, 20, 8, tzinfo=UTC)
SEASONS: Final = {  # reference of the field, 4.3
    date(2026, 2, 17): ["spring-festival"],
    date(2026, 3, 1): ["spring"],
    date(2026, 6, 8): ["exam", "graduation"],
    date(2026, 7, 11): [],
    date(2026, 9, 30): ["entry"],
    date(2026, 11, 20): [],
}


def test_the_sample_says_that_it_is_made_up_and_uses_the_practice_carrier() -> None:
    assert SITE.site.made_up
    assert SITE.carrier.kind is CarrierKind.PRACTICE
    assert (ROOT / "config.toml").read_text(encoding="utf-8").startswith("# A made-up hotline")


@pytest.mark.parametrize(
    ("dialled", "line"),
    [
        ("96111", "96111-nanjing"),
        ("sip:96111@nanjing.example.org", "96111-nanjing"),
        ("sip:96111@suzhou.example.org", "96111-suzhou"),
        ("+8651200096111", "96111-suzhou"),
        ("12355", "12355"),
        ("12345", "12345-psych"),
        ("sip:duty@campus.example.org", "campus"),
        ("+862500058200", "province-student"),
        ("sip:parents@nanjing.example.org", "parents-nanjing"),
    ],
)
def test_a_caller_reaches(dialled: str, line: str) -> None:
    found = line_dialled(SITE.lines, dialled)
    assert found is not None
    assert found.name == line


def test_every_line_has_a_number_of_each_kind_of_carrier() -> None:
    for line in SITE.lines:
        assert any(number.startswith("+") for number in line.numbers), line.name
        assert any(number.startswith("sip:") for number in line.numbers), line.name


def test_the_province_stands_at_the_end_of_every_chain() -> None:
    assert {line.desks[-1] for line in SITE.lines} == {"province"}


def test_suzhou_closes_at_22_and_the_region_answers_at_night() -> None:
    suzhou, nanjing = SITE.desk("suzhou"), SITE.desk("nanjing")
    line = SITE.line("96111-suzhou")
    assert suzhou is not None
    assert nanjing is not None
    assert line is not None
    assert max(cover.end.hour for cover in suzhou.cover) == 22
    assert any(cover.start.hour == 22 for cover in nanjing.cover)
    assert line.desks == ("suzhou", "south-night", "province")


def test_the_parents_line_shares_the_desk_of_96111() -> None:
    parents, nanjing = SITE.line("parents-nanjing"), SITE.line("96111-nanjing")
    assert parents is not None
    assert nanjing is not None
    assert parents.desks == nanjing.desks


def test_nanjing_is_asked_for_the_people_its_calls_need(store: Store) -> None:
    with store.reading() as db:
        expected = outlook(db, SITE, WEEK.horizon(SITE.site.zone), NOW)
    seats = {desk.desk: desk for desk in desks_seats(SITE, expected)}

    nanjing = seats[DeskName("nanjing")]
    by_forecast = [half for half in nanjing.halves if nanjing.target(half) > half.cover]
    assert by_forecast
    assert max(map(nanjing.target, nanjing.halves)) <= 4
    assert [desk.desk for desk in seats.values() if desk.by_forecast] == ["nanjing"]


def test_the_sample_s_seasons_are_those_of_a_student_s_year() -> None:
    assert SITE.demand is not None
    assert {season.factor for season in SITE.demand.seasons} == {1.3}
    calendar = calendar_of(SITE.demand, [2026], SITE.site.zone)
    seasons = seasons_of(SITE.demand, calendar, [2026])
    for day, names in SEASONS.items():
        assert [season.name for season in seasons if season.holds(day)] == names


def test_the_sample_s_roster_is_proven_optimal_with_little_work(store: Store) -> None:
    with store.writing() as db:
        import_people(db, read_people(volunteers(), SITE))

    built = build_draft(
        store, SITE, BuildOrder(WEEK), lambda: NOW, SolveLimits(3600.0, 1, work=30.0)
    )

    assert built.result.status is Status.OPTIMAL
    assert {need.target for need in built.problem.needs if need.desk == "nanjing"} >= {2, 3, 4}


def test_campus_has_24_hours_of_duty() -> None:
    campus = SITE.desk("campus")
    assert campus is not None
    assert [shift.hours for shift in campus.shifts] == [24.0]


def test_two_people_sit_at_every_open_desk_and_one_holds_the_crisis_module_at_night() -> None:
    for desk in SITE.desks:
        heads = [cover for cover in desk.cover if cover.certificate is None]
        assert {cover.floor for cover in heads} == {2}, desk.name
        assert all(_guarded(cover, desk.cover) for cover in heads), desk.name


def _guarded(heads: Cover, rows: tuple[Cover, ...]) -> bool:
    night = heads.start.hour in {8, 22} and heads.end.hour == 8
    crisis = [row for row in rows if row.certificate == "crisis"]
    return not night or [(c.start.hour, c.end.hour, c.floor) for c in crisis] == [(22, 8, 1)]


def test_there_are_sixty_volunteers_of_every_sort() -> None:
    assert len(PEOPLE) == 60
    kinds = {person.address.partition(":")[0] for person in PEOPLE}
    assert kinds == {"tel", "sip", "client"}
    assert {len(person.languages) for person in PEOPLE} == {1, 2}
    assert any(person.supervised_turns < SITE.scheduling.supervised_turns for person in PEOPLE)


def test_some_certificates_are_missing_some_have_run_out_and_some_soon_will() -> None:
    days = [day for person in PEOPLE for day in person.last_days.values()]
    assert any(day < MONDAY for day in days)
    assert any(MONDAY <= day < date(2027, 1, 1) for day in days)
    crisis = sum("crisis" in person.last_days for person in PEOPLE)
    assert 20 < crisis < 50


@pytest.mark.parametrize("desk", [desk.name for desk in SITE.desks])
def test_every_desk_has_people(desk: DeskName) -> None:
    assert len([person for person in PEOPLE if desk in person.desks]) >= 6


def test_no_telephone_number_of_the_sample_can_exist() -> None:
    numbers = [p.address for p in PEOPLE if p.address.startswith("tel:")]
    numbers += [n for line in SITE.lines for n in line.numbers if n.startswith("+")]
    assert [
        n for n in numbers if not n.removeprefix("tel:").startswith(("+86250", "+865120"))
    ] == []


def test_the_sample_is_written_as_an_export_would_write_it() -> None:
    assert written(PEOPLE).encode() == volunteers()

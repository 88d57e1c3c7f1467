"""Required against rostered: counted as the telephone counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.config.settings import Language
from hotline.coverage import HALF_HOUR, Level, Share, coverage
from hotline.duty import Away, Presence, Volunteer, rostered
from hotline.gaps import gaps
from hotline.rosters.week import week_written
from scheduling.problem import Span
from scheduling.roster import Gap
from tests import make

ADA, BO, CEM = make.volunteer("Ada"), make.volunteer("Bo"), make.volunteer("Cem")
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")  # 22:00-08:00 in Shanghai
DESK = make.desk(wants=[make.cover("22:00-08:00", 1, 2)])
SITE = make.settings(desks=[DESK], lines=[make.line()])


def test_each_half_hour_says_what_is_asked_and_who_is_there() -> None:
    late = Span(make.utc("2026-11-24 16:00"), NIGHT.end)

    [desk] = coverage(SITE, make.rota((ADA, "day", NIGHT), (BO, "day", late)), NIGHT).desks

    assert len(desk.halves) == 20
    assert [half.rostered for half in desk.halves] == [1] * 4 + [2] * 16
    assert {(half.floor, half.target) for half in desk.halves} == {(1, 2)}
    assert [half.level for half in desk.halves] == [Level.FLOOR] * 4 + [Level.TARGET] * 16


def test_nobody_is_missing_where_nobody_is_asked_for() -> None:
    noon = make.span("2026-11-24 04:00", "2026-11-24 05:00")

    [desk] = coverage(SITE, make.rota(), noon).desks

    assert {half.level for half in desk.halves} == {Level.CLOSED}
    assert gaps(desk) == ()
    assert desk.rates.all_hours.value is None


def test_a_missing_certificate_is_a_gap_of_its_own() -> None:
    rows = [make.cover("22:00-08:00", 1), make.cover("22:00-08:00", 1, certificate="crisis")]
    site = make.settings(desks=[make.desk(wants=rows)])

    [desk] = coverage(site, make.rota((ADA, "day", NIGHT)), NIGHT).desks

    assert {half.level for half in desk.halves} == {Level.UNCERTIFIED}
    assert gaps(desk) == (Gap("day", NIGHT, 1, below_floor=True, certificate="crisis"),)
    assert desk.rates.nights == Share(0, 20)


def test_a_certificate_counts_until_the_instant_it_ends() -> None:
    rows = [make.cover("22:00-08:00", 1), make.cover("22:00-08:00", 1, certificate="crisis")]
    site = make.settings(desks=[make.desk(wants=rows)])
    midnight = make.utc("2026-11-24 16:00")
    dee = make.volunteer("Dee", certificates={"crisis": midnight})

    [desk] = coverage(site, make.rota((dee, "day", NIGHT)), NIGHT).desks

    assert [gap.span for gap in gaps(desk)] == [Span(midnight, NIGHT.end)]


def test_whom_the_telephone_would_not_ring_for_lack_of_training_does_not_count() -> None:
    site = make.settings(
        desks=[make.desk(wants=[make.cover("22:00-08:00", 1)], certificates=["child"])]
    )
    dee = make.volunteer("Dee", certificates={"child": make.LONG_AFTER})

    [untrained] = coverage(site, make.rota((ADA, "day", NIGHT)), NIGHT).desks
    [trained] = coverage(site, make.rota((dee, "day", NIGHT)), NIGHT).desks

    assert untrained.rates.all_hours == Share(0, 20)
    assert trained.rates.all_hours == Share(20, 20)


def test_a_person_in_two_overlapping_assignments_counts_once() -> None:
    [desk] = coverage(SITE, make.rota((ADA, "day", NIGHT), (ADA, "day", NIGHT)), NIGHT).desks

    assert {half.rostered for half in desk.halves} == {1}


def test_who_talks_at_this_moment_is_there_all_the_same() -> None:
    busy = make.volunteer("Ada", presence=Presence(talking=True, free_at=NIGHT.end))

    found = coverage(SITE, make.rota((busy, "day", NIGHT)), NIGHT)

    assert found.rates.all_hours == Share(20, 20)
    assert found.lines[0].rates.all_hours == Share(20, 20)


def test_nights_and_evenings_have_rates_of_their_own() -> None:
    site = make.settings(desks=[make.desk(wants=[make.cover("00:00-00:00", 1)])])
    evening = Span(make.local("2026-11-24 18:00"), make.local("2026-11-24 22:00"))
    day = Span(make.local("2026-11-24 00:00"), make.local("2026-11-25 00:00"))

    rates = coverage(site, make.rota((ADA, "day", evening)), day).rates

    assert rates.all_hours == Share(8, 48)
    assert rates.evenings == Share(8, 8)
    assert rates.nights == Share(0, 20)


def test_a_line_reaches_a_person_through_the_desk_it_overflows_to() -> None:
    desks = [make.desk("city"), make.desk("region")]
    lines = [make.line("nanjing", desks=["city", "region"]), make.line("suzhou", desks=["city"])]
    site = make.settings(desks=desks, lines=lines)

    found = coverage(site, make.rota((ADA, "region", NIGHT)), NIGHT)

    assert [line.rates.all_hours for line in found.lines] == [Share(20, 20), Share(0, 20)]


def test_a_line_is_not_reached_by_somebody_who_does_not_speak_its_language() -> None:
    site = make.settings(desks=[DESK], lines=[make.line(languages=[Language.EN])])

    found = coverage(site, make.rota((ADA, "day", NIGHT)), NIGHT)

    assert found.lines[0].rates.all_hours == Share(0, 20)


@pytest.mark.parametrize(("week", "halves"), [("2026-W13", 334), ("2026-W43", 338)])
def test_the_weeks_in_which_clocks_change_have_an_hour_less_or_more(week: str, halves: int) -> None:
    whole_day = make.desk(wants=[make.cover("00:00-00:00", 1)])
    site = make.settings(desks=[whole_day], zone=make.LONDON)

    found = coverage(site, make.rota(), week_written(week).horizon(make.LONDON))

    assert found.rates.all_hours == Share(0, halves)


@given(
    st.lists(
        st.tuples(st.sampled_from([ADA, BO, CEM]), st.integers(0, 47), st.integers(1, 24)),
        max_size=8,
    )
)
def test_coverage_counts_whom_the_one_on_duty_counts(
    posts: list[tuple[Volunteer, int, int]],
) -> None:
    day = Span(make.local("2026-11-24 00:00"), make.local("2026-11-25 00:00"))
    given_rota = make.rota(*((who, "day", make.halves(day, a, n)) for who, a, n in posts))
    site = make.settings(desks=[make.desk(wants=[make.cover("00:00-00:00", 1, 2)])])

    [desk] = coverage(site, given_rota, day).desks

    for half in desk.halves:
        assert half.rostered == len(rostered(given_rota, site.desks[0], half.start))
    missing = sum(gap.missing * (gap.span.length // HALF_HOUR) for gap in gaps(desk))
    assert missing == sum(max(0, 2 - half.rostered) for half in desk.halves)


def test_standby_is_counted_by_itself_and_never_as_somebody_on_duty() -> None:
    wants = [make.cover("22:00-08:00", 1), replace(make.cover("22:00-08:00", 1), standby=True)]
    site = make.settings(desks=[make.desk(wants=wants)], lines=[make.line()])
    rota = make.rota((ADA, "day", NIGHT), (BO, "day", NIGHT))
    waits = replace(rota, duties=(rota.duties[0], replace(rota.duties[1], standby=True)))

    [kept] = coverage(site, waits, NIGHT).desks
    [lacking] = coverage(site, rota, NIGHT).desks

    assert {half.rostered for half in kept.halves} == {1}
    assert {half.level for half in kept.halves} == {Level.TARGET}
    assert gaps(kept) == ()
    assert gaps(lacking) == (Gap("day", NIGHT, 1, below_floor=True, certificate="standby"),)


def test_whoever_is_absent_covers_nothing_meanwhile() -> None:
    two_hours = Span(NIGHT.start, NIGHT.start + 4 * HALF_HOUR)
    rota = make.rota((ADA, "day", NIGHT), (BO, "day", NIGHT))

    [desk] = coverage(SITE, replace(rota, away=(Away(ADA.id, two_hours),)), NIGHT).desks

    assert [half.rostered for half in desk.halves] == [1] * 4 + [2] * 16

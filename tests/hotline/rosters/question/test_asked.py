"""The hours that coverage and board call short are those the published roster was asked for."""

from datetime import datetime

from hotline.config.settings import Settings
from hotline.config.tables.demand import Targets
from hotline.coverage import Level, coverage
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.question.asked import targets_asked
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.rosters import rota_between
from scheduling.problem import Span
from tests import make

WEEK = Week(2026, 48)
HORIZON = WEEK.horizon(make.SHANGHAI)
NIGHTS = make.desk(
    "day",
    shifts=[make.template()],
    wants=[make.cover("22:00-08:00", 1), make.cover("22:00-08:00", 1, certificate="crisis")],
    targets=Targets.FORECAST,
)
TUESDAY_LATE = make.local("2026-11-24 22:00")


def site(calls_a_day: float = 48.0) -> Settings:
    expecting = make.demand(calls_a_day=calls_a_day)
    return make.settings(desks=[NIGHTS], lines=[make.line()], expecting=expecting)


def build(store: Store, settings: Settings) -> int:
    """The target of Tuesday 22:00 in a new draft."""
    built = build_draft(store, settings, BuildOrder(WEEK), lambda: make.utc("2026-11-20 08:00"))
    return next(
        need.target
        for need in built.problem.needs
        if need.certificate is None and need.span.start <= TUESDAY_LATE < need.span.end
    )


def asked(store: Store, settings: Settings, span: Span = HORIZON) -> dict[datetime, int]:
    with store.reading() as db:
        return dict(targets_asked(db, settings, span).get(NIGHTS.name, {}))


def test_a_draft_asks_nothing_of_coverage_until_it_is_published(store: Store) -> None:
    make.hire(store, "Ada", certificates={"crisis": make.LONG_AFTER})
    target = build(store, site())
    assert asked(store, site()) == {}

    make.publish_all(store, site(), WEEK)

    assert asked(store, site())[TUESDAY_LATE] == target > 1


def test_what_was_asked_stays_though_other_calls_are_expected_now(store: Store) -> None:
    make.hire(store, "Ada", certificates={"crisis": make.LONG_AFTER})
    target = build(store, site())
    make.publish_all(store, site(), WEEK)

    assert asked(store, site(calls_a_day=1.0))[TUESDAY_LATE] == target


def test_the_night_of_sunday_is_read_from_the_roster_of_its_week(store: Store) -> None:
    make.hire(store, "Ada", certificates={"crisis": make.LONG_AFTER})
    build(store, site())
    make.publish_all(store, site(), WEEK)
    monday = Span(make.local("2026-11-30 00:00"), make.local("2026-12-01 00:00"))

    assert asked(store, site(), monday)[make.local("2026-11-30 07:30")] >= 1


def test_coverage_says_that_a_night_is_short_of_what_was_asked(store: Store) -> None:
    make.hire(store, "Ada", certificates={"crisis": make.LONG_AFTER})
    target = build(store, site())
    make.publish_all(store, site(), WEEK)

    with store.reading() as db:
        rota, more = rota_between(db, HORIZON), targets_asked(db, site(), HORIZON)
    [desk] = coverage(site(), rota, HORIZON, more).desks

    nights = [half for half in desk.halves if half.rostered == 1]
    assert nights
    assert {half.level for half in nights if half.target > 1} == {Level.FLOOR}
    late = next(half for half in desk.halves if half.start == TUESDAY_LATE)
    assert (late.floor, late.target) == (1, target)


def test_a_desk_by_cover_is_measured_by_its_rows_of_cover(store: Store) -> None:
    with store.reading() as db:
        assert targets_asked(db, make.settings(desks=[make.desk()]), HORIZON) == {}

"""Is each line foretold by as much history as it has, with its seasons and holidays?"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.config.settings import Settings
from hotline.config.tables.demand import Demand, SeasonDays
from hotline.demand.foretelling import ForecastError, LineOutlook, Outlook, outlook
from hotline.store import Store
from hotline.store.counting.demand import Cell, save_cells
from scheduling.demand.counts import HALF_HOUR
from scheduling.demand.expecting.methods import Method
from scheduling.problem import Span
from tests import make

HELP = make.line("help")
NOW = make.local("2026-11-20 16:00")
WEEK = Span(make.local("2026-11-23 00:00"), make.local("2026-11-30 00:00"))
SPRING = SeasonDays("spring", 1.5, first="11-28", last="01-10")
FESTIVAL = SeasonDays("new year", 2.0, festival="Spring Festival")


def site(expecting: Demand | None = None) -> Settings:
    return make.settings(lines=[HELP], expecting=expecting or make.demand())


def seen(
    store: Store, settings: Settings, span: Span = WEEK, now: datetime = NOW
) -> tuple[Outlook, LineOutlook]:
    with store.reading() as db:
        found = outlook(db, settings, span, now)
    [line] = found.lines
    return found, line


def remember(store: Store, weeks: int, each: float, until: str = "2026-11-20 00:00") -> None:
    end = make.local(until)
    with store.writing() as db:
        cells = (Cell(HELP.name, end - n * HALF_HOUR, each) for n in range(1, 336 * weeks + 1))
        save_cells(db, cells)


def calls_of(outlook: Outlook, line: LineOutlook, day: str) -> float:
    of_day = zip(outlook.starts, line.forecast.mean, strict=True)
    at = make.local(f"{day} 00:00")
    return sum(calls for start, calls in of_day if at <= start < at + timedelta(days=1))


def test_without_history_the_configured_level_is_expected(store: Store) -> None:
    _, line = seen(store, site())

    assert line.forecast.method is Method.PRIOR
    assert (line.weeks, line.calls_a_day) == (0, 24.0)
    assert sum(line.forecast.mean) == pytest.approx(7 * 24)


def test_a_line_may_have_a_level_of_its_own(store: Store) -> None:
    settings = make.settings(lines=[make.line(calls_a_day=3.0)], expecting=make.demand())
    _, line = seen(store, settings)
    assert sum(line.forecast.mean) == pytest.approx(7 * 3)


@pytest.mark.parametrize(
    ("weeks", "method"), [(3, Method.PRIOR), (5, Method.MEANS), (30, Method.REGRESSION)]
)
def test_the_longer_the_history_the_more_is_learned_from_it(
    store: Store, weeks: int, method: Method
) -> None:
    remember(store, weeks, 0.25)

    _, line = seen(store, site())

    assert line.forecast.method is method
    assert line.weeks == pytest.approx(weeks)
    assert abs(sum(line.forecast.mean) / 7 - 12) < abs(24 - 12) / 2


def test_calls_of_today_do_not_count_until_the_day_is_over(store: Store) -> None:
    make.store_calls(store, *[make.local("2026-11-20 09:00")] * 50)
    _, line = seen(store, site())
    assert line.weeks == 0


def test_a_week_that_has_begun_is_foretold_from_what_came_before_it(store: Store) -> None:
    remember(store, 3, 0.25, until="2026-11-30 00:00")
    _, line = seen(store, site(), now=make.local("2026-12-02 16:00"))
    assert line.weeks == pytest.approx(2)


def test_a_season_raises_its_days_and_their_bands_and_no_others(store: Store) -> None:
    found, line = seen(store, site(make.demand(seasons=[SPRING, FESTIVAL])))
    plain, before = seen(store, site())

    assert [season.name for season in found.seasons] == ["spring"]
    friday, saturday = "2026-11-27", "2026-11-28"
    assert calls_of(found, line, friday) == pytest.approx(calls_of(plain, before, friday))
    assert calls_of(found, line, saturday) == pytest.approx(1.5 * calls_of(plain, before, saturday))
    assert sum(line.forecast.bands[0.9]) > sum(before.forecast.bands[0.9])


def test_a_season_that_began_last_year_reaches_into_this_one(store: Store) -> None:
    january = Span(make.local("2027-01-04 00:00"), make.local("2027-01-11 00:00"))
    found, _ = seen(store, site(make.demand(seasons=[SPRING])), january)
    assert [season.name for season in found.seasons] == ["spring"]


def test_a_festival_is_a_season_of_the_days_off(store: Store) -> None:
    february = Span(make.local("2026-02-16 00:00"), make.local("2026-02-23 00:00"))
    found, _ = seen(store, site(make.demand(seasons=[FESTIVAL])), february)
    assert [season.name for season in found.seasons] == ["new year"]
    assert not found.provisional


def test_a_year_whose_days_are_not_announced_is_provisional_until_they_are(
    store: Store, tmp_path: Path
) -> None:
    notice = tmp_path / "days.toml"
    notice.write_text(
        "announced = 2026-11-05\n[years.2027]\nworkdays = [2027-01-09]\n"
        '[years.2027.holidays]\n"New Year" = [2027-01-01]\n'
    )
    january = Span(make.local("2027-01-04 00:00"), make.local("2027-01-11 00:00"))

    before, _ = seen(store, site(), january)
    after, line = seen(store, site(make.demand(overrides=str(notice))), january)

    assert (before.provisional, after.provisional) == (True, False)
    saturday, sunday = (calls_of(after, line, f"2027-01-{day}") for day in ("09", "10"))
    assert saturday > 1.1 * sunday  # worked to make up: like a Wednesday


def test_a_site_that_expects_nothing_is_told_so(store: Store) -> None:
    with store.reading() as db, pytest.raises(ForecastError, match=r"no table \[demand\]"):
        outlook(db, make.settings(lines=[HELP]), WEEK, NOW)


def test_a_span_over_a_year_away_is_refused(store: Store) -> None:
    far = Span(make.local("2028-01-03 00:00"), make.local("2028-01-10 00:00"))
    with store.reading() as db, pytest.raises(ForecastError, match="over a year after"):
        outlook(db, site(), far, NOW)


def test_a_year_holds_the_night_clocks_change(store: Store) -> None:
    settings = make.settings(lines=[HELP], zone=make.LONDON, expecting=make.demand())
    sunday = Span(
        make.local("2026-10-25 00:00", make.LONDON), make.local("2026-10-26 00:00", make.LONDON)
    )
    found, line = seen(store, settings, sunday)
    assert len(found.starts) == len(line.forecast.mean) == 50

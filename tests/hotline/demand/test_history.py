"""What is known of a line's calls: imported, counted by us, or by nobody."""

from datetime import timedelta

from hotline.config.settings import LineName
from hotline.demand.history import LOOKED_BACK, histories, history_of, last_midnight
from hotline.store import Store
from hotline.store.counting.demand import Cell, save_cells
from scheduling.demand.counts import HALF_HOUR
from tests import make

NOON = make.utc("2026-11-19 12:00")
HELP = LineName("help")
SITE = make.settings(lines=[make.line("help"), make.line("youth")])


def test_from_the_first_call_on_a_half_hour_without_one_had_none() -> None:
    found = history_of({NOON: 2.0}, {}, NOON + 3 * HALF_HOUR)
    assert (found.start, found.calls) == (NOON, (2.0, 0.0, 0.0))


def test_a_half_hour_before_it_that_no_import_tells_of_is_not_known() -> None:
    told = {NOON: 1.0, NOON + 2 * HALF_HOUR: 4.0}
    found = history_of({NOON + 3 * HALF_HOUR: 2.0}, told, NOON + 5 * HALF_HOUR)
    assert found.calls == (1.0, None, 4.0, 2.0, 0.0)


def test_what_an_import_tells_stands_instead_of_what_we_counted() -> None:
    found = history_of({NOON: 1.0}, {NOON: 3.0}, NOON + 2 * HALF_HOUR)
    assert found.calls == (3.0, 0.0)


def test_a_line_that_nobody_called_has_no_history() -> None:
    found = history_of({}, {}, NOON)
    assert (found.end, found.calls) == (NOON, ())


def test_calls_of_practice_imports_and_callers_are_one_history(store: Store) -> None:
    make.store_calls(store, NOON, NOON + timedelta(minutes=10))
    with store.writing() as db:
        save_cells(db, [Cell(HELP, NOON - HALF_HOUR, 5.0)])

    with store.reading() as db:
        found = histories(db, SITE, NOON + 2 * HALF_HOUR)

    assert found[HELP].calls == (5.0, 2.0, 0.0)
    assert found[LineName("youth")].calls == ()


def test_what_is_to_come_and_what_is_long_past_is_left_out(store: Store) -> None:
    make.store_calls(store, NOON, NOON - LOOKED_BACK - HALF_HOUR)
    with store.reading() as db:
        assert histories(db, SITE, NOON)[HELP].calls == ()


def test_a_history_ends_with_the_day_before_on_the_site_s_clocks() -> None:
    assert last_midnight(NOON, make.SHANGHAI) == make.local("2026-11-19 00:00")
    late = make.local("2026-11-19 23:59")
    assert last_midnight(late, make.SHANGHAI) == make.local("2026-11-19 00:00")

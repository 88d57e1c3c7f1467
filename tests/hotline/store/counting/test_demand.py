"""Are calls counted in their half hour on both databases, and do imports replace what they tell?"""

from sqlalchemy import event

from hotline.config.settings import LineName
from hotline.store import Store
from hotline.store.counting.demand import Cell, counted_calls, imported_calls, save_cells
from tests import make

DAY = make.span("2026-11-20 00:00", "2026-11-21 00:00")
HELP, YOUTH = LineName("help"), LineName("youth")
EIGHT, HALF_PAST = make.utc("2026-11-20 08:00"), make.utc("2026-11-20 08:30")


def test_calls_are_counted_by_line_and_half_hour_in_one_statement(store: Store) -> None:
    arrivals = ("2026-11-20 08:00", "2026-11-20 08:29:59.5", "2026-11-20 08:30")
    make.store_calls(store, *map(make.utc, arrivals))
    make.store_calls(store, make.utc("2026-11-20 08:31"), line="youth")
    said: list[object] = []
    event.listen(store.engine, "before_cursor_execute", lambda *details: said.append(details[2]))

    with store.reading() as db:
        found = counted_calls(db, DAY)

    assert found == {HELP: {EIGHT: 2, HALF_PAST: 1}, YOUTH: {HALF_PAST: 1}}
    assert len([statement for statement in said if "count" in str(statement).lower()]) == 1


def test_calls_outside_are_not_counted(store: Store) -> None:
    make.store_calls(store, make.utc("2026-11-19 23:59:59"), DAY.end)
    with store.reading() as db:
        assert counted_calls(db, DAY) == {}


def test_the_last_import_of_a_half_hour_stands_and_others_stay(store: Store) -> None:
    with store.writing() as db:
        save_cells(db, [Cell(HELP, EIGHT, 1.5), Cell(HELP, HALF_PAST, 1.5)])
    with store.writing() as db:
        save_cells(db, [Cell(HELP, EIGHT, 4.0), Cell(YOUTH, EIGHT, 0.0)])

    with store.reading() as db:
        found = imported_calls(db, DAY)

    assert found == {HELP: {EIGHT: 4.0, HALF_PAST: 1.5}, YOUTH: {EIGHT: 0.0}}


def test_an_import_of_nothing_changes_nothing(store: Store) -> None:
    with store.writing() as db:
        save_cells(db, [])
        assert imported_calls(db, DAY) == {}

"""An import adds and replaces half hours, and says what it did and what it leaves open."""

from hotline.config.settings import LineName
from hotline.demand.importing import ImportedHistory, import_history
from hotline.demand.reading import HALF_HOUR, HOUR, History
from hotline.store import Store
from hotline.store.counting.demand import Cell, imported_calls
from tests import make

NOON = make.utc("2026-11-19 12:00")
HELP = LineName("help")


def taken_in(store: Store, *cells: tuple[int, float]) -> ImportedHistory:
    history = History(
        tuple(Cell(HELP, NOON + place * HALF_HOUR, calls) for place, calls in cells),
        frozenset({HALF_HOUR}),
    )
    with store.writing() as db:
        return import_history(db, history)


def test_a_second_import_replaces_the_same_half_hours_and_leaves_others(store: Store) -> None:
    first = taken_in(store, (0, 1.0), (1, 2.0), (2, 3.0))
    second = taken_in(store, (1, 2.0), (2, 9.0), (3, 4.0))

    assert (first.added, first.changed, first.unchanged) == (3, 0, 0)
    assert (second.added, second.changed, second.unchanged) == (1, 1, 1)
    with store.reading() as db:
        kept = imported_calls(db, make.span("2026-11-19 00:00", "2026-11-20 00:00"))
    assert list(kept[HELP].values()) == [1.0, 2.0, 9.0, 4.0]


def test_half_hours_that_a_file_skips_are_counted(store: Store) -> None:
    [line] = taken_in(store, (0, 1.0), (4, 2.0)).lines

    assert (line.line, line.half_hours, line.untold, line.calls) == (HELP, 2, 3, 3.0)
    assert line.span.length == 2 * HOUR + HALF_HOUR

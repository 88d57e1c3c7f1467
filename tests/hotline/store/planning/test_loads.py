"""The database counts what everybody works exactly as the promises, one by one, say."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from itertools import count

from hotline.config.settings import DeskName
from hotline.duty import Cause
from hotline.rosters.reasons.loads import Done, Month, done_of
from hotline.rosters.states import RosterState
from hotline.store import Store
from hotline.store.duty.overrides import NewOverride, note_override
from hotline.store.duty.promises import promises
from hotline.store.planning.loads import kept_while_the_rota_stays, work_between
from scheduling.problem import ShiftKind, Span
from tests import make
from tests.make import SHANGHAI, Hired
from tests.statements import statements

MONTH = Month(make.utc("2026-11-01 00:00").date())
FRIDAY = make.span("2026-11-27 14:00", "2026-11-28 00:00")
SATURDAY = make.span("2026-11-28 14:00", "2026-11-29 00:00")
OVER_THE_END = make.span("2026-11-30 14:00", "2026-12-01 00:00")
BEFORE = make.span("2026-10-31 14:00", "2026-11-01 00:00")


def counted(store: Store) -> Mapping[str, Done]:
    with store.reading() as db:
        return work_between(db, MONTH.span(SHANGHAI), MONTH.weekends(SHANGHAI))


def one_by_one(store: Store) -> Mapping[str, Done]:
    span = MONTH.span(SHANGHAI)
    with store.reading() as db:
        held = [p for p in promises(db, span) if span.start <= p.span.start < span.end]
    return done_of(held, MONTH.weekends(SHANGHAI))


def instead(store: Store, comes: Hired, replaces: Hired, span: Span) -> None:
    new = NewOverride(
        *(comes.id, replaces.id, DeskName("day"), span, "2026-W48", "day/2026-11-28/night"),
        *(ShiftKind.NIGHT, span != SATURDAY, Cause.COORDINATOR, "ill"),
    )
    with store.writing() as db:
        note_override(db, new, FRIDAY.start)


def test_published_shifts_that_start_in_the_month_count_and_nothing_else(store: Store) -> None:
    ada, bo = make.hire(store, "Ada"), make.hire(store, "Bo")
    eve = make.hire(store, "Eve", active=False)
    posts = ((ada, FRIDAY), (ada, SATURDAY), (ada, OVER_THE_END), (ada, BEFORE), (eve, FRIDAY))
    make.store_roster(store, *posts)
    make.store_roster(store, (bo, FRIDAY), state=RosterState.DRAFT)
    make.store_roster(store, (bo, FRIDAY), kind=ShiftKind.STANDBY, desk="other")
    duty = Span(FRIDAY.start, FRIDAY.start + timedelta(hours=24))
    make.store_roster(store, (bo, duty), kind=ShiftKind.FULL_DAY, desk="campus")

    assert counted(store) == {
        "ada": Done(Fraction(30), nights=3, weekends=1),
        "bo": Done(Fraction(24), full_days=1),
    }
    assert counted(store) == one_by_one(store)


def test_who_came_instead_worked_and_who_was_replaced_did_not(store: Store) -> None:
    ada, bo, cem = (make.hire(store, name) for name in ("Ada", "Bo", "Cem"))
    make.store_roster(store, (ada, FRIDAY), (ada, SATURDAY), (cem, FRIDAY))
    instead(store, bo, ada, SATURDAY)
    instead(store, cem, bo, Span(SATURDAY.start, SATURDAY.start + timedelta(hours=4)))

    found = counted(store)

    assert found["ada"] == Done(Fraction(10), nights=1)
    assert found["bo"] == Done(Fraction(6), nights=1, weekends=1)
    assert found["cem"] == Done(Fraction(14), nights=2, weekends=1)
    assert found == one_by_one(store)


def test_three_queries_count_everybody(store: Store) -> None:
    people = [make.hire(store, f"P{n}") for n in range(10)]
    make.store_roster(store, *((person, SATURDAY) for person in people))
    instead(store, people[0], people[1], SATURDAY)
    with statements(store) as said:
        counted(store)
    assert len(said) == 3


def test_what_was_read_is_used_again_until_the_rota_changes(store: Store) -> None:
    ada = make.hire(store, "Ada")
    numbers = count(1)

    def asked(about: str) -> int:
        with store.reading() as db:
            return kept_while_the_rota_stays(db, about, lambda: next(numbers))

    assert (asked("November"), asked("November")) == (1, 1)
    assert asked("December") == 2
    make.store_roster(store, (ada, SATURDAY))
    assert asked("December") == 3

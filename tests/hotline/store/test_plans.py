"""What is asked often looks at no table that grows with time, but at an index of what matters."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from hotline.store import Session, Store
from hotline.store.calling.moves import close_silent, end_quiet_waves
from hotline.store.duty.standins import searches_due, searches_open
from hotline.store.looking.moved import what_moved
from hotline.store.owed.attempts import ended_returns, run_out, tries_over
from hotline.store.owed.messages import late_messages
from hotline.store.owed.overdue import anything_overdue, anything_to_move
from hotline.store.owed.returns import lines_waited_at, promises_due
from hotline.store.sending.alarms import open_alarms
from hotline.store.sending.errands import answered_since, errand_due, withdraw_errands
from hotline.store.sending.jobs import forget_before
from hotline.store.sending.notices import expire_notices, next_notice
from hotline.store.sending.outbox import take_due
from hotline.store.talking.crises import crisis_talks
from hotline.store.talking.forms import forms_due
from scheduling.problem import Span
from tests import make
from tests.statements import statements

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NOW = make.utc("2026-11-24 15:10")
DAY = timedelta(days=1)
GROW = frozenset(
    {
        *("call", "leg", "call_event", "decision", "webhook", "outbox", "callback", "attempt"),
        *("message", "errand", "search", "question", "notice", "alarm", "assignment", "override"),
    }
)
# Indexes that hold what is under way and nothing else: to read one from end to end costs nothing.
OF_FEW = frozenset(
    {
        *("ix_call_open", "ix_leg_live", "ix_errand_live", "ix_callback_open", "ix_message_open"),
        *("ix_outbox_due", "ix_notice_due", "uq_alarm_open"),
    }
)
ASKED: dict[str, Callable[[Session], object]] = {
    "overdue": lambda db: anything_overdue(db, NOW),
    "to move": lambda db: anything_to_move(db, NOW),
    "silent callers": lambda db: close_silent(db, NOW),
    "quiet waves": end_quiet_waves,
    "waited at": lines_waited_at,
    "orders": lambda db: take_due(db, NOW, 16),
    "notices": lambda db: (next_notice(db), expire_notices(db, NOW)),
    "promises": lambda db: promises_due(db, NOW, NOW),
    "tries": lambda db: (tries_over(db, NOW), ended_returns(db), run_out(db, NOW)),
    "messages": lambda db: late_messages(db, NOW),
    "forms": lambda db: forms_due(db, NOW - DAY),
    "errands": lambda db: (errand_due(db, NOW), answered_since(db, NOW - DAY)),
    "errands in vain": lambda db: withdraw_errands(db, [1], NOW),
    "searches": lambda db: (searches_due(db, NOW), searches_open(db, NOW)),
    "alarms": open_alarms,
    "the board's poll": what_moved,
    "crises": lambda db: crisis_talks(db, Span(NOW - 30 * DAY, NOW)),
    "documents": lambda db: forget_before(db, NOW - DAY),
}


@pytest.mark.parametrize("what", ASKED)
def test_no_table_is_searched_that_grows_with_time(store: Store, what: str) -> None:
    with statements(store) as said, store.writing() as db:
        ASKED[what](db)
    assert said

    steps = [step for statement in said for step in plan(store, statement)]

    assert [step for step in steps if reads_all(step)] == []


def test_the_crises_of_a_year_are_found_among_urgent_calls_alone(store: Store) -> None:
    with statements(store) as said, store.reading() as db:
        crisis_talks(db, Span(NOW - 365 * DAY, NOW))

    steps = [step for statement in said for step in plan(store, statement)]

    assert any("ix_call_urgent" in step for step in steps)


def plan(store: Store, statement: str) -> list[str]:
    explained = text("explain query plan " + statement.replace(":", r"\:"))
    with store.reading() as db:
        return [row.detail for row in db.connection().execute(explained)]


def reads_all(step: str) -> bool:
    """Whether a step of a plan goes through a growing table, or through an index of all of it."""
    verb, table, *by = step.split()
    name = table.rstrip("0123456789_")  # an alias
    return verb == "SCAN" and name in GROW and not OF_FEW.intersection(by)


def test_a_search_through_a_whole_table_would_be_seen(store: Store) -> None:
    steps = plan(store, "select id from leg where result = 'talked'")

    assert [step for step in steps if reads_all(step)] == ["SCAN leg"]

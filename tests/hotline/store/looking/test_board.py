"""Does the board read what the telephone wrote, cheaply, and does it notice every change?"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from hotline.board import Stage
from hotline.calls.states import CallState, LegState, Outcome
from hotline.duty import PersonId
from hotline.handshake.stand_ins.away import announce
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.store import Session, Store
from hotline.store.looking.board import board_facts, open_calls
from hotline.store.looking.moved import what_moved
from hotline.store.sending.alarms import clear_alarm_numbered, raise_alarms
from hotline.store.tables import (
    CallbackRow,
    CallEventRow,
    CallRow,
    LegRow,
    MessageRow,
    PresenceRow,
    RosterRow,
)
from scheduling.problem import Span
from tests.hotline.console import scene
from tests.statements import statements

NOW = scene.BUSY
MIDNIGHT = scene.local(1, 0)


@pytest.fixture
def busy(store: Store) -> Store:
    with store.writing() as db:
        scene.busy(db)
    return store


def test_open_calls_are_read_by_where_the_caller_is(busy: Store) -> None:
    with busy.reading() as db:
        calls = board_facts(db, MIDNIGHT, NOW).calls

    assert [(call.line, call.stage) for call in calls] == [
        ("96111-nanjing", Stage.WAITING),
        ("12355", Stage.WAITING),
        ("12355", Stage.WAITING),
        ("parents", Stage.LEAVING),
        ("96111-nanjing", Stage.TALKING),
        ("96111-changzhou", Stage.TALKING),
    ]
    assert [call.ringing for call in calls[:3]] == [1, 0, 0]
    assert [call.urgent for call in calls[:3]] == [False, True, False]


def test_a_conversation_is_counted_from_its_beginning_and_names_the_person(busy: Store) -> None:
    with busy.reading() as db:
        talk = board_facts(db, MIDNIGHT, NOW).calls[4]

    assert talk.person == PersonId(1 + scene.NAMES.index("赵敏"))
    assert talk.since == NOW - timedelta(minutes=12, seconds=31)


def test_a_caller_who_waits_again_waits_since_then(store: Store) -> None:
    again = NOW - timedelta(seconds=20)
    with store.writing() as db:
        scene.fill(db)
        row = scene.talks(db, "12355", "赵敏", NOW - timedelta(minutes=30))
        row.state, row.since = CallState.WAITING.value, again
        db.add(row)

    with store.reading() as db:
        [call] = board_facts(db, MIDNIGHT, NOW).calls

    assert (call.stage, call.since, call.person) == (Stage.WAITING, again, None)


def test_outcomes_are_those_of_calls_that_ended_since_midnight(store: Store) -> None:
    with store.writing() as db:
        for ended in (-1, 0, 5):
            arrived = MIDNIGHT + timedelta(minutes=ended - 9)  # the scene's calls last nine
            scene.call(db, "12355", CallState.CLOSED, arrived, Outcome.ANSWERED)
        scene.call(db, "12355", CallState.CLOSED, MIDNIGHT, Outcome.LEFT)

    with store.reading() as db:
        outcomes = board_facts(db, MIDNIGHT, NOW).outcomes

    assert outcomes == {"12355": {Outcome.ANSWERED: 2, Outcome.LEFT: 1}}


def test_promises_not_kept_are_counted(busy: Store) -> None:
    with busy.reading() as db:
        facts = board_facts(db, MIDNIGHT, NOW)
        open_ones = db.exec(select(CallbackRow).where(col(CallbackRow.done).is_(None))).all()

    promised = list(facts.promised.values())
    assert sum(each.callbacks for each in promised) == len(open_ones) == 2
    assert sum(each.overdue for each in promised) == sum(row.due <= NOW for row in open_ones) == 1
    assert sum(each.messages for each in promised) == 2


def test_the_number_of_queries_does_not_grow_with_the_calls(store: Store) -> None:
    with store.writing() as db:
        scene.fill(db)
    counts = []
    for _ in range(2):
        with statements(store) as said, store.reading() as db:
            what_moved(db)
            board_facts(db, MIDNIGHT, NOW)
        counts.append(len([text for text in said if "SELECT" in text]))
        with store.writing() as db:
            for _ in range(20):
                scene.call(db, "12355", CallState.WAITING, NOW)

    assert counts == [10, 10]


def call_waits(db: Session) -> None:
    scene.call(db, "12355", CallState.WAITING, NOW)


def event_is_noted(db: Session) -> None:
    db.add(CallEventRow(call_id=1, at=NOW, kind="noted"))


def call_moves(db: Session) -> None:
    row = db.exec(select(CallRow).where(col(CallRow.state) == CallState.RINGING.value)).one()
    row.state = CallState.WAITING.value
    db.add(row)


def caller_presses_the_emergency_key(db: Session) -> None:
    row = db.exec(select(CallRow).where(col(CallRow.state) == CallState.RINGING.value)).one()
    row.urgent = True
    db.add(row)


def leg_ends(db: Session) -> None:
    row = db.exec(select(LegRow).where(col(LegRow.state) == LegState.DIALLED.value)).one()
    row.state = LegState.ENDED.value
    db.add(row)


def person_is_freed(db: Session) -> None:
    row = db.exec(select(PresenceRow).where(col(PresenceRow.talking))).first()
    assert row is not None
    row.talking, row.leg_id = False, None
    db.add(row)


def wrap_up_grows(db: Session) -> None:
    row = db.exec(select(PresenceRow).where(col(PresenceRow.free_at) > NOW)).one()
    row.free_at += timedelta(minutes=1)
    db.add(row)


def callback_is_kept(db: Session) -> None:
    row = db.exec(select(CallbackRow).where(col(CallbackRow.done).is_(None))).first()
    assert row is not None
    row.done = NOW
    db.add(row)


def message_is_left(db: Session) -> None:
    day = timedelta(days=1)
    db.add(
        MessageRow(
            call_id=1,
            line="12355",
            at=NOW,
            recording_sid="RE1",
            seconds=9,
            due=NOW + day,
            next_at=NOW,
        )
    )


def roster_is_published(db: Session) -> None:
    row = db.exec(select(RosterRow)).first()
    assert row is not None
    row.published_at = NOW
    db.add(row)


def somebody_cannot_come(db: Session) -> None:
    span = Span(NOW, NOW + timedelta(hours=2))
    announce(db, "v04", span, NOW, seeking=False)


def alarm_is_raised(db: Session) -> None:
    raise_alarms(db, [Alarm(AlarmKind.UNREACHABLE, "v09")], NOW)


def alarm_is_cleared(db: Session) -> None:
    assert clear_alarm_numbered(db, 1, NOW)


CHANGES = [
    call_waits,
    event_is_noted,
    call_moves,
    caller_presses_the_emergency_key,
    leg_ends,
    person_is_freed,
    wrap_up_grows,
    callback_is_kept,
    message_is_left,
    roster_is_published,
    somebody_cannot_come,
    alarm_is_raised,
    alarm_is_cleared,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_is_noticed(busy: Store, change: Callable[[Session], None]) -> None:
    with busy.reading() as db:
        before = what_moved(db)
        assert what_moved(db) == before

    with busy.writing() as db:
        change(db)

    with busy.reading() as db:
        assert what_moved(db).mark != before.mark


def test_what_runs_out_by_itself_is_known(busy: Store, store: Store) -> None:
    with busy.reading() as db:
        settled = what_moved(db).settled

    assert settled is not None
    assert settled > NOW


def test_an_empty_hotline_is_settled(store: Store) -> None:
    with store.reading() as db:
        moved = what_moved(db)

    assert (moved.open_calls, moved.settled) == (0, None)


def test_open_calls_are_found_without_looking_at_those_that_are_over(
    sqlite_template: Path, tmp_path: Path
) -> None:
    """With a million calls that are over, reading them all took a tenth of a second each time."""
    path = tmp_path / "hotline.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{path}")

    with statements(store) as said, store.reading() as db:
        assert open_calls(db) == ()
    with store.reading() as db:
        plan = db.connection().exec_driver_sql(f"explain query plan {said[0]}").all()
    store.close()

    assert any("ix_call_open" in row.detail for row in plan)

"""Who is on duty in the soak, how their telephones fare, and who calls."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hotline.ports import system_clock
from hotline.practice import (
    BUSY,
    HANGS_UP_IN_WHISPER,
    MAILBOX,
    PASSES,
    RINGS_OUT,
    Answer,
    Behaviour,
    Caller,
    Habit,
    Phone,
    slower,
)
from hotline.rosters.states import RosterState
from hotline.rosters.week import week_of
from hotline.store import Store
from hotline.store.tables import AssignmentRow, PersonRow, RosterRow

PEOPLE: Final = 16
LINE: Final = "+862500096111"
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
SECOND: Final = timedelta(seconds=1)
QUICK_MAILBOX: Final = slower(MAILBOX, timedelta(seconds=-12))
HABITS: Final = (
    (None, 74),  # accepts
    (RINGS_OUT, 6),
    (QUICK_MAILBOX, 7),
    (PASSES, 6),
    (HANGS_UP_IN_WHISPER, 4),
    (BUSY, 3),
)
CALLBACK: Final = (Answer("回电请按1", "1"), Answer("同意请按1", "1"))
MESSAGE: Final = (Answer("留言请按2", "2"),)
EMERGENCY: Final = (Answer("紧急情况请按9", "9"),)
Habits = Callable[[datetime], Behaviour]


def staff(store: Store) -> None:
    """Store the people, all of them on duty from an hour ago on."""
    now = system_clock()
    week = str(week_of(now, SHANGHAI))
    with store.writing() as db:
        roster = RosterRow(desk="day", week=week, state=RosterState.PUBLISHED, created_at=now)
        people = [person_row(f"v{place:02d}") for place in range(PEOPLE)]
        db.add_all([roster, *people])
        db.flush()
        for person in people:
            db.add(assignment_row(roster, person, now))


def person_row(code: str) -> PersonRow:
    """Somebody who agreed to a great deal."""
    return PersonRow(
        code=code,
        name=code.upper(),
        address=f"client:{code}",
        languages="zh",
        desks="day",
        supervised_turns=20,
        shifts_a_week=7,
        hours_a_week=100,
        nights_a_week=7,
        nights_running=7,
    )


def assignment_row(roster: RosterRow, person: PersonRow, now: datetime) -> AssignmentRow:
    """On duty from an hour ago on, for half a day."""
    assert roster.id is not None
    assert person.id is not None
    return AssignmentRow(
        roster_id=roster.id,
        person_id=person.id,
        shift=f"day/{now:%Y-%m-%d}/always",
        kind="24h",
        starts=now - timedelta(hours=1),
        ends=now + timedelta(hours=12),
    )


def usual(chance: random.Random) -> Habits:
    """A telephone that mostly is answered."""
    return lambda _: _behaviour(chance)


def accepting(chance: random.Random, slowest: float = 4) -> Habits:
    """A telephone that is always answered, after so many seconds at most."""
    return lambda _: _accepts(chance, slowest)


def only(behaviour: Behaviour) -> Habits:
    """A telephone that always does the same."""
    return lambda _: behaviour


def connect(put: Callable[[Phone], None], habits: Habits) -> None:
    """Give everybody a telephone of these habits."""
    for place in range(PEOPLE):
        put(Phone(f"client:v{place:02d}", habits))


def _behaviour(chance: random.Random) -> Behaviour:
    (habit,) = chance.choices([h for h, _ in HABITS], [weight for _, weight in HABITS])
    return _accepts(chance, 4) if habit is None else habit


def _accepts(chance: random.Random, slowest: float) -> Behaviour:
    drops = chance.uniform(1, 3) * SECOND if chance.random() < 0.1 else None
    return Behaviour(
        Habit.ACCEPTS,
        answers_after=chance.uniform(0.5, slowest) * SECOND,
        thinks=chance.uniform(0.2, 2.5) * SECOND,
        drops_after=drops,
    )


def caller(chance: random.Random, at: datetime, patience: tuple[float, float]) -> Caller:
    """Somebody who dials at `at`, and hangs up when waiting takes longer than their patience."""
    answers = chance.choice([(), (), CALLBACK, MESSAGE, EMERGENCY])
    return Caller(
        number=None if chance.random() < 0.1 else f"+86130{chance.randrange(10**8):08d}",
        dials=LINE,
        at=at,
        patience=chance.uniform(*patience) * SECOND,
        talk=chance.uniform(2, 6) * SECOND,
        answers=answers,
        leaves_message=chance.uniform(2, 6) * SECOND if answers is MESSAGE else None,
    )

"""The made-up callers and telephones of the demo."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import Line, Settings
from hotline.practice import (
    BUSY,
    MAILBOX,
    PASSES,
    RINGS_OUT,
    Answer,
    Behaviour,
    Caller,
    Habit,
    Phone,
)
from hotline.store import Store
from hotline.store.people.everybody import active_people

# How the sample volunteers' telephones fare when rung; made up.
HABITS: Final = ((Habit.ACCEPTS, 86), (RINGS_OUT, 5), (MAILBOX, 4), (PASSES, 3), (BUSY, 2))
WITHHELD: Final = 0.1
URGENT: Final = 0.03
CHOICES: Final = (
    ((), None),  # hangs on until goodbye
    (
        (Answer("预约回电请按1|call back press 1", "1"), Answer("同意请按1|agree press 1", "1")),
        None,
    ),
    ((Answer("留言请按2|message press 2", "2"),), 20),
    ((Answer("请按3|press 3", "3"),), None),
)
EMERGENCY: Final = Answer("请按9|press 9", "9")


@dataclass(frozen=True)
class Manner:
    """How long people talk and wait: median of the talk, mean patience."""

    talk: timedelta
    patience: timedelta


def connect_phones(store: Store, connect: Callable[[Phone], None], chance: random.Random) -> None:
    """Give every volunteer a telephone that mostly is answered."""
    with store.reading() as db:
        people = active_people(db)
    for person in people:
        connect(Phone(person.address, _habits(random.Random(chance.random()))))


def connect_partners(settings: Settings, connect: Callable[[Phone], None]) -> None:
    """Partner lines answer without a key."""
    addresses = {each.address for each in settings.partners or ()}
    addresses |= {line.partner for line in settings.lines if line.partner}
    for address in sorted(addresses):
        connect(Phone(address, Behaviour(Habit.SILENT, stays=timedelta(minutes=10))))


def _habits(mind: random.Random) -> Callable[[datetime], Behaviour]:
    return lambda _: _behaviour(mind)


def _behaviour(mind: random.Random) -> Behaviour:
    (habit,) = mind.choices([h for h, _ in HABITS], [weight for _, weight in HABITS])
    if isinstance(habit, Behaviour):
        return habit
    answers = timedelta(seconds=mind.uniform(3, 11))
    return Behaviour(Habit.ACCEPTS, answers_after=answers, thinks=timedelta(seconds=2))


def caller(settings: Settings, at: datetime, manner: Manner, chance: random.Random) -> Caller:
    """Somebody who dials one of the lines at `at`."""
    line = chance.choice(settings.lines)
    answers, message = chance.choice(CHOICES)
    if chance.random() < URGENT:
        answers = (*answers, EMERGENCY)
    talk = chance.lognormvariate(math.log(manner.talk.total_seconds()), 0.8)
    return Caller(
        number=None if chance.random() < WITHHELD else f"+86130{chance.randrange(10**8):08d}",
        dials=_dialled(line),
        at=at,
        patience=timedelta(seconds=20 + chance.expovariate(1 / manner.patience.total_seconds())),
        talk=timedelta(seconds=talk),
        answers=answers,
        leaves_message=None if message is None else timedelta(seconds=message),
    )


def _dialled(line: Line) -> str:
    """As a short number arrives from its own carrier: by SIP where the line has such an address."""
    return next((n for n in line.numbers if n.startswith("sip:")), line.numbers[0])

"""A November that has been counted: made-up counts for every line and day up to today."""

from datetime import date, timedelta
from random import Random
from typing import Final

from flask import Flask

from hotline.config.settings import DeskName
from hotline.parts import Parts
from hotline.reports.figures import Counts, DeskCounts, DeskDay, LineDay
from hotline.store import Store
from hotline.store.counting.day_counts import keep_desk_days, keep_duties, keep_line_days
from scheduling.problem import ShiftKind
from tests.hotline.console import scene

FIRST: Final = date(2026, 11, 1)
TODAY: Final = date(2026, 11, 24)
DAYS: Final = tuple(FIRST + timedelta(days=n) for n in range((TODAY - FIRST).days + 1))


def counts_of(line: str, day: date) -> Counts:
    """The same for the same line and day; weekends are busier."""
    chance = Random(f"{line}/{day}")
    calls = chance.randint(8, 20) + 8 * (day.weekday() > 4)
    short, left, others = chance.randint(0, 2), chance.randint(0, 3), chance.randint(0, 3)
    answered = calls - short - left - others
    return Counts(
        calls=calls,
        short=short,
        answered=answered,
        prompt=answered - chance.randint(0, answered // 3),
        left=left,
        callbacks=others,
        wait_seconds=answered * chance.randint(6, 20),
        longest_wait=chance.randint(40, 180),
        talk_seconds=answered * chance.randint(900, 2400),
        known=calls - 2,
        repeats=chance.randint(0, 4),
        rated=answered - 1,
        high_risk=chance.randint(0, 1),
        due=others,
        kept=max(0, others - chance.randint(0, 1)),
        follow_due=1,
        follow_kept=chance.randint(0, 1),
    )


def desk_counts(desk: str, day: date) -> DeskCounts:
    """Likewise."""
    chance = Random(f"{desk}/{day}")
    return DeskCounts(12, chance.randint(12_000, 40_000), 2 * 18 * 3600)


def counted(store: Store) -> None:
    """Keep the counts of every line and desk of the scene."""
    lines = [
        LineDay(line.name, day, counts_of(line.name, day)) for line in scene.LINES for day in DAYS
    ]
    desks = [
        DeskDay(DeskName(desk.name), day, desk_counts(desk.name, day))
        for desk in scene.DESKS
        for day in DAYS
    ]
    with store.writing() as db:
        keep_line_days(db, lines, scene.BUSY)
        keep_desk_days(db, desks, scene.BUSY)
        for day in DAYS:
            keep_duties(db, day, _nights(day))


def _nights(day: date) -> dict[tuple[ShiftKind, DeskName, str], int]:
    """Two people a night, and one a day of 24 hours, in turn; some more often than others."""
    number = day.toordinal()
    nights = {(number * step) % 20 for step in (2, 3)}
    found = {(ShiftKind.NIGHT, DeskName("nanjing"), f"v{place:02}"): 1 for place in nights}
    return {**found, (ShiftKind.FULL_DAY, DeskName("campus"), f"v{number % 5:02}"): 1}


def prepared(app: Flask) -> None:
    """For the gallery."""
    found: Parts = app.extensions["hotline"]
    counted(found.store)

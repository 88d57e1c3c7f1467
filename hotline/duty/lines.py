"""Which desks answer a line now: its own chain, or what a supervisor said for a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hotline.config.settings import Line
from hotline.duty.facts import LineChange, Rota


def line_now(rota: Rota, line: Line, at: datetime) -> Line:
    """The line with the chain that answers it at `at`; none while it is paused."""
    change = change_of(rota.changes, line, at) if rota.changes else None
    return line if change is None else replace(line, desks=change.desks)


def change_of(changes: Sequence[LineChange], line: Line, at: datetime) -> LineChange | None:
    """What a supervisor said of this line that holds at `at`: the last word counts."""
    mine = [c for c in changes if c.line == line.name and c.span.start <= at < c.span.end]
    return max(mine, key=lambda change: change.id, default=None)


def paused_until(rota: Rota, line: Line, at: datetime) -> datetime | None:
    """Until when nobody answers the line because a supervisor said so; None: it is not paused."""
    change = change_of(rota.changes, line, at)
    return change.span.end if change is not None and change.paused else None

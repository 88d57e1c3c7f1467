"""What became of the calls of one play, hour by hour?"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from scheduling.problem import Span
from scheduling.rehearsal.stage import Outcome, Stage

HOUR: Final = timedelta(hours=1)


@dataclass(slots=True)
class Cell:
    """The calls that came to one line in one hour; waits are summed over all of them."""

    calls: int = 0
    in_time: int = 0  # answered within the promised time
    waited_seconds: float = 0.0
    ends: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))


@dataclass
class Tally:
    """Counts by line and by desk, both by hours from the start of the span on.

    busy: hours of talk and wrap-up on duty.
    """

    stage: Stage
    lines: dict[str, dict[int, Cell]] = field(default_factory=dict)
    busy: dict[str, dict[int, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line, desks in self.stage.lines.items():
            self.lines[line] = defaultdict(Cell)
            for desk in desks:
                self.busy.setdefault(desk, defaultdict(float))

    def came(self, line: str, arrived: datetime) -> None:
        """A call arrived."""
        self._cell(line, arrived).calls += 1

    def ended(self, line: str, arrived: datetime, outcome: Outcome, waited: timedelta) -> None:
        """Its wait is over. waited: until somebody talked, or until the end without a person."""
        cell = self._cell(line, arrived)
        cell.waited_seconds += waited.total_seconds()
        cell.ends[outcome] += 1
        cell.in_time += outcome is Outcome.ANSWERED and waited <= self.stage.within

    def worked(self, desk: str, start: datetime, end: datetime) -> None:
        """Somebody talked or wrote up a call at `desk`."""
        for hour, length in hours_of(start, end, self.stage.span):
            self.busy[desk][hour] += length

    def _cell(self, line: str, arrived: datetime) -> Cell:
        return self.lines[line][(arrived - self.stage.span.start) // HOUR]


def hours_of(start: datetime, end: datetime, span: Span) -> list[tuple[int, float]]:
    """How much of each hour of `span`, by number, lies between two instants; in hours."""
    start, end = max(start, span.start), min(end, span.end)
    found = []
    while start < end:
        hour = (start - span.start) // HOUR
        until = min(end, span.start + (hour + 1) * HOUR)
        found.append((hour, (until - start) / HOUR))
        start = until
    return found

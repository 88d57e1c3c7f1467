"""What is to be expected of a rehearsed week, and between which bounds most runs lie?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scheduling.demand.grid import Floats
from scheduling.rehearsal.bands import Band
from scheduling.rehearsal.stage import Outcome, Stage
from scheduling.rehearsal.tally import HOUR, Tally, hours_of

BAND: Final = (0.1, 0.9)  # four of five runs lie between
COUNTED: Final = 3 + len(Outcome)  # calls, in time, seconds waited, and each outcome
Singles: TypeAlias = NDArray[np.float32]  # 10,000 runs have to fit


@dataclass(frozen=True)
class Figures:
    """What callers meet. calls, late, unanswered: so many in a run; the others over all calls.

    late: not answered in time, or not at all.
    in_time: answered within the promised time; abandoned: hung up while waiting; exits: heard the
    honest exit; wait: seconds, of answered and unanswered calls; occupancy: of the people who may
    answer, the share of their time on duty in talk and wrap-up. None: there is nothing to divide.
    """

    calls: Band
    late: Band
    unanswered: Band
    in_time: Band | None
    abandoned: Band | None
    exits: Band | None
    wait: Band | None
    occupancy: Band | None


@dataclass(frozen=True)
class Rehearsed:
    """All runs. counts: run, line, hour, and what is `COUNTED`; busy: run, desk, hour, in hours of
    work; staffed: desk, hour, in people; spared: unanswered calls fewer by each change.
    """

    stage: Stage
    counts: Singles
    busy: Singles
    staffed: Floats
    spared: tuple[Band, ...]

    @property
    def runs(self) -> int:
        """How often it was played."""
        return len(self.counts)

    @property
    def hours(self) -> tuple[datetime, ...]:
        """When each hour starts."""
        span = self.stage.span
        return tuple(span.start + n * HOUR for n in range(_hours(self.stage)))

    def figures(
        self, lines: Iterable[str] | None = None, hours: Sequence[int] | None = None
    ) -> Figures:
        """Of the calls of some lines in some hours, by number; None: all."""
        names, desks = list(self.stage.lines), _desks(self.stage)
        asked = names if lines is None else list(lines)
        when = slice(None) if hours is None else list(hours)
        reached = sorted({desks.index(desk) for name in asked for desk in self.stage.lines[name]})
        rows = self.counts[:, [names.index(name) for name in asked]][:, :, when]
        calls, in_time, waited, answered, left, ceiling, unstaffed = np.moveaxis(
            rows.sum(axis=(1, 2), dtype=np.float64), -1, 0
        )
        busy = self.busy[:, reached][:, :, when].sum(axis=(1, 2), dtype=np.float64)
        staffed = np.full(self.runs, self.staffed[reached][:, when].sum())
        return Figures(
            calls=_mean(calls),
            late=_mean(calls - in_time),
            unanswered=_mean(calls - answered),
            in_time=_share(in_time, calls),
            abandoned=_share(left, calls),
            exits=_share(ceiling + unstaffed, calls),
            wait=_share(waited, calls),
            occupancy=_share(busy, staffed),
        )


def gathered(
    stage: Stage, most: int, changes: int, played: Iterable[tuple[Tally, Sequence[int]]]
) -> Rehearsed:
    """The runs side by side, `most` of them; a tally is not kept. played: with what is spared."""
    hours, runs = _hours(stage), 0
    counts = np.zeros((most, len(stage.lines), hours, COUNTED), dtype=np.float32)
    busy = np.zeros((most, len(_desks(stage)), hours), dtype=np.float32)
    spared = np.zeros((changes, most))
    for tally, less in played:
        _count(tally, counts[runs])
        _work(tally, busy[runs])
        spared[:, runs] = less
        runs += 1
    means = tuple(map(_mean, spared[:, :runs]))
    return Rehearsed(stage, counts[:runs], busy[:runs], _staffed(stage), means)


def _hours(stage: Stage) -> int:
    return -(-stage.span.length // HOUR)


def _desks(stage: Stage) -> list[str]:
    return sorted({desk for desks in stage.lines.values() for desk in desks})


def _count(tally: Tally, into: Singles) -> None:
    for line, cells in enumerate(tally.lines.values()):
        for hour, cell in cells.items():
            ends = cell.ends.values()
            into[line, hour] = (cell.calls, cell.in_time, cell.waited_seconds, *ends)


def _work(tally: Tally, into: Singles) -> None:
    for number, desk in enumerate(_desks(tally.stage)):
        for hour, length in tally.busy[desk].items():
            into[number, hour] = length


def _staffed(stage: Stage) -> Floats:
    desks = _desks(stage)
    found = np.zeros((len(desks), _hours(stage)))
    for post in stage.posts:
        if post.desk in desks and not post.standby:
            for hour, length in hours_of(post.span.start, post.span.end, stage.span):
                found[desks.index(post.desk), hour] += length
    return found


def _mean(of_runs: Floats) -> Band:
    return Band(float(of_runs.mean()), *_bounds(of_runs))


def _share(part: Floats, whole: Floats) -> Band | None:
    """Over all runs together; the bounds are of the runs that have any."""
    some = whole > 0
    if not some.any():
        return None
    return Band(float(part.sum() / whole.sum()), *_bounds(part[some] / whole[some]))


def _bounds(of_runs: Floats) -> tuple[float, float]:
    low, high = np.quantile(of_runs, BAND)
    return float(low), float(high)

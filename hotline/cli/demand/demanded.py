"""What `hotline demand` shows, and its documents."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName, LineName, Settings
from hotline.config.tables.demand import Demand
from hotline.demand.foretelling import BAND, LineOutlook, Outlook, days_of
from hotline.demand.importing import ImportedHistory
from hotline.demand.promised import Kept, kept
from hotline.demand.reading import History
from hotline.demand.seating import DeskSeats, Seats
from scheduling.demand.counts import DAY, MINUTE
from scheduling.demand.dates.calendars import SpecialDay

FEW_DAYS: Final = timedelta(days=2, hours=1)
LOW, HIGH = BAND


@dataclass(frozen=True)
class Peak:
    """A line's busiest half hour. low, high: four of five such half hours bring so many calls."""

    at: datetime
    calls: float
    low: float
    high: float


@dataclass(frozen=True)
class Shown:
    """What is expected, and asked of desks.

    lost: of each line the calls that come while all its desks are closed.
    """

    settings: Settings
    outlook: Outlook
    desks: tuple[DeskSeats, ...]
    lost: Mapping[LineName, float]

    def only(self, lines: Set[LineName], desks: Set[DeskName]) -> "Shown":
        """The same with these lines and desks alone."""
        mine = tuple(line for line in self.outlook.lines if line.line in lines)
        seats = tuple(desk for desk in self.desks if desk.desk in desks)
        return replace(self, outlook=replace(self.outlook, lines=mine), desks=seats)

    def peak(self, line: LineOutlook) -> Peak:
        """The busiest half hour of a line, the first of several."""
        found = line.forecast
        place = found.mean.index(max(found.mean))
        at = self.outlook.starts[place]
        return Peak(at, found.mean[place], found.bands[LOW][place], found.bands[HIGH][place])

    def calls_a_day(self, line: LineOutlook) -> float:
        """The mean over the days shown."""
        return sum(line.forecast.mean) * (DAY / self.outlook.span.length)

    @property
    def demand(self) -> Demand:
        """The promise and its numbers."""
        assert self.settings.demand is not None  # or there were nothing to show
        return self.settings.demand

    @property
    def in_detail(self) -> bool:
        """Whether these are so few days that bands and floors are shown, too."""
        return self.outlook.span.length <= FEW_DAYS

    @property
    def special(self) -> Mapping[date, SpecialDay]:
        """The holidays and make-up workdays among the days shown."""
        known = self.outlook.calendar.special
        days = days_of(self.outlook.span, self.outlook.calendar)
        return {day: known[day] for day in days if day in known}

    def kept(self, desk: DeskSeats, people: Callable[[Seats], int]) -> Kept | None:
        """What becomes of the desk's calls with so many people in each half hour."""
        return kept(desk.halves, people, self.demand)


def floor_of(half: Seats) -> int:
    """The people that a half hour must have."""
    return half.floor


def demand_document(shown: Shown) -> dict[str, object]:
    """What is shown, every half hour of it."""
    outlook, demand = shown.outlook, shown.demand
    return {
        "from": outlook.span.start.isoformat(),
        "to": outlook.span.end.isoformat(),
        "provisional": outlook.provisional,
        "talk_minutes": demand.talk_minutes,
        "patience_minutes": demand.patience_minutes,
        "share": demand.share,
        "within_seconds": demand.within_seconds,
        "holidays": [
            {"day": day.isoformat(), "name": special.name, "kind": special.kind.value}
            for day, special in shown.special.items()
        ],
        "seasons": [{"name": season.name, "factor": season.factor} for season in outlook.seasons],
        "lines": [_line_document(line, shown) for line in outlook.lines],
        "desks": [_desk_document(desk, shown) for desk in shown.desks],
    }


def import_document(done: ImportedHistory, history: History) -> dict[str, object]:
    """What an import brought."""
    return {
        "added": done.added,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "minutes": sorted(length // MINUTE for length in history.lengths),
        "lines": [
            {
                "line": line.line,
                "from": line.span.start.isoformat(),
                "to": line.span.end.isoformat(),
                "half_hours": line.half_hours,
                "untold": line.untold,
                "calls": line.calls,
            }
            for line in done.lines
        ],
    }


def _line_document(line: LineOutlook, shown: Shown) -> dict[str, object]:
    found = line.forecast
    rows = zip(shown.outlook.starts, found.mean, found.bands[LOW], found.bands[HIGH], strict=True)
    return {
        "line": line.line,
        "method": found.method.value,
        "weeks_of_history": round(line.weeks, 1),
        "calls_a_day": line.calls_a_day,
        "busy": found.busy,
        "expected": sum(found.mean),
        "with_all_desks_closed": shown.lost[line.line],
        "half_hours": [
            {"start": at.isoformat(), "expected": mean, "low": int(low), "high": int(high)}
            for at, mean, low, high in rows
        ],
    }


def _desk_document(desk: DeskSeats, shown: Shown) -> dict[str, object]:
    return {
        "desk": desk.desk,
        "targets": desk.source.value,
        "at_floor": _kept_document(shown.kept(desk, floor_of)),
        "at_target": _kept_document(shown.kept(desk, desk.target)),
        "half_hours": [_half_document(half, desk.target(half)) for half in desk.halves],
    }


def _kept_document(share: Kept | None) -> dict[str, float] | None:
    return None if share is None else {"in_time": share.in_time, "hung_up": share.hung_up}


def _half_document(half: Seats, target: int) -> dict[str, object]:
    return {
        "start": half.start.isoformat(),
        "floor": half.floor,
        "cover": half.cover,
        "needed": half.needed,
        "most": half.most,
        "target": target,
        "load": half.load,
    }

"""What the question of a week is made from, how far around it matters, and what can be missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from hotline.config.settings import Desk, DeskName, Settings
from hotline.errors import HotlineError
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.raising import Raised
from hotline.rosters.question.seams import BEYOND
from hotline.rosters.week import Week
from hotline.store.duty.absences import Absence
from hotline.store.talking.crises import CrisisTalk
from scheduling.problem import Period, Pin, Shift, Span

DAY = timedelta(days=1)
NEIGHBOURS = timedelta(days=7)  # rest and nights running reach no further than a week


class Lack(StrEnum):
    """What a week cannot be asked for without."""

    SHIFTS = "shifts"  # at one desk, or at any
    PEOPLE = "people"  # who may sit at a desk


class AskError(HotlineError):
    """There is nothing to ask: no shifts, or nobody to take them. desk: "" is all of them."""

    def __init__(self, lack: Lack, desk: str, sentence: str) -> None:
        super().__init__(sentence)
        self.lack = lack
        self.desk = desk


@dataclass(frozen=True)
class Facts:
    """What the question of a week, or of several running, is made from.

    promises, absences, talks: all that `reach` covers;
    wanted: by desk, the targets that the expected calls raise half hours to; beside: shifts that
    are offered beside, or instead of, the configured ones.
    """

    week: Week
    desks: tuple[Desk, ...]
    people: tuple[StoredPerson, ...]
    promises: tuple[Promise, ...] = ()
    pins: tuple[Pin, ...] = ()
    absences: tuple[Absence, ...] = ()
    talks: tuple[CrisisTalk, ...] = ()
    wanted: Raised = field(default_factory=dict)
    count: int = 1  # of weeks, the first included
    beside: tuple[Shift, ...] = ()

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks that are asked for together."""
        return weeks_from(self.week, self.count)

    @property
    def desk_names(self) -> tuple[DeskName, ...]:
        """The desks by name, in the same order."""
        return tuple(desk.name for desk in self.desks)


def weeks_from(first: Week, count: int) -> tuple[Week, ...]:
    """So many weeks running."""
    return tuple(first.shifted(n) for n in range(count))


def reach(weeks: Sequence[Week], settings: Settings, people: Iterable[StoredPerson] = ()) -> Span:
    """How far around some weeks other rosters matter: for fairness, rest, and people's limits."""
    horizon = horizon_of(weeks, settings.site.zone)
    back = max(timedelta(weeks=settings.scheduling.look_back_weeks), *map(memory, people), DAY)
    return Span(horizon.start - max(back, NEIGHBOURS) - BEYOND, horizon.end + NEIGHBOURS)


def horizon_of(weeks: Sequence[Week], zone: ZoneInfo) -> Span:
    """From the first instant of some weeks running to the last."""
    return Span(weeks[0].horizon(zone).start, weeks[-1].horizon(zone).end)


def memory(person: StoredPerson) -> timedelta:
    """How long what a person worked counts for their own limits."""
    days = [31 if cap.period is Period.MONTH else cap.days for cap in person.agreement.caps]
    return max(NEIGHBOURS, *(timedelta(days=count) for count in days), DAY)

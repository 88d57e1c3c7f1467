"""What does a draft not know yet that was built some days ago? Absences, and other rosters."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from hotline.config.settings import DeskName
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.facts import NEIGHBOURS
from hotline.rosters.question.people_asked import promised_shift
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store.duty.absences import Absence
from scheduling.problem import Person, Problem, Shift, Span


@dataclass(frozen=True)
class Learned:
    """What is known now around a week. promises: of drafts and of what is published.

    people: of whom all this is known, by code; None: of everybody.
    """

    week: Week
    zone: ZoneInfo
    promises: Sequence[Promise]
    absences: Sequence[Absence]
    people: frozenset[str] | None = None

    def of(self, person: str) -> bool:
        """Whether it is known of somebody."""
        return self.people is None or person in self.people


def as_of_today(problem: Problem, desks: Collection[DeskName], learned: Learned) -> Problem:
    """The problem as it would be asked today, for the drafts of some desks; itself if the same.

    What people have elsewhere during its days is what other rosters hold now, and so are their
    absences; all else stays as it was asked.
    """
    near = around(learned.week, learned.zone)
    absent: dict[str, list[Span]] = defaultdict(list)
    for absence in learned.absences:
        absent[absence.person].append(absence.span)
    held: dict[str, list[Shift]] = defaultdict(list)
    for person, shift in _elsewhere(desks, learned):
        held[person].append(shift)
    people = tuple(
        _person(p, near, absent[p.id], held[p.id]) if learned.of(p.id) else p
        for p in problem.people
    )
    return problem if people == problem.people else replace(problem, people=people)


def around(week: Week, zone: ZoneInfo) -> Span:
    """How far other rosters are read anew."""
    horizon = week.horizon(zone)
    return Span(horizon.start - NEIGHBOURS, horizon.end + NEIGHBOURS)


def _elsewhere(desks: Collection[DeskName], learned: Learned) -> Iterator[tuple[str, Shift]]:
    """What other rosters hold; of other weeks what is published or, where nothing is, drafted."""
    published = {(p.desk, p.week) for p in learned.promises if p.of_a_roster}
    for promise in learned.promises:
        if promise.week == str(learned.week):
            counts = promise.desk not in desks or promise.part
        else:
            known = promise.state is RosterState.PUBLISHED
            counts = known or (promise.desk, promise.week) not in published
        if counts:
            yield promise.person, promised_shift(promise, learned.zone)


def _person(person: Person, near: Span, absent: Iterable[Span], held: Iterable[Shift]) -> Person:
    older = [shift for shift in person.history if not shift.span.meets(near)]
    history = tuple(dict.fromkeys((*older, *held)))
    if set(history) == set(person.history):
        history = person.history
    away = tuple(absent)
    if set(away) == {span for span in person.absent if span.meets(near)}:
        away = person.absent
    return replace(person, history=history, absent=away)

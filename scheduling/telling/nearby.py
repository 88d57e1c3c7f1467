"""Small pieces of a roster that rules and wishes can look at: one person's week, one place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from scheduling.problem import Need, Pin, Shift, Span
from scheduling.roster import Assignment, Breach, Roster
from scheduling.rules import TEAM_RULES, TEAM_WISHES, Staffing
from scheduling.telling.edits import Edit
from scheduling.telling.indexed import Indexed

Spans = Mapping[str, tuple[Span, ...]]  # by desk


@dataclass(frozen=True)
class OwnWeek:
    """What a person has, and to what of it they are pinned; shifts by id."""

    person: str
    shifts: frozenset[str]
    pins: frozenset[str]

    def after(self, edit: Edit) -> "OwnWeek":
        """The same after an edit."""
        mine = self.person
        taken = {each.shift for each in edit.taken if each.person == mine}
        given = {each.shift for each in edit.given if each.person == mine}
        gone = {pin.shift for pin in edit.unpinned if pin.person == mine}
        more = {pin.shift for pin in edit.pinned if pin.person == mine}
        return OwnWeek(mine, (self.shifts - taken) | given, (self.pins - gone) | more)

    def alone(self, whole: Indexed) -> Staffing:
        """The week as if nobody else were there."""
        person = whole.people[self.person]
        published = whole.published_of.get(self.person, ())
        offered = [s for desk in person.desks for s in whole.shifts_at.get(desk, ())]
        named = {*self.shifts, *(pin.shift for pin in published)}
        rest = (whole.shifts[each] for each in named if each in whole.shifts)
        problem = replace(
            whole.problem,
            people=(person,),
            shifts=(*offered, *(shift for shift in rest if shift.desk not in person.desks)),
            needs=(),
            pins=tuple(Pin(self.person, shift) for shift in sorted(self.pins)),
            published=None if whole.problem.published is None else published,
            days=whole.problem.dates,
        )
        given = (Assignment(shift, self.person) for shift in sorted(self.shifts))
        return Staffing(problem, Roster(tuple(given)))


@dataclass(frozen=True)
class Place:
    """The desks of some shifts while these run. shifts: by id."""

    whole: Indexed
    shifts: tuple[str, ...]

    @cached_property
    def now(self) -> Staffing:
        """Who sits there, as if nothing else were."""
        return self.after(Edit())

    @cached_property
    def breaches(self) -> frozenset[Breach]:
        """What breaks a team's rule there now."""
        return frozenset(breach for rule in TEAM_RULES for breach in rule.breaches(self.now))

    @cached_property
    def points(self) -> Mapping[str, int]:
        """What the heads there cost now."""
        return {wish.name: wish.price(self.now) for wish in TEAM_WISHES}

    def after(self, edit: Edit) -> Staffing:
        """Who sits there after an edit. The last answer is kept: rules and wishes ask for one."""
        if self._last.get("edit") != edit:
            self._last.update(edit=edit, staffing=self._after(edit))
        found = self._last["staffing"]
        assert isinstance(found, Staffing)
        return found

    @cached_property
    def _last(self) -> dict[str, object]:
        return {}

    def _after(self, edit: Edit) -> Staffing:
        teams = {shift.id: self._team(shift.id, edit) for shift in self._near}
        names = {name for team in teams.values() for name in team} | self._promised
        names |= {other for name in names for other in self.whole.partners_of.get(name, ())}
        given = (Assignment(shift, name) for shift, team in teams.items() for name in team)
        problem = self.whole.problem
        pairs = tuple(p for p in problem.team.pairs if {p.one, p.other} <= names)
        asked = replace(
            problem,
            people=tuple(self.whole.people[name] for name in sorted(names)),
            shifts=self._near,
            needs=self._needs,
            pins=tuple(self._pins(names, edit)),
            published=None,
            team=replace(problem.team, pairs=pairs),
            days=problem.dates,
        )
        return Staffing(asked, Roster(tuple(sorted(given))))

    @cached_property
    def _spans(self) -> Spans:
        touched = [self.whole.shifts[each] for each in self.shifts]
        desks = dict.fromkeys(shift.desk for shift in touched)
        return {desk: _merged(s.span for s in touched if s.desk == desk) for desk in desks}

    @cached_property
    def _near(self) -> tuple[Shift, ...]:
        offered = self.whole.shifts_at
        return tuple(s for desk in self._spans for s in offered[desk] if self._meets(s))

    @cached_property
    def _promised(self) -> frozenset[str]:
        """Who sits there by another roster."""
        at = self.whole.promised_at
        held = (each for desk in self._spans for each in at.get(desk, ()))
        return frozenset(person.id for person, shift in held if self._meets(shift))

    @cached_property
    def _needs(self) -> tuple[Need, ...]:
        """The needs of the desks, cut to the spans."""
        return tuple(
            replace(need, span=Span(max(need.span.start, span.start), min(need.span.end, span.end)))
            for desk, spans in self._spans.items()
            for need in self.whole.needs_at.get(desk, ())
            for span in spans
            if need.span.meets(span)
        )

    def _meets(self, shift: Shift) -> bool:
        return any(span.meets(shift.span) for span in self._spans[shift.desk])

    def _team(self, shift: str, edit: Edit) -> frozenset[str]:
        taken = {each.person for each in edit.taken if each.shift == shift}
        given = {each.person for each in edit.given if each.shift == shift}
        return (self.whole.teams[shift] - taken) | given

    def _pins(self, names: Iterable[str], edit: Edit) -> Iterator[Pin]:
        for name in names:
            yield from (p for p in self.whole.pins_of.get(name, ()) if p not in edit.unpinned)
        yield from (pin for pin in edit.pinned if pin.person in set(names))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time, in spans that share no instant: no half hour may count twice."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and merged[-1].meets(span):
            span = Span(merged[-1].start, max(merged.pop().end, span.end))
        merged.append(span)
    return tuple(merged)

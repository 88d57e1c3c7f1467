"""What would a small change to a roster break, cost and cover? Asked before it is made."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from scheduling.costs import ByWish, added
from scheduling.difference import CoverChange, cover_changes
from scheduling.edits import Edit
from scheduling.indexed import Indexed
from scheduling.problem import Need, Pin, Shift, Span
from scheduling.roster import Assignment, Breach, Roster
from scheduling.rules import (
    PERSONAL_RULES,
    PERSONAL_WISHES,
    TEAM_RULES,
    TEAM_WISHES,
    Rule,
    Staffing,
    Wish,
)
from scheduling.rules.pins import Pins

Spans = Mapping[str, tuple[Span, ...]]  # by desk


@dataclass(frozen=True)
class Effect:
    """What an edit does.

    breaches: those that it makes; points: what each wish costs more then (below zero: less).
    """

    breaches: tuple[Breach, ...]
    points: ByWish
    cover: tuple[CoverChange, ...]


@dataclass(frozen=True)
class Vicinity:
    """A roster that can be asked about many edits: each looks at its own neighbourhood alone.

    The same as the auditor's answers for the whole before and after, in a fraction of the time:
    a rule or a wish looks at one person's week, at who sits together at one desk, or at the heads
    of one half hour.
    """

    whole: Indexed

    def effect(self, edit: Edit) -> Effect:
        """What the edit breaks, costs and covers.

        What people's own rules forbid is not looked at any further: it has no points and no cover.
        """
        alone = self._alone(edit)
        if alone:
            return Effect(alone, {}, ())
        places = self._places(edit)
        points = _more(TEAM_WISHES, *places)
        for week in self._weeks(edit):
            points = _sum(points, _more(PERSONAL_WISHES, *week))
        return Effect(tuple(_new(TEAM_RULES, *places)), points, tuple(cover_changes(*places)))

    def breaches(self, edit: Edit) -> tuple[Breach, ...]:
        """What the edit breaks: of people's own rules or, where these allow it, of a team's."""
        return self._alone(edit) or tuple(_new(TEAM_RULES, *self._places(edit)))

    def _alone(self, edit: Edit) -> tuple[Breach, ...]:
        """What the edit breaks of the rules that look at one person's week."""
        return tuple(breach for week in self._weeks(edit) for breach in _of_one(edit, *week))

    def _weeks(self, edit: Edit) -> tuple[tuple[Staffing, Staffing], ...]:
        """The week of each person whom the edit concerns, before and after."""
        before, after = _Local(self.whole, Edit()), _Local(self.whole, edit)
        return tuple((before.week(name), after.week(name)) for name in edit.people)

    def _places(self, edit: Edit) -> tuple[Staffing, Staffing]:
        """Who sits where the edit changes something, before and after."""
        touched = [self.whole.shifts[each] for each in edit.shifts]
        return _Local(self.whole, Edit()).place(touched, edit), _Local(self.whole, edit).place(
            touched, edit
        )


@dataclass(frozen=True)
class _Local:
    """Small pieces of a roster, as it is after an edit."""

    whole: Indexed
    edit: Edit

    def week(self, name: str) -> Staffing:
        """One person's week, as if nobody else were there."""
        whole, person = self.whole, self.whole.people[name]
        mine = self._week(name)
        offered = [s for desk in person.desks for s in whole.shifts_at.get(desk, ())]
        elsewhere = {*mine, *(pin.shift for pin in whole.published_of.get(name, ()))}
        rest = [whole.shifts[each] for each in elsewhere if each in whole.shifts]
        shifts = dict.fromkeys((*offered, *(s for s in rest if s.desk not in person.desks)))
        promised = whole.problem.published
        problem = replace(
            whole.problem,
            people=(person,),
            shifts=tuple(shifts),
            needs=(),
            pins=self._pins([name]),
            published=None if promised is None else whole.published_of.get(name, ()),
            days=whole.problem.dates,
        )
        return Staffing(problem, Roster(tuple(Assignment(s, name) for s in sorted(mine))))

    def place(self, touched: Collection[Shift], edit: Edit) -> Staffing:
        """All who sit at the desks of some shifts while these run, and whom an edit concerns."""
        spans = {
            desk: _merged(s.span for s in touched if s.desk == desk) for desk in _desks(touched)
        }
        whole = self.whole
        near = [s for desk in spans for s in whole.shifts_at[desk] if _meets(s, spans)]
        teams = {shift.id: self._team(shift.id) for shift in near}
        names = {name for team in teams.values() for name in team} | set(edit.people)
        names |= {
            person.id
            for desk in spans
            for person, shift in whole.promised_at.get(desk, ())
            if _meets(shift, spans)
        }
        names |= {other for name in names for other in whole.partners_of.get(name, ())}
        given = (Assignment(shift, name) for shift, team in teams.items() for name in team)
        pairs = whole.problem.team.pairs
        problem = replace(
            whole.problem,
            people=tuple(p for p in whole.problem.people if p.id in names),
            shifts=tuple(near),
            needs=tuple(_clipped(whole, spans)),
            pins=self._pins(names),
            published=None,
            team=replace(
                whole.problem.team,
                pairs=tuple(p for p in pairs if {p.one, p.other} <= names),
            ),
            days=whole.problem.dates,
        )
        return Staffing(problem, Roster(tuple(sorted(given))))

    def _week(self, name: str) -> frozenset[str]:
        taken = {each.shift for each in self.edit.taken if each.person == name}
        given = {each.shift for each in self.edit.given if each.person == name}
        return (self.whole.weeks[name] - taken) | given

    def _team(self, shift: str) -> frozenset[str]:
        taken = {each.person for each in self.edit.taken if each.shift == shift}
        given = {each.person for each in self.edit.given if each.shift == shift}
        return (self.whole.teams[shift] - taken) | given

    def _pins(self, names: Iterable[str]) -> tuple[Pin, ...]:
        among = set(names)
        before = (pin for name in among for pin in self.whole.pins_of.get(name, ()))
        added_now = (pin for pin in self.edit.pinned if pin.person in among)
        return tuple(p for p in (*before, *added_now) if p not in self.edit.unpinned)


def _of_one(edit: Edit, before: Staffing, after: Staffing) -> Iterator[Breach]:
    """What one person's own rules say. A legal week stays legal when a shift is taken out of it."""
    gains = any(given.person == after.problem.people[0].id for given in edit.given)
    rules: tuple[Rule, ...] = (*PERSONAL_RULES, Pins()) if gains else (Pins(),)
    return _new(rules, before, after)


def _new(rules: Iterable[Rule], before: Staffing, after: Staffing) -> Iterator[Breach]:
    for rule in rules:
        known = set(rule.breaches(before))
        yield from (breach for breach in rule.breaches(after) if breach not in known)


def _more(wishes: Collection[Wish], before: Staffing, after: Staffing) -> ByWish:
    prices = [{wish.name: wish.price(each) for wish in wishes} for each in (before, after)]
    return added(*prices)


def _sum(one: ByWish, other: ByWish) -> ByWish:
    both = {name: one.get(name, 0) + other.get(name, 0) for name in (*one, *other)}
    return {name: points for name, points in both.items() if points}


def _desks(shifts: Iterable[Shift]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shift.desk for shift in shifts))


def _meets(shift: Shift, spans: Spans) -> bool:
    return any(span.meets(shift.span) for span in spans[shift.desk])


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time, in spans that share no instant: no half hour may count twice."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and merged[-1].meets(span):
            span = Span(merged[-1].start, max(merged.pop().end, span.end))
        merged.append(span)
    return tuple(merged)


def _clipped(whole: Indexed, spans: Spans) -> Iterator[Need]:
    """The needs of the desks, cut to the spans."""
    for desk, touched in spans.items():
        for need in whole.needs_at.get(desk, ()):
            for span in touched:
                start, end = max(need.span.start, span.start), min(need.span.end, span.end)
                if start < end:
                    yield replace(need, span=Span(start, end))

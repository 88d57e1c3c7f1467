"""What would a small change to a roster break, cost and cover? Asked before it is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scheduling.roster import Breach
from scheduling.rules import (
    PERSONAL_RULES,
    PERSONAL_WISHES,
    TEAM_RULES,
    TEAM_WISHES,
    Rule,
    Staffing,
)
from scheduling.rules.team.pins import Pins
from scheduling.telling.costs import ByWish, added
from scheduling.telling.difference import CoverChange, cover_changes
from scheduling.telling.edits import Edit
from scheduling.telling.indexed import Indexed
from scheduling.telling.nearby import OwnWeek, Place

MANY: Final = 64  # pieces of a roster that are kept whole: of who is asked about now


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
    of one half hour. What was found of a week or a place is kept.
    """

    whole: Indexed

    def effect(self, edit: Edit) -> Effect:
        """What the edit breaks, costs and covers; what is forbidden has no points and no cover."""
        broken = self.breaches(edit)
        return Effect(broken, {}, ()) if broken else self.cost(edit)

    def cost(self, edit: Edit) -> Effect:
        """What the edit costs and covers, whatever it breaks."""
        place = self._place(edit)
        after = place.after(edit)
        points = added(place.points, {wish.name: wish.price(after) for wish in TEAM_WISHES})
        for was, becomes in self._weeks(edit):
            points = _sum(points, added(self._points_of(was), self._points_of(becomes)))
        return Effect((), points, tuple(cover_changes(place.now, after)))

    def breaches(self, edit: Edit) -> tuple[Breach, ...]:
        """What the edit breaks: of people's own rules or, where these allow it, of a team's."""
        place = self._place(edit)
        return self._alone(edit) or tuple(_team_breaches(place, edit))

    def _alone(self, edit: Edit) -> tuple[Breach, ...]:
        """What the edit breaks of the rules that look at one person's week."""
        gaining = {given.person for given in edit.given}
        found: list[Breach] = []
        for was, becomes in self._weeks(edit):
            if was.person in gaining:
                known = self._breaches_of(was)
                new = [each for each in self._breaches_of(becomes) if each not in known]
                found += sorted(new, key=lambda breach: (breach.rule, breach.sentence))
            else:  # a legal week stays legal when a shift is taken out of it
                found += Pins().breaches(self._staffing(becomes))
        return tuple(found)

    def _weeks(self, edit: Edit) -> Iterator[tuple[OwnWeek, OwnWeek]]:
        """The week of each person whom the edit concerns, before and after."""
        for name in edit.people:
            pins = frozenset(pin.shift for pin in self.whole.pins_of.get(name, ()))
            was = OwnWeek(name, self.whole.weeks[name], pins)
            yield was, was.after(edit)

    def _breaches_of(self, week: OwnWeek) -> frozenset[Breach]:
        found = self._breaches.get(week)
        if found is None:
            staffing = self._staffing(week)
            rules: tuple[Rule, ...] = (*PERSONAL_RULES, Pins())
            found = frozenset(breach for rule in rules for breach in rule.breaches(staffing))
            self._breaches[week] = found
        return found

    def _points_of(self, week: OwnWeek) -> ByWish:
        found = self._points.get(week)
        if found is None:
            staffing = self._staffing(week)
            found = {wish.name: wish.price(staffing) for wish in PERSONAL_WISHES}
            self._points[week] = found
        return found

    def _staffing(self, week: OwnWeek) -> Staffing:
        found = self._staffings.get(week)
        if found is None:
            if len(self._staffings) >= MANY:
                self._staffings.clear()
            found = self._staffings[week] = week.alone(self.whole)
        return found

    def _place(self, edit: Edit) -> Place:
        found = self._places.get(edit.shifts)
        if found is None:
            if len(self._places) >= MANY:
                self._places.clear()
            found = self._places[edit.shifts] = Place(self.whole, edit.shifts)
        return found

    @cached_property
    def _breaches(self) -> dict[OwnWeek, frozenset[Breach]]:
        return {}

    @cached_property
    def _points(self) -> dict[OwnWeek, ByWish]:
        return {}

    @cached_property
    def _staffings(self) -> dict[OwnWeek, Staffing]:
        return {}

    @cached_property
    def _places(self) -> dict[tuple[str, ...], Place]:
        return {}


def _team_breaches(place: Place, edit: Edit) -> Iterator[Breach]:
    after = place.after(edit)
    for rule in TEAM_RULES:
        yield from (breach for breach in rule.breaches(after) if breach not in place.breaches)


def _sum(one: ByWish, other: ByWish) -> ByWish:
    both = {name: one.get(name, 0) + other.get(name, 0) for name in (*one, *other)}
    return {name: points for name, points in both.items() if points}

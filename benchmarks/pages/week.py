"""A province's week in a coordinator's hands: one draft of all desks, looked at and changed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from itertools import cycle, islice
from typing import Final

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.pages.ground import NOW
from hotline.parts import Parts
from hotline.rosters.by_hand.reopening import legal
from hotline.rosters.draft.building import BuildOrder, facts_with
from hotline.rosters.draft.filing import Question, file_in
from hotline.rosters.question.asking import problem_of
from hotline.rosters.week import Week, week_of
from scheduling.problem import Problem
from scheduling.roster import Assignment, Roster
from scheduling.solve import judged

AHEAD: Final = 2  # weeks: nothing is published for it
EACH: Final = 3  # shifts of a person
TRIED: Final = 50  # shifts: somebody may take one of them
FILL: Final = re.compile(r'[?&;]fill=([^"&#]+)')
HIDDEN: Final = re.compile(r'name="(csrf|once|build|version)" value="([^"]+)"')
CHOICE: Final = re.compile(r'<button class="second" name="do" value="([^"]+)"')

Act = Callable[[], TestResponse]


def drafted(parts: Parts, heads: int = 1) -> Week:
    """A draft of all desks as one build: three shifts for each person, as far as rules let them.

    heads: so many people in a shift.
    """
    week = week_of(NOW, parts.settings.site.zone).shifted(AHEAD)
    facts = facts_with(parts.store, parts.settings, BuildOrder(week), lambda _: {})
    problem = problem_of(parts.settings, facts)
    roster = legal(problem, Roster(tuple(sorted(_in_turn(problem, heads)))))
    result = judged(problem, roster)
    with parts.store.writing() as db:
        file_in(db, Question(week, facts.desk_names, problem), result, NOW)
    return week


def _in_turn(problem: Problem, heads: int) -> Iterator[Assignment]:
    for desk in dict.fromkeys(shift.desk for shift in problem.shifts):
        people = [person.id for person in problem.people if desk in person.desks]
        seats = [shift.id for shift in problem.shifts if shift.desk == desk for _ in range(heads)]
        for number, shift in enumerate(seats[: EACH * len(people)]):
            yield Assignment(shift, people[number % len(people)])


@dataclass(frozen=True)
class Evening:
    """Whoever works at a desk of a drafted week."""

    client: FlaskClient
    week: Week
    desk: str

    def steps(self) -> Iterator[tuple[str, Callable[[], Act]]]:
        """What they do, by name: how it is made ready, which gives what is timed."""
        here = f"/rosters/{self.week}?desk={self.desk}"
        shifts = cycle(dict.fromkeys(FILL.findall(self._page(here))))
        yield "look at one desk", lambda: self._look(here)
        yield "look at all desks", lambda: self._look(f"/rosters/{self.week}?desk=all")
        yield "choose somebody", lambda: self._look(f"{here}&fill={next(shifts)}")
        yield "change", lambda: self._change(here, (f"{here}&fill={shift}" for shift in shifts))
        yield "take it back", lambda: self._after("redo", "undo", here)
        yield "make it again", lambda: self._after("undo", "redo", here)
        for page in ("gaps", "publish", "compare", "build", "rehearse"):
            yield page, partial(self._look, f"/rosters/{self.week}/{page}")

    def _look(self, address: str) -> Act:
        return lambda: self.client.get(address)

    def _change(self, here: str, addresses: Iterator[str]) -> Act:
        """The first thing offered for a shift that anybody may take, without the change before."""
        self._press("undo", self._page(here))()
        for page in map(self._page, islice(addresses, TRIED)):
            if offered := CHOICE.findall(page):
                return self._press("change", page, do=unescape(offered[0]))
        raise AssertionError(f"nobody may take any of {TRIED} shifts at {self.desk}")

    def _after(self, before: str, act: str, here: str) -> Act:
        """before: makes it possible once more; refused, and in nobody's way, where it is."""
        self._press(before, self._page(here))()
        return self._press(act, self._page(here))

    def _press(self, act: str, page: str, **more: str) -> Act:
        form = {**dict(HIDDEN.findall(page)), **more}
        there = f"/rosters/{self.week}/{act}?desk={self.desk}"
        return lambda: self.client.post(there, data=form)

    def _page(self, address: str) -> str:
        return self.client.get(address).get_data(as_text=True)

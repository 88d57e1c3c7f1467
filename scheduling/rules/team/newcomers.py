"""Who learns the work in this shift, and beside whom?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift, Standing
from scheduling.roster import Amount, Breach
from scheduling.rules.faces import AtMost, Refusal
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class FewNewcomers:
    """No shift holds more newcomers and trainees than can be looked after.

    Magnitude: `team.newcomers_a_shift`, newcomers and trainees together, standby too; pins alone
    may go beyond it. Source: who learns needs somebody's time, and callers wait meanwhile.
    """

    name: ClassVar[str] = "few newcomers"

    def rows(self, problem: Problem) -> Iterator[AtMost]:
        """One row for each shift that more could come to than may."""
        most = problem.team.newcomers_a_shift
        for shift in problem.shifts if most is not None else ():
            learners = {person.id: 1 for person in _learners(problem, shift)}
            if most is not None and len(learners) > most:
                yield AtMost(frozenset({shift.id}), most, learners)

    def refusal(self, problem: Problem, row: AtMost, person: Person) -> Refusal:
        """Said to one who learns, where enough others do."""
        words = f"finds as many newcomers in the shift as may be there, {row.most}"
        return Refusal(self.name, words, amount=Amount(row.most, row.most))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every shift with too many who learn, unless all of them are pinned to it."""
        most = staffing.problem.team.newcomers_a_shift
        if most is None:
            return
        for shift, team in staffing.team_of.items():
            learning = [one.id for one in team if one.standing in ("newcomer", "trainee")]
            unpinned = [name for name in learning if (name, shift) not in staffing.pinned]
            if len(learning) > most and unpinned:
                sentence = f"{shift} has {len(learning)} newcomers, at most {most}: "
                amount = Amount(len(learning), most)
                sentence += ", ".join(learning)
                yield Breach(self.name, None, sentence, (shift,), amount=amount)


@dataclass(frozen=True)
class BesideMentor:
    """Newcomers and trainees sit only beside a mentor.

    Magnitude: `team.newcomers_a_mentor` of them at most for each mentor in the same shift; pins
    alone may go beyond it. Source: a first year is supervised (12355 and 96111: turns beside
    somebody experienced; Samaritans: a mentor for each new listener).
    """

    name: ClassVar[str] = "beside a mentor"

    def rows(self, problem: Problem) -> Iterator[AtMost]:
        """One row for each shift that somebody who learns could come to."""
        each = problem.team.newcomers_a_mentor
        for shift in problem.shifts if each is not None else ():
            learners = {person.id: 1 for person in _learners(problem, shift)}
            if each is not None and learners:
                mentors = {p.id: -each for p in problem.people if p.standing is Standing.MENTOR}
                yield AtMost(frozenset({shift.id}), 0, learners | mentors)

    def refusal(self, problem: Problem, row: AtMost, person: Person) -> Refusal:
        """Said to one who learns, where no mentor is free for them."""
        most = problem.team.newcomers_a_mentor
        words = f"may sit there only beside a mentor, who looks after {most} at most"
        return Refusal(self.name, words, amount=Amount(0, most or 0))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every shift with more who learn than its mentors look after, beyond what is pinned."""
        each = staffing.problem.team.newcomers_a_mentor
        if each is None:
            return
        for shift, team in staffing.team_of.items():
            pinned = tuple(one for one in team if (one.id, shift) in staffing.pinned)
            alone = _alone(team, each)
            if alone > max(0, _alone(pinned, each)):
                sentence = f"{shift} has {alone} newcomers without a mentor"
                amount = Amount(alone, each)
                yield Breach(self.name, None, sentence, (shift,), amount=amount)


def _learners(problem: Problem, shift: Shift) -> Iterator[Person]:
    for person in problem.people:
        if person.standing.is_learning and shift.desk in person.desks:
            yield person


def _alone(team: tuple[Person, ...], each: int) -> int:
    """How many who learn are left over when each mentor looks after so many; below zero: room."""
    learning = [one for one in team if one.standing in ("newcomer", "trainee")]
    mentors = [one for one in team if one.standing == "mentor"]
    return len(learning) - each * len(mentors)

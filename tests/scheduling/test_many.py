"""Are many problems solved in their order, each by itself, and none lost?"""

from collections import Counter
from concurrent.futures import CancelledError, Future
from dataclasses import replace

import pytest

from scheduling import many
from scheduling.many import Answer, Task, Watch, solve_many
from scheduling.places import PlaceError
from scheduling.places.local import Here
from scheduling.problem import Pin
from scheduling.roster import Roster, Status
from scheduling.solve import Progress, SolveLimits, build_roster
from tests.scheduling import make
from tests.scheduling.places.played import (
    LONGEST,
    Played,
    cancelled,
    desk,
    done,
    lost,
    never,
    tasks,
)


def test_answers_come_in_the_order_asked_though_the_largest_begins_first() -> None:
    asked = [Task(desk("small", 1)), Task(desk("large", 5)), Task(desk("middle", 3))]
    place = Played(lambda number, payload: done(payload))

    answers = solve_many(asked, place)

    assert place.sent == [1, 2, 0]
    for task, answer in zip(asked, answers, strict=True):
        alone = build_roster(task.problem, task.limits)
        assert answer.result is not None
        assert replace(answer.result, seconds=0) == replace(alone, seconds=0)


def test_nothing_asked_is_nothing_answered() -> None:
    assert solve_many([], Here()) == []


def test_a_problem_that_makes_no_sense_is_told_by_itself() -> None:
    good, bad = Task(desk("good")), Task(replace(desk("bad"), pins=(Pin("Eve", "bad/0"),)))

    first, second, third = solve_many([good, bad, good], Here())

    assert (second.result, str(second.fault)) == (None, "a pin names an unknown person: Eve")
    assert isinstance(second.fault, ValueError)
    for other in (first, third):
        assert other.fault is None
        assert other.result is not None
        assert other.result.status is Status.OPTIMAL


def test_the_hint_and_the_limits_of_each_problem_are_its_own() -> None:
    hint = Roster(make.roster(("desk 0", "desk/0")).assignments)
    asked = Task(desk("desk"), SolveLimits(seconds=0.0), hint)

    [answer] = solve_many([asked], Here())

    assert answer.result is not None
    assert hint.assignments[0] in answer.result.roster.assignments
    [bare] = solve_many([replace(asked, hint=None)], Here())
    assert bare.result is not None
    assert bare.result.roster == Roster(())


def test_each_problem_is_followed_to_its_answer() -> None:
    words: list[tuple[int, Progress]] = []
    ends: dict[int, Answer] = {}
    watch = Watch(on_progress=lambda *word: words.append(word), on_answer=ends.__setitem__)
    slow = [*tasks(2), Task(desk("large", people=9, shifts=7))]

    answers = solve_many(slow, Here(), watch)

    assert [ends[number] for number in range(3)] == answers
    assert 2 in {number for number, _ in words}
    for number, word in words:
        result = answers[number].result
        assert result is not None
        assert word.levels[0].bound <= result.levels[0].price <= word.levels[0].price


def test_when_it_is_cancelled_what_is_answered_stays() -> None:
    ends: list[int] = []
    place = Played(lambda number, payload: done(payload) if number == 2 else never())
    watch = Watch(on_answer=lambda number, _: ends.append(number), cancelled=lambda: bool(ends))

    answers = solve_many(tasks(5), place, watch)

    assert answers[2].result is not None
    assert {type(answer.fault) for answer in answers if answer.fault} == {CancelledError}
    assert sorted(ends) == [0, 1, 2, 3, 4]
    assert place.stopped


def test_nothing_is_stopped_when_all_is_done() -> None:
    place = Played(lambda number, payload: done(payload))
    solve_many(tasks(3), place)
    assert not place.stopped


def test_when_whoever_follows_fails_the_place_is_stopped() -> None:
    def fail(number: int, answer: Answer) -> None:
        raise KeyboardInterrupt

    place = Played(lambda number, payload: never() if number else done(payload))
    with pytest.raises(KeyboardInterrupt):
        solve_many(tasks(2), place, Watch(on_answer=fail))
    assert place.stopped


def test_the_time_for_all_is_shared_by_size_and_never_below_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(many, "monotonic", lambda: 0.0)
    place = Played(lambda number, payload: done(payload))
    sizes = [Task(desk(f"{n}", people=n), SolveLimits(30.0)) for n in (1, 2, 5)]

    solve_many(sizes, place, Watch(seconds=8.0))
    solve_many([*sizes, *sizes], place, Watch(seconds=0.0))

    assert place.limits[0] == 8.0  # two at once: 8 * 2 * 5/8, and all left
    assert place.limits[3:] == [1.0] * 6


def test_once_the_best_so_far_will_do_whoever_is_begun_hears_it_and_others_get_a_second() -> None:
    place = Played(lambda number, payload: done(payload))

    answers = solve_many(tasks(5), place, Watch(enough=lambda: bool(place.sent)))

    assert all(answer.result for answer in answers)
    assert place.limits == [LONGEST, LONGEST, 1.0, 1.0, 1.0]
    assert place.hurried == 1


def test_without_a_time_for_all_each_keeps_its_own() -> None:
    place = Played(lambda number, payload: done(payload))
    solve_many([Task(desk("a"), SolveLimits(7.0)), Task(desk("b"), SolveLimits(3.0))], place)
    assert place.limits == [7.0, 3.0]


def test_who_is_lost_with_a_worker_is_sent_again_alone() -> None:
    tries: Counter[int] = Counter()

    def play(number: int, payload: str) -> Future[str]:
        tries[number] += 1
        return lost() if number in (1, 2) and tries[number] == 1 else done(payload)

    place = Played(play)
    answers = solve_many(tasks(4), place)

    assert all(answer.result for answer in answers)
    assert sorted(place.sent) == [0, 1, 1, 2, 2, 3]


def test_a_problem_that_kills_its_worker_takes_no_other_along() -> None:
    def play(number: int, payload: str) -> Future[str]:
        return lost() if number == 2 else done(payload)

    answers = solve_many(tasks(4), Played(play))

    assert [answer.result is None for answer in answers] == [False, False, True, False]
    assert str(answers[2].fault).startswith("The worker died 3 times over this problem")


def test_workers_that_all_die_at_once_are_not_hired_for_ever() -> None:
    place = Played(lambda number, payload: lost())
    with pytest.raises(PlaceError, match="die before they solve anything"):
        solve_many(tasks(20), place)
    assert len(place.sent) < 10


def test_a_problem_that_nobody_answers_is_given_up_and_the_place_stopped() -> None:
    place = Played(lambda number, payload: never() if number == 1 else done(payload))
    quick = [replace(task, limits=SolveLimits(0.01)) for task in tasks(3)]

    answers = solve_many(quick, place, Watch(grace=0.2))

    assert str(answers[1].fault).startswith("Nobody solved a problem within")
    assert answers[0].result is not None
    assert answers[2].result is not None
    assert place.stopped


def test_when_the_scheduler_is_gone_what_is_answered_stays() -> None:
    alive = [2]

    def play(number: int, payload: str) -> Future[str]:
        if number == 2:
            return done(payload)
        alive[0] = 0
        return cancelled()

    answers = solve_many(tasks(5), Played(play, width_now=lambda: alive[0]))

    assert answers[2].result is not None
    told = {str(answer.fault) for answer in answers if answer.fault}
    assert told == {"The scheduler of the cluster is gone."}
    assert sum(answer.fault is not None for answer in answers) == 4

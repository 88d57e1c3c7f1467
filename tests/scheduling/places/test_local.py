"""Do this process and others on this machine solve the same, and does a killed one lose nothing?"""

import os
import signal
from concurrent.futures import CancelledError
from dataclasses import replace
from multiprocessing import active_children
from time import monotonic

import pytest

from scheduling.many import Watch, solve_many
from scheduling.places import Place
from scheduling.places.board import Board
from scheduling.places.local import Here, Processes, leave_when_done, still_wanted
from scheduling.problem import Pin
from tests.scheduling.places.played import LONGEST, Gate, hard, once, rosters, tasks

LONG_BEFORE_ANY_LIMIT = LONGEST / 2


def kill_one_worker() -> None:
    pid = active_children()[0].pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def test_a_worker_killed_while_it_solves_loses_nothing(gate: Gate) -> None:
    asked = [hard(f"desk {n}") for n in range(3)]

    def kill() -> None:
        kill_one_worker()
        gate.open()

    answers = solve_many(asked, Processes(2), Watch(on_progress=once(kill)))

    assert rosters(answers) == rosters(solve_many(asked, Here()))
    assert [answer.fault for answer in answers] == [None] * 3
    assert active_children() == []


def test_a_problem_that_makes_no_sense_is_told_across_processes() -> None:
    good, bad = tasks(2)
    bad = replace(bad, problem=replace(bad.problem, pins=(Pin("Eve", "x"),)))

    first, second = solve_many([good, bad], Processes(1))

    assert first.result is not None
    assert str(second.fault) == "a pin names an unknown person: Eve"


def test_processes_end_at_once_when_it_is_cancelled(gate: Gate) -> None:
    asked = [hard(f"desk {n}") for n in range(3)]
    heard: list[int] = []
    watch = Watch(on_progress=lambda n, _: heard.append(n), cancelled=lambda: bool(heard))

    begun = monotonic()
    answers = solve_many(asked, Processes(2), watch)

    assert monotonic() - begun < LONG_BEFORE_ANY_LIMIT
    assert [type(answer.fault) for answer in answers] == [CancelledError] * 3
    assert active_children() == []


def test_a_search_here_ends_at_its_next_word_when_it_is_cancelled() -> None:
    heard: list[int] = []
    watch = Watch(on_progress=lambda n, _: heard.append(n), cancelled=lambda: bool(heard))

    begun = monotonic()
    answers = solve_many([hard("desk", people=8)] * 40, Here(), watch)

    assert monotonic() - begun < LONG_BEFORE_ANY_LIMIT
    assert isinstance(answers[-1].fault, CancelledError)


@pytest.mark.parametrize("place", [Here(), Processes(2)])
def test_once_the_best_so_far_will_do_every_problem_is_answered_soon(place: Place) -> None:
    asked = [hard(f"desk {n}", people=8) for n in range(3)]
    heard: list[int] = []
    watch = Watch(on_progress=lambda n, _: heard.append(n), enough=lambda: bool(heard))

    begun = monotonic()
    answers = solve_many(asked, place, watch)

    assert monotonic() - begun < LONG_BEFORE_ANY_LIMIT
    assert [answer.fault for answer in answers] == [None] * 3
    found = rosters(answers)
    assert None not in found
    assert any(roster and roster.assignments for roster in found)


def test_whoever_is_not_wanted_any_more_leaves() -> None:
    left: list[int] = []
    leave_when_done(iter([True, False]).__next__, left.append)
    assert left == [0]


def test_nobody_is_wanted_whose_employer_is_gone_or_has_stopped() -> None:
    board, employer = Board(1), os.getppid()
    assert still_wanted(board, employer)
    assert not still_wanted(board, employer + 1)
    board.stop()
    assert not still_wanted(board, employer)

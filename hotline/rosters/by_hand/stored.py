"""What did a build ask and answer, as edits by hand left it? Read once in each process."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from hotline.store.planning.drafts import StoredBuild
from scheduling.problem import Pin, Problem
from scheduling.roster import Result
from scheduling.serial import (
    from_json,
    problem_changed,
    problem_from_json,
    result_from_json,
    to_json,
)

KEPT: Final = 8  # texts: those of the weeks that people work on; a province's takes 0.1 s to read


@dataclass(frozen=True)
class _Pins:
    pins: tuple[Pin, ...]


def question(build: StoredBuild) -> Problem:
    """What the build asked, with the pins that it has now."""
    asked = _problem(build.asked)
    return asked if build.pins is None else replace(asked, pins=from_json(_Pins, build.pins).pins)


def question_written(build: StoredBuild, problem: Problem) -> str:
    """A question as JSON that differs little from that of a build."""
    return problem_changed(build.asked, _problem(build.asked), problem)


def answer(build: StoredBuild) -> Result:
    """What the build answered, or what edits made of it."""
    return _result(build.answered)


def pins_written(problem: Problem) -> str:
    """The pins of a problem, as they are kept beside it."""
    return to_json(_Pins(problem.pins))


@lru_cache(maxsize=KEPT)
def _problem(text: str) -> Problem:
    return problem_from_json(text)


@lru_cache(maxsize=KEPT)
def _result(text: str) -> Result:
    return result_from_json(text)

"""Do problems and results come back from JSON without loss?"""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from scheduling.problem import Problem
from scheduling.serial import (
    problem_changed,
    problem_from_json,
    problem_to_json,
    result_from_json,
    result_to_json,
)
from scheduling.solve import build_roster
from tests.scheduling import draw, make


@given(problem=draw.problems())
def test_a_problem_comes_back_without_loss(problem: Problem) -> None:
    text = problem_to_json(problem)
    assert problem_from_json(text) == problem
    assert problem_to_json(problem_from_json(text)) == text


@given(problem=draw.problems())
def test_a_problem_that_differs_little_is_written_the_same_from_the_text_before(
    problem: Problem,
) -> None:
    ada, *rest = problem.people
    people = (*rest, replace(ada, id="new"))
    after = replace(problem, people=people, prices=replace(problem.prices, below_floor=7))
    text = problem_to_json(problem)

    assert problem_changed(text, problem, after) == problem_to_json(after)


def test_a_result_comes_back_without_loss() -> None:
    # given
    people = [make.person("Ada", nights_before=1), make.person("Bo", unwanted=[make.span(8, 9)])]
    needs = [make.need(8, 16, 3, certificate=name) for name in (None, "crisis")]
    result = build_roster(make.problem(people, [make.shift("mon", 8, 12)], needs))
    # then
    assert result.gaps
    assert result_from_json(result_to_json(result)) == result
    whole = result_to_json(replace(result, seconds=2.0)).replace('"seconds":2.0', '"seconds":2')
    assert result_from_json(whole) == replace(result, seconds=2.0)


def changed(**changes: object) -> str:
    plain = json.loads(problem_to_json(make.problem([make.person("Ada")], [])))
    return json.dumps(plain | changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"shfts": []}, "Problem has no shfts"),
        ({"people": 3}, "Problem.people cannot be 3"),
        ({"people": [{"id": "Ada"}]}, r"Problem.people\[0\] lacks desks"),
        ({"horizon": "long"}, 'Problem.horizon cannot be "long"'),
        ({"horizon": []}, r"Problem.horizon cannot be \[\]"),
        ({"prices": {"below_floor": "much"}}, 'Problem.prices.below_floor cannot be "much"'),
        ({"rest": {"usual": "long"}}, 'Problem.rest.usual cannot be "long"'),
        (
            {"horizon": {"start": "2026-11-23T00:00:00", "end": "2026-11-24T00:00:00+00:00"}},
            "Problem.horizon.start lacks its offset from UTC",
        ),
        (
            {"horizon": {"start": "soon", "end": "2026-11-24T00:00:00+00:00"}},
            'Problem.horizon.start cannot be "soon"',
        ),
        (
            {"horizon": {"start": 5, "end": "2026-11-24T00:00:00+00:00"}},
            "Problem.horizon.start cannot be 5",
        ),
        (
            {"horizon": {"start": "2026-11-24T00:00:00+00:00", "end": "2026-11-24T00:00:00+00:00"}},
            "Problem.horizon: a span ends after it starts",
        ),
    ],
)
def test_what_does_not_fit_is_named(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        problem_from_json(changed(**changes))


@pytest.mark.parametrize(
    ("prices", "sentence"),
    [
        ([], r"Result.price_by_wish cannot be \[\]"),
        ({"cover": 4, "rest": "much"}, 'Result.price_by_wish.rest cannot be "much"'),
    ],
)
def test_what_does_not_fit_in_a_result_is_named(prices: object, sentence: str) -> None:
    plain = json.loads(result_to_json(build_roster(make.problem([make.person("Ada")], []))))
    with pytest.raises(ValueError, match=sentence):
        result_from_json(json.dumps(plain | {"price_by_wish": prices}))


def test_a_standing_that_there_is_not_is_named() -> None:
    plain = json.loads(changed())
    plain["people"][0]["standing"] = "asleep"
    with pytest.raises(ValueError, match=r'Problem.people\[0\].standing cannot be "asleep"'):
        problem_from_json(json.dumps(plain))


def test_what_has_a_default_may_be_missing() -> None:
    plain = json.loads(problem_to_json(make.problem([make.person("Ada")], [])))
    del plain["prices"], plain["rest"], plain["pins"]
    assert problem_from_json(json.dumps(plain)) == make.problem([make.person("Ada")], [])

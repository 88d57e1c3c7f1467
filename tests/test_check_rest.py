"""Every REST request of ours is checked, and a wrong one would be noticed."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from scripts.check_rest import EXCERPT, REQUESTS, answerable, described, problems_of
from webhooks.carrier import TwilioCarrier
from webhooks.played.stage import served

DESCRIPTION = json.loads(described(EXCERPT))
CALLS = "/2010-04-01/Accounts/{AccountSid}/Calls.json"


def yes(asked: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """A carrier that allows everything."""
    lists = asked["REQUEST_METHOD"] == "GET"
    start("200 OK" if lists else "201 Created", [("Content-Type", "application/json")])
    return [json.dumps({"all": []} if lists else {"sid": "CA" + "0" * 32}).encode()]


def no(_: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """A carrier that allows nothing."""
    start("422 Unprocessable", [("Content-Type", "application/json")])
    return [b'{"message": "not so"}']


@pytest.fixture
def base() -> Iterator[str]:
    with served(yes) as address:
        yield address


def test_the_description_knows_all_that_we_ask(base: str) -> None:
    assert problems_of(DESCRIPTION, base) == []


def test_every_request_of_the_carrier_is_among_them() -> None:
    methods = {name for name in vars(TwilioCarrier) if not name.startswith("_")}
    assert methods == set(REQUESTS)


def test_a_parameter_that_the_description_does_not_know_is_told(base: str) -> None:
    spoilt = json.loads(described(EXCERPT))
    form = spoilt["paths"][CALLS]["post"]["requestBody"]["content"]
    del form["application/x-www-form-urlencoded"]["schema"]["properties"]["Byoc"]

    (problem,) = problems_of(spoilt, base)

    assert problem.startswith("ring: ")
    assert problem.endswith("does not know Byoc")


def test_a_list_is_checked_by_what_it_asks_for(base: str) -> None:
    spoilt = json.loads(described(EXCERPT))
    asking = spoilt["paths"][CALLS]["get"]
    asking["parameters"] = [each for each in asking["parameters"] if each["name"] != "StartTime>"]

    (problem,) = problems_of(spoilt, base)

    assert problem.startswith("dialled_since: ")
    assert problem.endswith("does not know StartTime>")


def test_an_address_that_the_description_does_not_know_is_told(base: str) -> None:
    paths = {path: item for path, item in DESCRIPTION["paths"].items() if "Messages" not in path}

    problems = problems_of({**DESCRIPTION, "paths": paths}, base)

    assert any("nothing is known of POST" in problem for problem in problems)


def test_what_the_carrier_refuses_is_told() -> None:
    with served(no) as base:
        problems = problems_of(DESCRIPTION, base)

    assert any("ring: answered 422" in problem for problem in problems)


def test_answers_keep_to_the_examples_of_the_carrier_and_requests_to_its_description() -> None:
    calls = answerable(DESCRIPTION)["paths"][CALLS]
    (listed,) = calls["get"]["responses"]["200"]["content"].values()
    (asked,) = calls["post"]["requestBody"]["content"].values()

    assert "format" not in listed["schema"]["properties"]["next_page_uri"]
    assert [each["value"]["next_page_uri"] for each in listed["examples"].values()] == [None]
    assert asked["schema"]["properties"]["Url"]["format"] == "uri"

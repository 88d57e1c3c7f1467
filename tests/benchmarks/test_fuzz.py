"""No request is answered by a server error, and the fuzzer would notice one."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from benchmarks.calls.fuzz import fuzz
from benchmarks.calls.ground import site
from benchmarks.calls.hostile import Hostile, routes_of
from hotline.parts import Parts
from hotline.practice import StoppedClock
from tests import make
from webhooks.app import create_app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def parts(database_url: str) -> Iterator[Parts]:
    with site(database_url, StoppedClock(make.utc("2026-11-24 15:10"))) as found:
        yield found


def test_hostile_requests_are_answered_without_a_server_error(parts: Parts) -> None:
    assert isinstance(parts.clock, StoppedClock)

    found = fuzz(parts, parts.clock, 1500, seed=3)

    assert found.errors == []
    assert found.calls > 20
    assert {200, 204, 400, 403, 404, 405, 410, 413} >= set(found.statuses)
    assert {200, 204, 400, 403, 404} <= set(found.statuses)


def test_the_same_seed_asks_the_same(parts: Parts) -> None:
    routes = routes_of(create_app(parts))
    first, second = (Hostile(parts, routes, random.Random(5)) for _ in range(2))

    assert [first.next() for _ in range(200)] == [second.next() for _ in range(200)]


def test_every_route_is_asked(parts: Parts) -> None:
    routes = routes_of(create_app(parts))
    enemy = Hostile(parts, routes, random.Random(1), ("call",), ("leg",))

    asked = {enemy.next().path for _ in range(5000)}

    for rule in routes:
        start = rule.partition("<")[0]
        assert any(path.startswith(start) for path in asked), rule


def test_a_server_error_would_be_noticed(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(parts.clock, StoppedClock)
    monkeypatch.setattr(Flask, "dispatch_request", lambda _: 1 / 0)

    found = fuzz(parts, parts.clock, 20, seed=1)

    assert found.errors


def test_it_runs_from_the_command_line() -> None:
    asked = [sys.executable, "-m", "benchmarks.calls.fuzz", "--requests", "100", "--json"]
    ran = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["errors"] == 0

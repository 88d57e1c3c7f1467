"""The time of a serving process: shared, and never in leaps."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from hotline.agreed_clock import FOLLOWED_SLOWLY, SHARE, AgreedClock
from hotline.ports import system_clock
from hotline.store import Store
from hotline.store.clock import shared_clock
from tests import make

START = make.utc("2026-11-24 15:10")
SECOND = timedelta(seconds=1)


class World:
    """Seconds that pass, and a reference that is right until it is set."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.wrong = timedelta(0)
        self.away = False
        self.clock = AgreedClock(self.reference, lambda: START, lambda: self.seconds)

    def reference(self) -> datetime:
        """What the others go by."""
        if self.away:
            raise OSError("away")
        return START + timedelta(seconds=self.seconds) + self.wrong

    def passes(self, seconds: float, step: float = 10) -> None:
        """Time goes by, and the clock is compared every ten seconds."""
        for _ in range(round(seconds / step)):
            self.seconds += step
            self.clock.agree()


@pytest.fixture
def world() -> World:
    return World()


def test_it_tells_what_the_reference_tells_and_counts_on_by_itself(world: World) -> None:
    world.seconds = 8

    assert world.clock() == START + 8 * SECOND


def test_a_reference_that_leaps_by_minutes_is_followed_by_a_quarter_of_the_seconds(
    world: World,
) -> None:
    world.wrong = timedelta(minutes=5)
    world.clock.agree()

    assert world.clock() == START
    world.seconds = 40
    assert world.clock() == START + 40 * SECOND * (1 + SHARE)


@pytest.mark.parametrize("minutes", [5, -5])
def test_a_difference_is_made_up_and_then_over_and_time_never_goes_back(
    world: World, minutes: int
) -> None:
    world.wrong = timedelta(minutes=minutes)
    told = [world.clock()]
    for _ in range(200):
        world.passes(10)
        told.append(world.clock())

    assert told == sorted(told)
    assert world.clock() == world.reference()


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_wrong_by_hours_is_believed_at_once(world: World, sign: int) -> None:
    world.wrong = sign * (FOLLOWED_SLOWLY + SECOND)
    world.clock.agree()

    assert world.clock() == world.reference()


def test_while_the_reference_is_away_the_seconds_are_counted_on(world: World) -> None:
    world.away = True
    world.seconds = 30
    with pytest.raises(OSError, match="away"):
        world.clock.agree()

    assert world.clock() == START + 30 * SECOND


def test_a_reference_that_is_away_at_the_start_is_made_up_for_later() -> None:
    answers: list[Callable[[], datetime]] = [lambda: START + 3 * SECOND]

    def reference() -> datetime:
        return answers.pop()() if seconds else [][0]

    seconds: list[float] = []
    clock = AgreedClock(reference, lambda: START, lambda: sum(seconds))
    seconds.append(0.0)
    clock.agree()
    seconds.append(20.0)

    assert clock() == START + 23 * SECOND


def test_all_processes_on_a_database_share_a_clock(store: Store) -> None:
    told = shared_clock(store, lambda: START)()

    assert told.tzinfo is UTC
    if store.engine.dialect.name == "sqlite":
        assert told == START
    else:
        assert abs(told - system_clock()) < timedelta(minutes=1)

"""Ctrl-C while a roster is looked for: once keeps the best so far, twice keeps nothing."""

import signal
from collections.abc import Callable
from datetime import datetime

import pytest
from click.testing import CliRunner, Result

from hotline.cli import commands
from hotline.cli.context import Surroundings
from hotline.cli.rosters.stopping import stoppable
from tests import make
from tests.cli.conftest import Terminal

Hire = Callable[[str], make.Hired]
WEEK = ("--week", "2026-W48")


def interrupted(terminal: Terminal, times: int, *words: str) -> Result:
    """A command during which Ctrl-C is pressed, as soon as it looks at the clock."""
    presses = iter(range(times))

    def clock() -> datetime:
        if next(presses, None) is not None:
            signal.raise_signal(signal.SIGINT)
        return terminal.now

    return CliRunner().invoke(commands, [*words], obj=Surroundings(terminal.environ, clock))


def test_pressed_once_the_search_ends_and_pressed_again_the_command() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as enough:
        assert not enough()
        signal.raise_signal(signal.SIGINT)
        assert enough()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("weeks", ["1", "2"])
def test_a_build_that_is_stopped_keeps_the_best_so_far(
    terminal: Terminal, hire: Hire, weeks: str
) -> None:
    hire("Ada")

    done = interrupted(terminal, 1, "roster", "build", *WEEK, "--weeks", weeks)

    assert done.exit_code == 0, done.stderr
    assert "Stopping with the best so far." in done.stderr
    assert terminal.json("roster", "show", *WEEK)["desks"][0]["state"] == "draft"


def test_a_build_that_is_stopped_twice_keeps_nothing(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")

    done = interrupted(terminal, 2, "roster", "build", *WEEK)

    assert done.exit_code == 1
    assert "There is no roster" in terminal.is_refused("roster", "explain", *WEEK)


def test_who_takes_over_is_told_when_the_search_is_stopped(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints("roster", "build", *WEEK)

    done = interrupted(terminal, 1, "roster", "repair", *WEEK, "--without", "ada")

    assert done.exit_code == 0, done.stderr
    assert "Draft 2 of 2026-W48, with as little change as possible" in done.stdout

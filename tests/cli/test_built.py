"""How sure the engine is, in words."""

from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from hotline.cli.built import progress_bar, show_built
from hotline.config.settings import DeskName
from hotline.rosters.building import BuiltDraft
from hotline.rosters.week import Week
from scheduling.problem import Problem, Span
from scheduling.roster import Gap, Result, Roster, Status
from scheduling.solve import Progress
from tests import make

WEEK = Week(2026, 48)
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")


def said_of(price: int, bound: int, *gaps: Gap) -> str:
    status = Status.OPTIMAL if price == bound else Status.FEASIBLE
    result = Result(status, Roster(()), price, bound, {"below floor": price}, gaps, (), 1.0, 5)
    problem = Problem(WEEK.horizon(make.SHANGHAI), (), (), ())
    out = StringIO()
    built = BuiltDraft(WEEK, (DeskName("day"),), problem, result)
    show_built(Console(file=out, width=80), built, make.settings(desks=[make.desk()]))
    return out.getvalue()


def test_a_proven_roster_is_said_to_be_the_best() -> None:
    assert "Price 1000: proven to be the lowest possible." in said_of(1000, 1000)


def test_an_unproven_one_says_how_far_from_the_best_it_can_be() -> None:
    said = said_of(1000, 996)

    assert "at least 996" in said
    assert "within 0.4 % of the best" in " ".join(said.split())


def test_a_price_of_nothing_is_no_division_by_nothing() -> None:
    assert "at least -10" in said_of(0, -10)


def test_people_and_certificates_missing_in_one_stretch_are_one_line() -> None:
    heads = Gap("day", NIGHT, 2, below_floor=True)
    crisis = Gap("day", NIGHT, 1, below_floor=True, certificate="crisis")

    said = said_of(1, 1, crisis, heads)

    assert "gap Tue 24 Nov 22:00-08:00: missing 2 people and 1 with crisis" in said


def test_a_gap_longer_than_a_day_says_on_which_day_it_ends() -> None:
    long = Gap("day", Span(NIGHT.start, NIGHT.start + timedelta(days=2)), 1, below_floor=True)

    assert "gap Tue 24 Nov 22:00 - Thu 26 Nov 22:00: missing 1 person" in said_of(1, 1, long)


def test_a_desk_without_a_gap_says_so() -> None:
    assert "no gap" in said_of(0, 0)


def test_meanwhile_a_terminal_sees_coverage_price_and_bound(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich takes stderr for a terminal then
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")

    with progress_bar("2026-W48", 30) as on_progress:
        on_progress(Progress(1.0, 5000, -(10**18), 0.9))
        on_progress(Progress(2.0, 4000, 3900, 0.964))

    printed = capsys.readouterr()
    assert "96.4 % covered, price 4000, at best 3900" in printed.err
    assert "1000000000" not in printed.err
    assert printed.out == ""

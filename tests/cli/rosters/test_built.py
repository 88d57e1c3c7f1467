"""How sure the engine is, in words."""

from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from hotline.cli.rosters.built import progress_bar, show_built
from hotline.config.settings import DeskName
from hotline.rosters.draft.filing import BuiltDraft
from hotline.rosters.week import Week
from hotline.store.planning.drafts import BuildNumber
from scheduling.problem import Problem, Span
from scheduling.roster import Gap, LevelPrice, Result, Roster, Status
from scheduling.solve import Progress
from tests import make

WEEK = Week(2026, 48)
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")


def said_of(price: int, bound: int, *gaps: Gap) -> str:
    status = Status.OPTIMAL if price == bound else Status.FEASIBLE
    levels = (LevelPrice("floors", price, bound), LevelPrice("wishes", -20, -20))
    prices = {"below floor": price, "preferred times": -20}
    result = Result(status, Roster(()), price, bound, prices, gaps, (), 1.0, 5, levels)
    problem = Problem(WEEK.horizon(make.SHANGHAI), (), (), ())
    out = StringIO()
    built = BuiltDraft(BuildNumber(1), WEEK, (DeskName("day"),), problem, result)
    show_built(Console(file=out, width=80), built, make.settings(desks=[make.desk()]))
    return out.getvalue()


def test_a_desk_that_nobody_belongs_to_is_named() -> None:
    said = " ".join(said_of(1000, 1000).split())
    assert "Nobody may sit at desk day: no active volunteer with enough supervised turns" in said


def test_a_proven_roster_is_said_to_be_the_best() -> None:
    assert "Proven to be the best possible: floors first" in said_of(1000, 1000)


def test_each_level_is_told_with_the_wishes_in_it() -> None:
    said = " ".join(said_of(1000, 1000).split())

    assert "floors 1000 below floor 1000 wishes -20 preferred times -20" in said


def test_an_unproven_one_says_how_far_from_the_best_it_can_be() -> None:
    said = said_of(1000, 996)

    assert "Floors cost 1000 points, at the very best 996." in " ".join(said.split())
    assert "Wishes cost" not in said


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
        on_progress(Progress(1.0, (LevelPrice("floors", 5000, 0),), 0.9))
        on_progress(Progress(2.0, (LevelPrice("floors", 4000, 3900),), 0.964))

    printed = capsys.readouterr()
    assert "96.4 % covered, floors 4000, at best 3900" in printed.err
    assert printed.out == ""

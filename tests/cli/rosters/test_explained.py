"""`hotline roster explain`: every gap, who could have come, and why nobody else."""

from collections.abc import Callable
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from hotline.cli.rosters.explained import show_explained
from hotline.config.settings import DeskName
from hotline.rosters.reasons.explaining import ExplainedBuild, ExplainedWeek, explained_gaps
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.planning.drafts import BuildNumber
from scheduling import audit
from scheduling.problem import Problem
from scheduling.roster import Result, Status
from tests import make
from tests.cli.conftest import Terminal
from tests.scheduling import make as engine

Hire = Callable[[str], make.Hired]
WEEK = ("--week", "2026-W48")
BUILD, EXPLAIN = ("roster", "build", *WEEK), ("roster", "explain", *WEEK)
TUESDAY = "night/2026-11-24/night"


def hired(url: str, name: str, *, supervised_turns: int = 20, shifts_a_week: int = 7) -> None:
    store = Store(url)
    turns, most = supervised_turns, shifts_a_week
    make.hire(store, name, desks="night", supervised_turns=turns, shifts_a_week=most)
    store.close()


def said_of(
    problem: Problem, *posts: tuple[str, str], desks: tuple[str, ...] = ("nanjing",)
) -> str:
    roster = engine.roster(*posts)
    price, gaps = audit.price(problem, roster), audit.gaps(problem, roster)
    total = sum(price.values())
    result = Result(Status.OPTIMAL, roster, total, total, price, gaps, (), 1.0, 1)
    states = {DeskName(desk): RosterState.DRAFT for desk in desks}
    built_at = make.utc("2026-11-20 08:00")
    build = ExplainedBuild(
        BuildNumber(1), 0, states, built_at, problem, result, explained_gaps(problem, result, desks)
    )
    out = StringIO()
    week = ExplainedWeek(Week(2026, 48), (build,), {"bo": "Bo [red]:smile:"})
    show_explained(Console(file=out, width=80), week, make.settings(desks=[make.desk("nanjing")]))
    return out.getvalue()


def test_it_tells_price_bound_and_each_gap_on_the_sites_clocks(
    terminal: Terminal, hire: Hire, database_url: str
) -> None:
    hire("Ada")
    hired(database_url, "李洪荒", shifts_a_week=1)
    terminal.prints(*BUILD, "--pin", f"李洪荒={TUESDAY}", "--pin", f"ada={TUESDAY}")

    said = terminal.prints(*EXPLAIN)

    assert "Built Fri 20 Nov 16:00: night (draft)" in said
    assert "Proven to be the best possible" in said
    assert "below floor" in said
    assert "BELOW THE FLOOR: 4" in said
    assert "night 夜间席, Wed 25 Nov 22:00-08:00: missing 2 people" in said
    assert "night/2026-11-25/night: nobody is free to take it" in said
    assert "Ada (ada) rests until Thu 26 Nov 08:00" in said
    assert "李洪荒 (李洪荒) 1 of 1 shifts" in said
    assert "UTC" not in said
    assert max(cell_len(line) for line in said.splitlines()) <= 80


def test_as_json_it_holds_every_reason_of_everybody(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")

    [build] = terminal.json(*EXPLAIN)["builds"]

    assert build["desks"] == [{"desk": "night", "state": "draft"}]
    assert build["built_at"] == "2026-11-20T08:00:00+00:00"
    assert build["bound"] <= build["price"] == sum(build["price_by_wish"].values())
    [wednesday] = [gap for gap in build["gaps"] if gap["from"] == "2026-11-25T14:00:00+00:00"]
    [shift] = wednesday["shifts"]
    assert shift["shift"] == "night/2026-11-25/night"
    assert shift["could"] == []
    assert shift["kept_out"] == [
        {
            "person": "ada",
            "name": "Ada",
            "reasons": [
                {
                    "rule": "rest between shifts",
                    "sentence": "rests until Thu 26 Nov 08:00",
                    "at": "2026-11-26T00:00:00+00:00",
                }
            ],
        }
    ]


def test_the_names_of_who_was_not_asked_stand_below_the_gaps(
    terminal: Terminal, hire: Hire, database_url: str
) -> None:
    hire("Ada")
    hired(database_url, "Bo", supervised_turns=4)
    terminal.prints(*BUILD)
    hire("Cem")

    said = terminal.prints(*EXPLAIN)

    assert "Not asked for night:" in said
    assert "1 with fewer than 10 supervised turns: Bo (bo) 4" in said
    assert "1 not known yet when this was built: Cem (cem)" in said
    assert terminal.json(*EXPLAIN)["builds"][0]["not_asked"] == [
        {"person": "bo", "name": "Bo", "supervised_turns": 4},
        {"person": "cem", "name": "Cem", "supervised_turns": 20},
    ]


def test_a_roster_without_gaps_says_so(terminal: Terminal, hire: Hire) -> None:
    for name in ("Ada", "Bo", "Cem", "Dee"):
        hire(name)
    terminal.prints(*BUILD)

    said = terminal.prints(*EXPLAIN)

    assert "No gap here: every floor and every target is kept." in said
    assert "FLOOR:" not in said
    assert terminal.json(*EXPLAIN)["builds"][0]["gaps"] == []


def test_who_could_have_come_is_named_with_the_points_and_brackets_stay() -> None:
    late = engine.shift("late", 6, 10)
    problem = engine.problem([engine.person("bo")], [late], [engine.need(6, 10)])

    said = said_of(problem)

    assert "missing 1 person" in said
    assert "late: could be taken by Bo [red]:smile: (bo) for 8000 points less" in said


def test_a_shift_that_two_gaps_meet_is_told_once() -> None:
    whole = engine.shift("duty", 0, 10)
    needs = [engine.need(0, 2), engine.need(6, 10)]
    problem = engine.problem([engine.person("bo", desks=["suzhou"])], [whole], needs)

    said = said_of(problem)

    assert said.count("1 sits at other desks only\n") == 1
    assert "duty: as told above" in said


def test_gaps_above_the_floor_come_behind() -> None:
    late = engine.shift("late", 6, 10)
    problem = engine.problem([engine.person("bo")], [late], [engine.need(6, 10, 1, 2)])

    said = said_of(problem, ("bo", "late"))

    assert "ABOVE THE FLOOR, BELOW THE TARGET: 1" in said
    assert "BELOW THE FLOOR" not in said
    assert "late: nobody is free to take it" in said


def test_a_gap_that_no_shift_meets_says_what_to_do() -> None:
    problem = engine.problem([engine.person("bo")], [], [engine.need(6, 10)])

    assert "No shift of this desk covers that time; add one" in said_of(problem)


def test_a_desk_that_the_configuration_has_no_more_keeps_its_name() -> None:
    late = engine.shift("late", 6, 10, desk="suzhou")
    problem = engine.problem([], [late], [engine.need(6, 10, desk="suzhou")])

    assert "\nsuzhou, Mon 23 Nov 14:00-18:00: missing" in said_of(problem, desks=("suzhou",))


def test_the_price_of_more_desks_than_asked_for_is_said_to_be_theirs() -> None:
    shifts = [engine.shift("late", 6, 10), engine.shift("far", 6, 10, desk="suzhou")]

    said = said_of(engine.problem([engine.person("bo")], shifts))

    assert "The price is that of all 2 desks that were built together." in said


def test_without_a_roster_there_is_nothing_to_explain(terminal: Terminal, hire: Hire) -> None:
    assert "There is no roster for 2026-W48 to explain; make one with" in (
        terminal.is_refused(*EXPLAIN)
    )
    hire("Ada")
    terminal.prints(*BUILD)
    assert "Desk day has no roster for 2026-W48 to explain" in (
        terminal.is_refused(*EXPLAIN, "--desk", "day")
    )


@pytest.mark.parametrize("week", ["2026-W54", "2025-W53", "soon"])
def test_a_week_that_does_not_exist_is_refused(terminal: Terminal, week: str) -> None:
    assert "week" in terminal.is_refused("roster", "explain", "--week", week)


def test_a_desk_that_does_not_exist_is_refused_with_the_nearest(terminal: Terminal) -> None:
    assert terminal.is_refused(*EXPLAIN, "--desk", "nigth") == (
        "There is no desk 'nigth'; did you mean night?"
    )

"""`hotline roster rehearse`: each line, the week by hour, the worst hours, the costliest gaps."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from hotline.cli.rosters.rehearsed import show_rehearsed
from hotline.config.settings import Settings
from hotline.rosters.rehearsal.expected import while_open
from hotline.rosters.rehearsal.rehearsing import Facts, RehearsalOrder, rehearsed_week
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from scheduling.rehearsal.callers import Rates
from tests import make
from tests.cli.conftest import Terminal

Hire = Callable[[str], make.Hired]
HELP = [make.line("help", desks=("night",))]
WEEK = ("--week", "2026-W48")
BUILD = ("roster", "build", *WEEK)
REHEARSE = ("roster", "rehearse", *WEEK, "--runs", "20")


def test_it_tells_lines_hours_and_gaps_within_80_columns(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints(*BUILD)

    said = terminal.prints(*REHEARSE)

    assert "Rehearsal of 2026-W48, 20 times with seed 1" in said
    assert "Rosters: night (draft)" in said
    assert "in 15 s" in said
    assert "all of these" in said
    assert ". . . . . . . . . . . . . . " in said  # nobody may call by day: the lines are closed
    assert "Worst hours first" in said
    assert "Costliest gaps first: unanswered calls that one person there spares" in said
    assert "missing 2 people" in said
    assert max(cell_len(line) for line in said.splitlines()) <= 80


def test_as_json_each_line_has_all_its_hours_and_each_figure_its_bounds(
    terminal: Terminal, hire: Hire
) -> None:
    hire("Ada")
    terminal.prints(*BUILD)

    told = terminal.json(*REHEARSE)

    assert (told["week"], told["runs"], told["seed"]) == ("2026-W48", 20, 1)
    assert told["within_seconds"] == 15
    assert told["desks"] == [{"desk": "night", "state": "draft"}]
    assert [line["line"] for line in told["lines"]] == ["96111-nanjing", "12355"]
    first = told["lines"][0]
    assert len(first["hours"]) == 168
    assert first["hours"][0]["start"] == "2026-11-22T16:00:00+00:00"
    assert first["hours"][12]["in_time"] is None  # noon: closed
    for figure in ("calls", "in_time", "abandoned", "wait_seconds", "occupancy", "exits"):
        band = first[figure]
        assert band["low"] <= band["high"]
    late = [hour["late"]["value"] for hour in told["worst"]]
    assert late == sorted(late, reverse=True)
    assert sum(late) == pytest.approx(told["all"]["late"]["value"], abs=0.01)
    assert told["gaps"][0]["spared"]["value"] > 0


def test_one_line_alone_and_the_same_seed_again(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints(*BUILD)
    asked = (*REHEARSE, "--line", "12355", "--line", "12355", "--seed", "4")

    said = terminal.prints(*asked)

    assert "96111-nanjing" not in said
    assert "all of these" not in said
    assert said == terminal.prints(*asked)


def nobody(site: Settings) -> Facts:
    span = Week(2026, 48).horizon(site.site.zone)
    rates = Rates(span.start, {"help": [0.1] * 7 * 48})
    return Facts(make.rota(), {}, while_open(rates, site, span))


def test_of_many_gaps_and_hours_the_worst_are_printed() -> None:
    wants = [make.cover("22:00-02:00", 1), make.cover("02:00-08:00", 2)]
    night = make.desk("night", shifts=[make.template()], wants=wants)
    site = make.settings(desks=[night], lines=HELP, expecting=make.demand())
    out = StringIO()

    played = rehearsed_week(site, RehearsalOrder(Week(2026, 48), runs=5), nobody(site))
    show_rehearsed(Console(file=out, width=80), played, site)

    assert len(played.gaps) > 10
    assert out.getvalue().count("missing ") == 10
    assert f"and {len(played.gaps) - 10} more: --json has all of them" in out.getvalue()


def test_a_roster_without_gaps_says_so_and_one_without_lacks_what_it_lacks() -> None:
    night = make.desk("night", shifts=[make.template()])
    site = make.settings(
        desks=[night, make.desk("day", shifts=[make.template()])],
        lines=HELP,
        expecting=make.demand(),
    )
    order = RehearsalOrder(Week(2026, 48), runs=1)
    known = replace(nobody(site), states={night.name: RosterState.PUBLISHED})
    out = StringIO()

    played = rehearsed_week(site, order, known)
    show_rehearsed(Console(file=out, width=80), played, site)

    assert "No gap: every floor and every target is kept." in out.getvalue()
    assert "Rosters: night (published); without a roster: day" in out.getvalue()
    assert "No call is late." in out.getvalue()
    assert "help" in out.getvalue()


@pytest.mark.parametrize("word", ["0", "-3", "10001", "1000000"])
def test_so_many_runs_are_refused(terminal: Terminal, hire: Hire, word: str) -> None:
    hire("Ada")
    terminal.prints(*BUILD)

    said = terminal.is_refused("roster", "rehearse", *WEEK, "--runs", word)

    assert said.startswith("--runs must be from 1 to 10,000, not ")


def test_a_wrong_line_seed_week_or_number_is_refused(terminal: Terminal) -> None:
    assert terminal.is_refused(*REHEARSE, "--line", "1235") == (
        "There is no line '1235'; did you mean 12355?"
    )
    assert "--seed must be 0 or more" in terminal.is_refused(*REHEARSE, "--seed", "-1")
    assert "is not a week" in terminal.is_refused("roster", "rehearse", "--week", "soon")
    assert "--runs" in terminal.is_refused("roster", "rehearse", *WEEK, "--runs", "many")


def test_without_a_roster_there_is_nothing_to_rehearse(terminal: Terminal) -> None:
    assert terminal.is_refused(*REHEARSE) == (
        "There is no roster for 2026-W48 to rehearse; make one with: "
        "hotline roster build --week 2026-W48"
    )

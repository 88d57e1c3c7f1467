"""People in and out, and mistakes of typing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import make
from tests.cli.conftest import Terminal
from tests.databases import PostgresCluster

Hire = Callable[[str], make.Hired]
HEADER = (
    "code,name,address,languages,desks,availability,preferred,unwanted,shifts_a_week,"
    "hours_a_week,nights_a_week,nights_running,supervised_turns,certificates,standing,agreement,"
    "role,notices,gender,dialects\n"
)
PIN = "ada=night/2026-11-24/night"
ADA = (
    "ada,Ada,client:ada,zh,night,always,,,3,30,2,2,20,crisis:2027-06-30,newcomer,no 24h,"
    "volunteer,,,\n"
)


def test_people_go_in_and_come_out_the_same(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(HEADER + ADA, "utf-8")

    assert terminal.prints("people", "import", str(file)).startswith("1 added, 0 changed")
    assert terminal.json("people", "import", str(file)) == {
        "added": 0,
        "changed": 0,
        "unchanged": 1,
    }
    assert terminal.prints("people", "export") == HEADER + ADA


@pytest.mark.postgresql
def test_the_whole_way_to_a_published_roster_on_postgresql(
    terminal: Terminal, tmp_path: Path, postgres: PostgresCluster
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(HEADER + ADA, "utf-8")
    with postgres.fresh_database() as url:
        terminal.environ["HOTLINE_DATABASE_URL"] = url
        terminal.prints("init")
        terminal.prints("people", "import", str(file))
        terminal.prints("roster", "build", "--week", "2026-W48", "--pin", PIN)
        terminal.prints("roster", "publish", "--week", "2026-W48", "--accept-gaps", "Ada is alone")
        terminal.prints("coverage", "--from", "2026-11-23")
        rung = terminal.json("who", "12355", "--at", "2026-11-24T23:10")["rung"]

    assert rung == [
        {"person": "ada", "name": "Ada", "desk": "night", "standby": False, "lead": False}
    ]


def test_a_bad_row_is_named_with_its_line_and_nothing_goes_in(
    terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(HEADER + ADA + ADA.replace("ada", "bo").replace("06-30", "06-31"), "utf-8")

    result = terminal.types("people", "import", str(file))

    assert result.exit_code == 2
    assert "line 3" in result.stderr
    assert terminal.prints("people", "export") == HEADER


def test_a_file_that_is_not_there_is_refused(terminal: Terminal) -> None:
    result = terminal.types("people", "import", "/nowhere/people.csv")

    assert result.exit_code == 2
    assert "/nowhere/people.csv" in result.stderr


def test_a_mistyped_command_or_option_is_refused_in_one_sentence(terminal: Terminal) -> None:
    assert "No such command 'rooster'" in terminal.is_refused("rooster")
    assert "No such option" in terminal.is_refused("--confg", "x", "coverage")
    assert "--week" in terminal.is_refused("roster", "build")
    assert "No such option" in terminal.is_refused("roster", "build", "--weak", "2026-W48")
    assert "Say either a LINE" in terminal.is_refused("who")


def test_a_configuration_that_is_not_there_is_named(terminal: Terminal) -> None:
    result = terminal.types("--config", "/nowhere/config.toml", "coverage")

    assert result.exit_code == 2
    assert "/nowhere/config.toml" in result.stderr


def test_the_option_wins_over_the_environment(terminal: Terminal) -> None:
    good = terminal.environ["HOTLINE_CONFIG"]
    terminal.environ["HOTLINE_CONFIG"] = "/nowhere/config.toml"

    assert terminal.types("coverage").exit_code == 2
    assert terminal.types("--config", good, "coverage").exit_code == 0


def test_help_is_shown_where_nothing_is_asked(terminal: Terminal) -> None:
    result = terminal.types("roster")

    assert "build" in result.output
    assert "publish" in result.output

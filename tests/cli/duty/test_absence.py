"""Somebody cannot come: noted, listed, taken back; and the telephone follows at once."""

from collections.abc import Callable
from pathlib import Path

from tests import make
from tests.cli.conftest import SITE, Terminal

Hire = Callable[[str], make.Hired]
NIGHT = ("who", "12355", "--at", "2026-11-24T23:10")


def published_night_of_ada(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints("roster", "build", "--week", "2026-W48", "--pin", "ada=night/2026-11-24/night")
    terminal.prints("roster", "publish", "--week", "2026-W48", "--accept-gaps", "Ada is alone")


def test_whoever_is_absent_is_not_rung_and_the_reason_is_said(
    terminal: Terminal, hire: Hire
) -> None:
    published_night_of_ada(terminal, hire)
    assert [seat["person"] for seat in terminal.json(*NIGHT)["rung"]] == ["ada"]

    said = terminal.prints("absence", "add", "ada", "--from", "2026-11-24", "--to", "2026-11-24")

    assert "1. Ada (ada), Tue 24 Nov 00:00-00:00" in said
    assert "published: night/2026-11-24/night" in said
    hint = "hotline roster repair --week 2026-W48 --without ada=night/2026-11-24/night"
    assert hint in " ".join(said.split())
    answer = terminal.json(*NIGHT)
    assert answer["rung"] == []
    assert [(k["person"], k["why"]) for k in answer["kept_out"]] == [("ada", "absent")]
    assert "Ada (ada) until Wed 25 Nov 00:00" in terminal.prints(*NIGHT)


def test_an_absence_that_is_taken_back_lets_the_roster_count_again(
    terminal: Terminal, hire: Hire
) -> None:
    published_night_of_ada(terminal, hire)
    terminal.prints("absence", "add", "ada", "--from", "2026-11-24", "--to", "2026-11-24T23:30")

    said = terminal.prints("absence", "remove", "1")

    assert said.splitlines() == [
        "Absence 1 is removed.",
        "  nobody is looked for any more: night, Tue 24 Nov 22:00-23:30",
    ]

    assert [seat["person"] for seat in terminal.json(*NIGHT)["rung"]] == ["ada"]
    assert terminal.prints("absence", "list") == "Nobody is absent from now on.\n"


def test_a_week_is_not_built_with_whoever_is_absent(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints("absence", "add", "ada", "--from", "2026-11-23", "--to", "2026-11-30")

    built = terminal.json("roster", "build", "--week", "2026-W48")

    assert built["assignments"] == []


def test_absences_are_listed_by_start_until_they_are_over(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints(
        "absence", "add", "bo", "--from", "2026-12-01T18:00", "--to", "2026-12-01T20:00"
    )
    terminal.prints("absence", "add", "ada", "--from", "2026-11-24", "--to", "2026-11-26")
    terminal.prints("absence", "add", "ada", "--from", "2026-11-01", "--to", "2026-11-02")

    listed = terminal.json("absence", "list")["absences"]

    assert [(each["absence"], each["person"]) for each in listed] == [(2, "ada"), (1, "bo")]
    assert listed[0]["from"] == "2026-11-23T16:00:00+00:00"
    assert listed[0]["to"] == "2026-11-26T16:00:00+00:00"
    said = terminal.prints("absence", "list")
    assert said.splitlines()[1] == "1. Bo (bo), Tue 01 Dec 18:00-20:00"


def test_absences_as_json(terminal: Terminal, hire: Hire) -> None:
    published_night_of_ada(terminal, hire)

    made = terminal.json(
        "absence", "add", "ada", "--from", "2026-11-25T02:00", "--to", "2026-11-25"
    )

    assert made["published_shifts"] == ["night/2026-11-24/night"]
    assert made["sought"] == 1
    assert terminal.json("absence", "remove", "1") == {
        "removed": 1,
        "searches_ended": [1],
        "searches_filled": [],
    }


def test_a_stand_in_is_looked_for_at_once_unless_told_not_to(
    terminal: Terminal, hire: Hire
) -> None:
    published_night_of_ada(terminal, hire)
    day = ("--from", "2026-11-24", "--to", "2026-11-25")

    assert terminal.json("absence", "add", "ada", *day, "--no-search")["sought"] == 0
    assert terminal.json("standin", "list") == {"searches": []}
    said = terminal.prints("absence", "add", "ada", *day)

    assert "The worker asks who stands in; see: hotline standin list" in said
    [search] = terminal.json("standin", "list")["searches"]
    assert (search["person"], search["reason"]) == ("ada", "cannot-come")


def test_a_time_that_comes_twice_is_said_how_it_was_read(
    terminal: Terminal, hire: Hire, tmp_path: Path
) -> None:
    hire("Ada")
    london = tmp_path / "london.toml"
    london.write_text(SITE.read_text("utf-8").replace("Asia/Shanghai", "Europe/London"), "utf-8")
    terminal.environ["HOTLINE_CONFIG"] = str(london)

    said = terminal.prints(
        "absence", "add", "ada", "--from", "2027-10-31T01:30", "--to", "2027-11-01"
    )

    assert "Note: 01:30 comes twice" in said


def test_nobody_nothing_and_backwards_are_refused(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    day = ("--from", "2026-11-24", "--to", "2026-11-24")

    assert "nobody with the code 'eve'" in terminal.is_refused("absence", "add", "eve", *day)
    assert "no later than it begins" in terminal.is_refused(
        "absence", "add", "ada", "--from", "2026-11-24", "--to", "2026-11-23"
    )
    assert "at most 366 days" in terminal.is_refused(
        "absence", "add", "ada", "--from", "2026-11-24", "--to", "2028-11-24"
    )
    assert "'soon' is no time" in terminal.is_refused(
        "absence", "add", "ada", "--from", "soon", "--to", "2026-11-24"
    )
    assert "There is no absence 7" in terminal.is_refused("absence", "remove", "7")
    assert terminal.json("absence", "list") == {"absences": []}

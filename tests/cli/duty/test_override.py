"""Somebody comes instead of somebody: noted, listed, undone; and the telephone follows at once."""

from collections.abc import Callable

import pytest

from tests import make
from tests.cli.conftest import Terminal

Hire = Callable[[str], make.Hired]
NIGHT = ("who", "12355", "--at", "2026-11-24T23:10")
ADD = ("override", "add", "--comes", "bo", "--instead-of", "ada", "--why", "Ada is ill")
SHIFT = ("--shift", "night/2026-11-24/night")


@pytest.fixture(autouse=True)
def _published(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints("roster", "build", "--week", "2026-W48", "--pin", "ada=night/2026-11-24/night")
    terminal.prints("roster", "publish", "--week", "2026-W48", "--accept-gaps", "Ada is alone")
    hire("Bo")


def test_the_telephone_rings_who_comes_and_says_who_is_replaced(terminal: Terminal) -> None:
    said = terminal.prints(*ADD, *SHIFT)

    assert " ".join(said.split()) == (
        "1. night, Tue 24 Nov 22:00-08:00: Bo (bo) instead of Ada (ada) (coordinator: Ada is ill)"
    )
    answer = terminal.json(*NIGHT)
    assert [seat["person"] for seat in answer["rung"]] == ["bo"]
    assert [(k["person"], k["why"]) for k in answer["kept_out"]] == [("ada", "replaced")]
    assert "somebody else comes instead" in terminal.prints(*NIGHT)
    assert "Bo (bo)" in terminal.prints("roster", "show", "--week", "2026-W48")


def test_a_stretch_inside_a_shift(terminal: Terminal) -> None:
    made = terminal.json(*ADD, *SHIFT, "--from", "2026-11-25T02:00", "--to", "2026-11-25T04:00")

    assert made["from"] == "2026-11-24T18:00:00+00:00"
    assert [seat["person"] for seat in terminal.json(*NIGHT)["rung"]] == ["ada"]
    at_three = terminal.json("who", "12355", "--at", "2026-11-25T03:00")
    assert [seat["person"] for seat in at_three["rung"]] == ["bo"]


def test_a_desk_and_a_time_do_without_a_shift(terminal: Terminal) -> None:
    place = ("--desk", "night", "--from", "2026-11-24T23:00", "--to", "2026-11-25T01:00")

    said = terminal.prints("override", "add", "--comes", "bo", "--why", "many callers", *place)

    assert "Bo (bo) beside the others" in said
    assert [seat["person"] for seat in terminal.json(*NIGHT)["rung"]] == ["ada", "bo"]


def test_overrides_are_listed_and_undone(terminal: Terminal) -> None:
    assert terminal.prints("override", "list") == "Nothing is overridden from now on.\n"
    terminal.prints(*ADD, *SHIFT)

    assert terminal.prints("override", "undo", "1") == "Override 1 is undone.\n"

    assert [seat["person"] for seat in terminal.json(*NIGHT)["rung"]] == ["ada"]
    assert terminal.prints("override", "list").rstrip().endswith("; undone")
    (listed,) = terminal.json("override", "list")["overrides"]
    assert listed["undone"] == "2026-11-20T08:00:00+00:00"


def test_as_json(terminal: Terminal) -> None:
    assert terminal.json(*ADD, *SHIFT) == {
        "override": 1,
        "desk": "night",
        "shift": "night/2026-11-24/night",
        "from": "2026-11-24T14:00:00+00:00",
        "to": "2026-11-25T00:00:00+00:00",
        "comes": "bo",
        "instead_of": "ada",
        "way": "coordinator",
        "why": "Ada is ill",
        "noted": "2026-11-20T08:00:00+00:00",
        "undone": None,
    }
    assert terminal.json("override", "undo", "1") == {"undone": 1}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Name a --shift, or else a --desk"),
        (("--desk", "night"), "Name a --shift, or else a --desk"),
        ((*SHIFT, "--desk", "night"), "Name a --shift, or else a --desk"),
        (("--shift", "night/2026-11-24/late"), "There is no shift 'night/2026-11-24/late'"),
        (("--shift", "night/soon/night"), "There is no shift"),
        (("--shift", "night/"), "There is no shift"),
        (("--shift", "nobody/2026-11-24/late"), "There is no shift"),
        (("--desk", "nigth", "--from", "2026-11-24T23:00", "--to", "2026-11-25T01:00"), "night"),
        ((*SHIFT, "--from", "2026-11-25T09:00"), "ends no later than it begins"),
        ((*SHIFT, "--from", "soon"), "'soon' is no time"),
    ],
)
def test_where_and_when_must_be_said(
    terminal: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in terminal.is_refused(*ADD, *words)
    assert terminal.json("override", "list") == {"overrides": []}


def test_nobody_is_refused(terminal: Terminal) -> None:
    eve = ("override", "add", "--comes", "eve", "--why", "x", *SHIFT)
    assert "nobody active with the code 'eve'" in terminal.is_refused(*eve)
    assert "There is no override 7" in terminal.is_refused("override", "undo", "7")

"""`hotline roster`: a draft, its pins, publishing, and every way to get it wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from hotline.written.workbooks import rows_of_workbook
from tests import make
from tests.cli.conftest import Terminal

Hire = Callable[[str], make.Hired]
BUILD = ("roster", "build", "--week", "2026-W48")
PUBLISH = ("roster", "publish", "--week", "2026-W48", "--accept-gaps", "Ada is alone")
SHOW = ("roster", "show", "--week", "2026-W48")
TUESDAY = "night/2026-11-24/night"
WEDNESDAY = "night/2026-11-25/night"


def test_a_build_tells_price_bound_wishes_and_gaps(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")

    said = terminal.prints(*BUILD)

    assert "Draft 1 of 2026-W48" in said
    assert "Proven to be the best possible" in said
    assert "below floor" in said
    assert "night 夜间席" in said
    assert "gap " in said
    assert "hotline roster publish --week 2026-W48" in said


def test_a_build_as_json_holds_the_same(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")

    document = terminal.json(*BUILD)

    assert document["week"] == "2026-W48"
    assert document["desks"] == ["night"]
    assert document["status"] == "optimal"
    assert document["bound"] <= document["price"] == sum(document["price_by_wish"].values())
    levels = {each["level"]: each["price"] for each in document["levels"]}
    assert list(levels) == ["floors", "targets", "fairness", "wishes"]
    assert sum(levels.values()) == document["price"]
    assert {given["person"] for given in document["assignments"]} == {"ada"}
    assert document["gaps"]


def test_a_pin_lives_until_it_is_let_go(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")

    kept = terminal.json(*BUILD)
    assert [g["shift"] for g in kept["assignments"] if g["pinned"]] == [TUESDAY]
    assert "Ada (ada)*" in terminal.prints(*SHOW)

    freed = terminal.json(*BUILD, "--unpin", f"ada={TUESDAY}")
    assert not any(given["pinned"] for given in freed["assignments"])


def test_a_week_is_shown_as_draft_until_it_is_published(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    assert "night 夜间席: no roster yet" in terminal.prints(*SHOW)
    terminal.prints(*BUILD)
    assert "draft, rings nobody" in terminal.prints(*SHOW)
    terminal.prints(*PUBLISH)
    shown = terminal.prints(*SHOW)
    assert "night 夜间席: published" in shown
    assert "below its floor, accepted: Ada is alone" in shown


def test_a_shown_week_as_json_holds_every_shift(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")

    [desk] = terminal.json(*SHOW)["desks"]

    assert (desk["desk"], desk["state"], len(desk["shifts"])) == ("night", "draft", 7)
    [row] = [row for row in desk["shifts"] if row["shift"] == TUESDAY]
    assert row["people"] == [{"person": "ada", "name": "Ada", "pinned": True}]
    assert row["from"] == "2026-11-24T14:00:00+00:00"


def test_a_week_is_exported_with_its_empty_shifts(terminal: Terminal, hire: Hire) -> None:
    hire("-Ada")
    terminal.prints(*BUILD, "--pin", f"-ada={TUESDAY}")

    lines = terminal.prints("roster", "export", "--week", "2026-W48").splitlines()

    assert lines[0] == "week,desk,shift,kind,starts,ends,code,name,state"
    held = f"2026-W48,night,{TUESDAY},night,2026-11-24 22:00,2026-11-25 08:00,'-ada,'-Ada,draft"
    assert held in lines
    assert any(line.endswith(",,,draft") for line in lines)


def test_a_week_is_exported_as_a_calendar_in_utc(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")

    whole = Calendar.from_ical(
        terminal.prints("roster", "export", "--week", "2026-W48", "--format", "ics")
    )

    starts = [event.decoded("dtstart") for event in whole.walk("VEVENT")]
    assert make.local("2026-11-24 22:00") in starts


def test_a_week_is_exported_as_a_workbook_into_a_file(
    terminal: Terminal, hire: Hire, tmp_path: Path
) -> None:
    hire("Ada")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")
    export = ("roster", "export", "--week", "2026-W48", "--format", "xlsx")
    file = tmp_path / "week.xlsx"

    assert terminal.prints(*export, "--into", str(file)) == ""

    rows = rows_of_workbook(file.read_bytes())
    assert ("ada", "Ada", "draft") in [row[-3:] for _, row in rows]
    assert "--into" in terminal.is_refused(*export)
    assert "nowhere" in terminal.is_refused(*export, "--into", str(tmp_path / "nowhere" / "w.xlsx"))


def test_publishing_again_prints_who_gained_and_who_lost(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")
    assert "2026-W48 published" in terminal.prints(*PUBLISH)
    terminal.prints(*BUILD, "--pin", f"ada={WEDNESDAY}", "--unpin", f"ada={TUESDAY}")
    terminal.now = make.local("2026-11-24 23:00")

    said = terminal.prints(*PUBLISH)

    assert "Ada (ada) is taken off a shift that runs now: Tue 24 Nov 22:00-08:00." in said
    assert "- Ada (ada) Tue 24 Nov 22:00-08:00" in said
    assert "+ Ada (ada) Wed 25 Nov 22:00-08:00" in said


def test_a_publishing_as_json_names_what_changed(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    built = terminal.json(*BUILD)

    document = terminal.json(*PUBLISH)

    [desk] = document["desks"]
    assert desk["assigned"] == len(built["assignments"])
    assert not desk["republished"]
    assert {gained["person"] for gained in desk["gained"]} == {"ada"}
    assert document["taken_off_now"] == []


@pytest.mark.parametrize("command", ["build", "publish", "show", "export"])
@pytest.mark.parametrize("week", ["2026-W54", "2025-W53", "soon"])
def test_a_week_that_does_not_exist_is_refused(terminal: Terminal, command: str, week: str) -> None:
    assert "week" in terminal.is_refused("roster", command, "--week", week)


@pytest.mark.parametrize("command", ["build", "publish", "show", "export"])
def test_a_desk_that_does_not_exist_is_refused_with_the_nearest(
    terminal: Terminal, command: str
) -> None:
    said = terminal.is_refused("roster", command, "--week", "2026-W48", "--desk", "nigth")

    assert said == "There is no desk 'nigth'; did you mean night?"


def test_without_people_one_sentence_says_so(terminal: Terminal) -> None:
    assert "Nobody may sit at desk night" in terminal.is_refused(*BUILD)


def test_a_desk_without_shifts_is_refused(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")

    assert "Desk day has no shifts" in terminal.is_refused(*BUILD, "--desk", "day")


def test_pins_that_clash_are_refused_and_leave_the_draft_before_alone(
    terminal: Terminal, hire: Hire
) -> None:
    hire("Ada")
    terminal.prints(*BUILD)
    before = terminal.json(*SHOW)

    said = terminal.is_refused(*BUILD, "--pin", f"ada={TUESDAY}", "--pin", f"ada={WEDNESDAY}")

    assert "The pins cannot all be kept: ada" in said
    assert terminal.json(*SHOW) == before


@pytest.mark.parametrize(
    ("option", "pin", "said"),
    [
        ("--pin", "ada", "is not a pin; write PERSON=SHIFT"),
        ("--pin", f"adda={TUESDAY}", "did you mean ada?"),
        ("--pin", "ada=night/2026-11-24/nihgt", f"did you mean {TUESDAY}?"),
        ("--unpin", f"ada={TUESDAY}", "is not pinned in 2026-W48"),
    ],
)
def test_a_pin_of_nothing_is_refused(
    terminal: Terminal, hire: Hire, option: str, pin: str, said: str
) -> None:
    hire("Ada")

    assert said in terminal.is_refused(*BUILD, option, pin)


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf"])
def test_a_limit_that_is_none_is_refused(terminal: Terminal, seconds: str) -> None:
    assert "--seconds must be more than 0" in terminal.is_refused(*BUILD, "--seconds", seconds)


def test_publishing_without_a_draft_is_refused(terminal: Terminal) -> None:
    assert "There is no draft for 2026-W48" in terminal.is_refused(*PUBLISH)


def test_weeks_built_as_one_are_told_together_and_week_by_week(
    terminal: Terminal, hire: Hire
) -> None:
    hire("Ada")

    said = terminal.prints(*BUILD, "--weeks", "2")
    document = terminal.json(*BUILD, "--weeks", "2")

    assert "2026-W48 to 2026-W49, solved as one" in " ".join(said.split())
    assert "hotline roster publish --week 2026-W49" in said
    assert "gap " in said
    assert [week["week"] for week in document["weeks"]] == ["2026-W48", "2026-W49"]
    assert sum(len(week["assignments"]) for week in document["weeks"]) > 0
    assert {level["level"] for level in document["levels"]} >= {"floors", "wishes"}


def test_too_many_weeks_at_once_are_refused(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")

    assert "From 1 to 13 weeks" in terminal.is_refused(*BUILD, "--weeks", "14")
    assert "'soon' is not a valid integer" in terminal.is_refused(*BUILD, "--weeks", "soon")


def test_whoever_can_take_nothing_is_named_with_what_keeps_them_out(
    terminal: Terminal, hire: Hire
) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints("absence", "add", "bo", "--from", "2026-11-20", "--to", "2026-12-10")

    said = terminal.prints(*BUILD)
    document = terminal.json(*BUILD)

    assert "bo can take none of 7 shifts: is away (7)" in said
    assert document["idle"] == [
        {"person": "bo", "obstacles": [{"rule": "absences", "about": None, "shifts": 7}]}
    ]

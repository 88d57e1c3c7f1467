"""`hotline demand`: what a coordinator reads of the weeks ahead, and what is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hotline.store import Store
from tests import make
from tests.cli.conftest import SITE, Terminal
from tests.cli.test_documented import DOCUMENT, keys_of

WEEK = ("--week", "2026-W48")
TUESDAY = ("--from", "2026-11-24", "--to", "2026-11-24")


@pytest.fixture
def terminal(terminal: Terminal, tmp_path: Path) -> Terminal:
    """The site of the other commands, with its night desk by forecast."""
    site = SITE.read_text(encoding="utf-8")
    by_forecast = site.replace("certificates = []", 'certificates = []\ntargets = "forecast"', 1)
    (tmp_path / "site.toml").write_text(by_forecast, encoding="utf-8")
    terminal.environ["HOTLINE_CONFIG"] = str(tmp_path / "site.toml")
    return terminal


@pytest.fixture
def store(terminal: Terminal) -> Iterator[Store]:
    store = Store(terminal.environ["HOTLINE_DATABASE_URL"])
    yield store
    store.close()


def earlier(folder: Path, *rows: str) -> str:
    file = folder / "earlier.csv"
    file.write_text("\n".join(("line,start,calls", *rows, "")), encoding="utf-8")
    return str(file)


def of(items: list[dict[str, Any]], key: str, name: str) -> dict[str, Any]:
    return next(item for item in items if item[key] == name)


def test_a_row_for_each_line_and_desk_says_what_to_expect(terminal: Terminal) -> None:
    said = terminal.prints("demand", *WEEK)

    assert "Expected from Mon 23 Nov 00:00 to Mon 30 Nov 00:00" in said
    assert "Promised: 90 % of calls answered in 15 s; a call takes 30 minutes" in said
    assert "Season autumn: calls times 1.5, as configured" in said
    assert "Provisional" not in said
    line, desk = (next(r for r in said.splitlines() if r.startswith(n)) for n in ("12355", "night"))
    assert "25.8" in line  # a seventh of the week is raised by half
    assert "Tue 24 Nov" in line
    assert "configured, 0.0 weeks" in line
    assert "forecast" in desk
    assert "--line 96111-nanjing or --desk night" in said


def test_a_named_line_is_shown_half_hour_by_half_hour(terminal: Terminal) -> None:
    said = terminal.prints("demand", *WEEK, "--line", "12355")

    assert "By 24 calls a day, as configured, and what came so far" in said
    assert "0.0 weeks of calls are known, fewer than 4" in said
    rows = [row for row in said.splitlines() if " expected " in row]
    assert len(rows) == 7
    assert "low" not in said
    assert "Busiest Tue 24 Nov 16:00" in said
    assert "four of five such half hours bring 0 to" in said
    assert "calls come while all desks of the line are closed" in said
    assert "夜间席" not in said


def test_of_one_day_the_bands_and_the_floor_are_shown_too(terminal: Terminal) -> None:
    said = terminal.prints("demand", *TUESDAY, "--line", "12355", "--desk", "night")

    names = [row.split()[3] for row in said.splitlines() if row.startswith("  Tue 24 Nov")]
    assert names == ["expected", "low", "high", "target", "floor", "needed"]
    floor = next(row for row in said.splitlines() if " floor " in row)
    assert floor.split()[-1] == "1" * 16 + "0" * 28 + "1" * 4


def test_a_desk_by_forecast_shows_what_the_roster_will_be_asked_for(
    terminal: Terminal, store: Store
) -> None:
    make.hire(store, "Ada", desks="night")
    halves = of(terminal.json("demand", *WEEK)["desks"], "desk", "night")["half_hours"]
    wanted = {half["start"]: half["target"] for half in halves}

    built = terminal.json("roster", "build", *WEEK)

    night = next(gap for gap in built["gaps"] if gap["from"] == "2026-11-23T14:00:00+00:00")
    there = sum(shift["from"] == night["from"] for shift in built["assignments"])
    assert night["missing"] + there == wanted[night["from"]] > 2


def test_the_document_has_every_half_hour_of_every_line_and_desk(terminal: Terminal) -> None:
    document = terminal.json("demand", *TUESDAY)

    assert (document["from"], document["to"]) == (
        "2026-11-23T16:00:00+00:00",
        "2026-11-24T16:00:00+00:00",
    )
    assert document["seasons"] == [{"name": "autumn", "factor": 1.5}]
    line = of(document["lines"], "line", "12355")
    assert (line["method"], line["weeks_of_history"], line["calls_a_day"]) == ("prior", 0, 24.0)
    assert len(line["half_hours"]) == 48
    assert sum(half["expected"] for half in line["half_hours"]) == pytest.approx(line["expected"])
    assert all(half["low"] <= half["high"] for half in line["half_hours"])
    night, day = document["desks"]
    assert (night["targets"], day["targets"]) == ("forecast", "cover")
    assert night["half_hours"][-1]["floor"] == 1
    assert night["half_hours"][-1]["target"] == night["half_hours"][-1]["needed"] > 2
    assert night["half_hours"][-1]["most"] is None
    assert night["at_target"]["in_time"] > night["at_floor"]["in_time"]
    assert day["at_floor"] is None
    assert {half["target"] for half in day["half_hours"]} == {0}


def test_naming_lines_or_desks_leaves_the_others_out(terminal: Terminal) -> None:
    document = terminal.json("demand", *WEEK, "--line", "12355")
    assert [line["line"] for line in document["lines"]] == ["12355"]
    assert document["desks"] == []
    both = terminal.json("demand", *WEEK, "--line", "12355", "--desk", "night")
    assert [desk["desk"] for desk in both["desks"]] == ["night"]


def test_days_of_a_year_that_is_not_announced_are_provisional(terminal: Terminal) -> None:
    new_year = ("--from", "2026-12-31", "--to", "2027-01-01")

    said = terminal.prints("demand", *new_year)

    assert "Provisional: not all days off and make-up workdays of these years" in said
    assert "Holiday, New Year's Day: Fri 01 Jan" in said
    document = terminal.json("demand", *new_year)
    assert document["provisional"]
    assert document["holidays"] == [
        {"day": "2027-01-01", "name": "New Year's Day", "kind": "holiday"}
    ]


def test_a_weekend_worked_to_make_up_is_said(terminal: Terminal) -> None:
    said = terminal.prints("demand", "--from", "2026-10-10", "--to", "2026-10-10")
    assert "Worked to make up, National Day: Sat 10 Oct" in said


def test_a_line_nobody_calls_and_a_quiet_desk_say_so(terminal: Terminal, tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    quiet = site.read_text(encoding="utf-8").replace("calls_a_day = 24.0", "calls_a_day = 0.0")
    site.write_text(quiet, encoding="utf-8")

    said = terminal.prints("demand", *WEEK, "--line", "12355", "--desk", "night")

    assert "No calls are expected" in said
    assert "hang up" not in said
    assert "-" in terminal.prints("demand", *WEEK)


def test_earlier_calls_are_taken_in_and_the_forecast_learns_from_them(
    terminal: Terminal, tmp_path: Path
) -> None:
    hours = [
        f"12355,2026-{month:02}-{day:02} {hour:02}:00,{2 if hour >= 18 else 0}"
        for month, day in [*((9, d) for d in range(1, 31)), *((10, d) for d in range(1, 32))]
        for hour in range(24)
    ]
    file = earlier(tmp_path, *hours[:-5], hours[-1])

    said = terminal.prints("demand", "import", file)

    assert "Read as hours: 2920 half hours added, 0 changed, 0 as they were." in said
    assert "12355: 724 calls from 2026-09-01 00:00 to 2026-11-01 00:00" in said
    assert "of 8 half hours between them nothing is told: not known" in said
    assert terminal.json("demand", "import", file)["unchanged"] == 2920
    line = of(terminal.json("demand", *WEEK)["lines"], "line", "12355")
    assert line["method"] == "hour-of-week means"
    assert line["weeks_of_history"] == pytest.approx(2920 / 336, abs=0.1)
    shown = terminal.prints("demand", *WEEK, "--line", "12355")
    assert "By the means of each half hour of the week: 9 weeks of calls are known" in shown
    assert "means, 9 weeks" in terminal.prints("demand", *WEEK)


def test_half_a_year_of_earlier_calls_makes_a_regression(
    terminal: Terminal, tmp_path: Path
) -> None:
    rows = [
        f"12355,2026-{month:02}-{day:02} {hour:02}:00,{(day + hour) % 4}"
        for month in range(3, 11)
        for day in range(1, 31)
        for hour in range(24)
    ]
    terminal.prints("demand", "import", earlier(tmp_path, *rows))

    assert "regression, 34 weeks" in terminal.prints("demand", *WEEK)
    shown = terminal.prints("demand", *WEEK, "--line", "12355")
    assert "By regression: 34 weeks of calls are known, more than 26" in shown


def test_a_file_with_one_bad_row_brings_nothing(terminal: Terminal, tmp_path: Path) -> None:
    file = earlier(tmp_path, "12355,2026-09-01 18:00,2", "12355,2026-09-01 18:15,2")

    refused = terminal.types("demand", "import", file)

    assert refused.exit_code == 2
    assert "line 3: start '2026-09-01 18:15' is not on the hour" in refused.stderr
    line = of(terminal.json("demand", *WEEK)["lines"], "line", "12355")
    assert line["weeks_of_history"] == 0


def test_without_days_the_next_seven_are_shown(terminal: Terminal) -> None:
    document = terminal.json("demand")
    assert document["from"] == "2026-11-19T16:00:00+00:00"
    assert document["to"] == "2026-11-26T16:00:00+00:00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--week", "2026-W48", "--from", "2026-11-24"], "Give --week, or --from and --to"),
        (["--week", "2026-W60"], "There is no week 2026-W60"),
        (["--week", "2027-W01"], "six weeks ahead, until 2027-01-01"),
        (["--from", "2026-11-24", "--to", "2027-01-02"], "six weeks ahead, until 2027-01-01"),
        (["--from", "2026-11-24", "--to", "2026-11-23"], "is before the first"),
        (["--to", "9999-12-31"], "six weeks ahead"),
        (["--from", "9999-12-31"], "six weeks ahead"),
        (["--from", "0001-01-01"], "0001-01-01 is over a year past"),
        (["--line", "12356"], "There is no line '12356'; did you mean 12355?"),
        (["--desk", "nigth"], "There is no desk 'nigth'; did you mean night?"),
        (["--week", "2026-W48", "import", "x.csv"], "stand behind the word import"),
    ],
)
def test_what_cannot_be_foretold_is_refused(
    terminal: Terminal, words: list[str], said: str
) -> None:
    assert said in terminal.is_refused("demand", *words)


def test_the_last_day_of_six_weeks_is_still_shown(terminal: Terminal) -> None:
    terminal.prints("demand", "--from", "2027-01-01", "--to", "2027-01-01")


def test_a_site_that_expects_nothing_is_told_what_is_missing(
    terminal: Terminal, tmp_path: Path
) -> None:
    site = SITE.read_text(encoding="utf-8").partition("[demand]")[0]
    (tmp_path / "site.toml").write_text(site, encoding="utf-8")
    assert "no table [demand]" in terminal.is_refused("demand", *WEEK)


def test_every_key_of_an_import_is_documented(terminal: Terminal, tmp_path: Path) -> None:
    file = earlier(tmp_path, "12355,2026-09-01 18:00,2")
    told = DOCUMENT.read_text("utf-8")
    row = next(line for line in told.splitlines() if line.startswith("| `demand import` |"))

    printed = set(keys_of(terminal.json("demand", "import", file)))

    assert [key for key in sorted(printed) if f"`{key}`" not in row] == []

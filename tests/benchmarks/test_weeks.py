"""Does the benchmark of weeks say what it found, and what it lacks?"""

import json
from pathlib import Path

import pytest

from benchmarks.made_up import DAYS, calls_by_hour
from benchmarks.weeks import gap_percent, main
from scheduling.roster import LevelPrice

KEYS = {"people", "desks", "shift_kinds", "most_shifts", "status", "price", "bound", "levels"}
KEYS |= {"gap_percent", "gaps", "head_hours_missing_below_floor", "patterns", "seconds"}
KEYS |= {"load", "most_memory_mib", "cells"}


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """As many calls at three in the morning as at noon."""
    path = tmp_path / "calls.csv"
    hours = [f"{day},{hour},5" for day in DAYS for hour in range(24)]
    path.write_text("\n".join(["event_dow,event_hour,n", *hours]), encoding="utf-8")
    return path


def test_calls_are_scaled_to_the_day(calls: Path) -> None:
    by_hour = calls_by_hour(calls, 60)
    assert len(by_hour) == 168
    assert sum(by_hour.values()) == pytest.approx(7 * 60)


def test_each_row_tells_price_bound_and_status(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    code = main(["--calls-file", str(calls), "--people", "8", "--seconds", "300", "--json"])
    # then
    rows = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [(row["people"], row["shift_kinds"]) for row in rows] == [(8, 4), (8, 8)]
    assert all(row["status"] == "optimal" and row["price"] == row["bound"] for row in rows)
    assert all(set(row) == KEYS and row["cells"] is None for row in rows)


def test_the_baseline_stands_beside_each_week(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    asked = ["--calls-file", str(calls), "--people", "4", "--seconds", "300", "--cells"]
    code = main([*asked, "--json"])
    # then
    rows = json.loads(capsys.readouterr().out)
    assert code == 0
    for row in rows:
        assert list(row["levels"]) == ["floors", "targets", "fairness", "wishes"]
        assert row["cells"]["levels"] == row["levels"]
        assert (row["cells"]["status"], row["cells"]["gap_percent"]) == ("optimal", 0.0)
        assert row["cells"]["levels_are"] == "equal"


def test_a_gap_is_a_share_of_all_prices_without_their_sign() -> None:
    levels = (LevelPrice("floors", 0, 0), LevelPrice("targets", 150, 149))
    assert gap_percent((*levels, LevelPrice("wishes", -50, -50))) == 0.5


def test_the_table_shows_the_baseline_of_each_row(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--calls-file", str(calls), "--people", "3", "--seconds", "300", "--cells"])
    title, *rows = capsys.readouterr().out.splitlines()
    assert title.split()[-5:] == ["cells", "cells_s", "cells_gap_%", "times", "levels_are"]
    assert [row.split()[-1] for row in rows] == ["equal", "equal"]


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--calls-file", str(tmp_path / "none.csv")])
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_table_has_one_line_for_each_row(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--calls-file", str(calls), "--people", "3", "--seconds", "300"])
    assert capsys.readouterr().out.count("\n") == 3

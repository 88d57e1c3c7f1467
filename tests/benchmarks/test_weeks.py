"""Does the benchmark of weeks say what it found, and what it lacks?"""

import json
from pathlib import Path

import pytest

from benchmarks.made_up import DAYS, calls_by_hour
from benchmarks.weeks import main


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


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--calls-file", str(tmp_path / "none.csv")])
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_table_has_one_line_for_each_row(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--calls-file", str(calls), "--people", "3", "--seconds", "300"])
    assert capsys.readouterr().out.count("\n") == 3

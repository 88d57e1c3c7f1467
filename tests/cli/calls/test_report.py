"""`hotline report` tells a month or some weeks in figures."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from hotline.store import Store
from hotline.store.tables import CallRow
from hotline.written.workbooks import rows_of_workbook
from tests.cli.conftest import Terminal


@pytest.fixture
def called(database_url: str, terminal: Terminal) -> None:
    """Two calls of today and one of last month: answered after 10 and 40 s; hung up after 60."""
    store = Store(database_url)
    for at, wait, outcome in (
        (terminal.now - timedelta(hours=3), 10, "answered"),
        (terminal.now - timedelta(hours=2), 40, "answered"),
        (terminal.now - timedelta(days=25), 60, "left"),
    ):
        talked = outcome == "answered"
        with store.writing() as db:
            db.add(
                CallRow(
                    token=f"{wait}",
                    sid=f"CA{wait}",
                    line="12355",
                    state="closed",
                    arrived=at,
                    since=at,
                    expected=at,
                    accepted=at + timedelta(seconds=wait) if talked else None,
                    ended=at + timedelta(seconds=wait + 600 * talked),
                    outcome=outcome,
                )
            )
    store.close()


@pytest.mark.usefixtures("called")
def test_this_month_is_told_in_a_table_with_today_counted(terminal: Terminal) -> None:
    said = terminal.prints("report")

    assert "2026-11: 2026-11-01 to 2026-11-30" in said
    assert "100 %" in said
    assert "50.0 %" in said
    assert "0:40" in said
    assert "10:00" in said


@pytest.mark.usefixtures("called")
def test_a_month_before_is_counted_when_asked_to_be(terminal: Terminal) -> None:
    before = terminal.json("report", "--month", "2026-10")
    again = terminal.json("report", "--month", "2026-10", "--again")

    assert "No day of it is counted" in terminal.prints("report", "--month", "2026-09")
    assert before["whole"]["calls"] == 0
    assert before["made"] is None
    assert (again["whole"]["calls"], again["whole"]["left_share"]) == (1, 1.0)
    assert len(again["days"]) == 31


@pytest.mark.usefixtures("called")
def test_weeks_can_be_asked_for(terminal: Terminal) -> None:
    one = terminal.json("report", "--from-week", "2026-W47")
    more = terminal.json("report", "--from-week", "2026-W43", "--to-week", "2026-W47", "--again")

    assert (one["from"], one["to"], one["whole"]["calls"]) == ("2026-11-16", "2026-11-22", 2)
    assert more["whole"]["calls"] == 3
    assert more["whole"]["mean_wait"] == 25


@pytest.mark.usefixtures("called")
def test_spreadsheets_hold_the_same(terminal: Terminal, tmp_path: Path) -> None:
    text = terminal.prints("report", "--format", "csv")
    book = tmp_path / "report.xlsx"
    terminal.prints("report", "--xlsx", str(book))

    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert [row["of"] for row in rows] == ["line", "line", "city", "all"]
    assert tuple(rows[1][name] for name in ("calls", "service_level", "kept_share")) == (
        "2",
        "0.5",
        "",
    )
    first, *others = (cells for _, cells in rows_of_workbook(book.read_bytes()))
    assert first == tuple(rows[0])
    assert [list(cells) for cells in others] == [list(row.values()) for row in rows]


def test_what_is_no_period_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    assert "is no month" in terminal.is_refused("report", "--month", "2026-13")
    assert "not both" in terminal.is_refused(
        "report", "--month", "2026-11", "--to-week", "2026-W47"
    )
    assert "needs --from-week" in terminal.is_refused("report", "--to-week", "2026-W47")
    assert "before the first" in terminal.is_refused(
        "report", "--from-week", "2026-W48", "--to-week", "2026-W47"
    )
    assert "cannot be written" in terminal.is_refused("report", "--xlsx", str(tmp_path / "a" / "b"))

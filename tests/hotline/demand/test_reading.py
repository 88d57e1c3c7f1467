"""Is every bad row of a CSV of earlier calls named, and nothing taken from it?"""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hotline.demand.reading import HALF_HOUR, HOUR, History, history_from, read_history
from hotline.written.sheets import SheetError
from tests import make

LINES = (make.line("help"), make.line("youth"))
NOW = make.utc("2026-11-20 08:00")  # 16:00 in Shanghai


def read(*rows: str, header: str = "line,start,calls", zone: ZoneInfo = make.SHANGHAI) -> History:
    content = "\n".join((header, *rows, "")).encode()
    return read_history(content, make.settings(lines=LINES, zone=zone), NOW)


def refused(*rows: str, header: str = "line,start,calls") -> tuple[str, ...]:
    with pytest.raises(SheetError) as no:
        read(*rows, header=header)
    return no.value.problems


def told(history: History) -> list[tuple[str, str, float]]:
    return [(cell.line, f"{cell.start:%d %H:%M}", cell.calls) for cell in history.cells]


def test_half_hours_are_read_on_the_clocks_of_the_site() -> None:
    found = read("help,2026-11-19 18:00,2", "help,2026-11-19T18:30,0", "youth,2026-11-19 18:00,1")

    assert told(found) == [
        ("help", "19 10:00", 2.0),
        ("help", "19 10:30", 0.0),
        ("youth", "19 10:00", 1.0),
    ]
    assert found.lengths == {HALF_HOUR}


def test_rows_that_all_begin_on_the_hour_are_hours_and_their_calls_are_halved() -> None:
    found = read("help,2026-11-19 18:00,3", "help,2026-11-19 19:00,0")

    assert [calls for _, _, calls in told(found)] == [1.5, 1.5, 0.0, 0.0]
    assert found.lengths == {HOUR}


def test_a_column_may_say_how_long_each_row_is() -> None:
    header = "minutes,calls,line,start"
    found = read("30,3,help,2026-11-19 18:00", "60,3,help,2026-11-19 19:00", header=header)

    assert [calls for _, _, calls in told(found)] == [3.0, 1.5, 1.5]
    assert found.lengths == {HALF_HOUR, HOUR}


def test_a_time_with_an_offset_means_that_instant() -> None:
    assert told(read("help,2026-11-19T18:30+00:00,1")) == [("help", "19 18:30", 1.0)]


def test_every_bad_row_is_named_with_its_line() -> None:
    said = refused(
        "hlep,2026-11-19 18:00,1",
        "help,yesterday,1",
        "help,2026-11-31 18:00,1",
        "help,2026-11-19 18:10,1",
        "help,2026-11-19 18:00,-1",
        "help,2026-11-19 18:00",
        "help,2026-11-20 16:00,1",
        "help,2026-11-19 18:30,1",
    )

    assert said == (
        "line 2: line 'hlep' does not exist; did you mean help?",
        "line 3: start 'yesterday' is no time; write it like 2026-03-01 18:00.",
        "line 4: start '2026-11-31 18:00' is no time; write it like 2026-03-01 18:00.",
        "line 5: start '2026-11-19 18:10' is not on the hour or the half hour.",
        "line 6: calls '-1' must be a whole number from 0 to 99999.",
        "line 7: 2 cells instead of 3; a cell with a comma in it stands in double quotes.",
        "line 8: start '2026-11-20 16:00' is not over yet: what is to come is no history.",
    )


def test_a_half_hour_that_is_told_twice_is_named_though_once_as_an_hour() -> None:
    header = "line,start,minutes,calls"
    said = refused("help,2026-11-19 18:30,30,1", "help,2026-11-19 18:00,60,1", header=header)
    assert said == ("line 3: help at 2026-11-19 18:00 stands already on line 2.",)


def test_a_time_that_clocks_show_twice_or_never_needs_its_offset() -> None:
    for wall in ("2026-03-29 01:30", "2026-10-25 01:30"):
        with pytest.raises(SheetError, match="clocks skip or show twice; add its offset"):
            read(f"help,{wall},1", zone=make.LONDON)
    twice = read("help,2026-10-25T01:30+01:00,1", "help,2026-10-25T01:30+00:00,2", zone=make.LONDON)
    assert twice.cells[1].start - twice.cells[0].start == timedelta(hours=1)


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("line,start", "line 1: the column calls is missing."),
        ("line;start;calls", "line 1: columns are separated by semicolons"),
        ("line,start,calls,city", "line 1: the column 'city' is unknown"),
        ("line,start,calls,calls", "line 1: the column calls stands there 2 times."),
    ],
)
def test_another_first_line_is_refused(header: str, sentence: str) -> None:
    (problem,) = refused("help,2026-11-19 18:00,1", header=header)
    assert problem.startswith(sentence)


def test_minutes_are_thirty_or_sixty_and_a_line_is_one_of_ours() -> None:
    header = "line,start,minutes,calls"
    assert refused("help,2026-11-19 18:00,15,1", "9,2026-11-19 18:00,30,1", header=header) == (
        "line 2: minutes '15' must be 30 or 60.",
        "line 3: line '9' does not exist; known: help, youth.",
    )


def test_a_file_without_calls_or_without_bytes_is_refused() -> None:
    assert refused() == ("The file has a first line and no calls below it.",)
    with pytest.raises(SheetError, match="The file is empty"):
        read_history(b"", make.settings(lines=LINES), NOW)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"none\.csv cannot be read"):
        history_from(tmp_path / "none.csv", make.settings(lines=LINES), NOW)

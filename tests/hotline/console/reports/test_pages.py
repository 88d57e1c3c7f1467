"""Does a report say what was counted, to those whose lines they are, and quickly?"""

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.console.reports.picture import HEIGHT, picture
from hotline.reports.figures import Counts, LineDay, together
from hotline.store import Store
from hotline.store.counting.day_counts import keep_line_days
from hotline.written.workbooks import rows_of_workbook
from tests.hotline.console import scene
from tests.hotline.console.ground import fresh_store
from tests.hotline.console.reports.scene import DAYS, TODAY, counted, counts_of
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.statements import statements

NOVEMBER = "/reports?month=2026-11&lang=en"


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(sqlite_template, tmp_path) as store:
        yield store


@pytest.fixture
def app(store: Store) -> Flask:
    with store.writing() as db:
        scene.busy(db)
    counted(store)
    return scene.app(store, lambda: scene.BUSY)


@pytest.fixture
def sam(app: Flask) -> Visitor:
    return visitor(app, "sam")


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def of_lines(*names: str) -> Counts:
    wanted = names or tuple(line.name for line in scene.LINES)
    return together(counts_of(name, day) for name in wanted for day in DAYS)


def test_the_whole_is_what_its_lines_and_days_add_up_to(sam: Visitor) -> None:
    page = words(sam.text(NOVEMBER))

    whole = of_lines()
    assert "Report: November 2026" in page
    assert f"{whole.answered} of {whole.offered} calls" in page
    assert f"{whole.left} of {whole.offered} calls" in page
    assert f"{whole.repeats} of {whole.known} with a number" in page
    assert f"{whole.kept} of {whole.due} callbacks and messages due" in page
    assert f"{whole.follow_kept} of {whole.follow_due} due" in page
    assert "Counted until 23:10." in page
    assert "24 among 20 people" in page  # 24-hour duties


def test_each_line_and_each_city_has_a_row(sam: Visitor) -> None:
    page = sam.text(NOVEMBER)

    lines, _, cities = page.partition("<h2>By line")[2].partition("<h2>By city")
    assert all(line.title.en.replace("'", "&#39;") in lines for line in scene.LINES)
    assert f">{of_lines('12355').calls}<" in lines
    nanjing = of_lines("96111-nanjing", "12345-psy", "campus", "parents")
    assert f">{nanjing.calls}<" in cities.partition("<h2")[0]


def test_this_month_is_shown_to_who_asks_for_nothing(sam: Visitor) -> None:
    assert "Report: November 2026" in sam.text("/reports?lang=en")


def test_weeks_can_be_asked_for(sam: Visitor) -> None:
    page = words(sam.text("/reports?from=2026-W46&to=2026-W47&lang=en"))

    days = [day for day in DAYS if day.isocalendar().week in (46, 47)]
    calls = sum(counts_of(line.name, day).answered for line in scene.LINES for day in days)
    assert "Report: 2026-W46 – 2026-W47" in page
    assert f"{calls} of " in page


@pytest.mark.parametrize("asked", ["month=2026-13", "month=x", "from=2026-W48&to=2026-W40"])
def test_what_is_no_period_is_said_at_the_field(sam: Visitor, asked: str) -> None:
    answer = sam.get(f"/reports?{asked}&lang=en")

    assert answer.status_code == 400
    assert "That names no month and no weeks" in answer.text
    assert f'value="{asked.split("&")[0].partition("=")[2]}"' in answer.text
    assert sam.get(f"/reports/table.csv?{asked}").status_code == 404


def test_one_turns_to_the_period_before_and_not_into_the_future(sam: Visitor) -> None:
    page = sam.text(NOVEMBER)
    assert 'href="/reports?month=2026-10"' in page
    assert 'rel="next"' not in page
    assert 'href="/reports?month=2026-11"' in sam.text("/reports?month=2026-10")
    assert "No day of it is counted yet." in sam.text("/reports?month=2026-10&lang=en")


def test_a_month_without_a_call_says_so_and_leads_to_the_one_before(
    sam: Visitor, store: Store
) -> None:
    quiet = [LineDay(line.name, date(2026, 10, 5), Counts()) for line in scene.LINES]
    with store.writing() as db:
        keep_line_days(db, quiet, scene.BUSY)

    page = sam.text("/reports?month=2026-10&lang=en")

    assert "There were no calls in this period" in page
    assert page.count('href="/reports?month=2026-09"') == 2
    assert "There were no calls in this period" not in sam.text(NOVEMBER)


def test_a_coordinator_of_one_desk_sees_its_lines_alone(app: Flask) -> None:
    dee = visitor(app, "dee", desks=("changzhou",))

    page = dee.text(NOVEMBER)
    table = dee.get("/reports/table.csv?month=2026-11&lang=en").text

    mine = of_lines("96111-changzhou")
    assert f"{mine.answered} of {mine.offered} calls" in words(page)
    assert "Campus" not in page
    assert "Campus" not in table


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_spreadsheets_hold_the_same(sam: Visitor, ending: str) -> None:
    answer = sam.get(f"/reports/table.{ending}?month=2026-11&lang=en")

    name = f'attachment; filename="report-2026-11.{ending}"'
    assert answer.headers["Content-Disposition"] == name
    if ending == "csv":
        rows = list(csv.reader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    else:
        rows = [list(cells) for _, cells in rows_of_workbook(answer.data)]
    found = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [row["of"] for row in found].count("line") == len(scene.LINES)
    assert found[-1]["of"] == "all"
    assert found[-1]["calls"] == str(of_lines().calls)


def test_the_picture_has_words_for_each_day_and_a_table(sam: Visitor) -> None:
    page = sam.text(NOVEMBER)

    assert page.count('class="level"') == len(DAYS)
    day = together(counts_of(line.name, TODAY) for line in scene.LINES)
    said = f"Tue, Nov 24: {day.calls} calls, {day.answered} answered"
    assert said in page
    table = page.partition("The same as a table")[2]
    assert table.partition("</table>")[0].count("<tr>") == len(DAYS) + 1
    assert " style=" not in page


def test_a_page_asks_as_often_for_a_year_as_for_a_month(sam: Visitor, store: Store) -> None:
    with statements(store) as month:
        sam.text(NOVEMBER)
    with statements(store) as year:
        sam.text("/reports?from=2026-W01&to=2026-W53")

    assert len(month) == len(year) < 15
    assert not [said for said in month if re.search(r"(?i)from call\b", said)]


@pytest.mark.parametrize("path", ["/reports", "/reports/table.csv", "/reports/table.xlsx"])
def test_and_eve_sees_nothing(app: Flask, path: str) -> None:
    for login in ("eve", "ada"):
        assert visitor(app, login).get(path).status_code == 403
    assert passer_by(app).get(path).status_code == 303
    for login, role in (("otto", Role.AUDITOR), ("ann", Role.ADMINISTRATOR)):
        assert visitor(app, login, roles=(role,)).get(path).status_code == 200


def test_bars_stand_on_each_other_and_never_above_the_top() -> None:
    days = {DAYS[0]: Counts(calls=7, short=1, answered=4, prompt=2, left=1), DAYS[1]: Counts()}

    found = picture(DAYS[:3], days)

    first = found.bars[0]
    assert [piece.kind for piece in first.pieces] == ["answered", "others", "left", "short"]
    assert sum(piece.height for piece in first.pieces) == pytest.approx(HEIGHT * 7 / 8)
    assert first.level == pytest.approx(HEIGHT * (1 - 2 / 6))
    assert [bar.pieces for bar in found.bars[1:]] == [(), ()]
    assert (found.bars[1].level, found.bars[2].counts) == (None, None)
    assert [rule.calls for rule in found.rules] == [0, 2, 4, 6, 8]


def test_of_a_long_period_some_days_are_named() -> None:
    year = [DAYS[0] + timedelta(days=n) for n in range(365)]
    assert sum(bar.named for bar in picture(year, {}).bars) <= 16

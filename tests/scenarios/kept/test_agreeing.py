"""A played evening: page, CSV, workbook and command say the same of it, figure by figure."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from io import StringIO
from typing import Any, Final

import pytest
from click.testing import CliRunner
from flask import Flask

from hotline.cli import commands
from hotline.cli.context import Surroundings
from hotline.console.rooms import init_console
from hotline.parts import Parts
from hotline.rates import in_percent
from hotline.reports.making import count_day
from hotline.store import Store
from hotline.written.workbooks import rows_of_workbook
from tests import make
from tests.hotline.console.visitors import Visitor, visitor
from tests.scenarios.kept.test_reported import DAY, played
from tests.scenarios.stage import Hotline

MONTH: Final = "month=2026-11&lang=en"
# What a cell of the page is about, and the column that holds it.
SHARES: Final = {
    "Answered": "answer_share",
    "In time": "service_level",
    "Hung up": "left_share",
    "Occupancy": "occupancy",
    "Repeats": "repeat_share",
    "High risk": "high_risk_share",
    "Promises": "kept_share",
    "Follow-ups": "follow_share",
}


@dataclass(frozen=True)
class Played(Surroundings):
    """A command typed at the played hotline."""

    played: Hotline = field(kw_only=True)

    @contextmanager
    def parts(self) -> Iterator[Parts]:
        yield self.played.parts

    def says(self, *words: str) -> str:
        result = CliRunner().invoke(commands, [*words], obj=self)
        assert result.exit_code == 0, result.output
        return result.stdout

    def with_config(self, _path: object) -> "Played":
        return self


@pytest.fixture
def evening(store: Store) -> Hotline:
    """Played, and counted at its end; two people were wanted on each night."""
    hotline = played(store)
    desk = make.desk("day", shifts=[make.template()], wants=[make.cover(floor=2)])
    hotline.parts = replace(hotline.parts, settings=replace(hotline.settings, desks=(desk,)))
    count_day(store, hotline.settings, DAY, hotline.clock())
    return hotline


@pytest.fixture
def sam(evening: Hotline) -> Visitor:
    pages = Flask("pages")
    pages.extensions["hotline"] = evening.parts
    init_console(pages)
    return visitor(pages, "sam")


@pytest.fixture
def typed(evening: Hotline) -> Played:
    return Played(played=evening)


def row(table: list[list[str]]) -> dict[str, str]:
    """Of the line that was played."""
    heads, *rows = table
    found = [dict(zip(heads, cells, strict=True)) for cells in rows]
    return next(each for each in found if each["of"] == "line")


def csv_row(text: str) -> dict[str, str]:
    return row(list(csv.reader(StringIO(text.removeprefix("\ufeff")))))


def cells(page: str, heading: str) -> dict[str, str]:
    """The first row of the table below a heading, by what each cell is of."""
    below = page.partition(f"<h2>{heading}")[2].partition("</tr>")[2].partition("</tr>")[0]
    found = re.findall(r'<td[^>]*data-of="([^"]*)"[^>]*>(.*?)</td>', below, re.S)
    return {unescape(of): plain(cell) for of, cell in found}


def plain(cell: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", cell)).replace("\N{NO-BREAK SPACE}", " ").strip()


def share(value: float | None) -> str:
    return "–" if value is None else f"{in_percent(value)} %"


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def test_files_hold_the_figures_of_the_command_one_by_one(sam: Visitor, typed: Played) -> None:
    written = csv_row(sam.get(f"/reports/table.csv?{MONTH}").get_data(as_text=True))
    book = sam.get(f"/reports/table.xlsx?{MONTH}").data
    counted = typed.says("report", "--month", "2026-11", "--format", "csv")
    told = json.loads(typed.says("report", "--month", "2026-11", "--json"))["lines"][0]

    assert written == row([list(each) for _, each in rows_of_workbook(book)])
    assert {**csv_row(counted), "name": written["name"]} == written  # its language is the site's
    compared = {name: told_as(told, name) for name in written if name not in ("of", "name")}
    for name, value in compared.items():
        found = number(written[name])
        assert (found is None) == (value is None), name
        assert found == pytest.approx(value, abs=5e-5), name
    assert (compared["calls"], compared["answered"], compared["short"]) == (7, 4, 1)


def told_as(told: Mapping[str, Any], column: str) -> float | None:
    """What the document says of a column of the table."""
    if column.endswith("_seconds") and column.startswith("mean_"):
        column = column.removesuffix("_seconds")
    kind, _, about = column.rpartition("_")
    if kind in ("nights", "full_days"):
        return told[kind] and told[kind][about]  # type: ignore[no-any-return]
    if column.startswith("trained_"):
        return told["trained"][column.removeprefix("trained_")]  # type: ignore[no-any-return]
    return told[column]  # type: ignore[no-any-return]


def test_the_page_shows_the_figures_of_the_files_one_by_one(sam: Visitor, typed: Played) -> None:
    page = sam.text(f"/reports?{MONTH}")
    written = csv_row(sam.get(f"/reports/table.csv?{MONTH}").get_data(as_text=True))
    printed = typed.says("report", "--month", "2026-11")

    shown = cells(page, "By line")

    assert shown["Incoming calls"] == written["calls"]
    for of, column in SHARES.items():
        assert shown[of] == share(number(written[column])), of
    assert seconds(shown["Longest wait"]) == number(written["longest_wait"])
    for column in ("answer_share", "service_level", "left_share", "occupancy"):
        assert share(number(written[column])) in printed, column
    assert cells(page, "People, by line")["Number of people"] == written["people"] == "2"


def seconds(length: str) -> int:
    """`1 min 05 s`, `40 s`, `1:05`."""
    found = [int(each) for each in re.findall(r"\d+", length)]
    return found[0] if len(found) == 1 else 60 * found[-2] + found[-1]


def test_the_coverage_of_the_page_is_that_of_the_command(sam: Visitor, typed: Played) -> None:
    page = sam.text("/coverage?lang=en")
    told = json.loads(
        typed.says("coverage", "--from", "2026-11-24", "--to", "2026-12-07", "--json")
    )

    (line,), (desk,) = told["lines"], told["desks"]
    head = re.search(r"<tbody>\s*<tr>(.*?)</tr>", page, re.S)
    assert head is not None
    found = dict(re.findall(r'data-of="([^"]*)">(.*?)</td>', head[1]))
    kinds = {"All hours": "all", "Evenings 18–22": "evenings", "Nights 22–08": "nights"}
    for of, kind in kinds.items():
        assert plain(found[of]) == share(line["reached"][kind]["share"]), of
    kept = re.findall(r"<strong>([^<]*)</strong>", page.partition("Floors kept")[2])[:3]
    order = ("all", "evenings", "nights")
    assert [plain(e) for e in kept] == [share(desk["rates"][kind]["share"]) for kind in order]
    now = typed.played.clock().isoformat()
    below = [gap for gap in desk["gaps"] if gap["below_floor"] and gap["to"] > now]
    assert plain(found["Gaps below the floor"]) == str(len(below))
    assert len(below) > 1

"""Does anybody who knows no English meet a word of it?"""

import csv
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from io import StringIO
from typing import Final

import pytest
from flask import Flask
from icalendar import Calendar
from werkzeug.exceptions import HTTPException, default_exceptions

from hotline.console.accounts.acts import ACTS
from hotline.console.board.wording import CAME_TO, KEPT_OUT, PASSED, STEPS
from hotline.console.frame.answers import refused
from hotline.console.me.wording import ANSWERED, REFUSED, SWAPPED
from hotline.console.people.wording import COLUMNS, HINTS, fault_sentence
from hotline.console.planning.wording import FAILURES, REASONS
from hotline.people import COLUMNS as CELLS
from hotline.people.faults import Fault, FaultKind
from hotline.people.in_chinese import HEADINGS
from hotline.swaps.asking import Why
from hotline.written.flaws import Flaw, FlawKind
from hotline.written.workbooks import is_workbook, rows_of_workbook
from tests.hotline.console.accounts.conftest import app, store, watch
from tests.hotline.console.gallery import PAGES, Shown, made
from tests.hotline.console.reading import foreign_signs, foreign_words, latin
from tests.hotline.console.visitors import Visitor

__all__ = ["app", "store", "watch"]
# People of the made-up hotlines, keys of the keyboard, and what files are called.
NAMES: Final = frozenset({
    "Ada", "ada", "Ann", "ann", "Bo", "Cem", "Dee", "Fen", "fen", "Lin", "Mei", "Otto", "otto",
    "Sam", "Esc", "iCalendar", "Suzhou", "Test site", "client:name",
})  # fmt: skip


@cache
def in_chinese(shown: Shown) -> str:
    with made(shown) as (_app, who, page):
        return who.get(f"{page}{'&' if '?' in page else '?'}lang=zh").text


def english(words: Iterable[str]) -> list[str]:
    return [word for word in words if word not in NAMES]


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_chinese_page_says_nothing_in_english(shown: Shown) -> None:
    assert english(foreign_words(in_chinese(shown))) == []


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_chinese_page_sets_no_english_signs_between_words(shown: Shown) -> None:
    assert foreign_signs(in_chinese(shown)) == []


def rows_of(content: bytes) -> list[list[str]]:
    """Of a file that somebody took away: CSV or workbook."""
    if is_workbook(content):
        return [list(cells) for _line, cells in rows_of_workbook(content)]
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("people", "/people/export.{form}"),
        ("report", "/reports/table.{form}?month=2026-11"),
        ("week-draft", "/rosters/2026-W49/export.{form}"),
    ],
)
def test_a_file_that_is_taken_away_says_nothing_in_english(name: str, path: str, form: str) -> None:
    """But codes, and what config.toml calls things in a file of people, which is brought back."""
    shown = next(each for each in PAGES if each.name == name)
    with made(shown) as (_app, who, _page):
        address = path.format(form=form)
        answer = who.get(f"{address}{'&' if '?' in address else '?'}lang=zh")
        heads, *rows = rows_of(answer.data)

        assert english(word for head in heads for word in latin(head)) == []
        given = {HEADINGS["code"]}
        if name == "people":
            given |= {HEADINGS[each] for each in ("desks", "certificates", "address")}
        read = [place for place, head in enumerate(heads) if head not in given]
        assert rows
        assert english(word for row in rows for place in read for word in latin(row[place])) == []


def test_a_calendar_says_nothing_in_english() -> None:
    for name, path in (("me-calendar", ""), ("week-draft", "/rosters/2026-W49/export.ics")):
        shown = next(each for each in PAGES if each.name == name)
        with made(shown) as (_app, who, _page):
            path = path or address_of_calendar(who)
            read = Calendar.from_ical(who.get(f"{path}?lang=zh").data)
            assert read.events
            told = [str(event[key]) for event in read.events for key in ("summary", "location")]
            told.append(str(read["x-wr-calname"]))
            assert english(word for each in told for word in latin(each)) == []


def address_of_calendar(who: Visitor) -> str:
    page = who.post("/me/calendar?lang=zh").text
    found = re.search(r"(/calendar/[\w-]+\.ics)\?lang=zh", page)
    assert found is not None
    return found[1]


def test_the_columns_of_a_file_are_called_as_on_the_pages(app: Flask) -> None:
    with app.test_request_context("/?lang=zh"):
        assert {name: str(said) for name, said in COLUMNS.items()} == HEADINGS
    assert HEADINGS.keys() == CELLS.keys()


@pytest.mark.parametrize("status", [s for s in default_exceptions if s >= 400] + [500])
def test_no_refusal_is_in_english(app: Flask, status: int) -> None:
    failed: type[HTTPException] = default_exceptions[status]
    with app.test_request_context("/board?lang=zh"):
        page = refused(failed())

        assert not isinstance(page, HTTPException)
        assert english(foreign_words(page.get_data(as_text=True))) == []


@pytest.mark.parametrize("words", [
    ACTS, CAME_TO, KEPT_OUT, PASSED, STEPS, ANSWERED, REFUSED, SWAPPED, FAILURES, REASONS,
])  # fmt: skip
def test_whatever_can_happen_is_told_in_chinese(app: Flask, words: Mapping[str, object]) -> None:
    with app.test_request_context("/?lang=zh"):
        said = [str(each() if callable(each) else each) for each in words.values()]

        assert english(word for each in said for word in latin(each)) == []


def test_every_reason_not_to_swap_has_words() -> None:
    assert REFUSED.keys() == set(Why)


@pytest.mark.parametrize("kind", [*FlawKind, *FaultKind], ids=lambda kind: f"{type(kind)}{kind}")
def test_whatever_is_wrong_with_a_file_is_told_in_chinese(app: Flask, kind: Enum) -> None:
    with app.test_request_context("/?lang=zh"):
        match kind:
            case FlawKind():
                said = fault_sentence(Fault(FaultKind.FILE, "x", flaw=Flaw(kind, "x", 1, "4")))
                assert said
                assert english(latin(said)) == []
            case FaultKind() if kind not in (FaultKind.FILE, FaultKind.CELL):
                assert english(latin(fault_sentence(Fault(kind, "x", 1)))) == []


def test_hints_name_in_english_only_what_is_typed_like_this(app: Flask) -> None:
    typed = {"full", "mentor", "newcomer", "trainee", "volunteer", "supervisor", "zh", "en"}
    typed |= {"apprise", "sms", "none", "woman", "man", "crisis", "tel", "sip", "client", "name"}
    typed |= {"user", "host"}
    with app.test_request_context("/?lang=zh"):
        for hint in HINTS.values():
            words = {word for run in latin(str(hint)) for word in run.replace(":", " ").split()}
            assert words <= typed, str(hint)

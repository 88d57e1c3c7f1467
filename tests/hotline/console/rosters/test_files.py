"""Dee takes a week away as a file; Eve takes nothing."""

import pytest
from flask import Flask

from hotline.written.workbooks import rows_of_workbook
from tests.hotline.console.rosters import week_scene as scene
from tests.hotline.console.rosters.test_week import app, store
from tests.hotline.console.visitors import visitor

__all__ = ["app", "store"]
EXPORT = "/rosters/2026-W49/export"


@pytest.fixture(autouse=True)
def _drafted(app: Flask) -> None:
    scene.drafted(app.extensions["hotline"].store, scene.settings(), scene.NOW)


@pytest.mark.parametrize("form", ["csv", "xlsx", "ics"])
def test_the_week_that_is_looked_at_is_taken_away(app: Flask, form: str) -> None:
    dee = visitor(app, "dee")
    page = dee.text("/rosters/2026-W49?desk=nanjing")
    assert f"{EXPORT}.{form}?desk=nanjing" in page

    answer = dee.get(f"{EXPORT}.{form}?desk=nanjing")

    assert answer.status_code == 200
    assert f'filename="roster-2026-W49.{form}"' in answer.headers["Content-Disposition"]
    told = str(rows_of_workbook(answer.data)) if form == "xlsx" else answer.text
    assert "nanjing/2026-11-30/evening" in told or form == "ics"
    assert "END:VCALENDAR" in told or form != "ics"


def test_what_is_no_format_and_what_is_not_hers_is_not_there(app: Flask) -> None:
    dee = visitor(app, "dee", desks=("nanjing",))
    assert dee.get(f"{EXPORT}.doc?desk=nanjing").status_code == 404
    assert dee.get(f"{EXPORT}.csv?desk=night").status_code == 404


def test_and_eve_gets_nothing(app: Flask) -> None:
    assert visitor(app, "eve").get(f"{EXPORT}.csv").status_code == 403

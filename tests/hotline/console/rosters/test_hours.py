"""A desk by its hours: what is wanted stands behind who is there, and says what is missing."""

import re

import pytest
from flask import Flask

from tests.hotline.console.rosters import week_scene as scene
from tests.hotline.console.rosters.test_week import app, store
from tests.hotline.console.visitors import visitor

__all__ = ["app", "store"]
SAID = re.compile(
    r"<title>Nanjing desk, (\w+), [^<]*: at most (\d+) people; "
    r"([\d.]+) h of people below the floor, ([\d.]+) h below the target</title>"
)


@pytest.fixture
def page(app: Flask) -> str:
    """Dee looks at a draft with nobody from Friday on."""
    scene.drafted(app.extensions["hotline"].store, scene.settings(), scene.NOW)
    return visitor(app, "dee").text("/rosters/2026-W49?desk=nanjing&view=hours&lang=en")


def test_each_day_says_what_is_missing_of_floor_and_target(page: str) -> None:
    days = {
        day: (int(most), float(low), float(short)) for day, most, low, short in SAID.findall(page)
    }

    assert list(days) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [days["Mon"], days["Fri"]] == [(2, 0, 0), (2, 15, 5)]
    missing = sum(short for _, _, short in days.values())
    assert f"<dd>{missing:g} h</dd>" in re.sub(r"\s*\n\s*", "", page)


def test_demand_floor_and_roster_are_drawn_on_each_other(page: str) -> None:
    drawn = {kind: page.count(f'class="{kind}" d="') for kind in ("target", "floor", "rostered")}

    assert drawn == {"target": 7, "floor": 7, "rostered": 5}  # nobody at all on Saturday and Sunday
    assert "target, from the calls expected" in page

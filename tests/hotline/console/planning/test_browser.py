"""Dee plans a week on a Thursday evening: from an empty one to a published one in a few clicks."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from hotline.dispatching import Dispatcher
from hotline.parts import Parts
from hotline.planning.working import Planner, work_off
from scheduling.places.local import Here
from tests.hotline.console.gallery import Shown, nobody, opened
from tests.hotline.console.keyboard import press, write
from tests.hotline.console.planning import plan_scene, town
from tests.hotline.console.planning.town import Town

pytestmark = pytest.mark.browser
CLICKS = 10  # at most, of the whole way
WEEK = "/rosters/2026-W48"


@dataclass
class Dee:
    """Who clicks, and how often by now."""

    page: Page
    town: Town
    clicks: int = 0
    said: list[str] = field(default_factory=list)
    by_keyboard: bool = False

    def clicks_on(self, what: Locator) -> None:
        """One click more, or the same by keyboard."""
        if self.by_keyboard:
            press(what)
        else:
            what.click()
        self.clicks += 1

    def fills(self, what: Locator, text: str) -> None:
        """Writes over what stands in a field."""
        if self.by_keyboard:
            write(what, text)
        else:
            what.fill(text)


HANDS = ("mouse", "keyboard", "without-javascript")


@pytest.fixture(params=HANDS)
def dee(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Dee]:
    towns: list[Town] = []

    def settled(app: Flask) -> None:
        plan_scene.empty(app)
        found: Parts = app.extensions["hotline"]
        towns.append(Town(app, found.store))

    with opened(Shown("story", f"{WEEK}?lang=en", "dee", settled, nobody, town.NOW)) as here:
        [place] = towns
        planner = Planner(place.store, town.settings(), lambda: town.NOW, lambda: False, Here())
        worker = Dispatcher(lambda: work_off(planner), nap=0.2)
        worker.start()
        context = browser.new_context(
            java_script_enabled=request.param != "without-javascript",
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
        page = context.new_page()
        who = Dee(page, place, by_keyboard=request.param == "keyboard")
        page.on("pageerror", lambda error: who.said.append(str(error)))
        page.goto(here.address)
        yield who
        context.close()
        worker.stop()


def test_from_an_empty_week_to_a_published_one(dee: Dee) -> None:
    page = dee.page
    dee.clicks_on(page.get_by_role("link", name="Build", exact=True))
    dee.fills(page.get_by_label("Seconds, at most"), "600")  # proven long before
    dee.clicks_on(page.get_by_role("button", name="Build", exact=True))

    # the bar leads to the gaps by itself
    expect(page).to_have_url(re.compile(r"/gaps$"))
    below = page.locator(".card", has_text="below the floor").first
    expect(below.get_by_role("button").first).to_be_visible()
    expect(page.get_by_text("looking for repairs")).to_have_count(0)

    # what is worst comes first, with what closes it
    before = dee.town.assigned()
    dee.clicks_on(below.get_by_role("button", name="They agree: do it").first)
    expect(page.get_by_role("status")).to_contain_text("the draft is changed")
    assert dee.town.assigned() == before + 1

    dee.clicks_on(page.get_by_role("link", name="On to publishing"))
    told = page.locator(".told > li")
    expect(told).to_have_count(5)
    dee.clicks_on(page.get_by_role("button", name="Publish the week"))

    expect(page.get_by_role("status")).to_contain_text("5 people are told")
    assert set(dee.town.states().values()) == {"published"}
    assert dee.town.notices() == ["roster"] * 5
    assert dee.clicks <= CLICKS
    assert dee.said == []


def test_a_build_is_stopped_with_what_it_has(dee: Dee) -> None:
    page = dee.page
    page.goto(page.url.replace(WEEK, f"{WEEK}/build"))
    dee.fills(page.get_by_label("Seconds, at most"), "600")

    dee.clicks_on(page.get_by_role("button", name="Build", exact=True))
    with suppress(PlaywrightError):  # a small week may be proven best before anybody can click
        page.get_by_role("button", name="Stop and keep the best").click(timeout=5_000)

    expect(page).to_have_url(re.compile(r"/gaps$"))
    assert set(dee.town.states().values()) == {"draft"}

"""Dee looks after Ada in a real browser: a certificate, an evening less, and a day away."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from hotline.parts import Parts
from hotline.people.keeping import Edit, edit
from tests.hotline.console import scene
from tests.hotline.console.gallery import Opened, Shown, opened

pytestmark = pytest.mark.browser
HOURS = {"availability": "Mon-Fri 18:00-22:00; Sat 18:30-20:00"}


def _hours(app: Flask) -> None:
    """陈静 (v00) has said when she can; she is in Nanjing every day from 8 to 18."""
    found: Parts = app.extensions["hotline"]
    with found.store.writing() as db:
        edit(db, found.settings, Edit("v00", {"availability": ""}, HOURS))


@pytest.fixture(params=[True, False], ids=["with-javascript", "without"])
def scripted(request: pytest.FixtureRequest) -> bool:
    found: bool = request.param
    return found


@pytest.fixture
def page(browser: Browser, scripted: bool) -> Iterator[Page]:
    with opened(Shown("story", "/people?lang=en", "dee", _hours, scene.fill)) as here:
        context = browser.new_context(
            java_script_enabled=scripted, locale="en-GB", reduced_motion="reduce"
        )
        context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
        shown = context.new_page()
        shown.goto(here.address)
        yield shown
        context.close()


def test_dee_renews_narrows_and_notes_a_day_away(page: Page, scripted: bool) -> None:
    page.get_by_role("searchbox").fill("v00")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="陈静").click()

    page.get_by_label("Valid until (crisis module)").fill("2029-06-30")
    page.get_by_role("button", name="Renew (crisis module)").click()
    expect(page.get_by_role("status")).to_contain_text("valid until 2029-06-30")
    expect(page.locator("main")).to_contain_text("crisis module until Jun 30, 2029")

    page.get_by_role("link", name="Change (Can work)").click()
    expect(page.locator("table.hours thead button")).to_have_count(7 if scripted else 0)
    _narrow_by_keyboard(page, scripted=scripted)
    expect(page.get_by_role("status")).to_contain_text(
        "Mon-Thu 18:00-22:00; Fri 18:00-20:00; Sat 18:30-20:00"
    )

    page.get_by_label("From", exact=True).fill("2026-11-26")
    page.get_by_label("To", exact=True).fill("2026-11-26")
    page.get_by_role("button", name="What falls free?").click()
    expect(page.get_by_text("One published duty would fall free")).to_be_visible()
    if not scripted:  # it was asked on the page of everybody who is away
        expect(page.get_by_label("Who")).to_have_value("v00")
    page.get_by_role("button", name="Note as away").click()
    expect(page.get_by_role("status")).to_contain_text("Stand-ins are being looked for now.")


def _narrow_by_keyboard(page: Page, *, scripted: bool) -> None:
    """Friday ends at 20:00 from now on."""
    page.get_by_label("Fri 20–21").focus()
    page.keyboard.press("Space")
    if scripted:
        page.keyboard.press("Shift+ArrowDown")
        expect(page.get_by_label("Fri 21–22")).to_be_focused()
    else:
        for _ in range(7):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
    expect(page.get_by_label("Fri 21–22")).not_to_be_checked()
    page.keyboard.press("Enter")


def test_a_name_of_a_day_ticks_the_whole_day_and_a_mouse_paints(browser: Browser) -> None:
    with opened(Shown("grid", "/people/v01/hours/unwanted?lang=en", "dee")) as here:
        grid = _opened(browser, here)
        grid.get_by_role("button", name="Sun: all hours").click()
        expect(grid.locator("table.hours input:checked")).to_have_count(24)
        grid.get_by_label("Mon 8–9").hover()
        grid.mouse.down()
        grid.get_by_label("Wed 8–9").hover()
        grid.mouse.up()
        expect(grid.get_by_label("Wed 8–9")).to_be_checked()
        grid.get_by_label("Sun 3–4").click()
        expect(grid.get_by_label("Sun 3–4")).not_to_be_checked()
        assert Axe().run(grid).response["violations"] == []
        grid.context.close()


def test_a_keyboard_enters_the_grid_once_and_leaves_it(browser: Browser) -> None:
    with opened(Shown("grid", "/people/v01/hours/availability?lang=en", "dee")) as here:
        grid = _opened(browser, here)
        grid.get_by_label("Mon 18–19").focus()
        for key, there in (("ArrowRight", "Tue 18–19"), ("ArrowUp", "Tue 17–18")):
            grid.keyboard.press(key)
            expect(grid.get_by_label(there)).to_be_focused()
        grid.get_by_role("textbox").focus()
        grid.keyboard.press("Shift+Tab")
        expect(grid.get_by_role("button", name="23:00: all days")).to_be_focused()
        grid.context.close()


def _opened(browser: Browser, here: Opened) -> Page:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(here.address)
    return page

"""Dee's week in a real browser: by keyboard, by dragging, by thumb, and without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.hotline.console.gallery import Opened, Shown, nobody, opened
from tests.hotline.console.rosters import week_scene as scene

pytestmark = pytest.mark.browser
TUESDAY = '[data-day="2026-12-01"]'


@pytest.fixture
def week() -> Iterator[Opened]:
    """The draft of the scene."""
    shown = Shown("week", f"{scene.HERE}?lang=en", "dee", scene.prepared, nobody, scene.NOW)
    with opened(shown) as found:
        yield found


def visited(context: BrowserContext, week: Opened) -> Page:
    context.add_cookies(list(week.cookies))  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(week.address)
    return page


def cell(page: Page, person: str) -> str:
    return f'tr[data-person="{person}"] td{TUESDAY}'


def test_a_shift_is_handed_over_by_keyboard_alone(browser: Browser, week: Opened) -> None:
    page = visited(browser.new_context(), week)

    page.locator(f"{cell(page, 'fen')} a.chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator("#panel")).to_contain_text("4 h more below the floor")
    for _ in range(4):  # close, pin, take out, the first person
        page.keyboard.press("Tab")
    taken_by = page.evaluate("document.activeElement.dataset.person")
    page.keyboard.press("Enter")

    expect(page.locator(".said")).to_contain_text("Tue, Dec 1 18:00–22:00")
    expect(page.locator(f"{cell(page, taken_by)} a.chip")).to_have_count(1)
    expect(page.locator(f"{cell(page, 'fen')} a.chip")).to_have_count(0)


def test_a_shift_is_dragged_to_where_its_effect_is_shown(browser: Browser, week: Opened) -> None:
    page = visited(browser.new_context(viewport={"width": 1440, "height": 1600}), week)
    chip = page.locator(f"{cell(page, 'fen')} a.chip").bounding_box()
    assert chip

    page.mouse.move(chip["x"] + 9, chip["y"] + 9)
    page.mouse.down()
    page.mouse.move(chip["x"] + 19, chip["y"] + 19, steps=3)
    target = page.locator(f"{cell(page, 'ivo')}.can")
    expect(target.locator(".target-here")).to_contain_text("changes no price and no cover")
    there = target.bounding_box()
    assert there
    page.mouse.move(there["x"] + 9, there["y"] + 9, steps=4)
    page.mouse.up()

    expect(page.locator(f"{cell(page, 'ivo')} a.chip")).to_have_count(1)
    expect(page.locator(f"{cell(page, 'fen')} a.chip")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_gap_is_filled_by_thumb_on_a_telephone(
    browser: Browser, week: Opened, javascript: bool
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=javascript,
    )
    page = visited(context, week)
    friday = page.locator('a.plus[href*="fill=nanjing/2026-12-04/day"]')

    expect(page.locator("table.grid")).to_be_hidden()
    friday.tap()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("5 h less below the floor")
    button = panel.locator("button").first
    name = button.inner_text()
    height = button.bounding_box()
    assert height
    assert height["height"] >= 44
    button.tap()

    expect(page.locator(".said")).to_contain_text(f"{name} into Fri, Dec 4 09:00–14:00")
    added = page.locator('a.chip[href*="of=nanjing/2026-12-04/day"]:visible')
    expect(added).to_have_text(name)

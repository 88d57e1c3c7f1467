"""What people pin to a wall or put before a board: the month, and the week, on a sheet of A4."""

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hotline.console.gallery import PAGES, opened

pytestmark = pytest.mark.browser
A4: Final = 718  # pixels between margins of a centimetre: 19 of 21 cm, at 96 to the inch
BLACK_ON_WHITE: Final = "() => getComputedStyle(document.body).backgroundColor"


@pytest.fixture
def printed(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of the gallery as a printer gets it, from somebody who has it dark on the screen."""
    with opened(next(each for each in PAGES if each.name == request.param)) as here:
        context = browser.new_context(color_scheme="dark", viewport={"width": A4, "height": 1000})
        context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{here.address}{'&' if '?' in here.address else '?'}lang=zh")
        page.emulate_media(media="print")
        yield page
        context.close()


@pytest.mark.parametrize("printed", ["report", "week-draft"], indirect=True)
def test_a_sheet_holds_what_it_is_about_and_nothing_to_click(printed: Page) -> None:
    expect(printed.locator("h1")).to_be_visible()
    expect(printed.locator(".top nav").first).to_be_hidden()
    for what in ("form", "button"):
        assert not [each for each in printed.locator(what).all() if each.is_visible()], what
    assert printed.evaluate("document.documentElement.scrollWidth") <= A4
    assert printed.evaluate(BLACK_ON_WHITE) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("printed", ["report"], indirect=True)
def test_the_month_on_paper_has_figures_pictures_and_each_line(printed: Page) -> None:
    assert printed.locator(".figure").count() > 10
    expect(printed.locator("svg.picture")).to_be_visible()
    expect(printed.get_by_role("rowheader", name="12355 青少年热线").first).to_be_visible()

"""What holds for every page: readable by everybody, nothing sticks out, light, self-contained."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.hotline.console.gallery import PAGES, Opened, Shown, opened

pytestmark = pytest.mark.browser
LARGEST = 200_000  # bytes of a page with all it loads


@pytest.fixture(params=PAGES, ids=lambda shown: shown.name)
def here(request: pytest.FixtureRequest) -> Iterator[Opened]:
    shown: Shown = request.param
    with opened(shown) as found:
        yield found


def looked_at(
    browser: Browser, here: Opened, language: str, width: int, scheme: Literal["light", "dark"]
) -> tuple[Page, list[str]]:
    """The page in a fresh browser, and what it complained about."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{here.address}{'&' if '?' in here.address else '?'}lang={language}")
    return page, said


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_everybody_can_read_it(
    browser: Browser, here: Opened, language: str, scheme: Literal["light", "dark"]
) -> None:
    for width in (1440, 320):
        page, said = looked_at(browser, here, language, width, scheme)

        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [words for words in said if "403" not in words] == []
        page.context.close()


def test_it_is_light_and_asks_nobody_else(browser: Browser, here: Opened) -> None:
    context = browser.new_context()
    context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
    page, weights, hosts = context.new_page(), list[int](), set[str]()
    page.on("response", lambda answer: weights.append(len(answer.body())))
    page.on("request", lambda asked: hosts.add(re.sub(r"(//[^/]*).*", r"\1", asked.url)))

    page.goto(here.address)
    page.wait_for_load_state("networkidle")

    assert sum(weights) < LARGEST
    assert hosts == {re.sub(r"(//[^/]*).*", r"\1", here.address)}
    context.close()

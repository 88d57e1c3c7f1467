"""What holds for every page: readable by everybody, nothing sticks out, light, self-contained."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Response

from tests.hotline.console.gallery import PAGES, Opened, Shown, opened

pytestmark = pytest.mark.browser
Look = tuple[Literal["light", "dark"], int]
LARGEST: Final = 200_000  # bytes of a page with all it loads
# What WCAG 2.2 asks beside the rules that axe follows by itself: 24 pixels for a finger.
AXE: Final = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# Each language light and dark, each wide and narrow.
LOOKS: Final[tuple[Look, ...]] = (("light", 1440), ("dark", 320))
OTHER_LOOKS: Final[tuple[Look, ...]] = (("light", 320), ("dark", 1440))


@dataclass(frozen=True)
class Window:
    """Where pages are looked at, what its console said, and what was loaded."""

    page: Page
    said: list[str]
    answers: list[Response]


@pytest.fixture(scope="module")
def open_window(browser: Browser) -> Iterator[Window]:
    """One for all pages: to open another took longer than to look at a page."""
    context = browser.new_context(reduced_motion="reduce")
    window = Window(context.new_page(), [], [])
    window.page.on("console", lambda message: window.said.append(message.text))
    window.page.on("pageerror", lambda error: window.said.append(str(error)))
    window.page.on("response", lambda answer: window.answers.append(answer))
    yield window
    context.close()


@pytest.fixture(scope="module", params=PAGES, ids=lambda shown: shown.name)
def here(request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Only looked at, and so the same in both languages."""
    shown: Shown = request.param
    with opened(shown) as found:
        yield found


@pytest.fixture
def window(open_window: Window, here: Opened) -> Iterator[Window]:
    """With nothing of the page before, and of nobody else's."""
    context = open_window.page.context
    context.clear_cookies()
    context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
    open_window.said.clear()
    open_window.answers.clear()
    yield open_window
    open_window.page.goto("about:blank")  # what still comes for this page is of no other


@pytest.mark.parametrize(("language", "looks"), [("zh", LOOKS), ("en", OTHER_LOOKS)])
def test_everybody_can_read_it(
    window: Window, here: Opened, language: str, looks: tuple[Look, ...]
) -> None:
    page = window.page
    page.goto(f"{here.address}{'&' if '?' in here.address else '?'}lang={language}")
    page.evaluate(AXE_SCRIPT)

    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], f"{scheme}, {width} pixels"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [words for words in window.said if "403" not in words] == []
    asked_of_us_alone(here, window.answers)


def asked_of_us_alone(here: Opened, answers: list[Response]) -> None:
    """The page is light, and nobody else was asked for anything."""
    hosts = {re.sub(r"(//[^/]*).*", r"\1", answer.url) for answer in answers}
    assert hosts == {re.sub(r"(//[^/]*).*", r"\1", here.address)}
    assert sum(len(answer.body()) for answer in answers if answer.status == 200) < LARGEST


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds, and where first."""
    found = page.evaluate("options => axe.run(options)", AXE)["violations"]
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in found]

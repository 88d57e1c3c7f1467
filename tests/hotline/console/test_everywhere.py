"""What holds for every page: readable by everybody, nothing sticks out, light, self-contained."""

import re
from collections.abc import Iterator
from typing import Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from tests.hotline.console.gallery import PAGES, Opened, Shown, opened

pytestmark = pytest.mark.browser
Look = tuple[Literal["light", "dark"], int]
LARGEST: Final = 200_000  # bytes of a page with all it loads
# What WCAG 2.2 asks beside the rules that axe follows by itself: 24 pixels for a finger.
AXE: Final = {"rules": {"target-size": {"enabled": True}}}
# Each language light and dark, each wide and narrow.
LOOKS: Final[tuple[Look, ...]] = (("light", 1440), ("dark", 320))
OTHER_LOOKS: Final[tuple[Look, ...]] = (("light", 320), ("dark", 1440))


@pytest.fixture(params=PAGES, ids=lambda shown: shown.name)
def here(request: pytest.FixtureRequest) -> Iterator[Opened]:
    shown: Shown = request.param
    with opened(shown) as found:
        yield found


@pytest.mark.parametrize(("language", "looks"), [("zh", LOOKS), ("en", OTHER_LOOKS)])
def test_everybody_can_read_it(
    browser: Browser, here: Opened, language: str, looks: tuple[Look, ...]
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
    page, said, answers = context.new_page(), list[str](), list[Response]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda answer: answers.append(answer))

    page.goto(f"{here.address}{'&' if '?' in here.address else '?'}lang={language}")

    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], f"{scheme}, {width} pixels"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [words for words in said if "403" not in words] == []
    asked_of_us_alone(here, answers)
    context.close()


def asked_of_us_alone(here: Opened, answers: list[Response]) -> None:
    """The page is light, and nobody else was asked for anything."""
    hosts = {re.sub(r"(//[^/]*).*", r"\1", answer.url) for answer in answers}
    assert hosts == {re.sub(r"(//[^/]*).*", r"\1", here.address)}
    assert sum(len(answer.body()) for answer in answers if answer.status == 200) < LARGEST


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds, and where first."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in found]

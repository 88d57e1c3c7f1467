"""The board in a real browser: accessible, live, honest when the connection is gone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session

from hotline.calls.states import CallState
from hotline.console.frame.asking import COOKIE
from hotline.store import Store
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.visitors import visitor
from webhooks.played.stage import served

pytestmark = pytest.mark.browser


@dataclass
class Place:
    """A hotline that a browser can visit."""

    address: str
    store: Store
    watch: Watch
    token: str  # of Sam's session

    def visit(self, page: Page, wanted: str = "") -> None:
        """Sam looks at the board."""
        cookie = {"name": COOKIE, "value": self.token, "url": self.address}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(f"{self.address}{wanted}")


@pytest.fixture
def place(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[..., Place]]:
    """Opens a hotline at a moment of the scene; closed afterwards."""
    open_ones = ExitStack()

    def opened(scene_of: Callable[[Session], None], at: datetime) -> Place:
        path = tmp_path / "hotline.db"
        path.write_bytes(sqlite_template.read_bytes())
        store, watch = Store(f"sqlite:///{path}"), Watch(at)
        open_ones.callback(store.close)
        with store.writing() as db:
            scene_of(db)
        app = scene.app(store, watch)
        token = visitor(app, "sam").token
        app.testing = False
        address = open_ones.enter_context(served(app))
        return Place(f"{address}/board", store, watch, token)

    with open_ones:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; pytest-playwright's own asks for a fixture that this pytest warns of."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_can_read_the_board(
    place: Callable[..., Place],
    browser: Browser,
    language: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    busy_or_empty = (scene.busy, scene.BUSY) if language == "zh" else (scene.empty, scene.EMPTY)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page, said = listened(context.new_page())

    place(*busy_or_empty).visit(page, f"?lang={language}")

    expect(page.locator("#live .card")).to_have_count(len(scene.LINES))
    assert violations(page) == []
    assert said == []
    context.close()


def test_axe_notices_a_page_without_a_language(place: Callable[..., Place], page: Page) -> None:
    place(scene.busy, scene.BUSY).visit(page)
    page.evaluate("document.documentElement.removeAttribute('lang')")

    assert violations(page) == ["html-has-lang"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_sticks_out_at_320_pixels(
    place: Callable[..., Place], page: Page, language: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})

    place(scene.busy, scene.BUSY).visit(page, f"?lang={language}")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_board_follows_a_call_without_being_loaded_again(
    place: Callable[..., Place], page: Page
) -> None:
    here = place(scene.empty, scene.EMPTY)
    page, said = listened(page)
    here.visit(page, "?lang=en")
    page.evaluate("window.stillTheSamePage = true")

    with here.store.writing() as db:
        scene.call(db, "parents", CallState.WAITING, scene.EMPTY - timedelta(seconds=65))

    waiting = page.locator("#live .figure").first
    expect(waiting).to_have_text("Callers waiting1")
    waited = page.locator(".caller:not(.calm) .since").first
    expect(waited).to_have_text("1:05")
    expect(page.locator("#said")).to_contain_text("1 waiting")
    expect(page).to_have_title("(1) Duty board · Jiangsu student support lines")
    here.watch.at += timedelta(seconds=30)
    expect(page.locator(".caller:not(.calm) .since").first).to_have_text("1:35")
    assert page.evaluate("window.stillTheSamePage")
    assert said == []


def test_an_unchanged_board_is_not_sent_again(place: Callable[..., Place], page: Page) -> None:
    here = place(scene.fill, scene.local(1, 15))
    answers: list[int] = []
    page.on(
        "response",
        lambda answer: answers.append(answer.status) if "/board/live" in answer.url else None,
    )

    here.visit(page)
    while len(answers) < 2:
        page.wait_for_event("response")

    assert set(answers) == {304}
    expect(page.locator("#live .card")).to_have_count(len(scene.LINES))


def test_a_lost_connection_is_said_and_taken_back(place: Callable[..., Place], page: Page) -> None:
    here = place(scene.busy, scene.BUSY)
    here.visit(page, "?lang=en")
    alarm = page.get_by_role("alert")
    expect(alarm).to_have_count(0)

    page.context.set_offline(True)
    expect(alarm).to_contain_text("No connection")

    page.context.set_offline(False)
    expect(alarm).to_have_count(0)


def test_the_board_is_whole_without_javascript(
    place: Callable[..., Place], browser: Browser
) -> None:
    here = place(scene.busy, scene.BUSY)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    here.visit(page, "?lang=zh")

    expect(page.locator("#live .card")).to_have_count(len(scene.LINES))
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "10"
    page.get_by_role("link", name="English").click()
    expect(page.locator("h2").first).to_contain_text("Now")
    context.close()


def listened(page: Page) -> tuple[Page, list[str]]:
    """The page, and what it complains about from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    return page, said


def violations(page: Page) -> list[str]:
    found = Axe().run(page)
    return [each["id"] for each in found.response["violations"]]

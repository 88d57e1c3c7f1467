"""Sam's evening in a browser: callers are played against the running app, and the board follows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hotline.console.frame.asking import COOKIE
from hotline.practice import ACCEPTS, Answer
from hotline.promises.fetching import fetch_messages
from hotline.store import Store
from tests import make
from tests.hotline.console.supervision import acts
from tests.hotline.console.visitors import visitor
from tests.scenarios.rows import named
from tests.scenarios.stage import SITE, Hotline
from webhooks.app import create_app
from webhooks.played.stage import served

pytestmark = pytest.mark.browser
MESSAGE = Answer("留言请按2", "2")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; pytest-playwright's own asks for a fixture that this pytest warns of."""
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Shanghai")
    yield context.new_page()
    context.close()


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "hotline.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def hotline(store: Store) -> Hotline:
    """Ada is on duty; Sam supervises, and has a telephone."""
    sam = make.hire(store, "Sam", role="supervisor")
    assert sam.id
    return Hotline(store, SITE).on_duty("Ada").phone("Sam", ACCEPTS)


@pytest.fixture
def board(hotline: Hotline, store: Store) -> Iterator[tuple[str, str]]:
    """Where the pages are, and Sam's session."""
    app = create_app(hotline.parts)
    [sam] = [row["id"] for row in named(store, "person") if row["code"] == "sam"]
    token = visitor(app, "sam", person=sam).token
    app.testing = False
    with served(app) as address:
        yield address, token


def sign_in(page: Page, board: tuple[str, str]) -> str:
    address, token = board
    cookie = {"name": COOKIE, "value": token, "url": address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{address}/board?lang=en")
    return address


def violations(page: Page) -> list[str]:
    return [each["id"] for each in Axe().run(page).response["violations"]]


def test_the_board_follows_an_evening_and_sam_acts_from_it(
    page: Page, board: tuple[str, str], hotline: Hotline, store: Store
) -> None:
    address = sign_in(page, board)
    live = page.locator("#live")
    expect(live).to_contain_text("Nothing. Everybody")

    # A caller talks with Ada; another one waits, longer than a minute.
    hotline.caller_rings(talk=1500)
    hotline.passes(30)
    expect(live).to_contain_text("talking with Ada")
    hotline.caller_rings(patience=600, answers=[MESSAGE], leaves_message=20)
    hotline.passes(75)
    expect(live).to_contain_text("1 caller has waited over a minute")
    for language in ("zh", "en"):
        page.goto(f"{address}/board?lang={language}")
        assert violations(page) == []

    # Sam listens: his own telephone rings.
    page.get_by_role("button", name="Listen").click()
    expect(page.get_by_role("status").last).to_contain_text("Your telephone rings now")
    hotline.passes(15)
    expect(live).to_contain_text("supervised")

    # Sam pauses the line: who waits hears the exit, and leaves a message.
    page.get_by_role("link", name="Pause or divert").first.click()
    page.get_by_role("button", name="Pause").click()
    expect(live).to_contain_text("Paused until")
    hotline.passes(120)
    expect(live).to_contain_text("messages to hear 1")

    # Sam hears it, and promises the callback that its caller asks for.
    assert hotline.stage.sender is not None
    fetch_messages(hotline.stage.sender)
    page.get_by_role("link", name="Messages", exact=True).click()
    expect(page.locator("audio")).to_have_count(1)
    with page.expect_response("**/sound"):
        page.evaluate("document.querySelector('audio').play().catch(() => {})")
    assert violations(page) == []
    page.get_by_role("link", name="Ring the caller back").click()
    page.get_by_label("The caller asks in the message").check()
    page.get_by_label("When it is safe to ring").select_option("evening")
    page.get_by_role("button", name="Promise the callback").click()
    expect(page).to_have_url(f"{address}/callbacks")
    assert violations(page) == []

    # Later somebody reached the caller otherwise, and the line is as ever.
    page.get_by_role("button", name="Kept by other means").click()
    expect(page.locator("main")).to_contain_text("No callback is open.")
    page.get_by_role("link", name="Duty board", exact=True).click()
    page.get_by_role("button", name="Answer as ever").click()
    expect(live).not_to_contain_text("Paused until")
    done = [(act, subject.split("/")[0]) for _, act, subject in reversed(acts(store))]
    assert done[1:] == [  # after the beginning of Sam's session
        ("call.listen", "call"),
        ("line.pause", "96111-nanjing"),
        ("message.play", "message"),
        ("message.callback", "message"),
        ("callback.kept", "callback"),
        ("line.resume", "96111-nanjing"),
    ]

"""Messages in a real browser: a new one appears by itself, and takes nothing from Sam's hands."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from hotline.console.frame.asking import COOKIE
from hotline.store import Store
from tests.hotline.console import evening
from tests.hotline.console.visitors import Visitor
from webhooks.played.stage import served

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, app: Flask, sam: Visitor) -> Iterator[Page]:
    """Sam's, in English."""
    app.testing = False
    with served(app) as address:
        context = browser.new_context(base_url=address)
        context.add_cookies([{"name": COOKIE, "value": sam.token, "url": address}])
        yield context.new_page()
        context.close()


def test_what_comes_in_is_shown_where_the_focus_stays(page: Page, store: Store) -> None:
    page.goto("/messages?lang=en")
    cards = page.locator("#live .card")
    before = cards.count()
    page.locator("#answered-1").focus()

    with store.writing() as db:
        evening.message(db, evening.NANJING, timedelta(minutes=1))

    expect(cards).to_have_count(before + 1)
    expect(page.locator("#answered-1")).to_be_focused()
    expect(page.locator("#said")).to_contain_text(f"{before + 1} messages wait")
    expect(page).to_have_title(f"({before + 1}) Messages · Jiangsu student support lines")


def test_what_was_opened_stays_open(page: Page, store: Store) -> None:
    page.goto("/callbacks?lang=en")
    tries = page.locator("#live details").first
    tries.locator("summary").click()
    before = page.locator("#live .card").count()

    with store.writing() as db:
        evening.callback(db, evening.NANJING, "open", evening.NOW + timedelta(hours=3))

    expect(page.locator("#live .card")).to_have_count(before + 1)
    expect(page.locator("#live details").first).to_have_attribute("open", "")

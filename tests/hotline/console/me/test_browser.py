"""A swap in a real browser at 360 px: Ada asks, Bo agrees on his phone, Dee approves."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from hotline.console.frame.asking import COOKIE
from hotline.store import Store
from tests.hotline.console.keyboard import press
from tests.hotline.console.me import week
from tests.hotline.console.me.test_swapping import rung
from tests.hotline.console.visitors import Visitor
from webhooks.played.stage import served

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
LEAST = 44  # pixels of a target for a thumb
SMALL = """() => [...document.querySelectorAll('main a, main button, main input, main label')]
    .filter(each => each.checkVisibility() && !['hidden', 'radio'].includes(each.type))
    .map(each => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.height < LEAST || box.width < LEAST)
    .map(([each]) => each.outerHTML.slice(0, 80))"""


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    app.testing = False
    with served(app) as address:
        yield address


@pytest.fixture
def cast(ada: Visitor, bo: Visitor, dee: Visitor) -> tuple[Visitor, Visitor, Visitor]:
    return ada, bo, dee


Phones = Callable[[Visitor], Page]


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Phones]:
    """The phone of somebody who is signed in, in English."""
    contexts = []

    def taken(visitor: Visitor) -> Page:
        context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-GB")  # type: ignore[arg-type]
        cookie = {"name": COOKIE, "value": visitor.token, "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        contexts.append(context)
        return context.new_page()

    yield taken
    for context in contexts:
        context.close()


Cast = tuple[Visitor, Visitor, Visitor]


@pytest.mark.parametrize("hit", [Locator.tap, press], ids=["by-thumb", "by-keyboard"])
def test_a_swap_between_two_volunteers(
    phone: Phones, address: str, cast: Cast, store: Store, hit: Callable[[Locator], None]
) -> None:
    ada, bo, dee = cast
    adas, bos, dees = phone(ada), phone(bo), phone(dee)

    adas.goto(f"{address}/me?lang=en")
    hit(adas.locator(".shifts li").first.get_by_role("link", name="Swap"))
    hit(adas.get_by_role("button", name="Ask 王芳 Thu, Nov 26"))
    expect(adas.get_by_role("status")).to_contain_text("王芳 is asked")

    bos.goto(f"{address}/me?lang=en")
    expect(bos.get_by_role("heading", name="陈静 would like to swap")).to_be_visible()
    hit(bos.get_by_role("button", name="Agree"))
    expect(bos.get_by_role("status")).to_contain_text("A coordinator still has to approve it")
    assert rung(store, 1, "night") == ["ada"]

    dees.goto(f"{address}/requests?lang=en")
    expect(dees.get_by_text("breaks no rule")).to_be_visible()
    hit(dees.get_by_role("button", name="Approve"))
    expect(dees.get_by_role("status")).to_contain_text("Approved")

    assert rung(store, 1, "night") == ["bo"]
    adas.reload()
    expect(adas.locator(".shifts li").first).to_contain_text("Thu, Nov 26")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/open",
        "/availability",
        "/notices",
        "/calendar",
        f"/shifts/{week.address(1, 'night')}/swap",
        f"/shifts/{week.address(1, 'night')}/cannot",
    ],
)
def test_a_thumb_hits_everything(
    phone: Phones, address: str, app: Flask, ada: Visitor, path: str
) -> None:
    week.busy(app)
    page = phone(ada)

    page.goto(f"{address}/me{path}?lang=en")

    assert page.evaluate(SMALL.replace("LEAST", str(LEAST))) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

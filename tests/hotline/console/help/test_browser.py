"""A pupil at 23:00, on an old telephone: who answers now, and be rung back by the others."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import Session as AnySession

from hotline.config.settings import LineName
from hotline.duty import PersonId
from hotline.store import Session
from hotline.store.calling.lines import change_line
from scheduling.problem import Span
from tests.hotline.console import scene
from tests.hotline.console.gallery import Opened, Shown, opened

pytestmark = pytest.mark.browser
AT = scene.local(1, 23, 0)


def evening(db: AnySession) -> None:
    """Tuesday 23:00: 96111 is paused until midnight, others answer."""
    assert isinstance(db, Session)
    scene.busy(db)
    hour = Span(AT, AT + timedelta(hours=1))
    change_line(db, LineName("96111-nanjing"), (), hour, PersonId(1))


@pytest.fixture
def here() -> Iterator[Opened]:
    with opened(Shown("help", "/help", None, fill=evening, at=AT)) as found:
        yield found


def phone(browser: Browser, *, script: bool) -> BrowserContext:
    return browser.new_context(
        viewport={"width": 320, "height": 568},
        locale="zh-CN",
        has_touch=True,
        is_mobile=True,
        java_script_enabled=script,
    )


@pytest.mark.parametrize("script", [False, True])
def test_a_pupil_finds_the_line_that_answers_and_is_rung_back_by_another(
    browser: Browser, here: Opened, script: bool
) -> None:
    context = phone(browser, script=script)
    page = context.new_page()
    page.goto(here.address)

    page.get_by_role("link", name="中小学生").tap()
    page.get_by_role("link", name="南京").tap()
    youth = page.get_by_role("listitem").filter(has_text="12345 转心理席")
    expect(youth).to_contain_text("现在有人接听")
    expect(youth.get_by_role("link", name="拨打")).to_have_attribute("href", "tel:+862500012345")

    shut = page.get_by_role("listitem").filter(has_text="96111 陶老师热线")
    expect(shut).to_contain_text("现在无人接听；11月25日周三 00:00再开始")
    shut.get_by_role("link", name="预约回电").tap()
    _asks(page)
    context.close()


def _asks(page: Page) -> None:
    """Forgets the tick first; what was typed is still there."""
    page.get_by_label("您的电话号码").fill("139 0000 1234")
    page.get_by_role("button", name="请给我回电").tap()
    expect(page.get_by_text("请勾选这一项")).to_be_visible()
    expect(page.get_by_label("您的电话号码")).to_have_value("139 0000 1234")

    page.get_by_label("只在晚上").check()
    page.get_by_label("是的，请给我回电").check()
    page.get_by_role("button", name="请给我回电").tap()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "我们会在11月25日周三 23:00之前给您回电"
    )


def test_leaving_takes_one_tap_or_three_times_escape(browser: Browser, here: Opened) -> None:
    context = phone(browser, script=True)
    context.route("https://www.weather.com.cn/**", lambda route: route.fulfill(body="weather"))
    page = context.new_page()
    page.goto(here.address)
    page.get_by_role("link", name="离开本页").tap()
    expect(page.get_by_text("weather")).to_be_visible()
    page.go_back()
    assert "/help" not in page.url

    page.goto(here.address)
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page.get_by_text("weather")).to_be_visible()
    context.close()

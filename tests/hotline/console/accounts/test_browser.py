"""Ada holds an authenticator app to the code on her screen, and switches the second factor on."""

from typing import Literal

import pyotp
import pytest
from playwright.sync_api import Browser, expect

from tests.hotline.console import scene
from tests.hotline.console.codes import codes_read
from tests.hotline.console.gallery import PAGES, opened

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_an_app_reads_the_code_and_what_it_says_then_lets_her_in(
    browser: Browser, scheme: Literal["light", "dark"], width: int
) -> None:
    with opened(next(each for each in PAGES if each.name == "second-factor")) as here:
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": 900}, device_scale_factor=1
        )
        context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{here.address}?lang=en")

        [said] = codes_read(page)

        read = pyotp.parse_uri(said)
        assert isinstance(read, pyotp.TOTP)
        assert (read.name, read.issuer) == ("ada", "Jiangsu student support lines")
        assert read.secret == page.locator(".secret").inner_text().replace(" ", "")
        page.locator("input[name=code]").fill(read.at(scene.BUSY))
        page.get_by_role("button", name="Switch it on").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The second factor is on")
        expect(page.locator(".secret li")).to_have_count(8)
        context.close()

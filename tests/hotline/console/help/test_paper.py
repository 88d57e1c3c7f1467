"""A pupil holds a telephone to a poster on the wall, or to the card in a friend's hand."""

from dataclasses import replace
from typing import Final, Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from hotline.parts import Parts
from hotline.ports import Clock
from hotline.store import Store
from tests.hotline.console import scene
from tests.hotline.console.codes import codes_read
from tests.hotline.console.gallery import Shown, opened

pytestmark = pytest.mark.browser
OUTSIDE: Final = "https://help.example.org"  # what the site is reached by from anywhere


def behind_a_proxy(store: Store, clock: Clock) -> Flask:
    app = scene.app(store, clock)
    found: Parts = app.extensions["hotline"]
    secrets = replace(found.secrets, public_url=OUTSIDE)
    app.extensions["hotline"] = replace(found, secrets=secrets)
    return app


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize("kind", ["card", "poster"])
def test_the_code_on_paper_is_read_and_leads_to_the_line_from_anywhere(
    browser: Browser, kind: str, medium: Literal["screen", "print"], width: int
) -> None:
    with opened(Shown(kind, f"/help/12355/{kind}", None, app=behind_a_proxy)) as here:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.emulate_media(media=medium, color_scheme="dark")
        page.goto(here.address)

        [said] = codes_read(page)

        assert said == f"{OUTSIDE}/help?line=12355"
        expect(page.locator(".big a")).to_have_attribute("href", "tel:12355")
        page.goto(said.replace(OUTSIDE, here.address.partition("/help")[0]) + "&lang=en")
        of_the_card = page.get_by_role("heading", name="The line of your card")
        expect(of_the_card.locator("xpath=..")).to_contain_text("12355 Youth line")
        page.close()

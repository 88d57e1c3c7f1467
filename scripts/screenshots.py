"""Pictures of every page in both languages, wide and narrow, to look at after changing it.

Usage: python -m scripts.screenshots [--into FOLDER] [--dark] [NAME ...]; without names all of
them (tests/hotline/console/gallery.py), into var/screenshots.
"""

import argparse
import logging
import sys
from itertools import product
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, sync_playwright

from tests.browsers import FLAGS
from tests.hotline.console.gallery import PAGES, Opened, Shown, opened

CHROMIUM: Final = "/usr/bin/chromium"
Scheme = Literal["light", "dark"]


def main() -> None:
    """Take them all, or those named."""
    asked = _asked()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    asked.into.mkdir(parents=True, exist_ok=True)
    wanted = [shown for shown in PAGES if not asked.names or shown.name in asked.names]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for shown in wanted:
            with opened(shown) as here:
                _take(browser, here, shown, asked.into, "dark" if asked.dark else "light")
        browser.close()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path("var/screenshots"))
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME")
    return parser.parse_args()


def _take(browser: Browser, here: Opened, shown: Shown, folder: Path, scheme: Scheme) -> None:
    """One page in both languages, wide and narrow."""
    for language, width in product(("zh", "en"), (1440, 360)):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        context.add_cookies(list(here.cookies))  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(_in_language(here.address, language))
        path = folder / f"{shown.name}-{language}-{width}{'-dark' if scheme == 'dark' else ''}.png"
        page.screenshot(path=path, full_page=True)
        context.close()
        sys.stdout.write(f"{path}\n")


def _in_language(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


if __name__ == "__main__":
    main()

"""Pictures of the board at a busy and at an empty moment, to look at after changing it.

Usage: python -m scripts.screenshots [FOLDER]; without a folder into var/screenshots.
"""

import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, sync_playwright
from sqlmodel import Session
from werkzeug.serving import make_server

from hotline.store import Store
from tests.browsers import FLAGS
from tests.databases import migrated_sqlite
from tests.hotline.console import scene

MOMENTS: Final = {"busy": (scene.busy, scene.BUSY), "empty": (scene.empty, scene.EMPTY)}
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
CHROMIUM: Final = "/usr/bin/chromium"


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "var/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for name, (fill, at) in MOMENTS.items():
            with served(fill, at) as address:
                take(browser, address, folder, name)
        browser.close()


def take(browser: Browser, address: str, folder: Path, moment: str) -> None:
    """One moment in both languages, light and dark, wide and narrow."""
    for language, scheme, width in product(("zh", "en"), SCHEMES, (1440, 360)):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}?lang={language}")
        path = folder / f"{moment}-{language}-{scheme}-{width}.png"
        page.screenshot(path=path, full_page=True)
        context.close()
        sys.stdout.write(f"{path}\n")


@contextmanager
def served(fill: Callable[[Session], None], at: datetime) -> Iterator[str]:
    """The address of the board of a made-up hotline whose clock stands still."""
    with tempfile.TemporaryDirectory() as name:
        store = Store(migrated_sqlite(Path(name) / "hotline.db"))
        with store.writing() as db:
            fill(db)
        server = make_server("127.0.0.1", 0, scene.app(store, lambda: at), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.port}/board"
        server.shutdown()
        thread.join()
        server.server_close()
        store.close()


if __name__ == "__main__":
    main()

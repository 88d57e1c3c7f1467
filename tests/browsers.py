"""Debian's Chromium for pytest-playwright, as a coordinator in Nanjing sees the pages."""

import shutil
import subprocess
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from tests.parts import lacking

PATIENCE: Final = 120_000  # milliseconds for a state that a page comes to, on a loaded machine
expect.set_options(timeout=PATIENCE)
REMEDY: Final = "apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
FLAGS: Final = (
    "--no-sandbox",  # as root, in a container, there is none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # the network is closed; each refused try costs time
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is, on a machine that can also draw Chinese."""
    path = shutil.which("chromium")
    if path is None:
        lacking("Chromium", REMEDY)
    if not _draws_chinese():
        lacking("a font with Chinese characters", REMEDY)
    return path


def _draws_chinese() -> bool:
    command = ["fc-list", ":lang=zh-cn", "family"]
    return bool(subprocess.run(command, capture_output=True, check=False).stdout.strip())


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium_path: str
) -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    ours = {"executable_path": chromium_path, "args": list(FLAGS), "timeout": PATIENCE}
    return {**browser_type_launch_args, **ours}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Whose eyes the pages are seen with."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}

"""Goes through a page as somebody does who has a keyboard and nothing else."""

from playwright.sync_api import Locator, expect

FAR = 300  # presses of the tabulator; no page of ours has so many places


def press(what: Locator) -> None:
    """Go there by the tabulator alone, see where one is, and press Enter."""
    go_to(what)
    what.page.keyboard.press("Enter")


def write(what: Locator, text: str) -> None:
    """Go to a field and write over what stands there."""
    go_to(what)
    what.page.keyboard.press("Control+A")
    what.page.keyboard.type(text)


def go_to(what: Locator) -> None:
    """By the tabulator; where the focus is has to be seen."""
    expect(what).to_be_visible()
    for _ in range(FAR):
        if what.evaluate("here => here === document.activeElement"):
            seen = what.evaluate("here => getComputedStyle(here).outlineStyle")
            assert seen != "none", f"nobody sees the focus on {what}"
            return
        what.page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {what}")

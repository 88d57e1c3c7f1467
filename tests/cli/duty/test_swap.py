"""What people want to exchange, listed and decided by command."""

from collections.abc import Callable

import pytest

from hotline.config import settings_from
from hotline.config.settings import DeskName
from hotline.store import Store
from hotline.swaps.asking import Asking, ShiftKey, agree, ask
from tests import make
from tests.cli.conftest import SITE, Terminal

Hire = Callable[[str], make.Hired]
SHIFT = "night/2026-11-24/night"
BEGINS = make.local("2026-11-24 22:00")


@pytest.fixture(autouse=True)
def bo(terminal: Terminal, hire: Hire) -> make.Hired:
    hire("Ada")
    terminal.prints("roster", "build", "--week", "2026-W48", "--pin", f"ada={SHIFT}")
    terminal.prints("roster", "publish", "--week", "2026-W48", "--accept-gaps", "Ada is alone")
    return hire("Bo")


@pytest.fixture
def asked(terminal: Terminal, database_url: str) -> None:
    settings = settings_from(SITE)
    store = Store(database_url)
    with store.writing() as db:
        asking = Asking("ada", "bo", ShiftKey(DeskName("night"), BEGINS))
        ask(db, settings, asking, terminal.now)
    store.close()


@pytest.fixture
def agreed(asked: None, terminal: Terminal, database_url: str, bo: make.Hired) -> None:
    store = Store(database_url)
    with store.writing() as db:
        agree(db, settings_from(SITE), 1, bo.id, terminal.now)
    store.close()


def test_what_waits_is_listed(terminal: Terminal, asked: None) -> None:
    assert terminal.json("swap", "list")["swaps"] == [
        {
            "swap": 1,
            "asker": "ada",
            "partner": "bo",
            "gives": {
                "desk": "night",
                "shift": SHIFT,
                "from": "2026-11-24T14:00:00+00:00",
                "to": "2026-11-25T00:00:00+00:00",
            },
            "takes": None,
            "state": "asked",
            "asked": "2026-11-20T08:00:00+00:00",
            "until": "2026-11-24T12:00:00+00:00",
            "answered": None,
            "decided": None,
        }
    ]
    printed = " ".join(terminal.prints("swap", "list").split())
    assert printed.startswith(f"1. Ada (ada) gives {SHIFT}")
    assert "to Bo (bo): asked, until" in printed


def test_nothing_waits(terminal: Terminal) -> None:
    assert terminal.prints("swap", "list") == "Nobody wants to swap.\n"
    assert terminal.json("swap", "list") == {"swaps": []}


def test_an_approved_swap_is_found_by_who_and_in_the_list_of_days_back(
    terminal: Terminal, agreed: None
) -> None:
    assert "It holds" in terminal.prints("swap", "decide", "1", "approve")

    who = terminal.json("who", "12355", "--at", "2026-11-24T23:10")
    assert "bo" in str(who["rung"])
    assert "ada" not in str(who["rung"])
    assert terminal.json("swap", "list") == {"swaps": []}
    (past,) = terminal.json("swap", "list", "--days", "30")["swaps"]
    assert (past["state"], past["decided"]) == ("approved", "2026-11-20T08:00:00+00:00")


def test_a_refused_one_changes_nothing(terminal: Terminal, agreed: None) -> None:
    assert terminal.json("swap", "decide", "1", "refuse") == {"swap": 1, "answered": "refused"}
    assert terminal.is_refused("swap", "decide", "1", "approve") == (
        "Swap 1 is decided, withdrawn or expired; see: hotline swap list"
    )


def test_what_cannot_be_decided_is_said(terminal: Terminal, asked: None) -> None:
    assert terminal.is_refused("swap", "decide", "1", "approve") == "Bo has not answered yet."
    assert "There is no swap 7" in terminal.is_refused("swap", "decide", "7", "refuse")

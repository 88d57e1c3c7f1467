"""The coming duties with what is known of each, and the search for whoever stands in."""

from collections.abc import Callable

import pytest

from hotline.config import settings_from
from hotline.duty import PersonId, ToldBy
from hotline.handshake.confirming import confirm
from hotline.handshake.stand_ins.searching import go_on
from hotline.store import Store
from hotline.store.duty.standins import (
    searches_due,
)
from tests import make
from tests.cli.conftest import SITE, Terminal

Hire = Callable[[str], make.Hired]
SHIFT = "night/2026-11-24/night"
BEGINS = make.local("2026-11-24 22:00")


@pytest.fixture(autouse=True)
def ada(terminal: Terminal, hire: Hire) -> make.Hired:
    hired = hire("Ada")
    terminal.prints("roster", "build", "--week", "2026-W48", "--pin", f"ada={SHIFT}")
    terminal.prints("roster", "publish", "--week", "2026-W48", "--accept-gaps", "Ada is alone")
    terminal.now = make.local("2026-11-24 20:00")
    return hired


def confirmed(url: str, person: PersonId) -> None:
    store = Store(url)
    with store.writing() as db:
        confirm(db, person, BEGINS, ToldBy.SMS, make.local("2026-11-24 19:00"))
    store.close()


def test_the_four_facts_of_each_duty(
    terminal: Terminal, database_url: str, ada: make.Hired
) -> None:
    confirmed(database_url, ada.id)

    found = terminal.json("handshake", "--hours", "3")["duties"]

    assert found == [
        {
            "person": "ada",
            "name": "Ada",
            "desk": "night",
            "from": "2026-11-24T14:00:00+00:00",
            "to": "2026-11-25T00:00:00+00:00",
            "standby": False,
            "on_paper": True,
            "confirmed": "2026-11-24T11:00:00+00:00",
            "checked_in": None,
            "checked_out": None,
            "reachable": "unknown",
            "demands_check_in": False,
        }
    ]
    said = " ".join(terminal.prints("handshake", "--hours", "3").split())
    assert "Ada (ada) yes Tue 24 Nov no unknown" in said


def test_an_absence_takes_a_duty_off_the_paper(terminal: Terminal) -> None:
    terminal.prints("absence", "add", "ada", "--from", "2026-11-24", "--to", "2026-11-26")

    said = " ".join(terminal.prints("handshake", "--hours", "3").split())

    assert "Ada (ada) absent no no unknown" in said


def test_nothing_to_come(terminal: Terminal) -> None:
    terminal.now = make.local("2026-12-24 20:00")
    assert terminal.prints("handshake") == "Nobody has a duty in the next 48 hours.\n"


def test_a_search_is_started_listed_answered_and_undone(
    terminal: Terminal, hire: Hire, look: Callable[[], None]
) -> None:
    hire("Bo")
    assert terminal.prints("standin", "list") == "Nobody is looked for.\n"

    started = terminal.json("standin", "start", "ada", "--shift", SHIFT)
    assert (started["search"], started["reason"], started["state"]) == (1, "asked-for", "searching")
    look()

    said = terminal.prints("standin", "list")
    assert "night, Tue 24 Nov 22:00-08:00: instead of Ada (ada), asked-for: searching" in said
    assert "1. Bo (bo): asked, until Tue 24 Nov 20:20" in said
    assert terminal.prints("standin", "answer", "1", "yes").startswith("They come")
    assert terminal.json("override", "list")["overrides"][0]["way"] == "stand-in"
    assert terminal.json("standin", "undo", "1") == {"question": 1, "answered": "taken-back"}
    assert terminal.json("standin", "answer", "1", "no")["answered"] == "refused"
    (search,) = terminal.json("standin", "list")["searches"]
    assert search["questions"][0]["state"] == "taken-back"


def test_their_next_duty_is_meant_where_no_shift_is_named(terminal: Terminal) -> None:
    said = terminal.prints("standin", "start", "ada")
    assert "instead of Ada (ada), asked-for: searching" in said


def test_what_is_not_there_is_refused(terminal: Terminal) -> None:
    assert "eve has no such duty" in terminal.is_refused("standin", "start", "eve")
    assert "There is no question 9" in terminal.is_refused("standin", "answer", "9", "yes")
    assert "There is no question 9" in terminal.is_refused("standin", "undo", "9")
    assert "There is no shift" in terminal.is_refused("standin", "start", "ada", "--shift", "x")
    assert terminal.types("handshake", "--hours", "0").exit_code == 2


def test_a_yes_is_taken_back_in_time_or_not_at_all(
    terminal: Terminal, hire: Hire, look: Callable[[], None]
) -> None:
    hire("Bo")
    terminal.prints("standin", "start", "ada")
    look()
    terminal.prints("standin", "answer", "1", "yes")
    terminal.now = make.local("2026-11-24 20:02")

    assert "no yes that can be taken back" in terminal.is_refused("standin", "undo", "1")


@pytest.fixture
def look(terminal: Terminal, database_url: str) -> Callable[[], None]:
    """What the worker does once."""

    def look() -> None:
        store = Store(database_url)
        with store.reading() as db:
            due = searches_due(db, terminal.now)
        for search in due:
            go_on(store, settings_from(SITE), search, terminal.now)
        store.close()

    return look

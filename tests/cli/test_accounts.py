"""`hotline user` and `hotline trail`: accounts from the machine itself, and who changed what."""

import pytest
from sqlalchemy import text

from hotline.store import Store
from tests.cli.conftest import Terminal

ANN = ("user", "add", "ann", "--name", "Ann", "--role", "administrator")


@pytest.fixture(autouse=True)
def _first(terminal: Terminal) -> None:
    terminal.prints(*ANN)


def test_the_first_account_is_made_here_and_its_link_printed(terminal: Terminal) -> None:
    said = terminal.prints("user", "add", "dee", "--name", "Dee", "--role", "coordinator")
    assert said.startswith("For dee, once:\n")
    assert "/link/" in said


def test_the_document_has_the_link(terminal: Terminal) -> None:
    made = terminal.json("user", "add", "dee", "--name", "Dee", "--role", "auditor")
    assert made["login"] == "dee"
    assert "/link/" in made["link"]
    assert "/link/" in terminal.json("user", "link", "dee", "--without-second-factor")["link"]


def test_accounts_are_listed(terminal: Terminal) -> None:
    (ann,) = terminal.json("user", "list")
    assert ann == {
        "login": "ann",
        "name": "Ann",
        "roles": ["administrator"],
        "desks": [],
        "person": None,
        "second_factor": False,
        "active": True,
        "invited": True,
    }
    assert "the whole site" in terminal.prints("user", "list")


def test_who_is_closed_is_listed_so_and_gets_no_link(terminal: Terminal) -> None:
    terminal.prints("user", "add", "dee", "--name", "Dee", "--role", "auditor")
    assert terminal.prints("user", "close", "dee") == "dee may no longer sign in.\n"
    assert "closed" in terminal.prints("user", "list")
    assert "'dee'" in terminal.is_refused("user", "link", "dee")
    assert "'dee'" in terminal.is_refused("user", "close", "dee")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("bo", "--name", "Bo", "--role", "king"), "king"),
        (("bo", "--name", "Bo"), "--role"),
        (("bo", "--name", "Bo", "--role", "auditor", "--desk", "moon"), "moon"),
        (("bo", "--name", "Bo", "--role", "auditor", "--person", "v99"), "v99"),
        (("bo", "--name", "Bo", "--role", "volunteer"), "one of the volunteers"),
        (("b o", "--name", "Bo", "--role", "auditor"), "small letters"),
        (("ann", "--name", "Ann", "--role", "auditor"), "There is an account"),
    ],
)
def test_what_cannot_be_is_refused(terminal: Terminal, asked: tuple[str, ...], said: str) -> None:
    assert said in terminal.is_refused("user", "add", *asked)
    assert len(terminal.json("user", "list")) == 1


def test_the_last_who_may_make_accounts_stays(terminal: Terminal) -> None:
    assert "Nobody would be left" in terminal.is_refused("user", "close", "ann")
    assert terminal.json("user", "list")[0]["active"]


def test_the_trail_tells_who_did_it_and_is_unbroken(terminal: Terminal) -> None:
    said = terminal.prints("trail")
    assert "1. " in said
    assert "command: account.made account/ann" in said
    (entry,) = terminal.json("trail", "--about", "account/ann")
    assert (entry["number"], entry["before"], entry["after"]["name"]) == (1, None, "Ann")
    assert terminal.prints("trail", "--by", "eve") == "No entry.\n"
    assert "1 entries, unbroken" in terminal.prints("trail", "verify")
    assert terminal.json("trail", "verify")["problems"] == []


def test_a_rewritten_trail_is_named_with_exit_code_2(terminal: Terminal) -> None:
    store = Store(terminal.environ["HOTLINE_DATABASE_URL"])
    with store.writing() as db:
        db.connection().execute(text("update trail set login = 'eve'"))
    store.close()

    assert "Entry 1 is not as it was written." in terminal.is_refused("trail", "verify")

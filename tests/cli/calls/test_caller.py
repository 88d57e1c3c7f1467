"""`hotline caller`: what was decided about a caller, found by one of their calls."""

import pytest
from sqlmodel import select

from hotline.config.settings import Secrets
from hotline.privacy import Privacy, new_data_key
from hotline.store import Store
from hotline.store.tables import CallFormRow, CallRow, LegRow, PersonRow
from tests import make
from tests.cli.conftest import Terminal

KEYS = Secrets(secret_key="a key", data_key=new_data_key())
BY_DEE = ("--call", "1", "--by", "dee", "--why", "agreed in the team")
AT = make.utc("2026-11-24 15:10")


@pytest.fixture(autouse=True)
def _two_calls(terminal: Terminal, database_url: str) -> None:
    """Of a caller who showed their number and of one who did not; Dee is a supervisor."""
    terminal.environ |= {
        "HOTLINE_SECRET_KEY": KEYS.secret_key,
        "HOTLINE_DATA_KEY": KEYS.data_key,
    }
    store = Store(database_url)
    make.hire(store, "Ada")
    make.hire(store, "Dee", role="supervisor")
    with store.writing() as db:
        db.add(called("one", Privacy(KEYS).hashed("+8613800000001")))
        db.flush()
        db.add(called("two", None))
    store.close()


def called(name: str, shown: str | None) -> CallRow:
    return CallRow(
        token=name,
        sid=f"CA{name}",
        line="96111-nanjing",
        state="closed",
        arrived=AT,
        since=AT,
        expected=AT,
        caller_hash=shown,
    )


def test_a_standing_is_kept_with_who_decided_it_and_why(terminal: Terminal) -> None:
    terminal.prints("caller", "standing", "delayed", *BY_DEE)

    found = terminal.json("caller", "show", "--call", "CAone")
    assert found["standing"] == "delayed"
    assert [(act["act"], act["by"], act["why"]) for act in found["acts"]] == [
        ("delayed", "dee", "agreed in the team")
    ]
    said = terminal.prints("caller", "show", "--call", "1")
    assert "Standing: delayed" in said
    assert "by dee: agreed in the team" in said


def test_a_note_is_read_from_stdin_and_taken_back_by_nothing(terminal: Terminal) -> None:
    said = terminal.prints("caller", "note", *BY_DEE, reads="ten minutes,\nthen sleep\n")
    assert said == "It is read to volunteers.\n"
    shown = terminal.prints("caller", "show", "--call", "1")
    assert "Volunteers hear: ten minutes, then sleep" in shown

    terminal.prints("caller", "note", *BY_DEE)

    found = terminal.json("caller", "show", "--call", "1")
    assert found["note"] is None
    assert [act["act"] for act in found["acts"]] == ["note", "note-removed"]
    assert "characters" in terminal.is_refused("caller", "note", *BY_DEE, reads="x" * 61)


def test_a_supervisor_blocks_for_a_time_and_takes_it_back(terminal: Terminal) -> None:
    said = terminal.prints("caller", "block", "--days", "7", "--risk", "none", *BY_DEE)

    assert said.startswith("The caller is blocked until ")
    assert terminal.json("caller", "show", "--call", "1")["blocked_until"] is not None
    terminal.prints("caller", "unblock", *BY_DEE)
    assert terminal.json("caller", "show", "--call", "1")["blocked_until"] is None


@pytest.mark.parametrize("risk", ["unknown", "high"])
def test_nobody_is_blocked_who_may_be_in_danger(terminal: Terminal, risk: str) -> None:
    words = ("caller", "block", "--days", "7", "--risk", risk, *BY_DEE)

    assert "Nobody is blocked who may be in danger" in terminal.is_refused(*words)


def test_nobody_is_blocked_after_whose_call_a_volunteer_noted_a_risk(
    terminal: Terminal, database_url: str
) -> None:
    store = Store(database_url)
    with store.writing() as db:
        ada = db.exec(select(PersonRow)).first()
        assert ada is not None
        assert ada.id is not None
        leg = LegRow(
            token="leg",
            call_id=1,
            person_id=ada.id,
            desk="day",
            state="ended",
            planned=AT,
            until=AT,
        )
        db.add(leg)
        db.flush()
        assert leg.id is not None
        db.add(CallFormRow(leg_id=leg.id, call_id=1, at=AT, risk="high"))
    store.close()

    words = ("caller", "block", "--days", "7", "--risk", "none", *BY_DEE)

    assert "who was after another call" in terminal.is_refused(*words)


def test_only_a_supervisor_blocks_and_not_for_ever(terminal: Terminal) -> None:
    by_ada = ("--call", "1", "--by", "ada", "--why", "x")
    block = ("caller", "block", "--risk", "none", "--days")

    assert "ada is no supervisor" in terminal.is_refused(*block, "7", *by_ada)
    assert "from 1 to 30 days, not 31" in terminal.is_refused(*block, "31", *BY_DEE)
    assert "from 1 to 30 days, not 0" in terminal.is_refused(*block, "0", *BY_DEE)


def test_a_person_is_promised_for_a_time(terminal: Terminal) -> None:
    promise = ("caller", "promise", "ada", "--hours")

    said = terminal.prints(*promise, "2", *BY_DEE)

    assert said.startswith("ada is rung first until ")
    assert "not 0 hours" in terminal.is_refused(*promise, "0", *BY_DEE)
    assert "'eve'" in terminal.is_refused("caller", "promise", "eve", "--hours", "1", *BY_DEE)


def test_who_cannot_be_known_or_found_is_said(terminal: Terminal) -> None:
    assert "withheld" in terminal.is_refused("caller", "show", "--call", "2")
    assert "There is no call 99" in terminal.is_refused("caller", "show", "--call", "99")
    by_eve = ("--call", "1", "--by", "eve", "--why", "x")
    assert "'eve'" in terminal.is_refused("caller", "standing", "usual", *by_eve)
    silent = ("--call", "1", "--by", "dee", "--why", " ")
    assert "Say why" in terminal.is_refused("caller", "standing", "usual", *silent)


def test_a_telephone_is_told_to_be_in_reach_again(terminal: Terminal) -> None:
    assert terminal.prints("people", "reached", "ada") == "ada was not out of reach.\n"
    assert "'eve'" in terminal.is_refused("people", "reached", "eve")

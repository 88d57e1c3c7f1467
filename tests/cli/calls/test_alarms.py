"""`hotline alarms`: what is wrong, in words and as a document, until it is seen to."""

import pytest

from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.store import Store
from hotline.store.sending.alarms import raise_alarms
from tests.cli.conftest import Terminal


@pytest.fixture(autouse=True)
def _raised(terminal: Terminal) -> None:
    store = Store(terminal.environ["HOTLINE_DATABASE_URL"])
    alarms = (
        Alarm(AlarmKind.UNREACHABLE, "v08", "rung 4 times in vain"),
        Alarm(AlarmKind.UNTOLD, "v04"),
    )
    with store.writing() as db:
        raise_alarms(db, alarms, terminal.now)
    store.close()


def test_what_is_wrong_is_told_oldest_first(terminal: Terminal) -> None:
    said = terminal.prints("alarms")
    assert "1. v08的电话打不通，请联系本人核对号码。 (Fri 20 Nov 16:00)" in said
    assert "rung 4 times in vain" in said
    assert "2. 通知发不到v04" in said


def test_the_document_has_every_alarm(terminal: Terminal) -> None:
    first, second = terminal.json("alarms")["alarms"]
    assert first == {
        "alarm": 1,
        "kind": "unreachable",
        "subject": "v08",
        "detail": "rung 4 times in vain",
        "raised": "2026-11-20T08:00:00+00:00",
    }
    assert second["subject"] == "v04"


def test_an_alarm_that_was_seen_to_is_gone(terminal: Terminal) -> None:
    assert terminal.prints("alarms", "clear", "1") == "Alarm 1 is cleared.\n"
    assert terminal.json("alarms", "clear", "2") == {"cleared": 2}
    assert terminal.prints("alarms") == "Nothing is wrong.\n"


@pytest.mark.parametrize("number", ["3", "1x"])
def test_an_alarm_that_is_not_there_is_refused(terminal: Terminal, number: str) -> None:
    assert number in terminal.is_refused("alarms", "clear", number)

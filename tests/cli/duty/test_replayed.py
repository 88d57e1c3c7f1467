"""`hotline who --call` and `hotline audit`: what was decided, and whether it was by the roster."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import update

from hotline.config.settings import DeskName
from hotline.practice import RINGS_OUT
from hotline.store import Store
from hotline.store.tables import TABLES
from tests import make
from tests.cli.conftest import Terminal
from tests.scenarios.stage import NANJING, NIGHT, Hotline, site

AFTERWARDS = NIGHT.end
NIGHTLY = site([replace(NANJING, desks=(DeskName("night"),))], [make.desk("night")], wave=1)


@pytest.fixture
def past_call(terminal: Terminal, database_url: str) -> Iterator[str]:
    """A call that Ada missed and Bo took, in the database of the terminal."""
    store = Store(database_url)
    hotline = Hotline(store, NIGHTLY).on_duty("Ada", desk="night", phone=RINGS_OUT)
    hotline.on_duty("Bo", desk="night")
    sid = hotline.caller_rings(talk=60)
    hotline.until_quiet()
    terminal.now = AFTERWARDS
    yield sid
    store.close()


def test_a_past_call_is_told_step_by_step(terminal: Terminal, past_call: str) -> None:
    said = terminal.prints("who", "--call", past_call)

    assert "Call 1 on 96111-nanjing 南京96111心理热线, Tue 24 Nov 2026 (Asia/Shanghai)" in said
    assert "23:10:00  arrived\n" in said
    assert "23:10:00  rings: Ada (ada) at night\n          not needed yet: Bo (bo)" in said
    assert (
        "rings: Bo (bo) at night\n          did not take this call a moment ago: Ada (ada)" in said
    )
    assert "accepted: Bo (bo)" in said
    assert "the caller hears greeting\n" in said
    assert "Bo (bo) hears whisper" in said
    assert "answered at 23:1" in said
    assert terminal.prints("who", "--call", "1") == said


def test_a_past_call_as_json(terminal: Terminal, past_call: str) -> None:
    document = terminal.json("who", "--call", past_call)

    assert document["outcome"] == "answered"
    greeting = {"at": "2026-11-24T15:10:00+00:00", "person": None, "phrases": ["greeting"]}
    assert document["told"][0] == greeting
    first = document["decisions"][0]
    assert first["rung"] == [{"person": "ada", "desk": "night"}]
    assert first["passed_over"] == [{"person": "bo", "why": "enough"}]
    assert {"at": "2026-11-24T15:10:00+00:00", "kind": "arrived", "person": None} in document[
        "steps"
    ]


def test_a_call_that_never_was_is_refused(terminal: Terminal) -> None:
    said = terminal.is_refused("who", "--call", "7")

    assert said == "There is no call '7'; logs name a call by its number."


@pytest.mark.parametrize(
    "words", [("who",), ("who", "12355", "--call", "1"), ("who", "--call", "1", "--at", "now")]
)
def test_a_line_and_a_call_are_not_asked_for_together(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    assert "Say either a LINE" in terminal.is_refused(*words)


@pytest.mark.usefixtures("past_call")
def test_a_day_by_the_roster_is_said_to_be(terminal: Terminal) -> None:
    said = terminal.prints("audit")

    assert said.startswith("Tue 24 Nov 2026: 2 telephones rang, ")
    assert "Every one of them followed the roster of its moment." in said
    assert terminal.json("audit", "--day", "2026-11-24")["differences"] == []
    assert terminal.json("audit", "--day", "2026-11-23")["rings"] == 0


@pytest.mark.usefixtures("past_call")
def test_what_did_not_follow_the_roster_is_named_and_fails(
    terminal: Terminal, database_url: str
) -> None:
    store = Store(database_url)
    with store.writing() as db:
        people = TABLES["person"]
        db.connection().execute(update(people).where(people.c.code == "bo").values(languages="en"))
    store.close()

    result = terminal.types("audit")
    as_json = terminal.types("audit", "--json")

    assert result.exit_code == as_json.exit_code == 1
    assert "call 1: Bo (bo) was rung, and the roster kept them out: on duty, but" in result.stdout
    assert '"why": "language"' in as_json.stdout


def test_what_is_no_day_is_refused(terminal: Terminal) -> None:
    assert "is no date" in terminal.is_refused("audit", "--day", "yesterday")

"""`hotline who` says what the telephone would do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hotline.config.settings import DeskName, LineName
from hotline.store import Store
from hotline.store.calling.lines import change_line
from hotline.store.tables import PresenceRow
from scheduling.problem import Span
from tests import make
from tests.cli.conftest import SITE, Terminal

Hire = Callable[[str], make.Hired]
WHO = ("who", "96111-nanjing", "--at", "2026-11-24T23:10")


@pytest.fixture
def ada_on_tuesday(terminal: Terminal, hire: Hire) -> make.Hired:
    ada = hire("Ada")
    pin = "ada=night/2026-11-24/night"
    terminal.prints("roster", "build", "--week", "2026-W48", "--pin", pin)
    return ada


def publish(terminal: Terminal) -> None:
    terminal.prints("roster", "publish", "--week", "2026-W48", "--accept-gaps", "Ada is alone")


@pytest.mark.usefixtures("ada_on_tuesday")
def test_a_draft_rings_nobody_and_the_published_roster_does(terminal: Terminal) -> None:
    assert "Nobody would be rung" in terminal.prints(*WHO)

    publish(terminal)

    said = terminal.prints(*WHO)
    assert "96111-nanjing 南京96111心理热线, Tue 24 Nov 2026 23:10 (Asia/Shanghai)" in said
    assert "1. Ada (ada) at night 夜间席" in said


@pytest.mark.usefixtures("ada_on_tuesday")
def test_each_person_who_is_kept_out_is_named_with_the_reason(
    terminal: Terminal, hire: Hire, database_url: str
) -> None:
    hire("Bo")
    store = Store(database_url)
    make.hire(store, "Eve", desks="day")
    store.close()
    publish(terminal)

    said = terminal.prints(*WHO)

    assert "1 not on duty then:\n  Bo (bo)" in said
    assert "1 sit at other desks only:\n  Eve (eve)" in said


@pytest.mark.usefixtures("ada_on_tuesday")
def test_the_answer_as_json(terminal: Terminal) -> None:
    publish(terminal)

    document = terminal.json(*WHO)

    assert document["line"] == "96111-nanjing"
    assert document["at"] == "2026-11-24T15:10:00+00:00"
    assert document["rung"] == [
        {"person": "ada", "name": "Ada", "desk": "night", "standby": False, "lead": False}
    ]
    assert document["kept_out"] == []
    assert document["note"] is None


@pytest.mark.usefixtures("ada_on_tuesday")
def test_when_nobody_is_on_duty_the_next_person_is_announced(terminal: Terminal) -> None:
    publish(terminal)

    said = terminal.prints("who", "96111-nanjing", "--at", "2026-11-24T12:00")

    assert "Nobody would be rung: callers are offered the exit." in said
    assert "The next person is on duty Tue 24 Nov 22:00." in said


def test_without_any_roster_nobody_comes(terminal: Terminal) -> None:
    assert "Nobody is on duty in the next two weeks" in terminal.prints("who", "12355")


def test_a_conversation_counts_now_and_not_for_another_time(
    terminal: Terminal, ada_on_tuesday: make.Hired, database_url: str
) -> None:
    publish(terminal)
    store = Store(database_url)
    with store.writing() as db:
        until = make.utc("2026-11-24 15:20")
        db.add(PresenceRow(person_id=ada_on_tuesday.id, free_at=until))
    store.close()
    terminal.now = make.local("2026-11-24 23:10")

    assert "1 writing up a call:" in terminal.prints("who", "96111-nanjing")
    assert "1. Ada (ada)" in terminal.prints(*WHO)


def test_an_instant_with_an_offset_is_read_as_it_stands(terminal: Terminal) -> None:
    document = terminal.json("who", "12355", "--at", "2026-11-24T15:10Z")

    assert document["at"] == "2026-11-24T15:10:00+00:00"


@pytest.mark.parametrize(
    ("when", "read", "said"),
    [
        ("2026-03-29T01:30", "2026-03-29T01:30:00+00:00", "01:30 is skipped on 29 Mar 2026; read"),
        ("2026-10-25T01:30", "2026-10-25T00:30:00+00:00", "01:30 comes twice on 25 Oct 2026; read"),
        ("2026-10-25T01:30+00:00", "2026-10-25T01:30:00+00:00", None),
    ],
)
def test_on_the_nights_clocks_change_it_says_how_it_read_the_time(
    terminal: Terminal, tmp_path: Path, when: str, read: str, said: str | None
) -> None:
    london = tmp_path / "london.toml"
    london.write_text(SITE.read_text("utf-8").replace("Asia/Shanghai", "Europe/London"), "utf-8")
    terminal.environ["HOTLINE_CONFIG"] = str(london)

    document = terminal.json("who", "12355", "--at", when)

    assert document["at"] == read
    assert (document["note"] or "").startswith(said or "")
    assert bool(document["note"]) == bool(said)
    assert ("Note: " in terminal.prints("who", "12355", "--at", when)) == bool(said)


def test_a_line_that_does_not_exist_is_refused_with_the_nearest(terminal: Terminal) -> None:
    assert terminal.is_refused("who", "96111-nanjin") == (
        "There is no line '96111-nanjin'; did you mean 96111-nanjing?"
    )
    assert "known: 96111-nanjing, 12355." in terminal.is_refused("who", "zzz")


@pytest.mark.parametrize("when", ["tonight", "2026-11-31T10:00", "2026-11-24T25:00"])
def test_what_is_no_time_is_refused(terminal: Terminal, when: str) -> None:
    assert "is no time; write it like 2026-11-24T23:10." in terminal.is_refused(
        "who", "12355", "--at", when
    )


@pytest.mark.usefixtures("ada_on_tuesday")
def test_a_supervisors_word_on_the_line_is_told(
    terminal: Terminal, hire: Hire, database_url: str
) -> None:
    publish(terminal)
    dee = hire("Dee")
    line = LineName("96111-nanjing")
    hour = Span(make.utc("2026-11-24 15:00"), make.utc("2026-11-24 16:00"))
    store = Store(database_url)
    with store.writing() as db:
        change_line(db, line, (), hour, dee.id)

    said = terminal.prints(*WHO)
    assert "A supervisor has paused the line until Wed 25 Nov 00:00." in said
    assert "kept from it, for a supervisor has paused the line" in said
    assert terminal.json(*WHO)["change"] == {
        "paused": True,
        "desks": [],
        "until": "2026-11-24T16:00:00+00:00",
    }

    with store.writing() as db:
        change_line(db, line, (DeskName("day"),), hour, dee.id)
    store.close()
    assert "By a supervisor's word day answer until Wed 25 Nov 00:00." in terminal.prints(*WHO)
    assert terminal.json(*WHO[:2])["change"] is None

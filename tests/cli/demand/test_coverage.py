"""`hotline coverage` shows required against rostered at a glance, without colour."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from rich.cells import cell_len

from hotline.duty import ToldBy
from hotline.handshake.confirming import confirm
from hotline.store import Store
from hotline.store.duty.rosters import rota_between
from scheduling.problem import Span
from tests import make
from tests.cli.conftest import Terminal

Hire = Callable[[str], make.Hired]
TEN_AT_NIGHT = make.local("2026-11-24 22:00")
TUESDAY = ("--from", "2026-11-24", "--to", "2026-11-24")


@pytest.fixture
def published(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    pin = "ada=night/2026-11-24/night"
    terminal.prints("roster", "build", "--week", "2026-W48", "--pin", pin)
    terminal.prints("roster", "publish", "--week", "2026-W48", "--accept-gaps", "Ada is alone")


@pytest.mark.usefixtures("published")
def test_a_day_is_a_row_of_half_hours(terminal: Terminal) -> None:
    said = terminal.prints("coverage", *TUESDAY)

    assert "  Tue 24 Nov !!!!!!!!!!!!!!!!............................----" in said
    assert "  24 floor   111111111111111100000000000000000000000000001111" in said
    assert "  24 there   000000000000000000000000000000000000000000001111" in said
    assert "gap Tue 24 Nov 00:00-08:00: missing 2 people" in said
    assert "above the floor, 2 person-hours missing to the target" in said


@pytest.mark.usefixtures("published")
def test_who_has_confirmed_is_counted_beside_who_is_on_paper(
    terminal: Terminal, database_url: str
) -> None:
    store = Store(database_url)
    with store.writing() as db:
        (duty,) = rota_between(db, Span(TEN_AT_NIGHT, TEN_AT_NIGHT + timedelta(hours=1))).duties
        confirm(db, duty.person, TEN_AT_NIGHT, ToldBy.SMS, terminal.now)
    store.close()

    said = terminal.prints("coverage", *TUESDAY)
    late = terminal.json("coverage", *TUESDAY)["desks"][0]["half_hours"][-1]
    terminal.now = TEN_AT_NIGHT + timedelta(days=2)
    past = terminal.json("coverage", *TUESDAY)["desks"][0]["half_hours"][-1]

    assert "  24 confirm 000000000000000000000000000000000000000000001111" in said
    assert "  24 present 000000000000000000000000000000000000000000000000" in said
    assert (late["rostered"], late["confirmed"], late["present"]) == (1, 1, 0)
    assert (past["rostered"], past["confirmed"], past["present"]) == (1, None, None)
    assert "  24 confirm  " in terminal.prints("coverage", *TUESDAY)


@pytest.mark.usefixtures("published")
def test_everything_fits_into_80_columns_and_tables_align_under_chinese(terminal: Terminal) -> None:
    lines = terminal.prints("coverage", "--from", "2026-11-23").splitlines()

    assert max(cell_len(line) for line in lines) <= 80
    rates = [line for line in lines if line.endswith(("%", "-"))]
    assert len({cell_len(line) for line in rates if "夜间席" in line or "日间席" in line}) == 1


@pytest.mark.usefixtures("published")
def test_the_legend_and_the_rates_are_there(terminal: Terminal) -> None:
    said = terminal.prints("coverage", *TUESDAY)

    for words in ("! below the floor", "- floor kept", "# target kept", ". closed", "nights 22-08"):
        assert words in said


@pytest.mark.usefixtures("published")
def test_coverage_as_json_counts_every_half_hour(terminal: Terminal) -> None:
    document = terminal.json("coverage", *TUESDAY)

    assert document["from"] == "2026-11-23T16:00:00+00:00"
    night, _ = document["desks"]
    assert len(night["half_hours"]) == 48
    assert night["half_hours"][-1] == {
        "start": "2026-11-24T15:30:00+00:00",
        "floor": 1,
        "target": 2,
        "rostered": 1,
        "confirmed": 0,
        "present": 0,
        "reachable": 0,
        "certified": {},
        "level": "floor",
    }
    assert night["rates"]["all"] == {"met": 4, "of": 20, "share": 0.2}
    assert night["gaps"][0]["missing"] == 2
    assert document["lines"][0]["line"] == "96111-nanjing"
    assert document["lines"][0]["reached"]["all"] == {"met": 4, "of": 48, "share": 4 / 48}


def test_without_days_it_shows_seven_from_today(terminal: Terminal) -> None:
    document = terminal.json("coverage")

    assert document["from"] == "2026-11-19T16:00:00+00:00"
    assert document["to"] == "2026-11-26T16:00:00+00:00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "soon"], "'soon' is no date; write it like 2026-11-24."),
        (["--from", "2026-11-31"], "'2026-11-31' is no date"),
        (["--from", "2026-11-24", "--to", "2026-11-23"], "is before the first"),
    ],
)
def test_days_that_are_none_are_refused(terminal: Terminal, words: list[str], said: str) -> None:
    assert said in terminal.is_refused("coverage", *words)

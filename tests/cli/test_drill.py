"""`hotline drill` plays practice callers and says what became of them."""

from click.testing import CliRunner, Result

from hotline.cli.context import Surroundings
from hotline.store import Store
from tests.cli.conftest import Terminal
from tests.cli.duty.test_replayed import NIGHTLY
from tests.scenarios.stage import TEN_PAST_ELEVEN, Hotline
from webhooks.main import commands


def typed(terminal: Terminal, *words: str) -> Result:
    around = Surroundings(terminal.environ, lambda: terminal.now)
    return CliRunner().invoke(commands, [*words], obj=around)


def test_what_became_of_the_callers_is_said_line_by_line(
    terminal: Terminal, database_url: str
) -> None:
    store = Store(database_url)
    Hotline(store, NIGHTLY).on_duty("Ada", "Bo", desk="night")
    store.close()
    terminal.now = TEN_PAST_ELEVEN

    result = typed(terminal, "drill", "--callers", "1", "--phones-off", "0")

    assert result.exit_code == 0, result.output
    assert "Drill of Tue 24 Nov 2026 23:10 (Asia/Shanghai)" in result.stdout
    assert "96111-nanjing        1         1" in result.stdout
    assert "2 callers: 2 answered, 0 stranded, 0 double-booked." in result.stdout


def test_another_time_can_be_played_and_told_to_programs(
    terminal: Terminal, database_url: str
) -> None:
    store = Store(database_url)
    Hotline(store, NIGHTLY).on_duty("Ada", desk="night")
    store.close()

    result = typed(terminal, "drill", "--at", "2026-11-24T12:00", "--json")

    assert '"at": "2026-11-24T04:00:00+00:00"' in result.stdout
    assert '"sound": true' in result.stdout
    assert result.stdout.count('"exited": 2') == 2  # nobody is on duty at noon


def test_what_is_no_number_of_callers_is_refused(terminal: Terminal) -> None:
    result = typed(terminal, "drill", "--callers", "0")

    assert result.exit_code == 2
    assert "0 is not in the range 1<=x<=20" in result.stderr


def test_volunteers_who_agreed_are_to_be_rung_and_told_of(
    terminal: Terminal, database_url: str
) -> None:
    store = Store(database_url)
    Hotline(store, NIGHTLY).on_duty("Ada", "Bo", desk="night")
    store.close()
    terminal.now = TEN_PAST_ELEVEN

    assert "No drill was played yet." in typed(terminal, "drill", "--last").stderr
    said = typed(terminal, "people", "drills", "ada", "--agreed")
    assert said.stdout == "ada may be rung in drills.\n"

    rings = typed(terminal, "drill", "--volunteers", "--callers", "1")
    last = typed(terminal, "drill", "--last", "--json")

    assert "Ada (ada): is rung by the worker" in rings.stdout
    assert '{"person": "ada", "came": "under-way"}' in " ".join(last.stdout.split()).replace(
        "{ ", "{"
    ).replace(" }", "}")


def test_volunteers_are_rung_now_or_not_at_all(terminal: Terminal) -> None:
    result = typed(terminal, "drill", "--volunteers", "--at", "2026-11-24T03:10")

    assert result.exit_code == 2
    assert "leave out --at or --volunteers" in result.stderr

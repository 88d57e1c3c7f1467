"""A hotline served as a site serves it: processes of its own, an account, a carrier by REST."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from benchmarks.ports import held_port
from hotline.cli.context import Surroundings
from hotline.ports import system_clock
from hotline.practice import (
    ACCEPTS,
    Account,
    Addresses,
    Caller,
    HttpTransport,
    LiveDriver,
    Phone,
    PracticeCarrier,
)
from hotline.privacy import new_data_key
from hotline.rosters.week import week_of
from hotline.store import Store
from hotline.store.migrate import migrate
from scheduling.problem import Span
from tests import make
from webhooks.main import commands
from webhooks.played.stage import served

SAMPLE = Path(__file__).parents[2] / "config.toml"
PATIENCE = 300  # seconds, for a loaded machine
AT_WORK = "at work"  # what a worker says once it is
ACCOUNT = Account("AC" + "1" * 32, "a token of the account", calls_per_second=10)


GUNICORN = 'server = "gunicorn"\nprocesses = 2\n'


@pytest.fixture
def port() -> Iterator[int]:
    with held_port() as free:
        yield free


def _site(folder: Path, port: int, serving: str = "") -> Path:
    """The sample site, with nothing changed but what connects a real account, and `serving`."""
    text = SAMPLE.read_text(encoding="utf-8")
    text = text.replace('kind = "practice"', 'kind = "twilio"', 1)
    text = text.replace("port = 8096", f"port = {port}\n{serving}", 1)
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _staffed(url: str) -> None:
    """Ada is on duty at the province's desk, now."""
    migrate(url)
    store = Store(url)
    now = system_clock()
    week = str(week_of(now, make.SHANGHAI))
    later = now + timedelta(days=300)
    ada = make.hire(store, "Ada", desks="province", certificates={"child-adolescent": later})
    duty = Span(now - timedelta(hours=1), now + timedelta(hours=5))
    make.store_roster(store, (ada, duty), desk="province", week=week)
    store.close()


@contextmanager
def _running(word: str, number: int, config: Path, environ: Mapping[str, str]) -> Iterator[Path]:
    """Begun, and ended well; where it says what it does."""
    asked = [sys.executable, "-m", "webhooks.main", "--config", str(config), word]
    ours = {**environ, "PYTHONPATH": str(SAMPLE.parent)}
    log = config.parent / f"{word}-{number}.log"
    with log.open("wb") as told:
        process = subprocess.Popen(asked, env=ours, cwd=config.parent, stderr=told)
    try:
        yield log
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0, log.read_text(encoding="utf-8")


def _eventually(ask: Callable[[], bool]) -> bool:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if ask():
            return True
        time.sleep(0.1)
    return False


def _works(log: Path) -> bool:
    """Whoever answers is asked; a worker says so."""
    return "worker" not in log.name or AT_WORK in log.read_text(encoding="utf-8")


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/sign-in", timeout=PATIENCE).status_code == 200
    except requests.ConnectionError:
        return False


@pytest.mark.parametrize(
    ("processes", "serving"),
    [(["serve"], ""), (["web", "worker"], ""), (["web", "worker", "worker"], GUNICORN)],
    ids=["serve", "web-and-worker", "gunicorn-and-two-workers"],
)
def test_with_credentials_in_the_environment_a_caller_reaches_ada(
    tmp_path: Path, port: int, processes: list[str], serving: str
) -> None:
    url = f"http://127.0.0.1:{port}"
    database = f"sqlite:///{tmp_path}/hotline.db"
    _staffed(database)
    config = _site(tmp_path, port, serving)
    carrier = PracticeCarrier(system_clock, HttpTransport(url, url), ACCOUNT, Addresses.below(url))
    carrier.phone(Phone("client:ada", ACCEPTS))
    with ExitStack() as running:
        environ = {
            "HOTLINE_SECRET_KEY": "a secret",
            "HOTLINE_DATA_KEY": new_data_key(),
            "HOTLINE_DATABASE_URL": database,
            "HOTLINE_PUBLIC_URL": url,
            "TWILIO_ACCOUNT_SID": ACCOUNT.sid,
            "TWILIO_AUTH_TOKEN": ACCOUNT.auth_token,
            "TWILIO_API_BASE": running.enter_context(served(carrier.rest_app)),
        }
        logs = [
            running.enter_context(_running(word, number, config, environ))
            for number, word in enumerate(processes)
        ]
        assert _eventually(lambda: all(_works(log) for log in logs))
        assert _eventually(lambda: _answers(url))
        driver = LiveDriver(carrier)
        driver.start()
        running.callback(driver.stop)

        talk = timedelta(seconds=3)
        dialled = "sip:student@province.example.org"
        carrier.dial(Caller("+8613800000001", dialled, system_clock(), talk=talk))

        assert _eventually(lambda: any(call.talk for call in carrier.calls()))
        assert _eventually(lambda: all(call.ended_at for call in carrier.calls()))
        assert not carrier.troubles()


def _refused(words: list[str], environ: dict[str, str], config: Path) -> str:
    asked = ["--config", str(config), *words]
    result = CliRunner().invoke(commands, asked, obj=Surroundings(environ))
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    url = f"sqlite:///{tmp_path}/hotline.db"
    migrate(url)
    return {"HOTLINE_DATABASE_URL": url}


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_the_practice_carrier_is_not_served_to_callers(
    command: str, environ: dict[str, str]
) -> None:
    assert 'carrier.kind = "practice"' in _refused([command], environ, SAMPLE)


def test_missing_credentials_are_named(environ: dict[str, str], tmp_path: Path) -> None:
    said = _refused(["serve"], environ, _site(tmp_path, 0))

    for name in ("HOTLINE_SECRET_KEY", "HOTLINE_DATA_KEY", "TWILIO_AUTH_TOKEN"):
        assert name in said


def test_a_data_key_that_is_none_is_refused(environ: dict[str, str], tmp_path: Path) -> None:
    given = {
        **environ,
        "HOTLINE_SECRET_KEY": "a secret",
        "HOTLINE_DATA_KEY": "short",
        "HOTLINE_PUBLIC_URL": "https://hotline.example",
        "TWILIO_ACCOUNT_SID": ACCOUNT.sid,
        "TWILIO_AUTH_TOKEN": ACCOUNT.auth_token,
    }

    assert "HOTLINE_DATA_KEY is no key" in _refused(["serve"], given, _site(tmp_path, 0))


def test_fresh_keys_are_keys_and_never_the_same() -> None:
    first, second = (CliRunner().invoke(commands, ["keys"]).stdout for _ in range(2))

    assert first != second
    assert {line.split("=")[0] for line in first.splitlines()} == {
        "HOTLINE_SECRET_KEY",
        "HOTLINE_DATA_KEY",
    }

"""`hotline doctor` finds what stands in the way, and says what to do."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

import webhooks.main  # noqa: F401 - it adds the command
from hotline.config import settings_from
from hotline.config.settings import Secrets
from hotline.parts import Parts
from hotline.privacy import new_data_key
from hotline.store import Store
from hotline.store.upkeep.upkeep import BACKUP, PURGE, note_upkeep
from tests.cli.conftest import FRIDAY, SITE, Terminal
from webhooks.app import create_app
from webhooks.played.stage import served

Finding = dict[str, str]


def looked(terminal: Terminal, expected: int) -> dict[str, Finding]:
    """The worst finding of each part, and the exit code that is expected."""
    result = terminal.types("doctor", "--json")
    assert result.exit_code == expected, result.output
    found: dict[str, Finding] = {}
    for finding in json.loads(result.stdout)["findings"]:
        worse = ("good", "skipped", "doubtful", "bad")
        known = found.get(finding["part"])
        if known is None or worse.index(finding["state"]) > worse.index(known["state"]):
            found[finding["part"]] = finding
    return found


@pytest.fixture
def ready(terminal: Terminal, tmp_path: Path) -> Terminal:
    """A site that needs a carrier, with all its keys."""
    config = tmp_path / "site.toml"
    text = SITE.read_text(encoding="utf-8").replace('kind = "practice"', 'kind = "twilio"')
    config.write_text(text, encoding="utf-8")
    terminal.environ |= {
        "HOTLINE_CONFIG": str(config),
        "HOTLINE_SECRET_KEY": "hush",
        "HOTLINE_DATA_KEY": new_data_key(),
        "HOTLINE_PUBLIC_URL": "http://127.0.0.1:9",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "a token",
        "TWILIO_API_BASE": "http://127.0.0.1:9",
    }
    return terminal


@contextmanager
def running(terminal: Terminal, database_url: str, account: Any) -> Iterator[None]:
    """The web server and a carrier, where the environment says."""
    environ = terminal.environ
    secrets = Secrets(
        environ["HOTLINE_SECRET_KEY"],
        environ["HOTLINE_DATA_KEY"],
        environ["TWILIO_ACCOUNT_SID"],
        environ["TWILIO_AUTH_TOKEN"],
    )
    store = Store(database_url)
    settings = settings_from(Path(environ["HOTLINE_CONFIG"]))
    with ExitStack() as serving:
        serving.callback(store.close)
        late: dict[str, Any] = {}
        base = serving.enter_context(served(lambda *asked: late["app"](*asked)))
        late["app"] = create_app(
            Parts(settings, replace(secrets, public_url=base), store, lambda: terminal.now)
        )
        environ["HOTLINE_PUBLIC_URL"] = base
        environ["TWILIO_API_BASE"] = serving.enter_context(served(account))
        yield


def says(status: str, **headers: str) -> Callable[..., list[bytes]]:
    """A carrier that answers every request alike, by the same clock."""
    told = {"Date": format_datetime(FRIDAY, usegmt=True)} | headers

    def answer(_: object, start: Callable[..., object]) -> list[bytes]:
        start(status, list(told.items()))
        return [b"{}"]

    return answer


def test_a_practice_site_needs_no_carrier(terminal: Terminal) -> None:
    terminal.environ |= {"HOTLINE_SECRET_KEY": "hush", "HOTLINE_DATA_KEY": new_data_key()}

    found = looked(terminal, 0)

    assert found["carrier"]["state"] == "skipped"
    assert {found[part]["state"] for part in ("config", "environment", "database")} == {"good"}


def test_nobody_on_duty_is_a_doubt_and_no_obstacle(terminal: Terminal) -> None:
    terminal.environ |= {"HOTLINE_SECRET_KEY": "hush", "HOTLINE_DATA_KEY": new_data_key()}

    duty = looked(terminal, 0)["duty"]

    assert duty["state"] == "doubtful"
    assert "hotline who" in duty["advice"]


def test_all_is_well_where_everything_runs(ready: Terminal, database_url: str) -> None:
    with running(ready, database_url, says("200 OK")):
        found = looked(ready, 0)

    assert found["carrier"]["state"] == "good"
    assert found["clock"]["state"] == "good"
    assert found["public address"]["told"].endswith("is no https address.")


@pytest.mark.parametrize(
    ("variable", "value", "part"),
    [
        ("HOTLINE_DATA_KEY", "short", "environment"),
        ("HOTLINE_SECRET_KEY", "", "environment"),
        ("TWILIO_AUTH_TOKEN", "", "environment"),
        ("HOTLINE_DATABASE_URL", "sqlite:////nowhere/at/all/hotline.db", "database"),
        ("HOTLINE_CONFIG", "/nowhere/config.toml", "config"),
    ],
)
def test_what_is_lacking_is_named(
    ready: Terminal, database_url: str, variable: str, value: str, part: str
) -> None:
    with running(ready, database_url, says("200 OK")):
        ready.environ[variable] = value
        found = looked(ready, 1)

    assert found[part]["state"] == "bad"
    assert found[part]["advice"]


def test_nothing_that_answers_is_found_out(ready: Terminal) -> None:
    found = looked(ready, 1)

    assert found["carrier"]["state"] == found["public address"]["state"] == "bad"


def test_credentials_that_are_refused_are_found_out(ready: Terminal, database_url: str) -> None:
    with running(ready, database_url, says("401 Unauthorized")):
        found = looked(ready, 1)

    assert "TWILIO_AUTH_TOKEN" in found["carrier"]["advice"]


def test_a_clock_that_is_off_is_found_out(ready: Terminal, database_url: str) -> None:
    past = "Sat, 28 Nov 2020 10:00:00 GMT"
    with running(ready, database_url, says("200 OK", Date=past)):
        found = looked(ready, 1)

    assert found["clock"]["state"] == "bad"


def test_another_token_or_address_at_the_server_is_found_out(
    ready: Terminal, database_url: str
) -> None:
    with running(ready, database_url, says("200 OK")):
        ready.environ["TWILIO_AUTH_TOKEN"] = "another"
        found = looked(ready, 1)

    assert "HOTLINE_PUBLIC_URL must be" in found["public address"]["advice"]


def test_a_stranger_at_the_public_address_is_found_out(ready: Terminal, database_url: str) -> None:
    with running(ready, database_url, says("200 OK")), served(says("200 OK")) as stranger:
        ready.environ["HOTLINE_PUBLIC_URL"] = stranger
        found = looked(ready, 1)

    assert found["public address"]["state"] == "bad"


@pytest.mark.parametrize(("hours", "state"), [(None, "doubtful"), (49, "good"), (51, "doubtful")])
def test_it_says_when_old_data_were_last_forgotten(
    terminal: Terminal, database_url: str, hours: int | None, state: str
) -> None:
    terminal.environ |= {"HOTLINE_SECRET_KEY": "hush", "HOTLINE_DATA_KEY": new_data_key()}
    _done(terminal, database_url, PURGE, hours)

    assert looked(terminal, 0)["purge"]["state"] == state


@pytest.mark.parametrize(("hours", "state"), [(None, "doubtful"), (5, "good"), (7, "doubtful")])
def test_it_asks_for_a_backup_as_often_as_the_site_wants_one(
    terminal: Terminal, database_url: str, tmp_path: Path, hours: int | None, state: str
) -> None:
    terminal.environ |= {"HOTLINE_SECRET_KEY": "hush", "HOTLINE_DATA_KEY": new_data_key()}
    _done(terminal, database_url, BACKUP, hours)
    assert "backup" not in looked(terminal, 0)

    wanted = SITE.read_text(encoding="utf-8").replace(
        "[answering]", "[backups]\nevery_hours = 6.0\n\n[answering]"
    )
    (tmp_path / "wanted.toml").write_text(wanted, encoding="utf-8")
    terminal.environ["HOTLINE_CONFIG"] = str(tmp_path / "wanted.toml")

    assert looked(terminal, 0)["backup"]["state"] == state


def _done(terminal: Terminal, database_url: str, what: str, hours: int | None) -> None:
    store = Store(database_url)
    with store.writing() as db:
        if hours is not None:
            note_upkeep(db, what, terminal.now - timedelta(hours=hours))
    store.close()


def test_it_takes_no_argument(terminal: Terminal) -> None:
    assert "doctor" in terminal.is_refused("doctor", "please")

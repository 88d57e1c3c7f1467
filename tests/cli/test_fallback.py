"""`hotline fallback`: writing, checking, and the key that checks."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hotline.cli.context import Surroundings
from hotline.practice import StoppedClock
from hotline.store.migrate import migrate
from tests import make
from webhooks.main import commands

CONFIG = Path(__file__).parent / "site.toml"
NOON = make.utc("2026-11-24 12:20")


class Desk:
    """A shell with a database and secrets."""

    def __init__(self, folder: Path) -> None:
        self.clock = StoppedClock(NOON)
        self.folder = folder / "out"
        self.environ = {
            "HOTLINE_DATABASE_URL": f"sqlite:///{folder}/hotline.db",
            "HOTLINE_SECRET_KEY": "a secret",
            "HOTLINE_PUBLIC_URL": "https://hotline.example",
        }
        migrate(self.environ["HOTLINE_DATABASE_URL"])

    def types(self, *words: str) -> Result:
        """A command of `hotline fallback`."""
        asked = ["--config", str(CONFIG), "fallback", *words]
        return CliRunner().invoke(commands, asked, obj=Surroundings(self.environ, self.clock))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_export_covers_48_hours_of_every_line_and_check_agrees(desk: Desk) -> None:
    written = desk.types("export", str(desk.folder), "--json")
    checked = desk.types("check", str(desk.folder), "--json")

    told = json.loads(written.stdout)
    assert told["from"] == "2026-11-24T12:00:00+00:00"
    assert told["to"] == "2026-11-26T12:00:00+00:00"
    for line in desk.folder.iterdir():
        if line.is_dir():
            assert len(list(line.glob("2026-*.xml"))) == 48
    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["problems"] == []


def test_a_new_export_drops_the_hours_that_are_over(desk: Desk) -> None:
    desk.types("export", str(desk.folder))
    desk.clock.set(make.utc("2026-11-24 15:00"))
    written = desk.types("export", str(desk.folder))

    assert "good until 2026-11-26 15:00 UTC" in written.stdout
    assert not list(desk.folder.glob("*/2026-11-24T12.xml"))
    assert desk.types("check", str(desk.folder)).exit_code == 0


def test_check_says_what_was_changed_added_and_lost(desk: Desk) -> None:
    desk.types("export", str(desk.folder))
    line = next(path for path in desk.folder.iterdir() if path.is_dir())
    (line / "always.xml").write_text("<Response/>", encoding="ascii")
    (line / "retry.xml").unlink()
    (line / "more.xml").write_text("<Response/>", encoding="ascii")

    said = desk.types("check", str(desk.folder))

    assert said.exit_code == 1
    assert f"{line.name}/always.xml is not as it was written." in said.stdout
    assert f"{line.name}/retry.xml is not as it was written." in said.stdout
    assert f"{line.name}/more.xml is none of ours." in said.stdout


def test_check_says_that_the_hours_have_run_out(desk: Desk) -> None:
    desk.types("export", str(desk.folder))
    desk.clock.set(make.utc("2026-11-26 12:00"))

    said = desk.types("check", str(desk.folder))

    assert said.exit_code == 1
    assert "has no document for this hour; export again." in said.stdout


def test_another_secret_did_not_sign_it_and_the_public_key_tells(
    desk: Desk, tmp_path: Path
) -> None:
    desk.types("export", str(desk.folder))
    pem = tmp_path / "key.pem"
    pem.write_text(desk.types("key").stdout, encoding="ascii")
    desk.environ["HOTLINE_SECRET_KEY"] = "another"

    assert "is not signed by our key" in desk.types("check", str(desk.folder)).stdout
    assert desk.types("check", str(desk.folder), "--key", str(pem)).exit_code == 0


def test_an_empty_folder_is_no_export(desk: Desk, tmp_path: Path) -> None:
    said = desk.types("check", str(tmp_path))

    assert said.exit_code == 1
    assert "There is no export in" in said.stdout


@pytest.mark.parametrize("pem", ["nonsense", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END"])
def test_a_file_that_holds_no_key_is_refused(desk: Desk, tmp_path: Path, pem: str) -> None:
    (tmp_path / "key.pem").write_text(pem, encoding="ascii")

    said = desk.types("check", str(desk.folder), "--key", str(tmp_path / "key.pem"))

    assert said.exit_code == 2
    assert said.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["HOTLINE_SECRET_KEY", "HOTLINE_PUBLIC_URL"])
def test_what_is_missing_for_an_export_is_named(desk: Desk, name: str) -> None:
    del desk.environ[name]

    said = desk.types("export", str(desk.folder))

    assert said.exit_code == 2
    assert name in said.stderr
    assert not desk.folder.exists()


def test_a_folder_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")

    said = desk.types("export", str(tmp_path / "file" / "below"))

    assert said.exit_code == 2
    assert "cannot be written" in said.stderr

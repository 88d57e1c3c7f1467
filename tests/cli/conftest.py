"""The `hotline` command as a person types it, on a small site of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hotline.cli import commands
from hotline.cli.context import Surroundings
from hotline.store import Store
from tests import make

SITE = Path(__file__).parent / "site.toml"
FRIDAY = make.utc("2026-11-20 08:00")


@dataclass
class Terminal:
    """Types commands; the database and the configuration are those of the test."""

    environ: dict[str, str]
    now: datetime

    def types(self, *words: str, reads: str = "") -> Result:
        """What the command said and its exit code; a crash fails the test. reads: from stdin."""
        around = Surroundings(self.environ, lambda: self.now)
        result = CliRunner().invoke(commands, [*words], obj=around, input=reads)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def prints(self, *words: str, reads: str = "") -> str:
        """The output of a command that must succeed."""
        result = self.types(*words, reads=reads)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def json(self, *words: str) -> Any:
        """The document of a command that must succeed."""
        return json.loads(self.prints(*words, "--json"))

    def is_refused(self, *words: str, reads: str = "") -> str:
        """The one line on stderr of a command that must be refused, and nothing else."""
        result = self.types(*words, reads=reads)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1, result.stderr
        return result.stderr.rstrip("\n")


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """SQLite alone: queries are tried on both databases in tests/hotline."""
    file = tmp_path / "hotline.db"
    file.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{file}"


@pytest.fixture
def terminal(database_url: str) -> Terminal:
    """A terminal on a migrated, empty database, on a Friday at 16:00 in Shanghai."""
    environ = {"HOTLINE_DATABASE_URL": database_url, "HOTLINE_CONFIG": str(SITE)}
    return Terminal(environ, FRIDAY)


@pytest.fixture
def hire(database_url: str) -> Callable[[str], make.Hired]:
    """Adds a volunteer of the night desk, who can always."""

    def hire(name: str) -> make.Hired:
        store = Store(database_url)
        try:
            return make.hire(store, name, desks="night", certificates={"crisis": make.LONG_AFTER})
        finally:
            store.close()

    return hire

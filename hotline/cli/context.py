"""What every command starts from: the configuration, the database, the clock."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import click

from hotline.cli.refusing import unknown
from hotline.config import secrets_from, settings_from
from hotline.config.settings import Desk, Line, Secrets, Settings
from hotline.errors import HotlineError
from hotline.parts import Parts
from hotline.ports import Clock, system_clock
from hotline.store import Store
from hotline.store.migrate import refuse_other_shapes

DEFAULT_CONFIG: Final = "config.toml"
DEFAULT_DATABASE: Final = "sqlite:///var/hotline.db"  # below the folder a command is started in


@dataclass(frozen=True)
class Surroundings:
    """What the process was started with. config: what --config named, if it was given."""

    environ: Mapping[str, str] = field(default_factory=dict)
    clock: Clock = system_clock
    config: Path | None = None

    def with_config(self, path: Path | None) -> "Surroundings":
        """The same with --config as given; without it HOTLINE_CONFIG, else config.toml here."""
        named = self.environ.get("HOTLINE_CONFIG", "").strip()
        return replace(self, config=path or Path(named or DEFAULT_CONFIG))

    def settings(self) -> Settings:
        """The settings. Raises ConfigError."""
        assert self.config is not None
        return settings_from(self.config)

    def secrets(self) -> Secrets:
        """What the environment holds, with the database by default below this folder."""
        found = secrets_from(self.environ)
        return replace(found, database_url=found.database_url or DEFAULT_DATABASE)

    @contextmanager
    def parts(self) -> Iterator[Parts]:
        """Everything a command works on; refuses a database that is not migrated."""
        settings, secrets = self.settings(), self.secrets()
        refuse_other_shapes(secrets.database_url)
        store = Store(secrets.database_url)
        try:
            yield Parts(settings, secrets, store, self.clock)
        finally:
            store.close()


pass_surroundings = click.make_pass_decorator(Surroundings)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
desk_option = partial(click.option, "--desk", "desks", multiple=True, metavar="DESK")
week_option = click.option(
    "--week", "week", required=True, metavar="WEEK", help="An ISO week, like 2026-W48."
)


def desk_named(settings: Settings, name: str) -> Desk:
    """The desk of that name. Raises HotlineError with the nearest."""
    desk = settings.desk(name)
    if desk is None:
        raise unknown("desk", name, [each.name for each in settings.desks])
    return desk


def line_named(settings: Settings, name: str) -> Line:
    """The line of that name. Raises HotlineError with the nearest."""
    line = settings.line(name)
    if line is None:
        raise unknown("line", name, [each.name for each in settings.lines])
    return line


def day_written(text: str) -> date:
    """The date that "2026-11-24" names. Raises HotlineError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HotlineError(f"{text!r} is no date; write it like 2026-11-24.") from None

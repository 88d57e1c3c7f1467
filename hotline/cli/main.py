"""The `hotline` command, and what stands at the top of it."""

from importlib import import_module
from pathlib import Path
from typing import Final

import click

from hotline.cli.calls.alarms import alarms
from hotline.cli.calls.caller import caller
from hotline.cli.calls.messages import messages
from hotline.cli.calls.promises import callbacks
from hotline.cli.calls.report import report
from hotline.cli.calls.talks import forms, talks
from hotline.cli.context import Surroundings
from hotline.cli.data.backups import backup, restore
from hotline.cli.data.database import init, migrate
from hotline.cli.data.erase import erase
from hotline.cli.data.purge import purge
from hotline.cli.data.trail import trail
from hotline.cli.demand.coverage import show_coverage
from hotline.cli.duty.absence import absence
from hotline.cli.duty.audit import audit
from hotline.cli.duty.handshake import handshake
from hotline.cli.duty.override import override
from hotline.cli.duty.standin import standin
from hotline.cli.duty.swap import swap
from hotline.cli.duty.who import who
from hotline.cli.people import people
from hotline.cli.refusing import Commands
from hotline.cli.users import user

LATER: Final = {"demand": "hotline.cli.demand.commands", "roster": "hotline.cli.rosters.roster"}


class Top(Commands):
    """The top. What forecasts and solves is loaded when it is asked for: web processes never do."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """By name."""
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """As click does; the module that `LATER` names holds the command."""
        if cmd_name in LATER and cmd_name not in self.commands:
            self.add_command(getattr(import_module(LATER[cmd_name]), cmd_name))
        return super().get_command(ctx, cmd_name)


@click.group(cls=Top, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration; else HOTLINE_CONFIG, else config.toml in this folder.",
)
@click.pass_context
def commands(ctx: click.Context, config: Path | None) -> None:
    """Answer callers by the published roster."""
    ctx.obj = (ctx.obj or Surroundings()).with_config(config)


TOP = (
    init,
    migrate,
    people,
    absence,
    override,
    handshake,
    standin,
    swap,
    show_coverage,
    report,
    who,
    audit,
    caller,
    callbacks,
    messages,
    alarms,
    talks,
    forms,
    user,
    trail,
    purge,
    erase,
    backup,
    restore,
)
for command in TOP:
    commands.add_command(command)

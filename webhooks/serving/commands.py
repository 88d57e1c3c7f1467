"""The commands that serve HTTP: the demo, and the hotline itself."""

import logging
import secrets as randomness
import signal
import sys
from contextlib import ExitStack
from dataclasses import replace
from threading import Event

import click
from rich.console import Console

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, print_json
from hotline.cli.times import instant_written
from hotline.config import missing_for
from hotline.config.settings import CarrierKind
from hotline.config.tables.drills import Drills
from hotline.errors import HotlineError
from hotline.oversight.drills import Drill
from hotline.parts import Parts
from hotline.privacy import new_data_key, privacy_of
from hotline.store.sending.drills import last_drill

log = logging.getLogger(__name__)


@click.command()
@click.option("--once", is_flag=True, help="Play one evening and night fast, and end.")
@click.option("--transcripts", is_flag=True, help="With --once: what each caller heard and did.")
@click.option(
    "--calls-a-day",
    default=240.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True, max=20_000),
    help="With --once: how busy the lines are.",
)
@click.option("--seed", default=1, show_default=True, help="Other callers with another number.")
@pass_surroundings
def demo(
    surroundings: Surroundings, once: bool, transcripts: bool, calls_a_day: float, seed: int
) -> None:
    """Run the sample site on the practice carrier: no account, nothing left behind.

    --once ends with exit code 1 if any call was stranded or anybody double-booked.
    """
    from webhooks.demo.live import play_live
    from webhooks.demo.once import Night, play_once

    settings = surroundings.settings()
    out = Console(width=None if sys.stdout.isatty() else 110)
    if once:
        found = play_once(settings, Night(calls_a_day, seed, transcripts), out)
        sys.exit(0 if found.sound else 1)
    play_live(settings, seed, out, _interrupted())


@click.command()
@click.option("--at", "when", metavar="INSTANT", help="Like 2026-11-24T03:10; else now.")
@click.option("--callers", type=click.IntRange(1, 20), help="Of each line; else as configured.")
@click.option("--phones-off", type=click.IntRange(0), help="Telephones that ring in vain.")
@click.option("--volunteers", is_flag=True, help="Also ring those on duty now who agreed to it.")
@click.option("--last", is_flag=True, help="Play nothing: what came of the last one.")
@json_option
@pass_surroundings
def drill(
    surroundings: Surroundings,
    when: str | None,
    callers: int | None,
    phones_off: int | None,
    volunteers: bool,
    last: bool,
    as_json: bool,
) -> None:
    """Play practice callers through the live configuration and rosters, on a copy of the site.

    No telephone rings unless --volunteers is given; no call is counted. Exit code 1 if anybody was
    let down.
    """
    from webhooks.played.drilled import drill_document, play_and_report, show_drill

    if when and volunteers:
        raise HotlineError("Volunteers are rung now or not at all: leave out --at or --volunteers.")
    with surroundings.parts() as parts:
        wanted = parts.settings.drills or Drills()
        wanted = replace(
            wanted,
            callers=wanted.callers if callers is None else callers,
            phones_off=wanted.phones_off if phones_off is None else phones_off,
            volunteers=volunteers,
        )
        at = instant_written(when, parts.settings.site.zone).at if when else None
        played = _last_drill(parts) if last else play_and_report(parts, wanted, at)
        if as_json:
            print_json(drill_document(played))
        else:
            show_drill(console(), played, parts.settings)
    sys.exit(0 if played.sound else 1)


def _last_drill(parts: Parts) -> Drill:
    with parts.store.reading() as db:
        found = last_drill(db)
    if found is None:
        raise HotlineError("No drill was played yet.")
    return found[1]


@click.command()
@pass_surroundings
def serve(surroundings: Surroundings) -> None:
    """Answer calls: web server and worker in one process, for a small site."""
    from webhooks.serving.running import in_agreement, working
    from webhooks.serving.running import serve as answer

    with ExitStack() as running:
        parts = in_agreement(_ready(surroundings, running))
        answer(parts, running.enter_context(working(parts)))


@click.command()
@pass_surroundings
def web(surroundings: Surroundings) -> None:
    """Answer the carrier and people; needs a worker beside it."""
    from webhooks.serving.running import serve_web

    with ExitStack() as running:
        serve_web(_ready(surroundings, running))


@click.command()
@pass_surroundings
def worker(surroundings: Surroundings) -> None:
    """Send orders to the carrier and run the timed jobs."""
    from webhooks.serving.running import in_agreement, working

    interrupted = _interrupted()  # who is sent home while still beginning ends as well as others
    with ExitStack() as running:
        parts = in_agreement(_ready(surroundings, running))
        running.enter_context(working(parts))
        log.info("at work")
        interrupted.wait()


@click.command()
def keys() -> None:
    """Print fresh secrets for a new site, to put into its environment."""
    click.echo(f"HOTLINE_SECRET_KEY={randomness.token_hex(32)}")
    click.echo(f"HOTLINE_DATA_KEY={new_data_key()}")


def _ready(surroundings: Surroundings, running: ExitStack) -> Parts:
    """The parts of a hotline that can answer calls; HotlineError says what is missing."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("twilio.http_client").setLevel(logging.WARNING)  # it logs telephone numbers
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it logs a line for each firing
    parts = running.enter_context(surroundings.parts())
    if parts.settings.carrier.kind is CarrierKind.PRACTICE:
        raise HotlineError(
            'config.toml says carrier.kind = "practice", which calls nobody: set it to "twilio" '
            "and give the credentials in the environment, or run `hotline demo`."
        )
    missing = missing_for(parts.settings.carrier.kind, parts.secrets)
    if missing:
        raise HotlineError(
            f"The environment lacks {', '.join(missing)}. `hotline keys` prints fresh keys."
        )
    privacy_of(parts.secrets)
    return parts


def _interrupted() -> Event:
    """Set by Ctrl-C and by a service manager's request to end."""
    event = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: event.set())
    return event

"""A hotline at work in one process: web server, worker, or both."""

import gc
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Event
from time import monotonic, sleep
from typing import Final

from waitress.server import create_server

from hotline.agreed_clock import AgreedClock
from hotline.calls.ringing.mover import mover
from hotline.calls.ringing.posting import Postmen
from hotline.calls.ringing.sending import Sender
from hotline.config.settings import Server
from hotline.dispatching import Dispatcher
from hotline.jobs import start_jobs
from hotline.notices.sending import Courier, send_notices
from hotline.parts import Parts
from hotline.planning.working import Planner, work_off
from hotline.privacy import Privacy
from hotline.store.clock import shared_clock
from webhooks.app import create_app
from webhooks.carrier import TwilioCarrier
from webhooks.played.drilling import play_drill
from webhooks.serving.exporting import writer_of
from webhooks.serving.notifying import OutsideNotifier

log = logging.getLogger(__name__)

NOTICE_THREADS: Final = 2  # apart from the orders: a slow chat server delays no call
NOTICE_NAP: Final = 1.0  # seconds
PLANNING_NAP: Final = 0.5  # seconds; somebody looks at the bar meanwhile
MOVER_NAP: Final = 5.0  # seconds; whoever answers pokes it
LONGEST_REST: Final = 0.5  # seconds; with hundreds of callers waiting a look takes a while
# Seconds after which a thread that computes lets others in. An answer steps aside at each of its
# statements, and then waits so long for the mover: Python's own 5 ms were felt ten times over.
TURNS: Final = 0.0005


@contextmanager
def working(parts: Parts) -> Iterator[Dispatcher]:
    """Orders are sent and timed jobs run, until the end of the block."""
    carrier = TwilioCarrier(parts.settings.carrier, parts.secrets)
    privacy = Privacy(parts.secrets)
    writer = writer_of(parts.secrets)
    drill = partial(play_drill, parts)
    sender = Sender(parts.store, parts.settings, privacy, parts.clock, carrier, writer, drill)
    courier = Courier(parts.store, parts.settings, privacy, parts.clock, OutsideNotifier(carrier))
    postmen = Postmen(sender)
    leaving = Event()
    planner = Planner(parts.store, parts.settings, parts.clock, leaving.is_set)
    planning = Dispatcher(lambda: work_off(planner), nap=PLANNING_NAP)
    dispatcher = Dispatcher(postmen.hand_out)
    notices = Dispatcher(lambda: send_notices(courier), NOTICE_THREADS, NOTICE_NAP)
    dispatcher.start()
    notices.start()
    planning.start()
    jobs = start_jobs(sender)
    try:
        yield dispatcher
    finally:
        leaving.set()
        jobs.shutdown()
        dispatcher.stop()
        postmen.stop()
        notices.stop()
        planning.stop()


def watched(parts: Parts, dispatcher: Dispatcher | None = None) -> Callable[[], None]:
    """What an application tells of each commit: calls are moved on in a thread of this process.

    dispatcher: of this process, if any: it is told of the orders that come of it.
    """
    moving = _moving(parts, dispatcher)
    moving.start()
    return moving.poke


@contextmanager
def watching(parts: Parts, dispatcher: Dispatcher | None = None) -> Iterator[Callable[[], None]]:
    """The same until the block ends: for what goes on after it, without this database."""
    moving = _moving(parts, dispatcher)
    moving.start()
    try:
        yield moving.poke
    finally:
        moving.stop()


def _moving(parts: Parts, dispatcher: Dispatcher | None) -> Dispatcher:
    sys.setswitchinterval(TURNS)
    move = mover(parts, Privacy(parts.secrets))

    def work() -> int:
        began = monotonic()
        move()
        if dispatcher:
            dispatcher.poke()
        sleep(min(2 * (monotonic() - began), LONGEST_REST))  # callers' answers come first
        return 0

    return Dispatcher(work, nap=MOVER_NAP)


def settle_in() -> None:
    """Have what the program is made of searched for garbage no more.

    It took a fifth of a second, once in a few hundred answers, of all that were under way.
    """
    gc.collect()
    gc.freeze()


def in_agreement(parts: Parts) -> Parts:
    """The same, going by the time that all processes on the database share."""
    clock = AgreedClock(shared_clock(parts.store, parts.clock), parts.clock)
    clock.keep_agreeing()
    return replace(parts, clock=clock)


def serve_web(parts: Parts) -> None:
    """Answer the carrier and people by the server that is configured, until interrupted."""
    if parts.settings.serving.server is Server.GUNICORN:
        from webhooks.serving.processes import serve_in_processes  # Unix only, and 0.1 s

        serve_in_processes(parts)
    else:
        serve(in_agreement(parts))


def serve(parts: Parts, dispatcher: Dispatcher | None = None) -> None:
    """Answer the carrier and people until interrupted. dispatcher: of this process, if any."""
    serving = parts.settings.serving
    app = create_app(parts, watched(parts, dispatcher))
    settle_in()
    server = create_server(
        app,
        host=serving.host,
        port=serving.port,
        threads=serving.threads,
        clear_untrusted_proxy_headers=False,  # by them the pages know a browser of elsewhere
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # a service manager's way to end us
    log.info("listening on %s:%s", serving.host, server.effective_port)
    server.run()

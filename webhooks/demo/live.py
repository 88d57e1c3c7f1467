"""The sample site live on loopback: calls arrive, and a page shows what becomes of them."""

import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from secrets import token_urlsafe
from threading import Event
from typing import Final

from rich.console import Console

from hotline.config.settings import Settings
from hotline.parts import Parts
from hotline.ports import system_clock
from hotline.practice import Addresses, HttpTransport, LiveDriver, PracticeCarrier
from hotline.samples.arrivals import hour_of_week
from webhooks.app import create_app
from webhooks.demo.accounts import people_of_the_pages
from webhooks.demo.parties import Manner, caller, connect_partners, connect_phones
from webhooks.demo.site import sample_site, staff
from webhooks.played.stage import HOST, account_of, served
from webhooks.serving.running import watching, working

CALLS_A_DAY: Final = 3000.0  # 50 times a busy line's, so that there is something to see
MANNER: Final = Manner(talk=timedelta(seconds=80), patience=timedelta(minutes=2))
LONGEST_PAUSE: Final = 90.0  # seconds without a new caller, at most


def play_live(settings: Settings, seed: int, out: Console, until: Event) -> None:
    """Run until `until` is set. Prints the address of the page."""
    ours = _listening(settings.serving.port)
    public_url = f"http://{HOST}:{ours.getsockname()[1]}"
    with ours, sample_site(settings, public_url, system_clock) as parts:
        staff(parts, out.print)
        password = token_urlsafe(9)
        logins = people_of_the_pages(parts, password)
        chance = random.Random(seed)
        with _carrier(parts, ours) as carrier:
            connect_phones(parts.store, carrier.phone, chance)
            connect_partners(settings, carrier.phone)
            out.print(
                f"\nCalls arrive about {CALLS_A_DAY / 60:.0f} times as often as on a line with 60 "
                f"a day, and talks are short.\nThe pages: {public_url}/   (Ctrl-C ends)\n"
                f"Sign in as {', '.join(logins)}; the password of all: {password}"
            )
            _callers(carrier, settings, chance, until)


@contextmanager
def _carrier(parts: Parts, ours: socket.socket) -> Iterator[PracticeCarrier]:
    """Web pages, worker and practice carrier, all running."""
    with ExitStack() as running:
        url = parts.secrets.public_url
        transport = HttpTransport(url, url)
        addresses = Addresses.below(url)
        carrier = PracticeCarrier(parts.clock, transport, account_of(parts), addresses)
        rest = running.enter_context(served(carrier.rest_app))
        with_rest = replace(parts, secrets=replace(parts.secrets, api_base=rest))
        dispatcher = running.enter_context(working(with_rest))
        threads = parts.settings.serving.threads
        sent = running.enter_context(watching(parts, dispatcher))
        running.enter_context(served(create_app(parts, sent), threads, ours))
        driver = LiveDriver(carrier)
        driver.start()
        running.callback(driver.stop)
        yield carrier


def _callers(
    carrier: PracticeCarrier, settings: Settings, chance: random.Random, until: Event
) -> None:
    """Somebody dials now and then, after the hour of the week."""
    while True:
        now = system_clock()
        carrier.dial(caller(settings, now, MANNER, chance))
        there = now.astimezone(settings.site.zone)
        a_second = hour_of_week()[there.weekday(), there.hour] * 7 * CALLS_A_DAY / 3600
        if until.wait(min(chance.expovariate(a_second), LONGEST_PAUSE)):
            return


def _listening(port: int) -> socket.socket:
    """On this port, or on any where it is taken; at once, for staffing the site takes a while."""
    try:
        return socket.create_server((HOST, port))
    except OSError:
        return socket.create_server((HOST, 0))

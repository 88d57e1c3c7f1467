"""Is this hotline ready to answer? Each part is looked at, and what to do is said."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import requests

from hotline.cli.context import Surroundings
from hotline.config import missing_for
from hotline.config.settings import CarrierKind, Secrets, Settings
from hotline.duty import on_duty
from hotline.errors import HotlineError
from hotline.practice.signing import SIGNATURE_HEADER, signature
from hotline.privacy import privacy_of
from hotline.store import Store
from hotline.store.clock import shared_clock
from hotline.store.duty.rosters import rota_at
from hotline.store.migrate import refuse_other_shapes
from hotline.store.upkeep.upkeep import BACKUP, PURGE, last_upkeep

PATIENCE: Final = 5  # seconds for each request
TWILIO: Final = "https://api.twilio.com"
OFF_BY: Final = timedelta(seconds=5)
LEAST_FREE: Final = 1 << 30  # bytes
PURGED_WITHIN: Final = timedelta(hours=50)  # a night may be missed
FALLBACK: Final = "/voice/fallback"


class State(StrEnum):
    """How a part is."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. advice: what to do about it, where something is to be done."""

    part: str
    state: State
    told: str
    advice: str = ""


def findings(surroundings: Surroundings) -> Iterator[Finding]:
    """Everything, one after the other; what cannot be looked at without the rest is left out."""
    try:
        settings = surroundings.settings()
    except HotlineError as error:
        yield Finding(
            "config", State.BAD, str(error), "Mend the file; docs/config.md has each key."
        )
        return
    secrets = surroundings.secrets()
    yield Finding("config", State.GOOD, f"{surroundings.config} can be used.")
    yield from _environment(settings, secrets)
    yield from _database(surroundings, settings, secrets)
    if settings.carrier.kind is CarrierKind.PRACTICE:
        yield Finding("carrier", State.SKIPPED, "The practice carrier calls nobody.")
        return
    yield from _carrier(settings, secrets, surroundings.clock)
    yield from _public_address(secrets)


def _environment(settings: Settings, secrets: Secrets) -> Iterator[Finding]:
    missing = missing_for(settings.carrier.kind, secrets)
    if missing:
        lacks = f"The environment lacks {', '.join(missing)}."
        yield Finding("environment", State.BAD, lacks, "`hotline keys` prints fresh keys.")
        return
    try:
        privacy_of(secrets)
    except HotlineError as error:
        yield Finding("environment", State.BAD, str(error), "Take the key from your safe copy.")
        return
    yield Finding("environment", State.GOOD, "All that is needed is set.")
    if secrets.second_token:
        told = "TWILIO_AUTH_TOKEN_SECOND is set: tokens are being rotated."
        yield Finding("environment", State.DOUBTFUL, told, "Take it away when that is over.")


def _database(
    surroundings: Surroundings, settings: Settings, secrets: Secrets
) -> Iterator[Finding]:
    try:
        refuse_other_shapes(secrets.database_url)
    except HotlineError as error:
        advice = "`hotline init` creates it, `hotline migrate` brings it up to date."
        yield Finding("database", State.BAD, str(error), advice)
        return
    store = Store(secrets.database_url)
    try:
        with store.writing():
            yield Finding("database", State.GOOD, "It can be written to, and has today's shape.")
        yield from _room(secrets.database_url)
        yield _clock(shared_clock(store, surroundings.clock)(), surroundings.clock(), "database")
        yield from _duty(store, settings, surroundings.clock())
        yield from _upkeep(store, settings, surroundings.clock())
    finally:
        store.close()


def _upkeep(store: Store, settings: Settings, now: datetime) -> Iterator[Finding]:
    """When data were last forgotten and saved, as far as the site wants to know."""
    with store.reading() as db:
        purged, saved = last_upkeep(db, PURGE), last_upkeep(db, BACKUP)
    if purged is None or purged < now - PURGED_WITHIN:
        told = f"Old data were forgotten {_when(purged)}; the worker does it once a day."
        yield Finding("purge", State.DOUBTFUL, told, "Is a worker running? By hand: hotline purge")
    else:
        yield Finding("purge", State.GOOD, f"Old data were forgotten {_when(purged)}.")
    if settings.backups is None:
        return
    told, hours = f"The last backup was made {_when(saved)}.", settings.backups.every_hours
    if saved is None or saved < now - timedelta(hours=hours):
        advice = (
            f"Have `hotline backup FILE` run every {hours:g} hours, and keep the file elsewhere."
        )
        yield Finding("backup", State.DOUBTFUL, told, advice)
    else:
        yield Finding("backup", State.GOOD, told)


def _when(at: datetime | None) -> str:
    return "never yet" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"


def _room(url: str) -> Iterator[Finding]:
    if url.startswith("sqlite"):
        folder = Path(url.removeprefix("sqlite:///")).parent
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            told = f"{free >> 20} MiB are free beside the database."
            yield Finding("disk", State.DOUBTFUL, told, "Make room: a full disk ends in apologies.")


def _clock(theirs: datetime, ours: datetime, whose: str) -> Finding:
    off = abs(theirs - ours)
    if off <= OFF_BY:
        return Finding("clock", State.GOOD, f"It agrees with the {whose}'s.")
    told = f"It differs by {off.total_seconds():.0f} s from the {whose}'s."
    return Finding("clock", State.BAD, told, "Let the machine keep time (NTP); shifts hang on it.")


def _duty(store: Store, settings: Settings, now: datetime) -> Iterator[Finding]:
    with store.reading() as db:
        rota = rota_at(db, now)
    empty = [line.name for line in settings.lines if not on_duty(rota, line, settings, now).staffed]
    if empty:
        told = f"Nobody is on duty now for {', '.join(empty)}."
        advice = "`hotline who LINE` says why; callers hear it at once, and choose."
        yield Finding("duty", State.DOUBTFUL, told, advice)
    else:
        yield Finding("duty", State.GOOD, "Somebody is on duty for every line.")


def _carrier(
    settings: Settings, secrets: Secrets, clock: Callable[[], datetime]
) -> Iterator[Finding]:
    base = secrets.api_base or settings.carrier.api_base or TWILIO
    where = f"{base}/2010-04-01/Accounts/{secrets.account_sid}.json"
    try:
        answer = requests.get(
            where, auth=(secrets.account_sid, secrets.auth_token), timeout=PATIENCE
        )
    except requests.RequestException as error:
        told = f"{base} is out of reach ({type(error).__name__})."
        yield Finding("carrier", State.BAD, told, "Look at network, firewall and `api_base`.")
        return
    if answer.status_code in (401, 403, 404):
        told = f"It does not know these credentials ({answer.status_code})."
        advice = "Compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN with the account's page."
        yield Finding("carrier", State.BAD, told, advice)
        return
    state = State.GOOD if answer.ok else State.DOUBTFUL
    yield Finding("carrier", state, f"It answers ({answer.status_code}).")
    if date := answer.headers.get("Date"):
        yield _clock(parsedate_to_datetime(date), clock(), "carrier")


def _public_address(secrets: Secrets) -> Iterator[Finding]:
    """What the carrier meets there: a request of nobody is refused, one of its own is answered."""
    url = f"{secrets.public_url}{FALLBACK}"
    if urlsplit(secrets.public_url).scheme != "https":
        told = f"{secrets.public_url} is no https address."
        advice = "Callers' numbers would travel in the open: put a proxy with TLS before it."
        yield Finding("public address", State.DOUBTFUL, told, advice)
    form = {"CallSid": "CA" + "0" * 32, "Direction": "inbound"}
    signed = signature(secrets.auth_token, url, form.items())
    try:
        unsigned = requests.post(url, data=form, timeout=PATIENCE)
        answer = requests.post(url, data=form, headers={SIGNATURE_HEADER: signed}, timeout=PATIENCE)
    except requests.RequestException as error:
        told = f"Nothing answers at {secrets.public_url} ({type(error).__name__})."
        advice = "Start `hotline serve` or `hotline web`, and look at proxy, DNS and certificate."
        yield Finding("public address", State.BAD, told, advice)
        return
    yield _met(unsigned.status_code, answer)


def _met(unsigned: int, answer: requests.Response) -> Finding:
    part = "public address"
    if unsigned != 403:
        told = f"A request that nobody signed is answered {unsigned}, not 403."
        return Finding(part, State.BAD, told, "Something else answers there: look at the proxy.")
    if answer.status_code == 403:
        told = "A request signed as the carrier signs is refused."
        advice = (
            "HOTLINE_PUBLIC_URL must be what the carrier asks; the proxy must leave path, query "
            "and form as they are; the server there must have the same TWILIO_AUTH_TOKEN."
        )
        return Finding(part, State.BAD, told, advice)
    if answer.status_code != 200 or "<Response>" not in answer.text:
        told = f"{FALLBACK} answers {answer.status_code}, without a document."
        return Finding(part, State.BAD, told, "Look into the log of `hotline web`.")
    return Finding(part, State.GOOD, "The carrier is answered there, also by the fallback.")

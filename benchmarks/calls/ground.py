"""A small site on either database, and signed requests straight into its application."""

import io
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Final
from urllib.parse import quote_plus

from psycopg import sql
from sqlalchemy import update

from benchmarks.postgresql import postgres_server
from benchmarks.soak.people import LINE, SHANGHAI, assignment_row, person_row
from hotline.config import settings_from
from hotline.config.settings import Secrets
from hotline.parts import Parts
from hotline.ports import Clock, system_clock
from hotline.practice.signing import SIGNATURE_HEADER, signature
from hotline.practice.wire import WsgiApp
from hotline.privacy import new_data_key
from hotline.rosters.states import RosterState
from hotline.rosters.week import week_of
from hotline.store import Store
from hotline.store.migrate import migrate
from hotline.store.tables import LIVE_LEG, OPEN_CALL, TABLES, RosterRow

SITE: Final = Path(__file__).parent.parent / "soak" / "site.toml"
PUBLIC_URL: Final = "https://hotline.example"
FORM: Final = "application/x-www-form-urlencoded"
PEOPLE: Final = 20
LONG: Final = 100  # characters of a word
DATABASES: Final = ("sqlite", "postgresql")
Fields = Sequence[tuple[str, str]]


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of an empty, migrated database of `kind`, gone afterwards."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="calls-") as folder:
            url = f"sqlite:///{folder}/hotline.db"
            migrate(url)
            yield url
        return
    with postgres_server() as server:
        server.administer(sql.SQL("create database calls"))
        migrate(server.url("calls"))
        yield server.url("calls")


@contextmanager
def site(url: str, clock: Clock = system_clock) -> Iterator[Parts]:
    """A staffed site on an empty database: twenty people on duty on one line."""
    store = Store(url)
    _staff(store, clock())
    secrets = Secrets(
        secret_key=token_hex(32),
        data_key=new_data_key(),
        account_sid=f"AC{token_hex(16)}",
        auth_token=token_hex(16),
        database_url=url,
        public_url=PUBLIC_URL,
    )
    try:
        yield Parts(settings_from(SITE), secrets, store, clock)
    finally:
        store.close()


def _staff(store: Store, now: datetime) -> None:
    week = str(week_of(now, SHANGHAI))
    with store.writing() as db:
        roster = RosterRow(desk="day", week=week, state=RosterState.PUBLISHED, created_at=now)
        people = [person_row(f"v{place:02d}") for place in range(PEOPLE)]
        db.add_all([roster, *people])
        db.flush()
        db.add_all(assignment_row(roster, person, now) for person in people)


def hang_up_all(store: Store, before: datetime) -> None:
    """Whoever came before that instant is gone, and nothing rings for them."""
    call, leg, presence = (TABLES[name] for name in ("call", "leg", "presence"))
    with store.writing() as db:
        gone = update(call).where(OPEN_CALL, call.c.arrived < before)
        db.connection().execute(gone.values(state="closed", outcome="left", ended=before))
        db.connection().execute(update(leg).where(LIVE_LEG).values(state="ended", ended=before))
        db.connection().execute(update(presence).values(leg_id=None, until=None, free_at=before))


@dataclass(frozen=True)
class Asked:
    """One request as a web server hands it over. path: with its query."""

    path: str
    body: bytes
    signature: str
    method: str = "POST"
    content_type: str = FORM

    def environ(self) -> dict[str, Any]:
        """For one use."""
        path, _, query = self.path.partition("?")
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "hotline.example",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": self.content_type,
            "CONTENT_LENGTH": str(len(self.body)),
            f"HTTP_{SIGNATURE_HEADER.upper().replace('-', '_')}": self.signature,
            "HTTP_HOST": "hotline.example",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def signed(parts: Parts, path: str, fields: Fields) -> Asked:
    """A request as the carrier makes it."""
    url = parts.secrets.public_url + path
    sign = signature(parts.secrets.auth_token, url, fields)
    return Asked(path, form_of(fields), sign)


def form_of(fields: Fields) -> bytes:
    """A form as the carrier sends it. Long foreign words are written at once, not by the byte."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in fields).encode()


def _quoted(text: str) -> str:
    if len(text) < LONG or text.isascii():
        return quote_plus(text)
    return f"%{text.encode().hex('%')}"


def rings(parts: Parts, sid: str, number: str = "+8613912345678") -> Asked:
    """A caller dials, told as fully as Twilio tells it."""
    return signed(parts, "/voice/incoming", ringing(parts, sid, number))


def ringing(parts: Parts, sid: str, number: str) -> Fields:
    """The form of a caller's first request."""
    places = ((f"{who}{what}", "") for who in ("From", "To") for what in ("City", "State", "Zip"))
    return (
        ("CallSid", sid),
        ("AccountSid", parts.secrets.account_sid),
        *(("From", number), ("Caller", number), ("To", LINE), ("Called", LINE)),
        *(("CallStatus", "ringing"), ("ApiVersion", "2010-04-01"), ("Direction", "inbound")),
        *(("FromCountry", "CN"), ("ToCountry", "CN")),
        *places,
    )


def answer(app: WsgiApp, asked: Asked) -> tuple[int, str, bytes]:
    """Status, content type and body of what an application answers; its errors are raised."""
    started: list[tuple[str, Iterable[tuple[str, str]]]] = []
    chunks = app(asked.environ(), lambda status, headers, *_: started.append((status, headers)))
    body = b"".join(chunks)
    getattr(chunks, "close", lambda: None)()
    status, headers = started[-1]
    kinds = [value for name, value in headers if name.lower() == "content-type"]
    return int(status.split()[0]), "".join(kinds), body

"""The hotline under soak: web hosts, workers, PostgreSQL and the practice carrier, all alive."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Final

from psycopg import sql

from benchmarks.ports import held_port
from benchmarks.postgresql import PostgresServer, postgres_server
from benchmarks.soak.people import staff
from benchmarks.soak.wire import Balanced
from hotline.ports import system_clock
from hotline.practice import Account, Addresses, LiveDriver, PracticeCarrier, RestApp
from hotline.privacy import new_data_key
from hotline.store import Store
from hotline.store.migrate import migrate
from webhooks.played.stage import served

ROOT: Final = Path(__file__).parent.parent.parent
SITE: Final = Path(__file__).parent / "site.toml"
PUBLIC_URL: Final = "http://hotline.soak.invalid"
STALLS: Final = 3.0  # longer than the site's request_seconds
WEBHOOKS_AT_ONCE: Final = 32
SECONDS_TO_START: Final = 300
SECONDS_TO_END: Final = 30
WEBS: Final = 2
WORKERS: Final = 2


@dataclass
class Program:
    """A process of the hotline that can be killed and started again, with a clock of its own."""

    words: tuple[str, ...]
    config: Path
    environ: Mapping[str, str]
    clock: Path
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        options = ["--config", str(self.config), *self.words]
        command = [sys.executable, "-m", "benchmarks.soak.process", str(self.clock), *options]
        dying_with_us = ["setpriv", "--pdeathsig=TERM"] if shutil.which("setpriv") else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [*dying_with_us, *command], env=dict(self.environ), cwd=ROOT, stderr=log
            )

    def kill(self) -> None:
        """As by a power cut: nothing is finished."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(SECONDS_TO_END)

    def kill_a_child(self, place: int) -> None:
        """Kill one of its processes, whatever it is doing."""
        assert self.process is not None
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        children = [int(pid) for pid in listed.read_text(encoding="ascii").split()]
        if children:
            os.kill(children[place % len(children)], signal.SIGKILL)

    def end(self) -> None:
        """As a service manager ends it."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self.kill()

    def set_clock(self, seconds: float) -> None:
        """Have its clock go wrong by so much from now on."""
        passing = self.clock.with_suffix(".new")
        passing.write_text(str(seconds), encoding="ascii")
        passing.replace(self.clock)


@dataclass(frozen=True)
class House:
    """Everything that runs."""

    database: PostgresServer
    store: Store
    carrier: PracticeCarrier
    webs: list[Program] = field(default_factory=list)
    workers: list[Program] = field(default_factory=list)


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """All started and answering; ended in the end. folder: for configuration and logs."""
    with ExitStack() as running:
        ports = [running.enter_context(held_port()) for _ in range(WEBS)]
        database = running.enter_context(postgres_server())
        database.administer(sql.SQL("create database soak"))
        store = Store(database.url("soak"))
        running.callback(store.close)
        migrate(store.url)
        staff(store)
        account = Account(f"AC{token_hex(16)}", token_hex(16), calls_per_second=20)
        transport = Balanced(PUBLIC_URL, [f"http://127.0.0.1:{port}" for port in ports])
        addresses = Addresses.below(PUBLIC_URL)
        carrier = PracticeCarrier(system_clock, transport, account, addresses)
        rest = running.enter_context(served(RestApp(carrier.rest, STALLS), threads=16))
        environ = _environ(account, store.url, rest)
        house = House(database, store, carrier)
        for place, port in enumerate(ports):
            house.webs.append(_program(f"web-{place}", folder, environ, port))
        for place in range(WORKERS):
            house.workers.append(_program(f"worker-{place}", folder, environ, 0))
        for program in (*house.webs, *house.workers):
            program.start()
            running.callback(program.end)
        for port in ports:
            _wait_for(port)
        driver = LiveDriver(carrier, WEBHOOKS_AT_ONCE)
        driver.start()
        running.callback(driver.stop)
        yield house


def _program(name: str, folder: Path, environ: Mapping[str, str], port: int) -> Program:
    config = folder / f"{name}.toml"
    text = SITE.read_text(encoding="utf-8").replace("port = 8096", f"port = {port}")
    config.write_text(text, encoding="utf-8")
    words = (name.partition("-")[0],)
    program = Program(words, config, environ, folder / f"{name}.clock", folder / f"{name}.log")
    program.set_clock(0)
    return program


def _environ(account: Account, database_url: str, rest: str) -> Mapping[str, str]:
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "HOTLINE_SECRET_KEY": token_hex(32),
        "HOTLINE_DATA_KEY": new_data_key(),
        "HOTLINE_DATABASE_URL": database_url,
        "HOTLINE_PUBLIC_URL": PUBLIC_URL,
        "TWILIO_ACCOUNT_SID": account.sid,
        "TWILIO_AUTH_TOKEN": account.auth_token,
        "TWILIO_API_BASE": rest,
    }


def _wait_for(port: int) -> None:
    last = time.monotonic() + SECONDS_TO_START
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > last:
            raise TimeoutError(f"nothing answers on port {port}")
        time.sleep(0.1)

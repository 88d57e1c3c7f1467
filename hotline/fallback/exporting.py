"""The documents of every line for the hours to come, written where another host fetches them."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hotline.calls.instructions import Instructions
from hotline.config.settings import Line, Settings
from hotline.fallback.documents import at_all_hours, at_any_hour, of_the_hour, outlook
from hotline.fallback.signing import SIGNATURE, SUMS, sums
from hotline.store import Store
from hotline.store.duty.rosters import rota_between
from scheduling.problem import Span

AHEAD: Final = timedelta(hours=48)
HOUR: Final = timedelta(hours=1)
LOOK_AHEAD: Final = timedelta(days=8)  # for who is on duty next
ALWAYS: Final = "always"
SCRIPT: Final = "current.sh"


@dataclass(frozen=True)
class Writer:
    """What writing needs. render: instructions as the carrier reads them; key: signs the list."""

    render: Callable[[Instructions], str]
    key: Ed25519PrivateKey


@dataclass(frozen=True)
class Exported:
    """What was written. first, end: the hours that are covered, aware UTC."""

    folder: Path
    lines: int
    files: int
    first: datetime
    end: datetime


def hour_of(at: datetime) -> datetime:
    """The full hour, UTC, that `at` is in."""
    return at.replace(minute=0, second=0, microsecond=0)


def named(hour: datetime) -> str:
    """The name of an hour's document. UTC: no night on which clocks change has two of one name."""
    return f"{hour:%Y-%m-%dT%H}"


def export(
    store: Store, settings: Settings, now: datetime, writer: Writer, folder: Path
) -> Exported:
    """Write all of it. Who reads meanwhile finds a list that does not fit, and takes nothing."""
    written = dict(_files(store, settings, now, writer))
    for name, body in written.items():
        _write(folder / name, body)
    text = sums(written).encode()
    _write(folder / SIGNATURE, writer.key.sign(text))
    _write(folder / SUMS, text)
    _drop_others(folder, written)
    first = hour_of(now)
    return Exported(folder, len(settings.lines), len(written), first, first + AHEAD)


def _files(
    store: Store, settings: Settings, now: datetime, writer: Writer
) -> Iterator[tuple[str, bytes]]:
    first = hour_of(now)
    with store.reading() as db:
        rota = rota_between(db, Span(first, first + LOOK_AHEAD))
    hours = [first + HOUR * place for place in range(AHEAD // HOUR)]
    for line in settings.lines:
        for name, steps in _of_line(settings, line).items():
            yield f"{line.name}/{name}.xml", writer.render(steps).encode()
        for hour in hours:
            found = outlook(rota, line, settings, hour, hour + HOUR)
            steps = of_the_hour(settings, line, hour, found)
            yield f"{line.name}/{named(hour)}.xml", writer.render(steps).encode()
    yield SCRIPT, files(__package__).joinpath(SCRIPT).read_bytes()


def _of_line(settings: Settings, line: Line) -> Mapping[str, Instructions]:
    return {ALWAYS: at_any_hour(settings, line), **at_all_hours(settings, line)}


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f"{path.name}.new")
    passing.write_bytes(body)
    passing.replace(path)


def _drop_others(folder: Path, written: Mapping[str, bytes]) -> None:
    """Hours that are over, and lines that there are no more."""
    lines = {name.partition("/")[0] for name in written if "/" in name}
    for path in folder.glob("*/always.xml"):
        if path.parent.name not in lines:
            shutil.rmtree(path.parent)
    for line in lines:
        for path in (folder / line).glob("*.xml"):
            if f"{line}/{path.name}" not in written:
                path.unlink()

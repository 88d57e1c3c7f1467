"""What a CSV of earlier calls says, or every row that is wrong with its line number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from hotline.config.settings import LineName, Settings
from hotline.errors import HotlineError
from hotline.store.counting.demand import Cell
from hotline.written.sheets import Row, SheetError, by_line, bytes_of, miscounted, sheet
from scheduling.demand.counts import DemandError, on_step

COLUMNS: Final = ("line", "start", "minutes", "calls")
HALF_HOUR: Final = timedelta(minutes=30)
HOUR: Final = timedelta(hours=1)
LENGTHS: Final = {"30": HALF_HOUR, "60": HOUR}
START: Final = re.compile(r"(?:20|21)\d\d-\d\d-\d\d[T ]\d\d:(?P<minute>\d\d)\S*")
WHOLE: Final = re.compile(r"[0-9]{1,5}")


class CellError(HotlineError):
    """What stands in a cell is not what its column holds."""


@dataclass(frozen=True)
class History:
    """Every half hour that a file tells of. lengths: of its rows, which are an hour or half."""

    cells: tuple[Cell, ...]
    lengths: frozenset[timedelta]


@dataclass(frozen=True)
class _Told:
    """What one row says."""

    row: int
    line: LineName
    start: datetime
    length: timedelta
    calls: int

    def cells(self) -> Iterator[Cell]:
        """An hour's calls are halved, so that each half hour is told."""
        count = self.length // HALF_HOUR
        for number in range(count):
            yield Cell(self.line, self.start + number * HALF_HOUR, self.calls / count)


@dataclass(frozen=True)
class _Reading:
    """What rows are read against. usual: the length of a row that does not say."""

    settings: Settings
    now: datetime
    usual: str


def history_from(path: Path, settings: Settings, now: datetime) -> History:
    """The calls of a file; raises SheetError, also where it cannot be read."""
    return read_history(bytes_of(path), settings, now)


def read_history(content: bytes, settings: Settings, now: datetime) -> History:
    """The calls of a CSV file's bytes. Raises SheetError naming every bad row at once."""
    file = sheet(content, COLUMNS, optional=["minutes"])
    reading = _Reading(settings, now, _usual_length(file.rows, file.names))
    problems = list(map(str, file.broken))
    found = [_told(row, file.names, reading, problems) for row in file.rows]
    told = [one for one in found if one is not None]
    problems += _told_twice(told, settings)
    if not file.rows and not file.broken:
        problems.append("The file has a first line and no calls below it.")
    if problems:
        raise SheetError(tuple(sorted(problems, key=by_line)))
    cells = tuple(cell for one in told for cell in one.cells())
    return History(cells, frozenset(one.length for one in told))


def _usual_length(rows: Sequence[Row], names: Sequence[str]) -> str:
    """An hour if every row begins on the hour, else half of one."""
    place = names.index("start")
    starts = [START.match(row.cells[place].strip()) for row in rows if place < len(row.cells)]
    return "60" if all(start["minute"] == "00" for start in starts if start) else "30"


def _told(row: Row, names: Sequence[str], reading: _Reading, problems: list[str]) -> _Told | None:
    """What a row says; None if something is wrong, which is added to `problems`."""
    if said := miscounted(row, names):
        problems.append(f"line {row.line}: {said}")
        return None
    cells = {"minutes": "", **dict(zip(names, map(str.strip, row.cells), strict=True))}
    try:
        line, length = _line(cells["line"], reading), _length(cells["minutes"], reading)
        start = _start(cells["start"], length, reading)
        return _Told(row.line, line, start, length, _calls(cells["calls"]))
    except CellError as error:
        problems.append(f"line {row.line}: {error}")
        return None


def _line(text: str, reading: _Reading) -> LineName:
    known = [line.name for line in reading.settings.lines]
    if text not in known:
        close = get_close_matches(text, known, n=1)
        advice = f"did you mean {close[0]}?" if close else f"known: {', '.join(known)}."
        raise CellError(f"line {text!r} does not exist; {advice}")
    return LineName(text)


def _length(text: str, reading: _Reading) -> timedelta:
    length = LENGTHS.get(text or reading.usual)
    if length is None:
        raise CellError(f"minutes {text!r} must be 30 or 60.")
    return length


def _start(text: str, length: timedelta, reading: _Reading) -> datetime:
    start = _instant(text, reading)
    try:
        on_step(start, HALF_HOUR)
    except DemandError:
        raise CellError(f"start {text!r} is not on the hour or the half hour.") from None
    if start + length > reading.now:
        raise CellError(f"start {text!r} is not over yet: what is to come is no history.")
    return start


def _instant(text: str, reading: _Reading) -> datetime:
    try:
        wall = datetime.fromisoformat(text if START.fullmatch(text) else "")
    except ValueError:
        raise CellError(f"start {text!r} is no time; write it like 2026-03-01 18:00.") from None
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    zone = reading.settings.site.zone
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early != late:
        raise CellError(f"start {text!r} is a time that clocks skip or show twice; add its offset.")
    return early


def _calls(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise CellError(f"calls {text!r} must be a whole number from 0 to 99999.")
    return int(text)


def _told_twice(told: Sequence[_Told], settings: Settings) -> Iterator[str]:
    first: dict[tuple[LineName, datetime], int] = {}
    for one in told:
        rows = {first.setdefault((cell.line, cell.start), one.row) for cell in one.cells()}
        for other in sorted(rows - {one.row}):
            at = f"{one.start.astimezone(settings.site.zone):%Y-%m-%d %H:%M}"
            yield f"line {one.row}: {one.line} at {at} stands already on line {other}."

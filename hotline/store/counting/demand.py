"""How many calls came, half hour by half hour: counted from the calls, or imported."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, extract, func, select, text
from sqlmodel import Session

from hotline.config.settings import LineName
from hotline.store.calling.crossing import LINE_DIALLED
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES
from scheduling.problem import Span

_CALL: Final = TABLES["call"].c
_IMPORTED: Final = TABLES["imported_calls"]
_ROWS: Final = 10_000  # written by one statement


@dataclass(frozen=True)
class Cell:
    """The calls of one line that an import tells of one half hour."""

    line: LineName
    start: datetime
    calls: float


CallsByHalfHour = Mapping[LineName, Mapping[datetime, float]]


def counted_calls(db: Session, span: Span) -> CallsByHalfHour:
    """How many calls of each line arrived in each half hour that had any. One query."""
    found: dict[LineName, dict[datetime, float]] = defaultdict(dict)
    for row in db.connection().execute(_COUNTED, {"start": span.start, "end": span.end}):
        found[LineName(row.line)][datetime.fromtimestamp(int(row.half_hour), UTC)] = row.calls
    return found


def imported_calls(db: Session, span: Span) -> CallsByHalfHour:
    """What imports tell of each half hour, none left out that they tell of. One query."""
    found: dict[LineName, dict[datetime, float]] = defaultdict(dict)
    for row in db.connection().execute(_TOLD, {"start": span.start, "end": span.end}):
        found[LineName(row.line)][row.start] = row.calls
    return found


def save_cells(db: Session, cells: Iterable[Cell]) -> None:
    """Keep what an import tells; a cell that was told before is replaced."""
    rows: list[dict[str, Any]] = [vars(cell) for cell in cells]
    statement = insert_any(db, _IMPORTED)
    newest = statement.on_conflict_do_update(
        index_elements=["line", "start"], set_={"calls": statement.excluded.calls}
    )
    for first in range(0, len(rows), _ROWS):
        db.connection().execute(newest, rows[first : first + _ROWS])


# The remainder instead of a division: both databases agree on what it is.
_SECONDS: Final = extract("epoch", _CALL.arrived)
_HALF_HOUR: Final = (_SECONDS - _SECONDS % text("1800")).label("half_hour")
_COUNTED: Final = (
    select(LINE_DIALLED, _HALF_HOUR, func.count().label("calls"))
    .where(
        _CALL.arrived >= bindparam("start", type_=_CALL.arrived.type),
        _CALL.arrived < bindparam("end", type_=_CALL.arrived.type),
        _CALL.callback_id.is_(None),
    )
    .group_by(LINE_DIALLED, _HALF_HOUR)
)
_TOLD: Final = select(_IMPORTED).where(
    _IMPORTED.c.start >= bindparam("start", type_=_IMPORTED.c.start.type),
    _IMPORTED.c.start < bindparam("end", type_=_IMPORTED.c.start.type),
)

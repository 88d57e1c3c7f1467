"""Past weeks summed up, a row for each line, so that nobody counts a million calls for a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Integer, bindparam, case, cast, extract, func, select, text
from sqlmodel import Session

from hotline.config.settings import LineName
from hotline.rates import Rates
from hotline.store.calling.crossing import LINE_DIALLED
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES
from scheduling.problem import Span
from scheduling.serial import from_json, to_json

_WEEK: Final = TABLES["line_week"]
_CALL: Final = TABLES["call"].c


@dataclass(frozen=True)
class Answered:
    """The calls of one line that came in one half hour, and how many were answered in time."""

    line: LineName
    start: datetime
    calls: int
    in_time: int


@dataclass(frozen=True)
class LineWeek:
    """A line's week that is over. promised: of half hours; delivered: of calls."""

    line: LineName
    week: str
    promised: Rates
    delivered: Rates


def answered_between(db: Session, span: Span, within: timedelta) -> tuple[Answered, ...]:
    """How the calls of each half hour were answered. One query, over the index of arrivals."""
    asked = {"start": span.start, "end": span.end, "within": within.total_seconds()}
    rows = db.connection().execute(_ANSWERED, asked)
    return tuple(
        Answered(
            LineName(row.line),
            datetime.fromtimestamp(int(row.half_hour), UTC),
            row.calls,
            int(row.in_time),
        )
        for row in rows
    )


def keep_weeks(db: Session, weeks: Iterable[LineWeek]) -> None:
    """Keep what was summed up; what another worker kept meanwhile stays."""
    rows = [
        {
            "line": each.line,
            "week": each.week,
            "promised": to_json(each.promised),
            "delivered": to_json(each.delivered),
        }
        for each in weeks
    ]
    if rows:
        new = insert_any(db, _WEEK).values(rows)
        db.connection().execute(new.on_conflict_do_nothing(index_elements=["line", "week"]))


def weeks_kept(db: Session, weeks: Sequence[str]) -> tuple[LineWeek, ...]:
    """What is kept of some weeks, by week and line. One query."""
    statement = select(_WEEK).where(_WEEK.c.week.in_(weeks)).order_by(_WEEK.c.week, _WEEK.c.line)
    return tuple(
        LineWeek(
            LineName(row.line),
            row.week,
            from_json(Rates, row.promised),
            from_json(Rates, row.delivered),
        )
        for row in db.connection().execute(statement)
    )


# The remainder instead of a division: both databases agree on what it is.
_SECONDS: Final = extract("epoch", _CALL.arrived)
_HALF_HOUR: Final = (_SECONDS - _SECONDS % text("1800")).label("half_hour")
_WAITED: Final[Any] = extract("epoch", _CALL.joined) - _SECONDS
_IN_TIME: Final = func.sum(case((bindparam("within") >= _WAITED, 1), else_=0))
_ANSWERED: Final = (
    select(
        *(LINE_DIALLED, _HALF_HOUR, func.count().label("calls")),
        cast(_IN_TIME, Integer).label("in_time"),
    )
    .where(
        _CALL.arrived >= bindparam("start", type_=_CALL.arrived.type),
        _CALL.arrived < bindparam("end", type_=_CALL.arrived.type),
        _CALL.callback_id.is_(None),
    )
    .group_by(LINE_DIALLED, _HALF_HOUR)
)

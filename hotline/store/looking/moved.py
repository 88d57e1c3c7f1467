"""Has anything moved that the board shows? Asked by everybody who watches it, every 3 s."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Label, TextClause, case, func, select, text, true

from hotline.calls.states import CallState, LegState
from hotline.promises.states import CallbackState
from hotline.store.duty.rota_kept import VERSION
from hotline.store.prepared import Prepared
from hotline.store.sessions import Session
from hotline.store.tables import LIVE_LEG, OPEN_CALL, TABLES

_CALL: Final = TABLES["call"].c
_LEG: Final = TABLES["leg"].c
_PRESENCE: Final = TABLES["presence"].c
_CALLBACK: Final = TABLES["callback"].c
_MESSAGE: Final = TABLES["message"].c
_FORM: Final = TABLES["call_form"].c
_ALARM: Final = TABLES["alarm"].c


@dataclass(frozen=True)
class Moved:
    """`mark` differs whenever the board does, but for what time alone changes.

    settled: when the last reservation and wrap-up of today run out; None: there are none.
    """

    mark: str
    open_calls: int
    settled: datetime | None


def what_moved(db: Session) -> Moved:
    """The cheap question of every poll: one statement over small or indexed sets."""
    row = _MOVED.first_alone(db)
    ends = [at for at in (row.reserved_until, row.free_at) if at is not None]
    mark = "/".join(map(str, row))
    return Moved(mark, row.open_calls, max(ends, default=None))


def _written(value: str) -> TextClause:
    """Not as a value that is given: with one, no partial index is used."""
    return text(f"'{value}'")


_PLACE: Final = case(
    *((_CALL.state == _written(state), text(str(place))) for place, state in enumerate(CallState)),
    else_=text("-1"),
)
_URGENT: Final = case((_CALL.urgent, text("1")), else_=text("0"))
_SENT: Final = case((_LEG.state == _written(LegState.PLANNED), text("0")), else_=text("1"))
_TALKING: Final = case((_PRESENCE.talking, text("1")), else_=text("0"))
_PROMISED: Final = _CALLBACK.done.is_(None) & (_CALLBACK.state != _written(CallbackState.ASKED))
_FOLLOW_UP: Final = _FORM.followed_up.is_(None) & _FORM.follow_up.is_not(None)


def _newest(table: str) -> Label[Any]:
    return select(func.max(TABLES[table].c.id)).scalar_subquery().label(f"newest_{table}")


def _look(where: ColumnElement[bool], **columns: ColumnElement[Any]) -> FromClause:
    """What the rows of a table tell together, in one look at it."""
    told = (column.label(name) for name, column in columns.items())
    return select(*told).where(where).subquery()


# Each but `presence`, which has a row for each person, by an index of the few rows that are open.
_LOOKS: Final = (
    _look(
        OPEN_CALL,
        open_calls=func.count(),
        calls=func.sum(_CALL.id),
        places=func.sum(_PLACE),
        since=func.max(_CALL.since),
        urgent=func.sum(_URGENT),
    ),
    _look(LIVE_LEG, legs=func.count(), sent=func.sum(_SENT)),
    _look(
        true(),
        reserved=func.sum(_PRESENCE.leg_id),
        talking=func.sum(_TALKING),
        reserved_until=func.max(_PRESENCE.until),
        free_at=func.max(_PRESENCE.free_at),
    ),
    _look(_PROMISED, promised=func.count(), due=func.max(_CALLBACK.due)),
    _look(_MESSAGE.answered.is_(None), messages=func.count(), heard=func.count(_MESSAGE.heard)),
    _look(_FOLLOW_UP, follow_ups=func.count()),
    _look(_ALARM.cleared.is_(None), alarms=func.count(), newest_alarm=func.max(_ALARM.id)),
)
_MOVED: Final = Prepared(
    select(
        VERSION,  # of all that tells who is on duty
        *map(_newest, ("call_event", "message")),
        *(column for look in _LOOKS for column in look.c),
    )
)

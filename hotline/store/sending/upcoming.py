"""What is under way, in one statement: when a worker next has something to send or to look at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from hotline.calls.states import CallState
from hotline.store.tables import LIVE_LEG, OPEN_CALL, TABLES


@dataclass(frozen=True)
class Upcoming:
    """The next instants at which something is due by itself; None: nothing of the kind.

    order: to send; silence: a caller counts as gone; expiry: a leg is over. waiting: there is a
    caller for whom no telephone rings.
    """

    order: datetime | None
    silence: datetime | None
    expiry: datetime | None
    waiting: bool


_OUTBOX: Final = TABLES["outbox"].c
_CALL: Final = TABLES["call"].c
_LEG: Final = TABLES["leg"].c
_NOW: Final = bindparam("now", type_=_OUTBOX.due.type)
_UPCOMING: Final = select(
    select(func.min(_OUTBOX.due))
    .where(_OUTBOX.done.is_(None), _OUTBOX.expires > _NOW, _OUTBOX.taken_until.is_(None))
    .scalar_subquery()
    .label("order"),
    select(func.min(_CALL.expected)).where(OPEN_CALL).scalar_subquery().label("silence"),
    select(func.min(_LEG.until)).where(LIVE_LEG).scalar_subquery().label("expiry"),
    select(_CALL.id).where(OPEN_CALL, _CALL.state == CallState.WAITING).exists().label("waiting"),
)


def upcoming(db: Session, now: datetime) -> Upcoming:
    """What is due next, as things stand."""
    row = db.connection().execute(_UPCOMING, {"now": now}).one()
    return Upcoming(row.order, row.silence, row.expiry, bool(row.waiting))

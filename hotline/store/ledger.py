"""The ledger of decisions: appended when something was decided that was not decided before."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update
from sqlmodel import Session

from hotline.calls.ledger import Barred, Decided, Decision, Passed, PassedOver, Rung
from hotline.calls.routing import CallId
from hotline.config.settings import DeskName, LineName
from hotline.duty import LegId, PersonId, Why
from hotline.store.crossing import line_at
from hotline.store.tables import TABLES
from scheduling.problem import Span

_DECISION: Final = TABLES["decision"]
_D: Final = _DECISION.c
_CALL: Final = TABLES["call"]


@dataclass(frozen=True)
class KeptDecision:
    """A decision and when it was made."""

    at: datetime
    decision: Decision


def keep_decisions(
    db: Session, decisions: Iterable[Decision], known: Mapping[CallId, str], now: datetime
) -> None:
    """Append what differs from what was last decided for the same call. Two statements at most.

    known: the mark of each call's last decision. Telephones that ring are always kept.
    """
    new = [
        decision
        for decision in decisions
        if decision.decided is Decided.RINGS or known.get(decision.call) != decision.mark
    ]
    if not new:
        return
    db.connection().execute(_KEEP, [_columns(decision, now) for decision in new])
    marks = [{"of": decision.call, "mark": decision.mark} for decision in new]
    db.connection().execute(_MARK, marks)


_KEEP: Final = insert(_DECISION)
_MARK: Final = update(_CALL).where(_CALL.c.id == bindparam("of")).values(decided=bindparam("mark"))


def decisions_of(db: Session, call: CallId) -> tuple[KeptDecision, ...]:
    """All that was decided for a call, in order."""
    return _kept(db.connection().execute(_ALL.where(_D.call_id == call)).all())


def decisions_between(db: Session, span: Span) -> tuple[KeptDecision, ...]:
    """All that was decided in a stretch of time, in order."""
    then = (_D.at >= span.start) & (_D.at < span.end)
    return _kept(db.connection().execute(_ALL.where(then)).all())


_ALL: Final = (
    select(_DECISION, line_at(_D.at)).join(_CALL, _CALL.c.id == _D.call_id).order_by(_D.at, _D.id)
)


def _columns(decision: Decision, now: datetime) -> dict[str, object]:
    about = {
        "rung": [[r.person, r.desk, r.takes_over] for r in decision.rung],
        "passed_over": [[p.person, p.why] for p in decision.passed_over],
        "barred": [
            [b.person, b.why, b.until.isoformat() if b.until else None] for b in decision.barred
        ],
    }
    return {
        "call_id": decision.call,
        "at": now,
        "decided": decision.decided,
        "about": json.dumps(about, separators=(",", ":")),
    }


def _kept(rows: Sequence[Row[Any]]) -> tuple[KeptDecision, ...]:
    return tuple(KeptDecision(row.at, _decision(row)) for row in rows)


def _decision(row: Row[Any]) -> Decision:
    about = json.loads(row.about)
    return Decision(
        CallId(row.call_id),
        LineName(row.line),
        Decided(row.decided),
        tuple(
            Rung(PersonId(person), DeskName(desk), None if leg is None else LegId(leg))
            for person, desk, leg in about["rung"]
        ),
        tuple(PassedOver(PersonId(person), Passed(why)) for person, why in about["passed_over"]),
        tuple(
            Barred(PersonId(person), Why(why), datetime.fromisoformat(until) if until else None)
            for person, why, until in about["barred"]
        ),
    )

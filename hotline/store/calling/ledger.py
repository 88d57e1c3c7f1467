"""The ledger of decisions: appended when something was decided that was not decided before."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, update

from hotline.calls.ledger import Barred, Decided, Decision, Passed, PassedOver, Rung
from hotline.calls.ringing.facts import CallId
from hotline.config.settings import DeskName, LineName
from hotline.duty import LegId, PersonId, Why
from hotline.store.calling.crossing import line_at
from hotline.store.prepared import Prepared, asked, new_row
from hotline.store.sessions import Session
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
    made = list(decisions)
    marks: dict[object, str] = {}
    texts: dict[object, str] = {}
    new = [
        (decision, mark)
        for decision in made
        for mark in [_once(marks, decision, lambda each: each.mark)]
        if decision.decided is Decided.RINGS or known.get(decision.call) != mark
    ]
    _KEEP.run_each(
        db,
        [
            {
                "call_id": decision.call,
                "at": now,
                "decided": decision.decided.value,
                "about": _once(texts, decision, _about),
            }
            for decision, _ in new
        ],
    )
    _MARK.run_each(db, [{"id": decision.call, "decided": mark} for decision, mark in new])


def _once(known: dict[object, str], made: Decision, said: Callable[[Decision], str]) -> str:
    """What is said of a decision: decisions of one look share their parts where they are alike."""
    alike = (made.decided, made.rung, id(made.passed_over), id(made.barred))
    if alike not in known:
        known[alike] = said(made)
    return known[alike]


_KEEP: Final = Prepared(new_row(_DECISION, "call_id", "at", "decided", "about"))
_MARK: Final = Prepared(
    update(_CALL).where(_CALL.c.id == asked(_CALL.c.id)).values(decided=asked(_CALL.c.decided))
)


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


def _about(decision: Decision) -> str:
    about = {
        "rung": [[r.person, r.desk, r.takes_over] for r in decision.rung],
        "passed_over": [[p.person, p.why] for p in decision.passed_over],
        "barred": [
            [b.person, b.why, b.until.isoformat() if b.until else None] for b in decision.barred
        ],
    }
    return json.dumps(about, separators=(",", ":"))


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

"""What is too old to be kept, kind by kind.

What somebody still waits for never is: a promise that is open, a follow-up that is due, a message
that nobody has answered.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, String, case, cast, exists, false, func, literal, select, update
from sqlmodel import Session

from hotline.care.records import RiskLevel
from hotline.promises.states import UNKNOWN, CallbackState
from hotline.retention.kinds import Kind
from hotline.store.tables import TABLES
from hotline.store.upkeep.ageing import Ageing, Condition, Old

_CALL: Final = TABLES["call"].c
_LEG: Final = TABLES["leg"].c
_FORM: Final = TABLES["call_form"].c
_CALLBACK: Final = TABLES["callback"].c
_MESSAGE: Final = TABLES["message"].c
_RECORDING: Final = TABLES["recording"].c
_CALLER: Final = TABLES["caller"].c
_ACT: Final = TABLES["caller_act"].c
_HANDOVER: Final = TABLES["handover"].c
_PERSON: Final = TABLES["person"].c
GONE: Final = "gone-"  # instead of the carrier's id: there the number may still stand


def note_leavers(db: Session, now: datetime) -> None:
    """Whoever is not active any more has left, at the latest now; whoever came back has not."""
    gone = _PERSON.active.is_(False) & _PERSON.left_at.is_(None)
    back = _PERSON.active.is_(True) & _PERSON.left_at.is_not(None)
    became = case((_PERSON.active.is_(True), None), else_=literal(now, _PERSON.left_at.type))
    db.connection().execute(update(_PERSON.id.table).where(gone | back).values(left_at=became))


def _any(table: str, *conditions: Condition) -> Condition:
    return exists(select(literal(1)).select_from(TABLES[table]).where(*conditions))


PROMISE_OPEN: Final = _CALLBACK.done.is_(None) & (_CALLBACK.state != CallbackState.ASKED)
FOLLOW_UP_DUE: Final = _FORM.follow_up.is_not(None) & _FORM.followed_up.is_(None)
UNANSWERED: Final = _MESSAGE.answered.is_(None)
_OWED: Final = (
    _any("callback", _CALLBACK.call_id == _CALL.id, PROMISE_OPEN)
    | _any("callback", _CALLBACK.id == _CALL.callback_id, PROMISE_OPEN)
    | _any("call_form", _FORM.call_id == _CALL.id, FOLLOW_UP_DUE)
    | _any("message", _MESSAGE.call_id == _CALL.id, UNANSWERED)
)
_OVER: Final = (_CALL.state == "closed") & ~_OWED
_HIGH: Final = func.coalesce(_FORM.risk, "") == RiskLevel.HIGH


def _of_calls(personal: Condition) -> Old:
    return lambda before, _: (_CALL.arrived < before) & _OVER & personal


def _notes(risky: Condition) -> Old:
    return lambda before, _: (
        (_FORM.at < before) & _FORM.note_cipher.is_not(None) & ~FOLLOW_UP_DUE & risky
    )


def _at(column: str) -> Old:
    table, name = column.split(".")
    return lambda before, _: TABLES[table].c[name] < before


def _promise_over(before: datetime, _: datetime) -> Condition:
    """Also one that was keyed in and never confirmed."""
    personal = _CALLBACK.number_cipher.is_not(None) | _CALLBACK.number_hash.is_not(None)
    never = (_CALLBACK.state == CallbackState.ASKED) & (_CALLBACK.asked < before)
    return personal & ((_CALLBACK.done < before) | never)


def _recording(before: datetime, _: datetime) -> Condition:
    seen_to = (_MESSAGE.answered.is_not(None)) & (_MESSAGE.at < before)
    return _any("message", _MESSAGE.id == _RECORDING.message_id, seen_to)


def _unknown_now(_: datetime, now: datetime) -> Condition:
    called = _any("call", _CALL.caller_hash == _CALLER.hash)
    decided = (_CALLER.blocked_until > now) | (_CALLER.same_until > now)
    return ~called & ~func.coalesce(decided, false())


def _of_left(person: Column[Any]) -> Old:
    def theirs(before: datetime, _: datetime) -> Condition:
        gone = _PERSON.active.is_(False) & (_PERSON.left_at < before)
        return person.in_(select(_PERSON.id).where(gone))

    return theirs


def _left_with_details(before: datetime, _: datetime) -> Condition:
    return _PERSON.active.is_(False) & (_PERSON.left_at < before) & (_PERSON.address != "")


def _rows_of_left(*columns: str) -> tuple[Ageing, ...]:
    found = [
        (TABLES[table].c[key], TABLES[table].c.person_id)
        for table, key in (each.split(".") for each in columns)
    ]
    return tuple(Ageing(Kind.LEFT, key, _of_left(person)) for key, person in found)


def _id(table: str) -> Column[Any]:
    return TABLES[table].c.id


DETAILS: Final[dict[str, object]] = dict.fromkeys(  # of somebody who works here no more
    ("address", "availability", "preferred", "unwanted", "agreement", "gender", "dialects"), ""
)
NAMELESS_CALL: Final[dict[str, object]] = {
    "caller_hash": None,
    "wish": "",
    "sid": literal(GONE) + cast(_CALL.id, String),
}
AGEING: Final = (
    Ageing(
        Kind.NUMBERS,
        _CALL.id,
        _of_calls(_CALL.caller_cipher.is_not(None)),
        {"caller_cipher": None},
    ),
    Ageing(
        Kind.HASHES,
        _CALL.id,
        _of_calls(_CALL.caller_hash.is_not(None) | ~_CALL.sid.startswith(GONE)),
        NAMELESS_CALL,
    ),
    Ageing(
        Kind.HASHES,
        _LEG.id,
        lambda before, _: (_LEG.planned < before) & (_LEG.state == "ended") & _LEG.sid.is_not(None),
        {"sid": None},
    ),
    Ageing(
        Kind.HASHES,
        _HANDOVER.id,
        lambda before, _: (_HANDOVER.at < before) & _HANDOVER.reference.is_not(None),
        {"reference": None},
    ),
    Ageing(
        Kind.HASHES,
        _MESSAGE.id,
        lambda before, _: (
            (_MESSAGE.at < before)
            & _MESSAGE.answered.is_not(None)
            & _MESSAGE.erased.is_not(None)
            & (_MESSAGE.recording_sid != UNKNOWN)
            & ~_MESSAGE.recording_sid.startswith(GONE)
        ),
        {"recording_sid": literal(GONE) + cast(_MESSAGE.id, String)},  # a call may have several
    ),
    Ageing(Kind.HASHES, _CALLER.hash, _unknown_now),
    Ageing(Kind.HASHES, _ACT.id, lambda *_: ~_any("caller", _CALLER.hash == _ACT.hash)),
    Ageing(Kind.EVENTS, _id("call_event"), _at("call_event.at"), appended=True),
    Ageing(Kind.EVENTS, _id("consent"), _at("consent.at"), appended=True),
    Ageing(Kind.EVENTS, _id("outbox"), _at("outbox.expires"), appended=True),
    Ageing(Kind.EVENTS, TABLES["webhook"].c.key, _at("webhook.at")),
    Ageing(Kind.LEDGER, _id("decision"), _at("decision.at"), appended=True),
    Ageing(Kind.NOTES, _FORM.leg_id, _notes(~_HIGH), {"note_cipher": None}),
    Ageing(Kind.HIGH_RISK_NOTES, _FORM.leg_id, _notes(_HIGH), {"note_cipher": None}),
    Ageing(Kind.RECORDINGS, _RECORDING.message_id, _recording),
    Ageing(
        Kind.CALLBACKS,
        _CALLBACK.id,
        _promise_over,
        {"number_cipher": None, "number_hash": None},
    ),
    Ageing(Kind.SESSIONS, _id("page_session"), _at("page_session.ends")),
    Ageing(Kind.SESSIONS, _id("account_link"), _at("account_link.ends")),
    Ageing(
        Kind.NOTICES,
        _id("notice"),
        lambda before, _: (
            (TABLES["notice"].c.expires < before) & TABLES["notice"].c.done.is_not(None)
        ),
    ),
    Ageing(
        Kind.NOTICES,
        _id("errand"),
        lambda before, _: (
            (TABLES["errand"].c.expires < before) & (TABLES["errand"].c.state == "ended")
        ),
    ),
    Ageing(Kind.NOTICES, _id("staff_call"), _at("staff_call.at")),
    Ageing(Kind.NOTICES, _id("alarm"), _at("alarm.cleared")),
    *_rows_of_left(
        "contact.person_id",
        "pin.person_id",
        "calendar.person_id",
        "calendar_event.id",
        "certificate.id",
    ),
    Ageing(Kind.LEFT, _PERSON.id, _left_with_details, DETAILS),
)

"""A supervisor's evening: the busy moment of the scene, with what callers left and what is due."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final
from wave import open as wave_open

from hotline.calls.ledger import Barred, Decided, Decision, Passed, PassedOver, Rung
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import CallState, LegState, Outcome
from hotline.config.settings import DeskName, LineName, Secrets
from hotline.duty import PersonId, Why
from hotline.privacy import Privacy
from hotline.store import Session
from hotline.store.calling.ledger import keep_decisions
from hotline.store.tables import (
    AttemptRow,
    CallbackRow,
    CallEventRow,
    CallFormRow,
    CallRow,
    LegRow,
    MessageRow,
    RecordingRow,
    WebhookRow,
)
from tests.hotline.console import scene

PRIVACY: Final = Privacy(Secrets("key", scene.DATA_KEY))
NOTE: Final = "怕期末考试，睡不好；愿意明天再谈。"
NANJING, YOUTH = LineName("96111-nanjing"), LineName("12355")
ADA: Final = 1 + scene.NAMES.index("赵敏")  # talks on the line of Nanjing
NOW: Final = scene.BUSY


def busy(db: Session) -> None:
    """All of it."""
    scene.busy(db)
    messages(db)
    callbacks(db)
    conversations(db)


def sound(seconds: float = 0.25) -> bytes:
    """A recording of silence, as the carrier hands it out."""
    into = BytesIO()
    with wave_open(into, "wb") as wave:
        wave.setnchannels(1)
        wave.setsampwidth(2)
        wave.setframerate(8000)
        wave.writeframes(b"\0\0" * int(8000 * seconds))
    return into.getvalue()


def message(db: Session, line: str, ago: timedelta, heard: timedelta | None = None) -> MessageRow:
    """A message that was left so long ago, and its recording."""
    at = NOW - ago
    call = scene.call(db, line, CallState.CLOSED, at, Outcome.MESSAGE)
    call.caller_cipher = PRIVACY.sealed(scene.NUMBER)
    row = MessageRow(
        call_id=call.id or 0,
        line=line,
        at=at,
        recording_sid=f"RE{call.id:032}",
        seconds=41,
        due=at + timedelta(hours=24),
        next_at=at,
        fetched=at + timedelta(minutes=1),
        heard=None if heard is None else at + heard,
    )
    db.add_all([call, row])
    db.flush()
    db.add(RecordingRow(message_id=row.id or 0, cipher=PRIVACY.sealed_bytes(sound())))
    return row


def messages(db: Session) -> None:
    """One that is late, one that is new, one that was heard, one of a withheld number."""
    message(db, NANJING, timedelta(hours=25))
    message(db, NANJING, timedelta(minutes=40))
    message(db, YOUTH, timedelta(hours=3), heard=timedelta(hours=1))
    withheld = message(db, YOUTH, timedelta(hours=2))
    call = db.get_one(CallRow, withheld.call_id)
    call.caller_cipher = call.caller_hash = None
    db.add(call)


def callback(db: Session, line: str, state: str, due: datetime, **more: Any) -> CallbackRow:
    """A promise to ring back."""
    asked = due - timedelta(hours=6)
    call = scene.call(db, line, CallState.CLOSED, asked, Outcome.CALLBACK)
    row = CallbackRow(
        call_id=call.id,
        line=line,
        asked=asked,
        due=due,
        state=state,
        safe="daytime",
        next_at=asked,
        number_cipher=PRIVACY.sealed(scene.NUMBER),
        number_hash=scene.HASH,
        **more,
    )
    db.add(row)
    db.flush()
    return row


def callbacks(db: Session) -> None:
    """One in every state that somebody waits in."""
    callback(db, NANJING, "expired", NOW - timedelta(hours=1), urgent=True)
    tried = callback(db, NANJING, "unreached", NOW + timedelta(hours=2), attempts=3)
    callback(db, YOUTH, "in-hand", NOW + timedelta(hours=1))
    callback(db, YOUTH, "open", NOW + timedelta(hours=9), person_id=ADA, leave_word=True)
    for number, result in enumerate(("no-answer", "busy", "no-key")):
        at = NOW - timedelta(hours=3 - number)
        ring = scene.call(db, NANJING, CallState.CLOSED, at, Outcome.UNREACHED)
        ring.callback_id = tried.id
        db.add(ring)
        db.add(
            AttemptRow(
                call_id=ring.id or 0, callback_id=tried.id or 0, offered=at, rung=at, result=result
            )
        )


def conversation(db: Session, line: str, person: int, ago: timedelta) -> LegRow:
    """A conversation of 22 minutes that ended so long ago."""
    ended = NOW - ago
    began = ended - timedelta(minutes=22)
    call = scene.call(db, line, CallState.CLOSED, began - timedelta(seconds=12), Outcome.ANSWERED)
    leg = LegRow(
        token=f"talk{call.id}",
        call_id=call.id or 0,
        person_id=person,
        desk="nanjing",
        state=LegState.ENDED.value,
        result="talked",
        planned=began - timedelta(seconds=10),
        until=ended,
        ended=ended,
    )
    db.add(leg)
    db.flush()
    call.leg_id, call.accepted, call.joined, call.ended = leg.id, began, began, ended
    db.add(call)
    return leg


def form(db: Session, leg: LegRow, risk: str, follow_up: datetime | None, note: str) -> None:
    """What was filled in after a conversation."""
    ended = leg.ended or NOW
    db.add(
        CallFormRow(
            leg_id=leg.id or 0,
            call_id=leg.call_id,
            at=ended,
            risk=risk,
            kind=1,
            follow_up=follow_up,
            done=ended,
            note_cipher=PRIVACY.sealed(note) if note else None,
            version=1,
        )
    )


def conversations(db: Session) -> None:
    """Ada's: one without a form, one to follow up tomorrow, one whose follow-up is late."""
    told(db, conversation(db, NANJING, ADA, timedelta(minutes=30)))
    soon = conversation(db, NANJING, ADA, timedelta(hours=5))
    form(db, soon, "medium", NOW + timedelta(hours=20), NOTE)
    late = conversation(db, NANJING, ADA, timedelta(hours=30))
    form(db, late, "high", NOW - timedelta(hours=4), NOTE)
    other = conversation(db, YOUTH, 1 + scene.NAMES.index("卫华"), timedelta(hours=2))
    form(db, other, "low", NOW + timedelta(days=3), "")


def told(db: Session, leg: LegRow) -> None:
    """Why they were rung, and what everybody heard."""
    call, at = CallId(leg.call_id), leg.planned
    decision = Decision(
        call,
        NANJING,
        Decided.RINGS,
        (Rung(PersonId(leg.person_id), DeskName("nanjing")),),
        (PassedOver(PersonId(1 + scene.NAMES.index("孙丽")), Passed.ENOUGH),),
        (Barred(PersonId(1 + scene.NAMES.index("郑凯")), Why.EXPIRED),),
    )
    keep_decisions(db, [decision], {}, at)
    steps = ("leg-planned", "accepted", "joined", "leg-talked")
    for number, kind in enumerate(steps):
        when = at + timedelta(seconds=5 * number)
        db.add(CallEventRow(call_id=call, leg_id=leg.id, at=when, kind=kind))
    db.add(CallEventRow(call_id=call, at=leg.ended or at, kind="closed-answered"))
    heard = [("heard", None, "greeting,waiting_first"), ("whisper", leg.id, "whisper")]
    for key, leg_id, said in heard:
        db.add(
            WebhookRow(
                key=f"{key}-{call}", at=at, document="", call_id=call, leg_id=leg_id, said=said
            )
        )

"""A callback that somebody asks for by form: a promise like any other, without a call.

What is stored is what they sent: the number, encrypted and as a keyed hash, when it is safe to
ring, and the questions with their answers. Of the network address nothing is: it goes into a keyed
hash that changes every hour, under which forms are counted, and which is dropped when that is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import Line, Settings, seconds
from hotline.privacy import Privacy
from hotline.promises.states import CallbackId, Safe
from hotline.promises.times import deadline
from hotline.store import Session
from hotline.store.counting.form_counts import count_form, forget_forms
from hotline.store.owed.promising import Consent, NewPromise, promise_by_form, record_consent

AN_HOUR: Final = timedelta(hours=1)
EVERYWHERE: Final = "everywhere"


@dataclass(frozen=True)
class Reception:
    """What a form is handed in at: one transaction, at one instant."""

    db: Session
    settings: Settings
    privacy: Privacy
    now: datetime


@dataclass(frozen=True)
class Question:
    """What stood on the form, in words, and what was answered."""

    name: str
    words: str
    answer: str


@dataclass(frozen=True)
class Asked:
    """A form as it was sent. number: E.164; address: where it came from, None: not known."""

    line: Line
    number: str
    safe: Safe
    leave_word: bool
    questions: Sequence[Question]
    address: str | None


@dataclass(frozen=True)
class Promised:
    """What was promised, and until when."""

    id: CallbackId
    due: datetime


def ask_for_callback(at: Reception, asked: Asked) -> Promised | None:
    """Promise to ring; None: too many forms have come, and the caller is asked to ring instead.

    An older promise to the same number on the same line gives way to this one, so nobody is rung
    twice; and the answer is the same whether or not the number is known here.
    """
    if not _may_ask(at, asked.address):
        return None
    due = due_by(asked.safe, at.settings, at.now)
    new = NewPromise(
        call=None,
        line=asked.line.name,
        asked=at.now,
        due=due,
        cipher=at.privacy.sealed(asked.number),
        hash=at.privacy.hashed(asked.number),
        safe=asked.safe,
        urgent=False,
        leave_word=asked.leave_word,
    )
    callback = promise_by_form(at.db, new)
    for each in asked.questions:
        consent = Consent(None, at.now, each.name, each.words, each.answer, callback)
        record_consent(at.db, consent)
    return Promised(callback, due)


def due_by(safe: Safe, settings: Settings, now: datetime) -> datetime:
    """Until when somebody who asks now is rung."""
    within = seconds(settings.answering.callback_due)
    return deadline(safe, within, settings.promised, settings.site.zone, now)


def _may_ask(at: Reception, address: str | None) -> bool:
    """Count a form, and say whether that many may come in an hour."""
    hour = at.now.replace(minute=0, second=0, microsecond=0)
    limits = at.settings.helps
    forget_forms(at.db, at.now)
    here = count_form(at.db, _key(at, hour, address or "unknown"), hour + AN_HOUR)
    if here > limits.asks_an_hour:  # a flood from one address uses up nobody else's
        return False
    everywhere = count_form(at.db, _key(at, hour, EVERYWHERE), hour + AN_HOUR)
    return everywhere <= limits.asks_an_hour_in_all


def _key(at: Reception, hour: datetime, whose: str) -> str:
    return at.privacy.hashed(f"form/{hour.isoformat()}/{whose}")

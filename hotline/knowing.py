"""Use cases of callers who call again: a plan's note, a standing, a block, a promise of a person.

A caller is found by one of their calls, never by a number.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.calls.arrival.callers import LONGEST_NOTE
from hotline.calls.arrival.repeating import CallerStanding, KnownCaller
from hotline.calls.ringing.facts import CallId
from hotline.calls.talk.danger import IN_DANGER
from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.people import StoredPerson
from hotline.people.person import Role
from hotline.privacy import Privacy
from hotline.store import Session
from hotline.store.calling.callers import (
    Act,
    NewAct,
    acts_about,
    call_numbered,
    caller_of,
    change_caller,
    known_caller,
    risks_of,
)
from hotline.store.people.everybody import active_people

LONGEST_WHY: Final = 400


class CallerError(HotlineError):
    """There is no such caller, or this must not be decided about them."""


class Risk(StrEnum):
    """What is known of the danger a caller is in."""

    NONE = "none"
    LOW = "low"
    HIGH = "high"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Deciding:
    """Who decides about the caller of a call, when and why. by: a person's code."""

    privacy: Privacy
    call: str
    by: str
    why: str
    at: datetime


@dataclass(frozen=True)
class Known:
    """What was decided about a caller: as it holds now, and every act."""

    caller: KnownCaller
    note: str | None
    acts: tuple[tuple[Act, str | None], ...]  # each with its reason


def known(db: Session, privacy: Privacy, call: str) -> Known:
    """What was decided about the caller of a call."""
    _, caller = _caller(db, call)
    found, plan = known_caller(db, caller)
    acts = acts_about(db, caller)
    return Known(
        found,
        privacy.opened(plan) if plan else None,
        tuple((act, privacy.opened(act.why) if act.why else None) for act in acts),
    )


def note_plan(db: Session, deciding: Deciding, note: str) -> None:
    """Keep what volunteers hear before they accept; an empty note takes it back."""
    text = " ".join(note.split())
    if len(text) > LONGEST_NOTE:
        raise CallerError(
            f"The note has {len(text)} characters; a volunteer has time for {LONGEST_NOTE}."
        )
    sealed = deciding.privacy.sealed(text) if text else None
    _decide(db, deciding, "note" if text else "note-removed", plan_cipher=sealed)


def set_standing(db: Session, deciding: Deciding, standing: CallerStanding) -> None:
    """Have the caller treated by rule, after everybody else, or like anybody whatever rules say."""
    _decide(db, deciding, standing.value, standing=standing)


def block(db: Session, settings: Settings, deciding: Deciding, days: int, risk: Risk) -> datetime:
    """Ring nobody for the caller until the instant returned. A supervisor's act.

    Never where the caller may be in danger or nobody knows; key 9 rings for them all the same.
    """
    most = settings.repeats.longest_block
    if not 1 <= days <= most:
        raise CallerError(f"A block lasts from 1 to {most} days, not {days}.")
    noted = risks_of(db, _caller(db, deciding.call)[1])
    if risk not in (Risk.NONE, Risk.LOW) or noted & IN_DANGER:
        raise CallerError(
            "Nobody is blocked who may be in danger, who was after another call, or of whom that "
            "is not known."
        )
    if _person(db, deciding.by).role is not Role.SUPERVISOR:
        raise CallerError(f"{deciding.by} is no supervisor; only a supervisor blocks a caller.")
    until = deciding.at + timedelta(days=days)
    _decide(db, deciding, "blocked", until, blocked_until=until)
    return until


def unblock(db: Session, deciding: Deciding) -> None:
    """Answer the caller again."""
    _decide(db, deciding, "unblocked", blocked_until=None)


def promise_person(db: Session, deciding: Deciding, code: str, hours: int) -> datetime:
    """Ring this person first for the caller, if on duty and free, until the instant returned."""
    if not 1 <= hours <= 24 * 14:
        raise CallerError(f"Such a promise lasts from 1 hour to 14 days, not {hours} hours.")
    until = deciding.at + timedelta(hours=hours)
    person = _person(db, code)
    _decide(db, deciding, "same-person", until, same_id=person.id, same_until=until)
    return until


def _decide(
    db: Session, deciding: Deciding, act: str, until: datetime | None = None, **columns: object
) -> None:
    why = deciding.why.strip()
    if not 1 <= len(why) <= LONGEST_WHY:
        raise CallerError(f"Say why in 1 to {LONGEST_WHY} characters; the reason is kept.")
    call, caller = _caller(db, deciding.call)
    by = _person(db, deciding.by).id
    new = NewAct(caller, call, deciding.at, act, by, deciding.privacy.sealed(why), until)
    change_caller(db, new, **columns)


def _caller(db: Session, call: str) -> tuple[CallId, str]:
    number = call_numbered(db, call)
    if number is None:
        raise CallerError(f"There is no call {call}; its number is in the log.")
    caller = caller_of(db, number)
    if caller is None:
        raise CallerError(f"The caller of call {call} withheld their number, and cannot be known.")
    return number, caller


def _person(db: Session, code: str) -> StoredPerson:
    found = next((person for person in active_people(db) if person.code == code), None)
    if found is None:
        raise CallerError(f"There is nobody with the code {code!r}; see: hotline people export")
    return found

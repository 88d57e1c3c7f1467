"""Somebody dials the staff's number: known by their address, and then by their PIN."""

import logging
import secrets
from datetime import datetime
from typing import Final

from hotline.calls.arrival.arriving import Ringing
from hotline.calls.instructions import AskNumber, HangUp, Instructions
from hotline.calls.turn import Turn, UnknownCallError
from hotline.config.settings import Settings
from hotline.numbers import line_dialled
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.oversight.alerting import TOLD_WITHIN
from hotline.phones.menus import main_menu
from hotline.phones.paths import pin
from hotline.phones.pins import LOCKED_FOR, MOST_WRONG, fits
from hotline.phones.speaking import Visit, member_behind, said
from hotline.store.people.staff import (
    Member,
    StaffCall,
    admit,
    open_staff_call,
    right_pin,
    staff_call,
    wrong_pin,
)
from hotline.store.sending.notices import post_notices

log = logging.getLogger(__name__)

PIN_SECONDS: Final = 6  # between two keys
MOST_TRIES: Final = 3  # of one call


def dialled_by_staff(settings: Settings, ringing: Ringing) -> bool:
    """Whether the number dialled is the staff's. A line's number is never one."""
    phones = settings.phones
    return phones is not None and line_dialled((phones,), ringing.dialled) is not None


def staff_rang(turn: Turn, ringing: Ringing) -> Instructions:
    """Ask whom we know for their PIN; anybody else learns nothing, but where help is."""
    member = member_behind(turn, ringing.number)
    if member is None:
        log.info("a call to the staff's number from nobody we know")
        return (said(turn, "staff_unknown"), HangUp())
    turn = turn.speaking(member.language)
    if member.pin is None:
        return (said(turn, "staff_without_pin"), HangUp())
    if (until := _locked(turn, member)) is not None:
        return _locked_out(turn, until)
    fresh = secrets.token_urlsafe(12)
    token = open_staff_call(turn.db, fresh, ringing.sid, member.id, turn.now)
    return _asked(turn, token, 0, "staff_pin")


def pin_given(turn: Turn, token: str, sid: str, tries: int, given: str) -> Instructions:
    """The menu for the right PIN; once more for a wrong one, which is counted."""
    call = staff_call(turn.db, token)
    if call is None or call.sid != sid or call.member.pin is None:
        raise UnknownCallError
    turn = turn.speaking(call.member.language)
    if (until := _locked(turn, call.member)) is not None:
        return _locked_out(turn, until)
    if not given:
        return _again(turn, token, tries, "staff_pin_missing")
    if not fits(call.member.pin, given):
        return _wrong(turn, call, tries)
    right_pin(turn.db, call.member.id)
    admit(turn.db, token, turn.now)
    return main_menu(Visit(turn, call))


def _locked(turn: Turn, member: Member) -> datetime | None:
    until = member.locked_until
    return until if until is not None and turn.now < until else None


def _locked_out(turn: Turn, until: datetime) -> Instructions:
    """A PIN is not looked at while it is locked, so trying on locks nobody out for longer."""
    minutes = -(-int((until - turn.now).total_seconds()) // 60)
    return (said(turn, "staff_locked", minutes=max(minutes, 1)), HangUp())


def _wrong(turn: Turn, call: StaffCall, tries: int) -> Instructions:
    until = wrong_pin(turn.db, call.member.id, MOST_WRONG, LOCKED_FOR, turn.now)
    if until is None:
        return _again(turn, call.token, tries, "staff_pin_wrong")
    log.warning("too many wrong PINs of one person: locked until %s", until.isoformat())
    told = NewNotice(call.member.id, NoticeKind.PIN_LOCKED, turn.now, turn.now + TOLD_WITHIN)
    post_notices(turn.db, [told], turn.now)
    return _locked_out(turn, until)


def _again(turn: Turn, token: str, tries: int, key: str) -> Instructions:
    if tries + 1 >= MOST_TRIES:
        return (said(turn, "staff_pin_enough"), HangUp())
    return _asked(turn, token, tries + 1, key)


def _asked(turn: Turn, token: str, tries: int, key: str) -> Instructions:
    path = pin(token, tries)
    asked = AskNumber((said(turn, key),), path, PIN_SECONDS)
    once_more = AskNumber((said(turn, "staff_pin_missing"),), path, PIN_SECONDS)
    return (asked, once_more, said(turn, "staff_bye"), HangUp())

"""Somebody texts us: what is done, and what they are answered. Who is unknown gets no answer.

A text is believed for its number alone, without a PIN; so nothing that callers would feel at once
is done by text.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from hotline.calls.instructions import Instructions, Say, Text
from hotline.calls.turn import Turn
from hotline.config.settings import Sms
from hotline.duty import ToldBy
from hotline.phones.speaking import member_behind, said
from hotline.phones.supervisor.gaps import tell_gaps
from hotline.phones.supervisor.waiters import tell_waiting
from hotline.phones.volunteer.attending import (
    MOST_CHOSEN,
    Act,
    cannot_come,
    check_in,
    check_out,
    go_on,
    rest,
    tell_shifts,
    when_of,
)
from hotline.phones.volunteer.duties import comes, refuses
from hotline.phones.volunteer.shifts import coming_shifts
from hotline.phones.volunteer.swap_texts import (
    agree_by_text,
    decline_by_text,
    no,
    take_by_text,
    tell_open,
    tell_swaps,
    try_by_text,
    undo_by_text,
    yes,
)
from hotline.phones.words import Asked, Word, asked
from hotline.store.people.contacts import has_stopped, start_texts, stop_texts
from hotline.store.people.staff import Member

log = logging.getLogger(__name__)

ACTS: Final[Mapping[Word, Act]] = {
    Word.CHECK_IN: check_in,
    Word.CHECK_OUT: check_out,
    Word.BREAK: rest,
    Word.BACK: go_on,
    Word.COMES: comes,
}


@dataclass(frozen=True)
class Incoming:
    """A text as the carrier brings it. number: as it came."""

    number: str
    words: str


def text_came(turn: Turn, incoming: Incoming) -> Instructions:
    """Do what is asked, and answer; nothing to a stranger, or to who wants no texts."""
    member = member_behind(turn, incoming.number)
    if member is None or turn.settings.carrier.sms is not Sms.TWO_WAY:
        log.info("a text from nobody we know, or where texts go one way")
        return ()
    answer = _answer(turn.speaking(member.language), member, asked(incoming.words))
    if not answer or has_stopped(turn.db, member.id):
        return ()
    return (Text("".join(each.words for each in answer)),)


def _answer(turn: Turn, member: Member, ask: Asked | None) -> tuple[Say, ...]:
    if ask is None:
        return _help(turn, member, 0)
    if ask.word in ACTS:
        return (ACTS[ask.word](turn, member, ToldBy.SMS),)
    if ask.word in FOR_SUPERVISORS and member.supervisor:
        return FOR_SUPERVISORS[ask.word](turn)
    return ANSWERS.get(ask.word, _help)(turn, member, ask.choice)


def _help(turn: Turn, member: Member, _: int | None) -> tuple[Say, ...]:
    more = (said(turn, "sms_help_supervisor"),) if member.supervisor else ()
    return (said(turn, "sms_help"), *more)


def _stop(turn: Turn, member: Member, _: int | None) -> tuple[Say, ...]:
    """Without an answer: the carrier confirms its own words, and ours would be a text, too."""
    stop_texts(turn.db, member.id, turn.now)
    return ()


def _start(turn: Turn, member: Member, _: int | None) -> tuple[Say, ...]:
    start_texts(turn.db, member.id)
    return (said(turn, "sms_started"),)


def _shifts(turn: Turn, member: Member, _: int | None) -> tuple[Say, ...]:
    return tell_shifts(turn, member)


def _cannot_come(turn: Turn, member: Member, choice: int | None) -> tuple[Say, ...]:
    """No to the question they have to answer; else one shift, told apart by its number."""
    refusal = refuses(turn, member) if choice is None else None
    if refusal is not None:
        return (refusal,)
    shifts = coming_shifts(turn.db, member.id, turn.now)[:MOST_CHOSEN]
    if not shifts:
        return (said(turn, "staff_no_shift"),)
    if choice is not None and choice <= len(shifts):
        return (cannot_come(turn, member, shifts[choice - 1].span.start),)
    listed = (
        said(turn, "sms_which", choice=number, when=when_of(turn, duty.span.start))
        for number, duty in enumerate(shifts, 1)
    )
    return (said(turn, "sms_which_one"), *listed)


def _no(turn: Turn, member: Member, choice: int | None) -> tuple[Say, ...]:
    return no(turn, member, choice) or _cannot_come(turn, member, choice)


ANSWERS: Final[Mapping[Word, Callable[[Turn, Member, int | None], tuple[Say, ...]]]] = {
    Word.CANNOT_COME: _cannot_come,
    Word.YES: yes,
    Word.NO: _no,
    Word.SWAPS: tell_swaps,
    Word.AGREES: agree_by_text,
    Word.DECLINES: decline_by_text,
    Word.OPEN: tell_open,
    Word.TAKES: take_by_text,
    Word.UNDO: undo_by_text,
    Word.TEST: try_by_text,
    Word.SHIFTS: _shifts,
    Word.STOP: _stop,
    Word.START: _start,
}
FOR_SUPERVISORS: Final[Mapping[Word, Callable[[Turn], tuple[Say, ...]]]] = {
    Word.GAPS: tell_gaps,
    Word.WAITING: tell_waiting,
}

"""A volunteer picks up, hears the question, and presses a key."""

from datetime import timedelta
from typing import Final

from hotline.calls.instructions import Ask, HangUp, Instructions, Say
from hotline.calls.paths import errand_back, errand_key
from hotline.calls.turn import Turn, UnknownCallError
from hotline.calls.wait.waiting import WHISPER_EXTRA
from hotline.duty import Duty, ToldBy
from hotline.handshake.confirming import confirm
from hotline.handshake.stand_ins.answers import Answered, Saying, says_no, says_yes, takes_back
from hotline.handshake.stand_ins.searching import cannot_come
from hotline.handshake.states import ErrandEvent, ErrandState
from hotline.handshake.telling import duty_words
from hotline.handshake.trying import TRIALS
from hotline.phrases import say
from hotline.store.duty.reach import reached
from hotline.store.duty.rosters import rota_between
from hotline.store.sending.errands import (
    Ended,
    Errand,
    Purpose,
    end_errand,
    errand_of,
    move_errand,
    note_answer,
    note_errand_sid,
)
from scheduling.problem import Span

YES: Final = "1"
NO: Final = "2"
BACK: Final = "3"
KEY_SECONDS: Final = 6
A_MOMENT: Final = timedelta(seconds=1)
BACK_SECONDS: Final = 5
LAST_WORDS: Final = 25  # seconds; the carrier tells when they are over, and if not this counts
ASKED: Final = {  # at first, and once more
    Purpose.CONFIRM: ("ask_confirm", "ask_again"),
    Purpose.STAND_IN: ("ask_stand_in", "ask_again"),
    Purpose.DRILL: ("try_drill", "try_again"),
    Purpose.TEST: ("try_test", "try_again"),
}
KEYS: Final = {purpose: (YES,) if purpose in TRIALS else (YES, NO) for purpose in Purpose}
OVER: Final = frozenset({"completed", "canceled", "failed", "busy", "no-answer"})
SAID: Final = {
    Answered.REFUSED: "ask_refused",
    Answered.TOO_LATE: "ask_too_late",
    Answered.NOT_POSSIBLE: "ask_not_possible",
}


def errand_at(turn: Turn, token: str) -> Errand:
    """The call of a web address; UnknownCallError if there is none."""
    errand = errand_of(turn.db, token)
    if errand is None:
        raise UnknownCallError("no call to a volunteer has this address")
    return errand


def volunteer_picked_up(turn: Turn, token: str, sid: str) -> Instructions:
    """The question; a mailbox presses no key."""
    errand = errand_at(turn, token)
    turn = turn.speaking(errand.language)
    until = turn.later(3 * KEY_SECONDS + WHISPER_EXTRA)
    note_errand_sid(turn.db, errand.id, sid)
    picked_up = move_errand(turn.db, errand.id, ErrandEvent.PICKED_UP, until, until)
    if not picked_up and errand.state is not ErrandState.ANSWERED:
        end_errand(turn.db, errand.id, Ended.WITHDRAWN, turn.now)
        return (_said(turn, "ask_too_late"), HangUp())
    words = duty_words(turn.settings, errand.desk, errand.starts, turn.now)
    asked, again = ASKED[errand.purpose]
    return (
        Ask((_said(turn, asked, **words),), errand_key(token, 1), KEY_SECONDS),
        Ask((_said(turn, again),), errand_key(token, 2), KEY_SECONDS),
        _said(turn, "ask_missed"),
        HangUp(),
    )


def volunteer_answers(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """1: yes. 2: no. Anything else is asked once more."""
    errand = errand_at(turn, token)
    turn = turn.speaking(errand.language)
    if digits not in KEYS[errand.purpose]:
        return _once_more(turn, errand, number)
    reached(turn.db, errand.person, turn.now)
    result = Ended.YES if digits == YES else Ended.NO
    if errand.purpose in TRIALS:
        note_answer(turn.db, errand.id, result, turn.later(LAST_WORDS))
        return (_said(turn, "try_done"), HangUp())
    if errand.purpose is Purpose.CONFIRM:
        key = _confirms(turn, errand, result)
        note_answer(turn.db, errand.id, result, turn.later(LAST_WORDS))
        return (_said(turn, key), HangUp())
    assert errand.question is not None
    answer = says_yes if result is Ended.YES else says_no
    answered = answer(turn.db, turn.settings, Saying(errand.question, ToldBy.CALL), turn.now)
    note_answer(turn.db, errand.id, result, turn.later(LAST_WORDS))
    if answered is not Answered.COMES:
        return (_said(turn, SAID[answered]), HangUp())
    words = duty_words(turn.settings, errand.desk, errand.starts, turn.now)
    agreed = _said(turn, "ask_agreed", **words)
    last = (_said(turn, "ask_agreed_last"), HangUp())
    return (Ask((agreed,), errand_back(token), BACK_SECONDS), *last)


def _once_more(turn: Turn, errand: Errand, number: int) -> Instructions:
    if number > 2:
        return (_said(turn, "ask_missed"), HangUp())
    _, words = ASKED[errand.purpose]
    again = Ask((_said(turn, words),), errand_key(errand.token, number + 2), KEY_SECONDS)
    return (again, _said(turn, "ask_missed"), HangUp())


def volunteer_takes_back(turn: Turn, token: str, digits: str) -> Instructions:
    """3, just after a yes: it was a mistake."""
    errand = errand_at(turn, token)
    turn = turn.speaking(errand.language)
    if digits != BACK or errand.question is None:
        return (_said(turn, "ask_agreed_last"), HangUp())
    saying = Saying(errand.question, ToldBy.CALL)
    answered = takes_back(turn.db, turn.settings, saying, turn.now)
    key = "ask_taken_back" if answered is Answered.TAKEN_BACK else "ask_kept"
    return (_said(turn, key), HangUp())


def errand_told(turn: Turn, token: str, status: str, sid: str) -> None:
    """The carrier's word on such a call. Late, doubled or out of order, it changes nothing."""
    errand = errand_at(turn, token)
    if errand.sid is None:
        note_errand_sid(turn.db, errand.id, sid)
    if status in OVER:
        silent = errand.state is ErrandState.ANSWERED
        result = Ended.SILENT if silent else Ended.UNANSWERED
        end_errand(turn.db, errand.id, result, turn.now)


def _confirms(turn: Turn, errand: Errand, result: Ended) -> str:
    """What is said to somebody who says whether they come to their duty."""
    if result is Ended.YES:
        confirm(turn.db, errand.person, errand.starts, ToldBy.CALL, turn.now)
        return "ask_confirmed"
    duty = _duty_of(turn, errand)
    if duty is not None:
        cannot_come(turn.db, duty, turn.now)
    return "ask_cannot_come"


def _duty_of(turn: Turn, errand: Errand) -> Duty | None:
    """The duty as it is now; None: it is theirs no more."""
    start = max(errand.starts, turn.now)
    rota = rota_between(turn.db, Span(start, start + A_MOMENT))
    mine = (errand.person, errand.desk)
    return next((d for d in rota.duties if (d.person, d.desk) == mine), None)


def _said(turn: Turn, key: str, **words: str) -> Say:
    site = turn.settings.site
    return say(key, site.language, site=site.title.in_language(site.language), **words)

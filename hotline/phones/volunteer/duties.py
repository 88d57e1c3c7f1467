"""What people answer by text who were asked to confirm a duty, or to stand in."""

from typing import Final

from hotline.calls.instructions import Say
from hotline.calls.turn import Turn
from hotline.duty import ToldBy
from hotline.handshake.confirming import confirm
from hotline.handshake.stand_ins.answers import Answered, Saying, says_no, says_yes, takes_back
from hotline.handshake.states import QuestionState
from hotline.handshake.telling import clock
from hotline.phones.speaking import said
from hotline.phones.volunteer.shifts import coming_shifts
from hotline.store.duty.questions import (
    Question,
    last_question_to,
)
from hotline.store.people.staff import Member

OPEN: Final = frozenset({QuestionState.ASKED, QuestionState.SILENT})
SAID: Final = {
    Answered.COMES: "ask_agreed_last",
    Answered.REFUSED: "ask_refused",
    Answered.TOO_LATE: "ask_too_late",
    Answered.NOT_POSSIBLE: "ask_not_possible",
    Answered.TAKEN_BACK: "ask_taken_back",
    Answered.KEPT: "ask_kept",
}


def comes(turn: Turn, member: Member, way: ToldBy) -> Say:
    """Yes to the question they have to answer; else they confirm their next duty."""
    question = _open_question(turn, member)
    if question is not None:
        saying = Saying(question.id, way)
        return said(turn, SAID[says_yes(turn.db, turn.settings, saying, turn.now)])
    shifts = coming_shifts(turn.db, member.id, turn.now)
    if not shifts:
        return said(turn, "staff_no_shift")
    start = shifts[0].span.start
    confirm(turn.db, member.id, start, way, turn.now)
    return said(turn, "sms_confirmed", when=clock(turn.settings, start, turn.now))


def refuses(turn: Turn, member: Member) -> Say | None:
    """No to that question, or a yes taken back while it can be; None: they were asked nothing."""
    question = last_question_to(turn.db, member.id, turn.now)
    if question is None:
        return None
    saying = Saying(question.id, ToldBy.SMS)
    if question.state in OPEN:
        return said(turn, SAID[says_no(turn.db, turn.settings, saying, turn.now)])
    if question.state is QuestionState.AGREED:
        answered = takes_back(turn.db, turn.settings, saying, turn.now)
        return said(turn, SAID[answered]) if answered is Answered.TAKEN_BACK else None
    return None


def is_asked_to_stand_in(turn: Turn, member: Member) -> bool:
    """Whether they have such a question to answer."""
    return _open_question(turn, member) is not None


def _open_question(turn: Turn, member: Member) -> Question | None:
    question = last_question_to(turn.db, member.id, turn.now)
    return question if question is not None and question.state in OPEN else None

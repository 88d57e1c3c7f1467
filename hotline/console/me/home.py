"""My shifts, what I am asked, and what I tell of each: the first page on the phone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import Response, abort, request

from hotline.accounts.permits import Act
from hotline.calls.turn import Turn
from hotline.care.records import CareRecord
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import allows, now
from hotline.console.frame.changing import Changing, changing
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _
from hotline.console.me.room import HOME, key_of, me, mine, subject_of, written
from hotline.console.me.wording import ANSWERED
from hotline.duty import Attended, ToldBy, aside_until
from hotline.handshake.confirming import confirm
from hotline.handshake.stand_ins.answers import Saying, says_no, says_yes, takes_back
from hotline.handshake.stand_ins.searching import cannot_come
from hotline.handshake.states import QuestionState
from hotline.own.attending import SAID, say_attended
from hotline.own.shifts import OwnShift, own_shifts
from hotline.people import StoredPerson
from hotline.store import Session
from hotline.store.duty.questions import Question, last_question_to
from hotline.store.duty.reach import presence_now
from hotline.store.duty.standins import Search, search_of, searches_open
from hotline.store.duty.swaps import swaps_with
from hotline.store.talking.care import Whose, records_to_fill
from hotline.swaps.asking import ShiftKey
from hotline.swaps.states import OPEN
from hotline.swaps.swap import Swap

FORMS_SINCE: Final = timedelta(days=14)
MOST_FORMS: Final = 5
CAN_ANSWER: Final = (QuestionState.ASKED, QuestionState.SILENT)


class TooEarlyError(Exception):
    """No shift begins soon."""


@dataclass(frozen=True)
class Asked:
    """Whether I can stand in: the question, and the search that it belongs to."""

    question: Question
    search: Search
    open: bool  # may be answered; else it was a yes that may still be taken back


@dataclass(frozen=True)
class Home:
    """All that the first page tells."""

    person: StoredPerson
    shifts: tuple[OwnShift, ...]
    swaps: tuple[Swap, ...]
    asked: Asked | None
    searches: dict[tuple[str, datetime], Search]
    forms: tuple[CareRecord, ...]
    aside: datetime | None  # until when my telephone is put aside

    @property
    def to_me(self) -> list[Swap]:
        """What others ask me."""
        return [s for s in self.swaps if s.terms.partner.id == self.person.id]

    @property
    def by_me(self) -> list[Swap]:
        """What I have asked others."""
        return [s for s in self.swaps if s.terms.asker.id == self.person.id]

    def asked_for(self, shift: OwnShift) -> list[Swap]:
        """What I have asked others about one of my shifts."""
        key = (shift.desk, shift.span.start)
        return [s for s in self.by_me if (s.terms.gives.desk, s.terms.gives.span.start) == key]

    def search_for(self, shift: OwnShift) -> Search | None:
        """Whether somebody is looked for instead of me."""
        return self.searches.get((shift.desk, shift.span.start))


@me.get("/me", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_me() -> Response:
    """The first page."""
    return home_page()


def home_page(status: int = 200, wrong: str = "") -> Response:
    """The first page, perhaps with what did not work."""
    with parts().store.reading() as db:
        home = _home(db)
    soon = next((s for s in home.shifts if s.begins_soon(now()) and not s.away), None)
    return show(
        "me/home.html",
        status,
        home=home,
        soon=soon,
        now=now(),
        wrong=wrong,
        fresh=lambda at: now() < at + timedelta(seconds=parts().settings.shake.undo_seconds),
        written=written,
    )


@me.post("/me/shifts/<desk>/<start>/confirm", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def confirm_shift(desk: str, start: str) -> Response:
    """I come."""
    key = key_of(desk, start)
    with changing() as change:
        shift = _shift(change.db, key)
        confirm(change.db, shift.duty.person, key.start, ToldBy.CONSOLE, change.now)
        change.record("duty.confirm", subject_of(key))
    return back_to(HOME, said=_("Thank you. You are expected."))


@me.get("/me/shifts/<desk>/<start>/cannot", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_cannot(desk: str, start: str) -> Response:
    """Really not?"""
    with parts().store.reading() as db:
        shift = _shift(db, key_of(desk, start))
    return show("me/cannot.html", shift=shift, written=written)


@me.post("/me/shifts/<desk>/<start>/cannot", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def say_cannot(desk: str, start: str) -> Response:
    """I cannot come: somebody is looked for who stands in."""
    key = key_of(desk, start)
    with changing() as change:
        shift = _shift(change.db, key)
        cannot_come(change.db, shift.duty, change.now)
        change.record("duty.cannot-come", subject_of(key), after={"shift": shift.shift})
    return back_to(HOME, said=_("Noted. We are looking for somebody who stands in for you."))


@me.post("/me/attendance", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def say_there() -> Response:
    """I am here, resting, back or gone."""
    said = request.form.get("said", "")
    if said not in SAID:
        abort(400)
    try:
        kind = _said(Attended(said))
    except TooEarlyError:
        return home_page(409, _("It is too early to check in."))
    return back_to(HOME, said=_told(kind))


def _said(kind: Attended) -> Attended:
    """Kept. Raises TooEarlyError."""
    with changing() as change:
        person = mine(change.db)
        shifts = own_shifts(change.db, person, change.now)
        early = kind is Attended.CHECKED_IN and not any(s.begins_soon(change.now) for s in shifts)
        if early:
            raise TooEarlyError
        turn = Turn(change.db, parts().settings, privacy(), change.now)
        say_attended(turn, person.id, kind)
        change.record("duty.attend", f"person/{person.code}", after={"said": kind.value})
    return kind


@me.post("/me/questions/<int:number>", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def answer_question(number: int) -> Response:
    """I can stand in, or cannot, or cannot after all."""
    use_cases = {"yes": says_yes, "no": says_no, "back": takes_back}
    use_case = use_cases.get(request.form.get("said", ""))
    if use_case is None:
        abort(400)
    with changing() as change:
        _refuse_others(change, number)
        saying = Saying(number, ToldBy.CONSOLE)
        answered = use_case(change.db, parts().settings, saying, change.now)
        change.record("stand-in.answer", f"question/{number}", after={"came": answered.value})
    return back_to(HOME, said=str(ANSWERED[answered]))


def _refuse_others(change: Changing, number: int) -> None:
    """404 for a question to somebody else."""
    person = mine(change.db)
    mine_asked = last_question_to(change.db, person.id, change.now)
    if mine_asked is None or mine_asked.id != number:
        abort(404)


def _home(db: Session) -> Home:
    person = mine(db)
    at = now()
    searches = searches_open(db, at)
    return Home(
        person=person,
        shifts=own_shifts(db, person, at),
        swaps=tuple(s for s in swaps_with(db, person.id, at) if s.state in OPEN),
        asked=_asked(db, person, at),
        searches={(s.desk, s.span.start): s for s in searches if s.person == person.id},
        forms=records_to_fill(db, Whose(person.id), at - FORMS_SINCE, MOST_FORMS),
        aside=aside_until(presence_now(db, person.id), parts().settings, at),
    )


def _asked(db: Session, person: StoredPerson, at: datetime) -> Asked | None:
    question = last_question_to(db, person.id, at)
    search = None if question is None else search_of(db, question.search)
    if question is None or search is None:
        return None
    if question.state in CAN_ANSWER:
        return Asked(question, search, open=True)
    undo = search.undo_until
    if question.state is QuestionState.AGREED and undo is not None and at < undo:
        return Asked(question, search, open=False)
    return None


def _shift(db: Session, key: ShiftKey) -> OwnShift:
    """My shift of that key; 404 where it is not mine, or over."""
    shifts = own_shifts(db, mine(db), now())
    found = [s for s in shifts if (s.desk, s.span.start) == (key.desk, key.start)]
    return found[0] if found else abort(404)


def _told(kind: Attended) -> str:
    said: dict[Attended, str] = {
        Attended.CHECKED_IN: _("You are checked in. Calls can reach you when your shift begins."),
        Attended.CHECKED_OUT: _("You are checked out. Thank you, and rest well."),
        Attended.BREAK_BEGAN: _("Have a rest. Your telephone is left alone for 30 minutes."),
        Attended.BREAK_ENDED: _("Welcome back. Calls reach you again."),
    }
    return said[kind]

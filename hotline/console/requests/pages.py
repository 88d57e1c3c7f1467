"""Swaps, absences and stand-ins that wait for a coordinator, each with what it does."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Response, abort, request
from flask_babel.speaklater import LazyString

from hotline.accounts.permits import Act
from hotline.config.settings import DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import Changing, changing
from hotline.console.frame.showing import Door, back_to, show
from hotline.console.frame.words.saying import _, _l
from hotline.console.requests.wording import question_state, rules_of, search_state
from hotline.corrections.absences import AbsenceError
from hotline.duty import ToldBy
from hotline.handshake.stand_ins.answers import Answered as Stood
from hotline.handshake.stand_ins.answers import Saying, says_no, says_yes
from hotline.handshake.stand_ins.away import seek_stand_ins, take_back
from hotline.rosters.question.facts import AskError
from hotline.store import Session
from hotline.store.duty.absences import absence_of
from hotline.store.duty.questions import question_of
from hotline.store.duty.standins import search_of
from hotline.store.duty.swaps import swap_of
from hotline.store.people.everybody import person_of
from hotline.swaps.asking import Answered, SwapError
from hotline.swaps.deciding import approve, turn_down
from hotline.swaps.inbox import inbox
from hotline.swaps.settling import NotSettledError

room = Blueprint("requests", __name__, template_folder="templates")
DOOR: Final = Door(_l("Requests"), "requests.show_requests", Act.DECIDE_REQUESTS)
HERE: Final = "requests.show_requests"
DECIDED: Final[Mapping[Answered, LazyString]] = {
    Answered.APPROVED: _l("Approved. Telephone and roster follow; both are told."),
    Answered.HALF: _l("Approved for your desk. It holds when the other desk's coordinator agrees."),
    Answered.REFUSED: _l("Not approved. Both are told; the roster stays as it is."),
    Answered.VOID: _l(
        "It is not possible any more, because the roster has changed. Both are told."
    ),
    Answered.TOO_LATE: _l("That was decided, withdrawn or expired before."),
}
STOOD: Final[Mapping[Stood, LazyString]] = {
    Stood.COMES: _l("They come; the telephone follows now."),
    Stood.REFUSED: _l("Noted. The next one is asked."),
    Stood.TOO_LATE: _l("Somebody else comes already, or nobody is needed any more."),
    Stood.NOT_POSSIBLE: _l("They are on another duty at that time; the next one is asked."),
}


@room.get("/requests", provide_automatic_options=False)
@allows(Act.DECIDE_REQUESTS)
def show_requests() -> Response:
    """All that waits."""
    return _page()


@room.post("/requests/swaps/<int:number>", provide_automatic_options=False)
@allows(Act.DECIDE_REQUESTS)
def decide_swap(number: int) -> Response:
    """Approve it, or not."""
    said = request.form.get("said", "")
    if said not in ("approve", "refuse"):
        abort(400)
    mine, settings = _own_desks(), parts().settings
    try:
        with changing() as change:
            _swap_of_mine(change, number)
            if said == "approve":
                answered = approve(change.db, settings, number, change.now, mine)
            else:
                answered = turn_down(change.db, settings, number, change.now)
            change.record("swap.decide", f"swap/{number}", after={"came": answered.value})
    except (SwapError, NotSettledError, AskError):
        return _page(
            409, _("That could not be decided: it is not answered yet, or the roster changed.")
        )
    return back_to(HERE, said=str(DECIDED[answered]))


@room.post("/requests/absences/<int:number>", provide_automatic_options=False)
@allows(Act.DECIDE_REQUESTS)
def decide_absence(number: int) -> Response:
    """Look for stand-ins, or: they come after all."""
    said = request.form.get("said", "")
    if said not in ("seek", "comes"):
        abort(400)
    try:
        with changing() as change:
            _absence_of_mine(change, number)
            if said == "seek":
                count = seek_stand_ins(change.db, number, change.now)
                told = _("Somebody is looked for; the first one is asked within seconds.")
            else:
                count = len(take_back(change.db, parts().settings, number, change.now).ended)
                told = _("Taken back. What is published counts again.")
            change.record("absence.decide", f"absence/{number}", after={"said": said, "of": count})
    except AbsenceError:
        return _page(409, _("That absence was taken back before."))
    return back_to(HERE, said=told)


@room.post("/requests/questions/<int:number>", provide_automatic_options=False)
@allows(Act.DECIDE_REQUESTS)
def answer_question(number: int) -> Response:
    """Somebody who was asked has told me what they say."""
    use_case = {"yes": says_yes, "no": says_no}.get(request.form.get("said", ""))
    if use_case is None:
        abort(400)
    with changing() as change:
        _question_of_mine(change.db, number)
        saying = Saying(number, ToldBy.CONSOLE)
        answered = use_case(change.db, parts().settings, saying, change.now)
        change.record("stand-in.answer", f"question/{number}", after={"came": answered.value})
    return back_to(HERE, said=str(STOOD.get(answered, STOOD[Stood.TOO_LATE])))


def _page(status: int = 200, wrong: str = "") -> Response:
    settings, mine = parts().settings, _own_desks()
    with parts().store.reading() as db:
        found = inbox(db, settings, mine, now())
    return show(
        "requests/inbox.html",
        status,
        inbox=found,
        wrong=wrong,
        rules=rules_of,
        state=search_state,
        question_state=question_state,
    )


def _own_desks() -> list[DeskName]:
    return [desk.name for desk in viewer().desks(parts().settings)]


def _swap_of_mine(change: Changing, number: int) -> None:
    """404 where none of its desks is the viewer's."""
    swap = swap_of(change.db, number)
    if swap is None or not any(viewer().sees_desk(each.desk) for each in swap.terms.shifts):
        abort(404)


def _absence_of_mine(change: Changing, number: int) -> None:
    """404 where its person sits at none of the viewer's desks."""
    absence = absence_of(change.db, number)
    person = None if absence is None else person_of(change.db, absence.person)
    if person is None or not viewer().sees_any(person.desks):
        abort(404)


def _question_of_mine(db: Session, number: int) -> None:
    question = question_of(db, number)
    search = None if question is None else search_of(db, question.search)
    if search is None or not viewer().sees_desk(search.desk):
        abort(404)

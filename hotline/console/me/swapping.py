"""Giving a shift away, exchanging it, and answering who asks me to."""

from datetime import timedelta
from typing import Final

from flask import Response, abort, request

from hotline.accounts.permits import Act
from hotline.config.settings import DeskName
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now
from hotline.console.frame.changing import changing
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _
from hotline.console.me.home import home_page
from hotline.console.me.room import HOME, key_of, me, mine, subject_of, written
from hotline.console.me.wording import REFUSED, SWAPPED, refusal
from hotline.corrections.overrides import OverrideError
from hotline.people import StoredPerson
from hotline.rosters.question.facts import AskError
from hotline.store import Session
from hotline.swaps.asking import (
    AROUND,
    Answered,
    Asking,
    ShiftKey,
    SwapError,
    Why,
    agree,
    ask,
    refuse,
    withdraw,
)
from hotline.swaps.offering import Offers, Wanted, offers
from hotline.swaps.open_shifts import give_back, open_shifts, take
from hotline.swaps.reading import Weeks, may_answer, weeks_around
from hotline.swaps.settling import NotSettledError
from hotline.swaps.swap import HeldShift
from scheduling.problem import Span

MOST_SHOWN: Final = 12  # of each kind: the fairest; nobody reads further on a phone
NOBODY: Final = Offers((), ())


@me.get("/me/shifts/<desk>/<start>/swap", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_swap(desk: str, start: str) -> Response:
    """With whom I could swap this shift, or who could take it over."""
    return _offered(key_of(desk, start))


@me.post("/me/shifts/<desk>/<start>/swap", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def ask_swap(desk: str, start: str) -> Response:
    """I ask somebody."""
    key = key_of(desk, start)
    takes = _takes(request.form.get("takes", ""))
    partner = request.form.get("partner", "")
    try:
        with changing() as change:
            person = mine(change.db)
            asking = Asking(person.code, partner, key, takes)
            swap = ask(change.db, parts().settings, asking, change.now)
            after = {"partner": partner, "takes": None if takes is None else subject_of(takes)}
            change.record("swap.ask", f"swap/{swap.id}", after={"gives": subject_of(key), **after})
    except SwapError as error:
        return _offered(key, 409, refusal(error))
    return back_to(
        HOME, said=_("%(name)s is asked. You will be told.", name=swap.terms.partner.name)
    )


@me.post("/me/swaps/<int:number>", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def answer_swap(number: int) -> Response:
    """I agree, or not, or think again."""
    use_cases = {"yes": agree, "no": refuse, "back": withdraw}
    use_case = use_cases.get(request.form.get("said", ""))
    if use_case is None:
        abort(400)
    try:
        with changing() as change:
            person = mine(change.db)
            answered = use_case(change.db, parts().settings, number, person.id, change.now)
            change.record("swap.answer", f"swap/{number}", after={"came": answered.value})
    except SwapError:
        abort(404)
    except (NotSettledError, AskError):
        return home_page(409, str(SWAPPED[Answered.VOID]))
    return back_to(HOME, said=str(SWAPPED[answered]))


@me.get("/me/open", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_open() -> Response:
    """Shifts that want somebody, and that I may take."""
    return _open()


@me.post("/me/open/<desk>/<start>", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def take_open(desk: str, start: str) -> Response:
    """I take one."""
    key = key_of(desk, start)
    try:
        with changing() as change:
            person = mine(change.db)
            noted = take(change.db, parts().settings, person, key, change.now)
            change.record("shift.take", subject_of(key), after={"override": noted.override.id})
    except (SwapError, OverrideError, AskError):
        return _open(409, str(REFUSED[Why.GONE]))
    return back_to(HOME, said=_("Thank you! The shift is yours."))


@me.post("/me/taken/<int:number>", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def give_back_taken(number: int) -> Response:
    """I took it by mistake, a moment ago."""
    try:
        with changing() as change:
            person = mine(change.db)
            noted = give_back(change.db, parts().settings, person, number, change.now)
            key = ShiftKey(noted.override.desk, noted.override.span.start)
            change.record("shift.give-back", subject_of(key), before={"override": number})
    except SwapError:
        return home_page(409, _("It is too late to give that shift back. Swap it, or say so."))
    return back_to(HOME, said=_("Given back. The shift is open again."))


def _open(status: int = 200, wrong: str = "") -> Response:
    settings = parts().settings
    with parts().store.reading() as db:
        try:
            found = open_shifts(db, settings, mine(db), now())
        except AskError:
            found = ()
    return show("me/open.html", status, found=found[:MOST_SHOWN], wrong=wrong, written=written)


def _offered(key: ShiftKey, status: int = 200, wrong: str = "") -> Response:
    settings = parts().settings
    with parts().store.reading() as db:
        person = mine(db)
        shift, found = _offers(db, person, key)
    closes = shift.span.start - timedelta(hours=settings.swapping.close_hours)
    return show(
        "me/swap.html",
        status,
        shift=shift,
        offers=found if closes > now() else NOBODY,
        too_late=closes <= now(),
        wrong=wrong,
        most=MOST_SHOWN,
        written=written,
    )


def _offers(db: Session, person: StoredPerson, key: ShiftKey) -> tuple[HeldShift, Offers]:
    """My shift, and what could be done with it; 404 where it is not mine or cannot be swapped."""
    settings, at = parts().settings, now()
    mine_too = [d.name for d in settings.desks if d.shifts and may_answer(person, d, settings)]
    earliest = max(at, key.start - AROUND)
    if key.start <= at:
        abort(404)
    weeks = _weeks(db, {key.desk, *mine_too}, Span(earliest, key.start + AROUND))
    shift = weeks.held_by(person.code, key.desk, key.start)
    if shift is None:
        abort(404)
    after = at + timedelta(hours=settings.swapping.close_hours)
    return shift, offers(weeks, settings, Wanted(person.code, shift, after))


def _weeks(db: Session, desks: set[DeskName], span: Span) -> Weeks:
    try:
        return weeks_around(db, parts().settings, desks, span)
    except AskError:
        abort(404)


def _takes(text: str) -> ShiftKey | None:
    """The shift that a form names as desk and start."""
    if not text:
        return None
    desk, _slash, start = text.rpartition("/")
    return key_of(desk, start)

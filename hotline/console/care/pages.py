"""After a conversation: what is due, its form, its note, and its follow-up."""

from datetime import timedelta
from typing import Any, Final

from flask import Response, abort, request

from hotline.accounts.permits import Act, may
from hotline.accounts.trail import Change
from hotline.calls.turn import Turn
from hotline.care.filling import (
    ChangedMeanwhileError,
    fill_in,
    follow_up_done,
    follow_up_later,
)
from hotline.care.records import CareRecord, FollowedUp, Reader, is_writer, may_read, why_not_filled
from hotline.console.care.forms import (
    LATER,
    CareForm,
    FollowUpForm,
    as_it_is,
    care_form,
    evening_of,
    filled_in,
    follow_up_form,
)
from hotline.console.care.room import care
from hotline.console.care.wording import FORM_WRONG, RESULTS, RISKS
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.changing import Changing, changing, recorded
from hotline.console.frame.paging import A_PAGE, page_of
from hotline.console.frame.polling import Block, answer_block, own_tag
from hotline.console.frame.showing import back_to, rendered, show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _
from hotline.duty import LegId
from hotline.store import Session
from hotline.store.access.trail import append_to_trail
from hotline.store.talking.care import (
    Whose,
    count_follow_ups,
    follow_ups_due,
    record_of,
    records_to_fill,
)

DUE: Final = "care.show_due"
LOOKED_BACK: Final = timedelta(days=14)


@care.get("/care", provide_automatic_options=False)
@allows(Act.SEE_CARE)
def show_due() -> Response:
    """Forms to fill in and follow-ups to do: one's own, or those of the lines one supervises."""
    of_lines = bool(_reader().supervises)
    return show("care/due.html", live=_lists().render(), of_lines=of_lines)


@care.get("/care/live", provide_automatic_options=False)
@allows(Act.SEE_CARE, polled=True)
def show_due_live() -> Response:
    """The lists alone; 304 where the reader has them already."""
    return answer_block(_lists())


def _lists() -> Block:
    reader, at = _reader(), now()
    whose = Whose(reader.person, reader.supervises)
    with parts().store.reading() as db:
        count, late = count_follow_ups(db, whose, at)
        page = page_of(count)
        due = follow_ups_due(db, whose, A_PAGE, page.offset)
        to_fill = records_to_fill(db, whose, at - LOOKED_BACK, A_PAGE)
    tag = own_tag(page, count, late, due, to_fill)
    values = {"due": due, "late": late, "page": page, "to_fill": to_fill, "count": count}
    return Block(tag, lambda: rendered("care/lists.html", tag=tag, **values, **_shared()))


@care.get("/care/<int:leg>", provide_automatic_options=False)
@allows(Act.SEE_CARE)
def show_record(leg: int) -> Response:
    """One conversation: its volunteer fills the form in, others see what is not the note."""
    with parts().store.reading() as db:
        record = _seen(db, leg)
    form = None
    if is_writer(record, _reader()):
        form = _form(record, None, _opened(record))
    return _page(record, form=form)


@care.post("/care/<int:leg>", provide_automatic_options=False)
@allows(Act.OWN_NOTES)
def keep_record(leg: int) -> Response:
    """The volunteer's form is kept; one that was changed meanwhile is shown beside it."""
    with parts().store.reading() as db:
        record = _seen(db, leg)
    if not is_writer(record, _reader()):
        abort(404)
    form = _form(record, request.form, "")
    filled = filled_in(form, record, parts().settings, now())
    if filled is None:
        return _page(record, 400, form=form)
    try:
        with changing() as change:
            fill_in(_turn(change), record.leg, _reader(), filled)
            after = {"risk": filled.risk.value, "kind": filled.kind, "note": bool(filled.note)}
            before = {"risk": record.risk and record.risk.value, "kind": record.kind}
            change.record("care.form", f"leg/{leg}", before, after)
    except ChangedMeanwhileError:
        return _changed_meanwhile(leg, form)
    return back_to(DUE, said=_("Kept. Thank you."))


@care.post("/care/<int:leg>/note", provide_automatic_options=False)
@allows(Act.READ_NOTES)
def read_note(leg: int) -> Response:
    """A note of somebody else, for a supervisor of the line; the audit trail keeps who read it."""
    with parts().store.writing() as db:
        record = _seen(db, leg)
        append_to_trail(db, viewer().account.login, Change("care.read", f"leg/{leg}"), now())
        recorded()
    return _page(record, note=_opened(record))


@care.post("/care/<int:leg>/follow-up", provide_automatic_options=False)
@allows(Act.SEE_CARE)
def follow_up(leg: int) -> Response:
    """What came of a follow-up, or when it is tried again."""
    with parts().store.reading() as db:
        record = _seen(db, leg)
    form = follow_up_form(request.form)
    later = form.result.data == LATER
    if not form.validate() or (later and not _has_day(form)):
        return _page(record, 400, up=form)
    with changing() as change:
        try:
            _follow_up(change, record, form)
        except ChangedMeanwhileError:
            said = _("Somebody has noted what came of it already.")
        else:
            said = _("Put off.") if later else _("Noted: what came of the follow-up.")
        after = {"result": form.result.data, "day": str(form.day.data or "")}
        change.record("care.follow-up", f"leg/{leg}", None, after)
    return back_to(DUE, said=said)


def _follow_up(change: Changing, record: CareRecord, form: FollowUpForm) -> None:
    turn, by = _turn(change), _reader()
    if form.result.data == LATER:
        assert form.day.data is not None  # looked at before
        follow_up_later(turn, record.leg, by, evening_of(form.day.data, parts().settings))
    else:
        follow_up_done(turn, record.leg, by, FollowedUp(form.result.data))


def _has_day(form: FollowUpForm) -> bool:
    day = form.day.data
    wrong = "when"
    if day is not None:
        found = why_not_filled("", evening_of(day, parts().settings), now())
        if found is None:
            return True
        wrong = found
    form.day.errors = [str(FORM_WRONG[wrong])]
    return False


def _changed_meanwhile(leg: int, form: CareForm) -> Response:
    """What was typed stays, with what is kept now beside it; sent again, it is what counts."""
    with parts().store.reading() as db:
        record = _seen(db, leg)
    form.seen.data = record.version
    form.seen.raw_data = [str(record.version)]
    return _page(record, 409, form=form, kept=_opened(record))


def _page(
    record: CareRecord,
    status: int = 200,
    *,
    form: CareForm | None = None,
    up: FollowUpForm | None = None,
    note: str | None = None,
    kept: str | None = None,
) -> Response:
    reader = _reader()
    return show(
        "care/record.html",
        status,
        record=record,
        form=form,
        up=up or follow_up_form(None),
        note=note,
        kept=kept,
        mine=is_writer(record, reader),
        **_shared(),
    )


def _shared() -> dict[str, Any]:
    settings = parts().settings
    kinds = (settings.talks.form.kinds or ()) if settings.talks.form else ()
    return {
        "now": now(),
        "titles": {line.name: line.title for line in settings.lines},
        "risks": RISKS,
        "results": RESULTS,
        "kinds": dict(enumerate(kinds, 1)),
    }


def _reader() -> Reader:
    who = viewer()
    supervises = may(who.account.roles, Act.READ_NOTES)
    lines = who.line_names(parts().settings) if supervises else frozenset()
    return Reader(who.person if may(who.account.roles, Act.OWN_NOTES) else None, lines)


def _seen(db: Session, leg: int) -> CareRecord:
    record = record_of(db, LegId(leg))
    if record is None or not may_read(record, _reader()):
        abort(404)
    return record


def _form(record: CareRecord, sent: Any, note: str) -> CareForm:
    settings = parts().settings
    return care_form(settings, page_language(), sent, **as_it_is(record, note, settings))


def _opened(record: CareRecord) -> str:
    return "" if record.note is None else privacy().opened(record.note)


def _turn(change: Changing) -> Turn:
    return Turn(change.db, parts().settings, privacy(), change.now)

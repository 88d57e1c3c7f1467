"""The form after a conversation and that of a follow-up, as a page shows and reads them."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from wtforms import DateField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from hotline.care.filling import Filled
from hotline.care.records import CareRecord, RiskLevel, why_not_filled
from hotline.config.settings import Language, Settings
from hotline.console.care.wording import FORM_WRONG, RESULTS, RISKS
from hotline.console.frame.forms import Form
from hotline.console.frame.words.saying import _, _l
from hotline.rosters.week import instant

NONE, DAY, WEEK, ON, LATER = "none", "day", "week", "on", "later"
LENGTHS: Final = {DAY: timedelta(days=1), WEEK: timedelta(days=7)}
END_OF_DAY: Final = time(20)  # a follow-up of a day is due by the evening


class CareForm(Form):
    """What a volunteer says of a conversation."""

    risk = RadioField(_l("Risk"), [InputRequired()])
    kind = SelectField(_l("What it was about"), [Optional()])
    note = TextAreaField(_l("Note"), [Optional()])
    follow_up = RadioField(_l("Follow-up"), [InputRequired()])
    day = DateField(_l("Which day"), [Optional()])
    seen = IntegerField(widget=HiddenInput(), default=0)


class FollowUpForm(Form):
    """What came of a follow-up, or when it is done instead."""

    result = RadioField(_l("What came of it"), [InputRequired()])
    day = DateField(_l("Which day"), [Optional()])


def care_form(settings: Settings, language: Language, sent: Any, **filled: Any) -> CareForm:
    """The form, with the choices of the site. sent: what was typed, or None; filled: as it is."""
    form = CareForm(sent, data=filled)
    form.risk.choices = [(level.value, str(words)) for level, words in RISKS.items()]
    kinds = (settings.talks.form.kinds or ()) if settings.talks.form else ()
    named = [(str(n), kind.in_language(language)) for n, kind in enumerate(kinds, 1)]
    form.kind.choices = [("", _("not said")), *named]
    form.follow_up.choices = [
        (NONE, _("no follow-up")),
        (DAY, _("within a day")),
        (WEEK, _("within a week")),
        (ON, _("by a day of your choice")),
    ]
    return form


def as_it_is(record: CareRecord, note: str, settings: Settings) -> dict[str, object]:
    """What the form holds before anybody types. note: decrypted."""
    due = record.follow_up
    return {
        "risk": None if record.risk is None else record.risk.value,
        "kind": "" if record.kind is None else str(record.kind),
        "note": note,
        "follow_up": ON if due else (NONE if record.done else None),
        "day": None if due is None else due.astimezone(settings.site.zone).date(),
        "seen": record.version,
    }


def filled_in(
    form: CareForm, record: CareRecord, settings: Settings, now: datetime
) -> Filled | None:
    """What was sent; None if something is wrong with it, which then stands at the fields."""
    if not form.validate():
        return None
    due = _due(form, record, settings, now)
    if form.follow_up.data == ON and due is None:
        form.day.errors = [str(FORM_WRONG["when"])]
        return None
    note = form.note.data or ""
    unchanged = due is not None and due == record.follow_up
    wrong = why_not_filled(note, None if unchanged else due, now)
    if wrong is not None:
        field = form.note if wrong == "long-note" else form.day
        field.errors = [str(FORM_WRONG[wrong])]
        return None
    kind = int(form.kind.data) if form.kind.data else None
    return Filled(RiskLevel(form.risk.data), kind, note, due, form.seen.data or 0)


def _due(form: CareForm, record: CareRecord, settings: Settings, now: datetime) -> datetime | None:
    chosen = form.follow_up.data
    if chosen in LENGTHS:
        return now + LENGTHS[chosen]
    if chosen != ON or form.day.data is None:
        return None
    old = record.follow_up
    zone = settings.site.zone
    if old is not None and old.astimezone(zone).date() == form.day.data:
        return old
    return evening_of(form.day.data, settings)


def evening_of(day: date, settings: Settings) -> datetime:
    """By when a follow-up of that day is due."""
    return instant(day, END_OF_DAY, settings.site.zone)


def follow_up_form(sent: Any) -> FollowUpForm:
    """The form, with its choices."""
    form = FollowUpForm(sent, prefix="up")
    results = [(result.value, str(words)) for result, words in RESULTS.items()]
    form.result.choices = [*results, (LATER, _("to be tried on another day"))]
    return form

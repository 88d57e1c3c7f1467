"""The form by which somebody is noted as away."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from flask import request
from wtforms import BooleanField, DateField, SelectField, TimeField
from wtforms.validators import InputRequired, Optional

from hotline.console.frame.access import parts
from hotline.console.frame.asking import now
from hotline.console.frame.forms import Form
from hotline.console.frame.words.saying import _, _l
from hotline.corrections.absences import LONGEST
from scheduling.problem import Span

A_DAY: Final = timedelta(days=1)


class AwayForm(Form):
    """Who, from when to when. Without a time: whole days."""

    person = SelectField(_l("Who"))
    first = DateField(_l("From"), [InputRequired()])
    first_time = TimeField(_l("at (empty: from midnight)"), [Optional()])
    last = DateField(_l("To"), [InputRequired()])
    last_time = TimeField(_l("at (empty: to the end of the day)"), [Optional()])
    seek = BooleanField(_l("Look for a stand-in for each duty that falls free"))

    @classmethod
    def fresh(cls, code: str = "", day: date | None = None) -> "AwayForm":
        """The form before anything is typed."""
        first = day or now().astimezone(parts().settings.site.zone).date()
        form = cls(data={"person": code, "first": first, "last": first, "seek": True})
        form.person.choices = [(code, code)]
        return form

    @classmethod
    def sent(cls, people: list[tuple[str, str]]) -> "AwayForm":
        """The form as it came. people: code and name of those who may be chosen."""
        form = cls(request.form)
        form.person.choices = people
        return form

    def span(self) -> Span | None:
        """What was asked for; None, with a sentence at the field, where it is none."""
        if not self.validate():
            return None
        assert self.first.data is not None
        assert self.last.data is not None
        start = _instant(self.first.data, self.first_time.data or time())
        last = self.last.data if self.last_time.data else self.last.data + A_DAY
        end = _instant(last, self.last_time.data or time())
        if end <= start:
            self.last.errors = [_("That is before it begins.")]
        elif end <= now():
            self.last.errors = [_("That is over already.")]
        elif end - start > LONGEST:
            self.last.errors = [_("An absence lasts a year at most; note it in parts.")]
        return None if self.last.errors else Span(start, end)


def _instant(day: date, at: time) -> datetime:
    zone = parts().settings.site.zone
    return datetime.combine(day, at, zone).astimezone(UTC)

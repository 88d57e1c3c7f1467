"""Asking to be rung back: one number, a yes, and when it is safe."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from flask import Response, abort, redirect, request, url_for
from wtforms import BooleanField, RadioField, StringField, ValidationError
from wtforms.validators import InputRequired

from hotline.config.settings import Line
from hotline.console.frame.access import parts, privacy
from hotline.console.frame.asking import now, open_to_all
from hotline.console.frame.changing import changing
from hotline.console.frame.forms import Form
from hotline.console.frame.whence import address
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _l
from hotline.console.frame.words.wording import Words
from hotline.console.help.room import help_room, line_named, page
from hotline.console.help.wording import HelpWords
from hotline.numbers import number_keyed
from hotline.promises.states import Safe
from hotline.seeking.asking import Asked, Promised, Question, Reception, ask_for_callback, due_by

A_YEAR: Final = timedelta(days=366)


class RingBack(Form):
    """What is needed to ring somebody, and nothing else."""

    number = StringField(
        _l("Your telephone number"), [InputRequired(_l("Without a number nobody can ring you."))]
    )
    safe = RadioField(_l("When may we ring?"), default=Safe.DAYTIME.value)
    word = BooleanField(_l("If somebody else picks up, you may say who is calling"))
    agreed = BooleanField(
        _l("Yes, ring me back"), [InputRequired(_l("Tick this, so that we know you want it."))]
    )

    def validate_number(self, field: Any) -> None:
        """It can be rung; whether we know it is told to nobody."""
        if number_keyed(field.data, parts().settings.promised.country_code) is None:
            raise ValidationError(
                _("This number cannot be rung. Write a mobile number, or a landline with its code.")
            )


@help_room.get("/help/<line>/callback", provide_automatic_options=False)
@open_to_all
def show_callback(line: str) -> Response:
    """The form."""
    return _form(line_named(line), _filled(None))


@help_room.post("/help/<line>/callback", provide_automatic_options=False)
@open_to_all
def ask_callback(line: str) -> Response:
    """Somebody wants to be rung back."""
    found, form = line_named(line), _filled(request.form)
    if not form.validate():
        return _form(found, form, 400)
    promised = _promise(found, form)
    if promised is None:
        return _form(found, form, 429, too_many=True)
    due = promised.due.strftime("%Y%m%dT%H%MZ")
    answer = redirect(url_for("help.show_asked", line=found.name, due=due), 303)
    assert isinstance(answer, Response)
    return answer


@help_room.get("/help/<line>/callback/<due>", provide_automatic_options=False)
@open_to_all
def show_asked(line: str, due: str) -> Response:
    """Until when we ring, and what else there is meanwhile. The address tells all it says."""
    try:
        at = datetime.strptime(due, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except ValueError:
        abort(404)
    if abs(at - now()) > A_YEAR:  # nobody was promised that, and 9999 is in no zone
        abort(404)
    return page("help/asked.html", line=line_named(line), due=at)


def _filled(sent: Any) -> RingBack:
    settings, language = parts().settings, page_language()
    form, words, clock = RingBack(sent), HelpWords(settings), Words(settings, language, now())
    form.safe.choices = [
        (
            safe.value,
            _(
                "%(times)s: by %(when)s",
                times=words.safe(safe),
                when=clock.clock(due_by(safe, settings, now())),
            ),
        )
        for safe in Safe
    ]
    return form


def _form(line: Line, form: RingBack, status: int = 200, *, too_many: bool = False) -> Response:
    return page(
        "help/callback.html",
        status,
        line=line,
        form=form,
        too_many=too_many,
        told=_told(line),
    )


def _told(line: Line) -> str:
    """What somebody agrees to; kept with the promise, word by word."""
    hours = parts().settings.answering.callback_due // 3600
    title = line.title.in_language(page_language())
    return _(
        "A volunteer of %(line)s rings you within %(hours)d hours, or at the first time that you "
        "call safe. Your number is kept encrypted and used for nothing else.",
        line=title,
        hours=hours,
    )


def _promise(line: Line, form: RingBack) -> Promised | None:
    found = parts()
    number = number_keyed(form.number.data or "", found.settings.promised.country_code)
    assert number is not None
    asked = Asked(
        line=line,
        number=number,
        safe=Safe(form.safe.data),
        leave_word=bool(form.word.data),
        questions=tuple(_questions(line, form)),
        address=address() or None,
    )
    with changing() as change:
        at = Reception(change.db, found.settings, privacy(), change.now)
        promised = ask_for_callback(at, asked)
        if promised is not None:
            told = {"line": line.name, "due": promised.due.isoformat()}
            change.record("callback.ask", f"callback/{promised.id}", after=told)
    return promised


def _questions(line: Line, form: RingBack) -> Iterator[Question]:
    """Each as it stood there, in the language of the page, and its answer."""
    yield Question("consent", f"{_told(line)} {form.agreed.label.text}", "yes")
    yield Question("times", str(form.safe.label.text), form.safe.data)
    yield Question("word", str(form.word.label.text), "yes" if form.word.data else "no")

"""`hotline standin list`, `start`, `answer` and `undo`: who is looked for, and who was asked."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import click
from rich.console import Console

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, day_and_time, from_to, print_json
from hotline.cli.refusing import Commands
from hotline.config.settings import Settings
from hotline.corrections.overrides import span_of_shift
from hotline.duty import Duty
from hotline.errors import HotlineError
from hotline.handshake.deciding import Reason
from hotline.handshake.reading import duties_ahead
from hotline.handshake.stand_ins.answers import Answered, Saying, says_no, says_yes, takes_back
from hotline.handshake.stand_ins.searching import start_search
from hotline.handshake.states import QuestionState
from hotline.parts import Parts
from hotline.store.duty.questions import (
    Question,
    questions_of,
)
from hotline.store.duty.standins import (
    Search,
    search_of,
    searches_open,
)
from scheduling.problem import Span

SOON = timedelta(days=14)
SAID: Mapping[Answered, str] = {
    Answered.COMES: "They come; the telephone follows now.",
    Answered.REFUSED: "The next person is asked.",
    Answered.TOO_LATE: "Somebody else comes already, or nobody is needed any more.",
    Answered.NOT_POSSIBLE: "They are on another duty at that time; the next person is asked.",
    Answered.TAKEN_BACK: "It is taken back; the search goes on.",
}


@click.group(cls=Commands)
def standin() -> None:
    """Who stands in for somebody who does not come: searches, and who was asked."""


@standin.command("list")
@json_option
@pass_surroundings
def list_searches(surroundings: Surroundings, as_json: bool) -> None:
    """Print the searches for duties that are not over, and everybody asked in each."""
    with surroundings.parts() as parts, parts.store.reading() as db:
        searches = searches_open(db, parts.clock())
        asked = questions_of(db, [search.id for search in searches])
    if as_json:
        print_json({"searches": [_document(each, asked) for each in searches]})
        return
    for search in searches:
        _show(console(), search, asked, parts.settings)
    if not searches:
        console().print("Nobody is looked for.")


@standin.command("start")
@click.argument("person")
@click.option("--shift", metavar="SHIFT", help="Like night/2026-11-24/late; else their next duty.")
@json_option
@pass_surroundings
def start(surroundings: Surroundings, person: str, shift: str | None, as_json: bool) -> None:
    """Look for somebody instead of PERSON; the worker asks the first one within seconds.

    PERSON keeps the duty until somebody says yes; for somebody who cannot come, note the absence.
    """
    with surroundings.parts() as parts:
        duty = _duty(parts, person, shift)
        with parts.store.writing() as db:
            number = start_search(db, duty, Reason.ASKED_FOR, parts.clock())
            search = search_of(db, number)
    assert search is not None
    if as_json:
        print_json(_document(search, ()))
    else:
        _show(console(), search, (), parts.settings)


@standin.command("answer")
@click.argument("question", type=int)
@click.argument("said", type=click.Choice(["yes", "no"]))
@json_option
@pass_surroundings
def answer(surroundings: Surroundings, question: int, said: str, as_json: bool) -> None:
    """Note what somebody said to a QUESTION, by its number in the list."""
    _say(surroundings, question, said, as_json=as_json)


@standin.command("undo")
@click.argument("question", type=int)
@json_option
@pass_surroundings
def undo(surroundings: Surroundings, question: int, as_json: bool) -> None:
    """Take the yes to a QUESTION back, shortly after it was said; the search goes on."""
    _say(surroundings, question, "back", as_json=as_json)


def _say(surroundings: Surroundings, question: int, said: str, *, as_json: bool) -> None:
    use_case = {"yes": says_yes, "no": says_no, "back": takes_back}[said]
    with surroundings.parts() as parts, parts.store.writing() as db:
        answered = use_case(db, parts.settings, Saying(question), parts.clock())
    if answered is Answered.KEPT:
        raise HotlineError(
            f"Question {question} has no yes that can be taken back any more; for what holds see: "
            "hotline override list"
        )
    if as_json:
        print_json({"question": question, "answered": answered.value})
    else:
        console().print(SAID[answered])


def _duty(parts: Parts, person: str, shift: str | None) -> Duty:
    now = parts.clock()
    span = span_of_shift(parts.settings, shift)[1] if shift else Span(now, now + SOON)
    with parts.store.reading() as db:
        found = duties_ahead(db, parts.settings, span, now)
    for each in found:
        if each.volunteer.code == person and (not shift or shift.startswith(f"{each.desk}/")):
            return Duty(each.volunteer.id, each.desk, each.span, each.standby)
    raise HotlineError(
        f"{person} has no such duty that is not over; look at: hotline handshake --hours 336"
    )


def _show(out: Console, search: Search, asked: Iterable[Question], settings: Settings) -> None:
    zone = settings.site.zone
    who = f"{search.name} ({search.code})" if search.code else "nobody"
    about = f"instead of {who}, {search.reason.value}"
    out.print(f"{search.desk}, {from_to(search.span, zone)}: {about}: {search.state}")
    for each in asked:
        if each.search == search.id:
            until = f", until {day_and_time(each.deadline, zone)}"
            still = until if each.state is QuestionState.ASKED else ""
            out.print(f"  {each.id}. {each.name} ({each.code}): {each.state}{still}")


def _document(search: Search, asked: Iterable[Question]) -> dict[str, object]:
    return {
        "search": search.id,
        "person": search.code or None,
        "name": search.name or None,
        "desk": search.desk,
        "shift": search.shift,
        "from": search.span.start.isoformat(),
        "to": search.span.end.isoformat(),
        "reason": search.reason.value,
        "state": search.state.value,
        "undo_until": search.undo_until.isoformat() if search.undo_until else None,
        "override": search.override,
        "questions": [_question(each) for each in asked if each.search == search.id],
    }


def _question(each: Question) -> dict[str, object]:
    return {
        "question": each.id,
        "person": each.code,
        "name": each.name,
        "state": each.state.value,
        "asked": each.asked.isoformat(),
        "deadline": each.deadline.isoformat(),
        "answered": each.answered.isoformat() if each.answered else None,
    }

"""The short form after a conversation, by keys: risk, kind, follow-up. Hanging up leaves it due."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Final

from hotline.calls.closing import talk_ended
from hotline.calls.colleagues.menu_paths import leg_form
from hotline.calls.instructions import Ask, HangUp, Instructions, Say
from hotline.calls.states import Outcome, Part
from hotline.calls.talk.danger import risk_seen
from hotline.calls.talk.talking import leg_at
from hotline.calls.turn import Turn, UnknownCallError
from hotline.config.tables.talking import Form
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.endings import HEARS_US_OUT
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import StoredLeg
from hotline.store.duty.attendance import cool_down
from hotline.store.talking.forms import busy_until, end_wrap_up, note_form

KEY_SECONDS: Final = 6
TRIES: Final = 2
# Whoever keys a form must not be rung: a question and its answer take no longer.
A_QUESTION: Final = timedelta(seconds=30)


class Question(StrEnum):
    """What is asked, in this order."""

    RISK = "risk"
    KIND = "kind"
    FOLLOW_UP = "follow-up"


RISKS: Final[Mapping[str, str]] = {"1": "low", "2": "medium", "3": "high"}
FOLLOW_UPS: Final[Mapping[str, timedelta | None]] = {
    "1": None,
    "2": timedelta(days=1),
    "3": timedelta(days=7),
}


def farewell(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """Thanks, and the form if one is due; then the leg ends."""
    talk_ended(turn, call, leg.id)
    key = "talk_over" if call.joined else "caller_gone"
    if call.outcome is Outcome.UNREACHED:
        key = "callback_unreached"
    return (turn.say(key, turn.line(leg.line)), *_form(turn, call, leg))


def _form(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """The first question, to whoever answered for a conversation; then, or else, the end."""
    if turn.settings.talks.form is None or call.joined is None or not _answered(call, leg):
        return (HangUp(),)
    return _asked(turn, leg, Question.RISK, 0)


def _answered(call: StoredCall, leg: StoredLeg) -> bool:
    """Whether this leg answered for the conversation, from its beginning or in the end."""
    return leg.part is Part.ANSWER or leg.id == call.leg


def form_keyed(turn: Turn, token: str, asked: tuple[str, int], digits: str) -> Instructions:
    """The answer to one question; a key that means nothing hears it once more.

    asked: which question, and how often before.
    """
    leg = leg_at(turn, token)
    question, tried = _question(asked[0]), asked[1]
    form = turn.settings.talks.form or Form()
    if digits not in _keys(form, question):
        return _asked(turn, leg, question, tried + 1)
    match question:
        case Question.RISK:
            _risk(turn, leg, RISKS[digits])
        case Question.KIND:
            note_form(turn.db, leg, turn.now, kind=int(digits))
        case Question.FOLLOW_UP:
            return _filled_in(turn, leg, form, FOLLOW_UPS[digits])
    following = Question.FOLLOW_UP if question is Question.KIND or not form.kinds else Question.KIND
    return _asked(turn, leg, following, 0)


def _risk(turn: Turn, leg: StoredLeg, risk: str) -> None:
    """A call of high risk is not followed by the next one at once."""
    note_form(turn.db, leg, turn.now, risk=risk)
    risk_seen(turn, leg.call, leg.person, risk)
    if risk == "high":
        until = turn.later(turn.settings.rings.cool_down)
        cool_down(turn.db, leg.person, until, turn.now)


def _question(name: str) -> Question:
    try:
        return Question(name)
    except ValueError:
        raise UnknownCallError("the form has no such question") from None


def _keys(form: Form, question: Question) -> frozenset[str]:
    match question:
        case Question.RISK:
            return frozenset(RISKS)
        case Question.KIND:
            return frozenset(str(place) for place, _ in enumerate(form.kinds or (), 1))
        case Question.FOLLOW_UP:
            return frozenset(FOLLOW_UPS)


def _asked(turn: Turn, leg: StoredLeg, question: Question, tried: int) -> Instructions:
    later = (turn.say("form_later", turn.line(leg.line)), HangUp())
    if tried >= TRIES:
        return later
    busy_until(turn.db, leg.person, turn.now + A_QUESTION)
    key = leg_form(leg.token, question, tried)
    return (Ask(_prompts(turn, leg, question), key, KEY_SECONDS), *later)


def _prompts(turn: Turn, leg: StoredLeg, question: Question) -> tuple[Say, ...]:
    line = turn.line(leg.line)
    if question is not Question.KIND:
        return (turn.say(f"form_{question.replace('-', '_')}", line),)
    form = turn.settings.talks.form or Form()
    language = line.languages[0]
    return tuple(
        turn.say("form_kind", line, kind=kind.in_language(language), place=place)
        for place, kind in enumerate(form.kinds or (), 1)
    )


def _filled_in(turn: Turn, leg: StoredLeg, form: Form, follow_up: timedelta | None) -> Instructions:
    due = None if follow_up is None else turn.now + follow_up
    note_form(turn.db, leg, turn.now, follow_up=due, done=turn.now)
    turn.note(Happening(leg.call, "form-filled-in", leg.id))
    if form.ends_wrap_up:
        end_wrap_up(turn.db, leg.person, turn.now + HEARS_US_OUT)
    return (turn.say("form_noted", turn.line(leg.line)), HangUp())

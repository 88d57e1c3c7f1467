"""How answers and states are told to a volunteer."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from babel.dates import format_date, format_skeleton
from flask_babel.speaklater import LazyString

from hotline.console.frame.showing import words_here
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.ruling import RuleWords
from hotline.console.frame.words.saying import _, _l
from hotline.handshake.stand_ins.answers import Answered as Stood
from hotline.rosters.reasons.loads import Month
from hotline.swaps.asking import Answered as Swapped
from hotline.swaps.asking import SwapError, Why

ANSWERED: Final[Mapping[Stood, LazyString]] = {
    Stood.COMES: _l("Thank you! The shift is yours."),
    Stood.REFUSED: _l("Thank you for telling us. Somebody else is asked."),
    Stood.TOO_LATE: _l("Thank you. Somebody else comes already."),
    Stood.NOT_POSSIBLE: _l("You have another shift at that time, so somebody else is asked."),
    Stood.TAKEN_BACK: _l("Taken back. Somebody else is asked."),
    Stood.KEPT: _l("It is too late to take that back. Say that you cannot come."),
}
SWAPPED: Final[Mapping[Swapped, LazyString]] = {
    Swapped.APPROVED: _l("It holds. Your shifts are below."),
    Swapped.AGREED: _l("Thank you. A coordinator still has to approve it; you will be told."),
    Swapped.REFUSED: _l("Your answer is sent. Your shifts stay as they are."),
    Swapped.WITHDRAWN: _l("Withdrawn. Your shifts stay as they are."),
    Swapped.VOID: _l("It is not possible any more, because the roster has changed."),
    Swapped.TOO_LATE: _l("That was settled before. Your shifts are below."),
}
REFUSED: Final[Mapping[Why, LazyString]] = {
    Why.UNKNOWN: _l("That person takes no shifts at this desk any more. Nobody was asked."),
    Why.NOT_HELD: _l(
        "The roster has changed: that shift is somebody else's now. Nobody was asked."
    ),
    Why.TOO_SOON: _l("It is too late to swap this shift. If you cannot come, say so at once."),
    Why.TOO_MANY: _l("Six people are asked for this shift already. Wait for their answers."),
    Why.ASKED_BEFORE: _l("That person is asked already. Wait for the answer."),
    Why.UNFIT: _l("That person answers no calls at this desk. Nobody was asked."),
    Why.RULES: _l("The rules of the roster no longer allow that. Nobody was asked."),
    Why.FLOOR: _l("That would leave too few people at the desk. Nobody was asked."),
    Why.UNANSWERED: _l("The other one has not answered yet."),
    Why.GONE: _l("That shift is not open to you any more; somebody may have taken it."),
}
A_MONDAY: Final = date(2026, 11, 23)


def refusal(error: SwapError) -> str:
    """Why nobody was asked, with what a rule says of it."""
    said = str(REFUSED[error.why])
    rules = RuleWords(words_here(), names={})
    about = (rules.sentence(each, each.person) for each in error.breaches if each.person)
    told = _(", ").join(dict.fromkeys(about))
    return f"{said} {told}".rstrip()


def day_name(day: int) -> str:
    """Of a day of the week, 0 is Monday."""
    return format_date(A_MONDAY + timedelta(days=day), "EEEE", locale=page_language().value)


def month_name(month: Month) -> str:
    """`2026年11月`, `November 2026`."""
    return format_skeleton("yMMMM", month.first, locale=page_language().value)


def number(amount: Fraction | int) -> str:
    """To the half, as people count hours and nights."""
    halves = round(Fraction(amount) * 2)
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)

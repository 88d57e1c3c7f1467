"""How states are told to a coordinator."""

from hotline.console.frame.showing import words_here
from hotline.console.frame.words.ruling import RuleWords
from hotline.console.frame.words.saying import _
from hotline.handshake.states import QuestionState, SearchState
from hotline.store.duty.questions import Question
from hotline.store.duty.standins import Search
from hotline.swaps.inbox import SwapAsked


def rules_of(asked: SwapAsked) -> RuleWords:
    """How what a swap would break is told."""
    return RuleWords(words_here(), {one.who.code: one.who.name for one in asked.people})


def search_state(search: Search) -> str:
    """Where a search stands."""
    said: dict[SearchState, str] = {
        SearchState.SEARCHING: _("somebody is being looked for"),
        SearchState.FOUND: _("somebody comes, and may still take it back"),
        SearchState.SETTLED: _("somebody comes"),
        SearchState.FAILED: _("everybody was asked, nobody comes"),
        SearchState.ENDED: _("nobody is needed any more"),
    }
    return said[search.state]


def question_state(question: Question) -> str:
    """What somebody said."""
    said: dict[QuestionState, str] = {
        QuestionState.ASKED: _("is asked"),
        QuestionState.AGREED: _("said yes"),
        QuestionState.REFUSED: _("said no"),
        QuestionState.SILENT: _("did not answer"),
        QuestionState.TAKEN_BACK: _("took the yes back"),
        QuestionState.WITHDRAWN: _("is not needed any more"),
    }
    return said[question.state]

"""How states are told to a coordinator."""

from hotline.console.frame.saying import _
from hotline.handshake.states import QuestionState, SearchState
from hotline.store.questions import Question
from hotline.store.standins import Search


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

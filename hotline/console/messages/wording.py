"""Promises in the language of the page: safe times, where they stand, what came of each try."""

from collections.abc import Mapping
from typing import Final

from flask_babel.speaklater import LazyString

from hotline.console.frame.words.saying import _l
from hotline.promises.states import AttemptResult, CallbackState, Safe

SAFE: Final[Mapping[Safe, LazyString]] = {
    Safe.DAYTIME: _l("by day only"),
    Safe.EVENING: _l("in the evening only"),
    Safe.ANY: _l("at any time"),
}
STATES: Final[Mapping[CallbackState, LazyString]] = {
    CallbackState.OPEN: _l("waits for somebody free"),
    CallbackState.IN_HAND: _l("being kept now"),
    CallbackState.UNREACHED: _l("tried as often as is allowed"),
    CallbackState.EXPIRED: _l("past its time"),
}
RESULTS: Final[Mapping[AttemptResult, LazyString]] = {
    AttemptResult.PASSED: _l("no volunteer took it on"),
    AttemptResult.TALKED: _l("they talked"),
    AttemptResult.NO_ANSWER: _l("did not pick up"),
    AttemptResult.BUSY: _l("busy"),
    AttemptResult.FAILED: _l("could not be rung"),
    AttemptResult.NO_KEY: _l("a mailbox, or nobody who wanted to talk"),
    AttemptResult.NOT_NOW: _l("asked to be rung another time"),
    AttemptResult.UNHEARD: _l("not known how it ended"),
}

"""Risk and what came of a follow-up, in the language of the page."""

from collections.abc import Mapping
from typing import Final

from flask_babel.speaklater import LazyString

from hotline.care.records import FollowedUp, RiskLevel
from hotline.console.frame.words.saying import _l

RISKS: Final[Mapping[RiskLevel, LazyString]] = {
    RiskLevel.LOW: _l("low"),
    RiskLevel.MEDIUM: _l("medium"),
    RiskLevel.HIGH: _l("high"),
}
RESULTS: Final[Mapping[FollowedUp, LazyString]] = {
    FollowedUp.REACHED: _l("reached"),
    FollowedUp.UNREACHED: _l("not reached, given up"),
    FollowedUp.NOT_NEEDED: _l("not needed any more"),
}
FORM_WRONG: Final[Mapping[str, LazyString]] = {
    "long-note": _l("The note is too long: at most 4000 characters."),
    "past": _l("That time has passed already."),
    "far": _l("A follow-up is due within a year."),
    "when": _l("Say on which day."),
}

"""The blueprint of forgetting, and its door."""

from typing import Final

from flask import Blueprint

from hotline.accounts.permits import Act
from hotline.console.frame.showing import Door
from hotline.console.frame.words.saying import _l

forgetting = Blueprint("forgetting", __name__, template_folder="templates")
FORGET_DOOR: Final = Door(_l("Forget"), "forgetting.show_caller", Act.FORGET)


class SomethingElseError(Exception):
    """What there is by now is not what was shown, or something stands in the way."""

"""The blueprint of what comes after a conversation, and its door."""

from typing import Final

from flask import Blueprint

from hotline.accounts.permits import Act
from hotline.console.frame.showing import Door
from hotline.console.frame.words.saying import _l

care = Blueprint("care", __name__, template_folder="templates")
CARE_DOOR: Final = Door(_l("Follow-ups"), "care.show_due", Act.SEE_CARE)

"""The blueprint of the coverage to come."""

from typing import Final

from flask import Blueprint

from hotline.accounts.permits import Act
from hotline.console.frame.showing import Door
from hotline.console.frame.words.saying import _l

ahead = Blueprint("ahead", __name__, template_folder="templates")
DOOR: Final = Door(_l("Coverage"), "ahead.show_coverage", Act.SEE_COVERAGE)

"""What came of trying somebody's telephone, in words."""

from collections.abc import Mapping
from typing import Final

from flask_babel.speaklater import LazyString

from hotline.console.frame.words.saying import _l
from hotline.oversight.drills import Trial

TRIED: Final[Mapping[Trial, LazyString]] = {
    Trial.UNDER_WAY: _l("rings soon, or rings now"),
    Trial.REACHED: _l("picked up and pressed the key"),
    Trial.SILENT: _l("picked up, but no key was pressed"),
    Trial.UNANSWERED: _l("nobody picked up"),
    Trial.UNSENT: _l("could not be rung"),
    Trial.NEEDED: _l("broken off, for a caller came"),
}

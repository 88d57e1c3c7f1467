"""The blueprint of the board and of single calls, and its doors."""

from typing import Final

from flask import Blueprint

from hotline.accounts.permits import Act
from hotline.console.frame.showing import Door
from hotline.console.frame.words.saying import _l

board = Blueprint("board", __name__, template_folder="templates")
BOARD_DOOR: Final = Door(_l("Duty board"), "board.show_board", Act.SEE_BOARD)
CALLS_DOOR: Final = Door(_l("Calls"), "board.show_calls", Act.SEE_CALLS)

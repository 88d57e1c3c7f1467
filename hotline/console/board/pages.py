"""The board: one page, and the block of it that is fetched anew. Only GET and HEAD."""

from typing import Final

from flask import Response, request

from hotline.accounts.permits import Act, may
from hotline.console.board.blocks import Asking, live_block
from hotline.console.board.room import board
from hotline.console.board.scope import seen_settings
from hotline.console.frame.access import console, parts
from hotline.console.frame.asking import allows, now, viewer
from hotline.console.frame.polling import answer_block
from hotline.console.frame.showing import show
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.trials import TRIED
from hotline.store.sending.drills import last_drill

# What the buttons of the board are for; the rest of the table makes no difference here.
FROM_HERE: Final = (
    Act.RUN_LINES,
    Act.JOIN_CALLS,
    Act.SEE_CALLS,
    Act.SEE_COVERAGE,
    Act.FILL_GAPS,
    Act.CLEAR_ALARMS,
    Act.HEAR_MESSAGES,
    Act.KEEP_CALLBACKS,
    Act.SEE_CARE,
)


@board.get("/board", provide_automatic_options=False)
@allows(Act.SEE_BOARD)
def show_board() -> Response:
    """The whole page."""
    asking, kept = _asking(), console().kept
    with parts().store.reading() as db:
        live, drill = live_block(db, asking, kept), last_drill(db)
        found = None if drill is None else drill[1]
        tried = [phone for phone in found.phones if viewer().sees_desk(phone.desk)] if found else []
        return show("board/board.html", live=live.render(), drill=found, phones=tried, tried=TRIED)


@board.get("/board/live", provide_automatic_options=False)
@allows(Act.SEE_BOARD, polled=True)
def show_live() -> Response:
    """Lines, callers and people; 304 where the reader has them already."""
    asking = _asking()
    with parts().store.reading() as db:
        return answer_block(live_block(db, asking, console().kept))


def _asking() -> Asking:
    roles = viewer().account.roles
    return Asking(
        seen_settings(),
        page_language(),
        now(),
        console().build,
        frozenset(act for act in FROM_HERE if may(roles, act)),
        request.script_root,
    )

"""People are asked one after the other who could come to a place that nobody has."""

from flask import Response

from hotline.accounts.permits import Act
from hotline.console.board.filling import opened, seen_desk
from hotline.console.board.room import board
from hotline.console.board.scope import turn_of
from hotline.console.frame.asking import allows
from hotline.console.frame.changing import Changing, changing
from hotline.console.frame.showing import back_to
from hotline.console.frame.words.saying import _
from hotline.handshake.stand_ins.searching import SearchError
from hotline.handshake.stand_ins.vacancies import Vacancy, seek_for


@board.post("/board/gaps/<desk>/search", provide_automatic_options=False)
@allows(Act.FILL_GAPS)
def seek_for_gap(desk: str) -> Response:
    """They are asked one after the other, until the first yes, who comes to a place of nobody."""
    name = seen_desk(desk)
    with changing() as change:
        chosen = opened(change.db, name).chosen
        if chosen is None or chosen.code:
            change.record("stand-in.search", name)
            said = _("Nobody is missing there any more.")
        else:
            said = _sought(change, chosen)
    return back_to("board.show_board", said=said)


def _sought(change: Changing, chosen: Vacancy) -> str:
    about = f"{chosen.desk}/{chosen.shift}"
    try:
        search = seek_for(turn_of(change), chosen)
    except SearchError:
        change.record("stand-in.search", about)
        return _("Everybody was asked about that duty already.")
    change.record("stand-in.search", about, None, {"search": search})
    return _("The first person is asked within seconds.")

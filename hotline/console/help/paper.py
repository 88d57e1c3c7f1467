"""A card and a poster of each line, to be printed: the number large, and a code that leads here."""

from collections.abc import Mapping

import segno
from flask import Response
from markupsafe import Markup

from hotline.config.settings import Language, Line
from hotline.console.frame.access import parts
from hotline.console.frame.asking import open_to_all
from hotline.console.frame.words.saying import spoken_in
from hotline.console.help.room import help_room, line_named, page, whole_address
from hotline.console.help.wording import HelpWords

MARGIN = 4  # modules round the code, as readers ask for


@help_room.get("/help/<line>/card", provide_automatic_options=False)
@open_to_all
def show_card(line: str) -> Response:
    """A6, to keep in a pocket."""
    return _paper("card", line_named(line))


@help_room.get("/help/<line>/poster", provide_automatic_options=False)
@open_to_all
def show_poster(line: str) -> Response:
    """A4, to hang on a wall."""
    return _paper("poster", line_named(line))


def _paper(kind: str, line: Line) -> Response:
    leads_to = whole_address("help.show_help", line=line.name)
    return page(
        "help/paper.html",
        kind=kind,
        line=line,
        leads_to=leads_to,
        code=_code(leads_to),
        hours=_hours(line),
    )


def _code(address: str) -> Markup:
    """A QR code that a damaged print still shows: a quarter of it may be missing."""
    made = segno.make(address, error="q", micro=False)
    drawn = made.svg_inline(omitsize=True, border=MARGIN, svgclass="code", lineclass=None)
    return Markup(drawn)  # noqa: S704 - drawn by segno from an address of ours


def _hours(line: Line) -> Mapping[Language, tuple[str, ...]]:
    """In both languages: paper has no link to the other one."""
    found = {}
    for language in Language:
        with spoken_in(language):
            found[language] = HelpWords(parts().settings).hours(line)
    return found

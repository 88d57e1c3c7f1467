"""The room that needs no account, and what its views share: lines, addresses, words."""

from typing import Final

from flask import Blueprint, Response, abort, request, url_for

from hotline.config.settings import Line
from hotline.console.frame.access import parts
from hotline.console.frame.asking import now
from hotline.console.frame.showing import show
from hotline.console.help.wording import HelpWords
from hotline.seeking.looking import Standing, standing_now

help_room: Final = Blueprint("help", __name__, template_folder="templates")


def standing() -> Standing:
    """Everything that can be called now."""
    found = parts()
    with found.store.reading() as db:
        return standing_now(db, found.settings, now())


def line_named(name: str) -> Line:
    """The line of an address; 404 if there is none."""
    line = parts().settings.line(name)
    if line is None:
        abort(404)
    return line


def page(template: str, status: int = 200, **values: object) -> Response:
    """A page of this room, which loads next to nothing and leads away by one tap."""
    settings = parts().settings
    return show(
        template,
        status,
        help=HelpWords(settings),
        emergency=settings.site.emergency,
        leave_to=settings.helps.leave_to,
        **values,
    )


def whole_address(endpoint: str, line: str | None = None) -> str:
    """An address that works from anywhere: on paper, and in another site's page."""
    ours = parts().secrets.public_url or request.host_url.rstrip("/") + request.script_root
    path = url_for(endpoint, line=line) if line else url_for(endpoint)
    return ours + path.removeprefix(request.script_root)

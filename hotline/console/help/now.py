"""Which lines answer now: the first page of whoever seeks help."""

from flask import Response, request

from hotline.config.tables.lines import Audience
from hotline.console.frame.access import parts
from hotline.console.frame.asking import open_to_all
from hotline.console.help.room import help_room, page, standing
from hotline.seeking.places import Place, Wanted, places, sorted_for


@help_room.get("/help", provide_automatic_options=False)
@open_to_all
def show_help() -> Response:
    """What answers now, for whom, and what else is open."""
    settings, stands, wanted = parts().settings, standing(), _wanted()
    return page(
        "help/now.html",
        sorted=sorted_for(wanted, stands.lines, settings),
        partners=stands.partners,
        wanted=wanted,
        places=places(settings),
        audiences=tuple(Audience),
        args=_args(wanted),
    )


def wanted_place(slug: str | None) -> Place | None:
    """The place of that name; what names none is passed over."""
    return next((each for each in places(parts().settings) if each.slug == slug), None)


def wanted_audience(word: str | None) -> Audience | None:
    """Likewise."""
    return next((each for each in Audience if each.value == word), None)


def _wanted() -> Wanted:
    line = parts().settings.line(request.args.get("line", ""))
    place = wanted_place(request.args.get("place"))
    who = wanted_audience(request.args.get("who"))
    return Wanted(place, who, line.name if line else None)


def _args(wanted: Wanted) -> dict[str, str | None]:
    """What the address says, for links that change one word of it."""
    return {
        "place": wanted.place.slug if wanted.place else None,
        "who": wanted.who.value if wanted.who else None,
        "line": wanted.line,
    }

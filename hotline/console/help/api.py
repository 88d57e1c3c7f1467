"""The same for programs: an open JSON API, for the province's app and anybody's page to embed."""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Final

from flask import Response, abort, request

from hotline.config.settings import Line, Title
from hotline.console.frame.access import parts
from hotline.console.frame.asking import open_to_all
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _
from hotline.console.help.description import description
from hotline.console.help.now import wanted_audience, wanted_place
from hotline.console.help.room import help_room, standing, whole_address
from hotline.seeking.dialling import dialled, may_be_dialled
from hotline.seeking.opening import opening
from hotline.seeking.places import Wanted, is_for, places, slug_of
from hotline.seeking.standing import LineStands, PartnerStands

FRESH: Final = 30  # seconds that an answer may be kept


@help_room.get("/api/help/v1/lines", provide_automatic_options=False)
@open_to_all
def list_lines() -> Response:
    """Every line, or those for a place and an audience, as they stand now."""
    found, wanted = standing(), _wanted()
    settings = parts().settings
    lines = [each for each in found.lines if is_for(each.line, wanted, settings)]
    return _answer(
        {
            "zone": settings.site.zone.key,
            "made_up": settings.site.made_up,
            "emergency": list(settings.site.emergency),
            "lines": [_line(each) for each in lines],
            "partners": list(_partners(found.partners)),
        }
    )


@help_room.get("/api/help/v1/lines/<line>", provide_automatic_options=False)
@open_to_all
def show_line(line: str) -> Response:
    """One line as it stands now."""
    found = next((each for each in standing().lines if each.line.name == line), None)
    if found is None:
        return _wrong(404, _("There is no such line; /lines lists them."))
    return _answer(_line(found))


@help_room.get("/api/help/v1/places", provide_automatic_options=False)
@open_to_all
def list_places() -> Response:
    """The places that lines can be asked for by."""
    found = places(parts().settings)
    return _answer({"places": [{"name": e.slug, "title": _title(e.title)} for e in found]})


@help_room.get("/api/help/v1/openapi.json", provide_automatic_options=False)
@open_to_all
def show_description() -> Response:
    """What the API answers, in OpenAPI 3.1."""
    return _answer(description(whole_address("help.list_lines").removesuffix("/lines")))


def _wanted() -> Wanted:
    """400 for what names nothing: a program should know that it is wrong."""
    place, who = request.args.get("place"), request.args.get("who")
    wanted = Wanted(wanted_place(place), wanted_audience(who))
    if (place and not wanted.place) or (who and not wanted.who):
        said = _("There is no such place, or nobody is called so; /places lists the places.")
        abort(_wrong(400, said))
    return wanted


def _wrong(status: int, said: str) -> Response:
    """What is wrong, in the language that the program asks for."""
    response = _answer({"error": said}, status)
    response.content_language = page_language().value
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _line(stands: LineStands) -> dict[str, object]:
    line = stands.line
    return {
        "name": line.name,
        "title": _title(line.title),
        "place": slug_of(line.city),
        "city": _title(line.city),
        "for_whom": [each.value for each in line.for_whom or ()],
        "languages": [each.value for each in line.languages],
        "numbers": list(dialled(line)),
        "answers": stands.answers,
        "free": stands.free,
        "until": _instant(stands.until),
        "again": _instant(stands.again),
        "hours": _hours(line),
        "page": whole_address("help.show_help", line=line.name),
        "callback": whole_address("help.show_callback", line=line.name),
    }


def _hours(line: Line) -> list[dict[str, object]] | None:
    found = opening(line, parts().settings)
    if found is None:
        return None
    return [
        {"days": [*each.days], "start": f"{each.start:%H:%M}", "end": f"{each.end:%H:%M}"}
        for each in found
    ]


def _partners(partners: tuple[PartnerStands, ...]) -> Iterator[dict[str, object]]:
    for each in partners:
        number = each.partner.address.removeprefix("tel:")
        if may_be_dialled(number):
            yield {
                "title": _title(each.partner.title),
                "number": number,
                "answers": each.answers,
                "until": _instant(each.until),
                "again": _instant(each.again),
            }


def _title(title: Title) -> dict[str, str]:
    return {"zh": title.zh, "en": title.en}


def _instant(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None


def _answer(document: object, status: int = 200) -> Response:
    """JSON that any page may read, and need not read again while it is the same."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    tag = sha256(body).hexdigest()[:32]
    if status == 200 and request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        response = Response(body, status, content_type="application/json; charset=utf-8")
    response.set_etag(tag)
    response.headers["Cache-Control"] = f"public, max-age={FRESH}" if status == 200 else "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response

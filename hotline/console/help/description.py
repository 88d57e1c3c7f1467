"""What the open API answers, in OpenAPI 3.1: served beside it, and held to it by a test."""

from typing import Any, Final

from hotline.config.settings import Language, Weekday
from hotline.config.tables.lines import Audience

Schema = dict[str, Any]
CLOCK: Final[Schema] = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}


def description(server: str) -> Schema:
    """The whole document. server: the address that paths stand below."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lines that answer now",
            "version": "1",
            "description": (
                "Which lines of this hotline answer now and until when, from the published "
                "roster. Open to everybody, by GET, without a key; answers may be kept for 30 s."
            ),
        },
        "servers": [{"url": server}],
        "paths": {
            "/lines": {"get": _operation("lines", "Every line now", "Lines", _LINES_ASKED)},
            "/lines/{line}": {"get": _operation("line", "One line now", "Line", _LINE_ASKED)},
            "/places": {"get": _operation("places", "Places to ask for", "Places", [])},
        },
        "components": {"schemas": SCHEMAS},
    }


def _operation(name: str, summary: str, schema: str, parameters: list[Schema]) -> Schema:
    body = {"application/json": {"schema": _of(schema)}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [*parameters, _LANGUAGE],
        "responses": {
            "200": {"description": summary, "content": body},
            "304": {"description": "The same as under the ETag that was sent"},
            "400": _error("A place or an audience that does not exist"),
            "404": _error("There is no such line"),
        },
    }


def _error(about: str) -> Schema:
    """Said in the language that was asked for."""
    language = {"description": "Of the sentence", "schema": _LANGUAGES}
    body = {"application/json": {"schema": _of("Error")}}
    return {"description": about, "headers": {"Content-Language": language}, "content": body}


def _of(schema: str) -> Schema:
    return {"$ref": f"#/components/schemas/{schema}"}


def _object(**properties: Schema) -> Schema:
    """All of them always stand there, and nothing else; what is not known is null."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _words(about: str, **more: object) -> Schema:
    return {"type": "string", "description": about, **more}


def _instant(about: str) -> Schema:
    return {"type": ["string", "null"], "format": "date-time", "description": about}


def _query(name: str, about: str, **schema: object) -> Schema:
    described = {"type": "string", **schema}
    return {"name": name, "in": "query", "description": about, "schema": described}


_LINES_ASKED: Final = [
    _query("place", "Lines of this place, and those for all places; a `name` of /places"),
    _query("who", "Lines for them, and those for everybody", enum=[e.value for e in Audience]),
]
_LINE_ASKED: Final = [
    {"name": "line", "in": "path", "required": True, "schema": {"type": "string"}},
]
_LANGUAGES: Final[Schema] = {"type": "string", "enum": [each.value for each in Language]}
_LANGUAGE: Final[Schema] = {
    "name": "lang",
    "in": "query",
    "description": "Of what is said about errors; else the one of Accept-Language, else the site's",
    "schema": _LANGUAGES,
}
_YES: Final[Schema] = {"type": "boolean"}
SCHEMAS: Final[Schema] = {
    "Error": _object(error=_words("A sentence for people: what is wrong")),
    "Title": _object(zh=_words("In Chinese"), en=_words("In English")),
    "Opening": _object(
        days=_list({"type": "string", "enum": [day.value for day in Weekday]}),
        start=CLOCK,
        end={**CLOCK, "description": "At or before `start`: the next day"},
    ),
    "Line": _object(
        name=_words("Stands in addresses"),
        title=_of("Title"),
        place=_words("Name of its place"),
        city=_of("Title"),
        for_whom={
            **_list({"type": "string", "enum": [each.value for each in Audience]}),
            "description": "Empty: everybody",
        },
        languages=_list({"type": "string", "enum": [each.value for each in Language]}),
        numbers={
            **_list({"type": "string", "pattern": "^([0-9]{3,6}|\\+[1-9][0-9]{6,14})$"}),
            "description": "As a telephone dials them, the best known first",
        },
        answers={**_YES, "description": "Somebody is on duty, be it in a conversation"},
        free={**_YES, "description": "Somebody of them is in no conversation"},
        until=_instant("Nobody is there from then on; null: not within a day, or nobody is now"),
        again=_instant("When somebody is there next; null: somebody is, or it is not known"),
        hours={
            "type": ["array", "null"],
            "items": _of("Opening"),
            "description": "Promised for an ordinary week, in the site's zone; null: always",
        },
        page=_words("A page for people, with this line first", format="uri"),
        callback=_words("A form to be rung back", format="uri"),
    ),
    "Partner": _object(
        title=_of("Title"),
        number=_words("As a telephone dials it"),
        answers=_YES,
        until=_instant("It closes then; null: never, or it is closed"),
        again=_instant("It opens then; null: it is open"),
    ),
    "Lines": _object(
        zone=_words("IANA name; hours are its clocks', instants are UTC"),
        made_up={**_YES, "description": "Sample data: no number is real"},
        emergency=_list(_words("Police and ambulance")),
        lines=_list(_of("Line")),
        partners={**_list(_of("Partner")), "description": "Services of others"},
    ),
    "Place": _object(name=_words("Stands in `place`"), title=_of("Title")),
    "Places": _object(places=_list(_of("Place"))),
}

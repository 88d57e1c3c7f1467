"""A page in its layout, and where somebody goes after a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel.speaklater import LazyString
from werkzeug.exceptions import HTTPException

from hotline.accounts.permits import Act, may
from hotline.config.settings import Language
from hotline.console.frame.access import console, parts
from hotline.console.frame.asking import now, somebody
from hotline.console.frame.carrying import Carried
from hotline.console.frame.words.language import NAMES, TAGS, page_language, remember_language
from hotline.console.frame.words.wording import Words


@dataclass(frozen=True)
class Door:
    """An entry of the menu: what it is called, where it leads, and who may go there."""

    title: LazyString
    endpoint: str
    act: Act


@dataclass(frozen=True)
class LanguageLink:
    """The same page in a language."""

    address: str
    tag: str
    name: str
    chosen: bool


DOORS: Final[list[Door]] = []  # filled once by hotline.console.rooms, in the order of the menu


def show(template: str, status: int = 200, **values: Any) -> Response:
    """The page of a template that extends frame/layout.html."""
    return remember_language(Response(rendered(template, **values), status))


def rendered(template: str, **values: Any) -> str:
    """The same as text: a part that is put into a page, or fetched anew by itself."""
    return render_template(template, **frame_values(), **values)


def show_block(template: str, status: int = 200, **values: Any) -> Response:
    """A part of a page, for htmx to put in its place."""
    return show(template, status, **values)


def back_to(endpoint: str, said: str = "", **values: Any) -> Response:
    """After a change: that page, with a sentence shown once. For htmx, the browser is sent there.

    values: of the address, like those of url_for.
    """
    if said:
        flash(said)
    address = url_for(endpoint, **values)
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": address})
    answer = redirect(address, 303)
    assert isinstance(answer, Response)
    return answer


def send_again(carried: Carried, csrf: str, status: int) -> Response:
    """Somebody who is back may send what they typed: one click, and no click sends it by itself."""
    return show("frame/send_again.html", status, carried=carried, csrf=csrf)


def words_here() -> Words:
    """The wording of the page that is asked for."""
    return Words(parts().settings, page_language(), now())


def frame_values() -> dict[str, Any]:
    """What every page knows: its words, who looks at it, the menu, and what it loads."""
    language, viewer = page_language(), somebody()
    root = request.script_root
    return {
        "words": words_here(),
        "viewer": viewer,
        "doors": _doors(),
        "languages": _language_links(language),
        "language": language.value,
        "lang": TAGS[language],
        "assets": {name: root + each.address for name, each in console().assets.items()},
        "once": token_urlsafe(16),
        "may": lambda act: viewer is not None and may(viewer.account.roles, Act(act)),
    }


def _doors() -> Sequence[Door]:
    viewer = somebody()
    return [d for d in DOORS if viewer is not None and may(viewer.account.roles, d.act)]


def _can_be_looked_at() -> bool:
    """Whether the address leads to a page: what answers a form may have none of its own."""
    try:
        current_app.url_map.bind_to_environ(request.environ).match(request.path, "GET")
    except HTTPException:
        return request.method == "GET"
    return True


def _language_links(chosen: Language) -> tuple[LanguageLink, ...]:
    if not _can_be_looked_at():
        return ()
    asked = request.args.to_dict(flat=False) if request.method == "GET" else {}
    return tuple(
        LanguageLink(
            f"?{urlencode({**asked, 'lang': language.value}, doseq=True)}",
            TAGS[language],
            NAMES[language],
            language is chosen,
        )
        for language in Language
    )

"""Which language a page is in: this visit's, its reader's own, the browser's, or the site's."""

from pathlib import Path
from typing import Final

from flask import Flask, Response, request
from flask_babel import Babel

from hotline.config.settings import Language
from hotline.console.frame.access import parts
from hotline.console.frame.asking import somebody
from hotline.console.frame.words.saying import install_words

COOKIE: Final = "hotline_lang"
A_YEAR: Final = 365 * 24 * 3600
PAGES: Final = Path(__file__).parent.parent.parent
TRANSLATIONS: Final = tuple(sorted(PAGES.glob("*/translations")))  # each room has its own
TAGS: Final = {Language.ZH: "zh-CN", Language.EN: "en"}  # for <html lang>
NAMES: Final = {Language.ZH: "中文", Language.EN: "English"}


def init_languages(app: Flask) -> None:
    """Have gettext answer in the language of each request."""
    Babel(
        app,
        default_locale=Language.EN.value,
        default_translation_directories=";".join(map(str, TRANSLATIONS)),
        locale_selector=lambda: page_language().value,
    )
    install_words(app.jinja_env)


def page_language() -> Language:
    """The language of this request. What is no language of ours is passed over."""
    asked = language_asked() or _known(request.cookies.get(COOKIE))
    return asked or _own() or _browsers() or parts().settings.site.language


def language_asked() -> Language | None:
    """What the address itself says."""
    return _known(request.args.get("lang"))


def remember_language(response: Response) -> Response:
    """Keep the choice made by a link; the choice is of this browser alone."""
    asked = language_asked()
    if asked and asked.value != request.cookies.get(COOKIE):
        response.set_cookie(COOKIE, asked.value, A_YEAR, httponly=True, samesite="Strict")
    response.vary.update(("Cookie", "Accept-Language"))
    return response


def forget_visit(response: Response) -> None:
    """Pages follow what their reader has chosen for good, until a link says otherwise again."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Strict")


def _own() -> Language | None:
    reader = somebody()
    return reader.account.language if reader else None


def _browsers() -> Language | None:
    return _known(request.accept_languages.best_match([language.value for language in Language]))


def _known(word: str | None) -> Language | None:
    return next((language for language in Language if language.value == word), None)

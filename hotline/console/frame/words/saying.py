"""Words in the language of the page: gettext, with types, and safe with any sign in them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from babel.support import NullTranslations
from flask import g, has_app_context
from flask_babel import force_locale, get_translations, lazy_gettext
from flask_babel.speaklater import LazyString
from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from hotline.config.settings import Language

SPOKEN: Final = "hotline_spoken"
PLACE: Final = re.compile(r"%\((\w+)\)([sd])|%%")


def _(words: str, /, **values: object) -> str:
    """These words, with `%(name)s` filled in."""
    return filled(str(_spoken().ugettext(words)), values)


def _n(one: str, several: str, num: int, /, **values: object) -> str:
    """The singular or the plural; `%(num)d` is the number."""
    said = str(_spoken().ungettext(one, several, num))
    return filled(said, {"num": num, **values})


def _l(words: str) -> LazyString:
    """These words, translated when they are shown: for what is declared once."""
    found = lazy_gettext(words)
    assert isinstance(found, LazyString)
    return found


@contextmanager
def spoken_in(language: Language) -> Iterator[None]:
    """Meanwhile words are in this language, whatever the page's is."""
    g.pop(SPOKEN, None)
    try:
        with force_locale(language.value):
            yield
    finally:
        g.pop(SPOKEN, None)


def filled(words: str, values: Mapping[str, object]) -> str:
    """The words with their places filled in. Any other % is a per cent sign, and `%%` is one, too.

    Formatting by % would break a page for one such sign in one translation. A place for what was
    not given is our own mistake.
    """
    return PLACE.sub(lambda place: _in_place(place, values) if place[1] else "%", words)


def install_words(templates: Environment) -> None:
    """Have templates say things as code does; what is filled in is escaped."""
    install = templates.install_gettext_callables  # type: ignore[attr-defined]
    install(_in_template, _n_in_template, newstyle=False)


def _spoken() -> NullTranslations:
    """The catalogue of the page. Kept for the request: to look it up takes longer than a word."""
    kept: NullTranslations | None = g.get(SPOKEN) if has_app_context() else None
    if kept is not None:
        return kept
    found: NullTranslations = get_translations()
    if has_app_context():
        setattr(g, SPOKEN, found)
    return found


def _in_place(place: re.Match[str], values: Mapping[str, object]) -> str:
    value = values[place[1]]
    return f"{value:.0f}" if place[2] == "d" and isinstance(value, float) else str(value)


@pass_eval_context
def _in_template(at: EvalContext, words: str, /, **values: object) -> str:
    return _said(at, str(_spoken().ugettext(words)), values)


@pass_eval_context
def _n_in_template(at: EvalContext, one: str, several: str, num: int, /, **values: object) -> str:
    said = str(_spoken().ungettext(one, several, num))
    return _said(at, said, {"num": num, **values})


def _said(at: EvalContext, words: str, values: Mapping[str, object]) -> str:
    if not at.autoescape:
        return filled(words, values)
    safe = {n: v if isinstance(v, int | float) else escape(v) for n, v in values.items()}
    return Markup(filled(words, safe))  # noqa: S704 - words are ours, and what fills them escaped

"""Words in the language of the page: gettext, with types."""

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString


def _(words: str, **values: object) -> str:
    """These words, with `%(name)s` filled in."""
    return str(gettext(words, **values))


def _n(one: str, several: str, num: int, **values: object) -> str:
    """The singular or the plural; `%(num)d` is the number."""
    return str(ngettext(one, several, num, **values))


def _l(words: str) -> LazyString:
    """These words, translated when they are shown: for what is declared once."""
    found = lazy_gettext(words)
    assert isinstance(found, LazyString)
    return found

"""The form of a request, read as werkzeug reads it and in a third of the time."""

from urllib.parse import unquote

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.utils import cached_property

FORM = "application/x-www-form-urlencoded"


class Asked(Request):
    """A request whose fields come as the carrier sends them; other forms are read as usual."""

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """The fields in their order. Nothing of what is no UTF-8 at all."""
        if self.mimetype != FORM:
            return super().form
        try:
            return ImmutableMultiDict(fields(self.get_data().decode()))
        except UnicodeDecodeError:
            return ImmutableMultiDict()


def fields(text: str) -> list[tuple[str, str]]:
    """Names and values of an encoded form; what is no UTF-8 in one stays encoded."""
    pairs = (pair.partition("=") for pair in text.split("&") if pair)
    return [(_plain(name), _plain(value)) for name, _, value in pairs]


def _plain(text: str) -> str:
    if "%" in text:
        return unquote(text.replace("+", " "), errors="werkzeug.url_quote")
    return text.replace("+", " ")

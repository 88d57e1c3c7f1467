"""Which page of a long list, or which row, is asked for."""

from dataclasses import dataclass
from typing import Final

from flask import request
from werkzeug.routing import IntegerConverter, Map

A_PAGE: Final = 50
LARGEST: Final = 2**63 - 1  # number that a row can have; SQLite breaks at a larger one


@dataclass(frozen=True)
class Page:
    """One page of a list. number: from 1 to last."""

    number: int
    last: int

    @property
    def offset(self) -> int:
        """How many are on the pages before."""
        return (self.number - 1) * A_PAGE


class RowNumber(IntegerConverter):
    """A row's number in an address; under one that no row can have there is no page."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def row_number(text: str) -> int:
    """The same of a field: for `request.args.get(name, type=row_number)`. Raises ValueError."""
    number = int(text)
    if abs(number) > LARGEST:
        raise ValueError(text)
    return number


def page_of(count: int) -> Page:
    """The page that `?page=` names, of a list of so many; a wrong one is the nearest there is."""
    last = max(1, -(-count // A_PAGE))
    asked = request.args.get("page", default=1, type=int)
    return Page(min(max(asked, 1), last), last)

"""Which page of a long list is asked for."""

from dataclasses import dataclass
from typing import Final

from flask import request

A_PAGE: Final = 50


@dataclass(frozen=True)
class Page:
    """One page of a list. number: from 1 to last."""

    number: int
    last: int

    @property
    def offset(self) -> int:
        """How many are on the pages before."""
        return (self.number - 1) * A_PAGE


def page_of(count: int) -> Page:
    """The page that `?page=` names, of a list of so many; a wrong one is the nearest there is."""
    last = max(1, -(-count // A_PAGE))
    asked = request.args.get("page", default=1, type=int)
    return Page(min(max(asked, 1), last), last)

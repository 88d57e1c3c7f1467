"""At which line a call was, when another line took it over at the exit."""

from typing import Any

from sqlalchemy import case, func

from hotline.store.tables import TABLES

_CALL = TABLES["call"].c

LINE_DIALLED = func.coalesce(_CALL.came_to, _CALL.line).label("line")


def line_at(at: Any) -> Any:
    """The line of a call at an instant of its history."""
    return case((_CALL.crossed > at, _CALL.came_to), else_=_CALL.line).label("line")

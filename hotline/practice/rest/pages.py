"""How does the carrier list what it has: newest first, page by page?"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from hotline.practice.rest.orders import RefusedOrder

Json = dict[str, object]
USUAL: Final = 50
MOST: Final = 1000
PAGING: Final = frozenset({"PageSize", "Page", "PageToken"})


def since(fields: Mapping[str, str], name: str) -> datetime:
    """From when on things are asked for, by the parameter of that name."""
    try:
        asked = datetime.fromisoformat(fields.get(name, "0001-01-01"))
    except ValueError:
        raise RefusedOrder(HTTPStatus.BAD_REQUEST, 20001, f"{name} is no time") from None
    return asked if asked.tzinfo else asked.replace(tzinfo=UTC)


def page(path: str, name: str, rows: Sequence[Json], fields: Mapping[str, str]) -> Json:
    """One page of `rows`, and where the next one is."""
    size, number = _whole(fields, "PageSize", USUAL), _whole(fields, "Page", 0)
    if not 1 <= size <= MOST:
        raise RefusedOrder(HTTPStatus.BAD_REQUEST, 20006, f"PageSize is from 1 to {MOST}")
    shown = rows[size * number : size * (number + 1)]
    more = len(rows) > size * (number + 1)
    asked = "&".join(f"{key}={fields[key]}" for key in sorted(set(fields) - PAGING))
    where = f"{path}?{asked}&PageSize={size}&Page="
    return {
        name: shown,
        "page": number,
        "page_size": size,
        "first_page_uri": f"{where}0",
        "next_page_uri": f"{where}{number + 1}&PageToken=PA{number + 1}" if more else None,
        "uri": f"{where}{number}",
    }


def _whole(fields: Mapping[str, str], name: str, usual: int) -> int:
    text = fields.get(name, str(usual))
    if not text.isdecimal():
        raise RefusedOrder(HTTPStatus.BAD_REQUEST, 20001, f"{name} is a whole number")
    return int(text)

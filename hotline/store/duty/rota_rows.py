"""What a row of the rota says: a duty, an override, an absence."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row

from hotline.config.settings import DeskName
from hotline.duty import Away, Cause, Duty, Override, PersonId
from scheduling.problem import ShiftKind, Span


def duty_in(row: Row[Any]) -> Duty:
    """The duty that a published assignment is."""
    standby = row.kind == ShiftKind.STANDBY
    return Duty(PersonId(row.person_id), DeskName(row.desk), Span(row.starts, row.ends), standby)


def overrides_in(rows: Iterable[Row[Any]]) -> tuple[Override, ...]:
    """Each from its two halves: who comes, and whom they replace."""
    halves: dict[int, dict[bool, Row[Any]]] = {}
    for row in rows:
        halves.setdefault(row.override, {})[row.comes] = row
    return tuple(_override(number, mine) for number, mine in sorted(halves.items()))


def _override(number: int, halves: Mapping[bool, Row[Any]]) -> Override:
    row = next(iter(halves.values()))
    who = {comes: PersonId(half.person_id) for comes, half in halves.items()}
    return Override(
        id=number,
        desk=DeskName(row.desk),
        span=Span(row.starts, row.ends),
        comes=who.get(True),
        replaces=who.get(False),
        cause=Cause(row.way),
        standby=row.kind == ShiftKind.STANDBY,
    )


def away_of(row: Any) -> Away:
    """An absence."""
    return Away(PersonId(row.person_id), Span(row.away_from, row.away_until))

"""Rows as the people whom the telephone knows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from hotline.config.settings import DeskName, Language
from hotline.duty import Attended, Fact, Gender, LegId, PersonId, Presence, ToldBy, Volunteer
from scheduling.problem import Standing


def volunteers_of(people: Iterable[Row[Any]], told: Iterable[Any]) -> tuple[Volunteer, ...]:
    """Everybody of `people`, once, with what they hold and what was told of their attendance."""
    held: dict[int, dict[str, datetime]] = {}
    facts: dict[int, list[Fact]] = {}
    for row in told:
        if row.way is None:
            held.setdefault(row.person_id, {})[row.name] = row.until
        else:
            facts.setdefault(row.person_id, []).append(_fact(row))
    once = {row.person_id: row for row in people}
    return tuple(
        _volunteer(row, held.get(row.person_id, {}), facts.get(row.person_id, ()))
        for row in once.values()
    )


def _fact(row: Row[Any]) -> Fact:
    return Fact(Attended(row.name), row.at, row.until, row.duty, ToldBy(row.way))


def _volunteer(
    row: Row[Any], certificates: Mapping[str, datetime], facts: Iterable[Fact]
) -> Volunteer:
    return Volunteer(
        id=PersonId(row.person_id),
        code=row.code,
        name=row.name,
        address=row.address,
        languages=frozenset(Language(word) for word in row.languages.split()),
        desks=frozenset(DeskName(word) for word in row.desks.split()),
        certificates=certificates,
        presence=presence_of(row),
        trainee=row.standing == Standing.TRAINEE,
        gender=Gender(row.gender) if row.gender else None,
        dialects=frozenset(row.dialects.split()),
        facts=tuple(facts),
    )


def presence_of(row: Row[Any]) -> Presence:
    """What a person's telephone does; nothing, where it never rang."""
    if row.free_at is None:
        return Presence()
    return Presence(
        leg=None if row.leg_id is None else LegId(row.leg_id),
        until=row.until,
        talking=row.talking,
        free_at=row.free_at,
        last_ended=row.last_ended,
        talk_seconds=row.talk_seconds,
        missed=row.missed,
        missed_at=row.missed_at,
        refused=row.refused,
    )

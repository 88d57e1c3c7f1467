"""What keeps a person out of the telephone's reach: each reason, and when it holds."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from hotline.config.settings import Desk, DeskName, Line
from hotline.duty.facts import Rota, Volunteer


class Why(StrEnum):
    """What keeps a person out of the telephone's reach."""

    OTHER_DESK = "other-desk"
    NOT_ROSTERED = "not-rostered"
    REPLACED = "replaced"
    ABSENT = "absent"
    TRAINEE = "trainee"
    UNTRAINED = "untrained"
    EXPIRED = "expired"
    LANGUAGE = "language"
    TALKING = "talking"
    RINGING = "ringing"
    WRAP_UP = "wrap-up"


@dataclass(frozen=True)
class KeptOut:
    """One person and the first thing that keeps them out.

    until: when that ends (ABSENT and REPLACED too), or since when it holds (EXPIRED), or when their
    next duty begins (NOT_ROSTERED); None where the facts do not say. desk: where they sit, if
    rostered.
    """

    volunteer: Volunteer
    why: Why
    until: datetime | None = None
    certificate: str | None = None
    desk: DeskName | None = None


# Whoever is kept out by one of these is there all the same: waiting for them is not in vain.
BUSY: Final = frozenset({Why.TALKING, Why.RINGING, Why.WRAP_UP})


def barred(rota: Rota, person: Volunteer, place: tuple[Desk, Line], at: datetime) -> KeptOut | None:
    """The first thing that keeps `person` from answering at a desk for a line; None if nothing."""
    desk, line = place
    if reason := absent(rota, person, at) or unfit(person, desk, at):
        return replace(reason, desk=desk.name)
    if not person.languages.intersection(line.languages):
        return KeptOut(person, Why.LANGUAGE, desk=desk.name)
    return _occupied(person, desk, at)


def absent(rota: Rota, person: Volunteer, at: datetime) -> KeptOut | None:
    """Whether `person` cannot come at `at`, whatever is published."""
    away = [a.span for a in rota.away if a.person == person.id and a.span.start <= at < a.span.end]
    return KeptOut(person, Why.ABSENT, max(span.end for span in away)) if away else None


def unfit(person: Volunteer, desk: Desk, at: datetime) -> KeptOut | None:
    """Whether `person` may not answer alone at `desk` at `at`: training, certificates."""
    if person.trainee:
        return KeptOut(person, Why.TRAINEE)
    for name in desk.certificates:
        until = person.certificates.get(name)
        if until is None:
            return KeptOut(person, Why.UNTRAINED, certificate=name)
        if until <= at:
            return KeptOut(person, Why.EXPIRED, until, name)
    return None


def _occupied(person: Volunteer, desk: Desk, at: datetime) -> KeptOut | None:
    now = person.presence
    if now.leg is not None and (now.until is None or at < now.until):
        why = Why.TALKING if now.talking else Why.RINGING
        return KeptOut(person, why, now.until, desk=desk.name)
    if at < now.free_at:
        return KeptOut(person, Why.WRAP_UP, now.free_at, desk=desk.name)
    return None

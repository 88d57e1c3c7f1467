"""Who calls again, and what follows from it: decided without reading anything.

A caller is known by the keyed hash of their number. Who withholds it is like anybody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.config.settings import Settings
from hotline.duty import PersonId

A_DAY: Final = timedelta(days=1)


class CallerStanding(StrEnum):
    """How a caller is treated, by what people decided about them."""

    USUAL = "usual"  # by rule
    DELAYED = "delayed"  # rung for after everybody else, but once in the first minute
    GUARANTEED = "guaranteed"  # like anybody, however often they call


@dataclass(frozen=True)
class KnownCaller:
    """What people decided about a caller. same: whom they were promised, until `same_until`."""

    standing: CallerStanding = CallerStanding.USUAL
    blocked_until: datetime | None = None
    same: PersonId | None = None
    same_until: datetime | None = None


@dataclass(frozen=True)
class PastCall:
    """A call of the same caller. person: who answered; joined: None, nobody."""

    arrived: datetime
    joined: datetime | None
    ended: datetime | None
    person: PersonId | None


@dataclass(frozen=True)
class Treatment:
    """What follows for a new call."""

    blocked: bool = False
    delayed: bool = False
    same: PersonId | None = None


def treatment(
    known: KnownCaller, past: Sequence[PastCall], settings: Settings, at: datetime
) -> Treatment:
    """How a caller who rings at `at` is treated. past: their earlier calls, newest first."""
    if known.blocked_until is not None and at < known.blocked_until:
        return Treatment(blocked=True)
    if _delayed(known, past, settings, at):
        return Treatment(delayed=True)
    return Treatment(same=_same_person(known, past, settings, at))


def _delayed(
    known: KnownCaller, past: Sequence[PastCall], settings: Settings, at: datetime
) -> bool:
    if known.standing is not CallerStanding.USUAL:
        return known.standing is CallerStanding.DELAYED
    rules = settings.repeats
    today = [call for call in past if call.joined and at - call.joined < A_DAY]
    lately = timedelta(minutes=rules.silent_minutes)
    silent = [c for c in _silent(past, rules.silent_talk) if at - c.arrived < lately]
    return len(today) >= rules.calls_a_day or len(silent) >= rules.silent_calls


def _silent(past: Iterable[PastCall], seconds: int) -> Iterable[PastCall]:
    """The calls in which somebody answered and hardly anything was said."""
    least = timedelta(seconds=seconds)
    return (c for c in past if c.joined and c.ended and c.ended - c.joined < least)


def _same_person(
    known: KnownCaller, past: Sequence[PastCall], settings: Settings, at: datetime
) -> PersonId | None:
    """Whom the caller was promised; else with whom they spoke until just now."""
    if known.same is not None and known.same_until is not None and at < known.same_until:
        return known.same
    within = timedelta(seconds=settings.rings.same_person)
    for call in past:
        if call.joined and call.person is not None:
            cut_off = call.ended is not None and at - call.ended < within
            return call.person if cut_off else None
    return None

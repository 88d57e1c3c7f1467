"""Who the duty lead is: whom an emergency reaches, and whom the telephone rings last."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import Line, Settings
from hotline.duty.facts import PersonId, Rota
from hotline.duty.lines import line_now
from hotline.duty.reasons import BUSY, RESTS, KeptOut, barred, occupied
from hotline.duty.seats import Seat, seated


@dataclass(frozen=True)
class Leads:
    """The duty leads of a line, the first to ask first. busy: those not to be rung now, and why.

    named: they are the site's, and need no duty.
    """

    seats: tuple[Seat, ...] = ()
    busy: tuple[KeptOut, ...] = ()
    named: bool = False

    @property
    def free(self) -> tuple[Seat, ...]:
        """Who may be rung now."""
        busy = {kept.volunteer.id for kept in self.busy}
        return tuple(seat for seat in self.seats if seat.volunteer.id not in busy)


def leads(rota: Rota, line: Line, settings: Settings, at: datetime) -> Leads:
    """Whom to ask for help with a call of `line` at `at`.

    Who holds the lead's certificate and sits at a desk of the chain, its own desk first and
    standby last; without any, the site's duty-lead people.
    """
    holders = list(_holders(rota, line_now(rota, line, at), settings, at))
    told = holders or list(_named(rota, line, settings, at))
    told.sort(key=lambda each: each[0].standby)
    return Leads(
        tuple(replace(seat, lead=True) for seat, _ in told),
        tuple(reason for _, reason in told if reason is not None),
        named=not holders,
    )


def _holders(
    rota: Rota, line: Line, settings: Settings, at: datetime
) -> Iterator[tuple[Seat, KeptOut | None]]:
    name = settings.lead.certificate
    known = {desk.name: desk for desk in settings.desks}
    seen: set[PersonId] = set()
    for desk in (known[each] for each in line.desks) if name else ():
        for seat in seated(rota, desk, at):
            until = seat.volunteer.certificates.get(name or "")
            if until is None or until <= at or seat.volunteer.id in seen:
                continue
            seen.add(seat.volunteer.id)
            reason = barred(rota, seat, (desk, line), settings, at)
            if reason is None or reason.why in BUSY | RESTS:
                yield seat, reason


def _named(
    rota: Rota, line: Line, settings: Settings, at: datetime
) -> Iterator[tuple[Seat, KeptOut | None]]:
    """People named by the site: they need no duty, and no certificate of a desk's."""
    for person in rota.leads:
        reason = occupied(person, settings, at)
        yield Seat(person, line.desks[0]), replace(reason, desk=line.desks[0]) if reason else None

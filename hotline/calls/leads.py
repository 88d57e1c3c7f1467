"""Who leads where a call came in, to be told of what cannot wait."""

from hotline.calls.turn import Turn
from hotline.config.settings import LineName
from hotline.duty import PersonId, leads
from hotline.store.duty.rosters import rota_at


def duty_leads(turn: Turn, line: LineName) -> tuple[PersonId, ...]:
    """The duty leads of a line at this instant, the first to ask first; none, if nobody leads."""
    rota = rota_at(turn.db, turn.now, turn.settings.lead.people or ())
    found = leads(rota, turn.line(line), turn.settings, turn.now)
    return tuple(seat.volunteer.id for seat in found.seats)

"""Whose telephone may be tried now, and whose is needed: decided from the facts alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from hotline.config.settings import DeskName, LineName, Settings
from hotline.duty import PersonId, Rota, Why, in_reach


def tried_in_drill(rota: Rota, settings: Settings, at: datetime) -> Mapping[PersonId, DeskName]:
    """Who is on duty and free, and at which desk; who is out of reach, too, nobody on standby."""
    answers = (in_reach(rota, line, settings, at) for line in settings.lines)
    seats = (seat for answer in answers for seat in (*answer.rung, *answer.last))
    found: dict[PersonId, DeskName] = {}
    for seat in seats:
        if not seat.standby and not seat.lead:
            found.setdefault(seat.volunteer.id, seat.desk)
    return found


def needed(
    rota: Rota, settings: Settings, waited_at: Iterable[LineName], at: datetime
) -> frozenset[PersonId]:
    """Whom a caller who waits at one of these lines could reach, were their telephone free."""
    lines = [line for line in settings.lines if line.name in set(waited_at)]
    answers = [in_reach(rota, line, settings, at) for line in lines]
    free = {s.volunteer.id for answer in answers for s in (*answer.rung, *answer.last)}
    kept = (each for answer in answers for each in answer.kept_out)
    return frozenset(free | {each.volunteer.id for each in kept if each.why is Why.RINGING})

"""How a shift that lacks people is named by digits, and found again."""

from datetime import UTC, datetime, timedelta
from typing import Final

from hotline.calls.turn import Turn
from hotline.duty import PersonId, Volunteer
from hotline.handshake.stand_ins.vacancies import Vacancy, vacancies, who_could

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
MOST_MINUTES: Final = 10**9


def number_of(turn: Turn, vacancy: Vacancy) -> int:
    """What names a vacancy in an address: its desk, its start, whether a certificate is missed."""
    place = [desk.name for desk in turn.settings.desks].index(vacancy.desk)
    minutes = (vacancy.span.start - EPOCH) // MINUTE
    return (2 * place + (vacancy.certificate is not None)) * MOST_MINUTES + minutes


def fillable(turn: Turn) -> tuple[Vacancy, ...]:
    """Those that an override can fill."""
    return tuple(each for each in vacancies(turn) if not each.standby)


def vacancy_of(turn: Turn, number: int) -> Vacancy | None:
    """The vacancy of that number; None: it is filled, or its shift has begun meanwhile."""
    return next((v for v in fillable(turn) if number_of(turn, v) == number), None)


def person_of(turn: Turn, vacancy: Vacancy, person: int) -> Volunteer | None:
    """Who could take it, by their number; None: they cannot any more."""
    return next((w for w in who_could(turn, vacancy) if w.id == PersonId(person)), None)

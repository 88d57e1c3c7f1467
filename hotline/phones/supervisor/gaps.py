"""A supervisor hears which shifts lack people, and has somebody take one by a key."""

from collections.abc import Iterator
from typing import Final

from hotline.calls.instructions import Instructions, Say
from hotline.calls.turn import Turn
from hotline.corrections.overrides import OverrideError
from hotline.duty import Volunteer
from hotline.handshake.stand_ins.vacancies import Filling, Vacancy, fill, vacancies, who_could
from hotline.handshake.telling import desk_here
from hotline.phones.speaking import Visit, meant_nothing, menu, said, sensible
from hotline.phones.volunteer.vacancies import fillable, number_of, person_of, vacancy_of
from hotline.phrases import when

GAPS: Final = "gaps"
FILL: Final = "fill"  # ... and the vacancy
TAKES: Final = "takes"  # ... the person, and the vacancy
BOTH: Final = 10**13  # what is about two counts the person so many times
MOST: Final = 8  # shifts, or people, told at once
BACK: Final = "0"


def tell_gaps(turn: Turn) -> tuple[Say, ...]:
    """Every shift below its floor in the next 24 hours, to be read."""
    found = vacancies(turn)
    return tuple(_told(turn, each) for each in found) or (said(turn, "staff_no_gap"),)


def _told(turn: Turn, vacancy: Vacancy) -> Say:
    key = "staff_gap_standby" if vacancy.standby else "staff_gap"
    return said(turn, key, **_words(turn, vacancy))


def _words(turn: Turn, vacancy: Vacancy) -> dict[str, str | int]:
    site = turn.settings.site
    return {
        "desk": desk_here(turn.settings, vacancy.desk),
        "when": when(vacancy.span.start, turn.now, site.zone, site.language),
        "count": vacancy.missing,
    }


def gaps_asked(visit: Visit, *before: Say) -> Instructions:
    """Which one to fill, after what was just done; without any the way back is the only key."""
    return (*before, *menu(visit, GAPS, *_listed(visit)))


def _listed(visit: Visit) -> Iterator[Say]:
    found = vacancies(visit.turn)
    standby = [each for each in found if each.standby]
    if not found:
        yield visit.say("staff_no_gap")
    for choice, each in enumerate(fillable(visit.turn)[:MOST], 1):
        yield _told(visit.turn, each)
        yield visit.say("staff_fill", choice=choice)
    yield from (_told(visit.turn, each) for each in standby[:MOST])
    yield visit.say("staff_back")


def gap_chosen(visit: Visit, _: str, key: str) -> Instructions | None:
    """A shift to fill; None: back."""
    if key == BACK:
        return None
    found = {str(choice): each for choice, each in enumerate(fillable(visit.turn)[:MOST], 1)}
    if key not in found:
        return meant_nothing(visit, GAPS, *_listed(visit))
    return people_asked(sensible(visit), found[key])


def people_asked(visit: Visit, vacancy: Vacancy) -> Instructions:
    """Who shall come, the fairest first; back, if there is nobody."""
    could = who_could(visit.turn, vacancy)[:MOST]
    if not could:
        return gaps_asked(visit, visit.say("staff_nobody_free"))
    number = number_of(visit.turn, vacancy)
    return menu(visit, f"{FILL}-{number}", *_named(visit, could))


def _named(visit: Visit, could: tuple[Volunteer, ...]) -> Iterator[Say]:
    for choice, who in enumerate(could, 1):
        yield visit.say("staff_person", name=who.name, choice=choice)
    yield visit.say("staff_back")


def person_chosen(visit: Visit, about: str, key: str) -> Instructions:
    """Somebody, and whether that is right."""
    vacancy = None if key == BACK else vacancy_of(visit.turn, int(about))
    if vacancy is None:
        return gaps_asked(sensible(visit))
    could = who_could(visit.turn, vacancy)[:MOST]
    chosen = {str(choice): who for choice, who in enumerate(could, 1)}
    if key not in chosen:
        return meant_nothing(visit, f"{FILL}-{about}", *_named(visit, could))
    who, number = chosen[key], number_of(visit.turn, vacancy)
    name = f"{TAKES}-{who.id * BOTH + number}"
    return menu(sensible(visit), name, _sure(visit, vacancy, who))


def _sure(visit: Visit, vacancy: Vacancy, who: Volunteer) -> Say:
    return visit.say("staff_takes", name=who.name, **_words(visit.turn, vacancy))


def person_sure(visit: Visit, about: str, key: str) -> Instructions:
    """Yes or no; what is no longer so is said, and changes nothing."""
    person, number = divmod(int(about), BOTH)
    vacancy = vacancy_of(visit.turn, number)
    who = None if vacancy is None else person_of(visit.turn, vacancy, person)
    if vacancy is None or who is None:
        return gaps_asked(sensible(visit), visit.say("staff_fill_gone"))
    match key:
        case "1":
            return _filled(sensible(visit), vacancy, who)
        case "2":
            return gaps_asked(sensible(visit), visit.say("staff_unchanged"))
    return meant_nothing(visit, f"{TAKES}-{about}", _sure(visit, vacancy, who))


def _filled(visit: Visit, vacancy: Vacancy, who: Volunteer) -> Instructions:
    why = "filled by telephone"
    try:
        fill(visit.turn, Filling(vacancy, who.id, who.code, vacancy.span.end, why))
    except OverrideError:  # they are on another duty by now
        return gaps_asked(visit, visit.say("staff_fill_gone"))
    return gaps_asked(visit, visit.say("staff_filled", name=who.name))

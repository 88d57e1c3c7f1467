"""A supervisor's word on a line: paused, answered by other desks, or as ever again."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Final

from hotline.calls.exit.diverting import divert_line, pause_line, resume_line
from hotline.calls.instructions import Instructions, Say
from hotline.calls.turn import Turn
from hotline.config.settings import Line
from hotline.duty import change_of
from hotline.phones.speaking import Visit, meant_nothing, menu, said, sensible
from hotline.phrases import when
from hotline.rosters.week import instant
from hotline.store.calling.lines import changes_at

LINES: Final = "lines"  # ... and the page
LINE: Final = "line"  # ... and the line
PAUSE: Final = "pause"  # likewise: for how long
TARGET: Final = "target"  # ... the line, and the page of lines whose desks may answer it
DIVERT: Final = "divert"  # ... the line, and the one whose desks answer it: for how long
BOTH: Final = 1000  # what is about two counts the first a thousand times
PAGE: Final = 8  # lines told at once
MORE: Final = "9"
BACK: Final = "0"
HOURS: Final[Mapping[str, int]] = {"1": 1, "2": 4}
TILL_MORNING: Final = "3"
MORNING: Final = time(8)


def lines_asked(visit: Visit, page: int = 0) -> Instructions:
    """Which line."""
    return menu(visit, f"{LINES}-{page}", *_listed(visit, page))


def _listed(visit: Visit, page: int, key: str = "staff_line") -> Iterator[Say]:
    lines = visit.turn.settings.lines
    for choice, line in enumerate(lines[page * PAGE : (page + 1) * PAGE], 1):
        yield visit.say(key, line=title_of(visit.turn, line), choice=choice)
    if len(lines) > PAGE:
        yield visit.say("staff_more_lines")
    yield visit.say("staff_back")


def title_of(turn: Turn, line: Line) -> str:
    """A line as it is called in the site's language."""
    return line.title.in_language(turn.settings.site.language)


def line_chosen(visit: Visit, about: str, key: str) -> Instructions | None:
    """One line, or the next page; None: back."""
    page = int(about)
    if key == BACK:
        return None
    if key == MORE and len(visit.turn.settings.lines) > PAGE:
        return lines_asked(sensible(visit), _after(visit, page))
    if (place := _picked(visit, page, key)) is None:
        return meant_nothing(visit, f"{LINES}-{page}", *_listed(visit, page))
    return line_told(sensible(visit), place)


def _picked(visit: Visit, page: int, key: str) -> int | None:
    place = page * PAGE + int(key) - 1 if key.isdecimal() and 1 <= int(key) <= PAGE else -1
    return place if 0 <= place < len(visit.turn.settings.lines) else None


def _after(visit: Visit, page: int) -> int:
    return page + 1 if (page + 1) * PAGE < len(visit.turn.settings.lines) else 0


def line_told(visit: Visit, place: int, *before: Say) -> Instructions:
    """How the line is answered now, and what can be said of it."""
    return (*before, *menu(visit, f"{LINE}-{place}", *_told(visit, place)))


def _told(visit: Visit, place: int) -> tuple[Say, ...]:
    state = how_answered(visit.turn, visit.turn.settings.lines[place])
    return (state, visit.say("staff_line_choices"), visit.say("staff_back"))


def how_answered(turn: Turn, line: Line) -> Say:
    """By its own desks, by others, or by nobody; and until when."""
    change = change_of(changes_at(turn.db, turn.now), line, turn.now)
    title = title_of(turn, line)
    if change is None:
        return said(turn, "staff_line_as_ever", line=title)
    key = "staff_line_paused" if change.paused else "staff_line_diverted"
    return said(turn, key, line=title, until=_clock(turn, change.span.end))


def line_ordered(visit: Visit, about: str, key: str) -> Instructions | None:
    """Pause it, have other desks answer it, or let it be as ever; None: back to the lines."""
    place = int(about)
    match key:
        case "1":
            return menu(sensible(visit), f"{PAUSE}-{place}", *_durations(visit))
        case "2":
            return target_asked(sensible(visit), place, 0)
        case "3":
            resume_line(visit.turn, visit.turn.settings.lines[place], visit.member.id)
            return line_told(sensible(visit), place)
        case "0":
            return None
    return meant_nothing(visit, f"{LINE}-{place}", *_told(visit, place))


def target_asked(visit: Visit, place: int, page: int) -> Instructions:
    """Whose desks shall answer instead: those of another line, by its whole chain."""
    return menu(visit, f"{TARGET}-{place * BOTH + page}", *_listed(visit, page, "staff_target"))


def target_chosen(visit: Visit, about: str, key: str) -> Instructions:
    """Another line, or the next page."""
    place, page = divmod(int(about), BOTH)
    if key == BACK:
        return line_told(sensible(visit), place)
    if key == MORE and len(visit.turn.settings.lines) > PAGE:
        return target_asked(sensible(visit), place, _after(visit, page))
    other = _picked(visit, page, key)
    if other is None or other == place:
        prompts = _listed(visit, page, "staff_target")
        return meant_nothing(visit, f"{TARGET}-{about}", *prompts)
    return menu(sensible(visit), f"{DIVERT}-{place * BOTH + other}", *_durations(visit))


def _durations(visit: Visit) -> tuple[Say, ...]:
    return (visit.say("staff_how_long"), visit.say("staff_back"))


def pause_ordered(visit: Visit, about: str, key: str) -> Instructions:
    """Nobody answers the line for so long; its callers hear the honest exit."""
    return _ordered(visit, PAUSE, about, key, int(about), None)


def divert_ordered(visit: Visit, about: str, key: str) -> Instructions:
    """Other desks answer the line for so long."""
    place, other = divmod(int(about), BOTH)
    return _ordered(visit, DIVERT, about, key, place, visit.turn.settings.lines[other])


def _ordered(
    visit: Visit, name: str, about: str, key: str, place: int, other: Line | None
) -> Instructions:
    if key == BACK:
        return line_told(sensible(visit), place)
    if (until := _end(visit.turn, key)) is None:
        return meant_nothing(visit, f"{name}-{about}", *_durations(visit))
    line, turn = visit.turn.settings.lines[place], visit.turn
    if other is None:
        pause_line(turn, line, until, visit.member.id)
    else:
        divert_line(turn, line, other, until, visit.member.id)
    return line_told(sensible(visit), place)


def _end(turn: Turn, key: str) -> datetime | None:
    if key in HOURS:
        return turn.now + timedelta(hours=HOURS[key])
    if key != TILL_MORNING:
        return None
    zone = turn.settings.site.zone
    today = turn.now.astimezone(zone).date()
    this, next_ = (instant(today + timedelta(days=days), MORNING, zone) for days in (0, 1))
    return this if this > turn.now else next_


def _clock(turn: Turn, at: datetime) -> str:
    site = turn.settings.site
    return when(at, turn.now, site.zone, site.language)

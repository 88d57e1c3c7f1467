"""How columns, their hints and what is wrong with a file are called on the pages about people."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Final

from flask import g
from flask_babel.speaklater import LazyString

from hotline.availability import ALWAYS, DAYS, Grid
from hotline.config.settings import Language, Title, Weekday
from hotline.console.frame.access import parts
from hotline.console.frame.asking import now, viewer
from hotline.console.frame.language import page_language
from hotline.console.frame.saying import _, _l
from hotline.console.frame.wording import Words
from hotline.people.faults import Fault, FaultKind
from hotline.people.person import StoredPerson
from hotline.rosters.week import Week
from scheduling.problem import Span, Standing

DAY: Final = re.compile("|".join(DAYS))

COLUMNS: Final[Mapping[str, LazyString]] = {
    "code": _l("Code"),
    "name": _l("Name"),
    "address": _l("Telephone address"),
    "languages": _l("Languages"),
    "desks": _l("Desks"),
    "availability": _l("Can work"),
    "preferred": _l("Would like to"),
    "unwanted": _l("Would rather not"),
    "shifts_a_week": _l("Shifts a week, at most"),
    "hours_a_week": _l("Hours a week, at most"),
    "nights_a_week": _l("Nights a week, at most"),
    "nights_running": _l("Nights in a row, at most"),
    "supervised_turns": _l("Supervised turns so far"),
    "certificates": _l("Certificates"),
    "standing": _l("Standing"),
    "agreement": _l("Agreement"),
    "role": _l("By telephone and text"),
    "notices": _l("Is told things by"),
    "gender": _l("Woman or man"),
    "dialects": _l("Dialects"),
}
HINTS: Final[Mapping[str, LazyString]] = {
    "code": _l("Letters, digits, _ and -, at most 64: it tells people apart and never changes."),
    "name": _l("At most 120 characters."),
    "address": _l("Like tel:+8613800000000, sip:user@host or client:name; one person's only."),
    "languages": _l("At least one of zh and en."),
    "desks": _l("At least one."),
    "availability": _l("Like Mon-Fri 18:00-22:00; Sat,Sun 08:00-24:00; or always."),
    "preferred": _l("Like Mon-Fri 18:00-22:00; Sat,Sun 08:00-24:00; or always."),
    "unwanted": _l("Like Mon-Fri 18:00-22:00; Sat,Sun 08:00-24:00; or always."),
    "shifts_a_week": _l("A whole number from 0 to 14."),
    "hours_a_week": _l("A number from 0 to 168."),
    "nights_a_week": _l("A whole number from 0 to 7."),
    "nights_running": _l("A whole number from 0 to 7."),
    "supervised_turns": _l("A whole number."),
    "certificates": _l("Known certificates, each once, with its last day: crisis:2027-06-30."),
    "standing": _l("full, mentor, newcomer or trainee; empty is full."),
    "agreement": _l("Clauses like: at most 2 nights a month; 2 days off in a row; never with v07."),
    "role": _l("volunteer or supervisor; empty is volunteer."),
    "notices": _l("apprise, sms, both with a semicolon between, or none."),
    "gender": _l("woman, man, or empty."),
    "dialects": _l("Known dialects, with semicolons between."),
}
STANDINGS: Final[Mapping[str, LazyString]] = {
    Standing.FULL: _l("full"),
    Standing.MENTOR: _l("mentor"),
    Standing.NEWCOMER: _l("newcomer"),
    Standing.TRAINEE: _l("trainee"),
}
LANGUAGES: Final = {Language.ZH: _l("Chinese"), Language.EN: _l("English")}


def fault_sentence(fault: Fault) -> str:
    """What is wrong with a row, in the page's language."""
    hint = str(HINTS.get(fault.column, ""))
    sentences = {
        FaultKind.COUNT: _("Has more or fewer cells than the first line."),
        FaultKind.CELL: hint,
        FaultKind.TWICE: _("Stands in this file twice."),
        FaultKind.TAKEN: _taken(fault.owner),
        FaultKind.STRANGER: _("Names somebody whom nobody knows, or the person themselves."),
        FaultKind.BEYOND: _("Is not yours to change: another desk's, or for administrators."),
    }
    return sentences.get(fault.kind, fault.said)


def _taken(owner: StoredPerson | None) -> str:
    """Whose it is, where the reader sees them."""
    if owner is None or not any(viewer().sees_desk(desk) for desk in owner.desks):
        return _("Is somebody else's already.")
    return _(
        "Is %(name)s's (%(code)s) already; one of the two needs another.",
        name=owner.name,
        code=owner.code,
    )


def in_words(title: Title) -> str:
    """A name in the page's language."""
    return title.in_language(page_language())


def desk_titles() -> dict[str, str]:
    """Every desk as people call it."""
    if "people_desk_titles" not in g:  # a list asks for them again and again
        g.people_desk_titles = {each.name: in_words(each.title) for each in parts().settings.desks}
    found: dict[str, str] = g.people_desk_titles
    return found


def own_desks() -> list[tuple[str, str]]:
    """The viewer's desks, to choose from."""
    return [(desk.name, in_words(desk.title)) for desk in viewer().desks(parts().settings)]


def titled(names: Iterable[str]) -> list[str]:
    """Some desks, in the order of config.toml; those that left it last, by their names."""
    titles, wanted = desk_titles(), set(names)
    known = [title for name, title in titles.items() if name in wanted]
    return known + sorted(wanted - titles.keys())


def in_hours(grid: Grid) -> str:
    """A weekly grid to be read: its text with the days as the page calls them."""
    if grid.text == ALWAYS:
        return _("always")
    words = _words()
    return DAY.sub(lambda found: words.day_name(DAYS.index(Weekday(found[0]))), grid.text)


def away_span(span: Span) -> str:
    """Days where whole days are meant, else times."""
    words = _words()
    first, end = (at.astimezone(words.zone) for at in (span.start, span.end))
    if first.time() != time() or end.time() != time():
        return words.span(span.start, span.end)
    last = end.date() - timedelta(days=1)
    if last == first.date():
        return words.day(last)
    return f"{words.day(first.date())} – {words.day(last)}"


def _words() -> Words:
    return Words(parts().settings, page_language(), now())


def rounded(amount: Fraction | None) -> str:
    """To half a unit, as people count hours and nights; a dash for no share at all."""
    if amount is None:
        return "–"
    return f"{round(amount * 2) / 2:g}"


def iso(day: date | None) -> str:
    """As a date field holds it."""
    return "" if day is None else day.isoformat()


def week_title(week: Week) -> str:
    """`Week 48 of 2026`."""
    return _("Week %(number)d of %(year)d", number=week.number, year=week.year)

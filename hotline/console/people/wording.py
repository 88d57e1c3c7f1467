"""How columns, their hints and what is wrong with a file are called on the pages about people."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Final

from flask import g
from flask_babel.speaklater import LazyString

from hotline.config.settings import Language, Title
from hotline.console.frame.access import parts
from hotline.console.frame.asking import viewer
from hotline.console.frame.showing import words_here
from hotline.console.frame.words.language import page_language
from hotline.console.frame.words.saying import _, _l
from hotline.people import clauses
from hotline.people.faults import Fault, FaultKind
from hotline.people.person import StoredPerson
from hotline.rosters.week import Week
from hotline.written import in_chinese as written_hours
from hotline.written.availability import ALWAYS, Grid
from hotline.written.flaws import Flaw, FlawKind
from scheduling.problem import Span, Standing

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
CHINESE: Final[Mapping[str, Callable[[str], str]]] = {  # columns that hold words
    "availability": written_hours.in_chinese,
    "preferred": written_hours.in_chinese,
    "unwanted": written_hours.in_chinese,
    "agreement": clauses.in_chinese,
}
LANGUAGES: Final = {Language.ZH: _l("Chinese"), Language.EN: _l("English")}
CHOICES: Final[Mapping[str, Mapping[str, LazyString]]] = {  # by column: what its cell may be
    "standing": STANDINGS,
    "languages": {each.value: title for each, title in LANGUAGES.items()},
    "role": {
        "volunteer": _l("takes calls"),
        "supervisor": _l("takes calls, and is told of alarms and pauses lines"),
    },
    "gender": {"": _l("not said"), "woman": _l("woman"), "man": _l("man")},
    "notices": {
        "": _l("chat or mail, else text message"),
        "apprise": _l("chat or mail only"),
        "sms": _l("text message only"),
        "sms;apprise": _l("text message, else chat or mail"),
        "none": _l("nothing outside of calls"),
    },
}


def fault_sentence(fault: Fault) -> str:
    """What is wrong with a file or a row of it, in the page's language."""
    if fault.flaw is not None:
        return _flaw_sentence(fault.flaw)
    hint = str(HINTS.get(fault.column, ""))
    sentences = {
        FaultKind.COUNT: _("Has more or fewer cells than the first line."),
        FaultKind.CELL: hint,
        FaultKind.TWICE: _("Stands in this file twice."),
        FaultKind.TAKEN: _taken(fault.owner),
        FaultKind.STRANGER: _("Names somebody whom nobody knows, or the person themselves."),
        FaultKind.BEYOND: _("Is not yours to change: another desk's, or for administrators."),
    }
    return sentences[fault.kind]


def _flaw_sentence(flaw: Flaw) -> str:
    about = flaw.about
    sentences = {
        FlawKind.UNREADABLE: _("The file cannot be read."),
        FlawKind.EMPTY: _("The file is empty. Its first line is: %(columns)s", columns=about),
        FlawKind.HEADER_ALONE: _("The file has a first line and nobody below it."),
        FlawKind.NOT_UTF8: _("Not written in UTF-8. In a spreadsheet, save it as CSV UTF-8."),
        FlawKind.NO_CSV: _("From here on it is no CSV that can be read."),
        FlawKind.SEPARATED: _("Columns are separated by other signs; save the file with commas."),
        FlawKind.MISSING: _("The column %(name)s is missing.", name=about),
        FlawKind.UNKNOWN: _("Nobody knows a column %(name)s.", name=about),
        FlawKind.TWICE: _("The column %(name)s stands there more than once.", name=about),
        FlawKind.NO_WORKBOOK: _("The file is no workbook that can be read."),
        FlawKind.LARGE: _("The file is larger than %(most)s.", most=about),
        FlawKind.UNPACKS: _("The file unpacks to far more than a list of people."),
        FlawKind.LONG: _("The sheet has more than %(most)s rows.", most=about),
    }
    return sentences[flaw.kind]


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
    """A weekly grid to be read and to be written over."""
    return written("availability", grid.text)


def written(column: str, cell: str) -> str:
    """A cell in the page's language, as it may be typed, too."""
    if page_language() is Language.ZH and column in CHINESE:
        return CHINESE[column](cell)
    return _("always") if cell == ALWAYS else cell


def in_cell(column: str, cell: str) -> str:
    """A cell in words, to be read only."""
    if column == "desks":
        return _(", ").join(titled(filter(None, cell.split(";"))))
    choices = CHOICES.get(column, {})
    if cell in choices:
        return str(choices[cell])
    if column == "languages":
        return _(", ").join(str(choices.get(each, each)) for each in cell.split(";"))
    return written(column, cell)


def away_span(span: Span) -> str:
    """Days where whole days are meant, else times."""
    words = words_here()
    first, end = (at.astimezone(words.zone) for at in (span.start, span.end))
    if first.time() != time() or end.time() != time():
        return words.span(span.start, span.end)
    last = end.date() - timedelta(days=1)
    if last == first.date():
        return words.day(last)
    return f"{words.day(first.date())} – {words.day(last)}"


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

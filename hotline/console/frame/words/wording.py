"""How times, lengths and names are written on a page, in its language and the site's zone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton

from hotline.board import Board
from hotline.calls.states import Outcome
from hotline.config.settings import DeskName, Language, LineName, Settings, Title
from hotline.console.frame.words.saying import _
from hotline.notices.wording import alarm_sentence
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.rates import in_percent

A_MONDAY: Final = date(2024, 1, 1)
NEAR: Final = timedelta(days=180)


class Words:
    """The wording of one page: its language, the site's zone, and the day it is there."""

    def __init__(self, settings: Settings, language: Language, now: datetime) -> None:
        """now: aware UTC."""
        self.settings = settings
        self.language = language
        self.zone = settings.site.zone
        self.today = now.astimezone(self.zone).date()
        self.locale = Locale.parse(language.value)

    def title(self, title: Title) -> str:
        """A name in the page's language."""
        return title.in_language(self.language)

    def alarm(self, alarm: Alarm, names: Mapping[str, str]) -> str:
        """What is wrong, as notices say it, but of lines, desks and people by their names.

        names: of people, by their codes.
        """
        about = self._about(alarm, names)
        return alarm_sentence(replace(alarm, subject=about), self.language)

    def _about(self, alarm: Alarm, names: Mapping[str, str]) -> str:
        match alarm.kind:
            case AlarmKind.EMERGENCY | AlarmKind.LONG_TALK:
                line, number = alarm.subject.split("/")
                return f"{self.line(line)} #{number}"
            case AlarmKind.MISSED:
                line, day = alarm.subject.split("/")
                return f"{self.line(line)} {self.day(date.fromisoformat(day))}"
            case AlarmKind.NO_STAND_IN:
                desk, day, hour, *code = alarm.subject.split(" ")
                whose = [names.get(each, each) for each in code]
                return " ".join([self.desk(desk), self.day(date.fromisoformat(day)), hour, *whose])
            case AlarmKind.UNTOLD | AlarmKind.UNREACHABLE:
                return names.get(alarm.subject, alarm.subject)
        return alarm.subject

    def clock(self, at: datetime) -> str:
        """`23:10`, with the day in front when it is not today."""
        local = at.astimezone(self.zone)
        day = "" if local.date() == self.today else f"{self.day(local.date())} "
        return f"{day}{local:%H:%M}"

    def moment(self, at: datetime) -> str:
        """`11月24日周二 22:00`, with the year where that is not obvious."""
        local = at.astimezone(self.zone)
        near = abs(local.date() - self.today) < NEAR
        return f"{self.day(local.date()) if near else self.date(local.date())} {local:%H:%M}"

    def span(self, start: datetime, end: datetime) -> str:
        """Both ends; the second day by its name only, or not at all if it is the first."""
        first, last = start.astimezone(self.zone), end.astimezone(self.zone)
        opening = f"{self.day(first.date())} {first:%H:%M}"
        if last.date() == first.date():
            return f"{opening}–{last:%H:%M}"
        following = last.date() == first.date() + timedelta(days=1)
        if following and last.time() == time():
            return f"{opening}–24:00"
        day = self.weekday(last.date()) if following else self.day(last.date())
        return f"{opening} – {day} {last:%H:%M}"

    def day(self, day: date) -> str:
        """`11月24日周二`, `Tue, Nov 24`."""
        return _day(day, self.language.value)

    def weekday(self, day: date) -> str:
        """`周二`, `Tue`."""
        return _weekday(day, self.language.value)

    def date(self, day: date) -> str:
        """`2027年6月30日`, `Jun 30, 2027`."""
        return format_date(day, "medium", locale=self.locale)

    def day_name(self, number: int) -> str:
        """`周一`, `Mon`: of a day of any week, counted from Monday as 0."""
        return self.weekday(A_MONDAY + timedelta(days=number))

    def desk(self, name: str) -> str:
        """A desk as people call it; one that left the configuration by its name."""
        desk = self.settings.desk(DeskName(name))
        return self.title(desk.title) if desk else name

    def line(self, name: str) -> str:
        """A line as people call it; one that left the configuration by its name."""
        line = self.settings.line(LineName(name))
        return self.title(line.title) if line else name

    def length(self, length: timedelta) -> str:
        """`1:05`, or `1:02:05` from one hour on."""
        seconds = max(0, int(length.total_seconds()))
        hours, rest = divmod(seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    def certificate(self, name: str | None) -> str:
        """The name of a certificate for people."""
        title = self.settings.certificates.get(name or "")
        return self.title(title) if title else (name or "")

    def certificates(self, names: Iterable[str]) -> str:
        """Several of them."""
        return " + ".join(self.certificate(name) for name in names)

    def percent(self, share: float) -> str:
        """As commands say it, too."""
        return f"{in_percent(share)}\N{NO-BREAK SPACE}%"

    def outcome(self, outcome: Outcome) -> str:
        """How a call ended, in a word or two."""
        words: dict[Outcome, str] = {
            Outcome.ANSWERED: _("Answered"),
            Outcome.CALLBACK: _("Callback"),
            Outcome.MESSAGE: _("Message"),
            Outcome.REFERRED: _("Partner line"),
            Outcome.EXITED: _("Told where else to turn"),
            Outcome.LEFT: _("Hung up waiting"),
            Outcome.UNPLACED: _("Callback not taken on"),
            Outcome.UNREACHED: _("Rung back in vain"),
        }
        return words[outcome]

    def summary(self, board: Board) -> str:
        """The board in a sentence, for the tab and for screen readers; says no times that run."""
        said: list[str] = [_("%(count)d waiting", count=board.waiting)] if board.waiting else []
        said += [
            _("%(line)s: nobody on duty", line=self.title(shown.line.title))
            for shown in board.unstaffed
        ]
        return " · ".join(said or [_("Nobody is waiting")])


# A week of a province says the same seven days a thousand times over.
@lru_cache(maxsize=1024)
def _day(day: date, language: str) -> str:
    return format_skeleton("MMMEd", day, locale=language)


@lru_cache(maxsize=1024)
def _weekday(day: date, language: str) -> str:
    return format_date(day, "EEE", locale=language)

"""How numbers, hours and audiences are written for whoever seeks help."""

from collections.abc import Iterable
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date
from flask_babel import get_locale

from hotline.config.settings import Line, Settings, Weekday
from hotline.config.tables.lines import Audience, Partner
from hotline.console.frame.words.saying import _
from hotline.promises.states import Safe
from hotline.promises.times import hours_of
from hotline.seeking.dialling import dialled, may_be_dialled, written
from hotline.seeking.opening import Opening, opening

MONDAY = date(2026, 11, 23)  # any
DAYS = tuple(Weekday)


class HelpWords:
    """The wording of one page, in the language that gettext speaks at the moment."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def numbers(self, line: Line) -> tuple[str, ...]:
        """What a telephone can dial."""
        return dialled(line)

    def written(self, number: str) -> str:
        """As people write it."""
        return written(number, self.settings.promised.country_code)

    def partner_number(self, partner: Partner) -> str | None:
        """What a telephone can dial; None: a SIP address."""
        number = partner.address.removeprefix("tel:")
        return number if may_be_dialled(number) else None

    def shown_when_ringing(self, line: Line) -> str:
        """The number that somebody sees whom we ring back."""
        return self.written(line.caller_id or self.settings.carrier.caller_id)

    def who(self, audience: Audience) -> str:
        """For whom a line is."""
        words: dict[Audience, str] = {
            Audience.PUPIL: _("Pupil"),
            Audience.PARENT: _("Parent"),
            Audience.STUDENT: _("Student"),
        }
        return words[audience]

    def hours(self, line: Line) -> tuple[str, ...]:
        """The hours promised, one stretch a sentence."""
        found = opening(line, self.settings)
        if found is None:
            return (_("Day and night, every day"),)
        return tuple(self._stretch(each) for each in found)

    def _stretch(self, each: Opening) -> str:
        days, start, end = self.days(each.days), f"{each.start:%H:%M}", f"{each.end:%H:%M}"
        if each.end > each.start:
            return _("%(days)s %(start)s–%(end)s", days=days, start=start, end=end)
        return _("%(days)s %(start)s–%(end)s the next day", days=days, start=start, end=end)

    def days(self, days: Iterable[Weekday]) -> str:
        """`Every day`, `Mon–Fri`, `Mon, Wed`."""
        places = sorted(DAYS.index(day) for day in days)
        if len(places) == len(DAYS):
            return _("Every day")
        names = [self._day(place) for place in places]
        if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
            return _("%(first)s to %(last)s", first=names[0], last=names[-1])
        return _(", ").join(names)

    def _day(self, place: int) -> str:
        locale = get_locale() or Locale.parse("en")
        return format_date(MONDAY + timedelta(days=place), "EEE", locale=locale)

    def safe(self, safe: Safe) -> str:
        """When somebody may be rung."""
        window = hours_of(safe, self.settings.promised)
        if window is None:
            return _("At any time")
        start, end = (f"{clock:%H:%M}" for clock in window)
        if safe is Safe.DAYTIME:
            return _("Only by day (%(start)s–%(end)s)", start=start, end=end)
        return _("Only in the evening (%(start)s–%(end)s)", start=start, end=end)

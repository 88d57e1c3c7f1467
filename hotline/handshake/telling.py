"""What people are told about a duty outside of calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName, Settings, Sms
from hotline.duty import PersonId
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.phrases import say, when

OLD_NEWS: Final = timedelta(hours=12)


@dataclass(frozen=True)
class About:
    """The duty that a notice is about. until: later the notice is pointless."""

    desk: DeskName
    start: datetime
    until: datetime


def notice(
    settings: Settings, kind: NoticeKind, person: PersonId, about: About, now: datetime
) -> NewNotice:
    """To be told now. What it says of times is as said now."""
    words = {**duty_words(settings, about.desk, about.start, now), "how": _how(settings)}
    return NewNotice(person, kind, now, max(about.until, now + timedelta(minutes=1)), words)


def _how(settings: Settings) -> str:
    """How a notice is answered, where it can be."""
    key = "how_by_text" if settings.carrier.sms is Sms.TWO_WAY else "how_by_call"
    return say(key, settings.site.language).words


def news(
    settings: Settings, kind: NoticeKind, person: PersonId, about: About, now: datetime
) -> NewNotice:
    """The same of what stays worth knowing when the duty has begun."""
    return notice(settings, kind, person, About(about.desk, about.start, now + OLD_NEWS), now)


def duty_words(
    settings: Settings, desk: DeskName, start: datetime, now: datetime
) -> dict[str, str]:
    """The words that fill sentences about a duty, in the site's language."""
    return {"when": clock(settings, start, now), "desk": desk_title(settings, desk)}


def clock(settings: Settings, at: datetime, now: datetime) -> str:
    """An instant as people say it."""
    return when(at, now, settings.site.zone, settings.site.language)


def desk_title(settings: Settings, name: DeskName) -> str:
    """A desk as people call it; one that left the configuration by its name."""
    desk = settings.desk(name)
    return desk.title.in_language(settings.site.language) if desk else name

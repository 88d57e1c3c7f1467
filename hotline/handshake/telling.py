"""What people are told about a duty outside of calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName, Settings, Sms
from hotline.duty import PersonId
from hotline.notices.facts import At, AtDesk, Fact, Phrases
from hotline.notices.wording import desk_title
from hotline.oversight.alarms import NewNotice, NoticeKind
from hotline.phrases import when

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
    """To be told now."""
    words = {**duty_facts(about.desk, about.start), "how": Phrases((_how(settings),))}
    return NewNotice(person, kind, now, max(about.until, now + timedelta(minutes=1)), words)


def _how(settings: Settings) -> str:
    """The phrase of how a notice is answered, where it can be."""
    return "how_by_text" if settings.carrier.sms is Sms.TWO_WAY else "how_by_call"


def news(
    settings: Settings, kind: NoticeKind, person: PersonId, about: About, now: datetime
) -> NewNotice:
    """The same of what stays worth knowing when the duty has begun."""
    return notice(settings, kind, person, About(about.desk, about.start, now + OLD_NEWS), now)


def duty_facts(desk: DeskName, start: datetime) -> dict[str, Fact]:
    """The facts that fill sentences about a duty."""
    return {"when": At(start), "desk": AtDesk(desk)}


def duty_words(
    settings: Settings, desk: DeskName, start: datetime, now: datetime
) -> dict[str, str]:
    """The words that fill sentences about a duty, in the site's language."""
    return {"when": clock(settings, start, now), "desk": desk_here(settings, desk)}


def clock(settings: Settings, at: datetime, now: datetime) -> str:
    """An instant as people say it."""
    return when(at, now, settings.site.zone, settings.site.language)


def desk_here(settings: Settings, name: DeskName) -> str:
    """A desk as people call it, in the site's language."""
    return desk_title(settings, name, settings.site.language)

"""In which words a person is told."""

from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import DeskName, Language, Settings
from hotline.notices.facts import At, AtDesk, Duties, Fact, Facts, OnLine, Phrases
from hotline.oversight.alarms import Alarm, AlarmKind, NoticeKind
from hotline.phrases import say, when
from hotline.ports import Telling


@dataclass(frozen=True)
class Reader:
    """Who is told, as far as words go. now: when; today and tomorrow are counted from it."""

    settings: Settings
    language: Language
    now: datetime


def telling(kind: NoticeKind, facts: Facts, reader: Reader) -> Telling:
    """A notice as it is sent: in its reader's language, under the site's name."""
    title = reader.settings.site.title.in_language(reader.language)
    if "alarm" in facts:
        alarm = Alarm(AlarmKind(str(facts["alarm"])), str(facts["subject"]))
        return Telling(title, alarm_sentence(alarm, reader.language))
    words = {key: _worded(fact, reader) for key, fact in facts.items()}
    words = {"how": "", **words}  # what was posted before there was more than one way has none
    return Telling(title, say(f"notice_{kind.value}", reader.language, **words).words)


def _worded(fact: Fact, reader: Reader) -> str | int:
    language = reader.language
    match fact:
        case At(instant):
            return when(instant, reader.now, reader.settings.site.zone, language)
        case AtDesk(desk):
            return desk_title(reader.settings, desk, language)
        case OnLine(name):
            line = reader.settings.line(name)
            return line.title.in_language(language) if line else name
        case Phrases(keys):
            return "".join(say(key, language).words for key in keys)
        case Duties(each):
            told = (_duty(at, where, reader) for at, where in each)
            return say("notice_between", language).words.join(told)
    return fact


def _duty(at: At, where: AtDesk, reader: Reader) -> str:
    words = {"when": str(_worded(at, reader)), "desk": str(_worded(where, reader))}
    return say("notice_duty", reader.language, **words).words


def desk_title(settings: Settings, name: DeskName, language: Language) -> str:
    """A desk as people call it; one that left the configuration by its name."""
    desk = settings.desk(name)
    return desk.title.in_language(language) if desk else name


def alarm_sentence(alarm: Alarm, language: Language) -> str:
    """What is wrong."""
    return say(f"alarm_{alarm.kind.value}", language, subject=alarm.subject).words

"""In which words a person is told."""

from collections.abc import Mapping

from hotline.config.settings import Language, Site
from hotline.oversight.alarms import Alarm, AlarmKind, NoticeKind
from hotline.phrases import say
from hotline.ports import Telling


def telling(kind: NoticeKind, words: Mapping[str, str | int], site: Site) -> Telling:
    """A notice as it is sent: in the site's language, under the site's name."""
    language = site.language
    title = site.title.in_language(language)
    if "alarm" in words:
        alarm = Alarm(AlarmKind(str(words["alarm"])), str(words["subject"]))
        return Telling(title, alarm_sentence(alarm, language))
    words = {"how": "", **words}  # what was posted before there was more than one way has none
    return Telling(title, say(f"notice_{kind.value}", language, **words).words)


def alarm_sentence(alarm: Alarm, language: Language) -> str:
    """What is wrong."""
    return say(f"alarm_{alarm.kind.value}", language, subject=alarm.subject).words

"""Which documents a host without a program needs for a line, and what each says.

Such a host answers GET and always the same: it knows no digits and no outcome. So each question has
one key, every address is that of another document, and none holds a volunteer's address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.calls.instructions import Ask, GoTo, HangUp, Instructions, RingOne, Say, TakeMessage
from hotline.calls.paths import INCOMING
from hotline.config.settings import Line, Settings
from hotline.config.titles import Title
from hotline.duty import Rota, next_on_duty, rostered
from hotline.phrases import either, say, when

AGAIN: Final = f"{INCOMING}?again=1"  # the application's second try, below the public URL
PATIENCE: Final = 4  # seconds, for one key
RINGS: Final = 30
LONGEST_TALK: Final = 4 * 3600
LONGEST_MESSAGE: Final = 120
MOST_PARTNERS: Final = 2  # more would keep a caller listening
Documents = Mapping[str, Instructions]


@dataclass(frozen=True)
class Outlook:
    """What the roster says of one line and hour. next_start: if nobody is on duty in it."""

    staffed: bool
    next_start: datetime | None = None


def outlook(rota: Rota, line: Line, settings: Settings, hour: datetime, end: datetime) -> Outlook:
    """Whether anybody sits at a desk of the line between `hour` and `end`, by the roster."""
    known = {desk.name: desk for desk in settings.desks}
    half = hour + (end - hour) / 2
    staffed = any(rostered(rota, known[name], at) for name in line.desks for at in (hour, half))
    return Outlook(staffed, None if staffed else next_on_duty(rota, line, settings, hour))


class Words:
    """The sentences of one line, in its language."""

    def __init__(self, settings: Settings, line: Line) -> None:
        self._settings, self._line = settings, line

    def __call__(self, key: str, **more: str) -> Say:
        """One sentence."""
        language = self._line.languages[0]
        emergency = either(self._settings.site.emergency, language)
        title = self._line.title.in_language(language)
        return say(key, language, line=title, emergency=emergency, **more)

    def name(self, title: Title) -> str:
        """A name as it is spoken."""
        return title.in_language(self._line.languages[0])

    def at(self, start: datetime, hour: datetime) -> str:
        """A time as it is spoken within `hour`."""
        return when(start, hour, self._settings.site.zone, self._line.languages[0])


def of_the_hour(settings: Settings, line: Line, hour: datetime, found: Outlook) -> Instructions:
    """What is heard first: the truth, 110 and 120, and who comes next by the roster."""
    words = Words(settings, line)
    first = (words("fallback_trouble"), *_about_duty(words, hour, found))
    return (*first, *_onward(settings, line, words))


def at_any_hour(settings: Settings, line: Line) -> Instructions:
    """The same when what was written ahead has run out: nothing about who is on duty."""
    words = Words(settings, line)
    return (words("fallback_trouble"), *_onward(settings, line, words))


def at_all_hours(settings: Settings, line: Line) -> Documents:
    """The documents that the first one leads to, by name."""
    words = Words(settings, line)
    return {
        "recorded": (words("trouble_noted"), HangUp()),
        "choices": _choices(settings, line, words),
        "retry": (words("one_moment"), GoTo(AGAIN)),
        "after": _message(words),
        **(_with_telephone(words) if line.fallback else {}),
        **{
            f"partner-{place}": _put_through(settings, words, title, address)
            for place, (title, address) in enumerate(partners(settings, line))
        },
    }


def partners(settings: Settings, line: Line) -> tuple[tuple[Title, str], ...]:
    """Who answers day and night in our stead: names and addresses, in order."""
    known = [settings.partner(name) for name in line.onward or ()]
    always = [(each.title, each.address) for each in known if each and not each.hours]
    if line.partner and line.partner_title:
        always.append((line.partner_title, line.partner))
    return tuple(always[:MOST_PARTNERS])


def _about_duty(words: Words, hour: datetime, found: Outlook) -> Instructions:
    if found.staffed:
        return ()
    if found.next_start is None:
        return (words("exit_unstaffed"),)
    start = words.at(found.next_start, hour)
    return (words("exit_unstaffed"), words("exit_next", when=start))


def _onward(settings: Settings, line: Line, words: Words) -> Instructions:
    """The site's own telephone, if there is one for this; else what can be chosen."""
    if not line.fallback:
        return _choices(settings, line, words)
    ring = _ring(settings, line.fallback, "whisper.xml", "choices.xml")
    return (words("fallback_ringing"), ring)


def _choices(settings: Settings, line: Line, words: Words) -> Instructions:
    offers = (
        Ask(
            (words("fallback_partner", partner=words.name(title)),),
            f"partner-{place}.xml",
            PATIENCE,
        )
        for place, (title, _) in enumerate(partners(settings, line))
    )
    return (Ask((words("fallback_retry"),), "retry.xml", PATIENCE), *offers, *_message(words))


def _message(words: Words) -> Instructions:
    record = TakeMessage("recorded.xml", LONGEST_MESSAGE)
    return (words("fallback_message"), record, words("goodbye"), HangUp())


def _with_telephone(words: Words) -> Documents:
    """A mailbox presses no key, so it takes no caller. Asked once: the caller hears nothing."""
    asked = Ask((words("fallback_whisper"),), "accepted.xml", PATIENCE)
    return {"whisper": (asked, HangUp()), "accepted": (words("connecting"),)}


def _put_through(settings: Settings, words: Words, title: Title, address: str) -> Instructions:
    spoken = words("to_partner", partner=words.name(title))
    return (spoken, _ring(settings, address, None, "after.xml"))


def _ring(settings: Settings, address: str, whisper: str | None, after: str) -> RingOne:
    carrier = settings.carrier
    return RingOne(
        address, carrier.caller_id, whisper, after, RINGS, LONGEST_TALK, byoc=carrier.byoc
    )

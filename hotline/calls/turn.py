"""One request or job at work on calls: its transaction, its instant, and what it may speak."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hotline.calls.instructions import Say, Wait
from hotline.calls.paths import left_queue, visit
from hotline.calls.ringing.facts import CallId
from hotline.config.settings import Language, Line, LineName, Settings
from hotline.duty import LegId
from hotline.errors import HotlineError
from hotline.phrases import either, say
from hotline.privacy import Privacy
from hotline.store import Session
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening, append_events

UNHEARD_FOR = timedelta(seconds=45)  # a waiting caller's leg asks at least every 8 s


class UnknownCallError(HotlineError):
    """A web address that belongs to no call or leg of ours."""


class AnsweredBeforeError(HotlineError):
    """The request is a repetition. document: what it was answered."""

    def __init__(self, document: str) -> None:
        super().__init__("the carrier asked that before")
        self.document = document


@dataclass
class Told:
    """What a turn says, and to whom: kept with the document, for whoever asks afterwards.

    leg: of the volunteer who hears it; None: the caller does. phrases: by their keys, in order.
    """

    call: CallId | None = None
    leg: LegId | None = None
    phrases: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """Read once, decide, write once: all in one transaction, at one instant.

    request: the key under which its answer is kept; empty: it is no answer.
    """

    db: Session
    settings: Settings
    privacy: Privacy
    now: datetime
    told: Told = field(default_factory=Told, compare=False)
    request: str = ""

    def speaking(self, language: Language | None) -> "Turn":
        """The same turn as if the site spoke that language: for who chose it. None: as it is."""
        if language is None:
            return self
        site = replace(self.settings.site, language=language)
        return replace(self, settings=replace(self.settings, site=site))

    def line(self, name: LineName) -> Line:
        """The line of that name; a line that left config.toml during a call is the first one."""
        return self.settings.line(name) or self.settings.lines[0]

    def line_of(self, call: StoredCall) -> Line:
        """The line that the call waits at, in the language that its caller chose."""
        line = self.line(call.line)
        first = call.wish.language
        if first is None or first is line.languages[0]:
            return line
        others = (each for each in line.languages if each is not first)
        return replace(line, languages=(first, *others))

    def say(self, key: str, line: Line, **words: str | int) -> Say:
        """A sentence in the line's language, with the line's name and the emergency numbers."""
        self.told.phrases.append(key)
        language = line.languages[0]
        emergency = either(self.settings.site.emergency, language)
        title = line.title.in_language(language)
        return say(key, language, line=title, emergency=emergency, **words)

    def language(self, name: LineName) -> Language:
        """What is spoken on a line."""
        return self.line(name).languages[0]

    def age(self, call: StoredCall) -> int:
        """Whole seconds since the caller arrived: counts what can happen again in a call."""
        return int((self.now - call.arrived).total_seconds())

    def later(self, seconds: float) -> datetime:
        """So many seconds from now."""
        return self.now + timedelta(seconds=seconds)

    def note(self, *happenings: Happening) -> None:
        """Add to the calls' history."""
        append_events(self.db, self.now, happenings)

    def queue(self, call: StoredCall) -> Wait:
        """Into the wait loop."""
        age = self.age(call)
        return Wait(f"line-{call.line}", visit(call.token, age), left_queue(call.token, age))

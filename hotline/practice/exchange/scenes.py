"""What does a verb know while it is played?"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Leg, Sound
from hotline.practice.exchange.scripts import Request, Script
from hotline.practice.twiml.documents import Verb
from hotline.practice.twiml.grammar import Setting

Fields = tuple[tuple[str, str], ...]
Player = Callable[[Exchange, Leg, Request, Setting], Script[Request | None]]


@dataclass(frozen=True)
class Scene:
    """The leg a document is played on, where, and by what means nested documents are played."""

    exchange: Exchange
    leg: Leg
    here: Request
    setting: Setting
    play: Player
    first: bool  # the verb is the document's first

    def request(self, verb: Verb, attribute: str, extra: Fields = ()) -> Request:
        """The document an attribute leads to; the current one if it is missing or empty."""
        return self.to(verb.says(attribute), verb.says("method", "POST"), extra)

    def to(self, url: str, method: str, extra: Fields = ()) -> Request:
        """A document by an address relative to the current one."""
        return Request(urljoin(self.here.url, url) if url else self.here.url, method, extra)

    def ear(self, sound: Sound) -> None:
        """What the leg hears from now on."""
        self.leg.story.hears(self.exchange.line.now(), sound)


Played = Script[Request | None]  # the next document, or None for the next verb

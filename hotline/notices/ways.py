"""By which ways a person is told something outside of calls."""

from enum import StrEnum
from typing import Final

from hotline.errors import HotlineError

NO_WAY: Final = "none"


class Way(StrEnum):
    """A way to tell somebody; a way that the site or the person lacks is passed over."""

    APPRISE = "apprise"  # the URLs of `hotline people notify`: enterprise chat, mail, a gateway
    SMS = "sms"  # to the person's `tel:` address, where the carrier has texts


EVERY_WAY: Final = (Way.APPRISE, Way.SMS)


class WaysError(HotlineError):
    """A cell that names ways names something else."""


def ways_written(text: str) -> tuple[Way, ...]:
    """What "sms;apprise" says, in the order tried; empty is every way. Raises WaysError."""
    words = [word.strip() for word in text.split(";") if word.strip()]
    known = [str(way) for way in Way]
    if len(set(words)) < len(words) or not set(words) <= set(known):
        raise WaysError(f"{text!r} must be {';'.join(known)}, one of them, or {NO_WAY}")
    return tuple(Way(word) for word in words) or EVERY_WAY


def ways_kept(text: str) -> tuple[Way, ...]:
    """The ways that the database holds."""
    if text == NO_WAY:
        return ()
    return tuple(Way(word) for word in text.split()) or EVERY_WAY

"""Telling through an apprise URL, which is a secret: it stands in no log and no error."""

import logging
from typing import Final

from hotline.ports import PortError, Telling

# They name hosts and addresses, and an address may hold a token.
SILENCED: Final = ("apprise", "urllib3.connectionpool")


def is_notice_url(url: str) -> bool:
    """Whether apprise knows what to do with `url`."""
    from apprise import Apprise  # a second of start-up that only who tells people pays

    _silence()
    return Apprise.instantiate(url, suppress_exceptions=True) is not None


def tell_by_url(url: str, said: Telling) -> None:
    """Send it. Raises PortError."""
    from apprise import Apprise

    _silence()
    service = Apprise.instantiate(url, suppress_exceptions=True)
    if service is None:
        raise PortError("apprise does not know the URL", permanent=True)
    if not service.notify(body=said.words, title=said.title):
        raise PortError(f"{service.service_name} did not take it", permanent=False)


def _silence() -> None:
    for name in SILENCED:
        logging.getLogger(name).setLevel(logging.CRITICAL)

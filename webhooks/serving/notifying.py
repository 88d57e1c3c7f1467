"""How people are told outside of calls: through apprise, and by the carrier's texts."""

from hotline.notices.urls import tell_by_url
from hotline.ports import Telling
from webhooks.carrier import TwilioCarrier


class OutsideNotifier:
    """The Notifier of `hotline.ports`. Safe for threads."""

    def __init__(self, carrier: TwilioCarrier) -> None:
        """carrier: sends the texts."""
        self._carrier = carrier

    def by_url(self, url: str, telling: Telling) -> None:
        """Through apprise."""
        tell_by_url(url, telling)

    def by_text(self, to: str, telling: Telling) -> None:
        """As an SMS; mainland China wants the sender's name in such brackets first."""
        self._carrier.text(to, f"【{telling.title}】{telling.words}")

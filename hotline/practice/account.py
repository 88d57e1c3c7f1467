"""What does the carrier know of its customer?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """An account as Twilio keeps one.

    numbers: owned or verified, the only ones a call may show; None takes any.
    rest_per_second: REST requests of one second beyond it are refused with 429; None takes any.
    domain: the SIP domain that the lines arrive on.
    """

    sid: str
    auth_token: str
    numbers: frozenset[str] | None = None
    calls_per_second: float = 1.0
    rest_per_second: int | None = None
    domain: str = "practice.sip.invalid"

    def owns(self, number: str) -> bool:
        """Whether a call may show `number`."""
        return self.numbers is None or number in self.numbers


@dataclass(frozen=True)
class Addresses:
    """The fixed webhooks a carrier is configured with, absolute."""

    voice_url: str
    fallback_url: str | None = None
    status_url: str | None = None
    fallback_method: str = "POST"
    texts_url: str | None = None

    @classmethod
    def below(cls, public_url: str) -> "Addresses":
        """The hotline's own four under its public address."""
        base = public_url.rstrip("/")
        voice = f"{base}/voice"
        texts = f"{base}/sms/incoming"
        return cls(f"{voice}/incoming", f"{voice}/fallback", f"{voice}/status", texts_url=texts)

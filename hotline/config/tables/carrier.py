"""What an operator may set about the carrier: config.toml, table [carrier]."""

from dataclasses import dataclass
from enum import StrEnum


class CarrierKind(StrEnum):
    """Who carries the calls."""

    PRACTICE = "practice"
    TWILIO = "twilio"  # or any carrier that speaks the same, by TWILIO_API_BASE


class Sms(StrEnum):
    """What the carrier's texts can do: mainland China's go one way only."""

    TWO_WAY = "two-way"
    ONE_WAY = "one-way"
    NONE = "none"


@dataclass(frozen=True)
class CarrierSettings:
    """How we speak to the carrier. caller_id: what volunteers see, ours and never a caller's."""

    kind: CarrierKind
    caller_id: str
    calls_per_second: float
    request_seconds: float  # patience with one REST request
    sms: Sms | None = None  # None: none
    sms_from: str | None = None  # the number or sender that texts show; None: caller_id
    api_base: str | None = None  # its REST, before /2010-04-01; None: by TWILIO_API_BASE, or Twilio
    byoc: str | None = None  # the trunk of our own over which telephones are rung; None: its routes

    @property
    def texts(self) -> bool:
        """Whether people can be told something by SMS."""
        return self.sms in (Sms.ONE_WAY, Sms.TWO_WAY)

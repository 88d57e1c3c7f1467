"""Which telephone carrier do demo, drills and tests run on?"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from hotline.ports import CallSid, Clock
from hotline.practice.account import Account, Addresses
from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Direction, Leg, Reports, Status
from hotline.practice.exchange.lives import life
from hotline.practice.exchange.playing import play
from hotline.practice.exchange.reaching.handsets import LegHandset
from hotline.practice.exchange.scripts import Request, begin
from hotline.practice.exchange.texting import text_in
from hotline.practice.exchange.timeline import Errand, Timeline
from hotline.practice.faults import Faults
from hotline.practice.keeping import call_record, leg_record
from hotline.practice.parties.callers import Caller, CallerParty
from hotline.practice.parties.phones import Phone
from hotline.practice.record import CallRecord, LegRecord, TextRecord, Trouble
from hotline.practice.rest.calls import Json
from hotline.practice.rest.door import Fields, RestApi
from hotline.practice.rest.wsgi import RestApp
from hotline.practice.wire import Transport


class PracticeCarrier:
    """Plays callers and volunteers' phones against real webhooks.

    Time passes only by a driver: `StoppedDriver` or `LiveDriver`. seed: makes the ids; with the
    same seed and a stopped clock everything happens the same way again.
    """

    def __init__(
        self,
        clock: Clock,
        transport: Transport,
        account: Account,
        addresses: Addresses,
        seed: str | None = None,
    ) -> None:
        started = clock().isoformat() if seed is None else seed
        self.timeline = Timeline(clock)
        self._exchange = Exchange(self.timeline, transport, account, addresses, started)
        self.rest = RestApi(self._exchange)
        self.rest_app = RestApp(self.rest)

    def phone(self, phone: Phone) -> None:
        """Connect a phone, or change it; a leg on it stays as it is."""
        with self.timeline.lock:
            self._exchange.phones[phone.address] = phone

    def dial(self, caller: Caller) -> CallSid:
        """Have somebody dial a line at `caller.at`."""
        with self.timeline.lock:
            leg = _caller_leg(self._exchange, caller)
            self.timeline.at(max(caller.at, self.timeline.now()), lambda: self._arrives(leg))
            return leg.sid

    def text(self, number: str, words: str, to: str) -> None:
        """Have somebody send an SMS to `to`, now."""
        with self.timeline.lock:
            text_in(self._exchange, number, to, words)

    def at(self, when: datetime, action: Callable[[], None]) -> None:
        """Have something else happen at an instant, such as a change of `faults`."""

        def run() -> Callable[[], None]:
            action()
            return lambda: None

        self.timeline.at(when, lambda: self.timeline.send(Errand(run)))

    def handle(
        self, method: str, path: str, form: Fields, authorization: str | None
    ) -> tuple[int, Json]:
        """Answer one REST request: HTTP status and JSON."""
        return self.rest.handle(method, path, form, authorization)

    @property
    def faults(self) -> Faults:
        """What is wrong now."""
        return self._exchange.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._exchange.faults = faults

    @property
    def webhooks_asked(self) -> int:
        """Webhooks and callbacks sent so far, repeats not counted."""
        return self._exchange.webhooks_asked

    def calls(self) -> tuple[CallRecord, ...]:
        """Every caller that has arrived, in order of arrival."""
        with self.timeline.lock:
            now, legs = self.timeline.now(), self._exchange.legs.values()
            callers = [leg for leg in legs if leg.direction is Direction.INBOUND]
            return tuple(call_record(leg, now) for leg in callers)

    def phone_record(self) -> tuple[LegRecord, ...]:
        """Every leg on a phone, in order of being asked for."""
        with self.timeline.lock:
            legs = self._exchange.legs.values()
            return tuple(leg_record(leg) for leg in legs if leg.direction is not Direction.INBOUND)

    def texts(self) -> tuple[TextRecord, ...]:
        """Every SMS that was taken, either way, in order."""
        with self.timeline.lock:
            return tuple(self._exchange.texts)

    def troubles(self) -> tuple[Trouble, ...]:
        """All that Twilio would have refused or warned of, and our own remarks (code 0)."""
        with self.timeline.lock:
            return tuple(self._exchange.troubles)

    def _arrives(self, leg: Leg) -> None:
        exchange = self._exchange
        leg.status, leg.asked_at = Status.RINGING, self.timeline.now()
        exchange.legs[leg.sid] = leg
        assert isinstance(leg.party, CallerParty)
        leg.party.arrives()
        request = Request(exchange.addresses.voice_url)
        begin(self.timeline, leg, life(exchange, leg, request, play))


def _caller_leg(exchange: Exchange, caller: Caller) -> Leg:
    handset = LegHandset(exchange)
    by_sip = caller.dials.startswith("sip:")
    leg = Leg(
        sid=exchange.new_call_sid(),
        direction=Direction.INBOUND,
        origin=_from(caller, exchange.account.domain) if by_sip else caller.number or "anonymous",
        to=caller.dials,
        asked_at=caller.at,
        party=CallerParty(caller, handset),
        fallback=exchange.addresses.fallback_url,
        fallback_method=exchange.addresses.fallback_method,
        extra=_sip_parameters(exchange, caller.dials) if by_sip else (),
    )
    if exchange.addresses.status_url is not None:
        leg.reports = Reports(exchange.addresses.status_url)
    handset.leg = leg
    return leg


def _from(caller: Caller, domain: str) -> str:
    """The From header of a call that comes by SIP. Withheld: RFC 3323."""
    if caller.number is None:
        return "sip:anonymous@anonymous.invalid"
    return caller.number if "@" in caller.number else f"sip:{caller.number}@{domain}"


def _sip_parameters(exchange: Exchange, dialled: str) -> tuple[tuple[str, str], ...]:
    host = urlsplit(dialled.replace("sip:", "sip://", 1)).hostname or ""
    return (
        ("SipDomain", host),
        ("SipDomainSid", exchange.new_sid("SD")),
        ("SipCallId", f"{exchange.new_sid('')}@{host}"),
        ("SipSourceIp", "192.0.2.1"),
    )

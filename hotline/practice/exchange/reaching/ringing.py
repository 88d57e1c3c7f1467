"""What comes of ringing one phone?"""

import re

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Direction, Leg, Status
from hotline.practice.exchange.reaching.endings import answered, end
from hotline.practice.exchange.reaching.handsets import LegHandset
from hotline.practice.exchange.reporting import report
from hotline.practice.exchange.scripts import Script, sleep
from hotline.practice.parties.phones import (
    BUSY,
    OFF,
    RINGS_OUT,
    Behaviour,
    PhoneParty,
    Pickup,
    ringing,
)
from hotline.practice.record import EndedBy

E164 = re.compile(r"\+[1-9]\d{6,14}")


def address_of(to: str) -> str:
    """The `tel:`, `sip:` or `client:` address of a To as Twilio writes it."""
    if to.startswith("sip:"):
        return re.split(r"[;?]", to)[0]
    return to if to.startswith("client:") else f"tel:{to}"


def diallable(to: str) -> bool:
    """Whether Twilio takes `to` for a number, a SIP address or a client."""
    if to.startswith("sip:"):
        return "@" in to
    return len(to) > len("client:") if to.startswith("client:") else bool(E164.fullmatch(to))


def phone_leg(exchange: Exchange, direction: Direction, to: str, shown: str) -> Leg:
    """A leg to a phone, not yet ringing."""
    handset = LegHandset(exchange)
    leg = Leg(
        sid=exchange.new_call_sid(),
        direction=direction,
        origin=shown,
        to=to,
        asked_at=exchange.line.now(),
        party=PhoneParty(address_of(to), OFF, handset),
        shown=shown,
    )
    handset.leg = leg
    exchange.legs[leg.sid] = leg
    return leg


def rung(exchange: Exchange, leg: Leg, longest: float) -> Script[bool]:
    """Ring for `longest` seconds at most; whether it was answered. Otherwise the leg has ended."""
    leg.status = Status.INITIATED
    report(exchange, leg, "initiated")
    party = _party(exchange, leg)
    plan = ringing(party.behaviour)
    if plan.rings:
        leg.status, leg.rung_at = Status.RINGING, exchange.line.now()
        report(exchange, leg, "ringing")
    after = longest + 1 if plan.after is None else plan.after
    yield from sleep(min(after, longest))
    if after > longest:
        end(exchange, leg, EndedBy.HOTLINE, Status.NO_ANSWER)
    elif plan.ends is not Pickup.ANSWERED:
        end(exchange, leg, EndedBy.PHONE, Status(plan.ends.value))
    else:
        answered(exchange, leg)
        party.answers()
    return not leg.over


def _party(exchange: Exchange, leg: Leg) -> PhoneParty:
    """Who is at the phone now; a phone in use is busy."""
    address = leg.party.address
    handset = LegHandset(exchange)
    handset.leg = leg
    behaviour = _behaviour(exchange, leg, address)
    if not leg.rung_while_busy:
        exchange.busy[address] = leg
    leg.behaviour = behaviour.habit.value
    party = PhoneParty(address, behaviour, handset)
    leg.party = party
    return party


def _behaviour(exchange: Exchange, leg: Leg, address: str) -> Behaviour:
    now = exchange.line.now()
    if address in exchange.busy:
        leg.rung_while_busy, leg.rung_at = True, now
        return BUSY
    phone = exchange.phones.get(address)
    if phone is not None:
        return phone.behaves(now)
    return RINGS_OUT if E164.fullmatch(address.removeprefix("tel:")) else OFF

"""How do talks begin and end, and how does a leg end?"""

from collections.abc import Iterable
from dataclasses import replace

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Direction, Leg, Sound, Status
from hotline.practice.exchange.reporting import report
from hotline.practice.exchange.scripts import HungUp, interrupt
from hotline.practice.record import EndedBy, Talk


def join(exchange: Exchange, one: Leg, other: Leg) -> None:
    """Two legs hear each other from now on."""
    if other in one.partners or one.over or other.over:
        return
    now = exchange.line.now()
    for leg, partner in ((one, other), (other, one)):
        leg.partners.append(partner)
        leg.story.talks.append(Talk(partner.party.address, now, None, partner.party.person))
        leg.story.hears(now, Sound.TALK)
        exchange.said(
            leg,
            "carrier",
            "(talks with a person)" if partner.party.person else "(talks with a mailbox)",
        )
    one.party.talks(other.party.person)
    other.party.talks(one.party.person)


def overhear(exchange: Exchange, listener: Leg, speaker: Leg) -> None:
    """One leg hears another that does not hear it."""
    if speaker in listener.overheard or listener.over or speaker.over:
        return
    listener.overheard.append(speaker)
    listener.story.hears(exchange.line.now(), Sound.TALK)
    exchange.said(listener, "carrier", "(listens to a person)")
    listener.party.talks(speaker.party.person)


def overhear_no_more(exchange: Exchange, leg: Leg, others: Iterable[Leg]) -> None:
    """The leg has left a room: it overhears nobody, and none of `others` overhears it."""
    leg.overheard.clear()
    for other in others:
        if leg in other.overheard:
            other.overheard.remove(leg)
            _may_be_alone(exchange, other)


def _may_be_alone(exchange: Exchange, leg: Leg) -> None:
    if leg.partners or leg.overheard:
        return
    leg.story.hears(exchange.line.now(), Sound.SILENCE)
    if not leg.over:
        leg.party.is_alone()


def part(exchange: Exchange, one: Leg, other: Leg) -> None:
    """Two legs hear each other no longer."""
    if other not in one.partners:
        return
    now = exchange.line.now()
    for leg, partner in ((one, other), (other, one)):
        leg.partners.remove(partner)
        leg.story.talks = [
            replace(talk, ended=now)
            if talk.ended is None and talk.address == partner.party.address
            else talk
            for talk in leg.story.talks
        ]
        if not leg.partners and not leg.overheard:
            leg.story.hears(now, Sound.SILENCE)
    for leg in (one, other):
        if not leg.partners and not leg.overheard and not leg.over:
            leg.party.is_alone()


def part_from_all(exchange: Exchange, leg: Leg) -> None:
    """The leg talks with nobody any longer."""
    for partner in list(leg.partners):
        part(exchange, leg, partner)


def answered(exchange: Exchange, leg: Leg) -> None:
    """The leg is picked up, if it was not."""
    if leg.answered_at is None:
        leg.answered_at = exchange.line.now()
        leg.status = Status.IN_PROGRESS
        leg.story.hears(leg.answered_at, Sound.SILENCE)
        report(exchange, leg, "answered")


def end(exchange: Exchange, leg: Leg, by: EndedBy, unanswered: Status = Status.CANCELED) -> None:
    """The leg ends: as completed, or as `unanswered` if nobody had picked up."""
    if leg.over:
        return
    leg.status = Status.COMPLETED if leg.answered_at else unanswered
    leg.ended_at, leg.story.ended_by = exchange.line.now(), by
    leg.gathering = False
    part_from_all(exchange, leg)
    leg.story.hears(leg.ended_at, Sound.RINGBACK)  # closes a silence
    if exchange.busy.get(leg.party.address) is leg:
        del exchange.busy[leg.party.address]
    leg.party.is_over()
    if leg.on_over is not None:
        leg.on_over()
    report(exchange, leg, "completed")


def hang_up(
    exchange: Exchange, leg: Leg, by: EndedBy, unanswered: Status = Status.CANCELED
) -> None:
    """End a leg from outside of its script."""
    if not leg.over:
        end(exchange, leg, by, unanswered)
        interrupt(exchange.line, leg, HungUp())


def hung_up_by_its_owner(exchange: Exchange, leg: Leg) -> None:
    """The far end puts the telephone down."""
    inbound = leg.direction is Direction.INBOUND
    by = EndedBy.CALLER if inbound else EndedBy.PHONE
    if not leg.over:
        exchange.said(leg, by.value, "(hangs up)")
    hang_up(exchange, leg, by, Status.NO_ANSWER)

"""With whom could somebody swap a shift, and which open shifts could they take? Best first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import Settings
from hotline.swaps.judging import Effect, Move, effect, keeps_out
from hotline.swaps.reading import Weeks, held_shift, may_answer
from hotline.swaps.swap import HeldShift, Terms


@dataclass(frozen=True)
class Offer:
    """What somebody could ask for, and what it does to the roster."""

    terms: Terms
    effect: Effect


@dataclass(frozen=True)
class Offers:
    """Who could take a shift over, and who could exchange it; each the fairest first."""

    covers: tuple[Offer, ...]
    exchanges: tuple[Offer, ...]


@dataclass(frozen=True)
class Wanted:
    """A shift that somebody, by code, would give. after: what begins before is not taken for it."""

    asker: str
    gives: HeldShift
    after: datetime


def offers(weeks: Weeks, settings: Settings, asked: Wanted) -> Offers:
    """Everybody with whom it breaks no rule and no floor."""
    partners = tuple(_partners(weeks, settings, asked))
    covers = [
        Terms(weeks.party(asked.asker), weeks.party(code), asked.gives)
        for code in partners
        if not keeps_out(
            weeks.problem, weeks.held, weeks.asked[code], asked.gives.shift, gives=None
        )
    ]
    exchanges = [t for code in partners for t in _exchanges(weeks, settings, asked, code)]
    return Offers(_best(weeks, covers), _best(weeks, exchanges))


def moves(terms: Terms) -> tuple[Move, ...]:
    """What a swap changes in the roster."""
    gives = Move(terms.gives.shift, terms.partner.code, terms.asker.code)
    if terms.takes is None:
        return (gives,)
    return (gives, Move(terms.takes.shift, terms.asker.code, terms.partner.code))


def effect_of(weeks: Weeks, terms: Terms) -> Effect:
    """What a swap does to the roster. Raises KeyError if somebody may take no shift there."""
    return effect(weeks.problem, weeks.held, moves(terms))


def _best(weeks: Weeks, found: list[Terms]) -> tuple[Offer, ...]:
    judged = (Offer(terms, effect_of(weeks, terms)) for terms in found)
    allowed = [offer for offer in judged if offer.effect.allowed]
    return tuple(sorted(allowed, key=_fairness))


def _fairness(offer: Offer) -> tuple[int, datetime, str]:
    takes = offer.terms.takes or offer.terms.gives
    return offer.effect.points, takes.span.start, offer.terms.partner.code


def _partners(weeks: Weeks, settings: Settings, asked: Wanted) -> Iterator[str]:
    desk = settings.desk(asked.gives.desk)
    for code in weeks.asked if desk is not None else ():
        assert desk is not None
        if code != asked.asker and may_answer(weeks.people[code], desk, settings):
            yield code


def _exchanges(weeks: Weeks, settings: Settings, asked: Wanted, partner: str) -> Iterator[Terms]:
    """Every shift of a partner that both could take for each other's."""
    me, them = weeks.asked.get(asked.asker), weeks.asked[partner]
    mine = weeks.people[asked.asker]
    for promise in weeks.whole:
        theirs = promise.person == partner and promise.span.start > asked.after
        desk = settings.desk(promise.desk)
        if me is None or desk is None or not theirs or promise.shift == asked.gives.shift:
            continue
        swapped = ((me, promise.shift, asked.gives.shift), (them, asked.gives.shift, promise.shift))
        if may_answer(mine, desk, settings) and not any(
            keeps_out(weeks.problem, weeks.held, *each) for each in swapped
        ):
            parties = weeks.party(asked.asker), weeks.party(partner)
            yield Terms(*parties, asked.gives, held_shift(promise))

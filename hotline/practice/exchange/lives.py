"""How does a leg live, from its first document to its end?"""

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Leg
from hotline.practice.exchange.reaching.endings import end
from hotline.practice.exchange.reaching.ringing import rung
from hotline.practice.exchange.scenes import Player
from hotline.practice.exchange.scripts import (
    CarrierError,
    Finished,
    HungUp,
    Moved,
    Request,
    RoomOver,
    Script,
)
from hotline.practice.record import EndedBy
from hotline.practice.twiml.documents import Refused
from hotline.practice.twiml.grammar import Setting

APOLOGY = "(An application error has occurred. Goodbye.)"


def life(exchange: Exchange, leg: Leg, request: Request, play: Player) -> Script[None]:
    """Documents from `request` on until none follows; then the leg ends."""
    try:
        yield from _documents(exchange, leg, request, play)
        end(exchange, leg, EndedBy.HOTLINE)
    except HungUp:
        return
    except (Finished, RoomOver):
        end(exchange, leg, EndedBy.HOTLINE)
    except CarrierError as error:
        exchange.said(leg, "carrier", APOLOGY)
        exchange.trouble(leg, error.code, f"given up: {error}")
        end(exchange, leg, EndedBy.CARRIER_ERROR)


def rung_life(
    exchange: Exchange, leg: Leg, request: Request, longest: float, play: Player
) -> Script[None]:
    """Ring; whoever answers hears the documents from `request` on."""
    try:
        if not (yield from rung(exchange, leg, longest)):
            return
    except HungUp:
        return
    yield from life(exchange, leg, request, play)


def _documents(exchange: Exchange, leg: Leg, first: Request, play: Player) -> Script[None]:
    following: Request | None = first
    while following is not None:
        request = following
        try:
            following = yield from play(exchange, leg, request, Setting.CALL)
        except Moved as moved:
            following = moved.request
        except Refused as refused:
            exchange.trouble(leg, refused.code, refused.sentence)
            following = _fallback(leg, request, refused)


def _fallback(leg: Leg, failed: Request, refused: Refused) -> Request:
    """The fallback document; raises CarrierError if there is none or it is what failed."""
    if leg.fallback is None or failed.url == leg.fallback:
        raise CarrierError(refused.code, refused.sentence) from refused
    leg.asked.clear()  # after a circle of documents the fallback has its chance
    extra = (("ErrorCode", str(refused.code)), ("ErrorUrl", refused.url or failed.url))
    return Request(leg.fallback, leg.fallback_method, extra)

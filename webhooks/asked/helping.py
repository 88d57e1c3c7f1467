"""What the carrier asks about help in conversations: colleagues, desks, partners, supervisors."""

from flask import Blueprint, Response

from hotline.calls.colleagues.aside import (
    came_out,
    decided,
    stands_aside_alone,
    waits_for_colleague,
)
from hotline.calls.colleagues.helping import desk_chosen
from hotline.calls.colleagues.partnering import (
    caller_spoke,
    ground_keyed,
    hands_over,
    partner_chosen,
    reference_keyed,
    volunteer_spoke,
)
from hotline.calls.colleagues.supervising import mode_chosen, stands_outside
from webhooks.answers import answer, digit, field, only_the_carrier, word

helping = Blueprint("helping", __name__, url_prefix="/voice")
helping.before_request(only_the_carrier)


def _reached() -> bool:
    """Whether a telephone rung from a leg was bridged with it."""
    bridged = word("DialBridged")
    return bridged == "true" if bridged else word("DialCallStatus") == "completed"


def _number() -> str:
    """The digits of a number that was keyed in; anything else counts as none."""
    text = field("Digits")
    return text if text.isascii() and text.isdigit() and len(text) <= 20 else ""


@helping.post("/leg/<token>/desk/<int:number>/key")
def leg_desk_key(token: str, number: int) -> Response:
    """Which desk a conversation goes to."""
    key = f"deskkey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: desk_chosen(turn, token, digit()))


@helping.post("/leg/<token>/aside/<int:number>")
def leg_aside(token: str, number: int) -> Response:
    """A volunteer has come out of the room beside, or waits for what a colleague decides."""
    status = word("CallStatus")
    key = f"aside:{token}:{number}:{status}"
    return answer(key, lambda turn: came_out(turn, token, number, status))


@helping.post("/leg/<token>/aside/<int:number>/alone")
def leg_aside_alone(token: str, number: int) -> Response:
    """A volunteer stands alone in the room beside."""
    key = f"asidealone:{token}:{number}"
    return answer(key, lambda turn: stands_aside_alone(turn, token, number))


@helping.post("/leg/<token>/aside/<int:number>/rings")
def leg_aside_rings(token: str, number: int) -> Response:
    """A colleague is being rung, to talk aside."""
    key = f"asiderings:{token}:{number}"
    return answer(key, lambda turn: waits_for_colleague(turn, token, number))


@helping.post("/leg/<token>/aside/<int:number>/key")
def leg_aside_key(token: str, number: int) -> Response:
    """Who goes on with the conversation."""
    key = f"asidekey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: decided(turn, token, digit()))


@helping.post("/leg/<token>/partner/<int:number>/key")
def leg_partner_key(token: str, number: int) -> Response:
    """Which partner a conversation goes to."""
    key = f"partnerkey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: partner_chosen(turn, token, digit()))


@helping.post("/leg/<token>/ground/<int:number>/key")
def leg_ground_key(token: str, number: int) -> Response:
    """On which ground."""
    key = f"groundkey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: ground_keyed(turn, token, number, digit()))


@helping.post("/leg/<token>/reference/<int:number>")
def leg_reference(token: str, number: int) -> Response:
    """A work-order number was keyed in."""
    key = f"reference:{token}:{number}"
    return answer(key, lambda turn: reference_keyed(turn, token, number, _number()))


@helping.post("/leg/<token>/handing/<int:number>")
def leg_handing(token: str, number: int) -> Response:
    """The volunteer rings the partner, or waits while the caller does."""
    return answer(f"handing:{token}:{number}", lambda turn: hands_over(turn, token, number))


@helping.post("/leg/<token>/partnered/<int:number>")
def leg_partnered(token: str, number: int) -> Response:
    """The volunteer's word with a partner is over, or never began."""
    reached = _reached()
    key = f"partnered:{token}:{number}"
    return answer(key, lambda turn: volunteer_spoke(turn, token, number, reached=reached))


@helping.post("/handed/<token>/<int:number>")
def handed(token: str, number: int) -> Response:
    """The caller's conversation with a partner is over, or never began."""
    reached, status = _reached(), word("CallStatus")
    key = f"handed:{token}:{number}:{status}"
    return answer(key, lambda turn: caller_spoke(turn, token, number, status, reached=reached))


@helping.post("/leg/<token>/outside/<int:number>")
def leg_outside(token: str, number: int) -> Response:
    """A supervisor outside of the room."""
    return answer(f"outside:{token}:{number}", lambda turn: stands_outside(turn, token, number))


@helping.post("/leg/<token>/outside/<int:number>/key")
def leg_outside_key(token: str, number: int) -> Response:
    """How a supervisor takes part from now on."""
    key = f"outsidekey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: mode_chosen(turn, token, number, digit()))

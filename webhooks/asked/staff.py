"""What the carrier asks about calls of the staff: PINs and keys."""

from flask import Blueprint, Response

from hotline.phones.choosing import key_pressed
from hotline.phones.entering import pin_given
from webhooks.answers import answer, digit, field, keys, only_the_carrier

staff = Blueprint("staff", __name__, url_prefix="/voice/staff")
staff.before_request(only_the_carrier)


@staff.post("/<token>/pin/<int:number>")
def pin(token: str, number: int) -> Response:
    """Somebody who dialled in keyed in a PIN."""
    sid, given = field("CallSid"), keys()  # the PIN is no part of what is kept
    return answer(
        f"staffpin:{token}:{number}", lambda turn: pin_given(turn, token, sid, number, given)
    )


@staff.post("/<token>/key/<menu>/<int:number>")
def key(token: str, menu: str, number: int) -> Response:
    """A key of a menu for who dialled in."""
    sid, pressed = field("CallSid"), digit()
    return answer(
        f"staffkey:{token}:{menu}:{number}:{pressed}",
        lambda turn: key_pressed(turn, token, sid, menu, number, pressed),
    )

"""What the carrier asks about conversations: the menu, words outside of the room, its events."""

from flask import Blueprint, Response

from hotline.calls.colleagues.menu import volunteer_chose, volunteer_menu
from hotline.calls.talk.form import form_keyed
from hotline.calls.talk.holding import caller_held, caller_talked
from hotline.calls.talk.joining import caller_stands_alone
from hotline.calls.talk.leaving import volunteer_done
from hotline.calls.talk.parting import caller_asks_again, caller_joins
from hotline.calls.talk.resting import volunteer_holds, volunteer_is_back
from hotline.calls.talk.talking import volunteer_stands_alone
from webhooks.answers import answer, digit, only_the_carrier, word

talks = Blueprint("talks", __name__, url_prefix="/voice")
talks.before_request(only_the_carrier)


@talks.post("/alone/<token>/<int:number>")
def alone(token: str, number: int) -> Response:
    """The caller stands in the room alone."""
    key = f"alone:{token}:{number}"
    return answer(key, lambda turn: caller_stands_alone(turn, token, number))


@talks.post("/talked/<token>/<int:number>")
def talked(token: str, number: int) -> Response:
    """The caller has come out of the room."""
    status = word("CallStatus")
    key = f"talked:{token}:{number}:{status}"
    return answer(key, lambda turn: caller_talked(turn, token, status))


@talks.post("/held/<token>/<int:number>")
def held(token: str, number: int) -> Response:
    """The caller hears words while the volunteer is elsewhere."""
    return answer(f"held:{token}:{number}", lambda turn: caller_held(turn, token, number))


@talks.post("/again/<token>/<int:number>")
def again(token: str, number: int) -> Response:
    """The key of a caller whose volunteer has left."""
    key = f"again:{token}:{number}:{digit()}"
    return answer(key, lambda turn: caller_asks_again(turn, token, digit()))


@talks.post("/onward/<token>/<int:number>")
def onward(token: str, number: int) -> Response:
    """A caller whose volunteer dropped out has heard so, and goes on."""
    return answer(f"onward:{token}:{number}", lambda turn: caller_joins(turn, token))


@talks.post("/leg/<token>/alone/<int:number>")
def leg_alone(token: str, number: int) -> Response:
    """The volunteer stands in the room alone."""
    key = f"legalone:{token}:{number}"
    return answer(key, lambda turn: volunteer_stands_alone(turn, token, number))


@talks.post("/leg/<token>/done/<int:number>")
def leg_done(token: str, number: int) -> Response:
    """The volunteer has come out of the room."""
    status = word("CallStatus")
    key = f"done:{token}:{number}:{status}"
    return answer(key, lambda turn: volunteer_done(turn, token, status))


@talks.post("/leg/<token>/menu/<int:number>")
def leg_menu(token: str, number: int) -> Response:
    """What the volunteer can do beside talking."""
    return answer(f"menu:{token}:{number}", lambda turn: volunteer_menu(turn, token, number))


@talks.post("/leg/<token>/menu/<int:number>/key")
def leg_menu_key(token: str, number: int) -> Response:
    """What the volunteer chose."""
    key = f"menukey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: volunteer_chose(turn, token, digit()))


@talks.post("/leg/<token>/hold/<int:number>")
def leg_hold(token: str, number: int) -> Response:
    """The volunteer looks something up."""
    return answer(f"hold:{token}:{number}", lambda turn: volunteer_holds(turn, token, number))


@talks.post("/leg/<token>/hold/<int:number>/key")
def leg_hold_key(token: str, number: int) -> Response:
    """The volunteer is back."""
    key = f"holdkey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: volunteer_is_back(turn, token))


@talks.post("/leg/<token>/form/<question>/<int:number>")
def leg_form(token: str, question: str, number: int) -> Response:
    """An answer to a question of the form after the conversation."""
    key = f"form:{token}:{question}:{number}:{digit()}"
    return answer(key, lambda turn: form_keyed(turn, token, (question, number), digit()))

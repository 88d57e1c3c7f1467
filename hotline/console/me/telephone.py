"""Whether my telephone reaches me: rung to try it, and whether drills may ring it."""

from typing import Final

from flask import Response, abort, request

from hotline.accounts.permits import Act
from hotline.console.frame.access import parts
from hotline.console.frame.asking import allows, now
from hotline.console.frame.changing import changing
from hotline.console.frame.showing import back_to, show
from hotline.console.frame.words.saying import _
from hotline.console.frame.words.trials import TRIED
from hotline.console.me.room import me, mine
from hotline.duty import ToldBy
from hotline.handshake.trying import try_telephone
from hotline.oversight.drills import DrillWord
from hotline.own.telephone import telephone_of
from hotline.store.sending.drills import say_of_drills

HERE: Final = "me.show_telephone"
AGREES, NO_MORE = "agrees", "no-more"


@me.get("/me/telephone", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def show_telephone() -> Response:
    """Whether I am rung in turn, what came of the last try, and what I said of drills."""
    with parts().store.reading() as db:
        found = telephone_of(db, parts().settings, mine(db).id, now())
    drilled = parts().settings.drills
    nightly = None if drilled is None or not drilled.volunteers else drilled.nightly
    return show("me/telephone.html", telephone=found, tried=TRIED, nightly=nightly)


@me.post("/me/telephone/ring", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def ring_telephone() -> Response:
    """I want to hear it ring."""
    with changing() as change:
        person = mine(change.db)
        fresh = try_telephone(change.db, person, change.now)
        change.record("person.ring", f"person/{person.code}", after={"asked": fresh})
    if fresh:
        return back_to(HERE, said=_("Your telephone is about to ring. Press 1 when it does."))
    return back_to(HERE, said=_("That was asked for a moment ago."))


@me.post("/me/telephone/drills", provide_automatic_options=False)
@allows(Act.OWN_DUTY)
def keep_drills() -> Response:
    """Drills may ring me, or no more."""
    said = request.form.get("said", "")
    if said not in (AGREES, NO_MORE):
        abort(400)
    with changing() as change:
        person = mine(change.db)
        word = DrillWord(said == AGREES, change.now, ToldBy.CONSOLE)
        say_of_drills(change.db, person.id, word)
        change.record("person.drills", f"person/{person.code}", after={"drills": said})
    return back_to(HERE, said=_("Kept."))

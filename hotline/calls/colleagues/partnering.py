"""Hand-over to a partner: with the caller's consent, or on legal ground without them.

With consent the caller's own leg rings the partner, and comes back if nobody answers. On legal
ground the volunteer speaks with the partner, and the caller hears words. Neither needs REST.
"""

from typing import Final

from hotline.calls.closing import closed, gone, goodbye, talk_ended
from hotline.calls.colleagues.menu_paths import (
    leg_ground_key,
    leg_handing,
    leg_menu,
    leg_partner_key,
    leg_partnered,
    leg_reference,
)
from hotline.calls.instructions import Ask, AskNumber, GoTo, Instructions, Pause, RingOne
from hotline.calls.paths import handed, held
from hotline.calls.states import Ground, Outcome, Place
from hotline.calls.talk.form import farewell
from hotline.calls.talk.room import AWAY
from hotline.calls.talk.talking import COUNTS, TALKS, back, leg_at, stay, takes_part
from hotline.calls.turn import Turn
from hotline.calls.wait.waiting import DIAL_ADDS, call_at, call_now
from hotline.config.tables.lines import Partner, PartnerKind
from hotline.store.calling.calls import StoredCall
from hotline.store.calling.happenings import Happening
from hotline.store.calling.legs import StoredLeg
from hotline.store.calling.moves import note_on_call
from hotline.store.talking.handovers import (
    Handover,
    end_handover,
    handover_of,
    note_reference,
    open_handover,
    pending_handover,
)
from hotline.store.talking.talks import move_leg, stay_until

KEY_SECONDS: Final = 5
NUMBER_SECONDS: Final = 8
UNCHOSEN: Final = 9  # a visit of the menu that leads back
RINGS: Final = 30  # seconds
REACHED_AFTER: Final = RINGS + DIAL_ADDS + 8  # the caller would be back by then
HELD_COUNTS: Final = 1000
VISITS: Final = 100  # an address counts a hundred times the hand-over, and the visits
MOST: Final = 2**31  # no row has a higher number
GROUNDS: Final = {"1": Ground.CONSENT, "2": Ground.LAW}


def partners_offered(turn: Turn) -> tuple[Partner, ...]:
    """Whom a conversation can be handed over to, in order of their keys."""
    return tuple(each for each in turn.settings.partners or () if each.kind is not None)


def choose_partner(turn: Turn, call: StoredCall, leg: StoredLeg) -> Instructions:
    """Which of them."""
    stay(turn, leg)
    line = turn.line(leg.line)
    language = line.languages[0]
    prompts = tuple(
        turn.say("choose", line, name=each.title.in_language(language), place=place)
        for place, each in enumerate(partners_offered(turn), 1)
    )
    number = COUNTS * turn.age(call)
    back_again = GoTo(leg_menu(leg.token, number + UNCHOSEN))
    return (Ask(prompts, leg_partner_key(leg.token, number), KEY_SECONDS), back_again)


def partner_chosen(turn: Turn, token: str, digits: str) -> Instructions:
    """On which ground is asked next."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    if _keyed(turn, digits) is None:
        return back(turn, call, leg)
    stay(turn, leg)
    number = COUNTS * turn.age(call)
    words = turn.say("partner_ground", turn.line(leg.line))
    back_again = GoTo(leg_menu(leg.token, number + UNCHOSEN))
    return (Ask((words,), leg_ground_key(token, number + int(digits)), KEY_SECONDS), back_again)


def _keyed(turn: Turn, digits: str) -> Partner | None:
    offered = dict(enumerate(partners_offered(turn), 1))
    return offered.get(int(digits)) if digits.isdecimal() else None


def ground_keyed(turn: Turn, token: str, number: int, digits: str) -> Instructions:
    """The ground is kept before anything is done; then the work-order number, if there is one."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    partner, ground = _keyed(turn, str(number % COUNTS)), GROUNDS.get(digits)
    if partner is None or ground is None:
        return back(turn, call, leg)
    id_ = open_handover(turn.db, leg, partner.name, ground, turn.now)
    turn.note(Happening(call.id, f"handover-{ground}", leg.id, partner.name))
    move_leg(turn.db, leg.id, AWAY, Place.PARTNER)
    stay(turn, leg)
    onward = GoTo(leg_handing(token, VISITS * id_))
    if partner.kind is not PartnerKind.GOVERNMENT:
        return (onward,)
    words = turn.say("partner_reference", turn.line(leg.line))
    return (AskNumber((words,), leg_reference(token, id_), NUMBER_SECONDS), onward)


def reference_keyed(turn: Turn, token: str, handover: int, digits: str) -> Instructions:
    """The number is kept, and the hand-over goes on."""
    leg = leg_at(turn, token)
    if digits and handover < MOST:
        note_reference(turn.db, handover, leg.id, digits)
    return (GoTo(leg_handing(token, VISITS * min(handover, MOST))),)


def hands_over(turn: Turn, token: str, number: int) -> Instructions:
    """The volunteer speaks with the partner, or waits until the caller does."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    id_, visit = divmod(number, VISITS)
    handover = handover_of(turn.db, id_, call.id) if id_ < MOST else None
    if not takes_part(call, leg) or handover is None:
        return farewell(turn, call, leg)
    if handover.ended is not None:
        words = turn.say("partner_unreached", turn.line(leg.line))
        return (words, *back(turn, call, leg))
    if handover.ground is Ground.LAW:
        return _rings_partner(turn, leg, handover)
    return _waits(turn, call, leg, handover, visit)


def _rings_partner(turn: Turn, leg: StoredLeg, handover: Handover) -> Instructions:
    longest = turn.settings.answering.longest_talk
    stay_until(turn.db, leg.id, turn.later(longest + 120), turn.now)
    return _ring(turn, handover, leg_partnered(leg.token, handover.id))


def _waits(
    turn: Turn, call: StoredCall, leg: StoredLeg, handover: Handover, visit: int
) -> Instructions:
    """The caller's leg tells if nobody answers; else they speak, and the volunteer is free."""
    if (turn.now - handover.at).total_seconds() > REACHED_AFTER + NUMBER_SECONDS * 3:
        talk_ended(turn, call, leg.id)
        return farewell(turn, call, leg)
    stay(turn, leg)
    onward = GoTo(leg_handing(leg.token, VISITS * handover.id + min(visit + 1, VISITS - 1)))
    return (turn.say("partner_rings", turn.line(leg.line)), Pause(2), onward)


def _ring(turn: Turn, handover: Handover, after: str) -> Instructions:
    partner = turn.settings.partner(handover.partner)
    if partner is None:  # it left config.toml meanwhile
        return (GoTo(after),)
    ring = RingOne(
        address=partner.address,
        caller_id=turn.settings.carrier.caller_id,
        whisper=None,
        after=after,
        ring=RINGS,
        longest=turn.settings.answering.longest_talk,
    )
    return (ring,)


def volunteer_spoke(turn: Turn, token: str, handover: int, *, reached: bool) -> Instructions:
    """After the volunteer's word with the partner: back to the caller."""
    leg = leg_at(turn, token)
    call = call_now(turn, leg.call)
    if handover < MOST:
        end_handover(turn.db, handover, call.id, turn.now, reached)
    if not takes_part(call, leg):
        return farewell(turn, call, leg)
    words = () if reached else (turn.say("partner_unreached", turn.line(leg.line)),)
    return (*words, *back(turn, call, leg))


def caller_handed_over(turn: Turn, call: StoredCall) -> Instructions:
    """The caller's leg rings the partner, if that is what they agreed to; empty if not."""
    handover = pending_handover(turn.db, call.id)
    if handover is None or handover.ground is not Ground.CONSENT:
        return ()
    note_on_call(turn.db, call.id, expected=turn.later(turn.settings.answering.longest_talk + 120))
    partner = turn.settings.partner(handover.partner)
    line = turn.line_of(call)
    title = partner.title.in_language(line.languages[0]) if partner else ""
    ring = _ring(turn, handover, handed(call.token, handover.id))
    return (turn.say("to_partner", line, partner=title), *ring)


def caller_spoke(
    turn: Turn, token: str, handover: int, call_status: str, *, reached: bool
) -> Instructions:
    """After the partner's conversation goodbye; back to the volunteer if nobody answered."""
    call = call_at(turn, token)
    if handover < MOST:
        end_handover(turn.db, handover, call.id, turn.now, reached)
    if reached:
        closed(turn, call, Outcome.REFERRED)
        return goodbye(turn, call)
    if call_status == "completed":
        gone(turn, call)
        return ()
    if call.state not in TALKS:
        return goodbye(turn, call)
    return (
        turn.say("partner_unreached", turn.line_of(call)),
        GoTo(held(token, HELD_COUNTS * turn.age(call))),
    )

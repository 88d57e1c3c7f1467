"""What do legs go through in a conference?"""

from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Sound
from hotline.practice.exchange.meeting.rooms import Conference, Participant
from hotline.practice.exchange.reaching.endings import (
    answered,
    join,
    overhear,
    overhear_no_more,
    part_from_all,
)
from hotline.practice.exchange.reaching.handsets import Key
from hotline.practice.exchange.scenes import Fields, Played, Scene
from hotline.practice.exchange.scripts import (
    HungUp,
    Request,
    RoomOver,
    RoomStarts,
    Script,
    interrupt,
    wait,
    wait_until,
)
from hotline.practice.exchange.timeline import Timeline
from hotline.practice.exchange.webhooks import notify, remark_numbers, tell
from hotline.practice.twiml.documents import Refused, Verb
from hotline.practice.twiml.grammar import Setting

MOST = 250
LONGEST = 4 * 3600
LEAST = 2


def confer(scene: Scene, dial: Verb, noun: Verb) -> Played:
    """Dial Conference: wait until it starts, talk until it ends for this leg."""
    exchange, leg = scene.exchange, scene.leg
    answered(exchange, leg)
    room = _room(scene, noun)
    if len(room.participants) >= noun.number("maxParticipants", MOST):
        exchange.trouble(leg, 13234, "the conference is full")
        return _action(scene, dial)
    me = _participant(scene, noun)
    if me.coaches and me.coaches not in {each.leg.sid for each in room.participants}:
        exchange.trouble(leg, 13240, "whom to coach is not in the conference")
        return _action(scene, dial)
    leg.gathering = dial.wants("hangupOnStar")
    try:
        _enter(exchange, room, me)
        yield from _inside(scene, dial, noun, room)
    except RoomOver:
        pass
    except HungUp:
        request = _action(scene, dial)
        if request is not None:
            notify(exchange, leg, request)
        raise
    finally:
        leg.gathering = False
        _exit(exchange, room, me)
    return _action(scene, dial)


def _participant(scene: Scene, noun: Verb) -> Participant:
    return Participant(
        scene.leg,
        starts=noun.says("startConferenceOnEnter", "true") == "true",
        ends=noun.wants("endConferenceOnExit"),
        label=noun.says("participantLabel"),
        muted=noun.wants("muted"),
        coaches=noun.says("coach"),
    )


def _room(scene: Scene, noun: Verb) -> Conference:
    rooms = scene.exchange.rooms.conferences
    remark_numbers(scene.exchange, scene.leg, noun.text)
    room = rooms.get(noun.text)
    if room is None:
        room = rooms[noun.text] = Conference(scene.exchange.new_sid("CF"), noun.text)
        if noun.says("statusCallback"):
            room.events_url = scene.to(noun.says("statusCallback"), "POST").url
            room.events = frozenset(noun.says("statusCallbackEvent").split())
    return room


def _enter(exchange: Exchange, room: Conference, me: Participant) -> None:
    room.participants.append(me)
    _event(exchange, room, "join", me)
    if room.started:
        _join_all(exchange, room, me)
    elif len(room.participants) >= LEAST and any(each.starts for each in room.participants):
        room.started = True
        _event(exchange, room, "start", None)
        for each in room.participants:
            interrupt(exchange.line, each.leg, RoomStarts(), partial(_in, room, each))
            _join_all(exchange, room, each)


def _in(room: Conference, who: Participant) -> bool:
    return who in room.participants


def _join_all(exchange: Exchange, room: Conference, me: Participant) -> None:
    for other in room.participants:
        if other is not me:
            _hear_each_other(exchange, me, other)


def _hear_each_other(exchange: Exchange, one: Participant, other: Participant) -> None:
    """Both ways, or one way where somebody is muted, or speaks to one leg only."""
    match one.hears(other), other.hears(one):
        case True, True:
            join(exchange, one.leg, other.leg)
        case True, False:
            overhear(exchange, one.leg, other.leg)
        case False, True:
            overhear(exchange, other.leg, one.leg)


def _inside(scene: Scene, dial: Verb, noun: Verb, room: Conference) -> Script[None]:
    try:
        if not room.started:
            yield from _music(scene, noun)
    except RoomStarts:
        pass
    line = scene.exchange.line
    deadline = line.now() + timedelta(seconds=dial.number("timeLimit", LONGEST))
    try:
        yield from _until_left(line, deadline)
    except RoomStarts:  # this very leg let it start
        yield from _until_left(line, deadline)


def _until_left(line: Timeline, deadline: datetime) -> Script[None]:
    while True:
        event = yield from wait_until(line, deadline)
        if event is None or (isinstance(event, Key) and event.digit == "*"):
            return


def _music(scene: Scene, noun: Verb) -> Script[None]:
    """The waitUrl once: it does not repeat by itself. A bad one drops out of the Dial."""
    url = noun.attributes.get("waitUrl")
    if url:
        request: Request | None = scene.to(url, noun.says("waitMethod", "POST"))
        try:
            while request is not None:
                request = yield from scene.play(
                    scene.exchange, scene.leg, request, Setting.CONFERENCE
                )
        except Refused as refused:
            scene.exchange.trouble(scene.leg, refused.code, refused.sentence)
            raise RoomOver from refused
    scene.ear(Sound.MUSIC if url is None else Sound.SILENCE)
    while True:
        yield from wait(None)


def _exit(exchange: Exchange, room: Conference, me: Participant) -> None:
    room.participants.remove(me)
    part_from_all(exchange, me.leg)
    overhear_no_more(exchange, me.leg, [each.leg for each in room.participants])
    _event(exchange, room, "leave", me)
    if room.over:
        return
    if me.ends or not room.participants:
        room.over = True
        del exchange.rooms.conferences[room.name]
        for other in room.participants:
            interrupt(exchange.line, other.leg, RoomOver(), partial(_in, room, other))
        _event(exchange, room, "end", None)


def _event(exchange: Exchange, room: Conference, event: str, who: Participant | None) -> None:
    if room.events_url is None or event not in room.events:
        return
    kind = "participant" if who else "conference"
    fields: Fields = (
        ("AccountSid", exchange.account.sid),
        ("ConferenceSid", room.sid),
        ("FriendlyName", room.name),
        ("StatusCallbackEvent", f"{kind}-{event}"),
        ("SequenceNumber", str(room.sequence)),
        ("Timestamp", format_datetime(exchange.line.now())),
    )
    room.sequence += 1
    if who is not None:
        label = (("ParticipantLabel", who.label),) if who.label else ()
        fields = (*fields, ("CallSid", who.leg.sid), *_standing(who), *label)
    tell(exchange, room.events_url, "POST", fields)


def _standing(who: Participant) -> Fields:
    """How a participant takes part, in Twilio's words."""
    standing = {
        "Muted": who.muted,
        "Hold": False,
        "Coaching": bool(who.coaches),
        "EndConferenceOnExit": who.ends,
        "StartConferenceOnEnter": who.starts,
    }
    return tuple((name, str(value).lower()) for name, value in standing.items())


def _action(scene: Scene, dial: Verb) -> Request | None:
    if not dial.says("action"):
        return None
    return scene.request(dial, "action", (("DialCallStatus", "answered"),))

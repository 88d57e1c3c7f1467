"""The addresses a call's instructions point at, below the public URL.

None carries a caller's number. What may happen several times in a call has a count in its address
(seconds since the arrival, or ten times that and a count): the carrier repeats requests, and a
repeat must be told from the next time.
"""

INCOMING = "/voice/incoming"
FALLBACK = "/voice/fallback"


def question(call: str, number: int) -> str:
    """What the caller said to the line's n-th question, or that they said nothing."""
    return f"/voice/asked/{call}/{number}"


def wish_told(call: str, number: int) -> str:
    """The caller heard what of their wish costs time, and said something to it or nothing."""
    return f"/voice/wish/{call}/{number}"


def visit(call: str, number: int) -> str:
    """The wait loop; each visit has its own number, so that a repeat is known as one."""
    return f"/voice/wait/{call}/{number}"


def visit_key(call: str, number: int) -> str:
    """A key pressed while waiting."""
    return f"/voice/wait/{call}/{number}/key"


def left_queue(call: str, stay: int) -> str:
    """The end of the caller's n-th stay in the queue."""
    return f"/voice/left/{call}/{stay}"


def join(call: str, leg: str) -> str:
    """Where REST moves a caller whose call was accepted."""
    return f"/voice/join/{call}/{leg}"


def caller_alone(call: str, number: int) -> str:
    """The caller stands in the room and the volunteer is not there."""
    return f"/voice/alone/{call}/{number}"


def talked(call: str, number: int) -> str:
    """The caller's conversation is over."""
    return f"/voice/talked/{call}/{number}"


def held(call: str, number: int) -> str:
    """The caller is outside of the room, and hears words."""
    return f"/voice/held/{call}/{number}"


def onward(call: str, number: int) -> str:
    """The caller has heard that the volunteer dropped out, and that another one is called."""
    return f"/voice/onward/{call}/{number}"


def room_words(call: str, what: str) -> str:
    """What is announced in the room of a call."""
    return f"/voice/room/{call}/words/{what}"


def room_events(call: str) -> str:
    """The carrier tells who joins the room of a call."""
    return f"/voice/room/{call}/events"


def again(call: str, number: int) -> str:
    """The key of a caller whose volunteer has left."""
    return f"/voice/again/{call}/{number}"


def exit_menu(call: str, number: int) -> str:
    """The honest exit, told once more."""
    return f"/voice/exit/{call}/{number}"


def exit_key(call: str, number: int) -> str:
    """What the caller chose at the exit."""
    return f"/voice/exit/{call}/{number}/key"


def leg_note(leg: str) -> str:
    """What is noted of the caller, for a volunteer who picked up."""
    return f"/voice/leg/{leg}/note"


def blocked_key(call: str, number: int) -> str:
    """The key of a caller who is blocked."""
    return f"/voice/blocked/{call}/{number}/key"


def consent(call: str, number: int) -> str:
    """The key that agrees to a callback, or does not."""
    return f"/voice/callback/{call}/{number}"


def callback_number(call: str, number: int) -> str:
    """The keys of a number to be rung back on."""
    return f"/voice/callback/{call}/{number}/number"


def callback_reads(call: str, number: int) -> str:
    """The number that was keyed in, read back."""
    return f"/voice/callback/{call}/{number}/reads"


def callback_right(call: str, number: int) -> str:
    """The key that says whether it was read right."""
    return f"/voice/callback/{call}/{number}/right"


def callback_times(call: str, number: int) -> str:
    """The key for when it is safe to ring."""
    return f"/voice/callback/{call}/{number}/times"


def callback_word(call: str, number: int) -> str:
    """The key for what whoever answers may be told."""
    return f"/voice/callback/{call}/{number}/word"


def message(call: str) -> str:
    """A message was recorded."""
    return f"/voice/message/{call}"


def partner(call: str, number: int) -> str:
    """The conversation with a partner is over, or never began."""
    return f"/voice/partner/{call}/{number}"


def called(call: str) -> str:
    """Somebody picked up at the telephone of a caller who is rung back."""
    return f"/voice/called/{call}/answered"


def called_key(call: str, number: int) -> str:
    """Their key."""
    return f"/voice/called/{call}/{number}/key"


def called_over(call: str) -> str:
    """They pressed none."""
    return f"/voice/called/{call}/over"


def called_status(call: str) -> str:
    """The carrier tells what became of a caller's telephone that we ring."""
    return f"/voice/called/{call}/status"


def goodbye(call: str) -> str:
    """The last words of a call."""
    return f"/voice/goodbye/{call}"


def whisper(leg: str) -> str:
    """A volunteer picked up."""
    return f"/voice/leg/{leg}/answered"


def leg_key(leg: str) -> str:
    """A volunteer pressed a key."""
    return f"/voice/leg/{leg}/key"


def leg_key_again(leg: str) -> str:
    """A volunteer pressed a key when asked the second time."""
    return f"/voice/leg/{leg}/key/again"


def volunteer_alone(leg: str, number: int) -> str:
    """The volunteer stands in the room and the caller is not there yet."""
    return f"/voice/leg/{leg}/alone/{number}"


def leg_done(leg: str, number: int) -> str:
    """The volunteer has come out of the room."""
    return f"/voice/leg/{leg}/done/{number}"


def handed(call: str, number: int) -> str:
    """The caller's conversation with a partner is over, or never began."""
    return f"/voice/handed/{call}/{number}"


def leg_status(leg: str) -> str:
    """The carrier tells what became of a leg."""
    return f"/voice/leg/{leg}/status"


def leg_over(leg: str) -> str:
    """Where REST moves a volunteer in the whisper who is not needed any more."""
    return f"/voice/leg/{leg}/over"


def dialled(leg: str) -> str:
    """A telephone rung from the caller's own leg: how it ended."""
    return f"/voice/dialled/{leg}"


def errand_answered(errand: str) -> str:
    """A volunteer picked up who is asked something outside of a caller's call."""
    return f"/voice/errand/{errand}/answered"


def errand_key(errand: str, number: int) -> str:
    """What they answered, the n-th time they were asked."""
    return f"/voice/errand/{errand}/key/{number}"


def errand_back(errand: str) -> str:
    """Whether they take a yes back."""
    return f"/voice/errand/{errand}/back"


def errand_status(errand: str) -> str:
    """The carrier tells what became of such a call."""
    return f"/voice/errand/{errand}/status"

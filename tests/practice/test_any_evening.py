"""Whatever meets at one instant, the carrier neither breaks nor forgets to end a call."""

from datetime import timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from hotline.ports import CallSid
from hotline.practice import (
    ACCEPTS,
    DECLINES,
    HANGS_UP_IN_WHISPER,
    MAILBOX,
    NO_FAULTS,
    PASSES,
    RINGS_OUT,
    SILENT,
    Answer,
    Behaviour,
    Callbacks,
    Faults,
    Rest,
    Webhooks,
    double_booked,
)
from tests.practice.stage import ADA, ADA_NUMBER, BO, BO_NUMBER, PUBLIC, SECOND, START, Stage

PATHS = ("incoming", "a", "b", "leg")
GATHER = "<Gather numDigits='1' action='/{0}' timeout='5'><Pause length='5'/></Gather>"
NUMBERS = f"<Number url='/whisper'>{ADA_NUMBER}</Number><Number>{BO_NUMBER}</Number>"
VERBS = st.sampled_from(
    [
        "<Pause length='5'/>",
        "<Say>Press one, you who listen</Say>",
        "<Hangup/>",
        "<Leave/>",
        "<Redirect>/a</Redirect>",
        GATHER.format("b"),
        "<Enqueue waitUrl='/wait' action='/a'>q</Enqueue>",
        "<Enqueue>q</Enqueue>",
        "<Dial action='/b' timeLimit='20'><Queue url='/wait'>q</Queue></Dial>",
        "<Dial timeout='5'><Queue>q</Queue></Dial>",
        "<Dial><Conference endConferenceOnExit='true'>r</Conference></Dial>",
        "<Dial action='/a' timeLimit='10'><Conference waitUrl='/wait'>r</Conference></Dial>",
        f"<Dial callerId='+862500000000' timeout='10' action='/b'>{NUMBERS}</Dial>",
        f"<Dial sequential='true' timeLimit='15'>{NUMBERS}</Dial>",
        "<Record maxLength='10' timeout='5' action='/a'/>",
        "<Shout/>",
    ]
)
DOCUMENTS = st.lists(VERBS, max_size=3).map("".join)
WAITS = st.sampled_from(["", "<Pause length='5'/>", "<Leave/>", GATHER.format("wait"), "<Hangup/>"])
WHISPERS = st.sampled_from(["", "<Hangup/>", GATHER.format("whisper"), "<Shout/>"])
HABITS = (ACCEPTS, PASSES, SILENT, MAILBOX, HANGS_UP_IN_WHISPER, RINGS_OUT, DECLINES)
BEHAVIOURS = st.builds(
    lambda one, drops: Behaviour(one.habit, 5 * SECOND, 5 * SECOND, one.key, drops, 30 * SECOND),
    st.sampled_from(HABITS),
    st.sampled_from([None, 5 * SECOND, 10 * SECOND]),
)
GRID = st.integers(0, 12).map(lambda steps: steps * 5 * SECOND)  # so that instants meet exactly
FAULTS = st.builds(
    Faults,
    st.sampled_from([Rest.WELL, Rest.WELL, Rest.LOSES_ANSWERS]),
    st.sampled_from(list(Callbacks)),
    st.sampled_from(list(Webhooks)),
    st.sampled_from([0 * SECOND, 5 * SECOND]),
    st.sampled_from([0 * SECOND, 5 * SECOND]),
)
CALLERS = st.tuples(GRID, GRID, GRID, st.sampled_from([(), (Answer("Press", "1"),)]))
ORDERS = st.tuples(GRID, st.sampled_from(["ring", "end", "move"]), st.integers(0, 5))


@given(
    st.fixed_dictionaries(dict.fromkeys(PATHS, DOCUMENTS)),
    WAITS,
    WHISPERS,
    st.tuples(BEHAVIOURS, BEHAVIOURS),
    st.lists(CALLERS, min_size=1, max_size=3),
    st.lists(ORDERS, max_size=6),
    FAULTS,
)
def test_calls_and_talks_end_whatever_happens(
    documents: dict[str, str],
    wait: str,
    whisper: str,
    behaviours: tuple[Behaviour, Behaviour],
    callers: list[tuple[timedelta, timedelta, timedelta, tuple[Answer, ...]]],
    orders: list[tuple[timedelta, str, int]],
    faults: Faults,
) -> None:
    incoming = documents.pop("incoming")
    stage = Stage().plays(incoming, wait=wait, whisper=whisper, **documents)
    stage.phone(ADA, behaviours[0]).phone(BO, behaviours[1])
    stage.carrier.faults = faults
    for after, patience, talk, answers in callers:
        stage.rings(*answers, after=after, patience=patience, talk=talk, leaves_message=5 * SECOND)
    for after, order, whom in orders:
        stage.carrier.at(START + after, partial(ordered, stage, order, whom))

    stage.driver.run_for(timedelta(minutes=3))
    stage.carrier.faults = NO_FAULTS
    for sid in sids(stage):
        stage.rest(f"/{sid}", Status="completed")
    stage.driver.run_for(timedelta(minutes=2))

    kept_its_word(stage)


def ordered(stage: Stage, order: str, whom: int) -> None:
    """One REST request about one of the legs there are."""
    if order == "ring":
        to = (ADA_NUMBER, BO_NUMBER)[whom % 2]
        stage.rest("", To=to, From="+862500000000", Url=f"{PUBLIC}/leg")
        return
    for sid in sids(stage)[whom : whom + 1]:
        wishes = {"Status": "completed"} if order == "end" else {"Url": f"{PUBLIC}/a"}
        stage.rest(f"/{sid}", **wishes)


def sids(stage: Stage) -> list[CallSid]:
    """Every leg there is."""
    callers = [call.sid for call in stage.carrier.calls()]
    return callers + [leg.sid for leg in stage.legs()]


def kept_its_word(stage: Stage) -> None:
    """What must be true of every evening when all has been hung up."""
    for call in stage.carrier.calls():
        assert call.ended_at is not None
        assert all(talk.ended and talk.ended <= call.ended_at for talk in call.talks)
    for leg in stage.legs():
        assert leg.ended_at is not None
        assert all(talk.ended and talk.ended <= leg.ended_at for talk in leg.talks)
    assert double_booked(leg for leg in stage.legs() if not leg.rung_while_busy) == []
    for asked in stage.app.asked:
        if asked.path == "/wait" and "QueuePosition" in asked.fields:
            assert asked.fields["CallStatus"] == "in-progress"

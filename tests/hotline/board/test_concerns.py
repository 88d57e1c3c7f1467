"""What a supervisor should look after, in which order, and whose lines it is about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.board.concerns import Concern, ConcernKind, alarms_of, concerns
from hotline.board.facts import BoardFacts, CarrierState, OpenCall, Promised, Stage
from hotline.board.presence import expected
from hotline.calls.ringing.facts import CallId
from hotline.config.settings import DeskName, LineName
from hotline.duty import Rota
from hotline.oversight.alarms import Alarm, AlarmKind, OpenAlarm
from tests import make
from tests.hotline.board.test_presence import ADA, AT, BO, CHECKED, CITY, DAY, EVENING, NIGHT

HELP = LineName("help")
STAFFED = make.rota((ADA, "day", EVENING), (BO, "day", NIGHT))
CONFIRMED = replace(CITY, handshake=None)
K = ConcernKind


def found(facts: BoardFacts, rota: Rota = STAFFED) -> list[Concern]:
    return list(concerns(facts, rota, expected(rota, CONFIRMED, {}, AT), CONFIRMED, AT))


def waiting(seconds: int, line: LineName = HELP, stage: Stage = Stage.WAITING) -> OpenCall:
    return OpenCall(CallId(seconds), line, stage, AT - timedelta(seconds=seconds))


def test_nothing_is_wrong_where_somebody_answers_and_nobody_waits() -> None:
    assert found(BoardFacts()) == []


def test_callers_who_wait_longer_than_a_minute_are_told_together() -> None:
    calls = (waiting(60), waiting(61), waiting(90), waiting(500, stage=Stage.TALKING))

    [one] = found(BoardFacts(calls=(*calls, waiting(70, LineName("other")))))

    assert one == Concern(K.WAITING, HELP, at=AT - timedelta(seconds=90), count=2)


def test_what_callers_were_promised_is_told_line_by_line() -> None:
    facts = BoardFacts(promised={HELP: Promised(callbacks=5, overdue=2, late=1, follow_ups=3)})

    assert [(each.kind, each.count) for each in found(facts)] == [
        (K.OVERDUE, 2),
        (K.UNANSWERED, 1),
        (K.FOLLOW_UP, 3),
    ]


@pytest.mark.parametrize(
    ("carrier", "told"),
    [
        (CarrierState(), []),
        (CarrierState(failed=2), []),
        (CarrierState(failed=3), [Concern(K.CARRIER, count=0, failed=3)]),
        (CarrierState(stuck=1, since=AT), [Concern(K.CARRIER, at=AT, count=1)]),
    ],
)
def test_a_carrier_that_does_not_do_what_it_is_asked_is_told(
    carrier: CarrierState, told: list[Concern]
) -> None:
    assert found(BoardFacts(carrier=carrier)) == told


def test_the_most_pressing_comes_first() -> None:
    alone = make.rota((ADA, "day", EVENING))
    facts = BoardFacts(
        calls=(waiting(99),), promised={HELP: Promised(late=1)}, carrier=CarrierState(failed=9)
    )

    kinds = [each.kind for each in found(facts, alone)]

    assert kinds == [K.WAITING, K.DESERTED, K.CARRIER, K.UNANSWERED]


def test_duties_at_other_desks_concern_somebody_else() -> None:
    there = make.rota((ADA, "day", EVENING), (BO, "day", NIGHT))
    duties = expected(there, CHECKED, {}, AT)
    elsewhere = tuple(replace(each, desk=DeskName("night")) for each in duties)

    told = concerns(BoardFacts(), there, duties, CHECKED, AT)

    assert [(each.kind, each.desk) for each in told] == [(K.MISSING, DAY), (K.UNCONFIRMED, DAY)]
    assert concerns(BoardFacts(), there, elsewhere, CHECKED, AT) == ()


@pytest.mark.parametrize(
    ("kind", "subject", "mine"),
    [
        (AlarmKind.EMERGENCY, "help/7", True),
        (AlarmKind.EMERGENCY, "other/7", False),
        (AlarmKind.LONG_TALK, "other/7", False),
        (AlarmKind.MISSED, "help/2026-11-24", True),
        (AlarmKind.MISSED, "other/2026-11-24", False),
        (AlarmKind.NO_STAND_IN, "day 2026-11-24 22:00 ada", True),
        (AlarmKind.NO_STAND_IN, "night 2026-11-24 22:00 ada", False),
        (AlarmKind.UNREACHABLE, "ada", True),
        (AlarmKind.UNREACHABLE, "eve", False),
        (AlarmKind.UNTOLD, "sam", True),  # sits at no desk
        (AlarmKind.DRILL, "drill", True),
        (AlarmKind.UNKEPT, "7", False),  # told as a concern of its line
    ],
)
def test_an_alarm_is_shown_to_whom_it_concerns(kind: AlarmKind, subject: str, mine: bool) -> None:
    desks = {"ada": frozenset({DAY}), "eve": frozenset({DeskName("night")})}
    alarm = OpenAlarm(1, Alarm(kind, subject), AT)

    assert alarms_of([alarm], desks, CITY) == ((alarm,) if mine else ())

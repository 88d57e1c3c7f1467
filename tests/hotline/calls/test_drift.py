"""Yesterday's rings against what was published at each moment."""

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.calls.drift import Difference, Fault, History, PastRing, Told, differences
from hotline.calls.ledger import Barred, Decided, Decision
from hotline.calls.ringing.facts import CallId
from hotline.config.settings import DeskName, LineName
from hotline.duty import Away, Duty, LegId, LineChange, Override, Volunteer, Why
from scheduling.problem import Span
from tests import make
from tests.scenarios.stage import NANJING, NIGHT, SITE

LONG_BEFORE = make.utc("2026-11-01 00:00")
AT = make.utc("2026-11-24 15:10")
MINUTE = timedelta(minutes=1)
ADA, BO = make.volunteer("Ada"), make.volunteer("Bo")
DAY = DeskName("day")


def told(
    *people: Volunteer, until: datetime | None = None, away: tuple[Away, Told] | None = None
) -> History:
    """These people, published for the night long ago; replaced at `until`."""
    duties = tuple((Duty(who.id, DAY, NIGHT), Told(LONG_BEFORE, until)) for who in people)
    return History((ADA, BO), duties, () if away is None else (away,))


def ring(
    who: Volunteer,
    at: datetime = AT,
    ended: datetime | None = AT + MINUTE,
    leg: int = 1,
    line: str = NANJING.name,
) -> PastRing:
    return PastRing(LegId(leg), CallId(7), LineName(line), who.id, DAY, at, ended)


def found(history: History, *rings: PastRing) -> list[tuple[Fault, int, Why | None]]:
    return [(d.fault, d.person, d.why) for d in differences(rings, (), history, SITE)]


def test_a_ring_by_the_roster_of_its_moment_is_no_difference() -> None:
    assert found(told(ADA), ring(ADA)) == []


def test_somebody_who_was_not_rostered_should_not_have_been_rung() -> None:
    assert found(told(ADA), ring(BO)) == [(Fault.RUNG, BO.id, Why.NOT_ROSTERED)]


def test_a_roster_counts_until_it_was_replaced() -> None:
    replaced = told(ADA, until=AT + MINUTE)

    assert found(replaced, ring(ADA)) == []
    assert found(replaced, ring(ADA, AT + MINUTE, None)) == [(Fault.RUNG, ADA.id, Why.NOT_ROSTERED)]


def test_an_absence_counts_from_when_it_was_noted_until_it_was_taken_back() -> None:
    away = (Away(ADA.id, NIGHT), Told(AT, AT + 2 * MINUTE))
    history = told(ADA, away=away)

    assert found(history, ring(ADA, AT - MINUTE, AT)) == []
    assert found(history, ring(ADA, AT, AT + MINUTE)) == [(Fault.RUNG, ADA.id, Why.ABSENT)]
    assert found(history, ring(ADA, AT + 2 * MINUTE)) == []


def test_who_came_instead_was_on_duty_from_when_it_was_noted_until_it_was_undone() -> None:
    instead = Override(1, DAY, NIGHT, comes=BO.id, replaces=ADA.id)
    history = replace(told(ADA), overrides=((instead, Told(AT, AT + 2 * MINUTE)),))

    assert found(history, ring(ADA, AT - MINUTE, AT), ring(BO, AT, AT + MINUTE)) == []
    assert found(history, ring(ADA, AT, AT + MINUTE)) == [(Fault.RUNG, ADA.id, Why.REPLACED)]
    assert found(history, ring(BO, AT + 2 * MINUTE, None)) == [
        (Fault.RUNG, BO.id, Why.NOT_ROSTERED)
    ]


def test_a_paused_line_rings_nobody_and_turns_nobody_away() -> None:
    change = LineChange(1, NANJING.name, Span(AT, AT + MINUTE))
    paused = replace(told(ADA), changes=(change,))

    assert found(paused, ring(ADA)) == [(Fault.RUNG, ADA.id, Why.LINE_PAUSED)]
    assert found(paused, ring(ADA, AT + MINUTE, None)) == []


def test_nobody_is_rung_twice_at_once() -> None:
    again = ring(ADA, AT + MINUTE / 2, leg=2)

    assert found(told(ADA), ring(ADA), again) == [(Fault.TWICE, ADA.id, None)]
    assert found(told(ADA), ring(ADA, ended=None), again) == [(Fault.TWICE, ADA.id, None)]
    assert found(told(ADA), ring(ADA), ring(ADA, AT + MINUTE, leg=2)) == []


def exit_at(decided: Decided, *barred: Barred) -> list[Difference]:
    decision = Decision(CallId(7), NANJING.name, decided, (), (), barred)
    return list(differences((), [(AT, decision)], told(ADA), SITE))


def test_a_caller_who_was_turned_away_while_somebody_was_on_duty_is_a_difference() -> None:
    assert exit_at(Decided.UNSTAFFED) == [
        Difference(Fault.TURNED_AWAY, CallId(7), ADA.id, AT, None)
    ]


def test_whom_the_decision_knew_and_kept_out_is_none() -> None:
    assert exit_at(Decided.UNSTAFFED, Barred(ADA.id, Why.EXPIRED)) == []
    assert exit_at(Decided.CEILING) == []


def test_a_line_that_is_configured_no_more_is_left_out() -> None:
    gone = Decision(CallId(7), LineName("old"), Decided.UNSTAFFED)

    assert found(told(ADA), ring(BO, line="old")) == []
    assert differences((), [(AT, gone)], told(ADA), SITE) == ()

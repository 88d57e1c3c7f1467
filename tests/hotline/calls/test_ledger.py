"""What a decision says of everybody who was considered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hotline.calls.ledger import Decided, Decision, Passed, decisions, exit_decided
from hotline.calls.ringing.facts import CallId, LiveLeg, WaitingCall
from hotline.calls.ringing.routing import next_waves, reach_of_lines
from hotline.calls.wait.wishes import Wish
from hotline.duty import Gender, Rota, Volunteer, Why
from tests.hotline.calls.ringing.test_routing import (
    ADA,
    BO,
    CEM,
    DAN,
    FAY,
    NOW,
    busy,
    live,
    on_duty,
    waiting,
)
from tests.scenarios.stage import NANJING, site

AGAIN = timedelta(seconds=60)
SETTINGS = site(wave=2, ring_again=60)


def made(
    calls: Sequence[WaitingCall], rota: Rota, ringing: Sequence[LiveLeg] = ()
) -> list[Decision]:
    """What one look at these callers came to."""
    rings = next_waves(calls, ringing, rota, SETTINGS, NOW)
    return list(decisions(calls, rings, reach_of_lines(rota, SETTINGS, NOW), AGAIN, NOW))


def test_everybody_in_reach_is_rung_or_passed_over_or_barred() -> None:
    (decision,) = made(
        [waiting(1, tried={"Bo": 20})], on_duty(ADA, BO, CEM, DAN, busy(FAY, 9, talking=True))
    )

    assert decision.decided is Decided.RINGS
    assert [rung.person for rung in decision.rung] == [ADA.id, CEM.id]
    assert {each.person: each.why for each in decision.passed_over} == {
        BO.id: Passed.TRIED,
        DAN.id: Passed.ENOUGH,
    }
    assert [(each.person, each.why) for each in decision.barred] == [(FAY.id, Why.TALKING)]


def test_somebody_who_is_not_what_the_caller_asked_for_is_said_to_be() -> None:
    asks = replace(waiting(1), wish=Wish(gender=Gender.WOMAN))

    (decision,) = made([asks], on_duty(ADA))

    assert [(each.person, each.why) for each in decision.passed_over] == [(ADA.id, Passed.WISH)]


def test_somebody_rung_for_another_caller_is_said_to_be() -> None:
    first, second = made([waiting(1, since=9), waiting(2)], on_duty(ADA))

    assert [rung.person for rung in first.rung] == [ADA.id]
    assert second.decided is Decided.NOBODY_FREE
    assert [(each.person, each.why) for each in second.passed_over] == [(ADA.id, Passed.TAKEN)]


def test_a_telephone_that_is_taken_over_is_rung_and_not_barred() -> None:
    ringing = [live(1, 7, ADA), live(2, 7, BO)]

    (decision,) = made([waiting(8)], on_duty(busy(ADA, 1), busy(BO, 2)), ringing)

    assert [(rung.person, rung.takes_over) for rung in decision.rung] == [(BO.id, 2)]
    assert [each.person for each in decision.barred] == [ADA.id]


def test_the_mark_changes_with_a_reason_and_not_with_its_length() -> None:
    def of(ada: Volunteer) -> Decision:
        (decision,) = made([waiting(1)], on_duty(ada))
        return decision

    talking = busy(ADA, 1, talking=True)
    longer = replace(talking, presence=replace(talking.presence, until=NOW + timedelta(hours=1)))

    one, same, other = of(talking), of(longer), of(busy(ADA, 1))

    assert one.barred != same.barred
    assert one.mark == same.mark
    assert one.mark != other.mark


def test_the_exit_says_what_kept_everybody_out() -> None:
    rota = on_duty(ADA, busy(BO, 1, talking=True))
    duty = reach_of_lines(rota, SETTINGS, NOW)(NANJING.name)

    decision = exit_decided(CallId(1), NANJING.name, Decided.CEILING, duty)

    assert [(each.person, each.why) for each in decision.passed_over] == [(ADA.id, Passed.TRIED)]
    assert [(each.person, each.why) for each in decision.barred] == [(BO.id, Why.TALKING)]
    assert decision.rung == ()


def test_where_nobody_is_on_duty_the_exit_alone_is_a_decision() -> None:
    assert made([waiting(1)], on_duty()) == []

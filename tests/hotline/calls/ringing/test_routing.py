"""Whom to ring next, and when a wait ends: decided without reading anything."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.calls.ringing.facts import CallId, LiveLeg, Ring, WaitingCall
from hotline.calls.ringing.routing import (
    Exit,
    exit_due,
    first_free,
    free_but_for_the_wish,
    next_waves,
)
from hotline.calls.states import LegState
from hotline.calls.wait.wishes import Wish
from hotline.config.settings import Settings
from hotline.config.tables.ringing import Ringing, Strategy
from hotline.duty import LegId, Presence, Rota, Volunteer
from tests import make
from tests.scenarios.stage import NANJING, NIGHT, site

NOW = make.utc("2026-11-24 15:10")
ADA, BO, CEM, DAN, FAY, GUS = (
    make.volunteer(name) for name in ("Ada", "Bo", "Cem", "Dan", "Fay", "Gus")
)
PEOPLE = (ADA, BO, CEM, DAN, FAY, GUS)
THREE_LINES = site(
    lines=(
        make.line("one", desks=("day",)),
        make.line("two", desks=("day", "night"), numbers=("2",)),
        make.line("three", desks=("night",), numbers=("3",)),
    ),
    desks=(make.desk("day"), make.desk("night")),
)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def on_duty(*people: Volunteer) -> Rota:
    return make.rota(*((person, "day", NIGHT) for person in people))


def waiting(
    number: int,
    *,
    since: float = 0,
    urgent: bool = False,
    tried: Mapping[str, float] | None = None,
    line: str = NANJING.name,
) -> WaitingCall:
    """A call that arrived so many seconds ago; who was tried, and how long ago."""
    ago = {make.volunteer(who).id: NOW - seconds(past) for who, past in (tried or {}).items()}
    return WaitingCall(CallId(number), line, NOW - seconds(since), urgent, ago)  # type: ignore[arg-type]


def strategic(strategy: Strategy, together: int = 4) -> Settings:
    ringing = Ringing(strategy=strategy, together=together)
    return replace(site(wave=3, urgent_wave=5), ringing=ringing)


def silent(person: Volunteer) -> Volunteer:
    """Somebody whose telephone is put aside."""
    return replace(person, presence=Presence(missed=3, missed_at=NOW))


def rings(
    calls: Iterable[WaitingCall],
    rota: Rota,
    settings: Settings | None = None,
    live: Iterable[LiveLeg] = (),
) -> list[tuple[int, str]]:
    """Which call rings whom, in order."""
    found = next_waves(tuple(calls), tuple(live), rota, settings or site(), NOW)
    return [(int(ring.call), ring.seat.volunteer.name) for ring in found]


def busy(person: Volunteer, leg: int, *, talking: bool = False) -> Volunteer:
    return replace(person, presence=Presence(LegId(leg), NOW + seconds(30), talking))


def live(leg: int, call: int, person: Volunteer, state: LegState = LegState.DIALLED) -> LiveLeg:
    return LiveLeg(LegId(leg), CallId(call), person.id, state, by_dial=False)


def test_one_caller_gets_a_wave_in_order_of_fairness() -> None:
    assert rings([waiting(1)], on_duty(*PEOPLE)) == [(1, "Ada"), (1, "Bo"), (1, "Cem")]


def test_each_caller_gets_one_person_before_anybody_gets_two() -> None:
    calls = [waiting(1, since=30), waiting(2, since=20), waiting(3, since=10)]

    assert rings(calls, on_duty(ADA, BO, CEM, DAN)) == [
        (1, "Ada"),
        (2, "Bo"),
        (3, "Cem"),
        (1, "Dan"),
    ]


def test_who_waited_longest_comes_first_and_who_is_urgent_before_them() -> None:
    calls = [waiting(1, since=5), waiting(2, since=60), waiting(3, since=1, urgent=True)]

    assert rings(calls, on_duty(ADA, BO)) == [(3, "Ada"), (2, "Bo")]


def test_an_urgent_caller_gets_a_wider_wave() -> None:
    found = rings([waiting(1, urgent=True)], on_duty(*PEOPLE), site(wave=1, urgent_wave=4))

    assert [name for _, name in found] == ["Ada", "Bo", "Cem", "Dan"]


def test_each_caller_gets_a_wave_of_their_own_size() -> None:
    calls = [waiting(1, urgent=True), waiting(2)]

    assert rings(calls, on_duty(*PEOPLE), site(wave=1, urgent_wave=3)) == [
        (1, "Ada"),
        (2, "Bo"),
        (1, "Cem"),
        (1, "Dan"),
    ]


def test_who_did_not_take_the_call_is_rung_for_it_again_only_later() -> None:
    calls = [waiting(1, tried={"Ada": 59, "Bo": 60})]

    assert rings(calls, on_duty(ADA, BO), site(ring_again=60)) == [(1, "Bo")]


def test_who_did_not_take_one_call_may_take_another() -> None:
    calls = [waiting(1, since=9, tried={"Ada": 5}), waiting(2)]

    assert rings(calls, on_duty(ADA)) == [(2, "Ada")]


def test_nobody_is_found_on_an_empty_roster_and_for_no_callers() -> None:
    assert rings([waiting(1)], on_duty()) == []
    assert rings([], on_duty(ADA)) == []


def test_a_caller_for_whom_nobody_is_free_gets_a_telephone_that_rings_second_for_another() -> None:
    rota = on_duty(busy(ADA, 1), busy(BO, 2), busy(CEM, 3))
    ringing = [live(1, 7, ADA), live(2, 7, BO), live(3, 7, CEM)]

    found = next_waves([waiting(8)], ringing, rota, site(), NOW)

    assert found == (Ring(CallId(8), found[0].seat, LegId(3)),)
    assert found[0].seat.volunteer.name == "Cem"


@pytest.mark.parametrize(
    "kept",
    [
        live(2, 7, BO, LegState.ANSWERED),
        live(2, 7, BO, LegState.ACCEPTED),
        replace(live(2, 7, BO), by_dial=True),
    ],
    ids=["in the whisper", "talking", "rung from the caller's own leg"],
)
def test_a_leg_is_not_taken_over_when_somebody_listens_or_the_call_has_only_it(
    kept: LiveLeg,
) -> None:
    rota = on_duty(busy(ADA, 1), busy(BO, 2))

    assert rings([waiting(8)], rota, live=[live(1, 7, ADA), kept]) == []


def test_a_telephone_that_is_about_to_ring_second_is_taken_over_too() -> None:
    rota = on_duty(busy(ADA, 1), busy(BO, 2))
    ringing = [live(1, 7, ADA), live(2, 7, BO, LegState.PLANNED)]

    assert rings([waiting(8)], rota, live=ringing) == [(8, "Bo")]


def test_a_caller_for_whom_somebody_is_free_takes_no_telephone_over() -> None:
    rota = on_duty(busy(ADA, 1), busy(BO, 2), CEM)
    ringing = [live(1, 7, ADA), live(2, 7, BO)]

    assert rings([waiting(8)], rota, live=ringing) == [(8, "Cem")]


def test_two_hungry_callers_take_over_two_different_legs() -> None:
    rota = on_duty(busy(ADA, 1), busy(BO, 2), busy(CEM, 3))
    ringing = [live(1, 7, ADA), live(2, 7, BO), live(3, 7, CEM)]

    assert rings([waiting(8), waiting(9)], rota, live=ringing) == [(8, "Cem"), (9, "Bo")]


def test_nobody_is_taken_over_whom_the_hungry_caller_has_tried() -> None:
    rota = on_duty(busy(ADA, 1), busy(BO, 2))
    ringing = [live(1, 7, ADA), live(2, 7, BO)]

    assert rings([waiting(8, tried={"Bo": 5})], rota, live=ringing) == []


def test_somebody_who_talks_is_not_taken_over() -> None:
    rota = on_duty(busy(ADA, 1), busy(BO, 2, talking=True))

    assert rings([waiting(8)], rota, live=[live(1, 7, ADA), live(2, 7, BO)]) == []


def test_the_first_free_person_is_rung_when_rest_does_not_serve() -> None:
    rota = on_duty(busy(ADA, 1), BO, CEM)

    seat = first_free(waiting(1, tried={"Bo": 5}), rota, site(), NOW)

    assert seat is not None
    assert seat.volunteer.name == "Cem"
    assert first_free(waiting(1), on_duty(), site(), NOW) is None


@pytest.mark.parametrize(
    ("waited", "staffed", "why"),
    [
        (0, True, None),
        (179.9, True, None),
        (180, True, Exit.CEILING),
        (0, False, Exit.UNSTAFFED),
        (500, False, Exit.UNSTAFFED),
    ],
)
def test_a_wait_ends_at_the_ceiling_or_when_nobody_is_there(
    waited: float, staffed: bool, why: Exit | None
) -> None:
    assert exit_due(NOW - seconds(waited), staffed, 180, NOW) == why


# Coarse grids, so that limits are met exactly.
TIMES = st.integers(0, 6).map(lambda n: NOW - seconds(20 * n))
PRESENCES = st.one_of(
    st.just(Presence()),
    st.builds(Presence, free_at=st.sampled_from([NOW - seconds(1), NOW, NOW + seconds(1)])),
    st.builds(
        Presence,
        leg=st.integers(1, 4).map(LegId),
        until=st.sampled_from([NOW - seconds(1), NOW, NOW + seconds(1), None]),
        talking=st.booleans(),
    ),
    st.builds(Presence, missed=st.integers(0, 2), talk_seconds=st.integers(0, 3)),
)
DESKS = st.sampled_from(["day", "night"])


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    """People at one or two desks, overlapping as it comes."""
    people = [replace(person, presence=draw(PRESENCES)) for person in PEOPLE]
    posts = draw(st.lists(st.tuples(st.sampled_from(people), DESKS), max_size=10))
    spans = [NIGHT, make.span("2026-11-24 15:10", "2026-11-24 15:11")]
    return make.rota(*((who, desk, draw(st.sampled_from(spans))) for who, desk in posts))


@st.composite
def callers(draw: st.DrawFn) -> tuple[WaitingCall, ...]:
    """Some who wait, on three lines, having tried some."""
    count = draw(st.integers(0, 5))
    return tuple(
        replace(
            waiting(number, line=draw(st.sampled_from(["one", "two", "three"]))),
            arrived=draw(TIMES),
            urgent=draw(st.booleans()),
            tried=draw(st.dictionaries(st.sampled_from([p.id for p in PEOPLE]), TIMES, max_size=3)),
        )
        for number in range(1, count + 1)
    )


LEGS = st.lists(
    st.builds(
        LiveLeg,
        id=st.integers(1, 4).map(LegId),
        call=st.integers(6, 8).map(CallId),
        person=st.sampled_from([person.id for person in PEOPLE]),
        state=st.sampled_from([state for state in LegState if state is not LegState.ENDED]),
        by_dial=st.booleans(),
    ),
    unique_by=lambda leg: leg.id,
    max_size=4,
)


@given(callers(), LEGS, rotas())
def test_nobody_is_ever_rung_for_two_calls_or_twice(
    calls: tuple[WaitingCall, ...], legs: list[LiveLeg], rota: Rota
) -> None:
    found = next_waves(calls, legs, rota, THREE_LINES, NOW)

    people = [ring.seat.volunteer.id for ring in found]
    taken = [ring.takes_over for ring in found if ring.takes_over]
    assert len(people) == len(set(people))
    assert len(taken) == len(set(taken))


@given(callers(), LEGS, rotas())
def test_nobody_is_rung_who_is_off_duty_busy_or_was_just_tried(
    calls: tuple[WaitingCall, ...], legs: list[LiveLeg], rota: Rota
) -> None:
    by_id = {call.id: call for call in calls}
    for ring in next_waves(calls, legs, rota, THREE_LINES, NOW):
        person, call = ring.seat.volunteer, by_id[ring.call]
        last = call.tried.get(person.id)
        assert last is None or NOW - last >= seconds(THREE_LINES.answering.ring_again)
        assert ring.seat.desk in (THREE_LINES.line(call.line) or NANJING).desks
        assert any(d.person == person.id and d.desk == ring.seat.desk for d in rota.duties)
        assert ring.takes_over or _free(person, NOW)


@given(callers(), LEGS, rotas())
def test_no_caller_gets_a_second_person_while_another_who_could_have_them_gets_none(
    calls: tuple[WaitingCall, ...], legs: list[LiveLeg], rota: Rota
) -> None:
    found = next_waves(calls, legs, rota, THREE_LINES, NOW)
    served = [ring.call for ring in found]
    second = [ring for place, ring in enumerate(found) if ring.call in served[:place]]

    for call in calls:
        if call.id not in served:
            for ring in second:
                seat = first_free(call, _only(rota, ring), THREE_LINES, NOW)
                assert seat is None or seat.volunteer.id in call.tried


@given(callers(), rotas())
def test_the_same_question_has_the_same_answer(calls: tuple[WaitingCall, ...], rota: Rota) -> None:
    first = next_waves(calls, (), rota, THREE_LINES, NOW)
    assert next_waves(calls[::-1], (), rota, THREE_LINES, NOW) == first


def _free(person: Volunteer, at: datetime) -> bool:
    now = person.presence
    return (now.leg is None or (now.until is not None and now.until <= at)) and now.free_at <= at


def _only(rota: Rota, ring: Ring) -> Rota:
    """The same rota with nobody but the person of `ring`."""
    who = ring.seat.volunteer.id
    return Rota(
        tuple(person for person in rota.volunteers if person.id == who),
        tuple(duty for duty in rota.duties if duty.person == who),
    )


@pytest.mark.parametrize(
    ("strategy", "rung", "wave"),
    [
        (Strategy.FAIREST, 0, 3),
        (Strategy.LONGEST_IDLE, 9, 3),
        (Strategy.ALL, 0, 4),
        (Strategy.MIXED, 0, 1),
        (Strategy.MIXED, 1, 2),
        (Strategy.MIXED, 2, 2),
        (Strategy.MIXED, 3, 4),
    ],
)
def test_a_strategy_says_how_many_ring_together(strategy: Strategy, rung: int, wave: int) -> None:
    call = replace(waiting(1), rung=rung)

    assert len(rings([call], on_duty(*PEOPLE), strategic(strategy))) == wave


def test_a_line_has_a_strategy_of_its_own() -> None:
    settings = strategic(Strategy.MIXED)
    own = replace(make.line("own", numbers=("3",)), strategy=Strategy.ALL)
    settings = replace(settings, lines=(*settings.lines, own))

    assert len(rings([waiting(1)], on_duty(*PEOPLE), settings)) == 1
    assert len(rings([waiting(1, line="own")], on_duty(*PEOPLE), settings)) == 4


def test_an_urgent_call_rings_at_least_as_many_as_any_other() -> None:
    call = waiting(1, urgent=True)

    assert len(rings([call], on_duty(*PEOPLE), strategic(Strategy.MIXED))) == 5
    assert len(rings([call], on_duty(*PEOPLE), strategic(Strategy.ALL, together=6))) == 6


def test_a_line_that_left_the_configuration_is_rung_for_like_the_first() -> None:
    call = waiting(1, line="gone")

    assert rings([call], on_duty(ADA)) == [(1, "Ada")]


def test_a_telephone_put_aside_is_rung_when_nobody_else_can_be() -> None:
    rota = on_duty(silent(ADA), BO)

    assert rings([waiting(1)], rota) == [(1, "Bo")]
    assert rings([waiting(1, tried={"Bo": 10})], rota) == [(1, "Ada")]
    assert rings([waiting(1)], on_duty(silent(ADA), silent(BO))) == [(1, "Ada")]
    assert first_free(waiting(1), on_duty(silent(ADA)), site(), NOW) is not None


def test_a_caller_reaches_the_same_person_first_if_they_are_free() -> None:
    again = replace(waiting(1), same=CEM.id)

    assert rings([again], on_duty(ADA, BO, CEM), site(wave=2)) == [(1, "Cem"), (1, "Ada")]
    assert rings([again], on_duty(ADA, BO), site(wave=1)) == [(1, "Ada")]
    free = first_free(again, on_duty(ADA, CEM), site(), NOW)
    assert free is not None
    assert free.volunteer.name == "Cem"


def delayed(number: int, *, since: float = 0, rung: int = 0) -> WaitingCall:
    return replace(waiting(number, since=since), delayed=True, rung=rung)


def test_a_delayed_caller_comes_after_everybody_else_and_wakes_one_person() -> None:
    calls = [delayed(1, since=30), waiting(2)]

    assert rings(calls, on_duty(ADA)) == [(2, "Ada")]
    assert rings([delayed(1)], on_duty(*PEOPLE)) == [(1, "Ada")]


def test_a_delayed_caller_for_whom_nobody_was_rung_is_in_turn_before_the_minute_is_over() -> None:
    assert rings([delayed(1, since=39), waiting(2)], on_duty(ADA)) == [(2, "Ada")]
    assert rings([delayed(1, since=40), waiting(2)], on_duty(ADA)) == [(1, "Ada")]
    assert rings([delayed(1, since=90, rung=1), waiting(2)], on_duty(ADA)) == [(2, "Ada")]


@pytest.mark.parametrize("age", [40, 45, 59])
def test_who_dials_forty_seconds_later_is_never_rung_for_before_a_delayed_caller(
    age: int,
) -> None:
    later = [waiting(number, since=age - 40) for number in (2, 3)]

    assert rings([*later, delayed(1, since=age)], on_duty(ADA)) == [(1, "Ada")]


def test_a_delayed_caller_in_danger_comes_first() -> None:
    urgent = replace(delayed(1), urgent=True)

    assert rings([waiting(2, since=60), urgent], on_duty(ADA)) == [(1, "Ada")]
    assert rings([waiting(2, since=-1, urgent=True), urgent], on_duty(ADA)) == [(1, "Ada")]


def test_a_delayed_caller_takes_no_telephone_over() -> None:
    rota = on_duty(busy(ADA, 1), busy(BO, 2))
    legs = (live(1, 9, ADA), live(2, 9, BO))

    assert rings([delayed(1)], rota, live=legs) == []
    assert rings([waiting(1)], rota, live=legs) == [(1, "Bo")]
    assert rings([replace(delayed(1), urgent=True)], rota, live=legs) == [(1, "Bo")]


def test_who_could_be_rung_but_for_the_wish_is_free_and_was_not_just_tried() -> None:
    rota = on_duty(ADA, BO, busy(CEM, 1))
    call = replace(waiting(1, tried={"Bo": 5}), wish=Wish(dialect="suzhou"))

    assert rings([call], rota) == []
    assert free_but_for_the_wish(call, rota, site(), NOW) == (ADA,)

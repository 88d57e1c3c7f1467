"""Callers come, telephones ring, people talk: each step, second by second."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.problem import Span
from scheduling.rehearsal.callers import RehearsalError
from scheduling.rehearsal.play import play
from scheduling.rehearsal.stage import Call, Leg, Outcome, Phone, Ring, Stage, Ways
from scheduling.rehearsal.tally import Tally
from tests.scheduling.rehearsal import desk
from tests.scheduling.rehearsal.desk import FirstFree, caller, ends, post, seconds, stage

SLOW = Ways(
    greeting=seconds(8),
    pick_up=seconds(7),
    whisper=seconds(5),
    ring=seconds(20),
    wrap_up=seconds(120),
    last_words=seconds(15),
    stops_ringing=seconds(2),
    hears_out=seconds(6),
    ring_again=seconds(60),
    longest_wait=seconds(180),
)
PROMPT, LATE, NEVER = 0.3, 0.999, 0.1  # luck of a ring where a fifth is not taken


class Told(FirstFree):
    """Rings as each test says, and remembers what it saw at each asking."""

    longest = timedelta(seconds=180)

    def __init__(self, phones: Mapping[str, Phone]) -> None:
        super().__init__(phones)
        self.seen: list[tuple[float, tuple[str, ...]]] = []

    def rings(self, waiting: Iterable[Call], legs: Iterable[Leg], at: datetime) -> Sequence[Ring]:
        asked = self.asked(list(waiting), list(legs), at)
        names = tuple(ring.person for ring in asked)
        self.seen.append(((at - desk.MONDAY).total_seconds(), names))
        return asked

    def asked(self, waiting: list[Call], legs: list[Leg], at: datetime) -> Sequence[Ring]:
        return super().rings(waiting, legs, at)


class Waves(Told):
    """Rings two free people at once for the first caller."""

    def asked(self, waiting: list[Call], legs: list[Leg], at: datetime) -> Sequence[Ring]:
        free = [p.person for p in self.phones.values() if p.leg is None and p.free_at <= at]
        return [Ring(waiting[0].id, person, "day") for person in free[:2]]


class TakesOver(Waves):
    """Takes the second telephone of somebody else when nobody is free."""

    def asked(self, waiting: list[Call], legs: list[Leg], at: datetime) -> Sequence[Ring]:
        free = super().asked(waiting, legs, at)
        spare = [leg for leg in legs if leg.call.legs[0] is not leg]
        return free or [Ring(waiting[0].id, leg.person, "day", leg.id) for leg in spare]


class Nobody(Told):
    """A line without anybody on duty."""

    def exit_due(self, line: str, since: datetime, at: datetime) -> Outcome | None:
        return Outcome.UNSTAFFED


def told(where: Stage, exchange: type[Told], *callers: object) -> tuple[Tally, Told]:
    made: list[Told] = []

    def make(phones: Mapping[str, Phone]) -> Told:
        made.append(exchange(phones))
        return made[0]

    return play(where, callers, 0.0, make), made[0]  # type: ignore[arg-type]


def rung(telephone: Told) -> list[tuple[float, str]]:
    return [(second, name) for second, names in telephone.seen for name in names]


def test_who_calls_while_somebody_is_free_talks_at_once() -> None:
    tally = desk.played(stage(post("ada")), caller(100))

    assert ends(tally) == {"answered": 1}
    assert (desk.waited(tally), desk.in_time(tally)) == (0, 1)


def test_who_comes_second_waits_until_talk_and_wrap_up_are_over() -> None:
    where = stage(post("ada"), ways=Ways(wrap_up=seconds(120)))

    tally = desk.played(where, caller(0, talk=600), caller(100))

    assert desk.waited(tally) == 600 + 120 - 100
    assert desk.in_time(tally) == 1


def test_patience_ends_a_wait_and_nobody_is_kept() -> None:
    where = stage(post("ada"))

    tally = desk.played(where, caller(0), caller(100, patience=30), caller(200))

    assert ends(tally) == {"answered": 2, "left": 1}
    assert desk.waited(tally) == 30 + 400


def test_some_who_hung_up_call_again_until_they_have_tried_five_times() -> None:
    where = stage()

    patient = desk.played(where, caller(0, patience=10, returns=0.5), returning=0.4)
    stubborn = desk.played(where, caller(0, patience=10, returns=0.5), returning=0.6)

    assert ends(patient) == {"left": 1}
    assert ends(stubborn) == {"left": 5}


def test_nobody_calls_again_after_the_span() -> None:
    where = stage(hours=0.02)  # 72 seconds

    tally = desk.played(where, caller(0, patience=10, returns=0.5), returning=0.6)

    assert desk.calls(tally) == 2


def test_after_the_longest_wait_comes_the_exit() -> None:
    tally, _ = told(stage(ways=SLOW), Told, caller(0))

    assert ends(tally) == {"ceiling": 1}
    assert desk.waited(tally) == 180


def test_with_nobody_on_duty_the_exit_comes_at_once() -> None:
    tally, _ = told(stage(ways=SLOW), Nobody, caller(0))

    assert ends(tally) == {"unstaffed": 1}
    assert desk.waited(tally) == 0


def test_a_telephone_that_still_rings_is_waited_for_though_the_shift_is_over() -> None:
    tally, _ = told(stage(post("ada", 0, 100), ways=SLOW), Nobody, caller(99))

    assert ends(tally) == {"answered": 1}


def test_the_exit_comes_when_the_last_telephone_has_rung_out() -> None:
    class OnlyOnce(Nobody):
        def asked(self, waiting: list[Call], legs: list[Leg], at: datetime) -> Sequence[Ring]:
            return [] if waiting[0].tried else super().asked(waiting, legs, at)

    ways = Ways(ring=seconds(20), unaccepted=0.2)

    tally, _ = told(stage(post("ada"), ways=ways), OnlyOnce, caller(0, luck=[NEVER] * 16))

    assert ends(tally) == {"unstaffed": 1}
    assert desk.waited(tally) == 20


def test_who_waits_when_the_last_shift_ends_hears_the_exit_then() -> None:
    class UntilFive(Told):
        def exit_due(self, line: str, since: datetime, at: datetime) -> Outcome | None:
            return Outcome.UNSTAFFED if at >= desk.at(500) else None

    where = stage(post("ada", 0, 500))

    tally, _ = told(where, UntilFive, caller(0, talk=1000), caller(450))

    assert ends(tally) == {"answered": 1, "unstaffed": 1}
    assert desk.waited(tally) == 50


def test_talk_begins_after_the_greeting_however_fast_the_key_is_pressed() -> None:
    tally, _ = told(stage(post("ada"), ways=Ways(greeting=seconds(8))), Told, caller(0))

    assert desk.waited(tally) == 8


def test_who_hangs_up_during_the_greeting_frees_whoever_took_the_call() -> None:
    ways = Ways(greeting=seconds(8), wrap_up=seconds(120), last_words=seconds(15))

    tally, telephone = told(stage(post("ada"), ways=ways), Told, caller(0, patience=5), caller(6))

    assert ends(tally) == {"answered": 1, "left": 1}
    assert rung(telephone) == [(0, "ada"), (20, "ada")]


def test_ringing_and_whisper_take_their_time() -> None:
    tally, _ = told(stage(post("ada"), ways=SLOW), Told, caller(0, luck=[LATE] * 16))

    assert 20 < desk.waited(tally) < 25  # 20 s of ringing at most, 5 s of whisper


def test_who_does_not_pick_up_is_rung_again_after_a_while() -> None:
    ways = Ways(ring=seconds(20), unaccepted=0.2, ring_again=seconds(60))

    class OncePerMinute(Told):
        def asked(self, waiting: list[Call], legs: list[Leg], at: datetime) -> Sequence[Ring]:
            last = waiting[0].tried.get("ada", desk.at(-60))
            return super().asked(waiting, legs, at) if at - last >= seconds(60) else []

    where = stage(post("ada"), ways=ways)

    tally, telephone = told(where, OncePerMinute, caller(0, luck=[NEVER, PROMPT] * 8))

    assert rung(telephone) == [(0, "ada"), (80, "ada")]
    assert desk.waited(tally) == 80
    assert telephone.phones["ada"].missed == 0  # taking a call makes up for it


def test_telephones_begin_to_ring_one_after_the_other() -> None:
    ways = Ways(ring=seconds(20), unaccepted=0.2, paced=seconds(1))

    tally, _ = told(stage(post("ada"), post("bo"), ways=ways), Waves, caller(0, luck=[NEVER] * 16))
    slower, telephone = told(
        stage(post("ada"), post("bo"), ways=ways), Waves, caller(0, luck=[NEVER, PROMPT] * 8)
    )

    assert ends(tally) == {"ceiling": 1}
    assert desk.waited(slower) == 1
    assert telephone.phones["ada"].missed == 0  # her telephone stopped before it rang out


def test_the_first_of_a_wave_wins_and_the_others_are_free_soon() -> None:
    where = stage(post("ada"), post("bo"), ways=SLOW)

    tally, telephone = told(
        where, Waves, caller(0, luck=[PROMPT, LATE] * 8), caller(30, luck=[PROMPT] * 16)
    )

    assert ends(tally) == {"answered": 2}
    assert rung(telephone)[:3] == [(0, "ada"), (0, "bo"), (30, "bo")]


def test_who_hears_the_whisper_for_nothing_is_free_a_moment_later() -> None:
    ways = Ways(pick_up=seconds(1), whisper=seconds(5), hears_out=seconds(6))

    tally, telephone = told(
        stage(post("ada"), post("bo"), ways=ways),
        Waves,
        caller(0, luck=[0.1, 0.11] * 8),
        caller(5.2, talk=10),
    )

    [ada, bo, again] = rung(telephone)[:3]
    assert (ada[0], bo[0], again[1]) == (0, 0, "bo")
    assert 11 < again[0] < 11.2  # bo, who was told after some 5.1 s that ada has the call
    assert ends(tally) == {"answered": 2}


def test_when_the_caller_leaves_telephones_stop() -> None:
    where = stage(post("ada"), post("bo"), ways=SLOW)

    tally, telephone = told(where, Waves, caller(0, patience=1, luck=[LATE] * 16), caller(2))

    assert ends(tally) == {"answered": 1, "left": 1}
    assert rung(telephone) == [(0, "ada"), (0, "bo"), (3, "ada"), (3, "bo")]


def test_a_second_telephone_is_taken_over_for_another_caller() -> None:
    where = stage(post("ada"), post("bo"), ways=SLOW)

    tally, telephone = told(
        where, TakesOver, caller(0, luck=[LATE] * 16), caller(1, luck=[PROMPT] * 16)
    )

    assert ends(tally) == {"answered": 2}
    assert rung(telephone) == [(0, "ada"), (0, "bo"), (1, "bo")]
    assert telephone.phones["bo"].missed == 0


@pytest.mark.parametrize(("patience", "end"), [(10_000, "answered"), (178.0, "left")])
def test_at_the_ceiling_a_whisper_is_heard_to_its_end(patience: float, end: str) -> None:
    class AtLast(Told):
        def asked(self, waiting: list[Call], legs: list[Leg], at: datetime) -> Sequence[Ring]:
            return super().asked(waiting, legs, at) if at >= desk.at(177) else []

    where = stage(post("ada"), post("bo", 177), ways=SLOW)

    tally, _ = told(where, AtLast, caller(0, patience=patience, luck=[0.1] * 16))

    assert ends(tally) == {end: 1}


def test_work_counts_in_the_hours_it_is_done_and_not_after_duty() -> None:
    where = stage(post("ada", 0, 2 * 3600), ways=Ways(wrap_up=seconds(1800)), hours=3)

    tally = desk.played(where, caller(1800, talk=2700), caller(6600, talk=2700))

    assert dict(tally.busy["day"]) == {0: 0.5, 1: 0.75 + 1 / 6}


def test_who_is_called_to_a_talk_after_their_duty_works_for_nobody() -> None:
    tally, _ = told(stage(post("ada", 0, 5), ways=SLOW), Told, caller(4, luck=[LATE] * 16))

    assert ends(tally) == {"answered": 1}
    assert sum(tally.busy["day"].values()) == 0


def test_talk_adds_up_over_one_stretch_of_work() -> None:
    hour = 3600.0
    _, telephone = told(
        stage(post("ada")), Told, caller(0, 600), caller(hour, 600), caller(12 * hour, 60)
    )

    assert telephone.phones["ada"].talk_seconds == 60
    _, telephone = told(stage(post("ada")), Told, caller(0, 600), caller(hour, 600))
    assert telephone.phones["ada"].talk_seconds == 1200


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_a_share_of_rings_that_nobody_takes_is_a_share(share: float) -> None:
    with pytest.raises(RehearsalError, match="share of rings"):
        Ways(unaccepted=share)


@given(
    people=st.integers(0, 4),
    comes=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 900), st.integers(1, 400))),
    luck=st.lists(st.floats(0, 0.999), min_size=16, max_size=16),
    unaccepted=st.sampled_from([0.0, 0.3]),
)
def test_every_call_has_one_outcome_and_nobody_two_calls(
    people: int, comes: list[tuple[int, int, int]], luck: list[float], unaccepted: float
) -> None:
    class Watchful(Waves):
        def asked(self, waiting: list[Call], legs: list[Leg], at: datetime) -> Sequence[Ring]:
            busy = [leg.person for leg in legs]
            assert len(busy) == len(set(busy))
            asked = super().asked(waiting, legs, at)
            assert not {ring.person for ring in asked} & set(busy)
            return asked

    ways = Ways(**{**vars(SLOW), "unaccepted": unaccepted})
    where = stage(*(post(f"p{n}") for n in range(people)), ways=ways)
    callers = [caller(at, talk, patience=wait, luck=luck) for at, talk, wait in sorted(comes)]

    tally = play(where, callers, 0.5, Watchful)

    assert desk.calls(tally) == sum(ends(tally).values()) >= len(callers)
    assert where.span == Span(desk.MONDAY, desk.at(desk.DAY))

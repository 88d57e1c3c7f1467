"""What the board makes of the facts: who is shown where, who waits, and what is said loudly."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.board import (
    Board,
    BoardFacts,
    Concern,
    ConcernKind,
    DeskShown,
    Doing,
    LateCall,
    LineShown,
    OpenCall,
    PersonShown,
    Present,
    Promised,
    Rate,
    Stage,
    board,
)
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import Outcome
from hotline.config.settings import LineName
from hotline.duty import Attended, Fact, LegId, Presence, Rota, ToldBy, Why
from hotline.oversight.alarms import Alarm, AlarmKind, OpenAlarm
from tests import make

AT = make.local("2026-11-24 23:10")
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")  # 22:00-08:00 in Shanghai
TOMORROW = make.span("2026-11-25 14:00", "2026-11-26 00:00")
LINE, CALL = LineName("help"), CallId(1)
CITY = make.settings(
    desks=[make.desk(), make.desk("pool", certificates=["crisis"])],
    lines=[make.line(desks=["day", "pool"])],
)
TRAINED = {"crisis": make.LONG_AFTER}
ADA, BO = make.volunteer("Ada"), make.volunteer("Bo")
CEM = make.volunteer("Cem", desks=["pool"], certificates=TRAINED)


def seen(rota: Rota, *calls: OpenCall) -> Board:
    return board(BoardFacts(calls=calls), rota, CITY, AT)


def only_line(shown: Board) -> LineShown:
    [line] = shown.lines
    return line


def people(desk: DeskShown) -> list[tuple[str, Doing]]:
    return [(person.name, person.doing) for person in desk.people]


def only_person(rota: Rota, *calls: OpenCall) -> PersonShown:
    [person] = only_line(seen(rota, *calls)).desks[0].people
    return person


def test_people_stand_at_the_desk_where_they_sit_and_overflow_is_named() -> None:
    shown = only_line(seen(make.rota((ADA, "day", NIGHT), (CEM, "pool", NIGHT))))

    assert [(desk.title.en, desk.overflow) for desk in shown.desks] == [
        ("day", False),
        ("pool", True),
    ]
    assert [people(desk) for desk in shown.desks] == [
        [("Ada", Doing.FREE)],
        [("Cem", Doing.FREE)],
    ]


def test_a_person_who_is_rung_says_so() -> None:
    ada = make.volunteer("Ada", presence=Presence(leg=LegId(1), until=AT + timedelta(seconds=20)))

    assert only_person(make.rota((ada, "day", NIGHT))).doing is Doing.RINGING


def test_a_person_who_talks_says_since_when() -> None:
    ada = make.volunteer("Ada", presence=Presence(leg=LegId(1), talking=True))
    since = AT - timedelta(minutes=12)
    call = OpenCall(CALL, LINE, Stage.TALKING, since, person=ada.id)

    person = only_person(make.rota((ada, "day", NIGHT)), call)

    assert (person.doing, person.since) == (Doing.TALKING, since)


def test_a_person_in_wrap_up_says_until_when() -> None:
    ada = make.volunteer("Ada", presence=Presence(free_at=AT + timedelta(minutes=2)))

    person = only_person(make.rota((ada, "day", NIGHT)))

    assert (person.doing, person.until) == (Doing.WRAP_UP, AT + timedelta(minutes=2))


def test_a_rostered_person_who_is_not_rung_is_shown_with_the_reason() -> None:
    lapsed = make.volunteer("Cem", desks=["pool"], certificates={"crisis": NIGHT.start})

    [person] = only_line(seen(make.rota((lapsed, "pool", NIGHT)))).desks[1].people

    assert (person.doing, person.barred) == (Doing.BARRED, Why.EXPIRED)
    assert person.certificate == "crisis"


def test_when_nobody_is_on_duty_the_next_person_is_named_by_time() -> None:
    shown = only_line(seen(make.rota((ADA, "day", TOMORROW))))

    assert not shown.staffed
    assert shown.next_at == TOMORROW.start


def test_no_next_time_is_given_while_somebody_is_there() -> None:
    shown = seen(make.rota((ADA, "day", NIGHT), (BO, "day", TOMORROW)))

    assert only_line(shown).next_at is None
    assert shown.unstaffed == ()


def test_a_line_whose_people_are_all_busy_is_not_called_unstaffed() -> None:
    ada = make.volunteer("Ada", presence=Presence(leg=LegId(1), talking=True))

    shown = seen(make.rota((ada, "day", NIGHT)))

    assert only_line(shown).staffed
    assert (shown.free, only_line(shown).free) == (0, 0)


def test_callers_wait_in_the_order_they_came() -> None:
    late = OpenCall(CALL, LINE, Stage.WAITING, AT - timedelta(seconds=5))
    early = OpenCall(CALL, LINE, Stage.WAITING, AT - timedelta(seconds=50), urgent=True, ringing=2)

    shown = seen(make.rota((ADA, "day", NIGHT)), late, early)

    assert [caller.since for caller in only_line(shown).waiting] == [early.since, late.since]
    assert only_line(shown).waiting[0].urgent
    assert (shown.waiting, shown.longest_wait) == (2, timedelta(seconds=50))


def test_only_a_wait_beyond_the_limit_is_said_to_be() -> None:
    limit = timedelta(seconds=CITY.answering.longest_wait)
    at_limit = OpenCall(CALL, LINE, Stage.WAITING, AT - limit)
    beyond = OpenCall(CALL, LINE, Stage.WAITING, AT - limit - timedelta(seconds=1))
    talks = OpenCall(CALL, LINE, Stage.TALKING, AT - 2 * limit)

    shown = only_line(seen(make.rota(), at_limit, beyond, talks))

    assert [caller.over_limit for caller in shown.waiting] == [True, False]
    assert not shown.talking[0].over_limit


def test_callers_on_their_way_out_neither_wait_nor_talk() -> None:
    shown = seen(make.rota(), OpenCall(CALL, LINE, Stage.LEAVING, AT))

    assert (shown.waiting, shown.talking) == (0, 0)
    assert len(only_line(shown).leaving) == 1


def test_a_person_of_two_lines_counts_once() -> None:
    both = make.settings(
        desks=[make.desk()], lines=[make.line(), make.line("parents", numbers=["96112"])]
    )

    shown = board(BoardFacts(), make.rota((ADA, "day", NIGHT)), both, AT)

    assert [line.free for line in shown.lines] == [1, 1]
    assert shown.free == 1


def test_outcomes_stand_in_one_order_and_are_added_up() -> None:
    facts = BoardFacts(outcomes={LINE: {Outcome.LEFT: 2, Outcome.ANSWERED: 5}})

    shown = board(facts, make.rota(), CITY, AT)

    assert shown.outcomes == (Outcome.ANSWERED, Outcome.LEFT)
    assert (shown.ended(Outcome.ANSWERED), shown.ended(Outcome.MESSAGE)) == (5, 0)


def test_promises_are_added_up_over_the_lines_that_are_shown() -> None:
    facts = BoardFacts(promised={LINE: Promised(3, 1, 2), LineName("other"): Promised(9, 9, 9)})

    shown = board(facts, make.rota(), CITY, AT)

    assert shown.promised == only_line(shown).promised == Promised(3, 1, 2)


def test_the_rate_is_of_the_lines_that_are_shown() -> None:
    arrived = AT - timedelta(minutes=9)
    quick = LateCall(LINE, arrived, arrived + timedelta(seconds=9), AT)
    slow = LateCall(LINE, arrived, arrived + timedelta(seconds=31), AT)
    elsewhere = LateCall(LineName("other"), arrived, None, None)

    shown = board(BoardFacts(lately=(quick, slow, elsewhere)), make.rota(), CITY, AT)

    assert shown.rate == only_line(shown).rate == Rate(1, 2)
    assert shown.within == timedelta(seconds=15)


def test_a_site_may_ask_for_an_answer_within_another_time() -> None:
    patient = replace(CITY, demand=replace(make.demand(), within_seconds=40))
    arrived = AT - timedelta(minutes=9)
    slow = LateCall(LINE, arrived, arrived + timedelta(seconds=31), AT)

    assert board(BoardFacts(lately=(slow,)), make.rota(), patient, AT).rate == Rate(1, 1)


def test_a_desk_tells_who_is_on_paper_who_confirmed_and_who_came() -> None:
    came = (Fact(Attended.CHECKED_IN, NIGHT.start, None, NIGHT.start, ToldBy.CALL),)
    ada = replace(ADA, facts=came)

    shown = only_line(seen(make.rota((ada, "day", NIGHT), (BO, "day", NIGHT))))

    assert shown.desks[0].present == shown.present == Present(2, 1, 1, 0)
    assert [person.duty is not None for person in shown.desks[0].people] == [True, True]


def test_who_sits_at_no_desk_of_the_line_is_not_shown_there() -> None:
    alone = make.settings(
        desks=[make.desk(), make.desk("pool", certificates=["crisis"])], lines=[make.line()]
    )

    shown = board(BoardFacts(), make.rota((ADA, "day", NIGHT), (CEM, "pool", NIGHT)), alone, AT)

    assert [people(desk) for desk in only_line(shown).desks] == [[("Ada", Doing.FREE)]]


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (AlarmKind.UNREACHABLE, ADA.code),
        (AlarmKind.NO_STAND_IN, f"day 2026-11-24 22:00 {ADA.code}"),
    ],
)
def test_whom_an_alarm_tells_of_has_a_name(kind: AlarmKind, subject: str) -> None:
    out = OpenAlarm(1, Alarm(kind, subject), AT)

    shown = board(BoardFacts(alarms=(out,)), make.rota((ADA, "day", NIGHT)), CITY, AT)

    assert shown.names == {ADA.code: "Ada"}


def late_duties(count: int) -> tuple[Concern, ...]:
    return tuple(Concern(ConcernKind.UNCONFIRMED, at=AT, count=n) for n in range(count))


def test_what_a_life_may_hang_on_comes_first_and_of_each_kind_only_the_first_few() -> None:
    emergency, untold = (
        OpenAlarm(number, Alarm(kind, "help/7"), AT)
        for number, kind in enumerate((AlarmKind.EMERGENCY, AlarmKind.UNTOLD))
    )
    waiting = Concern(ConcernKind.WAITING, at=AT)
    told = (waiting, *late_duties(6))

    shown = replace(seen(make.rota()), concerns=told, alarms=(untold, emergency))

    assert shown.told_first == (emergency, waiting, *late_duties(4), untold)
    assert shown.told_further == late_duties(6)[4:]
    assert shown.cares == (emergency, *told, untold)


def test_of_many_lines_those_where_callers_wait_come_first_and_of_few_none_moves() -> None:
    for many, order in ((13, ["l09", "l03", "l00"]), (12, ["l00", "l01", "l02"])):
        lines = tuple(make.line(f"l{number:02}") for number in range(many))
        calls = (
            OpenCall(CallId(1), LineName("l03"), Stage.WAITING, AT - timedelta(seconds=9)),
            OpenCall(CallId(2), LineName("l09"), Stage.WAITING, AT - timedelta(seconds=99)),
        )
        settings = replace(CITY, lines=lines)

        shown = board(BoardFacts(calls), make.rota(), settings, AT)

        assert [each.line.name for each in shown.lines[:3]] == order

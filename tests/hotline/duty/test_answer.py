"""Who is on duty: rung in which order, and what keeps everybody else out."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from hotline.config.settings import Language, Line, Settings
from hotline.config.tables.ringing import LineCertificate, Strategy
from hotline.duty import (
    Away,
    Presence,
    Rota,
    Volunteer,
    Why,
    next_on_duty,
    on_duty,
    on_standby,
    rostered,
)
from scheduling.problem import Span
from tests import make
from tests.make import LONG_AFTER

NOW = make.utc("2026-11-24 15:10")
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")
TOMORROW = make.span("2026-11-25 14:00", "2026-11-26 00:00")
DAY, REGION = make.desk("day"), make.desk("region")
LINE = make.line(desks=("day", "region"))
SITE = make.settings(desks=(DAY, REGION), lines=(LINE,))
ADA, BO, CEM = make.volunteer("Ada"), make.volunteer("Bo"), make.volunteer("Cem")
HOUR = timedelta(hours=1)


def rung(*people: Volunteer, at: datetime = NOW) -> list[str]:
    rota = make.rota(*((person, "day", NIGHT) for person in people))
    return [seat.volunteer.name for seat in on_duty(rota, LINE, SITE, at).rung]


def being(person: Volunteer, **presence: object) -> Volunteer:
    return replace(person, presence=Presence(**presence))  # type: ignore[arg-type]


def test_who_missed_nothing_then_talked_least_then_idled_longest_is_rung_first() -> None:
    missed = being(ADA, missed=1)
    talked = being(BO, talk_seconds=600, last_ended=NOW - HOUR)
    idle = being(CEM, talk_seconds=60, last_ended=NOW - HOUR)
    idler = being(make.volunteer("Dan"), talk_seconds=60, last_ended=NOW - 2 * HOUR)
    never = make.volunteer("Fay")

    assert rung(missed, talked, idle, idler, never) == ["Fay", "Dan", "Cem", "Bo", "Ada"]


def test_equals_are_rung_in_the_order_of_their_codes() -> None:
    assert rung(CEM, BO, ADA) == ["Ada", "Bo", "Cem"]


@pytest.mark.parametrize(("hours", "first"), [(7.9, "Bo"), (8, "Ada")])
def test_talk_counts_within_one_stretch_of_work(hours: float, first: str) -> None:
    tired = being(ADA, talk_seconds=9000, last_ended=NOW - timedelta(hours=hours))
    fresh = being(BO, talk_seconds=60, last_ended=NOW - timedelta(minutes=30))

    assert rung(tired, fresh)[0] == first


def test_the_own_desk_is_rung_before_the_next_of_the_chain() -> None:
    rota = make.rota((ADA, "region", NIGHT), (being(BO, missed=3), "day", NIGHT))

    duty = on_duty(rota, LINE, SITE, NOW)

    assert [(seat.volunteer.name, seat.desk) for seat in duty.rung] == [
        ("Bo", "day"),
        ("Ada", "region"),
    ]


def test_a_person_with_several_overlapping_posts_appears_once_at_the_first_desk() -> None:
    rota = make.rota((ADA, "region", NIGHT), (ADA, "day", NIGHT), (ADA, "day", NIGHT))

    duty = on_duty(rota, LINE, SITE, NOW)

    assert [(seat.volunteer.name, seat.desk) for seat in duty.rung] == [("Ada", "day")]
    assert duty.kept_out == ()


@pytest.mark.parametrize(
    ("presence", "why"),
    [
        ({"leg": 1, "until": NOW + HOUR, "talking": True}, Why.TALKING),
        ({"leg": 1, "until": NOW + HOUR}, Why.RINGING),
        ({"leg": 1, "until": None}, Why.RINGING),
        ({"free_at": NOW + HOUR}, Why.WRAP_UP),
        ({"leg": 1, "until": NOW, "free_at": NOW + HOUR}, Why.WRAP_UP),
    ],
)
def test_who_is_occupied_is_kept_out_and_yet_there(presence: dict[str, object], why: Why) -> None:
    rota = make.rota((being(ADA, **presence), "day", NIGHT))

    duty = on_duty(rota, LINE, SITE, NOW)

    assert duty.rung == ()
    assert [(kept.why, kept.desk) for kept in duty.kept_out] == [(why, "day")]
    assert duty.staffed


@pytest.mark.parametrize(
    "presence", [{"leg": 1, "until": NOW}, {"free_at": NOW}], ids=["reservation", "wrap-up"]
)
def test_a_reservation_and_a_wrap_up_end_at_their_instant(presence: dict[str, object]) -> None:
    assert rung(being(ADA, **presence)) == ["Ada"]


def test_who_lacks_or_outlived_a_certificate_is_kept_out_and_not_there() -> None:
    desk = make.desk("day", certificates=("crisis",))
    valid = make.volunteer("Ada", certificates={"crisis": LONG_AFTER})
    outlived = make.volunteer("Bo", certificates={"crisis": NOW})
    rota = make.rota(*((person, "day", NIGHT) for person in (valid, outlived, CEM)))

    duty = on_duty(rota, make.line(), make.settings(desks=(desk,)), NOW)

    assert [seat.volunteer.name for seat in duty.rung] == ["Ada"]
    assert [(k.why, k.certificate, k.until) for k in duty.kept_out] == [
        (Why.EXPIRED, "crisis", NOW),
        (Why.UNTRAINED, "crisis", None),
    ]
    assert [person.name for person in rostered(rota, desk, NOW)] == ["Ada"]
    alone = make.rota((CEM, "day", NIGHT))
    assert not on_duty(alone, make.line(), make.settings(desks=(desk,)), NOW).staffed


def test_who_speaks_none_of_the_lines_languages_is_kept_out() -> None:
    english = make.volunteer("Ada", languages=(Language.EN,))

    (kept,) = on_duty(make.rota((english, "day", NIGHT)), LINE, SITE, NOW).kept_out

    assert kept.why is Why.LANGUAGE


def test_everybody_else_is_kept_out_with_the_reason() -> None:
    campus = make.volunteer("Cem", desks=("campus",))
    rota = make.rota((ADA, "day", TOMORROW), (BO, "region", NIGHT), (campus, "campus", NIGHT))

    duty = on_duty(rota, LINE, SITE, NOW)

    assert [(k.volunteer.name, k.why, k.until) for k in duty.kept_out] == [
        ("Ada", Why.NOT_ROSTERED, TOMORROW.start),
        ("Cem", Why.OTHER_DESK, None),
    ]


@pytest.mark.parametrize(
    ("at", "there"),
    [
        (NIGHT.start - timedelta(microseconds=1), []),
        (NIGHT.start, ["Ada"]),
        (NIGHT.end - timedelta(microseconds=1), ["Ada"]),
        (NIGHT.end, []),
    ],
)
def test_a_duty_includes_its_start_and_not_its_end(at: datetime, there: list[str]) -> None:
    assert rung(ADA, at=at) == there


def test_the_next_duty_is_the_first_of_somebody_who_may_answer() -> None:
    english = make.volunteer("Bo", languages=(Language.EN,))
    soon = make.span("2026-11-24 16:00", "2026-11-24 20:00")
    rota = make.rota(
        (ADA, "day", TOMORROW), (english, "day", soon), (CEM, "campus", soon), (CEM, "day", NIGHT)
    )

    assert next_on_duty(rota, LINE, SITE, NOW) == TOMORROW.start
    assert next_on_duty(rota, LINE, SITE, TOMORROW.start) is None


def test_the_next_duty_is_not_of_somebody_whose_certificate_ends_before_it() -> None:
    desk = make.desk("day", certificates=("crisis",))
    person = make.volunteer("Ada", certificates={"crisis": TOMORROW.start})

    assert (
        next_on_duty(
            make.rota((person, "day", TOMORROW)), make.line(), make.settings(desks=(desk,)), NOW
        )
        is None
    )


def kept_out(rota: Rota) -> list[tuple[str, Why]]:
    answer = on_duty(rota, LINE, SITE, NOW)
    return [(each.volunteer.name, each.why) for each in answer.kept_out]


def on_standby_at(rota: Rota, *people: Volunteer) -> Rota:
    ids = {person.id for person in people}
    return replace(rota, duties=tuple(replace(d, standby=d.person in ids) for d in rota.duties))


def test_standby_is_rung_after_everybody_on_duty_at_the_desk_and_before_the_next_desk() -> None:
    missed = being(BO, missed=3)
    rota = make.rota((ADA, "day", NIGHT), (missed, "day", NIGHT), (CEM, "region", NIGHT))

    answer = on_duty(on_standby_at(rota, ADA), LINE, SITE, NOW)

    assert [(seat.volunteer.name, seat.standby) for seat in answer.rung] == [
        ("Bo", False),
        ("Ada", True),
        ("Cem", False),
    ]


def test_whoever_is_on_standby_and_on_duty_at_once_is_on_duty() -> None:
    once = on_standby_at(make.rota((ADA, "day", NIGHT)), ADA)
    both = replace(once, duties=(*once.duties, replace(once.duties[0], standby=False)))

    assert [seat.standby for seat in on_duty(both, LINE, SITE, NOW).rung] == [False]


def test_standby_is_no_head_on_duty() -> None:
    rota = on_standby_at(make.rota((ADA, "day", NIGHT), (BO, "day", NIGHT)), ADA)

    assert [person.name for person in rostered(rota, DAY, NOW)] == ["Bo"]
    assert [person.name for person in on_standby(rota, DAY, NOW)] == ["Ada"]


def test_an_absence_beats_the_roster_from_its_first_instant_and_not_after_its_last() -> None:
    rota = make.rota((ADA, "day", NIGHT))
    hour = timedelta(hours=1)
    away = replace(rota, away=(Away(ADA.id, Span(NOW, NOW + hour)),))
    over = replace(rota, away=(Away(ADA.id, Span(NOW - hour, NOW)),))
    of_bo = replace(rota, away=(Away(BO.id, Span(NOW, NOW + hour)),))

    assert kept_out(away) == [("Ada", Why.ABSENT)]
    assert on_duty(away, LINE, SITE, NOW).kept_out[0].until == NOW + hour
    assert rostered(away, DAY, NOW) == ()
    assert not on_duty(away, LINE, SITE, NOW).staffed
    assert kept_out(over) == kept_out(of_bo) == []


def test_the_next_on_duty_is_nobody_who_will_be_absent() -> None:
    rota = make.rota((ADA, "day", TOMORROW))
    away = replace(rota, away=(Away(ADA.id, TOMORROW),))

    assert next_on_duty(rota, LINE, SITE, NOW) == TOMORROW.start
    assert next_on_duty(away, LINE, SITE, NOW) is None


def test_a_trainee_is_never_rung_and_is_no_head() -> None:
    rota = make.rota((replace(ADA, trainee=True), "day", NIGHT))

    assert kept_out(rota) == [("Ada", Why.TRAINEE)]
    assert rostered(rota, DAY, NOW) == ()


def seated(person: Volunteer, at: datetime = NOW, **about: object) -> list[tuple[str, Why]]:
    line = replace(LINE, **about)  # type: ignore[arg-type]
    answer = on_duty(make.rota((person, "day", ALL_WEEK)), line, SITE, at)
    return [(each.volunteer.name, each.why) for each in answer.kept_out]


ALL_WEEK = make.span("2026-11-23 00:00", "2026-11-30 00:00")
AT_NIGHT = LineCertificate("crisis", time(22), time(8))


@pytest.mark.parametrize(
    ("asked", "clock", "barred"),
    [
        (AT_NIGHT, "2026-11-24 21:59", False),
        (AT_NIGHT, "2026-11-24 22:00", True),
        (AT_NIGHT, "2026-11-25 07:59", True),
        (AT_NIGHT, "2026-11-25 08:00", False),
        (LineCertificate("crisis", time(9), time(12)), "2026-11-25 09:00", True),
        (LineCertificate("crisis", time(9), time(12)), "2026-11-25 12:00", False),
        (LineCertificate("crisis", time(9), time(9)), "2026-11-25 03:00", True),
    ],
)
def test_a_line_asks_for_its_own_certificates_in_its_hours(
    asked: LineCertificate, clock: str, barred: bool
) -> None:
    at = make.local(clock)
    holder = replace(ADA, certificates={"crisis": LONG_AFTER})

    assert seated(ADA, at, certificates=(asked,)) == ([("Ada", Why.UNTRAINED)] if barred else [])
    assert seated(holder, at, certificates=(asked,)) == []


def test_the_next_on_duty_holds_what_the_line_asks_for_then() -> None:
    line = replace(LINE, certificates=(AT_NIGHT,))
    rota = make.rota((ADA, "day", TOMORROW))

    assert next_on_duty(rota, line, SITE, NOW) is None


@pytest.mark.parametrize(
    ("presence", "put_aside"),
    [
        ({"missed": 3, "missed_at": NOW - HOUR / 2 + timedelta(seconds=1)}, True),
        ({"missed": 3, "missed_at": NOW - HOUR / 2}, False),
        ({"missed": 2, "missed_at": NOW}, False),
        ({"missed": 1, "missed_at": NOW, "refused": True}, True),
        ({"missed": 9}, False),
    ],
)
def test_a_telephone_that_rings_in_vain_is_put_aside_for_a_time(
    presence: dict[str, object], put_aside: bool
) -> None:
    rota = make.rota((being(ADA, **presence), "day", NIGHT))

    answer = on_duty(rota, LINE, SITE, NOW)

    assert [kept.why for kept in answer.kept_out] == ([Why.OUT_OF_REACH] if put_aside else [])
    assert [seat.volunteer.name for seat in answer.last] == (["Ada"] if put_aside else [])
    assert answer.staffed


def test_the_longest_idle_come_first_where_the_line_or_the_desk_says_so() -> None:
    talked = being(ADA, talk_seconds=9000, last_ended=NOW - 2 * HOUR)
    idle = being(BO, talk_seconds=60, last_ended=NOW - HOUR)
    rota = make.rota((talked, "day", NIGHT), (idle, "day", NIGHT))
    line = replace(LINE, strategy=Strategy.LONGEST_IDLE)
    desk = replace(DAY, strategy=Strategy.LONGEST_IDLE)
    by_desk = make.settings(desks=(desk, REGION))

    def first(line: Line, site: Settings) -> str:
        return on_duty(rota, line, site, NOW).rung[0].volunteer.name

    assert first(LINE, SITE) == "Bo"
    assert first(line, SITE) == first(LINE, by_desk) == "Ada"
    assert first(replace(LINE, strategy=Strategy.FAIREST), by_desk) == "Bo"

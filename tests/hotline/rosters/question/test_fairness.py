"""Unpopular work of earlier weeks counts against the shares of those who took part in it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hotline.config.settings import DeskName
from hotline.people.agreement import Agreement
from hotline.people.person import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.fairness import Past, with_burdens
from hotline.rosters.question.shifts import shifts
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week, week_of
from hotline.store import Store
from hotline.store.duty.absences import Absence
from hotline.store.people.everybody import all_people
from hotline.store.tables import CallRow, LegRow
from hotline.store.talking.crises import CrisisTalk, crisis_talks
from scheduling.problem import Limits, Person, Rota, ShiftKind, Span, Weights
from tests import make
from tests.make import SHANGHAI

WEEK = Week(2026, 48)
LAST = WEEK.shifted(-1)
NIGHTS = shifts(make.desk(shifts=[make.template()]), WEEK, SHANGHAI)
DUTIES = shifts(
    make.desk(shifts=[make.template("duty", ShiftKind.FULL_DAY, start="08:00", hours=24)]),
    WEEK,
    SHANGHAI,
)
AGREED = Limits(7, timedelta(hours=168), 7, 7)


def person(code: str, **known: object) -> Person:
    around = Span(NIGHTS[0].span.start - timedelta(days=7), NIGHTS[-1].span.end)
    plain = Person(code, frozenset({"day"}), (), (around,), AGREED)
    return replace(plain, **known)  # type: ignore[arg-type]


def night(code: str, at: str, kind: ShiftKind = ShiftKind.NIGHT) -> Promise:
    span = Span(make.local(at), make.local(at) + timedelta(hours=10))
    week, state = str(week_of(span.start, SHANGHAI)), RosterState.PUBLISHED
    return Promise(code, code, 1, DeskName("day"), week, state, at, kind, span, pinned=False)


def past(*published: Promise, weeks: tuple[Week, ...] = (LAST,)) -> Past:
    return Past(weeks, published, (), (), SHANGHAI)


def carried(
    people: list[Person], then: Past, stored: tuple[StoredPerson, ...] = ()
) -> dict[str, tuple[int, int, int]]:
    found = with_burdens(people, stored, (*NIGHTS, *DUTIES), then, Weights(unit=1))
    return {p.id: (p.nights_before, p.full_days_before, p.weekends_before) for p in found}


ADA, BO, CEM = person("ada"), person("bo"), person("cem")


def test_who_did_two_nights_more_than_the_other_starts_one_above_the_share() -> None:
    then = past(
        night("ada", "2026-11-17 22:00"),
        night("ada", "2026-11-18 22:00"),
        night("ada", "2026-11-19 22:00"),
        night("bo", "2026-11-20 22:00"),
    )
    assert carried([ADA, BO], then) == {"ada": (1, 0, 0), "bo": (-1, 0, 0)}


def test_nights_24_hour_duty_and_weekends_are_shared_each_for_itself() -> None:
    then = past(
        night("ada", "2026-11-17 22:00"),
        night("bo", "2026-11-18 08:00", ShiftKind.FULL_DAY),
        night("bo", "2026-11-21 14:00", ShiftKind.DAY),
        night("ada", "2026-11-19 22:00"),
        night("bo", "2026-11-20 08:00", ShiftKind.FULL_DAY),
        night("bo", "2026-11-22 14:00", ShiftKind.DAY),
    )
    assert carried([ADA, BO], then) == {"ada": (1, -1, -1), "bo": (-1, 1, 1)}


def test_whoever_joined_since_owes_nothing_for_the_time_before() -> None:
    early = LAST.shifted(-1)
    then = past(
        night("ada", "2026-11-10 22:00"),
        night("ada", "2026-11-17 22:00"),
        night("bo", "2026-11-18 22:00"),
        weeks=(early, LAST),
    )
    assert carried([ADA, BO, CEM], then) == {"ada": (0, 0, 0), "bo": (0, 0, 0), "cem": (0, 0, 0)}


def test_an_agreement_says_since_when_somebody_shares(store: Store) -> None:
    make.hire(store, "Cem")
    with store.reading() as db:
        [cem] = all_people(db)
    agreed = replace(cem, agreement=Agreement(since=date(2026, 11, 16)))
    then = past(
        night("ada", "2026-11-17 22:00"),
        night("ada", "2026-11-18 22:00"),
        night("bo", "2026-11-19 22:00"),
    )
    assert carried([ADA, BO, CEM], then, (agreed,))["cem"] == (-1, 0, 0)


def test_whoever_is_exempt_does_no_nights_or_never_can_owes_none() -> None:
    spared = person("cem", exempt=frozenset({Rota.NIGHTS, Rota.FULL_DAYS}))
    none = person("dan", limits=replace(AGREED, nights=0))
    away = person("eve", available=())
    then = past(
        *(night("ada", f"2026-11-{day} 22:00") for day in (17, 19)),
        *(night(code, "2026-11-18 12:00", ShiftKind.DAY) for code in ("cem", "dan", "eve")),
    )
    found = carried([ADA, spared, none, away], then)
    assert {code: nights for code, (nights, _, _) in found.items()} == dict.fromkeys(found, 0)


def test_days_of_absence_take_a_part_of_the_share_away() -> None:
    nights = [night("ada", f"2026-11-{day} 22:00") for day in (16, 17, 18, 19, 20)]
    then = past(*nights, night("bo", "2026-11-21 22:00"))
    week = LAST.horizon(SHANGHAI)
    half = Absence(1, "bo", "Bo", Span(week.start, week.start + timedelta(days=4)), week.start)

    present = carried([ADA, BO], then)
    absent = carried([ADA, BO], replace(then, absences=(half,)))

    assert (present["ada"][0], present["bo"][0]) == (2, -2)
    assert (absent["ada"][0], absent["bo"][0]) == (1, -1)


def test_a_shift_with_a_caller_in_a_crisis_weighs_more() -> None:
    then = past(night("ada", "2026-11-17 22:00"), night("bo", "2026-11-18 22:00"))
    talk = CrisisTalk("ada", make.local("2026-11-18 03:10"))
    twice = Weights(unit=1, after_crisis=2)

    calm = with_burdens([ADA, BO], (), NIGHTS, replace(then, talks=()), twice)
    hard = with_burdens([ADA, BO], (), NIGHTS, replace(then, talks=(talk,)), twice)

    assert [p.load_before for p in calm] == [0, 0]
    assert [p.load_before for p in hard] == [40, -40]


def test_talks_with_callers_who_pressed_the_emergency_key_are_known(store: Store) -> None:
    ada = make.hire(store, "Ada")
    night = make.span("2026-11-17 14:00", "2026-11-18 00:00")
    at = make.utc("2026-11-17 19:10")
    talked(store, ada, at, urgent=True)
    talked(store, ada, make.utc("2026-11-17 20:00"), urgent=False)
    talked(store, ada, night.end, urgent=True)

    with store.reading() as db:
        assert crisis_talks(db, night) == (CrisisTalk("ada", at),)


def talked(store: Store, person: make.Hired, at: datetime, *, urgent: bool) -> None:
    token = at.isoformat()[:32]
    call = CallRow(
        token=token,
        sid=token,
        line="help",
        state="closed",
        arrived=at,
        since=at,
        expected=at,
        urgent=urgent,
        joined=at,
    )
    with store.writing() as db:
        db.add(call)
        db.flush()
        assert call.id is not None
        leg = LegRow(
            token=token,
            call_id=call.id,
            person_id=person.id,
            desk="day",
            state="ended",
            planned=at,
            until=at,
        )
        db.add(leg)
        db.flush()
        call.leg_id = leg.id

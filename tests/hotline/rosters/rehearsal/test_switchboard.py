"""A rehearsal asks the telephone's own decision: what it would ring by the published roster."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hotline.config.settings import DeskName, Language, Settings
from hotline.config.tables.ringing import LineCertificate
from hotline.duty import Away, Duty, Rota, on_duty
from hotline.rosters.rehearsal.expected import ways_of
from hotline.rosters.rehearsal.switchboard import Roster, Switchboard
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.rosters import rota_at, rota_between
from scheduling.demand.answered.patience import Waits
from scheduling.problem import Span
from scheduling.rehearsal.callers import Caller, Habits, Rates, TalkLaw, drawn
from scheduling.rehearsal.play import play
from scheduling.rehearsal.stage import Call, Leg, Outcome, Phone, Ring, Stage, Ways
from scheduling.rehearsal.tally import Tally
from tests import make
from tests.scheduling.rehearsal import desk as small
from tests.scheduling.rehearsal.desk import caller, ends

HELP = make.line("help", desks=("day", "night"))
SITE = make.settings(
    desks=[make.desk("day"), make.desk("night", certificates=["crisis"])], lines=[HELP]
)
LONG = Span(small.MONDAY - timedelta(days=30), small.at(small.ENDLESS))
CRISIS = {"crisis": make.LONG_AFTER}
ADA, BO = make.volunteer("Ada"), make.volunteer("Bo")
CEM = make.volunteer("Cem", desks=("night",), certificates=CRISIS)
AT_ONCE = Ways()


class Rung:
    """Passes on what the switchboard says, and keeps who was rung for whom and when."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.all: list[tuple[float, int, str, str]] = []

    def telephone(self, phones: Mapping[str, Phone]) -> "Rung":
        self.phones = phones
        self.asked = Switchboard(self.roster, phones)
        return self

    def rings(self, waiting: Iterable[Call], legs: Iterable[Leg], at: datetime) -> Sequence[Ring]:
        live = {leg.person: leg for leg in legs}
        rung = self.asked.rings(waiting, live.values(), at)
        for ring in rung:
            taken = live.get(ring.person)
            assert taken is None or taken.id == ring.takes_over, "rung for two callers at once"
            assert self.phones[ring.person].free_at <= at, "rung in wrap-up"
            assert any(
                post.person == ring.person
                and post.desk == ring.desk
                and post.span.start <= at < post.span.end
                for post in self.roster.posts
            ), "rung off duty"
            since = (at - small.MONDAY).total_seconds()
            self.all.append((since, ring.call, ring.person, ring.desk))
        return rung

    def exit_due(self, line: str, since: datetime, at: datetime) -> Outcome | None:
        return self.asked.exit_due(line, since, at)


def played(
    rota: Rota, *callers: Caller, site: Settings = SITE, ways: Ways = AT_ONCE
) -> tuple[Tally, Rung]:
    listening = Rung(Roster(site, rota))
    lines = {line.name: line.desks for line in site.lines}
    where = Stage(Span(small.MONDAY, small.at(small.DAY)), lines, listening.roster.posts, ways)  # type: ignore[arg-type]
    return play(where, callers, 0.0, listening.telephone), listening


def people_rung(listening: Rung) -> list[str]:
    return [person for _, _, person, _ in listening.all]


def test_each_caller_gets_the_own_desk_first_and_overflows_when_it_is_busy() -> None:
    rota = make.rota((CEM, "night", LONG), (ADA, "day", LONG))
    site = replace(SITE, answering=replace(SITE.answering, wave=1))

    tally, listening = played(rota, caller(0), caller(10), site=site)

    assert ends(tally) == {"answered": 2}
    assert [(person, desk) for _, _, person, desk in listening.all] == [
        ("ada", "day"),
        ("cem", "night"),
    ]


def test_who_talked_least_in_this_stretch_is_rung_first() -> None:
    rota = make.rota((ADA, "day", LONG), (BO, "day", LONG))
    site = replace(SITE, answering=replace(SITE.answering, wave=1))

    _, listening = played(rota, caller(0), caller(2000), caller(4000), site=site)

    assert people_rung(listening) == ["ada", "bo", "ada"]


def test_who_missed_a_call_is_rung_after_the_others_and_not_again_at_once() -> None:
    rota = make.rota((ADA, "day", LONG), (BO, "day", LONG))
    site = replace(SITE, answering=replace(SITE.answering, wave=1))
    ways = Ways(ring=timedelta(seconds=20), unaccepted=0.2)
    ignored, taken = 0.1, 0.5

    _, listening = played(
        rota,
        caller(0, 60, luck=[ignored, taken] * 8),
        caller(3600, 60, luck=[taken] * 16),
        site=site,
        ways=ways,
    )

    assert [(at, person) for at, _, person, _ in listening.all] == [
        (0, "ada"),
        (20, "bo"),
        (3600, "bo"),
    ]


def test_nobody_on_duty_or_fit_means_the_exit_at_once() -> None:
    untrained = make.volunteer("Eve", desks=("night",))
    stranger = make.volunteer("Dee", languages=(Language.EN,))
    rota = make.rota((untrained, "night", LONG), (stranger, "day", LONG))

    tally, listening = played(rota, caller(0))

    assert ends(tally) == {"unstaffed": 1}
    assert people_rung(listening) == []


def test_a_certificate_that_ends_during_the_shift_ends_the_ringing() -> None:
    until = small.at(3600)
    cem = make.volunteer("Cem", desks=("night",), certificates={"crisis": until})

    tally, listening = played(make.rota((cem, "night", LONG)), caller(0, 60), caller(3600, 60))

    assert ends(tally) == {"answered": 1, "unstaffed": 1}
    assert [at for at, *_ in listening.all] == [0]


def test_who_is_absent_is_not_rung_and_not_counted_as_on_duty() -> None:
    away = Away(ADA.id, Span(small.at(3600), small.at(7200)))
    rota = replace(make.rota((ADA, "day", LONG)), away=(away,))

    tally, listening = played(rota, caller(0, 60), caller(3700, 60), caller(7200, 60))

    assert ends(tally) == {"answered": 2, "unstaffed": 1}
    assert [at for at, *_ in listening.all] == [0, 7200]
    posts = listening.roster.posts
    assert [(post.span.start, post.span.end) for post in posts] == [
        (LONG.start, away.span.start),
        (away.span.end, LONG.end),
    ]


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [(-1, 1, [(1, 4)]), (3, 9, [(0, 3)]), (-1, 9, []), (5, 9, [(0, 4)]), (-3, -1, [(0, 4)])],
)
def test_an_absence_takes_what_it_meets_of_a_duty(
    first: int, last: int, left: list[tuple[int, int]]
) -> None:
    duty, away = Span(small.at(0), small.at(4)), Span(small.at(first), small.at(last))
    rota = replace(make.rota((ADA, "day", duty)), away=(Away(ADA.id, away), Away(BO.id, duty)))

    posts = Roster(SITE, rota).posts

    assert [post.span for post in posts] == [Span(small.at(a), small.at(b)) for a, b in left]


def test_a_trainee_is_never_rung() -> None:
    trainee = replace(BO, trainee=True)

    tally, listening = played(make.rota((ADA, "day", LONG), (trainee, "day", LONG)), caller(0))

    assert ends(tally) == {"answered": 1}
    assert people_rung(listening) == ["ada"]
    assert [post.person for post in listening.roster.posts] == ["ada"]


def test_standby_is_rung_when_everybody_on_duty_talks_and_counts_as_no_head() -> None:
    rota = make.rota((ADA, "day", LONG))
    standby = Duty(BO.id, DeskName("day"), LONG, standby=True)
    both = replace(rota, volunteers=(ADA, BO), duties=(*rota.duties, standby))
    site = replace(SITE, answering=replace(SITE.answering, wave=1))

    tally, listening = played(both, caller(0, 1800), caller(10, 1800), site=site)

    assert people_rung(listening) == ["ada", "bo"]
    assert dict(tally.busy["day"]) == {0: 0.5}
    assert [post.standby for post in listening.roster.posts] == [False, True]


def test_after_the_longest_wait_comes_the_exit_of_the_configuration() -> None:
    longest = SITE.answering.longest_wait
    ways = Ways(longest_wait=timedelta(seconds=longest))

    tally, _ = played(make.rota((ADA, "day", LONG)), caller(0, 10_000), caller(10), ways=ways)

    assert ends(tally) == {"answered": 1, "ceiling": 1}
    assert small.waited(tally) == longest


def test_a_busy_site_rings_nobody_off_duty_in_wrap_up_or_for_two_callers() -> None:
    hours = [(hour, hour + 8) for hour in range(0, 24, 6)]  # shifts of 8 hours overlap by 2
    spans = [Span(small.at(a * 3600), small.at(b * 3600)) for a, b in hours]
    names = ("Ada", "Bo", "Cem", "Dan", "Fay", "Gus", "Hal", "Ida")
    people = [make.volunteer(n, desks=("day", "night"), certificates=CRISIS) for n in names]
    posts = [
        (person, "day" if number % 2 else "night", spans[number // 2])
        for number, person in enumerate(people)
    ]
    rates = Rates(small.MONDAY, {"help": [3.0] * 48})
    callers = drawn(rates, Habits(timedelta(minutes=12), timedelta(minutes=4)), seed=1)

    tally, listening = played(make.rota(*posts), *callers, ways=replace(ways_of(SITE)))

    assert small.calls(tally) == len(callers) == sum(ends(tally).values())
    assert {"answered", "left"} <= ends(tally).keys()
    assert {person for _, _, person, _ in listening.all} == {p.code for p in people}
    assert len(listening.all) > len(callers)


@pytest.mark.parametrize(
    ("zone", "night"),
    [
        ("Asia/Shanghai", "2026-11-24"),
        ("Europe/London", "2026-03-28"),  # 22:00-08:00 is 9 hours long
        ("Europe/London", "2026-10-24"),  # 11 hours
    ],
)
def test_a_shift_over_midnight_is_one_on_the_nights_clocks_change_too(
    zone: str, night: str
) -> None:
    there = ZoneInfo(zone)
    start = make.local(f"{night} 22:00", there)
    after = (datetime.fromisoformat(night) + timedelta(days=1)).date()
    end = make.local(f"{after} 08:00", there)
    roster = Roster(SITE, make.rota((ADA, "day", Span(start, end))))

    minute = timedelta(minutes=1)
    at = start - minute
    while at <= end + minute:
        assert ("help" in roster.at(at).staffed) == (start <= at < end)
        at += minute


def test_each_stretch_is_what_the_telephone_reads_then(store: Store) -> None:
    week = Week(2026, 48)
    ada = make.hire(store, "Ada", certificates={"crisis": make.utc("2026-11-24 18:00")})
    bo = make.hire(store, "Bo")
    make.hire(store, "Eve")
    make.store_roster(
        store,
        (ada, make.span("2026-11-24 14:00", "2026-11-25 00:00")),
        (bo, make.span("2026-11-24 20:00", "2026-11-25 04:00")),
    )
    with store.reading() as db:
        around = week.horizon(make.SHANGHAI)
        roster = Roster(SITE, rota_between(db, around))
        for hour in range(48):
            at = make.utc("2026-11-24 00:00") + timedelta(hours=hour)
            read, known = rota_at(db, at), roster.at(at)
            assert {p.id for p in known.rota.volunteers} == {p.id for p in read.volunteers}
            assert set(known.rota.duties) == set(read.duties)
            duty = on_duty(read, HELP, SITE, at)
            assert ("help" in known.staffed) == duty.staffed


def test_the_telephones_own_decision_agrees_with_erlang_a_within_two_percent() -> None:
    talk, people, load, patience = timedelta(minutes=10), 2, 1.5, 0.3
    names = [make.volunteer(f"p{number}") for number in range(people)]
    answering = replace(SITE.answering, wave=1, longest_wait=10**7)
    site = replace(SITE, answering=answering)
    halves = 13_000
    rates = Rates(small.MONDAY, {"help": [load * 3] * halves})
    habits = Habits(talk, talk * patience, TalkLaw.EXPONENTIAL)
    callers = drawn(rates, habits, seed=1)
    whole = Span(small.MONDAY, small.MONDAY + halves * timedelta(minutes=30))
    roster = Roster(site, make.rota(*((who, "day", Span(LONG.start, whole.end)) for who in names)))
    exact = Waits(people, load, patience)

    tally = play(Stage(whole, {"help": ("day",)}, roster.posts), callers, 0.0, roster.telephone)

    count = small.calls(tally)
    assert ends(tally)["left"] / count == pytest.approx(exact.abandoned, rel=0.02)
    assert small.waited(tally) / count == pytest.approx(exact.mean_wait * 600, rel=0.02)
    assert small.in_time(tally) / count == pytest.approx(exact.answered(15 / 600), rel=0.02)


def test_a_line_that_asks_for_a_certificate_by_the_hour_is_closed_to_others_in_it() -> None:
    local = small.at(3600).astimezone(SITE.site.zone).time()
    until = small.at(7200).astimezone(SITE.site.zone).time()
    asks = replace(HELP, certificates=(LineCertificate("crisis", local, until),))
    site = replace(SITE, lines=(asks, *SITE.lines[1:]))
    rota = make.rota((ADA, "day", LONG))

    tally, listening = played(rota, caller(0, 60), caller(3600, 60), caller(7200, 60), site=site)

    assert ends(tally) == {"answered": 2, "unstaffed": 1}
    assert [at for at, *_ in listening.all] == [0, 7200]

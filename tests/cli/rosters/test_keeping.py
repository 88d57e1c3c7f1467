"""Whatever an explanation blames can be undone, and then it is not said any more."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from hotline.cli.rosters.keeping import ABOUT, PHRASES, Wording, obstacles_told
from hotline.rosters.reasons.explaining import ExplainedShift, explained_gaps
from hotline.rosters.reasons.told_first import HARDEST_FIRST, grouped, reason_of
from scheduling import audit
from scheduling.legal.idle import Obstacle
from scheduling.problem import (
    Cap,
    Certificate,
    Limits,
    Pair,
    Period,
    Person,
    Problem,
    Rota,
    Shift,
    ShiftKind,
    Standing,
    Team,
    Unit,
)
from scheduling.roster import Result, Roster, Status
from scheduling.rules import PERSONAL_RULES, TEAM_RULES, Refusal
from tests import make as site
from tests.scheduling import make
from tests.scheduling.undoing import undone

NIGHT = make.shift("tue night", 38, 48, ShiftKind.NIGHT, certificates=["crisis"])
MORNING = make.shift("tue morning", 24, 30)
CRISIS = make.certificate("crisis")
PROMISED = make.shift("promised", 40, 44, desk="suzhou")
BEFORE = make.shift("before", 14, 24, ShiftKind.NIGHT, desk="suzhou")
EARLIER = make.shift("earlier", -100, -92, ShiftKind.NIGHT, desk="suzhou")
AHEAD = make.shift("ahead", 140, 144, desk="suzhou")
SETTINGS = site.settings(desks=[site.desk("nanjing")])


def bo(*held: Certificate, most: Limits | None = None) -> Person:
    """Bo holds the crisis module unless something else is said, and can always come."""
    return make.person("bo", certificates=held or [CRISIS], most=most)


def capped(cap: Cap) -> Limits:
    return replace(make.limits(), caps=(cap,))


def asked_of(person: Person, night: Shift = NIGHT) -> Problem:
    cem = make.person("cem", certificates=[CRISIS])
    return make.problem([person, cem], [MORNING, night], [make.need(38, 48, floor=2)])


def answered(problem: Problem, roster: Roster) -> Result:
    price = audit.price(problem, roster)
    total, gaps = sum(price.values()), audit.gaps(problem, roster)
    return Result(Status.OPTIMAL, roster, total, total, price, gaps, (), 1.0, 1)


def told(problem: Problem, roster: Roster) -> Iterator[str]:
    wording = Wording(SETTINGS, {"bo": "Bo [x]", "cem": "Cem"}, problem, roster)
    for shift in shifts_of_gaps(problem, roster):
        yield from (wording.priced(each) for each in shift.could)
        for group in grouped(shift.kept_out):
            yield wording.heading(group)
            yield from wording.people(group)


def shifts_of_gaps(problem: Problem, roster: Roster) -> Iterator[ExplainedShift]:
    for gap in explained_gaps(problem, answered(problem, roster), ["nanjing"]):
        yield from gap.shifts


def refusals_of(problem: Problem, roster: Roster, name: str) -> tuple[Refusal, ...]:
    [shift] = shifts_of_gaps(problem, roster)
    return next((each.refusals for each in shift.kept_out if each.person == name), ())


CASES = {
    "another desk": (replace(bo(), desks=frozenset({"suzhou"})), ["1 sits at other desks only"]),
    "no certificate": (
        replace(bo(), certificates=()),
        ["1 lacks crisis crisis; nothing else stands in the way", "Bo [x] (bo)"],
    ),
    "a certificate that ends": (
        bo(make.certificate("crisis", until=40)),
        [
            "1 holds crisis crisis, but not for all of it; nothing else stands in the way",
            "Bo [x] (bo) holds a crisis certificate only until Wed 25 Nov 00:00",
        ],
    ),
    "a certificate of last year": (
        bo(make.certificate("crisis", until=-8000)),
        [
            "1 holds crisis crisis, but not for all of it; nothing else stands in the way",
            "Bo [x] (bo) holds a crisis certificate only until 25 Dec 2025 00:00",
        ],
    ),
    "another time": (
        replace(bo(), available=(make.span(38, 47),)),
        ["1 cannot come for all of it; nothing else stands in the way", "Bo [x] (bo)"],
    ),
    "limits": (
        bo(most=make.limits(shifts=0, hours=9, nights=0)),
        [
            "1 would give more than they agreed to; nothing else stands in the way",
            "Bo [x] (bo) 0 of 0 nights, 0 of 9 h, 0 of 0 shifts",
        ],
    ),
    "exempt": (
        replace(bo(), exempt=frozenset({Rota.NIGHTS})),
        ["1 is exempt from nights; nothing else stands in the way", "Bo [x] (bo)"],
    ),
    "away": (
        replace(bo(), absent=(make.span(40, 52),)),
        [
            "1 is away; nothing else stands in the way",
            "Bo [x] (bo) is absent until Wed 25 Nov 12:00",
        ],
    ),
    "an agreement for longer": (
        replace(bo(most=capped(Cap(Unit.NIGHTS, Period.MONTH, 1))), history=(EARLIER,)),
        [
            "1 would give more than they agreed to; nothing else stands in the way",
            "Bo [x] (bo) 1 of 1 nights in this month",
        ],
    ),
    "days running": (
        bo(most=replace(make.limits(), days_running=0)),
        ["1 would work too many days running; nothing else stands in the way", "Bo [x] (bo)"],
    ),
    "days off in a row": (
        replace(bo(most=replace(make.limits(), days_off=6)), history=(EARLIER, AHEAD)),
        ["1 would lose the days off in that week; nothing else stands in the way", "Bo [x] (bo)"],
    ),
    "nights running": (
        bo(most=make.limits(nights_running=0)),
        ["1 would work too many nights running; nothing else stands in the way", "Bo [x] (bo)"],
    ),
    "rest": (
        replace(bo(), history=(BEFORE,)),
        [
            "1 has to rest; nothing else stands in the way",
            "Bo [x] (bo) rests until Wed 25 Nov 08:00",
        ],
    ),
    "two at once, with rest": (
        replace(bo(), history=(PROMISED,)),
        [
            "1 has to rest and is in another shift",
            "Bo [x] (bo) must be rested at Wed 25 Nov 00:00 for another shift, "
            "is in another shift until Wed 25 Nov 04:00",
        ],
    ),
    "nothing trained, no time, no shift": (
        replace(bo(most=make.limits(shifts=0)), certificates=(), available=(make.span(0, 1),)),
        ["1 lacks crisis crisis and cannot come for all of it, with more reasons", "Bo [x] (bo)"],
    ),
}


@pytest.mark.parametrize(("person", "said"), CASES.values(), ids=CASES)
def test_each_reason_is_said_and_goes_when_it_is_undone(person: Person, said: list[str]) -> None:
    # given
    problem, roster = asked_of(person), make.roster(("cem", "tue night"))
    assert list(told(problem, roster)) == said
    # when: everything that it blames is undone, one after the other
    for refusal in refusals_of(problem, roster, "bo"):
        problem, roster = undone(problem, roster, "bo", NIGHT, refusal)
    # then
    [free] = told(problem, roster)
    assert free.startswith("Bo [x] (bo) for 19985 points less")


def test_a_full_shift_is_said_and_goes_with_its_limit() -> None:
    # given
    full = replace(NIGHT, most=1)
    problem, roster = asked_of(bo(), full), make.roster(("cem", "tue night"))
    # then
    assert list(told(problem, roster)) == [
        "1 finds the shift full; nothing else stands in the way",
        "Bo [x] (bo)",
    ]
    # when
    [refusal] = refusals_of(problem, roster, "bo")
    problem, roster = undone(problem, roster, "bo", full, refusal)
    # then
    assert list(told(problem, roster)) == ["Bo [x] (bo) for 19985 points less"]


@pytest.mark.parametrize(
    ("team", "said"),
    [
        (Team(newcomers_a_shift=0), "1 would be too many newcomers there"),
        (Team(newcomers_a_mentor=1), "1 would learn there without a mentor"),
        (Team(pairs=(Pair("bo", "cem", False),)), "1 never sits together with Cem (cem)"),
        (Team(pairs=(Pair("dee", "bo", True),)), "1 comes only together with dee"),
    ],
)
def test_what_colleagues_are_the_reason_for_is_said_and_goes_when_it_is_undone(
    team: Team, said: str
) -> None:
    # given: Cem is no mentor, and Dee is not there
    problem, roster = (
        asked_of(replace(bo(), standing=Standing.NEWCOMER)),
        make.roster(("cem", "tue night")),
    )
    dee = make.person("dee", desks=["suzhou"])
    problem = replace(problem, people=(*problem.people, dee), team=team)
    # then
    assert list(told(problem, roster))[:2] == [
        f"{said}; nothing else stands in the way",
        "Bo [x] (bo)",
    ]
    # when
    [refusal] = refusals_of(problem, roster, "bo")
    problem, roster = undone(problem, roster, "bo", NIGHT, refusal)
    # then
    assert next(told(problem, roster)).startswith("Bo [x] (bo) for 19985 points less")


def test_who_is_exempt_from_24_hour_duty_is_said_to_be_so() -> None:
    # given
    duty = replace(NIGHT, kind=ShiftKind.FULL_DAY)
    exempt = replace(bo(), exempt=frozenset({Rota.FULL_DAYS}))
    # when
    said = list(told(asked_of(exempt, duty), make.roster(("cem", "tue night"))))
    # then
    assert said[0] == "1 is exempt from 24-hour duty; nothing else stands in the way"


@pytest.mark.parametrize(
    ("obstacles", "said"),
    [
        (
            [
                Obstacle("own desk", "suzhou", 3),
                Obstacle("valid certificates", "crisis", 4),
                Obstacle("own desk", "campus", 2),
            ],
            "sits at other desks only (5), holds no valid crisis (4)",
        ),
        ([Obstacle("exemptions", "nights", 7)], "is exempt from nights (7)"),
        ([Obstacle("exemptions", "24h", 7)], "is exempt from 24-hour duty (7)"),
        (
            [
                Obstacle("most shifts a week", "0 of 0 shifts", 1),
                Obstacle("most in a period", "2 of 2 nights in this month", 1),
            ],
            "would give more than they agreed to (2)",
        ),
        ([], ""),
    ],
)
def test_who_can_take_nothing_is_told_each_reason_once(
    obstacles: list[Obstacle], said: str
) -> None:
    assert obstacles_told(obstacles) == said


def test_every_rule_has_its_words_and_its_place_in_the_order() -> None:
    rules = {rule.name for rule in (*PERSONAL_RULES, *TEAM_RULES)}
    worded = {*PHRASES, *ABOUT, "valid certificates"}
    told_as = {reason_of(Refusal(rule, "")).rule for rule in rules}
    assert rules == set(HARDEST_FIRST)
    assert told_as <= worded


def test_several_people_are_counted_and_of_other_desks_only_counted() -> None:
    # given
    people = [make.person(name, desks=["suzhou"]) for name in ("ada", "bo")]
    problem = make.problem(people, [NIGHT], [make.need(38, 48)])
    # then
    assert list(told(problem, make.roster())) == ["2 sit at other desks only"]


def test_of_several_with_the_same_two_reasons_it_says_how_many_have_more() -> None:
    # given
    few, busy = make.limits(shifts=0), make.limits(shifts=0, nights_running=0)
    never = [make.span(0, 1)]
    people = [
        make.person(name, certificates=[CRISIS], available=never, most=most)
        for name, most in (("ada", few), ("bo", busy))
    ]
    problem = make.problem(people, [NIGHT], [make.need(38, 48)])
    # then
    assert list(told(problem, make.roster())) == [
        "2 cannot come for all of it and would give more than they agreed to, "
        "1 of them with more reasons",
        "ada (ada), Bo [x] (bo)",
    ]


def test_who_would_make_it_dearer_is_told_by_how_much() -> None:
    # given: two stand where one is wanted, and a gap elsewhere in the same shift
    bad_night = replace(bo(), unwanted=(NIGHT.span,))
    problem = replace(asked_of(bad_night), needs=(make.need(38, 48), make.need(38, 38.5, floor=2)))
    problem = replace(problem, prices=replace(problem.prices, below_floor=1))
    # then: one half hour better, twenty too many, a night, and one unwanted time of two shifts
    said = list(told(problem, make.roster(("cem", "tue night"))))
    assert said == ["Bo [x] (bo) for 69 points more"]


def test_a_rule_without_a_phrase_is_told_by_its_name() -> None:
    wording = Wording(SETTINGS, {}, asked_of(bo()), make.roster())
    kept_out = replace(
        next(shifts_of_gaps(asked_of(bo()), make.roster())).could[0],
        refusals=(Refusal("a mentor beside", "needs a mentor"),),
        points=None,
    )
    [group] = grouped([kept_out])
    assert wording.heading(group) == "1 kept out by a mentor beside; nothing else stands in the way"

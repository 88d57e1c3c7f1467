"""`hotline roster repair` and `diff`, and why a person has their week."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from hotline.cli.rosters.differing import Telling, difference_document, show_difference
from hotline.cli.rosters.repaired import eased_told, said
from hotline.store import Store
from hotline.store.tables import PersonRow
from scheduling.problem import Cap, Period, Shift, Unit
from scheduling.repairing.changes import Change, ChangeKind
from scheduling.repairing.easing import Easing
from scheduling.rules import Staffing
from scheduling.telling.difference import difference
from tests import make
from tests.cli.conftest import Terminal
from tests.scheduling import make as engine

Hire = Callable[[str], make.Hired]
WEEK = ("--week", "2026-W48")
BUILD, REPAIR, DIFF = (("roster", word, *WEEK) for word in ("build", "repair", "diff"))
EXPLAIN, PUBLISH = ("roster", "explain", *WEEK), ("roster", "publish", *WEEK)
TUESDAY = "night/2026-11-24/night"
LATE = engine.shift("late", 6, 10)


def hired(url: str, name: str, shifts_a_week: int) -> None:
    store = Store(url)
    make.hire(store, name, desks="night", shifts_a_week=shifts_a_week)
    store.close()


def test_each_gap_is_told_with_what_closes_it_and_what_that_costs(
    terminal: Terminal, hire: Hire, database_url: str
) -> None:
    hire("Ada")
    hired(database_url, "李洪荒", 1)
    terminal.prints(*BUILD)

    said = terminal.prints(*REPAIR)
    flat = " ".join(said.split())

    assert "1. night 夜间席, " in said
    assert "ask 李洪荒 (李洪荒) for more than was agreed (2 instead of 1 shifts): night/" in flat
    assert "closes night " in said or "narrows night " in said
    assert "floors " in said
    assert " -> " in said
    assert "nothing is changed by asking" in said
    assert max(cell_len(line) for line in said.splitlines()) <= 80
    assert "draft, rings nobody" in terminal.prints("roster", "show", *WEEK)


def test_one_gap_as_json_holds_every_repair(
    terminal: Terminal, hire: Hire, database_url: str
) -> None:
    hire("Ada")
    hired(database_url, "Bo", 0)
    terminal.prints(*BUILD)

    document = terminal.json(*REPAIR, "--gap", "1")

    [gap] = document["gaps"]
    assert (gap["number"], gap["left_out"], gap["below_floor"]) == (1, 0, True)
    best = gap["repairs"][0]
    assert (best["kind"], best["people"]) == ("relax", [{"person": "bo", "name": "Bo"}])
    assert best["eased"] == [
        {
            "person": "bo",
            "rule": "most shifts a week",
            "sentence": "1 instead of 0 shifts",
            "certificate": None,
        }
    ]
    assert best["takes"] == best["gained"][0]["shift"]
    before, after = best["missing"]
    assert after["floor"] < before["floor"]
    levels = [sum(each.values()) for each in best["price_by_level"]]
    assert levels == [sum(each.values()) for each in best["price_by_wish"]]


def test_a_week_without_gaps_has_nothing_to_repair(terminal: Terminal, hire: Hire) -> None:
    for name in ("Ada", "Bo", "Cem", "Dee"):
        hire(name)
    terminal.prints(*BUILD)
    assert terminal.prints(*REPAIR).startswith("2026-W48 has no gap")


def test_a_gap_that_nothing_closes_says_so(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints(*BUILD)
    assert "No single change closes it or makes it smaller." in terminal.prints(*REPAIR)


def test_after_a_cancellation_a_draft_is_filed_and_told(terminal: Terminal, hire: Hire) -> None:
    for name in ("Ada", "Bo", "Cem", "Dee", "Eve", "Fay"):
        hire(name)
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")
    terminal.prints(*PUBLISH)

    said = terminal.prints(*REPAIR, "--without", f"ada={TUESDAY}")

    assert said.startswith("Draft 2 of 2026-W48, with as little change as possible:")
    assert f"- Ada (ada) {TUESDAY}, Tue 24 Nov 22:00-08:00" in said
    assert "+ " in said
    assert "hotline roster publish --week 2026-W48" in said
    diff = terminal.prints(*DIFF)
    assert diff.startswith("night: build 2 against what is published")
    assert f"- Ada (ada) {TUESDAY}" in diff
    assert "promises kept +" in diff


def test_a_cancellation_as_json_is_a_build_with_its_difference(
    terminal: Terminal, hire: Hire
) -> None:
    for name in ("Ada", "Bo", "Cem"):
        hire(name)
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")

    document = terminal.json(*REPAIR, "--without", f"ada={TUESDAY}")

    assert document["build"] == 2
    lost = [(g["person"], g["name"], g["shift"]) for g in document["difference"]["lost"]]
    assert ("ada", "Ada", TUESDAY) in lost
    assert not any((g["person"], g["shift"]) == ("ada", TUESDAY) for g in document["assignments"])


def test_two_builds_are_compared_by_number(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")
    terminal.prints(*BUILD, "--unpin", f"ada={TUESDAY}", "--pin", f"bo={TUESDAY}")

    assert "night: build 2 against build 1" in terminal.prints(*DIFF, "--builds", "1", "2")
    [same] = terminal.json(*DIFF, "--builds", "2", "2")["compared"]
    assert (same["before"], same["after"], same["gained"], same["lost"]) == (2, 2, [], [])
    assert "nothing changes for anybody" in terminal.prints(*DIFF, "--builds", "2", "2")


def test_who_left_since_is_told_apart(terminal: Terminal, hire: Hire, database_url: str) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")
    store = Store(database_url)
    with store.writing() as db:
        row = db.get(PersonRow, 1)
        assert row is not None
        row.active = False
    store.close()
    terminal.prints(*BUILD)

    said = " ".join(terminal.prints(*DIFF, "--builds", "1", "2").split())
    assert f"- Ada (ada) {TUESDAY}, Tue 24 Nov 22:00-08:00, not known to this build" in said
    [told] = terminal.json(*DIFF, "--builds", "1", "2")["compared"]
    assert {"person": "ada", "shift": TUESDAY} in told["unknown"]


def test_why_this_week_and_how_the_burden_compares(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints(*BUILD, "--pin", f"ada={TUESDAY}")

    said = terminal.prints(*EXPLAIN, "--person", "ada")

    assert "\nAda (ada)\n" in said
    assert f"{TUESDAY}, Tue 24 Nov 22:00-08:00" in said
    assert "without them " in said
    assert "the roster without it: " in said
    assert "fairness: unfair nights +" in said
    assert "of those who share it" in said
    assert "Bo (bo)" not in said
    assert "BELOW THE FLOOR" not in said


def test_who_has_no_shift_is_told_so(terminal: Terminal, hire: Hire, database_url: str) -> None:
    hire("Ada")
    hired(database_url, "Bo", 0)
    terminal.prints(*BUILD)
    assert "no shift in this week" in terminal.prints(*EXPLAIN, "--person", "bo")


def test_everybody_stands_in_the_json(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints(*BUILD)

    [build] = terminal.json(*EXPLAIN)["builds"]

    assert [person["person"] for person in build["people"]] == ["ada", "bo"]
    assert [b["measure"] for b in build["people"][0]["burdens"]] == [
        "nights",
        "24h",
        "weekends",
        "hours",
    ]
    assert build["floors"] is None


def test_what_each_floor_costs_is_told_when_asked(terminal: Terminal, hire: Hire) -> None:
    hire("Ada")
    terminal.prints(*BUILD)

    assert "WHAT EACH FLOOR COSTS" in terminal.prints(*EXPLAIN, "--floors")
    [build] = terminal.json(*EXPLAIN, "--floors")["builds"]
    [floor] = build["floors"]
    assert (floor["desk"], floor["certificate"]) == ("night", None)
    assert floor["saved"]["floors"] > 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*REPAIR, "--gap", "99"), "There is no gap 99 in 2026-W48"),
        ((*REPAIR, "--gap", "one"), "Invalid value for '--gap'"),
        ((*REPAIR, "--seconds", "0"), "--seconds must be more than 0, not 0."),
        ((*REPAIR, "--seconds", "nan"), "--seconds must be more than 0, not nan."),
        ((*REPAIR, "--desk", "nigth"), "There is no desk 'nigth'; did you mean night?"),
        ((*REPAIR, "--without", "ada="), "'ada=' names nobody; write PERSON=SHIFT"),
        ((*REPAIR, "--without", "eve"), "eve has no shift in 2026-W48"),
        ((*DIFF, "--builds", "1", "9"), "There is no build 9 of 2026-W48; builds of it: 1."),
        ((*DIFF, "--desk", "day"), "Desk day has no draft for 2026-W48 to compare"),
        ((*EXPLAIN, "--person", "adda"), "'adda' was asked in 2026-W48; did you mean ada?"),
        ((*PUBLISH, "--accept-gaps", " "), "--accept-gaps needs a reason"),
        (PUBLISH, "gaps below the floor: night "),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    terminal: Terminal, hire: Hire, words: tuple[str, ...], said: str
) -> None:
    hire("Ada")
    terminal.prints(*BUILD)
    assert said in terminal.is_refused(*words)


TELLING = Telling(make.SHANGHAI, {"bo": "Bo [red]:smile:"}, {"late": LATE})
OFFERED = Easing("bo", "availability", span=LATE.span)
FEWER = Easing("bo", "days off in a row", 2, 1)
ALSO = Easing("bo", "most shifts a week", 3, 4)
NIGHTS = Easing("eve", "most in a period", 2, 3, cap=Cap(Unit.NIGHTS, Period.MONTH, 2))
LESS = Easing("bo", "rest between shifts", timedelta(hours=11), timedelta(hours=9.5))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            Change(ChangeKind.ASK, ("bo",), LATE),
            "ask Bo [red]:smile: (bo), who is free: late, Mon 23 Nov 14:00-18:00",
        ),
        (
            Change(ChangeKind.ASK, ("bo",), LATE, eased=(OFFERED,)),
            "ask Bo [red]:smile: (bo) to come at a time they did not offer: "
            "late, Mon 23 Nov 14:00-18:00",
        ),
        (
            Change(ChangeKind.MOVE, ("bo",), LATE, replace(LATE, id="early")),
            "move Bo [red]:smile: (bo) from early to late, Mon 23 Nov 14:00-18:00",
        ),
        (
            Change(ChangeKind.EXTEND, ("bo",), LATE, replace(LATE, id="early")),
            "ask Bo [red]:smile: (bo) to make early longer: Mon 23 Nov 14:00-18:00",
        ),
        (
            Change(ChangeKind.RELAX, ("bo",), LATE, eased=(LESS, FEWER)),
            "ask Bo [red]:smile: (bo) for more than was agreed (9.5 instead of 11 h of rest; "
            "1 instead of 2 days off in a row): late, Mon 23 Nov 14:00-18:00",
        ),
        (
            Change(ChangeKind.RELAX, ("bo", "eve"), LATE, eased=(LESS, ALSO, NIGHTS)),
            "ask Bo [red]:smile: (bo) and eve for more than was agreed "
            "(Bo [red]:smile: (bo): 9.5 instead of 11 h of rest, 4 instead of 3 shifts; "
            "eve: 3 instead of 2 nights in this month): late, Mon 23 Nov 14:00-18:00",
        ),
        (
            Change(
                ChangeKind.TRAIN,
                ("bo",),
                None,
                eased=(Easing("bo", "valid certificates", about="crisis"),),
            ),
            "train Bo [red]:smile: (bo): holds the certificate crisis",
        ),
    ],
)
def test_each_kind_of_change_is_a_request(change: Change, words: str) -> None:
    assert said(change, TELLING) == words


def test_a_time_that_was_not_offered_is_said_so() -> None:
    assert eased_told(OFFERED) == "comes at a time that was not offered"


def test_an_agreement_that_yields_is_told_with_its_period() -> None:
    hours = Cap(Unit.HALF_HOURS, Period.ROLLING, 24, days=28)
    longer = Easing("bo", "most in a period", timedelta(hours=12), timedelta(hours=15.5), cap=hours)
    duties = Easing("bo", "most in a period", 1, 2, cap=Cap(Unit.FULL_DAYS, Period.WEEK, 1))
    assert eased_told(longer) == "15.5 instead of 12 h in 28 days"
    assert eased_told(duties) == "2 instead of 1 24-hour duties in this week"


def test_a_difference_tells_people_rests_cover_and_price() -> None:
    # given
    shifts = [LATE, engine.shift("next", 20, 24)]
    needs = [engine.need(6, 10, 2), engine.need(20, 24, 1, 2)]
    problem = engine.problem([engine.person("bo"), engine.person("eve")], shifts, needs)
    before = engine.roster(("bo", "next"), ("eve", "next"))
    after = engine.roster(("bo", "late"), ("bo", "next"))
    # when
    told = difference(Staffing(problem, before), Staffing(problem, after))
    out = StringIO()
    show_difference(Console(file=out, width=100), told, TELLING)
    # then
    assert [line.strip() for line in out.getvalue().splitlines()] == [
        "+ Bo [red]:smile: (bo) late, Mon 23 Nov 14:00-18:00",
        "- eve next",
        "Bo [red]:smile: (bo) rests 10 h before Tue 24 Nov 04:00, where there was no other shift",
        "narrows nanjing Mon 23 Nov 14:00-18:00: 1 instead of 0, floor 2, target 2",
        "opens nanjing Tue 24 Nov 04:00-08:00: 1 instead of 2, floor 1, target 2",
        "floors 16000 -> 8000 points",
        "targets 0 -> 480 points",
        "below floor -8000, below target +480",
    ]
    document = difference_document(told, TELLING)
    assert document["lost"] == [
        {"person": "eve", "name": "eve", "shift": "next", "from": None, "to": None}
    ]


def test_a_rest_that_shrinks_and_a_gap_that_widens_or_closes_are_told() -> None:
    # given
    shifts: list[Shift] = [LATE, *(engine.shift(f"s{n}", n, n + 4) for n in (20, 40))]
    needs = [engine.need(20, 24, 1, 3), engine.need(40, 44)]
    people = [engine.person("bo"), engine.person("eve")]
    problem = engine.problem(people, shifts, needs)
    before = engine.roster(("bo", "late"), ("bo", "s40"), ("eve", "s20"))
    after = engine.roster(("bo", "late"), ("bo", "s20"))
    out = StringIO()
    # when
    there = difference(Staffing(problem, before), Staffing(problem, after))
    back = difference(Staffing(problem, engine.roster()), Staffing(problem, before))
    show_difference(Console(file=out, width=100), there, TELLING)
    show_difference(Console(file=out, width=100), back, TELLING)
    # then
    lines = out.getvalue()
    assert "rests 10 h before Tue 24 Nov 04:00, instead of 30 h" in lines
    assert "closes nanjing Wed 25 Nov 00:00-04:00: 1 instead of 0" in lines
    fewer = difference(Staffing(problem, before), Staffing(problem, engine.roster(("bo", "late"))))
    show_difference(Console(file=out, width=100), fewer, TELLING)
    assert "widens nanjing Tue 24 Nov 04:00-08:00: 0 instead of 1" in out.getvalue()

"""What changes at each desk adds up to what changes."""

from dataclasses import replace

from hypothesis import given

from hotline.config.settings import DeskName
from hotline.rosters.reasons.by_desk import AtDesk, by_desk, changed_for
from hotline.rosters.reasons.comparing import Compared
from hotline.store.planning.drafts import BuildNumber
from scheduling.problem import Pin, ShiftKind
from scheduling.rules import Staffing
from tests.scheduling import make
from tests.scheduling.telling.test_costs import staffings

NANJING, SUZHOU = DeskName("nanjing"), DeskName("suzhou")
MON, TUE = make.shift("mon", 8, 12), make.shift("tue", 32, 36)
AWAY = make.shift("away", 32, 36, desk="suzhou")
BEFORE = make.shift("sun night", -2, 2, ShiftKind.NIGHT, desk="suzhou")
NEEDS = (make.need(8, 12, 1, 2), make.need(32, 36), make.need(32, 36, desk="suzhou"))


def staffed(*posts: tuple[str, str]) -> Staffing:
    both = ("nanjing", "suzhou")
    people = [make.person(name, desks=both) for name in ("Ada", "Bo")]
    people.append(make.person("Cem", desks=both, history=[BEFORE]))
    problem = make.problem(people, [MON, TUE, AWAY], (*NEEDS, make.need(0, 4, desk="suzhou")))
    return Staffing(problem, make.roster(*posts))


def compared(was: Staffing, becomes: Staffing) -> Compared:
    offered = [shift.desk for shift in was.problem.shifts]
    asked = [need.desk for need in was.problem.needs]
    desks = tuple(dict.fromkeys(map(DeskName, offered + asked)))
    return Compared(desks, None, BuildNumber(1), (), was, becomes)


def told(was: Staffing, becomes: Staffing) -> dict[DeskName, AtDesk]:
    return {each.desk: each for each in by_desk(compared(was, becomes), (NANJING, SUZHOU))}


def test_who_goes_to_another_desk_is_told_at_both() -> None:
    desks = told(staffed(("Ada", "tue"), ("Bo", "mon")), staffed(("Ada", "away"), ("Bo", "mon")))

    assert [(d.gained, d.lost, d.people) for d in desks.values()] == [
        (0, 1, ("Ada",)),
        (1, 0, ("Ada",)),
    ]
    assert [change.opens for change in desks[NANJING].cover] == [True]
    assert [change.opens for change in desks[SUZHOU].cover] == [False]


def test_where_nothing_changes_it_is_said() -> None:
    desks = told(staffed(("Ada", "mon")), staffed(("Bo", "mon")))

    assert (desks[NANJING].changes, desks[SUZHOU].changes) == (True, False)
    assert desks[NANJING].people == ("Ada", "Bo")
    assert desks[NANJING].cover == ()


def test_who_came_just_before_the_week_counts_at_that_desk_still() -> None:
    missing = told(staffed(), staffed())[SUZHOU].missing[0]

    assert missing.floor == (4 + 2) * 2  # half hours: Cem stays for the first two of four hours


def test_what_opens_stands_before_what_closes() -> None:
    desks = told(staffed(("Ada", "tue")), staffed(("Ada", "mon")))

    assert [(c.opens, c.span) for c in desks[NANJING].cover] == [
        (True, TUE.span),
        (False, MON.span),
    ]


def test_only_the_desks_asked_for_are_told() -> None:
    whole = compared(staffed(), staffed(("Ada", "mon")))

    assert [each.desk for each in by_desk(whole, (SUZHOU,))] == [SUZHOU]


def test_of_some_people_only_theirs_is_told() -> None:
    was = staffed(("Ada", "mon"), ("Bo", "tue"))
    promised = replace(was.problem, published=(Pin("Ada", "mon"), Pin("Bo", "tue")))
    was = Staffing(promised, was.roster)
    becomes = Staffing(promised, make.roster(("Ada", "tue"), ("Bo", "mon")))

    changed = changed_for(compared(was, becomes), ("Ada",))

    assert {given.person for given in (*changed.gained, *changed.lost)} == {"Ada"}
    assert changed.cover == ()


@given(staffings())
def test_the_desks_add_up_to_the_whole(staffing: Staffing) -> None:
    empty = Staffing(staffing.problem, make.roster())
    whole = compared(empty, staffing)
    desks = by_desk(whole, whole.desks)
    everybody = {person.id for person in staffing.problem.people}

    for place, missing in enumerate(whole.difference.missing):
        assert sum(each.missing[place].floor for each in desks) == missing.floor
        assert sum(each.missing[place].target for each in desks) == missing.target
    assert sum(each.gained for each in desks) == len(whole.difference.gained)
    assert sorted(map(repr, (change for each in desks for change in each.cover))) == sorted(
        map(repr, whole.difference.cover)
    )
    assert changed_for(whole, everybody).shorter_rests == whole.difference.shorter_rests

"""What a coordinator may change in a draft by hand, and what each change does."""

from dataclasses import replace

import pytest

from hotline.config.settings import DeskName
from hotline.rosters.by_hand.choices import others_for, people_for, places_for, shifts_for
from hotline.rosters.by_hand.editing import (
    Act,
    BreachError,
    Change,
    EditError,
    Sheet,
    edit_of,
    edited,
    judged,
    tried,
)
from hotline.rosters.by_hand.steps import EditKind, LoggedEdit, steps
from scheduling import audit
from scheduling.problem import Need, Person, Problem
from scheduling.roster import Assignment, LevelPrice, Result, Roster, Status
from scheduling.telling.edits import Edit
from tests import make as site
from tests.scheduling import make

MONDAY, TUESDAY = make.shift("mon", 8, 12), make.shift("tue", 32, 36)
AT = site.utc("2026-11-20 08:00")


def sheet(
    *given: tuple[str, str],
    people: tuple[Person, ...] = (make.person("Ada"), make.person("Bo")),
    needs: tuple[Need, ...] = (make.need(8, 12, 1), make.need(32, 36, 1)),
    pins: tuple[tuple[str, str], ...] = (),
    today: Problem | None = None,
) -> Sheet:
    """A draft of one desk with a shift on Monday and one on Tuesday."""
    problem = make.problem(people, [MONDAY, TUESDAY], needs, pins)
    roster = make.roster(*given)
    levels = tuple(LevelPrice(name, 0, 0) for name in ("floors", "targets", "fairness"))
    nothing = Result(Status.OPTIMAL, roster, 0, 0, {}, (), (), 0.0, 0, levels)
    desks = frozenset({DeskName(MONDAY.desk)})
    return Sheet(desks, problem, judged(problem, roster, nothing), today or problem)


def test_a_shift_can_be_handed_to_everybody_whom_no_rule_keeps_out_what_costs_least_first() -> None:
    # given: Bo has Tuesday, Cem is away on Monday, Dee has nothing
    people = (
        make.person("Ada"),
        make.person("Bo", nights_before=1),
        make.person("Cem", available=[make.span(24, 48)]),
        make.person("Dee", preferred=[make.span(8, 12)]),
    )
    draft = sheet(("Ada", "mon"), ("Bo", "tue"), people=people)
    # when
    choices = others_for(draft, "Ada", "mon")
    # then
    assert [(c.change.to, c.allowed) for c in choices] == [
        (("Dee", "mon"), True),
        (("Bo", "mon"), True),
        (("Cem", "mon"), False),
    ]
    assert [breach.rule for breach in choices[-1].effect.breaches] == ["availability"]
    assert choices[0].levels == (0, 0, 0, -5)


def test_a_move_tells_which_gap_it_opens_and_which_it_closes() -> None:
    [choice] = places_for(sheet(("Ada", "mon")), "Ada", "mon")

    assert choice.change == Change(Act.MOVE, "Ada", "mon", ("Ada", "tue"))
    assert [(c.was, c.becomes) for c in choice.effect.cover] == [(1, 0), (0, 1)]
    assert choice.levels[0] == 0


def test_who_could_come_and_what_somebody_could_take_are_told_with_what_it_spares() -> None:
    draft = sheet(("Ada", "mon"))

    coming, taking = people_for(draft, "tue"), shifts_for(draft, "Bo")

    assert {c.change.person for c in coming} == {"Ada", "Bo"}
    assert [c.change.shift for c in taking] == ["tue", "mon"]
    assert taking[0].levels[0] == -8 * draft.problem.prices.below_floor


def test_what_is_changed_is_judged_as_the_auditor_does() -> None:
    draft = sheet(("Ada", "mon"))

    after = edited(draft, edit_of(draft, Change(Act.ADD, "Bo", "tue")))

    roster = make.roster(("Ada", "mon"), ("Bo", "tue"))
    assert after.result.roster == roster
    assert after.result.gaps == ()
    assert after.result.price_by_wish == audit.price(after.problem, roster)
    assert after.result == judged(after.problem, roster, draft.result)
    assert after.result.price == sum(after.result.price_by_wish.values())


def test_what_breaks_a_rule_is_refused_in_the_words_of_the_rule() -> None:
    ill = make.person("Bo", available=[make.span(0, 12)])
    draft = sheet(people=(make.person("Ada"), ill))

    with pytest.raises(BreachError, match="Bo") as caught:
        edited(draft, edit_of(draft, Change(Act.ADD, "Bo", "tue")))

    assert [breach.rule for breach in caught.value.breaches] == ["availability"]


def test_who_is_pinned_stays_until_the_pin_is_let_go() -> None:
    draft = sheet(("Ada", "mon"))
    pinned = edited(draft, edit_of(draft, Change(Act.PIN, "Ada", "mon")))

    with pytest.raises(BreachError, match="pinned"):
        edited(pinned, edit_of(pinned, Change(Act.REMOVE, "Ada", "mon")))

    free = edited(pinned, edit_of(pinned, Change(Act.UNPIN, "Ada", "mon")))
    gone = edited(free, edit_of(free, Change(Act.REMOVE, "Ada", "mon")))
    assert gone.result.roster == Roster(())
    assert free.problem.pins == ()


def test_what_was_learned_since_keeps_people_out_and_costs_nothing_else() -> None:
    # given: Bo fell ill on Tuesday after the draft was built; Ada already sits there
    draft = sheet(("Bo", "mon"))
    away = replace(draft.problem.people[1], absent=(make.span(24, 48),))
    known = replace(draft.problem, people=(draft.problem.people[0], away))
    later = replace(draft, today=known)
    # when
    refused = tried(later, Change(Act.MOVE, "Bo", "mon", ("Bo", "tue")))
    allowed = tried(later, Change(Act.ADD, "Ada", "tue"))
    # then
    assert [breach.rule for breach in refused.effect.breaches] == ["absences"]
    assert allowed.effect == tried(draft, Change(Act.ADD, "Ada", "tue")).effect


def test_what_is_broken_by_now_is_told_and_can_be_taken_out() -> None:
    draft = sheet(("Bo", "tue"))
    away = replace(draft.problem.people[1], absent=(make.span(24, 48),))
    known = replace(draft.problem, people=(draft.problem.people[0], away))
    later = replace(draft, today=known)

    assert draft.broken == ()
    assert [breach.rule for breach in later.broken] == ["absences"]
    assert edited(later, edit_of(later, Change(Act.REMOVE, "Bo", "tue"))).broken == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(Act.ADD, "Ada", "mon"), "already"),
        (Change(Act.REMOVE, "Bo", "mon"), "not in mon any more"),
        (Change(Act.MOVE, "Ada", "mon", ("Ada", "mon")), "not in mon any more"),
        (Change(Act.MOVE, "Ada", "mon", ("Bo", "tue")), "place is taken"),
        (Change(Act.PIN, "Bo", "mon"), "pinned to it already"),
        (Change(Act.PIN, "Ada", "mon"), "pinned to it already"),
        (Change(Act.UNPIN, "Bo", "tue"), "not pinned"),
        (Change(Act.ADD, "Eve", "mon"), "Nobody with the code Eve"),
        (Change(Act.ADD, "Ada", "wed"), "no shift wed"),
    ],
)
def test_a_change_that_fits_no_more_is_refused(change: Change, words: str) -> None:
    draft = sheet(("Ada", "mon"), ("Bo", "tue"), pins=(("Ada", "mon"),))

    with pytest.raises(EditError, match=words):
        edit_of(draft, change)


def test_a_shift_of_another_desk_is_none_of_ours() -> None:
    draft = replace(sheet(("Ada", "mon")), desks=frozenset({DeskName("elsewhere")}))

    with pytest.raises(EditError, match="no shift mon"):
        edit_of(draft, Change(Act.REMOVE, "Ada", "mon"))


def logged(*kinds: EditKind) -> tuple[LoggedEdit, ...]:
    """As many steps; the change of version n gives Ada shift n."""
    return tuple(
        LoggedEdit(n, kind, Edit(given=(Assignment(str(n), "Ada"),)), AT, "Dee")
        for n, kind in enumerate(kinds, start=1)
    )


CHANGE, UNDO, REDO = EditKind.CHANGE, EditKind.UNDO, EditKind.REDO


@pytest.mark.parametrize(
    ("kinds", "done", "undone"),
    [
        ((), [], []),
        ((CHANGE, CHANGE), [1, 2], []),
        ((CHANGE, CHANGE, UNDO), [1], [2]),
        ((CHANGE, CHANGE, UNDO, UNDO, REDO), [1], [2]),
        ((CHANGE, UNDO, CHANGE), [3], []),
        ((CHANGE, UNDO, REDO, UNDO), [], [1]),
    ],
)
def test_steps_are_taken_back_last_first_and_a_new_one_ends_what_could_be_made_again(
    kinds: tuple[EditKind, ...], done: list[int], undone: list[int]
) -> None:
    found = steps(logged(*kinds))

    assert [each.version for each in found.done] == done
    assert [each.version for each in found.undone] == undone


def test_what_takes_a_step_back_and_what_makes_it_again() -> None:
    gave = Assignment("1", "Ada")

    assert steps(logged(CHANGE)).undo == Edit(taken=(gave,))
    assert steps(logged(CHANGE, UNDO)).redo == Edit(given=(gave,))
    with pytest.raises(EditError, match="take back"):
        _ = steps(()).undo
    with pytest.raises(EditError, match="make again"):
        _ = steps(()).redo

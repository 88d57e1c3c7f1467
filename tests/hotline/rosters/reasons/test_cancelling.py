"""Somebody cannot come: others take over, and everybody else keeps what they were told."""

import pytest

from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.filing import BuiltDraft, PinClashError
from hotline.rosters.question.pins import PinChanges
from hotline.rosters.reasons.cancelling import (
    CancelError,
    Cancellation,
    CancelOrder,
    Rebuilt,
    cancellation_written,
    rebuild_without,
)
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.absences import note_absence
from scheduling.problem import Pin
from tests import make

WEEK = Week(2026, 48)
NIGHTS = make.desk(shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
SITE = make.settings(desks=[NIGHTS])
TUE, WED, THU = (f"day/2026-11-{day}/night" for day in (24, 25, 26))
BEFORE = "2026-11-20 08:00"


def build(store: Store, *pins: tuple[str, str]) -> BuiltDraft:
    order = BuildOrder(WEEK, (), PinChanges(tuple(Pin(*pin) for pin in pins)))
    return build_draft(store, SITE, order, lambda: make.utc(BEFORE))


def rebuild(store: Store, *cancelled: str, at: str = BEFORE) -> Rebuilt:
    order = CancelOrder(WEEK, tuple(map(cancellation_written, cancelled)))
    return rebuild_without(store, SITE, order, lambda: make.utc(at))


def posts(built: BuiltDraft) -> set[tuple[str, str]]:
    return {(given.person, given.shift) for given in built.result.roster.assignments}


def test_one_steps_in_and_everybody_else_stays(store: Store) -> None:
    # given
    for name in ("Ada", "Bo", "Cem", "Dee"):
        make.hire(store, name)
    before = posts(build(store, ("ada", TUE)))
    # when
    told = rebuild(store, f"ada={TUE}")
    # then: nobody is missing, and only the hole is filled or passed on as cheaply as can be
    after = posts(told.built)
    assert ("ada", TUE) not in after
    assert len(after) == len(before)
    assert {(g.person, g.shift) for g in told.difference.lost} == before - after
    assert {(g.person, g.shift) for g in told.difference.gained} == after - before
    assert told.built.result.gaps == ()
    assert told.names["ada"] == "Ada"
    assert len(before - after) == 1


def test_the_draft_is_filed_and_pins_of_the_cancelled_are_gone(store: Store) -> None:
    for name in ("Ada", "Bo", "Cem"):
        make.hire(store, name)
    first = build(store, ("ada", TUE), ("bo", WED))
    told = rebuild(store, f"ada={TUE}")
    assert told.built.number > first.number
    assert told.built.problem.pins == (Pin("bo", WED),)


@pytest.mark.parametrize("at", [BEFORE, "2026-10-20 08:00"])
def test_who_is_away_for_the_week_is_given_nothing_more(store: Store, at: str) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Bo", shifts_a_week=1)
    build(store)
    told = rebuild(store, "ada", at=at)
    assert {given.person for given in told.built.result.roster.assignments} == {"bo"}
    assert {given.person for given in told.difference.lost} == {"ada"}


def test_what_has_begun_stays_as_it_is(store: Store) -> None:
    # given: it is Wednesday noon
    for name in ("Ada", "Bo", "Cem", "Dee"):
        make.hire(store, name)
    before = posts(build(store, ("ada", TUE), ("bo", WED)))
    # when
    told = rebuild(store, "bo", at="2026-11-25 04:00")
    # then
    gone = {shift for _, shift in before if shift < WED}
    assert {post for post in posts(told.built) if post[1] in gone} == {
        post for post in before if post[1] in gone
    }
    assert ("bo", WED) in {(g.person, g.shift) for g in told.difference.lost}


def test_nobody_is_sent_into_a_shift_that_runs_already(store: Store) -> None:
    # given: Tuesday's night runs, and Ada was noted absent from it
    ada = make.hire(store, "Ada")
    make.hire(store, "Bo")
    build(store, ("ada", TUE), ("ada", THU))
    with store.writing() as db:
        span = make.span("2026-11-24 14:00", "2026-11-24 20:00")
        note_absence(db, ada.id, span, make.utc(BEFORE))
    build_without = rebuild(store, f"ada={THU}", at="2026-11-24 16:00")
    # then
    assert TUE not in {given.shift for given in build_without.built.result.roster.assignments}


def test_a_shift_that_has_begun_cannot_be_cancelled(store: Store) -> None:
    make.hire(store, "Ada")
    build(store, ("ada", TUE))
    with pytest.raises(CancelError, match="night has begun, so no roster can change it"):
        rebuild(store, f"ada={TUE}", at="2026-11-24 16:00")


def test_pins_that_cannot_be_kept_then_are_named(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.hire(store, "Bo")
    build(store, ("ada", TUE), ("ada", THU))
    with store.writing() as db:
        span = make.span("2026-11-26 14:00", "2026-11-26 20:00")
        note_absence(db, ada.id, span, make.utc(BEFORE))
    with pytest.raises(PinClashError, match="absent"):
        rebuild(store, f"ada={TUE}")


def test_who_has_no_such_shift_is_named(store: Store) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Bo", availability="")
    build(store, ("ada", TUE))
    with pytest.raises(CancelError, match=f"bo is not in {TUE} in 2026-W48; look: hotline"):
        rebuild(store, f"bo={TUE}")
    with pytest.raises(CancelError, match="bo has no shift in 2026-W48"):
        rebuild(store, "bo")


def test_a_week_without_a_roster_is_refused(store: Store) -> None:
    with pytest.raises(CancelError, match="There is no roster for 2026-W48 to repair"):
        rebuild(store, "ada")


def test_a_cancellation_is_written_as_person_or_person_and_shift() -> None:
    assert cancellation_written("p07") == Cancellation("p07")
    assert cancellation_written("p07=night/x") == Cancellation("p07", "night/x")


@pytest.mark.parametrize("text", ["", "=x", "p07="])
def test_what_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(CancelError, match="names nobody; write PERSON=SHIFT"):
        cancellation_written(text)

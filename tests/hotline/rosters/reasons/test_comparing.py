"""What publishing would change, and how two builds differ."""

import pytest

from hotline.config.settings import DeskName
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.filing import BuiltDraft
from hotline.rosters.question.pins import PinChanges
from hotline.rosters.reasons.comparing import (
    Compared,
    CompareError,
    compared_builds,
    compared_drafts,
)
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.tables import PersonRow
from scheduling.problem import Pin
from scheduling.roster import Assignment
from tests import make

WEEK = Week(2026, 48)
DAY, NIGHT = (
    make.desk(name, shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
    for name in ("day", "night")
)
SITE = make.settings(desks=[DAY, NIGHT])
TUESDAY = "day/2026-11-24/night"


def build(
    store: Store, *desks: str, pin: str | None = None, unpin: str | None = None
) -> BuiltDraft:
    changes = PinChanges(
        (Pin(pin, TUESDAY),) if pin else (), (Pin(unpin, TUESDAY),) if unpin else ()
    )
    order = BuildOrder(WEEK, tuple(DeskName(desk) for desk in desks), changes)
    return build_draft(store, SITE, order, lambda: make.utc("2026-11-20 08:00"))


def drafts(store: Store, *desks: str) -> tuple[Compared, ...]:
    with store.reading() as db:
        names = tuple(DeskName(desk) for desk in desks)
        return compared_drafts(db, SITE, WEEK, names).compared


def posts(given: tuple[Assignment, ...]) -> set[tuple[str, str]]:
    return {(each.person, each.shift) for each in given}


def test_a_first_draft_gives_all_it_holds(store: Store) -> None:
    make.hire(store, "Ada")
    built = build(store, "day")
    [told] = drafts(store)
    assert (told.desks, told.before, told.after) == (("day",), None, built.number)
    assert told.difference.gained == built.result.roster.assignments
    assert told.difference.lost == ()
    assert told.difference.points[1].get("promises kept", 0) == 0


def test_a_draft_is_compared_with_what_is_published(store: Store) -> None:
    # given
    make.hire(store, "Ada")
    make.hire(store, "Bo")
    build(store, "day", pin="ada")
    make.publish_all(store, SITE, WEEK)
    build(store, "day", pin="bo", unpin="ada")
    # when
    [told] = drafts(store)
    # then
    assert ("bo", TUESDAY) in posts(told.difference.gained)
    assert ("ada", TUESDAY) in posts(told.difference.lost)
    before, after = told.difference.points
    assert (before["promises kept"], after["promises kept"] > 0) == (0, True)


def test_a_draft_like_the_published_roster_changes_nothing(store: Store) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Bo")
    build(store, "day")
    make.publish_all(store, SITE, WEEK)
    build(store, "day")
    [told] = drafts(store)
    assert (told.difference.gained, told.difference.lost) == ((), ())
    assert told.difference.points[0] == told.difference.points[1]


def test_only_the_desks_of_a_draft_are_compared(store: Store) -> None:
    # given: night was built anew, day stands in the first build
    make.hire(store, "Ada", desks="day")
    make.hire(store, "Bo", desks="night")
    build(store, "day", "night")
    second = build(store, "night")
    # when
    day, night = drafts(store)
    # then
    assert (day.desks, night.desks) == (("day",), ("night",))
    assert night.after == second.number
    assert {given.person for given in day.difference.gained} == {"ada"}
    assert [told.desks for told in drafts(store, "night")] == [("night",)]


def test_whom_the_new_question_does_not_know_is_told_apart(store: Store) -> None:
    # given: Ada was published and turns to the other desk
    ada = make.hire(store, "Ada")
    make.hire(store, "Bo")
    build(store, "day", pin="ada")
    make.publish_all(store, SITE, WEEK)
    with store.writing() as db:
        row = db.get(PersonRow, ada.id)
        assert row is not None
        row.desks = "night"
    build(store, "day", unpin="ada")
    # when
    [told] = drafts(store)
    # then
    assert Assignment(TUESDAY, "ada") in told.unknown
    assert "ada" not in {given.person for given in told.difference.lost}


def test_two_builds_are_compared_by_number(store: Store) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Bo")
    one = build(store, "day", pin="ada")
    other = build(store, "day", pin="bo", unpin="ada")
    with store.reading() as db:
        week = compared_builds(db, WEEK, one.number, other.number)
    [told] = week.compared
    assert (told.desks, told.before, told.after) == (("day",), one.number, other.number)
    assert ("ada", TUESDAY) in posts(told.difference.lost)
    assert week.names == {"ada": "Ada", "bo": "Bo"}


def test_a_build_that_is_not_there_is_named(store: Store) -> None:
    with store.reading() as db, pytest.raises(CompareError, match=r"no build 1 of .*: none\."):
        compared_builds(db, WEEK, 1, 2)
    make.hire(store, "Ada")
    built = build(store, "day")
    said = f"There is no build 99 of 2026-W48; builds of it: {built.number}."
    with store.reading() as db, pytest.raises(CompareError, match=said):
        compared_builds(db, WEEK, built.number, 99)


def test_without_a_draft_there_is_nothing_to_compare(store: Store) -> None:
    with pytest.raises(CompareError, match="There is no draft for 2026-W48 to compare"):
        drafts(store)
    make.hire(store, "Ada")
    build(store, "day")
    with pytest.raises(CompareError, match="Desk night has no draft for 2026-W48 to compare"):
        drafts(store, "night")

"""A draft is changed by hand by whoever was first, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from threading import Barrier

import pytest

from hotline.config.settings import DeskName
from hotline.corrections.absences import note
from hotline.rosters.by_hand.changing import (
    Draft,
    EditOrder,
    StaleError,
    change_draft,
    read_draft,
    redo,
    undo,
)
from hotline.rosters.by_hand.editing import Act, BreachError, Change, EditError
from hotline.rosters.by_hand.reopening import ReopenError, begin, file_begun, legal
from hotline.rosters.by_hand.steps import EditKind
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.publishing import PublishOrder, SeenOtherwiseError, publish
from hotline.rosters.reasons.comparing import compared_drafts
from hotline.rosters.reasons.explaining import explained_week
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.promises import promises
from hotline.store.planning.drafts import BuildNumber
from scheduling.problem import ShiftKind
from scheduling.roster import Assignment
from scheduling.telling.edits import Edit
from tests import make
from tests.scheduling import make as plain

WEEK = Week(2026, 48)
NIGHTS = make.desk("day", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
DAYS = make.desk(
    "office",
    shifts=[make.template("early", ShiftKind.DAY, start="08:00", hours=4)],
    wants=[make.cover("08:00-12:00", 1)],
)
SITE = make.settings(desks=[NIGHTS])
MONDAY, TUESDAY, WEDNESDAY = (f"day/2026-11-{day}/night" for day in (23, 24, 25))


def now() -> datetime:
    return make.utc("2026-11-20 08:00")


def order(build: BuildNumber, version: int = 0, by: str = "Dee") -> EditOrder:
    return EditOrder(WEEK, build, version, by)


def changed(store: Store, asked: EditOrder, change: Change) -> Draft:
    with store.writing() as db:
        return change_draft(db, SITE, asked, change, now())


def drafted(store: Store, state: RosterState = RosterState.DRAFT) -> dict[str, str]:
    """Who has which shift of the draft."""
    with store.reading() as db:
        held = promises(db, WEEK.horizon(make.SHANGHAI))
    return {p.shift: p.person for p in held if p.state is state}


@pytest.fixture
def build(store: Store) -> BuildNumber:
    """A draft in which Ada alone takes every other night."""
    make.hire(store, "Ada")
    return build_draft(store, SITE, BuildOrder(WEEK), now).number


def first(store: Store) -> str:
    return min(drafted(store))


def test_what_is_taken_away_is_gone_from_the_draft_and_a_gap_with_a_reason(
    store: Store, build: BuildNumber
) -> None:
    gone = first(store)
    with store.reading() as db:
        before = len(explained_week(db, SITE, WEEK).builds[0].gaps)

    draft = changed(store, order(build), Change(Act.REMOVE, "ada", gone))

    assert draft.build.version == 1
    assert gone not in drafted(store)
    with store.reading() as db:
        week = explained_week(db, SITE, WEEK)
    assert len(week.builds[0].gaps) == before + 1
    assert week.builds[0].result == draft.sheet.result


def test_a_change_is_taken_back_and_made_again_days_later(store: Store, build: BuildNumber) -> None:
    whole, gone = drafted(store), first(store)
    changed(store, order(build), Change(Act.REMOVE, "ada", gone))

    with store.writing() as db:
        undo(db, SITE, order(build, 1), now())
    assert drafted(store) == whole

    with store.writing() as db:
        draft = redo(db, SITE, order(build, 2), now())
    assert gone not in drafted(store)
    assert [each.kind for each in draft.log] == [EditKind.CHANGE, EditKind.UNDO, EditKind.REDO]
    with store.writing() as db, pytest.raises(EditError, match="make again"):
        redo(db, SITE, order(build, 3), now())


def test_a_pin_is_kept_with_the_draft_and_by_the_next_build(
    store: Store, build: BuildNumber
) -> None:
    kept = first(store)

    changed(store, order(build), Change(Act.PIN, "ada", kept))

    again = build_draft(store, SITE, BuildOrder(WEEK), now)
    assert [(pin.person, pin.shift) for pin in again.problem.pins] == [("ada", kept)]


def test_the_second_of_two_is_told_what_the_first_did(store: Store, build: BuildNumber) -> None:
    one, other = sorted(drafted(store))[:2]
    changed(store, order(build, by="Dee"), Change(Act.REMOVE, "ada", one))

    with pytest.raises(StaleError) as caught:
        changed(store, order(build, by="Sam"), Change(Act.REMOVE, "ada", other))

    [done] = caught.value.since
    assert (done.by, done.edit) == ("Dee", Edit(taken=(Assignment(one, "ada"),)))
    assert other in drafted(store)


def test_of_two_at_the_same_moment_one_is_first(store: Store, build: BuildNumber) -> None:
    nights = sorted(drafted(store))[:2]
    both = Barrier(2)

    def remove(shift: str) -> bool:
        both.wait()
        try:
            changed(store, order(build), Change(Act.REMOVE, "ada", shift))
        except StaleError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(remove, nights))

    assert sorted(done) == [False, True]
    assert [night in drafted(store) for night in nights] == [not each for each in done]


def test_what_breaks_a_rule_changes_nothing(store: Store, build: BuildNumber) -> None:
    whole = drafted(store)
    between = next(night for night in (MONDAY, TUESDAY, WEDNESDAY) if night not in whole)

    with pytest.raises(BreachError, match="rests"):
        changed(store, order(build), Change(Act.ADD, "ada", between))

    assert drafted(store) == whole
    with store.reading() as db:
        assert read_draft(db, SITE, order(build)).build.version == 0


def test_who_fell_ill_since_is_kept_out_and_can_be_taken_out(
    store: Store, build: BuildNumber
) -> None:
    gone = first(store)
    with store.writing() as db:
        note(db, "ada", WEEK.horizon(make.SHANGHAI), now())

    changed(store, order(build), Change(Act.REMOVE, "ada", gone))

    with pytest.raises(BreachError, match="is absent"):
        changed(store, order(build, 1), Change(Act.ADD, "ada", gone))


def test_a_published_draft_is_changed_no_more_but_begun_anew(
    store: Store, build: BuildNumber
) -> None:
    make.publish_all(store, SITE, WEEK)
    published = drafted(store, RosterState.PUBLISHED)
    with pytest.raises(EditError, match="published"):
        changed(store, order(build), Change(Act.REMOVE, "ada", min(published)))

    begun = begin(store, SITE, WEEK, (DeskName("day"),), now())
    with store.writing() as db:
        number = file_begun(db, begun, now())

    assert drafted(store) == published
    changed(store, order(number), Change(Act.REMOVE, "ada", min(published)))
    assert drafted(store, RosterState.PUBLISHED) == published
    with store.reading() as db:
        [compared] = compared_drafts(db, SITE, WEEK).compared
    assert compared.difference.lost == (Assignment(min(published), "ada"),)


def test_a_week_is_begun_from_nothing_and_filled_by_hand(store: Store) -> None:
    make.hire(store, "Ada")
    begun = begin(store, SITE, WEEK, (DeskName("day"),), now())
    with store.writing() as db:
        number = file_begun(db, begun, now())

    changed(store, order(number), Change(Act.ADD, "ada", MONDAY))

    assert drafted(store) == {MONDAY: "ada"}
    publish(store, SITE, PublishOrder(WEEK, accept_gaps="a start"), now)


def test_a_draft_is_begun_once(store: Store) -> None:
    make.hire(store, "Ada")
    begun = [begin(store, SITE, WEEK, (DeskName("day"),), now()) for _ in range(2)]

    with store.writing() as db:
        file_begun(db, begun[0], now())
    with store.writing() as db, pytest.raises(ReopenError, match="begun a draft"):
        file_begun(db, begun[1], now())


def test_what_was_published_meanwhile_is_not_overlooked(store: Store, build: BuildNumber) -> None:
    make.publish_all(store, SITE, WEEK)
    begun = begin(store, SITE, WEEK, (DeskName("day"),), now())
    build_draft(store, SITE, BuildOrder(WEEK), now)
    make.publish_all(store, SITE, WEEK)

    with store.writing() as db, pytest.raises(ReopenError, match="meanwhile"):
        file_begun(db, begun, now())


def test_what_a_rule_forbids_today_is_left_out_of_a_draft_that_is_begun(
    store: Store, build: BuildNumber
) -> None:
    make.publish_all(store, SITE, WEEK)
    gone = min(drafted(store, RosterState.PUBLISHED))
    with store.writing() as db:
        day = make.span(
            "2026-11-23 16:00" if gone == TUESDAY else "2026-11-23 00:00", "2026-11-24 20:00"
        )
        note(db, "ada", day, now())

    begun = begin(store, SITE, WEEK, (DeskName("day"),), now())

    assert begun.left_out == (Assignment(gone, "ada"),)


def test_of_a_team_that_is_not_allowed_the_latest_goes() -> None:
    people = [plain.person("Ada"), plain.person("Bo")]
    problem = plain.problem(people, [plain.shift("mon", 8, 12, most=1)])

    kept = legal(problem, plain.roster(("Ada", "mon"), ("Bo", "mon")))

    assert kept == plain.roster(("Ada", "mon"))


def test_changes_at_a_desk_that_is_not_mine_are_not_mine_to_take_back(store: Store) -> None:
    # given: one build of two desks; Dee may change both, Sam one of them
    both = make.settings(desks=[NIGHTS, DAYS])
    make.hire(store, "Ada")
    make.hire(store, "Bo", desks="office")
    built = build_draft(store, both, BuildOrder(WEEK), now)
    at_office = next(a for a in built.result.roster.assignments if a.shift.startswith("office"))
    with store.writing() as db:
        gone = Change(Act.REMOVE, "bo", at_office.shift)
        change_draft(db, both, order(built.number), gone, now())
    sam = EditOrder(WEEK, built.number, 1, "Sam", (DeskName("day"),))

    with store.writing() as db, pytest.raises(EditError, match="not yours"):
        undo(db, both, sam, now())
    with store.writing() as db, pytest.raises(EditError, match="no shift office"):
        change_draft(db, both, sam, Change(Act.ADD, "bo", at_office.shift), now())


def test_what_is_changed_while_it_is_published_is_not_published_unseen(
    store: Store, build: BuildNumber
) -> None:
    """Dee looked at version 0; Sam's change is under way when she publishes."""
    gone = first(store)
    seen = PublishOrder(WEEK, (DeskName("day"),), "few of us", {DeskName("day"): (build, 0)})

    with ThreadPoolExecutor(1) as dee:
        with store.writing() as db:
            change_draft(db, SITE, order(build), Change(Act.REMOVE, "ada", gone), now())
            late = dee.submit(publish, store, SITE, seen, now)
            with pytest.raises(TimeoutError):
                late.result(timeout=0.5)
        with pytest.raises(SeenOtherwiseError):
            late.result()

    assert drafted(store, RosterState.PUBLISHED) == {}
    publish(store, SITE, replace(seen, seen={DeskName("day"): (build, 1)}), now)
    assert gone not in drafted(store, RosterState.PUBLISHED)
